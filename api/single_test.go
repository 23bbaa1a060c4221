package api_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"liantu/access"
	"liantu/api"
	"liantu/graph"
	"liantu/schema"
)

// single is a client of the single connection mode.
type single struct {
	base, name, token string
}

// reserveStream reserves a stream as somebody.
func reserveStream(t *testing.T, base, name string) *single {
	t.Helper()
	r := send(t, "PUT", base+"/graphql", "", "Authorization", "Bearer "+name)
	if r.status != http.StatusCreated || len(r.body) < 20 {
		t.Fatalf("a reservation gets %d: %s", r.status, r.body)
	}
	return &single{base, name, r.body}
}

func (c *single) head(more ...string) []string {
	return append(more, "Authorization", "Bearer "+c.name, "X-GraphQL-Event-Stream-Token", c.token)
}

// open opens the stream.
func (c *single) open(t *testing.T, url string, head ...string) *stream {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(head); i += 2 {
		r.Header.Set(head[i], head[i+1])
	}
	r.Header.Set("Accept", "text/event-stream")
	res, err := http.DefaultClient.Do(r)
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

// operate sends an operation under an id.
func (c *single) operate(t *testing.T, id, query string) reply {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "extensions": map[string]any{"operationId": id}})
	if err != nil {
		t.Fatal(err)
	}
	return send(t, "POST", c.base+"/graphql", string(body), c.head("Content-Type", plainJSON)...)
}

// message is the data of an event.
type message struct {
	ID      string
	Payload map[string]any
}

func (s *stream) message() (string, message) {
	s.t.Helper()
	name, data := s.event()
	var m message
	if err := json.Unmarshal([]byte(data), &m); err != nil {
		s.t.Fatalf("event %s: %v: %s", name, err, data)
	}
	return name, m
}

// expect reads the event of an operation.
func (s *stream) expect(name, id string) map[string]any {
	s.t.Helper()
	got, m := s.message()
	if got != name || m.ID != id {
		s.t.Fatalf("event %s of %q: %v; want %s of %q", got, m.ID, m.Payload, name, id)
	}
	return m.Payload
}

const watchVersion = `subscription { graphChanged { version } }`

// TestSingleConnection sends a query, a change and two subscriptions over one stream, and
// ends one of them.
func TestSingleConnection(t *testing.T) {
	o := newOffice(t)
	base := o.sessions(t)
	c := reserveStream(t, base, "wang")
	s := c.open(t, base+"/graphql", c.head()...)
	if got := s.res.Header.Get("Content-Type"); s.res.StatusCode != 200 || got != "text/event-stream; charset=utf-8" {
		t.Fatalf("the stream gets %d, %s", s.res.StatusCode, got)
	}
	s.comment()
	accept := func(id, query string) reply {
		t.Helper()
		r := c.operate(t, id, query)
		if r.status != http.StatusAccepted || r.body != "" {
			t.Fatalf("%s gets %d: %s", query, r.status, r.body)
		}
		return r
	}
	accept(`say "q"`, askRole)
	if p := s.expect("next", `say "q"`); fmt.Sprint(p["data"]) != "map[link:map[declaredRole:<nil>]]" || p["extensions"] == nil {
		t.Errorf("the query gets %v", p)
	}
	s.expect("complete", `say "q"`)
	accept("first", watchVersion)
	accept("second", watchVersion)
	if r := c.operate(t, "first", askRole); r.status != http.StatusConflict {
		t.Errorf("an id that is taken gets %d: %s", r.status, r.body)
	}
	for range 2 {
		if r := send(t, "DELETE", base+"/graphql?operationId=first", "", c.head()...); r.status != http.StatusOK {
			t.Errorf("the end of a subscription gets %d: %s", r.status, r.body)
		}
	}
	if r := accept("m", declare("1", "KEY")); r.header.Get("Liantu-Version") != "3" {
		t.Errorf("the change states %v", r.header)
	}
	if p := s.expect("next", "m"); fmt.Sprint(p["data"]) != "map[declareRole:map[version:3]]" {
		t.Errorf("the change gets %v", p)
	}
	s.expect("complete", "m")
	accept("again", askRole) // which renews the picture, for the caller's own change
	seen := map[string]int{}
	for range 3 {
		name, m := s.message()
		seen[name+" "+m.ID]++
	}
	if seen["next second"] != 1 || seen["next again"] != 1 || seen["complete again"] != 1 {
		t.Errorf("the events are %v", seen)
	}
}

// TestSingleConnectionRefusals sends what the mode does not take.
func TestSingleConnectionRefusals(t *testing.T) {
	base := newOffice(t).sessions(t)
	c, stranger := reserveStream(t, base, "wang"), reserveStream(t, base, "li")
	c.open(t, base+"/graphql?token="+c.token, "Authorization", "Bearer wang").comment()
	stranger.token = c.token
	body := `{"query":"{ meta { version } }","extensions":{"operationId":"1"}}`
	for name, tt := range map[string]struct {
		r      reply
		status int
		code   string
	}{
		"a second stream":            {send(t, "GET", base+"/graphql", "", c.head("Accept", "text/event-stream")...), 409, "BAD_REQUEST"},
		"a stream of somebody else":  {send(t, "GET", base+"/graphql", "", stranger.head("Accept", "text/event-stream")...), 404, "NOT_FOUND"},
		"an operation by another":    {stranger.operate(t, "1", askRole), 404, "NOT_FOUND"},
		"an unknown token":           {send(t, "GET", base+"/graphql?token=x", "", "Accept", "text/event-stream", "Authorization", "Bearer wang"), 404, "NOT_FOUND"},
		"no credentials":             {send(t, "POST", base+"/graphql", body, "Content-Type", plainJSON, "X-GraphQL-Event-Stream-Token", c.token), 401, "UNAUTHENTICATED"},
		"a reservation by nobody":    {send(t, "PUT", base+"/graphql", ""), 401, "UNAUTHENTICATED"},
		"a page of another site":     {send(t, "PUT", base+"/graphql", "", "Authorization", "Bearer wang", "Sec-Fetch-Site", "cross-site"), 403, "CROSS_SITE"},
		"no id":                      {c.operate(t, "", askRole), 400, "BAD_REQUEST"},
		"a long id":                  {c.operate(t, strings.Repeat("长", 101), askRole), 400, "BAD_REQUEST"},
		"no GraphQL":                 {c.operate(t, "1", "{"), 400, "PARSE_FAILED"},
		"an unknown field":           {c.operate(t, "1", "{ nothing }"), 400, "VALIDATION_FAILED"},
		"a form":                     {send(t, "POST", base+"/graphql", body, c.head("Content-Type", "text/plain")...), 415, "UNSUPPORTED_MEDIA"},
		"a change by GET":            {send(t, "GET", base+"/graphql?query=mutation%7Bjudge%7D&extensions=%7B%22operationId%22%3A%221%22%7D", "", c.head()...), 405, "METHOD_NOT_ALLOWED"},
		"an end of nothing":          {send(t, "DELETE", base+"/graphql", "", c.head()...), 400, "BAD_REQUEST"},
		"an end without a token":     {send(t, "DELETE", base+"/graphql?operationId=1", "", "Authorization", "Bearer wang"), 404, "NOT_FOUND"},
		"an end by somebody else":    {send(t, "DELETE", base+"/graphql?operationId=1", "", stranger.head()...), 404, "NOT_FOUND"},
		"a subscription for nothing": {c.operate(t, "1", `subscription { graphChanged(region: "nowhere") { version } }`), 400, "NOT_FOUND"},
	} {
		if tt.r.status != tt.status || firstCode(tt.r.json(t)) != tt.code {
			t.Errorf("%s gets %d: %s; want %d, %s", name, tt.r.status, tt.r.body, tt.status, tt.code)
		}
	}
}

// TestOperationsBeforeTheStream sends operations for a reservation whose stream is opened
// later: their answers wait for it.
func TestOperationsBeforeTheStream(t *testing.T) {
	base := newOffice(t).sessions(t)
	c := reserveStream(t, base, "wang")
	if r := c.operate(t, "1", askRole); r.status != http.StatusAccepted {
		t.Fatalf("before the stream: %d: %s", r.status, r.body)
	}
	s := c.open(t, base+"/graphql", c.head()...)
	s.expect("next", "1")
	s.expect("complete", "1")
}

// TestReservationsAreBounded reserves more streams than are allowed, and lets one expire.
func TestReservationsAreBounded(t *testing.T) {
	o := newOffice(t)
	at := func(change func(*api.Config)) string {
		return serve(t, newServer(t, o.world, func(c *api.Config, d *api.Deps) {
			d.Authenticator = people{}
			change(c)
		}))
	}
	base := at(func(c *api.Config) { c.MaxSubscriptions, c.SubjectStreams = 3, 2 })
	reserve := func(name string) int {
		return send(t, "PUT", base+"/graphql", "", "Authorization", "Bearer "+name).status
	}
	got := []int{reserve("wang"), reserve("wang"), reserve("wang"), reserve("li"), reserve("zhao")}
	if fmt.Sprint(got) != "[201 201 503 201 503]" {
		t.Errorf("reservations get %v", got)
	}
	base = at(func(c *api.Config) { c.SubjectStreams, c.IdleTimeout = 1, time.Millisecond })
	for range 2 { // the place of the first is free again once it has expired
		until := time.Now().Add(10 * time.Second)
		for reserve("wang") != http.StatusCreated {
			if time.Now().After(until) {
				t.Fatal("no reservation expires")
			}
		}
	}
	base = at(func(c *api.Config) { c.SubjectStreams = 1 })
	c := reserveStream(t, base, "wang")
	c.open(t, base+"/graphql", c.head()...).comment()
	if r := c.operate(t, "1", watchVersion); r.status != http.StatusAccepted {
		t.Errorf("the first subscription gets %d: %s", r.status, r.body)
	}
	if r := c.operate(t, "2", watchVersion); r.status != http.StatusServiceUnavailable || r.header.Get("Retry-After") == "" {
		t.Errorf("the second subscription of one subject gets %d: %s", r.status, r.body)
	}
}

// TestSingleConnectionEnds ends streams as those of one subscription end: with the caller's
// right to them, with the client, and with the service.
func TestSingleConnectionEnds(t *testing.T) {
	w, who := newWorld(t), new(changing)
	who.caller.Store(callerOf(schema.RoleStrategist, "330100"))
	server := newServer(t, w, func(c *api.Config, d *api.Deps) { c.KeepAlive, c.SubjectStreams, d.Authenticator = time.Hour, 1, who })
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	served := make(chan error, 1)
	go func() { served <- server.Serve(ctx, l) }()
	base := "http://" + l.Addr().String()
	begin := func(name string) (*single, *stream) {
		t.Helper()
		c := reserveStream(t, base, name)
		s := c.open(t, base+"/graphql", c.head()...)
		s.comment()
		if r := c.operate(t, "1", watchVersion); r.status != http.StatusAccepted {
			t.Fatalf("the subscription gets %d: %s", r.status, r.body)
		}
		return c, s
	}
	_, s := begin("wang")
	who.caller.Store(callerOf(schema.RoleStrategist, "320500"))
	s.expect("complete", "1")
	for s.lines.Scan() { // to its end
	}
	c, s := begin("wang") // the place is free again
	w.hire(t, "600011.SH", "330100", "chip.resist")
	s.expect("next", "1")
	s.cancel()
	until := time.Now().Add(10 * time.Second)
	for c.operate(t, "2", watchVersion).status != http.StatusNotFound {
		if time.Now().After(until) {
			t.Fatal("the reservation outlives its stream")
		}
	}
	who.caller.Store(&access.Identity{Subject: "user:li", Role: schema.RoleSteward})
	_, s = begin("li")
	stop()
	s.expect("complete", "1")
	if err := <-served; err != nil {
		t.Errorf("serve: %v", err)
	}
}

// TestForgettingDropsWaitingAnswers forgets a person while an answer waits for its stream.
func TestForgettingDropsWaitingAnswers(t *testing.T) {
	o := newOffice(t)
	base := serve(t, newServer(t, o.world, func(_ *api.Config, d *api.Deps) { d.Authenticator = people{} }))
	c := reserveStream(t, base, "wang")
	if r := c.operate(t, "1", `{ node(id: "P-1") { caption } }`); r.status != http.StatusAccepted {
		t.Fatalf("the question gets %d: %s", r.status, r.body)
	}
	gone := graph.Forgetting{Key: end(t, "Person P-1"), By: "li", Reason: "letter", At: time.Now()}
	if _, err := o.store.Forget(t.Context(), gone); err != nil {
		t.Fatal(err)
	}
	if _, err := o.live.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if r := send(t, "GET", base+"/graphql", "", c.head("Accept", "text/event-stream")...); r.status != http.StatusNotFound {
		t.Errorf("the reservation of before gets %d: %s", r.status, r.body)
	}
}
