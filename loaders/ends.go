package loaders

import (
	"cmp"
	"slices"

	"liantu/graph"
	"liantu/loaders/choices"
	"liantu/loaders/names"
	"liantu/message"
	"liantu/schema"
)

// edges makes the edge drafts of a rule: one, or one for each of several names
// in a cell.
func (w *writer) edges(r *row, e *emitter) (drafts []graph.EdgeDraft) {
	mark := len(r.file.faults)
	froms, good := w.cells(r, e.from)
	tos, goodTo := w.cells(r, e.to)
	if !good || !goodTo {
		r.file.faults.failing(mark, true)
		return nil
	}
	defer func() { r.part = [2]int{} }()
	for i, from := range froms {
		for j, to := range tos {
			if r.part = [2]int{i, len(froms)}; len(tos) > 1 {
				r.part = [2]int{j, len(tos)}
			}
			if e.rule.Optional && (from.text == "" && !e.from.rule.Row || to.text == "" && !e.to.rule.Row) {
				r.wasted(e.from)
				r.wasted(e.to)
				continue
			}
			if draft, ok := w.edge(r, e, from, to); ok {
				drafts = append(drafts, draft)
			}
		}
	}
	return drafts
}

// cells returns what the cell of an end names.
func (w *writer) cells(r *row, e *end) ([]cell, bool) {
	if e.rule.Row && !e.rule.Each {
		return []cell{{}}, true
	}
	c, ok := r.text(&e.text)
	if schema.Unnamed(c.text) {
		c.text = ""
	}
	if !ok || !e.rule.Each {
		return []cell{c}, ok
	}
	names := schema.SplitTexts(c.text)
	if len(names) < 2 || !e.rule.Row && w.isName(e, c.text) {
		return []cell{c}, true
	}
	var all []cell
	for _, name := range names {
		one := c
		one.text, one.raw, one.list = cmp.Or(e.text.rule.Values[name], name), name, nil
		all = append(all, one)
	}
	return all, true
}

// edge makes an edge draft of two ends.
func (w *writer) edge(r *row, e *emitter, fromText, toText cell) (draft graph.EdgeDraft, ok bool) {
	mark := len(r.file.faults)
	from := w.ends(r, e.from, fromText)
	to := w.ends(r, e.to, toText)
	if from == nil || to == nil {
		r.file.faults.failing(mark, true)
		return draft, false
	}
	a, b, ok := w.pair(r, e.kind, from, to)
	if !ok || w.related(r, e, from, to, a, b, mark) {
		return draft, false
	}
	facts, props, _, ok := r.facts(e)
	if !ok {
		return draft, false
	}
	if e.rule.NoSelf && w.index.one(a, b) || a == b && names.Distinct(w.Model, e.kind.Name) != nil {
		r.note(&toText, Dropped, CodeSelfLoop, message.New("%s leads from %q to itself", e.kind.Name, short(toText.text)))
		r.file.faults.failing(len(r.file.faults)-1, true)
		return draft, false
	}
	if e.kind.Name == partOf {
		w.index.composed(a, b)
	}
	w.lists.place(e.kind.Name, a, b, w.index.key[a])
	r.file.checkEdge(r, e, [2]ref{a, b}, [2]string{fromText.raw, toText.raw}, props)
	return graph.EdgeDraft{
		Kind: e.kind.Name, From: w.index.key[a], To: w.index.key[b],
		Discriminator: graph.Discriminator(e.kind, props), Facts: facts,
	}, true
}

// found is a node that an end may mean.
type found struct {
	kind    *schema.Kind
	ref     ref
	similar *cell // the name that is taken for the node because it is like one of it
}

// own is what a row itself states by a rule for nodes.
type own struct {
	node  *emitter
	part  [2]int
	nodes []found
}

// ownNode returns the node that the row itself states, which it finds once for all
// edges of the row.
func (w *writer) ownNode(r *row, e *emitter) []found {
	part := r.part
	if !e.divides() {
		part = [2]int{}
	}
	for _, o := range r.own {
		if o.node == e && o.part == part {
			return o.nodes
		}
	}
	nodes := w.stated(r, e)
	if e.code == nil { // or edges of the row may decide which code is meant
		r.own = append(r.own, own{e, part, nodes})
	}
	return nodes
}

// stated finds the node that the row itself states. Its faults were reported when
// the nodes were made.
func (w *writer) stated(r *row, e *emitter) []found {
	mark := len(r.file.faults)
	draft, ok := w.node(r, e)
	r.file.faults = r.file.faults[:mark]
	if !ok || !r.holds(e.when) {
		return nil
	}
	for _, k := range draft.Keys {
		if at, ok := w.index.byKey[k]; ok {
			return []found{{kind: e.kind, ref: w.index.find(at)}}
		}
	}
	return nil
}

// ends returns the nodes that a cell at an end may mean, or nil with the fault
// recorded.
func (w *writer) ends(r *row, e *end, c cell) []found {
	if e.rule.Row {
		return w.ownNode(r, e.node)
	}
	if c.text == "" {
		r.fault(&c, CodeMissing, message.New("value is missing; it names an end of the edge"))
		return nil
	}
	if e.rule.ID {
		return w.byID(r, e, c)
	}
	kinds := e.kinds
	if e.kindColumn != nil {
		stated, ok := r.kinds(e)
		if !ok {
			return nil
		}
		kinds = stated
	}
	if len(e.text.rule.Steps) > 0 {
		if at, ok := w.byCode(e.kinds[0], w.codeOf(e.kinds[0], r.stepsOf(&e.text)).code); ok {
			return []found{{kind: e.kinds[0], ref: at}}
		}
		return nil // its fault was reported when the nodes were made
	}
	within := r.withinOf(e)
	key := [2]string{c.text, within}
	if at, ok := e.known[key]; ok {
		return []found{{kind: at.kind, ref: w.index.find(at.ref)}}
	}
	if onlyCompanies(kinds) && names.Nameless(c.text) {
		r.skip(&c)
		return nil
	}
	wide, ok, uncertain := r.place(e, &c, &key)
	if !ok {
		return nil
	}
	all, ok, why := w.search(r, e, kinds, c, within)
	if !ok {
		return nil
	}
	if len(all) == 0 {
		if at, ok := w.named(r, e, kinds, &c); ok {
			return []found{at}
		}
		r.unknown(w.index, e, kinds, &c, cmp.Or(why, uncertain))
		return nil
	}
	if !wide && (len(kinds) == 1 || len(e.rule.Kinds) > 0) {
		e.known[key] = all[0]
	}
	return all
}

// search finds the nodes that the text of a cell names: at most one of each
// kind, or of kinds in an order of the first that has one. It reports false,
// with the fault recorded, for a name of several nodes, and the reason why the
// text is no value, if that is known.
func (w *writer) search(r *row, e *end, kinds []*schema.Kind, c cell, within string) (all []found, ok bool, why error) {
	for _, kind := range kinds {
		refs, err := w.find(e, kind, c.text)
		if err != nil {
			why = err
		}
		if refs, ok = w.narrowed(r, e, kind, c, refs, within); !ok {
			return nil, false, nil
		}
		for _, at := range refs {
			all = append(all, found{kind: kind, ref: at})
		}
		if len(all) > 0 && len(e.rule.Kinds) > 0 {
			break
		}
	}
	return all, true, why
}

// isName reports whether a text as a whole names a node, although it holds marks
// that divide names, as 封装、测试 does.
func (w *writer) isName(e *end, text string) bool {
	is, ok := e.whole[text]
	if !ok {
		is = slices.ContainsFunc(e.kinds, func(kind *schema.Kind) bool {
			refs, err := w.find(e, kind, text)
			return err == nil && len(refs) > 0
		})
		if len(e.whole) < maxWhole {
			e.whole[text] = is
		}
	}
	return is
}

// maxWhole is of how many texts an end stores whether they are one name.
const maxWhole = 1 << 14

// kinds reads the column that states the kind of an end.
func (r *row) kinds(e *end) ([]*schema.Kind, bool) {
	c := r.column(e.kindColumn)
	if schema.Blank(c.text) {
		return e.kinds, true
	}
	wanted := schema.NormalName(c.text)
	for _, kind := range e.kinds {
		for _, name := range []string{kind.Name, kind.Label.Zh, kind.Label.En} {
			if schema.NormalName(name) == wanted {
				return []*schema.Kind{kind}, true
			}
		}
	}
	var names message.List
	for _, kind := range e.kinds {
		names = append(names, kind.Name)
	}
	r.fault(&c, CodeBadEnds, message.New("%q is not a kind of this end; allowed are %s", short(c.text), names))
	return nil, false
}

// find searches for a text in one property after the other.
func (w *writer) find(e *end, kind *schema.Kind, text string) ([]ref, error) {
	var why error
	for _, property := range e.by[kind.Name] {
		refs, err := w.index.lookup(kind, property, text)
		if len(refs) > 0 {
			return refs, nil
		}
		if err != nil && len(e.by[kind.Name]) == 1 {
			why = err
		}
	}
	return nil, why
}

// unknown records that an end names nothing that is known.
func (r *row) unknown(x *index, e *end, kinds []*schema.Kind, c *cell, why error) {
	if schema.IsIdentityNumber(c.text) {
		r.fault(c, CodePersonal, message.New("the %s is named by the number of an identity card, which is not shown", message.Either(message.ListOf(kinds))))
		return
	}
	text := message.New("unknown %s %q", message.Either(message.ListOf(kinds)), short(c.text))
	code := CodeUnknownEnd
	if len(kinds) == 1 && kinds[0].Name == "Region" {
		code = CodeRegion
	}
	switch {
	case e.rule.FreeText:
		r.fault(c, CodeUnresolved, message.New("%s; nothing has exactly this name", text))
		return
	case why != nil:
		r.fault(c, code, message.New("%s: %w", text, why))
		r.offer(c, choices.Regions(c.text))
		return
	}
	var near []choices.Choice
	for _, kind := range kinds {
		if like := x.names.Near(kind.Name, c.text); like != "" {
			text, near = message.New("%s; did you mean %q?", text, short(like)), []choices.Choice{{Text: like}}
			break
		}
	}
	r.fault(c, code, text)
	r.offer(c, near)
}

// meant are nodes for people to choose from, with what each is part of.
func (w *writer) meant(refs []ref) []choices.Choice {
	w.readComposition()
	wholes := func(at ref) []ref { return w.index.parts.wholes[w.index.find(at)] }
	var all []choices.Choice
	for _, at := range refs {
		all = append(all, choices.Within(at, wholes, func(r ref) choices.Choice { return choices.Of(w.index.key[r], w.index.name[r]) }))
	}
	return all
}

// pair chooses the one pair of nodes that the edge may join.
func (w *writer) pair(r *row, kind *schema.Kind, from, to []found) (a, b ref, ok bool) {
	var pairs [][2]found
	for _, f := range from {
		for _, t := range to {
			if kind.Joins(f.kind.Name, t.kind.Name) {
				pairs = append(pairs, [2]found{f, t})
			}
		}
	}
	switch len(pairs) {
	case 1:
		return pairs[0][0].ref, pairs[0][1].ref, true
	case 0:
		r.fail(CodeBadEnds, message.New("%s does not lead from a %s to a %s", kind.Name, from[0].kind, to[0].kind))
		return 0, 0, false
	}
	var names []string
	for _, p := range pairs {
		names = append(names, p[0].kind.Name+"→"+p[1].kind.Name)
	}
	slices.Sort(names)
	r.fail(CodeAmbiguousEnd, message.New("the ends may be %s; state their kinds in from_kind and to_kind", message.Either(message.ListOf(names))))
	return 0, 0, false
}
