package mutations

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"liantu/access"
	"liantu/api/fields"
	"liantu/graph"
	"liantu/graph/edits"
)

// Notes of the load of a change, after its name.
const (
	aboutNote    = "about "   // the id of the node and the day that a later change of the same day finds it by
	correctsNote = "corrects" // it replaced a change of the same day
)

// aboutOf is the note by which a change of a node is found by a correction of the same day.
func aboutOf(node graph.ID, date string) string { return aboutNote + string(node) + " " + date }

// correct makes a change that a change of the same day stands in the way of: since no
// order of facts says which of two statements of one source and one day is the later one, the
// earlier one is taken back, and what else it stated is stated again. Where what stands in
// the way is anything else, the error is the one that is given.
//
// Each step may be repeated: should the service end between them, the change that is sent
// again is made without what else the earlier one stated.
func (o *Office) correct(rq *fields.Request, e edit, a fields.Args, since graph.Version, cause error) (graph.Batch, error) {
	var stands *edits.StandsError
	if e.subject == nil || !errors.As(cause, &stands) || !stands.SameStatement {
		return graph.Batch{}, cause
	}
	g := rq.Picture.Graph
	node, err := e.subject(rq, a)
	if err != nil {
		return graph.Batch{}, err
	}
	present := g.Node(node)
	if present.Version > since {
		return graph.Batch{}, &graph.ConflictError{Kind: present.Kind, ID: present.ID, Since: since, Present: present.Version}
	}
	earlier, err := o.earlier(rq, e, aboutOf(present.ID, stands.Date))
	if err != nil {
		return graph.Batch{}, err
	}
	if len(earlier) == 0 {
		return graph.Batch{}, cause
	}
	restated := maps.Clone(a)
	for _, f := range present.Facts {
		argument := e.restates[f.Property]
		if _, given := a[argument]; argument != "" && !given && f.Source == graph.EditSource && f.AsOf == stands.Date {
			restated[argument] = f.Value
		}
	}
	for _, load := range earlier {
		if err := o.takeBack(rq, e, load); err != nil {
			return graph.Batch{}, err
		}
	}
	if err := o.renew(rq); err != nil {
		return graph.Batch{}, err
	}
	batch, err := e.batch(rq, restated)
	batch.Unchanged = graph.Version(rq.Picture.Version())
	return batch, err
}

// earlier lists the loads of the changes of the same name with a note, the newest first.
func (o *Office) earlier(rq *fields.Request, e edit, note string) ([]string, error) {
	loads, err := o.Writer.Loads(rq.Context)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, l := range slices.Backward(loads) {
		if strings.HasPrefix(l.ID, editPrefix) && len(l.Files) > 1 && strings.HasPrefix(l.Files[0], e.name+" ") && slices.Contains(l.Files[1:], note) {
			ids = append(ids, l.ID)
		}
	}
	return ids, nil
}

// takeBack takes the load of a change back, and enters that in the audit log before.
func (o *Office) takeBack(rq *fields.Request, e edit, load string) error {
	entry := rq.Caller.Signed(access.Entry{
		Action: access.Change, Fields: e.fields, Version: rq.Picture.Version(), Request: rq.ID, Detail: e.name + " takes back " + load,
	})
	if err := o.record(entry); err != nil {
		return err
	}
	_, err := o.Writer.Undo(rq.Context, load)
	if errors.Is(err, graph.ErrNotFound) { // a request that was cut off has taken it back
		return nil
	}
	return err
}
