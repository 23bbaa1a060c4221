package mutations

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/graphql-go/graphql"

	"liantu/access"
	"liantu/api/disclosure"
	"liantu/api/fault"
	"liantu/api/fields"
	"liantu/graph"
	"liantu/graph/projection"
	"liantu/message"
	"liantu/schema"
)

// Writer writes changes of the graph; a [graph.Store] is one.
type Writer interface {
	fields.Loads
	Version(ctx context.Context) (graph.Version, error)
	Apply(ctx context.Context, batch graph.Batch) (graph.Result, error)
	Undo(ctx context.Context, load string) (graph.Undone, error)
}

// Settle joins or separates companies by the judgements in the store, after two
// names were judged, and returns the version that contains the result. Repeating it
// changes nothing.
type Settle func(ctx context.Context, left, right string) (graph.Version, error)

// Office makes the changes that mutations ask for.
type Office struct {
	Writer   Writer              // nil accepts no changes
	Settle   Settle              // nil accepts no judgements
	Rejoin   Rejoin              // nil joins nothing after a load was taken back
	Recorder disclosure.Recorder // nil records nothing
	// Renew gives a request a picture of the given version or a later one.
	Renew func(rq *fields.Request, version graph.Version) error
}

// edit is a change that a mutation makes.
type edit struct {
	name   string       // of the field of the root
	right  schema.Right // that it requires
	fields []string     // of the data that it writes, for the audit log
	// batch makes what is stated, from the picture and the view of the request.
	batch func(rq *fields.Request, a fields.Args) (graph.Batch, error)
	// subject finds the node of a change that may be corrected on the same day, and restates
	// names the arguments by the properties that they state; nil if it may not be.
	subject  func(rq *fields.Request, a fields.Args) (projection.Vertex, error)
	restates map[string]string
	// after does what follows from the change once it is made; nil for nothing. It
	// may be repeated.
	after func(ctx context.Context, a fields.Args) (graph.Version, error)
	// shows are the fields of its result that show what was changed.
	shows func(p *payloads) graphql.Fields
}

// written is the result of a mutation.
type written struct {
	key     string
	load    string
	version graph.Version
	changed bool
	// corrected is whether it replaced a change of the same day.
	corrected bool
	args      fields.Args // of the change, which name what was changed
}

// maxMutationID is the most characters of a clientMutationId.
const maxMutationID = 100

// change makes a change, and has the request remember which version contains it.
func (o *Office) change(rq *fields.Request, e edit, a fields.Args) (any, error) {
	w, err := o.write(rq, e, a)
	if w != nil {
		rq.Wrote = max(rq.Wrote, w.version)
	}
	if err != nil {
		return nil, err
	}
	w.args = a
	return w, nil
}

// write makes a change once for a key of the client. The batch is a load whose
// id follows from the caller and from the key, so that the store itself remembers,
// across restarts, that it was made, and undo takes it back as any load. The
// request is in the lane of changes, so that those of one server follow one
// another. What was made is returned also with the error of what was to follow.
func (o *Office) write(rq *fields.Request, e edit, a fields.Args) (*written, error) {
	if o.Writer == nil {
		return nil, fault.Refuse(fault.CodeUnavailable, "this service accepts no changes")
	}
	load, err := loadOf(rq, e, a)
	if err != nil {
		return nil, err
	}
	load.Done = e.after == nil
	done, err := o.written(rq, e, load, a)
	if done != nil || err != nil {
		return done, err
	}
	if err := o.renew(rq); err != nil {
		return nil, err
	}
	since, err := unchanged(rq, a)
	if err != nil {
		return nil, err
	}
	batch, err := e.batch(rq, a)
	batch.Unchanged = since
	if err != nil {
		if batch, err = o.correct(rq, e, a, since, err); err != nil {
			return nil, presentConflict(rq, err)
		}
		load.Files = append(load.Files, correctsNote)
	}
	if e.subject != nil {
		node, err := e.subject(rq, a)
		if err != nil {
			return nil, err
		}
		load.Files = append(load.Files, aboutOf(rq.Picture.Graph.ID(node), statement(a, graph.GradeB).Date))
	}
	batch.Load = load
	result, err := o.apply(rq, e, batch)
	if err != nil {
		return nil, presentConflict(rq, err)
	}
	return o.complete(rq, e, load, a, &written{
		key: a.Text("clientMutationId"), load: load.ID, version: result.Version,
		changed:   result.NodesCreated+result.NodesUpdated+result.EdgesCreated+result.EdgesUpdated > 0,
		corrected: slices.Contains(load.Files, correctsNote),
	})
}

// complete does what follows from a change, notes the version that contains all of
// it in the load, so that the same key returns the same version, and marks the load
// as done. What was begun is completed even if the client has gone.
func (o *Office) complete(rq *fields.Request, e edit, load graph.LoadInfo, a fields.Args, w *written) (*written, error) {
	if e.after == nil {
		return w, nil
	}
	ctx := context.WithoutCancel(rq.Context)
	version, err := e.after(ctx, a)
	if err != nil {
		return w, err
	}
	w.version = max(w.version, version)
	load.Done, load.Files = true, append(load.Files, fmt.Sprint(versionNote, w.version))
	_, err = o.Writer.Apply(ctx, graph.Batch{Load: load})
	return w, err
}

// editPrefix begins the id of the load of a change.
const editPrefix = "edit-"

// versionNote begins the note in the load of a change about the version that
// contains all that followed from it.
const versionNote = "version "

// loadOf names the load of a change. It holds a hash of the arguments, which shows
// another use of the same key.
func loadOf(rq *fields.Request, e edit, a fields.Args) (graph.LoadInfo, error) {
	key := a.Text("clientMutationId")
	if err := checkKey(key); err != nil {
		return graph.LoadInfo{}, err
	}
	asked := maps.Clone(map[string]any(a))
	delete(asked, "clientMutationId")
	delete(asked, "expectedVersion")
	text, ok := fields.AppendCanonical(fields.AppendText(nil, e.name), asked)
	if !ok {
		return graph.LoadInfo{}, message.Errorf("an argument of a type that arguments do not have")
	}
	return graph.LoadInfo{
		ID: editPrefix + shortHash(fields.AppendText(fields.AppendText(nil, rq.Caller.Identity.Subject), key)), Source: rq.Caller.Identity.Subject,
		Files: []string{e.name + " " + shortHash(text)}, At: time.Now().UTC().Truncate(time.Second), Done: true,
	}, nil
}

// checkKey returns an error for what is no id of a change.
func checkKey(key string) error {
	if n := utf8.RuneCountInString(key); n == 0 || n > maxMutationID {
		return fault.Refuse(fault.CodeInput, "clientMutationId is not a text of 1 to %d characters", maxMutationID)
	}
	return nil
}

func shortHash(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:16])
}

// written finds the change that was made under the key before, nil if there is
// none. One that was interrupted is completed.
func (o *Office) written(rq *fields.Request, e edit, load graph.LoadInfo, a fields.Args) (*written, error) {
	loads, err := o.Writer.Loads(rq.Context, load.ID)
	if err != nil || len(loads) == 0 {
		return nil, err
	}
	before := loads[0]
	if len(before.Files) == 0 || before.Files[0] != load.Files[0] {
		return nil, fault.Refuse(fault.CodeInput, "clientMutationId %q was used for another change", a.Text("clientMutationId"))
	}
	w := &written{key: a.Text("clientMutationId"), load: load.ID, version: before.Last, changed: before.Created+before.Updated > 0, corrected: slices.Contains(before.Files, correctsNote)}
	if !before.Done {
		return o.complete(rq, e, load, a, w)
	}
	for _, note := range before.Files[1:] {
		if !strings.HasPrefix(note, versionNote) {
			continue
		}
		if _, err := fmt.Sscanf(note, versionNote+"%d", &w.version); err != nil {
			return nil, message.Errorf("the load %q: %w", load.ID, err)
		}
	}
	return w, nil
}

// renew gives the request the present picture, since what a change rests on must
// not be older than the store.
func (o *Office) renew(rq *fields.Request) error {
	version, err := o.Writer.Version(rq.Context)
	if err != nil {
		return err
	}
	return o.Renew(rq, version)
}

// unchanged is the version on which a change rests: the one that the client has
// seen, else that of the picture it was made from.
func unchanged(rq *fields.Request, a fields.Args) (graph.Version, error) {
	now := rq.Picture.Version()
	expected, given := a.Number("expectedVersion")
	switch {
	case !given:
		return graph.Version(now), nil
	case expected < 1 || int64(expected) > now:
		return 0, fault.Refuse(fault.CodeInput, "expectedVersion %d: the graph has the versions 1 to %d", expected, now)
	}
	return graph.Version(expected), nil
}

// apply enters a change in the audit log and makes it. One that fails is entered
// as an attempt.
func (o *Office) apply(rq *fields.Request, e edit, batch graph.Batch) (graph.Result, error) {
	entry := rq.Caller.Signed(access.Entry{
		Action: access.Change, Fields: e.fields, IDs: idsOf(rq.Picture.Graph, batch),
		Version: rq.Picture.Version(), Request: rq.ID, Detail: e.name + " " + batch.Load.ID,
	})
	if err := o.record(entry); err != nil {
		return graph.Result{}, err
	}
	result, err := o.Writer.Apply(rq.Context, batch)
	if err == nil {
		return result, nil
	}
	entry.Detail += ": not made"
	if errors.Is(err, graph.ErrUnavailable) {
		entry.Detail += ", or not known"
	}
	return result, errors.Join(err, o.record(entry))
}

// record enters e in the audit log, where there is a recorder.
func (o *Office) record(e access.Entry) error {
	if o.Recorder == nil {
		return nil
	}
	return o.Recorder.Append(e)
}

// idsOf lists the nodes that a batch names by their ids, and those that it makes in
// the graph of the picture.
func idsOf(p *projection.Projection, batch graph.Batch) []string {
	var ids []string
	add := func(k graph.Key) {
		if id, ok := strings.CutPrefix(string(k), string(graph.IDKey(""))); ok && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	for _, n := range batch.Nodes {
		for _, k := range n.Keys {
			add(k)
		}
		if n.Keys[0].Kind() != "" {
			add(graph.IDKey(p.NewID(n.Keys[0])))
		}
	}
	for _, e := range batch.Edges {
		add(e.From)
		add(e.To)
	}
	return ids
}

// presentConflict adds the present version to a conflict: that of what has changed, or
// of the graph.
func presentConflict(rq *fields.Request, err error) error {
	if !errors.Is(err, graph.ErrConflict) {
		return err
	}
	present := rq.Picture.Version()
	var changed *graph.ConflictError
	if errors.As(err, &changed) {
		present, err = int64(changed.Present), changed
	}
	return fault.Refuse(fault.CodeConflict, "%s", err).With("presentVersion", present)
}
