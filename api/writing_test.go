package api_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"liantu/api"
	"liantu/graph"
	"liantu/graph/filestore"
	"liantu/graph/projection"
)

// heldStore is a store whose Apply waits until it is released.
type heldStore struct {
	*filestore.Store
	began, release chan struct{}
}

func (s *heldStore) Apply(ctx context.Context, batch graph.Batch) (graph.Result, error) {
	s.began <- struct{}{}
	<-s.release
	return s.Store.Apply(ctx, batch)
}

// Loads refuses to list everything, which a change does not need.
func (s *heldStore) Loads(ctx context.Context, ids ...string) ([]graph.Load, error) {
	if len(ids) != 1 {
		return nil, fmt.Errorf("a change asks for %d loads", len(ids))
	}
	return s.Store.Loads(ctx, ids...)
}

// TestChangesTakeNoPlaceOfQuestions makes changes in a store that does not respond,
// in a server with one place. Questions are answered meanwhile, and
// changes beyond the queue are refused whole.
func TestChangesTakeNoPlaceOfQuestions(t *testing.T) {
	w := newWorld(t)
	store := &heldStore{Store: w.store, began: make(chan struct{}, 3), release: make(chan struct{})}
	base := serve(t, newServer(t, w, func(c *api.Config, d *api.Deps) {
		c.MaxConcurrent, c.MaxQueue, d.Writer = 1, 1, store
	}))
	post := func(query string) reply {
		return send(t, "POST", base+"/graphql", `{"query":"`+query+`"}`, "Content-Type", plainJSON)
	}
	change := func(key, role string) reply {
		return post(fmt.Sprintf(`mutation { declareRole(clientMutationId: \"%s\", link: \"chip.fab\", role: %s) { version } }`, key, role))
	}
	question := func(when string) {
		t.Helper()
		if r := post(`{ gaps(region: \"330100\") { totalCount } }`); r.status != 200 || firstCode(r.json(t)) != "" {
			t.Errorf("a question %s gets %+v", when, r)
		}
	}
	var all sync.WaitGroup
	answered := make(chan reply, 2)
	made := func(key string) {
		all.Go(func() {
			r := change(key, "KEY")
			answered <- r
			if r.status != 200 || !strings.Contains(r.body, `"version":2`) {
				t.Errorf("change %s gets %+v", key, r)
			}
		})
	}
	made("1")
	select {
	case <-store.began:
	case r := <-answered:
		t.Fatalf("the change gets %+v before the store has it", r)
	}
	question("while a change waits for the store")
	made("1") // the same again waits for the first
	awaitWaiting(t, base, 1)
	question("while a change waits for another")
	if r := change("3", "CORE"); r.status != 503 || firstCode(r.json(t)) != "OVERLOADED" || r.header.Get("Retry-After") == "" {
		t.Errorf("one change too many gets %+v", r)
	}
	close(store.release)
	all.Wait()
	if r := readiness(t, base); r["waiting"] != 0.0 || r["computing"] != 0.0 {
		t.Errorf("places are still taken: %v", r)
	}
	if version, err := store.Version(t.Context()); version != 2 || err != nil {
		t.Errorf("the store is at %d, %v: the refused change was made", version, err)
	}
}

// heldPictures are pictures whose AtLeast waits until it is released.
type heldPictures struct {
	api.Pictures
	began, release chan struct{}
}

func (p *heldPictures) AtLeast(ctx context.Context, version graph.Version) (*projection.Projection, error) {
	select {
	case p.began <- struct{}{}:
	case <-p.release:
	case <-ctx.Done():
	}
	select {
	case <-p.release:
	case <-ctx.Done():
	}
	return p.Pictures.AtLeast(ctx, version)
}

// TestNewerVersionsTakeNoPlaceOfQuestions asks for a version that the store must be
// checked for, in a server with one place and a store that does not respond. Other
// questions are answered meanwhile, and those beyond the queue are refused.
func TestNewerVersionsTakeNoPlaceOfQuestions(t *testing.T) {
	w := newWorld(t)
	pictures := &heldPictures{Pictures: w.live, began: make(chan struct{}), release: make(chan struct{})}
	base := serve(t, newServer(t, w, func(c *api.Config, d *api.Deps) {
		c.MaxConcurrent, c.MaxQueue, d.Pictures = 1, 1, pictures
	}))
	post := func(extensions string) reply {
		return send(t, "POST", base+"/graphql", `{"query":"{ meta { version } }"`+extensions+`}`, "Content-Type", plainJSON)
	}
	version := w.apply(t, graph.Batch{Nodes: []graph.NodeDraft{thing(t, "Company", map[string]any{"stock_code": "600011.SH", "name": "新公司"}, registered)}})
	newer := fmt.Sprintf(`,"extensions":{"minVersion":%d}`, version)
	var all sync.WaitGroup
	for range 2 {
		all.Go(func() {
			if r := post(newer); r.status != 200 || !strings.Contains(r.body, fmt.Sprintf(`"version":%d`, version)) {
				t.Errorf("a question for version %d gets %+v", version, r)
			}
		})
	}
	<-pictures.began
	awaitWaiting(t, base, 1) // the other
	if r := post(""); r.status != 200 || firstCode(r.json(t)) != "" {
		t.Errorf("a question beside them gets %+v", r)
	}
	if r := post(newer); r.status != 503 || firstCode(r.json(t)) != "OVERLOADED" {
		t.Errorf("one too many gets %+v", r)
	}
	close(pictures.release)
	all.Wait()
	if r := readiness(t, base); r["waiting"] != 0.0 || r["computing"] != 0.0 {
		t.Errorf("places are still taken: %v", r)
	}
}
