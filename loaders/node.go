package loaders

import (
	"slices"
	"strings"

	"liantu/graph"
	"liantu/loaders/names"
	"liantu/message"
	"liantu/schema"
)

// node makes the node draft of a rule.
func (w *writer) node(r *row, e *emitter) (draft graph.NodeDraft, ok bool) {
	if e.rule.Optional && e.name != nil {
		if c, ok := r.text(&e.name.text); ok && schema.Unnamed(c.text) {
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
			r.fail(CodeNoKey, message.New("nothing identifies the %s%s", e.kind, names.Needed(e.kind)))
		}
		return draft, false
	}
	if r.nameless(e, keys[0], props) {
		return draft, false
	}
	return graph.NodeDraft{Kind: e.kind.Name, Keys: keys, Facts: facts}, true
}

// known settles a code that was made of steps, and leaves out a name that is another
// name of the node it means.
func (w *writer) known(r *row, e *emitter, facts []graph.Fact, props map[string]any) []graph.Fact {
	if _, stated := r.ownText(&e.code.text); stated {
		return facts
	}
	steps := r.stepsOf(&e.code.text)
	last := len(steps) - 1
	if e.rule.Each {
		if names := schema.SplitTexts(steps[last]); len(names) == r.part[1] {
			steps[last] = names[r.part[0]]
		}
	}
	made := w.codeOf(e.kind, steps)
	if made.known && schema.NormalName(w.index.name[made.ref]) != schema.NormalName(steps[last]) {
		facts = slices.DeleteFunc(facts, func(f graph.Fact) bool { return f.Property == e.kind.Caption })
		delete(props, e.kind.Caption)
	}
	props[e.code.Name] = made.code
	for i := range facts {
		if facts[i].Property == e.code.Name {
			facts[i].Value = made.code
		}
	}
	return facts
}

// madeCode is the code that steps make, and the node that is known by it.
type madeCode struct {
	code  string
	known bool
	ref   ref
}

// codeOf returns the code that steps make: that of the node which is known by the
// names of the steps, each within the one before it, else that of the last one
// that is known with the further names behind it. Nodes whose codes this load
// makes in this way are not considered known, so that the order of rows has no
// influence.
func (w *writer) codeOf(kind *schema.Kind, steps []string) madeCode {
	text := kind.Name + "\x00" + strings.Join(steps, "\x00")
	if made, ok := w.codes[text]; ok {
		return made
	}
	var made madeCode
	x, last := w.index, len(steps)-1
	for i, step := range steps {
		refs := x.called(kind, step)
		if i == 0 && last > 0 {
			refs = w.wholesCalled(step)
		} else if i > 0 {
			refs = slices.DeleteFunc(refs, func(at ref) bool { return !made.known || !w.within(at, []ref{made.ref}) })
		}
		refs = x.settled(refs)
		if made.known = len(refs) == 1 && len(x.key[refs[0]].Values()) == 1; made.known {
			made.ref, made.code = refs[0], x.key[refs[0]].Values()[0]
			continue
		}
		if step = codeStep(step); i > 0 {
			step = made.code + stepMark + step
		}
		made.code = step
	}
	w.codes[text] = made
	return made
}

// codeStep is a name as a step of a code: in the form in which names are compared, so
// that SiC 衬底 and SiC衬底 are one link, and without the white space that may stay
// between digits.
func codeStep(name string) string {
	return strings.Join(strings.Fields(schema.NormalName(name)), "-")
}

// settled returns the nodes whose codes this load does not make of steps.
func (x *index) settled(refs []ref) []ref {
	return slices.DeleteFunc(refs, func(at ref) bool { return x.derived[at] })
}

// byCode returns the node of a kind that has a code.
func (w *writer) byCode(kind *schema.Kind, code string) (ref, bool) {
	at, ok := w.index.byKey[graph.NewKey(kind.Name, kind.Identify[0], []string{code})]
	return w.index.find(at), ok
}

// stepsOf returns the texts of a path that are not blank.
func (r *row) stepsOf(v *value) []string {
	var steps []string
	for i := range v.columns {
		if c := r.column(&v.columns[i]); !schema.Unnamed(c.text) {
			steps = append(steps, strings.TrimSpace(c.text))
		}
	}
	return steps
}
