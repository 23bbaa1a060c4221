package loaders

import (
	"context"
	"errors"
	"slices"

	"liantu/graph"
	"liantu/loaders/names"
	"liantu/message"
	"liantu/schema"
)

// writer turns the rows of one file into drafts, and drafts into batches of one
// kind each, so that the counts of the store belong to a file and a kind.
type writer struct {
	*loader
	file    *file
	pending map[string]*pending // by kind
	first   bool                // the file is read for the first time
	last    bool                // and for the last
	ctx     context.Context     // of the load, for what is read from the store when it is needed
	drafts  int                 // that were made so far
	codes   map[string]madeCode // by kind and steps
	broken  error               // of the store, found while a row was read
	exact   bool                // a name finds only what has just this name
}

// pending is a batch that is being filled.
type pending struct {
	kind   string
	edge   bool
	batch  graph.Batch
	origin []origin // by draft
}

// origin is the row from which a draft was made.
type origin struct{ ordinal, row int }

// row makes the drafts of a row.
func (w *writer) row(ctx context.Context, r *row, emitters []*emitter) error {
	if !w.labelled(r) {
		w.leaveOut(r, emitters)
		return nil
	}
	applied := false
	made := 0 // drafts of the rule before
	for _, e := range emitters {
		if !r.takes(e) {
			made = 0
			continue
		}
		if e.rule.Otherwise && made > 0 {
			continue
		}
		if !applied {
			applied = true
			mark := len(w.file.faults)
			var ok bool
			if r.prov, ok = r.provenance(); !ok {
				if !w.first { // recorded before
					w.file.faults = w.file.faults[:mark]
				}
				return nil
			}
			w.cite(r)
		}
		before := w.drafts
		if err := errors.Join(w.emit(ctx, r, e), w.broken); err != nil {
			return err
		}
		made = w.drafts - before
	}
	if w.last && !applied && !r.applies() {
		r.fail(CodeNoRule, message.New("no rule of the mapping applies to this row"))
	}
	return nil
}

// applies reports whether any rule applies to the row.
func (r *row) applies() bool {
	return slices.ContainsFunc(r.file.plan.nodes, r.takes) || slices.ContainsFunc(r.file.plan.edges, r.takes)
}

// takes reports whether a rule applies to the row.
func (r *row) takes(e *emitter) bool {
	return e.rule.Path == r.rec.Path && r.holds(e.when) && (r.kind == nil || r.kind == e.kind)
}

func (w *writer) cite(r *row) {
	if _, ok := w.cited[r.prov.Source]; !ok {
		w.cited[r.prov.Source] = place{w.file, r.rec.Line}
	}
}

// emit makes the drafts of one rule.
func (w *writer) emit(ctx context.Context, r *row, e *emitter) error {
	p := w.pending[e.kind.Name]
	if p == nil {
		p = &pending{kind: e.kind.Name, edge: e.kind.IsEdge()}
		w.pending[e.kind.Name] = p
	}
	if e.kind.IsEdge() {
		for _, draft := range w.edges(r, e) {
			p.batch.Edges = append(p.batch.Edges, draft)
			if err := w.drafted(ctx, r, p); err != nil {
				return err
			}
		}
		return nil
	}
	if !w.freeID(r, e) {
		return nil
	}
	return w.nodes(r, e, func(draft graph.NodeDraft) error { return w.emitNode(ctx, r, e, p, draft) })
}

// nodes makes the node drafts of a rule: one, or one for each of several names in
// the cell of the caption.
func (w *writer) nodes(r *row, e *emitter, do func(graph.NodeDraft) error) error {
	defer func() { r.part = [2]int{} }()
	n := 1
	if e.rule.Each && e.name != nil {
		c, _ := r.text(&e.name.text) // a faulty one is reported with the node
		n = max(1, len(schema.SplitTexts(c.text)))
	}
	for i := range n {
		r.part = [2]int{i, n}
		if draft, ok := w.node(r, e); ok {
			if err := do(draft); err != nil {
				return err
			}
		}
	}
	return nil
}

// emitNode adds the draft of a node.
func (w *writer) emitNode(ctx context.Context, r *row, e *emitter, p *pending, draft graph.NodeDraft) error {
	fresh := e.code != nil && !w.index.has(draft.Keys[0])
	if fresh {
		_, stated := r.ownText(&e.code.text)
		fresh = !stated
	}
	node := w.index.add(draft.Kind, draft.Keys, draft.Facts)
	if fresh {
		w.index.derived[node] = true
	}
	w.haveID(r, e, w.index.find(node))
	w.list(r, &draft, node)
	stated, known := w.index.book.Add(draft.Kind, draft.Keys, draft.Facts, names.Place{File: w.file, Row: r.rec.Line})
	if stated != "" {
		r.warn(&cell{}, CodeIdentifiers, message.New("the company has %s by this row and %s too; they are stored as one company with both, and one of the rows or sources is wrong", stated, known))
	}
	if e.rule.NoRepeat {
		w.file.repeated(r, e, w.index.find(node), draft.Facts)
	}
	p.batch.Nodes = append(p.batch.Nodes, draft)
	return w.drafted(ctx, r, p)
}

// edgesPerNode is how many edges count as much as a node in a batch: they hold
// few facts, and the cost of a batch grows slower than its drafts.
const edgesPerNode = 8

// drafted records from which row the last draft was made, and writes a full
// batch.
func (w *writer) drafted(ctx context.Context, r *row, p *pending) error {
	w.file.went[r.ordinal]++
	w.drafts++
	p.origin = append(p.origin, origin{r.ordinal, r.rec.Line})
	most := w.BatchSize
	if p.edge {
		most *= edgesPerNode
	}
	if len(p.origin) >= most {
		return w.flush(ctx, p)
	}
	return nil
}

// flushAll writes what is pending, in order of kinds.
func (w *writer) flushAll(ctx context.Context) error {
	var kinds []string
	for kind := range w.pending {
		kinds = append(kinds, kind)
	}
	slices.Sort(kinds)
	for _, kind := range kinds {
		if err := w.flush(ctx, w.pending[kind]); err != nil {
			return err
		}
	}
	return nil
}

// flush writes a batch. Drafts that the store refuses become faults of their
// rows, and the others are written without them.
func (w *writer) flush(ctx context.Context, p *pending) error {
	counts := w.file.kinds[p.kind]
	if counts == nil {
		counts = &KindCounts{Kind: p.kind, Edge: p.edge}
		w.file.kinds[p.kind] = counts
	}
	for len(p.origin) > 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		result, err := w.sink.Apply(ctx, p.batch)
		var invalid *graph.InvalidError
		if errors.As(err, &invalid) && w.refused(p, invalid) {
			continue
		}
		if err != nil {
			return err
		}
		counts.add(countsOf(result))
		w.report.Version = result.Version
		p.batch, p.origin = graph.Batch{}, p.origin[:0]
	}
	return nil
}

func countsOf(r graph.Result) Counts {
	return Counts{
		Created: r.NodesCreated + r.EdgesCreated, Updated: r.NodesUpdated + r.EdgesUpdated,
		Unchanged: r.NodesUnchanged + r.EdgesUnchanged, Merged: r.NodesMerged,
	}
}

// refused removes the drafts that have faults from a batch. It reports false if
// there are none, so that the error does not concern rows.
func (w *writer) refused(p *pending, e *graph.InvalidError) bool {
	bad := map[int]bool{}
	for _, f := range e.Faults {
		if f.Edge != p.edge || f.Index < 0 || f.Index >= len(p.origin) {
			return false
		}
		from := p.origin[f.Index]
		if !bad[f.Index] {
			bad[f.Index] = true
			w.file.went[from.ordinal]--
		}
		text, code := message.New("%s", f.Reason), CodeRefused
		if f.Forgotten {
			code = CodeForgotten
		}
		if f.Property != "" {
			text = message.New("property %q: %s", f.Property, text)
		}
		w.file.faults = append(w.file.faults, rowFault{
			Fault:   Fault{File: w.file.in.Name, Row: from.row, Severity: Dropped, Code: code, Reason: text.In(w.Language)},
			ordinal: from.ordinal, fails: true,
		})
	}
	var rest pending
	for i, from := range p.origin {
		if bad[i] {
			continue
		}
		rest.origin = append(rest.origin, from)
		if p.edge {
			rest.batch.Edges = append(rest.batch.Edges, p.batch.Edges[i])
		} else {
			rest.batch.Nodes = append(rest.batch.Nodes, p.batch.Nodes[i])
		}
	}
	p.batch, p.origin = rest.batch, rest.origin
	return len(bad) > 0
}
