package loaders

import (
	"fmt"
	"slices"
	"strings"

	"liantu/graph"
	"liantu/schema"
)

// node makes the node draft of a rule.
func (w *writer) node(r *row, e *emitter) (draft graph.NodeDraft, ok bool) {
	if e.rule.Optional && e.name != nil {
		if c, ok := r.text(&e.name.text); ok && c.text == "" {
			return draft, false
		}
	}
	mark := len(r.file.faults)
	facts, props, badKey, ok := r.facts(e)
	if !ok {
		return draft, false
	}
	if e.code != nil {
		facts = w.known(r, e, facts, props)
	}
	if e.id != nil {
		facts = r.coded(e, facts, props)
	}
	keys := e.keysOf(props)
	if len(keys) == 0 {
		if badKey {
			r.file.faults.failing(mark, true)
		} else {
			r.fail(CodeNoKey, fmt.Sprintf("nothing identifies the %s", label(e.kind)))
		}
		return draft, false
	}
	return graph.NodeDraft{Kind: e.kind.Name, Keys: keys, Facts: facts}, true
}

// known settles a code that was made of steps. The first step is the code of
// what it names, if that is known; and where one known node has the name of the
// last step and is part of what the others name, its code is meant, and a name
// that is another name of it is left out. Nodes whose codes this load makes in
// this way are not considered known, so that the order of rows has no influence.
func (w *writer) known(r *row, e *emitter, facts []graph.Fact, props map[string]any) []graph.Fact {
	x, steps := w.index, r.stepsOf(&e.code.text)
	last := len(steps) - 1
	if e.rule.Each {
		if names := schema.SplitTexts(steps[last]); len(names) == r.part[1] {
			steps[last] = names[r.part[0]]
		}
	}
	name, code := steps[last], strings.Join(steps, stepMark)
	if last > 0 {
		if wholes := x.settled(w.wholesCalled(steps[0])); len(wholes) == 1 && len(x.key[wholes[0]].Values()) == 1 {
			code = strings.Join(append(x.key[wholes[0]].Values(), steps[1:]...), stepMark)
		}
	}
	if refs := x.settled(x.called(e.kind, name)); !x.has(graph.NewKey(e.kind.Name, []string{e.code.Name}, []string{code})) {
		for _, step := range steps[:last] {
			wholes := w.wholesCalled(step)
			refs = slices.DeleteFunc(refs, func(at ref) bool { return !w.within(at, wholes) })
		}
		if len(refs) == 1 && len(x.key[refs[0]].Values()) == 1 {
			code = x.key[refs[0]].Values()[0]
			if schema.NormalName(x.name[refs[0]]) != schema.NormalName(name) {
				facts = slices.DeleteFunc(facts, func(f graph.Fact) bool { return f.Property == e.kind.Caption })
				delete(props, e.kind.Caption)
			}
		}
	}
	props[e.code.Name] = code
	for i := range facts {
		if facts[i].Property == e.code.Name {
			facts[i].Value = code
		}
	}
	return facts
}

// settled returns the nodes whose codes this load does not make of steps.
func (x *index) settled(refs []ref) []ref {
	return slices.DeleteFunc(refs, func(at ref) bool { return x.derived[at] })
}

// stepsOf returns the texts of a path that are not blank.
func (r *row) stepsOf(v *value) []string {
	var steps []string
	for i := range v.columns {
		if c := r.column(&v.columns[i]); !schema.Blank(c.text) {
			steps = append(steps, strings.TrimSpace(c.text))
		}
	}
	return steps
}
