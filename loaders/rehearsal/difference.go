package rehearsal

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"liantu/graph"
	"liantu/schema"
)

// Difference states what a load would do to one property of the elements that
// exist already.
type Difference struct {
	Kind        string    `json:"kind"`
	Property    string    `json:"property"`
	Filled      int       `json:"filled"`      // elements that had no value and get one
	Changed     int       `json:"changed"`     // elements that would show another value
	Conflicting int       `json:"conflicting"` // elements of which this load states another value than the shown one
	Examples    []Example `json:"examples"`    // the first of those that change, then of those in conflict, in the order of names; none of personal data
}

// Example is one element of a [Difference].
type Example struct {
	Name   string `json:"name"`   // as people call it
	Before string `json:"before"` // "" for none
	After  string `json:"after"`
	Stated string `json:"stated"` // the value that the load states, where it is not the one shown
	Source string `json:"source"`
	AsOf   string `json:"asOf"`

	Assumed bool `json:"assumed,omitempty"` // no source states AsOf; see [graph.Provenance]
}

// Date returns the as-of date as answers word it.
func (e *Example) Date() schema.Text {
	return graph.Provenance{AsOf: e.AsOf, Assumed: e.Assumed}.DateLabel()
}

// maxExamples is the most examples of a difference.
const maxExamples = 3

// remember stores an element as it was before the load.
func (v *Rehearsal) remember(id graph.ID, kind string, facts []graph.Fact, fresh bool) {
	if _, known := v.before[id]; !known {
		v.before[id] = earlier{kind: kind, facts: facts, fresh: fresh}
	}
}

// earlier is an element as it was before the load.
type earlier struct {
	kind  string
	facts []graph.Fact
	fresh bool // it did not exist
}

// Differences compares the graph before the load with the graph after it.
func (v *Rehearsal) Differences() []Difference {
	type place struct{ kind, property string }
	found := map[place]*Difference{}
	for _, id := range slices.Sorted(maps.Keys(v.before)) {
		old := v.before[id]
		facts, name, ok := v.now(id)
		if old.fresh || !ok {
			continue
		}
		for _, f := range fresh(graph.FactOrderOf(v.model.Kind(old.kind)), old.facts, facts) {
			if f.Property == "" {
				continue
			}
			at := place{old.kind, f.Property}
			d := found[at]
			if d == nil {
				d = &Difference{Kind: at.kind, Property: at.property}
				found[at] = d
			}
			d.note(name, f, winnerOf(old.facts, f.Property), winnerOf(facts, f.Property))
		}
	}
	list := make([]Difference, 0, len(found))
	for _, d := range found {
		if k := v.model.Kind(d.Kind); k != nil && k.Property(d.Property) != nil && k.Property(d.Property).Sensitivity == schema.Personal {
			d.Examples = nil // counted, but never shown
		}
		slices.SortStableFunc(d.Examples, func(a, b Example) int {
			return cmp.Or(shown(a)-shown(b), strings.Compare(a.Name, b.Name), strings.Compare(a.After, b.After))
		})
		d.Examples = d.Examples[:min(len(d.Examples), maxExamples)]
		if d.Filled+d.Changed+d.Conflicting > 0 {
			list = append(list, *d)
		}
	}
	slices.SortFunc(list, func(a, b Difference) int {
		return cmp.Or(strings.Compare(a.Kind, b.Kind), strings.Compare(a.Property, b.Property))
	})
	return list
}

// note counts one fact that the load adds to an element.
func (d *Difference) note(name string, stated, before, after graph.Fact) {
	e := Example{Name: name, Before: valueText(before.Value), After: valueText(after.Value), Source: stated.Source, AsOf: stated.AsOf, Assumed: stated.Assumed}
	value := valueText(stated.Value)
	switch {
	case value != e.After:
		d.Conflicting++
		e.Stated = value
	case e.Before == "":
		d.Filled++
		return
	case e.Before != e.After:
		d.Changed++
	default:
		return // one more source for the shown value
	}
	d.Examples = append(d.Examples, e)
}

// now returns the facts and the name of an element after the load.
func (v *Rehearsal) now(id graph.ID) (facts []graph.Fact, name string, ok bool) {
	if n := v.nodes[id]; n != nil {
		return n.Facts, v.nameOf(n.ID), true
	}
	if e := v.edges[id]; e != nil {
		return e.Facts, v.nameOf(e.From) + " → " + v.nameOf(e.To), true
	}
	return nil, "", false
}

// nameOf returns the name of a node for people, as far as it is not personal.
func (v *Rehearsal) nameOf(id graph.ID) string {
	n := v.nodes[id]
	if n == nil {
		return string(id)
	}
	k := v.model.Node(n.Kind)
	if k == nil {
		return string(id)
	}
	for _, name := range [...]string{k.Caption, "name", "title", "code"} {
		if p := k.Property(name); p == nil || p.Sensitivity == schema.Personal {
			continue
		}
		if value, ok := n.Get(name); ok {
			return valueText(value)
		}
	}
	return n.Keys[0].String()
}

// fresh returns the facts that are in now but not in before.
func fresh(order graph.FactOrder, before, now []graph.Fact) []graph.Fact {
	var added []graph.Fact
	before = order.Sorted(before)
	for _, f := range now {
		if _, found := slices.BinarySearchFunc(before, f, order.Compare); !found {
			added = append(added, f)
		}
	}
	return added
}

// winnerOf returns the fact of a property that is shown.
func winnerOf(facts []graph.Fact, property string) graph.Fact {
	f, _ := (&graph.Node{Facts: facts}).Winner(property)
	return f
}

// valueText is a value as a person reads it, "" for none.
func valueText(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case []string:
		return strings.Join(v, "、")
	case float64:
		return strings.TrimSuffix(fmt.Sprintf("%.4f", v), ".0000")
	}
	return fmt.Sprint(v)
}

// shown orders the examples that change before those in conflict.
func shown(e Example) int {
	if e.Stated != "" {
		return 1
	}
	return 0
}
