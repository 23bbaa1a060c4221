package neo4jstore_test

import (
	"errors"
	"io"
	"net"
	"strings"
	"sync"
	"testing"

	"liantu/graph"
	"liantu/graph/neo4jstore"
	"liantu/graph/storetest"
	"liantu/testcontainers"
)

const secret = "open-sesame-7"

// wantError checks that an error wraps a sentinel, names the place, and does not
// show the password.
func wantError(t *testing.T, err, sentinel error, place string) {
	t.Helper()
	if !errors.Is(err, sentinel) {
		t.Fatalf("error %v, want %v", err, sentinel)
	}
	if !strings.Contains(err.Error(), place) {
		t.Errorf("error %q does not name the place %q", err, place)
	}
	if strings.Contains(err.Error(), secret) {
		t.Errorf("error %q shows the password", err)
	}
}

func openError(t *testing.T, cfg neo4jstore.Config) error {
	t.Helper()
	s, err := neo4jstore.Open(t.Context(), cfg, storetest.Model())
	if err == nil {
		closeStore(t, s)
		t.Fatalf("Open(%+v) succeeds", cfg)
	}
	return err
}

func closeStore(t testing.TB, s *neo4jstore.Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Errorf("closing: %v", err)
	}
}

func TestOpenMalformed(t *testing.T) {
	for _, uri := range []string{"", "127.0.0.1:7687", "http://127.0.0.1:7687", "bolt:", "bolt://%zz" + secret, "bolt://127.0.0.1:7687?policy=x"} {
		t.Run(uri, func(t *testing.T) {
			wantError(t, openError(t, neo4jstore.Config{URI: uri, Username: "neo4j", Password: secret}), graph.ErrInvalid, "neo4j ")
		})
	}
}

func TestOpenAway(t *testing.T) {
	if testing.Short() {
		t.Skip("it waits for timeouts")
	}
	t.Run("nobody listens", func(t *testing.T) {
		listener := listen(t, "127.0.0.1:0")
		address := listener.Addr().String()
		_ = listener.Close()
		err := openError(t, neo4jstore.Config{URI: "bolt://neo4j:" + secret + "@" + address, Username: "neo4j", Password: secret})
		wantError(t, err, graph.ErrUnavailable, `neo4j "bolt://`+address+`", database "neo4j"`)
	})
	t.Run("nobody answers", func(t *testing.T) {
		listener := listen(t, "127.0.0.1:0")
		t.Cleanup(func() { _ = listener.Close() })
		err := openError(t, neo4jstore.Config{URI: "bolt://" + listener.Addr().String(), Username: "neo4j", Password: secret})
		wantError(t, err, graph.ErrUnavailable, listener.Addr().String())
	})
	t.Run("nobody resolves the name", func(t *testing.T) {
		err := openError(t, neo4jstore.Config{URI: "neo4j://nowhere.invalid", Username: "neo4j", Password: secret})
		wantError(t, err, graph.ErrUnavailable, "nowhere.invalid")
	})
}

func listen(t *testing.T, address string) net.Listener {
	t.Helper()
	listener, err := net.Listen("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	return listener
}

func TestOpenPassword(t *testing.T) {
	const right = "the-right-one"
	uri := testcontainers.Neo4jWithPassword(t, right)
	s, err := neo4jstore.Open(t.Context(), neo4jstore.Config{URI: uri, Username: "neo4j", Password: right}, storetest.Model())
	if err != nil {
		t.Fatalf("right password: %v", err)
	}
	closeStore(t, s)
	wantError(t, openError(t, neo4jstore.Config{URI: uri, Username: "neo4j", Password: secret}), graph.ErrDenied, uri)
	wantError(t, openError(t, neo4jstore.Config{URI: uri}), graph.ErrDenied, uri)
}

func TestOpenDatabase(t *testing.T) {
	uri := testcontainers.Neo4j(t)
	err := openError(t, neo4jstore.Config{URI: uri, Database: "absent"})
	wantError(t, err, graph.ErrNotFound, `database "absent"`)
	run(t, uri, "CREATE (:_Meta {_name: 'graph', _revision: 1, _format: 99})")
	wantError(t, openError(t, neo4jstore.Config{URI: uri}), graph.ErrInvalid, "format 99")
}

// TestAwayAndBack puts a wire between the store and its database, cuts it and
// repairs it.
func TestAwayAndBack(t *testing.T) {
	uri := testcontainers.Neo4j(t)
	w := newWire(t, strings.TrimPrefix(uri, "bolt://"))
	s, err := neo4jstore.Open(t.Context(), neo4jstore.Config{URI: "bolt://" + w.address}, storetest.Model())
	if err != nil {
		t.Fatal(err)
	}
	defer closeStore(t, s)
	apply(t, s, town("t1"))
	w.cut()
	if _, err := s.Apply(t.Context(), graph.Batch{Nodes: []graph.NodeDraft{town("t2")}}); true {
		wantError(t, err, graph.ErrUnavailable, w.address)
	}
	if _, err := s.Version(t.Context()); true {
		wantError(t, err, graph.ErrUnavailable, w.address)
	}
	if _, err := s.Changes(t.Context(), 0, func(graph.Change) error { return nil }); true {
		wantError(t, err, graph.ErrUnavailable, w.address)
	}
	w.repair(t)
	if r := apply(t, s, town("t2")); r.Version != 2 || r.NodesCreated != 1 {
		t.Errorf("after the wire is repaired: %+v, want version 2", r)
	}
}

func apply(t testing.TB, s graph.Store, drafts ...graph.NodeDraft) graph.Result {
	t.Helper()
	r, err := s.Apply(t.Context(), graph.Batch{Nodes: drafts})
	if err != nil {
		t.Fatalf("applying: %v", err)
	}
	return r
}

func town(code string) graph.NodeDraft {
	return graph.NodeDraft{
		Kind: "Town", Keys: []graph.Key{graph.NewKey("Town", []string{"code"}, []string{code})},
		Facts: []graph.Fact{{Provenance: graph.Provenance{Source: "s", AsOf: "2024", Grade: graph.GradeB}}},
	}
}

// wire forwards what is sent to and comes from a server.
type wire struct {
	address, server string

	mu       sync.Mutex
	listener net.Listener
	ends     []net.Conn
}

func newWire(t *testing.T, server string) *wire {
	w := &wire{address: "127.0.0.1:0", server: server}
	w.repair(t)
	t.Cleanup(w.cut)
	return w
}

func (w *wire) repair(t *testing.T) {
	t.Helper()
	w.listener = listen(t, w.address)
	w.address = w.listener.Addr().String()
	go w.accept(w.listener)
}

func (w *wire) accept(listener net.Listener) {
	for {
		near, err := listener.Accept()
		if err != nil {
			return // it was cut
		}
		far, err := net.Dial("tcp", w.server)
		if err != nil {
			_ = near.Close()
			continue
		}
		w.mu.Lock()
		w.ends = append(w.ends, near, far)
		w.mu.Unlock()
		for _, pair := range [][2]net.Conn{{near, far}, {far, near}} {
			go func() {
				_, _ = io.Copy(pair[0], pair[1]) // until either end is cut
				_ = pair[0].Close()
			}()
		}
	}
}

func (w *wire) cut() {
	_ = w.listener.Close()
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, end := range w.ends {
		_ = end.Close()
	}
	w.ends = nil
}
