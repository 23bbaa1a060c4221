package graph

import (
	"cmp"
	"slices"

	"liantu/schema"
)

// FactOrder is the order of the facts of an element of one kind, in which the
// first fact of a property is the one to show. It is that of [CompareFacts]
// except for three sorts of properties. For a property with a tie break, the
// value that the schema lists first wins among the facts of the same day and
// grade, whatever their source: a consent that was withdrawn on the day it was
// given is withdrawn. For a property that is verified first, the facts of grade
// D come after all others, and among those of either sort the names without a legal
// form after those with one: neither a name from an unverified list nor a short name
// replaces the registered name of a company. For a property with values that count even with an
// assumed day, those are ordered as if the day was stated: a refusal in a list
// without a day holds against an older consent.
type FactOrder struct {
	tieBreak map[string][]string // by property
	verified map[string]bool     // by property
	assumed  map[string][]string // by property: values that count even with an assumed day
}

// FactOrderOf returns the order of the facts of a kind; for nil it is that of
// [CompareFacts].
func FactOrderOf(kind *schema.Kind) FactOrder {
	var o FactOrder
	if kind == nil {
		return o
	}
	for _, p := range kind.Properties {
		if len(p.TieBreak) > 0 {
			if o.tieBreak == nil {
				o.tieBreak = map[string][]string{}
			}
			o.tieBreak[p.Name] = p.TieBreak
		}
		if len(p.EvenAssumed) > 0 {
			if o.assumed == nil {
				o.assumed = map[string][]string{}
			}
			o.assumed[p.Name] = p.EvenAssumed
		}
		if p.VerifiedFirst {
			if o.verified == nil {
				o.verified = map[string]bool{}
			}
			o.verified[p.Name] = true
		}
	}
	return o
}

// Compare is negative if a comes before b, and 0 exactly if both are the same
// fact. The order is total.
func (o FactOrder) Compare(a, b Fact) int {
	if o.assumed != nil && a.Property == b.Property && o.assumed[a.Property] != nil {
		stated := func(f Fact) Fact {
			if v, ok := f.Value.(string); ok && slices.Contains(o.assumed[f.Property], v) {
				f.Assumed = false
			}
			return f
		}
		if c := o.compare(stated(a), stated(b)); c != 0 {
			return c
		}
	}
	return o.compare(a, b)
}

// compare is the order by the days as they are marked.
func (o FactOrder) compare(a, b Fact) int {
	if o.verified != nil && a.Property == b.Property && o.verified[a.Property] {
		if c := compareBools(a.Grade == GradeD, b.Grade == GradeD); c != 0 {
			return c
		}
		if c := compareBools(!registered(a), !registered(b)); c != 0 {
			return c
		}
	}
	if o.tieBreak != nil && a.Property == b.Property && CompareDates(a.Provenance, b.Provenance) == 0 && a.Grade == b.Grade {
		if values := o.tieBreak[a.Property]; values != nil {
			if c := cmp.Compare(position(values, a.Value), position(values, b.Value)); c != 0 {
				return c
			}
		}
	}
	return CompareFacts(a, b)
}

// registered reports whether a fact states a name in its registered form.
func registered(f Fact) bool {
	text, ok := f.Value.(string)
	return ok && schema.RegisteredForm(text)
}

// Sorted returns facts in the order: the slice itself if it is sorted, which it
// is unless the rules of the schema have changed since it was stored.
func (o FactOrder) Sorted(facts []Fact) []Fact {
	if slices.IsSortedFunc(facts, o.Compare) {
		return facts
	}
	facts = slices.Clone(facts)
	slices.SortFunc(facts, o.Compare)
	return facts
}

// Differs reports whether the order differs from that of [CompareFacts].
func (o FactOrder) Differs() bool { return o.tieBreak != nil || o.verified != nil || o.assumed != nil }

// position is the index of a value in a list, its length if it is not there.
func position(values []string, v any) int {
	if text, ok := v.(string); ok {
		if i := slices.Index(values, text); i >= 0 {
			return i
		}
	}
	return len(values)
}

// union merges two sorted lists of facts into one without repetition. It
// returns a itself when b adds nothing.
func (o FactOrder) union(a, b []Fact) []Fact {
	var out []Fact
	i := 0
	for j := range b {
		for i < len(a) && o.Compare(a[i], b[j]) < 0 {
			if out != nil {
				out = append(out, a[i])
			}
			i++
		}
		if i < len(a) && o.Compare(a[i], b[j]) == 0 {
			continue
		}
		if out == nil {
			out = append(make([]Fact, 0, len(a)+len(b)-j), a[:i]...)
		}
		if len(out) == 0 || o.Compare(out[len(out)-1], b[j]) != 0 {
			out = append(out, b[j])
		}
	}
	if out == nil {
		return a
	}
	return append(out, a[i:]...)
}

// plain reports whether facts are in the order, without repetition, and no value is
// a zero, which may have the wrong sign.
func (o FactOrder) plain(facts []Fact) bool {
	for i := range facts {
		if facts[i].Value == 0.0 || i > 0 && o.Compare(facts[i-1], facts[i]) >= 0 {
			return false
		}
	}
	return true
}

// draftFact is a fact with the index of the draft that states it.
type draftFact struct {
	Fact
	draft int
}

// add merges the facts of n drafts into sorted facts. It also returns which
// drafts add a new fact; of several that state the same one it is the first. It
// returns base itself if nothing is new, and may return the facts of the only draft.
func (o FactOrder) add(base []Fact, n int, of func(int) []Fact) ([]Fact, []bool) {
	adds := make([]bool, n)
	if len(base) == 0 && n == 1 && o.plain(of(0)) {
		adds[0] = len(of(0)) > 0
		return of(0), adds
	}
	size := 0
	for i := range n {
		size += len(of(i))
	}
	list := make([]draftFact, 0, size)
	for i := range n {
		for _, f := range of(i) {
			if f.Value == 0.0 {
				f.Value = 0.0 // not -0, which is equal but has another text
			}
			list = append(list, draftFact{f, i})
		}
	}
	slices.SortFunc(list, func(a, b draftFact) int {
		if c := o.Compare(a.Fact, b.Fact); c != 0 {
			return c
		}
		return cmp.Compare(a.draft, b.draft)
	})
	var fresh []Fact
	at := 0
	for i, t := range list {
		if i > 0 && o.Compare(list[i-1].Fact, t.Fact) == 0 {
			continue
		}
		for at < len(base) && o.Compare(base[at], t.Fact) < 0 {
			at++
		}
		if at == len(base) || o.Compare(base[at], t.Fact) != 0 {
			fresh = append(fresh, t.Fact)
			adds[t.draft] = true
		}
	}
	return o.union(base, fresh), adds
}
