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
	keys := graph.KeysOf(e.kind, props)
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

// known replaces a code that was made of steps by that of the one node of the
// store that has the name of the last step and is part of what the others name,
// and removes a name that is another name of it. Nodes of the load itself are
// not considered, so that the order of rows has no influence.
func (w *writer) known(r *row, e *emitter, facts []graph.Fact, props map[string]any) []graph.Fact {
	if w.index.has(graph.KeysOf(e.kind, props)[0]) {
		return facts
	}
	steps := r.stepsOf(&e.code.text)
	last := len(steps) - 1
	refs := w.index.called(e.kind, steps[last])
	refs = slices.DeleteFunc(refs, func(at ref) bool { return at >= w.index.stored })
	for _, step := range steps[:last] {
		wholes := w.wholesCalled(step)
		refs = slices.DeleteFunc(refs, func(at ref) bool { return !w.within(at, wholes) })
	}
	if len(refs) != 1 {
		return facts
	}
	values := w.index.key[refs[0]].Values()
	if len(values) != 1 {
		return facts // it is not found by a code
	}
	code := values[0]
	props[e.code.Name] = code
	for i := range facts {
		if facts[i].Property == e.code.Name {
			facts[i].Value = code
		}
	}
	if named, err := w.index.lookup(e.kind, e.kind.Caption, steps[last]); err != nil || !slices.Contains(named, refs[0]) {
		facts = slices.DeleteFunc(facts, func(f graph.Fact) bool { return f.Property == e.kind.Caption })
		delete(props, e.kind.Caption)
	}
	return facts
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
