package api_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"liantu/api"
	"liantu/graph"
)

// stream is an open stream of events.
type stream struct {
	t      *testing.T
	res    *http.Response
	lines  *bufio.Scanner
	cancel context.CancelFunc
}

// subscribe opens a stream and returns it once the service has begun it.
func subscribe(t *testing.T, base, query string, headers ...string) *stream {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	body, err := json.Marshal(map[string]string{"query": query})
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(ctx, "POST", base+"/graphql", strings.NewReader(string(body)))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", plainJSON)
	req.Header.Set("Accept", "text/event-stream")
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := res.Body.Close(); err != nil {
			t.Error(err)
		}
	})
	return &stream{t: t, res: res, lines: linesOf(res.Body), cancel: cancel}
}

// linesOf reads lines of a stream, which may be long.
func linesOf(r io.Reader) *bufio.Scanner {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 4<<20)
	return lines
}

// event returns the next event and its data; comments are skipped.
func (s *stream) event() (name, data string) {
	s.t.Helper()
	for s.lines.Scan() {
		line := s.lines.Text()
		switch {
		case strings.HasPrefix(line, "event: "):
			name = line[len("event: "):]
		case strings.HasPrefix(line, "data:"):
			data = strings.TrimSpace(line[len("data:"):])
		case line == "" && name != "":
			return name, data
		}
	}
	s.t.Fatalf("the stream ended: %v", s.lines.Err())
	return "", ""
}

// comment waits for a comment.
func (s *stream) comment() {
	s.t.Helper()
	for s.lines.Scan() {
		if s.lines.Text() == ":" {
			return
		}
	}
	s.t.Fatalf("the stream ended: %v", s.lines.Err())
}

// hire adds a company at the link of photoresist in Hangzhou, or at another link.
func (w *world) hire(t *testing.T, code, region, link string) graph.Version {
	t.Helper()
	company := "Company " + code
	w.apply(t, graph.Batch{Nodes: []graph.NodeDraft{thing(t, "Company", map[string]any{"stock_code": code, "name": "新" + code}, registered)}})
	version := w.apply(t, graph.Batch{Edges: []graph.EdgeDraft{
		joined(t, company, "LOCATED_IN", "Region "+region, map[string]any{"role": "REGISTERED"}, registered),
		joined(t, company, "OPERATES_IN", "Link "+link, nil, registered),
	}})
	if _, err := w.live.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	return version
}

func TestSubscriptionReportsWhatChanged(t *testing.T) {
	w := newWorld(t)
	s := newServer(t, w, nil)
	base := serve(t, s)
	all := subscribe(t, base, `subscription { graphChanged { version previousVersion dataDate states { state } } }`)
	here := subscribe(t, base, `subscription { graphChanged(region: "杭州", ecosystem: "aiot") { states { state before after } } }`)
	if got := here.res.Header.Get("Content-Type"); here.res.StatusCode != 200 || got != "text/event-stream; charset=utf-8" {
		t.Fatalf("status %d, content type %q", here.res.StatusCode, got)
	}
	all.comment()
	here.comment() // both wait now
	before := w.live.Current().Version()
	first := w.hire(t, "600011.SH", "330100", "chip.resist")
	name, data := all.event()
	want, err := json.Marshal(map[string]any{"graphChanged": map[string]any{
		"version": first, "previousVersion": before, "dataDate": "2024-12-31", "states": nil,
	}})
	if err != nil {
		t.Fatal(err)
	}
	if name != "next" || !sameData(t, data, string(want)) {
		t.Errorf("event %s: %s, want %s", name, data, want)
	}
	name, data = here.event()
	if name != "next" || !strings.Contains(data, `{"state":"ABSENT","before":`) || strings.Contains(data, "errors") {
		t.Errorf("event %s: %s", name, data)
	}
	w.hire(t, "600012.SH", "320500", "chip.resist")
	if name, data = all.event(); name != "next" || !strings.Contains(data, "previousVersion") {
		t.Errorf("event %s: %s", name, data)
	}
}

// TestEventWaitsForAPlace occupies the only place while the graph changes. The
// event waits for it like a query, and is sent when it is free.
func TestEventWaitsForAPlace(t *testing.T) {
	w := newWorld(t)
	s := newServer(t, w, func(c *api.Config, _ *api.Deps) { c.MaxConcurrent = 1 })
	began, release := make(chan struct{}), make(chan struct{})
	api.AddField(s, "slow", func() (any, error) {
		close(began)
		<-release
		return "done", nil
	})
	base := serve(t, s)
	all := subscribe(t, base, `subscription { graphChanged { version } }`)
	all.comment() // it waits for a change now
	answered := make(chan int, 1)
	go func() {
		answered <- send(t, "POST", base+"/graphql", `{"query":"{ slow }"}`, "Content-Type", plainJSON).status
	}()
	<-began
	w.hire(t, "600011.SH", "330100", "chip.resist")
	awaitWaiting(t, base, 1) // the event
	close(release)
	if status := <-answered; status != 200 {
		t.Errorf("the question got %d", status)
	}
	if name, data := all.event(); name != "next" || !strings.Contains(data, "version") || strings.Contains(data, "errors") {
		t.Errorf("event %s: %s", name, data)
	}
}

// TestEventGivesUp occupies the only place for longer than an event may take, while
// the graph changes twice. Once the place is free one event reports both changes.
func TestEventGivesUp(t *testing.T) {
	w := newWorld(t)
	s := newServer(t, w, func(c *api.Config, _ *api.Deps) {
		c.MaxConcurrent, c.RequestTimeout, c.KeepAlive = 1, 300*time.Millisecond, time.Millisecond
	})
	began, release := make(chan struct{}), make(chan struct{})
	api.AddField(s, "slow", func() (any, error) {
		close(began)
		<-release
		return "done", nil
	})
	base := serve(t, s)
	all := subscribe(t, base, `subscription { graphChanged { previousVersion version } }`)
	all.comment() // it waits for a change now
	post := func(query string) reply {
		return send(t, "POST", base+"/graphql", `{"query":"`+query+`"}`, "Content-Type", plainJSON)
	}
	ended := make(chan struct{})
	go func() {
		post("{ slow }")
		close(ended)
	}()
	<-began
	before := w.live.Current().Version()
	w.hire(t, "600011.SH", "330100", "chip.resist")
	late := func() {
		if r := post("{ meta { version } }"); firstCode(r.json(t)) != "TIMEOUT" {
			t.Errorf("a question that finds no place gets %+v", r)
		}
	}
	late() // as long as the first try of the event waits at most
	last := w.hire(t, "600012.SH", "330100", "chip.resist")
	late()
	late()
	close(release)
	want := fmt.Sprintf(`"data":{"graphChanged":{"previousVersion":%d,"version":%d}}`, before, last)
	if name, data := all.event(); name != "next" || !strings.Contains(data, want) {
		t.Errorf("event %s: %s, want %s", name, data, want)
	}
	<-ended
}

func sameData(t *testing.T, answer, want string) bool {
	t.Helper()
	var a struct{ Data any }
	var b any
	if err := errors.Join(json.Unmarshal([]byte(answer), &a), json.Unmarshal([]byte(want), &b)); err != nil {
		t.Fatal(err)
	}
	got, err := json.Marshal(a.Data)
	if err != nil {
		t.Fatal(err)
	}
	wanted, err := json.Marshal(b)
	if err != nil {
		t.Fatal(err)
	}
	return string(got) == string(wanted)
}

func TestSubscriptionSinceAnEarlierVersion(t *testing.T) {
	w := newWorld(t)
	base := serve(t, newServer(t, w, nil))
	name, data := subscribe(t, base, `subscription { graphChanged(sinceVersion: 0) { previousVersion version } }`).event()
	if name != "next" || !strings.Contains(data, `"data":{"graphChanged":{"previousVersion":0,"version":1}}`) {
		t.Errorf("event %s: %s", name, data)
	}
}

func TestSubscriptionIsKeptAlive(t *testing.T) {
	base := serve(t, newServer(t, newWorld(t), func(c *api.Config, _ *api.Deps) {
		c.KeepAlive = time.Millisecond
		// Longer than any answer may take: a stream must stay open.
		c.ReadTimeout, c.WriteTimeout = 500*time.Millisecond, 500*time.Millisecond
	}))
	s := subscribe(t, base, `subscription { graphChanged { version } }`)
	for begun := time.Now(); time.Since(begun) < 1200*time.Millisecond; {
		s.comment()
	}
}

// TestSubscriptionsEndWithTheService stops a server that has a subscription.
func TestSubscriptionsEndWithTheService(t *testing.T) {
	s := newServer(t, newWorld(t), nil)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	served := make(chan error, 1)
	go func() { served <- s.Serve(ctx, l) }()
	open := subscribe(t, "http://"+l.Addr().String(), `subscription { graphChanged { version } }`)
	open.comment()
	stop()
	if name, data := open.event(); name != "complete" || data != "" {
		t.Errorf("event %s: %q", name, data)
	}
	if open.lines.Scan() {
		t.Errorf("the stream goes on with %q", open.lines.Text())
	}
	if err := <-served; err != nil {
		t.Error(err)
	}
}

func TestSubscriptionsAreBounded(t *testing.T) {
	base := serve(t, newServer(t, newWorld(t), func(c *api.Config, _ *api.Deps) { c.MaxSubscriptions = 1 }))
	query := `subscription { graphChanged { version } }`
	one := subscribe(t, base, query)
	one.comment()
	r := send(t, "POST", base+"/graphql", `{"query":"`+query+`"}`, "Content-Type", plainJSON, "Accept", "text/event-stream")
	if r.status != 503 || r.header.Get("Retry-After") == "" || firstCode(r.json(t)) != "UNAVAILABLE" {
		t.Errorf("a second one gets status %d: %s", r.status, r.body)
	}
	one.cancel()
	for { // the place is free once the server has seen the client go
		res := subscribe(t, base, query)
		if res.res.StatusCode == 200 {
			return
		}
	}
}

// TestEventsForWhatIsNoSubscription asks for events where there is a single answer.
func TestEventsForWhatIsNoSubscription(t *testing.T) {
	base := serve(t, newServer(t, newWorld(t), nil))
	for query, want := range map[string]string{
		`{ region(id: "330100") { name } }`: `{"region":{"name":"杭州市"}}`,
		`{ nothing }`:                       `VALIDATION_FAILED`,
		`subscription { graphChanged(region: "nowhere") { version } }`:              `NOT_FOUND`,
		`subscription { graphChanged(ecosystem: "aiot") { version } }`:              `BAD_INPUT`,
		`subscription { graphChanged { version } other: graphChanged { version } }`: `VALIDATION_FAILED`,
	} {
		s := subscribe(t, base, query)
		if name, data := s.event(); name != "next" || !strings.Contains(data, want) {
			t.Errorf("%s: event %s: %s", query, name, data)
		}
		if name, _ := s.event(); name != "complete" {
			t.Errorf("%s: event %s, want complete", query, name)
		}
	}
	for _, accept := range []string{"", plainJSON, ownJSON} {
		r := send(t, "POST", base+"/graphql", `{"query":"subscription { graphChanged { version } }"}`, "Content-Type", plainJSON, "Accept", accept)
		if r.status != 406 || firstCode(r.json(t)) != "NOT_ACCEPTABLE" {
			t.Errorf("a subscription as %q: status %d: %s", accept, r.status, r.body)
		}
	}
}
