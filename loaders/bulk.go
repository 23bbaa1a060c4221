package loaders

import (
	"errors"
	"slices"
	"strings"

	"liantu/graph"
	"liantu/loaders/bulk"
	"liantu/loaders/inputs"
	"liantu/loaders/mapping"
	"liantu/loaders/recognise"
	"liantu/loaders/rows"
	"liantu/message"
	"liantu/schema"
)

// exchanged is a file in a format of Neo4j, with how it is read.
type exchanged struct {
	rule    *mapping.FileRule // nil if nothing of it can be loaded
	columns []string
	twice   []rows.RepeatedHead
	faults  []Fault
}

// exchanged returns how a file in a format of Neo4j is read, nil for any other
// file and for one that cannot be read, which is reported when that is tried.
func (l *loader) exchanged(in *inputs.Input, o rows.Options) *exchanged {
	if in.Sheet != "" {
		return nil // a workbook
	}
	f, err := in.Open()
	if err != nil {
		return nil
	}
	defer f.Close() //nolint:errcheck // nothing was written
	o.Heads = bulk.IsHead
	r, err := rows.Open(in.Name, f, o)
	if err != nil {
		return nil
	}
	defer r.Close() //nolint:errcheck // nothing was written
	content := bulk.Read(r)
	if content == nil {
		return nil
	}
	x := &exchanged{columns: content.Columns(), twice: r.RepeatedHeads()}
	fail := func(code Code, text message.Text) {
		x.rule = nil
		x.faults = append(x.faults, Fault{File: in.Name, Severity: Rejected, Code: code, Reason: text.In(l.Language)})
	}
	reading, err := content.Reading(bulk.Options{Model: l.Model, Kind: l.Kind, Called: in.Called(), Neutral: l.tables.Neutral, Space: in.Stem()})
	if header := new(recognise.HeaderError); errors.As(err, &header) {
		fail(CodeHeader, reason(err))
		return x
	} else if err != nil {
		fail(CodeUnknownFile, reason(err))
		return x
	}
	x.rule = reading.Rule
	x.faults = doubled(in, l.Language, reading.Doubled)
	for _, left := range reading.Left {
		fail(CodeUnknownLabel, left.Text())
	}
	if len(reading.Unused) > 0 {
		x.faults = append(x.faults, l.unusedFault(in, reading.Unused))
		if l.Strict {
			x.rule = nil
		}
	}
	return x
}

// labelled finds the kind of a row, where labels state it. It reports false, with
// the fault recorded, for one whose labels mean no kind or several.
func (w *writer) labelled(r *row) bool {
	columns := w.file.plan.labels
	if columns == nil {
		return true
	}
	var kinds []*schema.Kind
	holds := func(e *emitter) bool { return r.holds(e.when) }
	if slices.ContainsFunc(w.file.plan.nodes, holds) {
		kinds = w.Model.Nodes
	}
	if slices.ContainsFunc(w.file.plan.edges, holds) {
		kinds = slices.Concat(kinds, w.Model.Edges)
	}
	var stated []string
	var at cell
	for i := range columns {
		if c := r.column(&columns[i]); c.text != "" {
			at, stated = c, append(stated, bulk.Labels(c.text, c.list)...)
		}
	}
	if len(kinds) == 0 && len(stated) == 0 {
		return true // no rule applies, which is reported as such
	}
	kind, others, why := bulk.KindOf(kinds, stated)
	r.kind = kind
	if w.first && kind == nil {
		r.shared(&at, Dropped, CodeUnknownLabel, why)
	}
	for _, other := range others {
		if w.first && kind != nil {
			r.shared(&at, Warning, CodeUnusedLabel, message.New("%q is not used; another label says the kind of the row", short(other)))
		}
	}
	return kind != nil
}

// shared records a fault that stands for all rows that have it, at the first of
// them.
func (r *row) shared(c *cell, severity Severity, code Code, reason message.Text) {
	key := string(code) + reason.String()
	if at, ok := r.file.shares[key]; ok {
		r.file.faults[at].more = append(r.file.faults[at].more, r.ordinal)
		return
	}
	if r.file.shares == nil {
		r.file.shares = map[string]int{}
	}
	r.file.shares[key] = len(r.file.faults)
	r.note(c, severity, code, reason)
	r.file.faults.failing(len(r.file.faults)-1, true)
}

// idOf returns the id of the node that a row states, "" for none.
func (r *row) idOf(e *emitter) string {
	if e.id == nil {
		return ""
	}
	c := r.several(e.id)
	return strings.TrimSpace(c.text)
}

// freeID reports whether no other row has the id of the node of a row, with the
// fault recorded if one has. The id is that of a row that is left out unless
// its node follows.
func (w *writer) freeID(r *row, e *emitter) bool {
	id := r.idOf(e)
	if id == "" {
		return true
	}
	if n, ok := w.index.ids.Find(e.rule.ID.Space, id); ok {
		c := r.column(&e.id.columns[0])
		r.fault(&c, CodeTwiceID, message.New("the id %s is also that of %s:%d; an id has one node", bulk.Quoted(e.rule.ID.Space, id), n.File, n.Row))
		r.file.faults.failing(len(r.file.faults)-1, true)
		return false
	}
	w.index.ids.Add(e.rule.ID.Space, id, bulk.Node{File: r.file.in.Name, Row: r.rec.Line})
	return true
}

// haveID records the node of an id, and warns where it has another one.
func (w *writer) haveID(r *row, e *emitter, node ref) {
	id := r.idOf(e)
	if id == "" {
		return
	}
	space := e.rule.ID.Space
	w.index.ids.Add(space, id, bulk.Node{Kind: e.kind.Name, Ref: int(node), File: r.file.in.Name, Row: r.rec.Line})
	if other, n, ok := w.index.ids.Other(int(node), space, id); ok {
		c := r.column(&e.id.columns[0])
		r.warn(&c, CodeJoinedIDs, message.New("%s and %s (%s:%d) are one %s, since what identifies them is the same; the values of both rows are stored",
			bulk.Quoted(space, id), bulk.Quoted(space, other), n.File, n.Row, e.kind))
	}
}

// coded gives a node that has no better identifier its id as its code.
func (r *row) coded(e *emitter, facts []graph.Fact, props map[string]any) []graph.Fact {
	id := r.idOf(e)
	if id == "" || e.rule.ID.Property == "" || props[e.rule.ID.Property] != nil {
		return facts
	}
	code := bulk.Code(r.prov.Source, e.rule.ID.Space, id)
	props[e.rule.ID.Property] = code
	return append(facts, graph.Fact{Property: e.rule.ID.Property, Value: code, Provenance: r.prov})
}

// keysOf returns the keys of a node. Where the id of a row may be its code, values
// identify only together with the others of their group: persons of one name
// are as many as they have ids.
func (e *emitter) keysOf(props map[string]any) []graph.Key {
	if e.rule.ID == nil || e.rule.ID.Property == "" {
		return graph.KeysOf(e.kind, props)
	}
	whole := *e.kind
	whole.Whole = true
	return graph.KeysOf(&whole, props)
}

// byID returns the node of the load that has an id, or nil with the fault
// recorded.
func (w *writer) byID(r *row, e *end, c cell) []found {
	id, space := strings.TrimSpace(c.text), e.rule.Space
	if n, ok := w.index.ids.Find(space, id); ok && n.Kind != "" {
		return []found{{kind: w.Model.Node(n.Kind), ref: w.index.find(ref(n.Ref))}}
	}
	r.fault(&c, CodeUnknownEnd, w.index.ids.Unknown(space, id))
	return nil
}

// array divides a cell at semicolons, and nowhere else.
func (c *cell) array(p *property) {
	if c.list == nil {
		c.list = strings.Split(c.text, ";")
	}
	if p.Type.Set() || len(c.list) > 1 {
		c.text = schema.FormatValue(c.list)
	}
}

// doubled warns of columns that mean what others state already.
func doubled(in *inputs.Input, language message.Language, list []recognise.Doubled) (faults []Fault) {
	for _, d := range list {
		faults = append(faults, Fault{
			File: in.Name, Column: d.Column, Severity: Warning, Code: CodeColumn,
			Reason: message.New("means %s like the column %q, which is used instead", d.Means, d.Used).In(language),
		})
	}
	return faults
}

// leaveOut records the id of a node whose row is left out, so that edges to it
// say so.
func (w *writer) leaveOut(r *row, emitters []*emitter) {
	for _, e := range emitters {
		if e.id != nil && r.holds(e.when) {
			w.freeID(r, e)
			return
		}
	}
}
