package service

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"liantu/access"
	"liantu/api"
	"liantu/cli/settings"
	"liantu/graph"
	"liantu/graph/tuning"
	"liantu/schema"
)

// TestForgettingEmptiesTheMemory asks a running service about a person in every way in,
// so that all caches hold something of it, has the person forgotten by another opener of
// the file, and searches the live heap of the service, which is this process.
//
// The rest of a block of memory that is longer than its object may hold bytes of what
// was freed before. They are not live, which the search cannot see: so it runs in a
// process whose collector overwrites what it frees.
func TestForgettingEmptiesTheMemory(t *testing.T) {
	if !strings.Contains(os.Getenv("GODEBUG"), overwriting) {
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$", "-test.count=1")
		cmd.Env = append(os.Environ(), "GODEBUG="+overwriting)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%v\n%s", err, out)
		}
		return
	}
	w := newWatched(t)
	apart(func() { w.askEverything(t) })
	// The search must be able to find: before the person is forgotten all is there.
	if found := w.inHeap(t); len(found) != len(w.secrets) {
		t.Fatalf("the heap of a service that knows the person holds only %q of %d values", found, len(w.secrets))
	}
	apart(func() { w.forgetPerson(t) })
	apart(func() { w.catchUp(t) })
	apart(func() { w.wantClosed(t) })
	if found := w.inHeap(t); len(found) > 0 {
		t.Errorf("after the person was forgotten the live heap holds %q", found)
	}
}

// wantClosed checks that the service has ended the stream, after its event, and the
// connections that were open: their buffers hold what was asked and answered.
func (w *watched) wantClosed(t *testing.T) {
	for name, conn := range w.open {
		if err := conn.SetReadDeadline(time.Now().Add(10 * time.Second)); err != nil {
			t.Error(err)
		}
		rest, err := io.ReadAll(conn)
		if err != nil {
			t.Errorf("the connection for %q was not closed: %v", name, err)
		}
		if name != "stream" {
			continue
		}
		event, end := bytes.Index(rest, []byte(fmt.Sprintf(`"graphChanged":{"version":%d}`, w.version))), bytes.Index(rest, []byte("event: complete"))
		if event < 0 || end < event {
			t.Errorf("the stream ended with %q", rest)
		}
	}
}

// overwriting is the setting of the Go runtime for that.
const overwriting = "clobberfree=1"

// apart runs a step on a stack of its own, which is gone afterwards.
func apart(step func()) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		step()
	}()
	<-done
}

// watched is a running service over a graph with one person, and connections to it.
type watched struct {
	settings settings.Settings
	base     string // host and port
	agents   string
	key      string // of a steward
	secrets  map[string]secret
	open     map[string]net.Conn // by what was asked
	version  graph.Version       // without the person
}

func newWatched(t *testing.T) *watched {
	t.Helper()
	dir := t.TempDir()
	w := &watched{secrets: map[string]secret{}, open: map[string]net.Conn{}}
	w.settings = settings.Settings{
		Store:  settings.Store{Kind: "file", Path: filepath.Join(dir, "graph.db")},
		Server: settings.Server{Refresh: time.Hour, GetQueries: "on"}, // only requests refresh
		Limits: api.DefaultConfig(), Gaps: tuning.Default(),
		Access: settings.Access{
			Mode: settings.AccessRequired, Users: filepath.Join(dir, "users.json"), Audit: filepath.Join(dir, "audit.jsonl"),
			Session: time.Hour, MaxSessions: 10,
		},
	}
	users, err := access.OpenUsers(w.settings.Access.Users)
	if err != nil {
		t.Fatal(err)
	}
	if err := users.Add("wu", schema.RoleSteward, access.Scope{}); err != nil {
		t.Fatal(err)
	}
	if w.key, _, err = users.NewKey("wu", "", time.Time{}); err != nil {
		t.Fatal(err)
	}
	apart(func() { w.load(t) })
	w.start(t)
	return w
}

// start serves GraphQL and agents from one picture until the test ends.
func (w *watched) start(t *testing.T) {
	t.Helper()
	c := &Config{Settings: w.settings, Stdout: io.Discard, Stderr: io.Discard}
	var listeners [2]net.Listener
	for i := range listeners {
		l, err := Listen(t.Context(), "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		listeners[i] = l
	}
	w.base, w.agents = listeners[0].Addr().String(), listeners[1].Addr().String()
	ctx, stop := context.WithCancel(context.Background())
	began, ended := make(chan error, 1), make(chan error, 1)
	go func() {
		ended <- withServedStore(ctx, &c.Settings, func(store graph.Store) error {
			s, err := New(ctx, *c, store)
			began <- err
			if err != nil {
				return err
			}
			agents, err := c.newAgents(s, s.server)
			if err != nil {
				return err
			}
			served := make(chan error, 1)
			go func() { served <- c.serveAgents(ctx, s, agents.Handler(), listeners[1]) }()
			if err := s.Serve(ctx, listeners[0]); err != nil {
				return err
			}
			return <-served
		})
	}()
	if err := <-began; err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("serving: %v", err)
		}
		for _, conn := range w.open {
			if err := conn.Close(); err != nil {
				t.Error(err)
			}
		}
	})
}

// askEverything asks about the person by every way in. Each question has a value of its
// own, so that what is left names the way.
func (w *watched) askEverything(t *testing.T) {
	code := w.secrets["Person.code"].text()
	show := `{ __typename ... on Person { code consent name phone email employer } }`
	literal := func(name string) string { return fmt.Sprintf(`{ node(id: %q) %s }`, w.typed(name), show) }
	// Answers that are cached, compiled operations with literals, values for a purpose.
	w.ask(t, "variables", code, query(`query($id: ID!) { node(id: $id) `+show+` }`, map[string]any{"id": code}, nil))
	w.ask(t, "purpose", code, query(`query($id: ID!) { node(id: $id) `+show+` }`, map[string]any{"id": code}, map[string]any{"purpose": "introduction"}))
	w.ask(t, "literal", "data", query(literal("literal"), nil, nil))
	w.ask(t, "search", "search", query(fmt.Sprintf(`{ search(text: %q) { nodes { text } } }`, w.typed("search")), nil, nil))
	w.ask(t, "nodes", code, query(`{ nodes(kind: Person, first: 100) { nodes { caption `+show[len("{ __typename "):]+` } }`, nil, nil))
	w.ask(t, "introductions", "data", query(`{ introductions(company: "600001.SH", region: "330100") { paths { nodes { id } } } }`, nil, nil))
	// A picture of the past.
	w.ask(t, "changes", `"totalCount"`, query(`{ changes(region: "330100", since: "v1") { totalCount } }`, nil, nil))
	// A document under its hash, and one in an address.
	document := literal("persisted")
	sum := sha256.Sum256([]byte(document))
	w.ask(t, "persisted", "data", query(document, nil, map[string]any{"persistedQuery": map[string]any{"version": 1, "sha256Hash": hex.EncodeToString(sum[:])}}))
	w.send(t, "get", w.base, "data", "GET /graphql?query="+url.QueryEscape(literal("get"))+" HTTP/1.1\r\n", "")
	// An agent.
	call, err := json.Marshal(map[string]any{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": map[string]any{
		"name": "search", "arguments": map[string]any{"text": w.typed("agent")},
	}})
	if err != nil {
		t.Error(err)
	}
	w.send(t, "agent", w.agents, "result", "POST /mcp HTTP/1.1\r\nMCP-Protocol-Version: 2025-06-18\r\nAccept: application/json, text/event-stream\r\n", string(call))
	// A stream on a connection that was used before, whose document holds a literal.
	stream := fmt.Sprintf(`subscription s { graphChanged { version } } query q { node(id: %q) { id } }`, w.typed("stream"))
	body, err := json.Marshal(map[string]any{"query": stream, "operationName": "s"})
	if err != nil {
		t.Error(err)
	}
	w.ask(t, "stream", "data", query(literal("before the stream"), nil, nil))
	w.send(t, "stream", w.base, ":\n\n", "POST /graphql HTTP/1.1\r\nAccept: text/event-stream\r\n", string(body))
}

// forgetPerson does what the command does.
func (w *watched) forgetPerson(t *testing.T) {
	err := WithStore(t.Context(), &w.settings, func(store graph.Store) error {
		key := graph.NewKey("Person", []string{"code"}, []string{w.secrets["Person.code"].text()})
		done, err := store.Forget(t.Context(), graph.Forgetting{Key: key, By: "wu", Reason: "letter", At: time.Now()})
		w.version = done.Version
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// catchUp asks for the version without the person, and caches nothing.
func (w *watched) catchUp(t *testing.T) {
	w.ask(t, "catching up", fmt.Sprintf(`"version":%d`, w.version), query(`{ nothing }`, nil, map[string]any{"minVersion": w.version}))
	if err := w.open["catching up"].Close(); err != nil {
		t.Error(err)
	}
	delete(w.open, "catching up")
}

func query(document string, variables, extensions map[string]any) string {
	text, _ := json.Marshal(map[string]any{"query": document, "variables": variables, "extensions": extensions}) // of texts and numbers
	return string(text)
}

// ask sends a question to the service for GraphQL.
func (w *watched) ask(t *testing.T, name, want, body string) {
	w.send(t, name, w.base, want, "POST /graphql HTTP/1.1\r\n", body)
}

// send sends a request on the connection of that name, which it leaves open, and reads
// until the answer holds what is wanted. It keeps no byte of either.
func (w *watched) send(t *testing.T, name, address, want, head, body string) {
	conn := w.open[name]
	if conn == nil {
		var err error
		if conn, err = (&net.Dialer{}).DialContext(t.Context(), "tcp", address); err != nil {
			t.Error(err)
			return
		}
		if err := conn.SetDeadline(time.Now().Add(time.Minute)); err != nil {
			t.Error(err)
		}
		w.open[name] = conn
	}
	head += "Host: " + address + "\r\nAuthorization: Bearer " + w.key + "\r\n"
	if body != "" {
		head += "Content-Type: application/json\r\nContent-Length: " + strconv.Itoa(len(body)) + "\r\n"
	}
	if _, err := io.WriteString(conn, head+"\r\n"+body); err != nil {
		t.Errorf("%s: %v", name, err)
	}
	answer := make([]byte, 0, 64<<10)
	for !complete(answer) || !bytes.Contains(answer, []byte(want)) {
		n, err := conn.Read(answer[len(answer):cap(answer)])
		answer = answer[:len(answer)+n]
		if err != nil || complete(answer) && !bytes.Contains(answer, []byte(want)) {
			t.Errorf("%s: %v; the answer has no %q: %s", name, err, want, answer)
			return
		}
	}
}

// complete reports whether an answer has come to its end, or is a stream.
func complete(answer []byte) bool {
	head, body, ok := bytes.Cut(answer, []byte("\r\n\r\n"))
	if !ok {
		return false
	}
	_, length, ok := strings.Cut(strings.ToLower(string(head)), "content-length: ")
	if !ok {
		return bytes.Contains(body, []byte(":\n\n"))
	}
	length, _, _ = strings.Cut(length, "\r\n")
	n, err := strconv.Atoi(length)
	return err == nil && len(body) >= n
}

// inHeap returns which secrets the live heap holds.
func (w *watched) inHeap(t *testing.T) []string {
	t.Helper()
	for range 3 {
		runtime.GC()
	}
	return searchHeap(t, w.secrets)
}
