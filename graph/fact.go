package graph

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strings"
)

// CompareFacts orders facts by property and, within a property, by the rule
// that chooses the value to show: facts of a stated day before those of an
// assumed one, then newest as-of first, then best grade, then smallest source,
// then smallest value. A year or a month counts as its beginning, so that 2016
// is older than 2016-05. The order is total, and two facts are the same fact
// exactly when it returns 0: a stated and an assumed day are two facts. It does
// not depend on a schema; [FactOrder] adds the rules that a schema states for
// ties.
func CompareFacts(a, b Fact) int {
	if c := strings.Compare(a.Property, b.Property); c != 0 {
		return c
	}
	if c := CompareDates(a.Provenance, b.Provenance); c != 0 {
		return c
	}
	if c := strings.Compare(string(a.Grade), string(b.Grade)); c != 0 {
		return c
	}
	if c := strings.Compare(a.Source, b.Source); c != 0 {
		return c
	}
	return compareValues(a.Value, b.Value)
}

// compareValues orders the values a fact may have: by type first, so that the
// order stays total when a property changes its type.
func compareValues(a, b any) int {
	rank := valueRank(a)
	if c := cmp.Compare(rank, valueRank(b)); c != 0 {
		return c
	}
	switch x := a.(type) {
	case nil:
		return 0
	case bool:
		return compareBools(x, b.(bool))
	case int64:
		return cmp.Compare(x, b.(int64))
	case float64:
		return cmp.Compare(x, b.(float64))
	case string:
		return strings.Compare(x, b.(string))
	case []string:
		return slices.Compare(x, b.([]string))
	}
	return strings.Compare(fmt.Sprintf("%T %v", a, a), fmt.Sprintf("%T %v", b, b))
}

func compareBools(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// valueRank numbers the types of values; the last number stands for all types
// that no fact may have.
func valueRank(v any) int {
	switch v.(type) {
	case nil:
		return 0
	case bool:
		return 1
	case int64:
		return 2
	case float64:
		return 3
	case string:
		return 4
	case []string:
		return 5
	}
	return 6
}

// Get returns the value to show for a property, chosen as [CompareFacts]
// says, and whether any source states one.
func (n *Node) Get(property string) (any, bool) { return shown(n.Facts, property) }

// Winner returns the fact whose value is shown for a property, and whether
// there is one. Winner("") is the best fact that the node exists.
func (n *Node) Winner(property string) (Fact, bool) { return winner(n.Facts, property) }

// Props returns the shown value of every property that any source states. The
// map belongs to the caller.
func (n *Node) Props() map[string]any { return props(n.Facts) }

// Conflicts returns the facts that state another value than the shown one: the
// best fact of each losing value of each property, in the order of
// [CompareFacts]. It is nil when the sources agree.
func (n *Node) Conflicts() []Fact { return conflicts(n.Facts) }

// Get returns the value to show for a property, chosen as [CompareFacts]
// says, and whether any source states one.
func (e *Edge) Get(property string) (any, bool) { return shown(e.Facts, property) }

// Winner returns the fact whose value is shown for a property, and whether
// there is one. Winner("") is the newest fact that the edge exists; its grade
// need not be the best, see [Edge.Grade].
func (e *Edge) Winner(property string) (Fact, bool) { return winner(e.Facts, property) }

// Props returns the shown value of every property that any source states. The
// map belongs to the caller.
func (e *Edge) Props() map[string]any { return props(e.Facts) }

// Conflicts returns the facts that state another value than the shown one: the
// best fact of each losing value of each property, in the order of
// [CompareFacts]. It is nil when the sources agree.
func (e *Edge) Conflicts() []Fact { return conflicts(e.Facts) }

// Grade returns the best grade among the facts that state the existence of the
// edge, whatever their date, and D for an edge whose existence no fact states
// directly.
func (e *Edge) Grade() Grade {
	best := GradeD
	for _, f := range e.Facts {
		if f.Property != "" {
			break
		}
		best = min(best, f.Grade)
	}
	return best
}

func winner(facts []Fact, property string) (Fact, bool) {
	// By place, since a search by value copies every fact that it looks at.
	i := sort.Search(len(facts), func(i int) bool { return facts[i].Property >= property })
	if i == len(facts) || facts[i].Property != property {
		return Fact{}, false
	}
	return facts[i], true
}

func shown(facts []Fact, property string) (any, bool) {
	f, ok := winner(facts, property)
	return f.Value, ok && property != ""
}

func props(facts []Fact) map[string]any {
	m := make(map[string]any)
	last := ""
	for _, f := range facts {
		if f.Property != last {
			m[f.Property] = f.Value
			last = f.Property
		}
	}
	return m
}

func conflicts(facts []Fact) []Fact {
	var found []Fact
	for start := 0; start < len(facts); {
		end := start + 1
		from := len(found)
		for ; end < len(facts) && facts[end].Property == facts[start].Property; end++ {
			f := facts[end]
			same := func(g Fact) bool { return compareValues(f.Value, g.Value) == 0 }
			if !same(facts[start]) && !slices.ContainsFunc(found[from:], same) {
				found = append(found, f)
			}
		}
		start = end
	}
	return found
}
