package loaders

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"liantu/graph"
	"liantu/schema"
)

// Difference says what a load would do to one property of what is there
// already.
type Difference struct {
	Kind     string    `json:"kind"`
	Property string    `json:"property"`
	Filled   int       `json:"filled"`   // elements that get a value and had none
	Changed  int       `json:"changed"`  // elements that would show another value
	Disputed int       `json:"disputed"` // elements of which a source tells another value than the shown one, by this load
	Examples []Example `json:"examples"` // the first of those that change, then of those disputed, in the order of names; none of personal data
}

// Example is one element of a [Difference].
type Example struct {
	Name   string `json:"name"`   // how people know it
	Before string `json:"before"` // "" for none
	After  string `json:"after"`
	Told   string `json:"told"` // the value that the load tells, where it is not the one shown
	Source string `json:"source"`
	AsOf   string `json:"as_of"`
}

// maxExamples bounds the examples of a difference.
const maxExamples = 3

// remember keeps what an element was before the load.
func (v *rehearsal) remember(id graph.ID, kind string, facts []graph.Fact, fresh bool) {
	if _, known := v.before[id]; !known {
		v.before[id] = earlier{kind: kind, facts: facts, fresh: fresh}
	}
}

// earlier is an element as it was before the load.
type earlier struct {
	kind  string
	facts []graph.Fact
	fresh bool // it was not there
}

// differences compares what was there before the load with what would be.
func (v *rehearsal) differences() []Difference {
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
			d.Examples = nil // counted, and told to nobody
		}
		slices.SortStableFunc(d.Examples, func(a, b Example) int {
			return cmp.Or(boolInt(a.Told != "")-boolInt(b.Told != ""), strings.Compare(a.Name, b.Name), strings.Compare(a.After, b.After))
		})
		d.Examples = d.Examples[:min(len(d.Examples), maxExamples)]
		if d.Filled+d.Changed+d.Disputed > 0 {
			list = append(list, *d)
		}
	}
	slices.SortFunc(list, func(a, b Difference) int {
		return cmp.Or(strings.Compare(a.Kind, b.Kind), strings.Compare(a.Property, b.Property))
	})
	return list
}

// note counts one fact that the load adds to an element.
func (d *Difference) note(name string, told, before, after graph.Fact) {
	e := Example{Name: name, Before: valueText(before.Value), After: valueText(after.Value), Source: told.Source, AsOf: told.AsOf}
	value := valueText(told.Value)
	switch {
	case value != e.After:
		d.Disputed++
		e.Told = value
	case e.Before == "":
		d.Filled++
		return
	case e.Before != e.After:
		d.Changed++
	default:
		return // one more source for what is shown
	}
	d.Examples = append(d.Examples, e)
}

// now returns the facts and the name of an element after the load.
func (v *rehearsal) now(id graph.ID) (facts []graph.Fact, name string, ok bool) {
	if n := v.nodes[id]; n != nil {
		return n.Facts, v.nameOf(n.ID), true
	}
	if e := v.edges[id]; e != nil {
		return e.Facts, v.nameOf(e.From) + " → " + v.nameOf(e.To), true
	}
	return nil, "", false
}

// nameOf is how people know a node.
func (v *rehearsal) nameOf(id graph.ID) string {
	n := v.nodes[id]
	if n == nil {
		return string(id)
	}
	properties := []string{"name", "title", "code"}
	if k := v.model.Node(n.Kind); k != nil && k.Caption != "" {
		properties = append([]string{k.Caption}, properties...)
	}
	for _, p := range properties {
		if value, ok := n.Get(p); ok {
			return valueText(value)
		}
	}
	return string(n.Keys[0])
}

// fresh returns the facts that are in now and not in before.
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

// winnerOf returns the fact that is shown of a property.
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
