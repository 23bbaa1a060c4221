package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"liantu/access"
	"liantu/api/engine"
	"liantu/graph"
	"liantu/graph/projection"
	"liantu/schema"
)

// Writer takes changes of the graph; a [graph.Store] does.
type Writer interface {
	Loads
	Revision(ctx context.Context) (graph.Revision, error)
	Apply(ctx context.Context, batch graph.Batch) (graph.Result, error)
}

// Settle joins or parts companies as the judgements say that are in the store,
// after somebody judged two names, and returns the version that contains it.
// Repeating it changes nothing.
type Settle func(ctx context.Context, left, right string) (graph.Revision, error)

// edit is a change that a mutation makes.
type edit struct {
	name   string       // of the field of the root
	right  schema.Right // that it takes
	fields []string     // of the data that it writes, for the record
	// batch makes what is told, from the picture and the view of the request.
	batch func(rq *request, a args) (graph.Batch, error)
	// after does what follows from the change once it is made; nil for nothing. It
	// may be repeated.
	after func(ctx context.Context, s *Server, a args) (graph.Revision, error)
}

// written is what became of a mutation.
type written struct {
	key     string
	load    string
	version graph.Revision
	changed bool
}

// maxMutationID bounds the letters of a clientMutationId.
const maxMutationID = 100

// write makes a change once for a key of the client. The batch is a load whose
// id follows from who asks and from the key, so that the store itself remembers,
// across restarts, that it was made, and undo takes it back as any load. The
// request is in the lane of changes, so that those of one server follow one
// another.
func (rq *request) write(e edit, a args) (any, error) {
	s := rq.server
	if s.writer == nil {
		return nil, refuse(CodeUnavailable, "this service takes no changes")
	}
	load, err := rq.loadOf(e, a)
	if err != nil {
		return nil, err
	}
	load.Done = e.after == nil
	done, err := rq.written(e, load, a)
	if done != nil || err != nil {
		return done, err
	}
	if err := rq.renew(); err != nil {
		return nil, err
	}
	batch, err := e.batch(rq, a)
	if err != nil {
		return nil, rq.conflict(err)
	}
	if batch.Unchanged, err = rq.unchanged(a); err != nil {
		return nil, err
	}
	batch.Load = load
	result, err := rq.apply(e, batch)
	if err != nil {
		return nil, rq.conflict(err)
	}
	return rq.complete(e, load, a, &written{
		key: a.text("clientMutationId"), load: load.ID, version: result.Revision,
		changed: result.NodesCreated+result.NodesUpdated+result.EdgesCreated+result.EdgesUpdated > 0,
	})
}

// complete does what follows from a change, notes the version with all of it in
// the load, so that the same key gives the same version, and says that the load
// is done. What was begun is brought to its end even if the client has gone.
func (rq *request) complete(e edit, load graph.LoadInfo, a args, w *written) (any, error) {
	if e.after == nil {
		return w, nil
	}
	ctx := context.WithoutCancel(rq.ctx)
	version, err := e.after(ctx, rq.server, a)
	if err != nil {
		return nil, err
	}
	w.version = max(w.version, version)
	load.Done, load.Files = true, append(load.Files, fmt.Sprint(versionNote, w.version))
	_, err = rq.server.writer.Apply(ctx, graph.Batch{Load: load})
	return w, err
}

// versionNote begins what the load of a change says of the version with all that
// followed from it.
const versionNote = "version "

// turnToWrite waits for the one place of the lane of changes. There a request
// waits for the changes before it and for the store, while those that only ask
// find their places free. On an error nothing was changed.
func (s *Server) turnToWrite(rq *request) error {
	rq.pass.leave()
	return s.wait(&rq.watched, s.lanes.write, func() error { return rq.pass.take(rq.ctx, s.lanes.write, 0) })
}

// loadOf names the load of a change. Of what was asked it keeps a hash, which
// tells another use of the same key.
func (rq *request) loadOf(e edit, a args) (graph.LoadInfo, error) {
	key := a.text("clientMutationId")
	if n := utf8.RuneCountInString(key); n == 0 || n > maxMutationID {
		return graph.LoadInfo{}, refuse(CodeInput, "clientMutationId is not a text of 1 to %d letters", maxMutationID)
	}
	asked := maps.Clone(map[string]any(a))
	delete(asked, "clientMutationId")
	delete(asked, "expectedVersion")
	text, ok := appendCanonical(appendText(nil, e.name), reflect.ValueOf(asked))
	if !ok {
		return graph.LoadInfo{}, errors.New("an argument of a sort that arguments do not have")
	}
	return graph.LoadInfo{
		ID: "edit-" + shortHash(appendText(appendText(nil, rq.identity.Subject), key)), Source: rq.identity.Subject,
		Files: []string{e.name + " " + shortHash(text)}, At: time.Now().UTC().Truncate(time.Second), Done: true,
	}, nil
}

func shortHash(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:16])
}

// written finds the change that was made under the key before, nil if there is
// none. What was broken off is completed.
func (rq *request) written(e edit, load graph.LoadInfo, a args) (any, error) {
	loads, err := rq.server.writer.Loads(rq.ctx, load.ID)
	if err != nil || len(loads) == 0 {
		return nil, err
	}
	before := loads[0]
	if len(before.Files) == 0 || before.Files[0] != load.Files[0] {
		return nil, refuse(CodeInput, "clientMutationId %q was used for another change", a.text("clientMutationId"))
	}
	w := &written{key: a.text("clientMutationId"), load: load.ID, version: before.Last, changed: before.Created+before.Updated > 0}
	if !before.Done {
		return rq.complete(e, load, a, w)
	}
	for _, note := range before.Files[1:] {
		if _, err := fmt.Sscanf(note, versionNote+"%d", &w.version); err != nil {
			return nil, fmt.Errorf("the load %q: %w", load.ID, err)
		}
	}
	return w, nil
}

// renew gives the request the present picture, since what a change rests on must
// not be older than the store.
func (rq *request) renew() error {
	s := rq.server
	revision, err := s.writer.Revision(rq.ctx)
	if err != nil {
		return err
	}
	now, err := s.pictures.AtLeast(rq.ctx, revision)
	if err != nil {
		return err
	}
	seen, err := s.viewOf(rq.ctx, now, rq.identity)
	if err != nil {
		return err
	}
	rq.picture = s.take()
	rq.picture.graph, rq.scope, rq.columns = seen.graph, seen.scope, nil
	return nil
}

// unchanged is the revision on which a change rests: what the client has seen,
// else the picture that it was made from.
func (rq *request) unchanged(a args) (graph.Revision, error) {
	now := rq.picture.version()
	expected, given := a.number("expectedVersion")
	switch {
	case !given:
		return graph.Revision(now), nil
	case expected < 1 || int64(expected) > now:
		return 0, refuse(CodeInput, "expectedVersion %d: the graph has the versions 1 to %d", expected, now)
	}
	return graph.Revision(expected), nil
}

// apply puts a change on record and makes it. One that fails is on record as
// tried.
func (rq *request) apply(e edit, batch graph.Batch) (graph.Result, error) {
	entry := access.Entry{
		Who: rq.identity.Subject, Role: rq.identity.Role, Action: access.Change, Fields: e.fields, IDs: idsOf(batch),
		Version: rq.picture.version(), Purpose: rq.purpose, Request: rq.id, Detail: e.name + " " + batch.Load.ID,
	}
	if err := rq.keep(entry); err != nil {
		return graph.Result{}, err
	}
	result, err := rq.server.writer.Apply(rq.ctx, batch)
	if err == nil {
		return result, nil
	}
	entry.Detail += ": not made"
	if errors.Is(err, graph.ErrUnavailable) {
		entry.Detail += ", or not known"
	}
	return result, errors.Join(err, rq.keep(entry))
}

// keep puts an entry on record, where one is kept.
func (rq *request) keep(e access.Entry) error {
	if rq.server.recorder == nil {
		return nil
	}
	return rq.server.recorder.Append(e)
}

// idsOf lists the nodes that a batch names by their ids, and those that it makes.
func idsOf(batch graph.Batch) []string {
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
			add(graph.IDKey(graph.NodeID(n.Keys[0])))
		}
	}
	for _, e := range batch.Edges {
		add(e.From)
		add(e.To)
	}
	return ids
}

// conflict adds the present version to a conflict: that of what has changed, or
// of the graph.
func (rq *request) conflict(err error) error {
	if !errors.Is(err, graph.ErrConflict) {
		return err
	}
	present, text := rq.picture.version(), err.Error()
	var changed *graph.ConflictError
	if errors.As(err, &changed) {
		present, text = int64(changed.Present), changed.Error()
	}
	return refuse(CodeConflict, "%s", text).with("presentVersion", present)
}

// owns refuses what lies outside the scope of who asks.
func (rq *request) owns(v projection.Vertex) error {
	if rq.scope.kind == schema.ScopeEverything || rq.scope.node(rq.picture.graph.ID(v)) || rq.inEcosystem(v) {
		return nil
	}
	return engine.ErrRefused
}

// inEcosystem reports whether a link lies in an ecosystem of the scope.
func (rq *request) inEcosystem(v projection.Vertex) bool {
	if rq.scope.kind != schema.ScopeTaskForce {
		return false
	}
	g := rq.picture.graph
	seen := map[projection.Vertex]bool{}
	for open := []projection.Vertex{v}; len(open) > 0; {
		at := open[0]
		open = open[1:]
		switch g.Kind(at) {
		case projection.Ecosystem:
			if rq.scope.of.HasEcosystem(g.Code(at)) {
				return true
			}
		case projection.Link, projection.Chain:
			if !seen[at] {
				seen[at] = true
				open = append(open, g.ParentsOf(at)...)
			}
		}
	}
	return false
}
