package api_test

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"liantu/access"
	"liantu/api"
	"liantu/api/admission"
	"liantu/api/attacks"
)

// awaitWaiting waits until so many requests wait for a place, a minute at most.
func awaitWaiting(t *testing.T, base string, n float64) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for {
		ready := readiness(t, base)
		if ready["waiting"] == n {
			return
		}
		if ctx.Err() != nil {
			t.Fatalf("%v requests have a place and %v wait, want %v", ready["computing"], ready["waiting"], n)
		}
	}
}

// TestQueueIsBounded fills every place and the queue with requests that do not
// end, and then asks once more.
func TestQueueIsBounded(t *testing.T) {
	s := newServer(t, newWorld(t), func(c *api.Config, _ *api.Deps) { c.MaxConcurrent, c.MaxQueue, c.AnswerBytes = 2, 3, 0 })
	began, release := make(chan struct{}, 5), make(chan struct{})
	var calls atomic.Int32
	api.AddField(s, "slow", func() (any, error) {
		if calls.Add(1) == 1 {
			return "done", nil
		}
		began <- struct{}{}
		<-release
		return "done", nil
	})
	base := serve(t, s)
	ask := func() reply {
		return send(t, "POST", base+"/graphql", `{"query":"{ slow }"}`, "Content-Type", plainJSON)
	}
	ask() // once read it computes in the light lane
	var asked sync.WaitGroup
	for range 5 {
		asked.Go(func() {
			if r := ask(); r.status != 200 || !strings.Contains(r.body, "done") {
				t.Errorf("a request that waited got %+v", r)
			}
		})
	}
	<-began
	<-began
	ready := func() map[string]any { return readiness(t, base) }
	awaitWaiting(t, base, 3) // the others
	r := ask()
	if code := firstCode(r.json(t)); r.status != 503 || code != "OVERLOADED" || r.header.Get("Retry-After") == "" {
		t.Errorf("one too many: status %d, code %q, Retry-After %q", r.status, code, r.header.Get("Retry-After"))
	}
	close(release)
	asked.Wait()
	if now := ready(); now["waiting"] != 0.0 || now["computing"] != 0.0 {
		t.Errorf("places are still taken: %v", now)
	}
}

// TestCheapGoesFirst holds the place of heavy requests and lets others wait for
// it. Light requests with known documents pass; one whose document is still to be
// read keeps its place in a full queue, and the most expensive that waits is refused
// with Retry-After.
func TestCheapGoesFirst(t *testing.T) {
	s := newServer(t, newWorld(t), func(c *api.Config, _ *api.Deps) {
		c.MaxConcurrent, c.MaxQueue, c.HeavyFields, c.AnswerBytes = 2, 2, 100, 0
	})
	began, release := make(chan struct{}, 1), make(chan struct{})
	api.AddField(s, "slow", func() (any, error) {
		began <- struct{}{}
		<-release
		return "done", nil
	})
	base := serve(t, s)
	ask := func(query string) reply {
		return send(t, "POST", base+"/graphql", `{"query":"`+query+`"}`, "Content-Type", plainJSON)
	}
	page := func(first int) string {
		return fmt.Sprintf("{ nodes(kind: Company, first: %d) { nodes { id caption } } }", first)
	}
	for _, known := range []string{page(60), page(90), "{ meta { version } }"} {
		if r := ask(known); r.status != 200 {
			t.Fatalf("%s: %+v", known, r)
		}
	}
	var asked, refused sync.WaitGroup
	expect := func(of *sync.WaitGroup, status int, query string) {
		of.Go(func() {
			if r := ask(query); r.status != status {
				t.Errorf("%s: %+v, want the status %d", query, r, status)
			}
		})
	}
	expect(&asked, 200, "{ slow nodes(kind: Company, first: 80) { nodes { id caption } } }")
	<-began
	expect(&asked, 200, page(60))
	awaitWaiting(t, base, 1)
	expect(&refused, 503, page(90))
	awaitWaiting(t, base, 2)
	if r := ask("{ meta { version } }"); r.status != 200 {
		t.Errorf("a light question beside heavy ones: %+v", r)
	}
	expect(&asked, 200, "{ meta { age: version } }")
	refused.Wait() // the last one has taken its place
	close(release)
	asked.Wait()
}

// TestClientIsChargedByCost lets one client ask until its limit is used up, while
// another goes on.
func TestClientIsChargedByCost(t *testing.T) {
	base := serve(t, newServer(t, newWorld(t), func(c *api.Config, d *api.Deps) {
		c.ClientRate, c.ClientBurst, c.MaxFields = 1, 1000, 1000
		d.Client = func(r *http.Request) string { return r.Header.Get("X-Who") }
	}))
	ask := func(who string, first int) reply {
		return send(t, "POST", base+"/graphql", fmt.Sprintf(`{"query":"{ nodes(kind: Company, first: %d) { nodes { id } } }"}`, first),
			"Content-Type", plainJSON, "X-Who", who)
	}
	for i := range 4 {
		if r := ask("a", 100); r.status != 200 {
			t.Fatalf("request %d of %q: %s", i, "a", r.body)
		}
	}
	r := ask("a", 100)
	seconds, err := strconv.Atoi(r.header.Get("Retry-After"))
	if code := firstCode(r.json(t)); r.status != 429 || code != "RATE_LIMITED" || err != nil || seconds < 1 || seconds > 1000 {
		t.Errorf("status %d, code %q, Retry-After %d, %v", r.status, code, seconds, err)
	}
	if r := ask("a", 1); r.status != 200 {
		t.Errorf("a cheap request of the same client: %s", r.body)
	}
	for _, who := range []string{"b", ""} {
		if r := ask(who, 100); r.status != 200 {
			t.Errorf("client %q is charged for another: %s", who, r.body)
		}
	}
}

func TestRemoteClient(t *testing.T) {
	for address, want := range map[string]string{
		"127.0.0.1:99": "", "[::1]:99": "", "[::ffff:127.0.0.1]:99": "",
		"10.1.2.3:99": "10.1.2.3", "[::ffff:10.1.2.3]:99": "10.1.2.3",
		"[2001:db8:1:2:3:4:5:6]:99": "2001:db8:1:2::/64", "[fe80::1%eth0]:99": "fe80::/64",
	} {
		if got := admission.RemoteClient(&http.Request{RemoteAddr: address}); got != want {
			t.Errorf("%s is %q, want %q", address, got, want)
		}
	}
}

// TestWorkIsBounded sends a request that exceeds its work. It ends with the limit in
// the error and without data.
func TestWorkIsBounded(t *testing.T) {
	s := newServer(t, newWorld(t), func(c *api.Config, _ *api.Deps) { c.MaxWork, c.MaxFields = 2000, 1_000_000 })
	answer := ask(t, s, api.Request{Query: attacks.Whole})
	if firstCode(answer) != "LIMIT_EXCEEDED" || firstReason(answer) != "WORK_LIMIT" || answer["data"] != nil {
		t.Errorf("answer: %.300v", answer)
	}
}

// TestSizesAreBounded asks for few values with much text, in the data and in the paths of
// errors: the answer ends with the limit and without data.
func TestSizesAreBounded(t *testing.T) {
	live, err := sample()
	if err != nil {
		t.Fatal(err)
	}
	s := newServer(t, &world{live: live}, func(c *api.Config, _ *api.Deps) { c.MaxWork = 4000 })
	renamed := func(field string, n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, " %s%d: %s", strings.Repeat("n", 150), i, field)
		}
		return `{ nodes(kind: Company, first: 100) { nodes { ... on Company {` + b.String() + ` } } } }`
	}
	for _, c := range []struct {
		query   string
		who     *access.Identity
		refused bool
	}{
		{renamed("id", 15), nil, true},
		{renamed("id", 10), nil, false},
		{renamed("phone", 12), who[1], true},
		{renamed("phone", 2), who[1], false},
	} {
		answer := s.Execute(t.Context(), api.Request{Query: c.query, Identity: c.who, ID: "x"})
		refused := len(answer.Errors) == 1 && answer.Errors[0].Extensions["reason"] == "ANSWER_SIZE" && answer.Data == nil
		if refused != c.refused {
			t.Errorf("%.60s…: refused %t, %d bytes, %d errors %.300v", c.query, refused, len(answer.Data), len(answer.Errors), answer.Errors)
		}
	}
}

// TestCandidatesCostByLinks asks for candidates of more and more links, and below more and
// more verdicts: beyond the limit the request is refused before the work, with what is
// named in literals and in variables alike.
func TestCandidatesCostByLinks(t *testing.T) {
	s := newServer(t, newWorld(t), func(c *api.Config, _ *api.Deps) { c.MaxFields = 32_000 })
	links := func(n int) []any { return slices.Repeat([]any{"光刻胶"}, n) }
	const named = `query($links: [ID!]) { candidates(region: "330100", links: $links) { totalCount } }`
	nested := func(rows int) string {
		return fmt.Sprintf(`{ gaps(region: "330100", first: %d) { nodes { candidates(first: 3) { totalCount } } } }`, rows)
	}
	for _, test := range []struct {
		request api.Request
		refused bool
	}{
		{api.Request{Query: named, Variables: map[string]any{"links": links(27)}}, false},
		{api.Request{Query: named, Variables: map[string]any{"links": links(28)}}, true},
		{api.Request{Query: `{ candidates(region: "330100", links: ["光刻胶"` + strings.Repeat(`, "光刻胶"`, 26) + `]) { totalCount } }`}, false},
		{api.Request{Query: `{ candidates(region: "330100", links: ["光刻胶"` + strings.Repeat(`, "光刻胶"`, 27) + `]) { totalCount } }`}, true},
		{api.Request{Query: `{ candidates(region: "330100", opportunity: "O1") { totalCount } }`}, false},
		{api.Request{Query: `{ candidates(region: "330100", chain: "resist") { totalCount } }`}, true},
		{api.Request{Query: `{ candidates(region: "330100", ecosystem: "materials") { totalCount } }`}, true},
		{api.Request{Query: nested(7)}, false},
		{api.Request{Query: nested(8)}, true},
	} {
		answer := ask(t, s, test.request)
		if refused := firstReason(answer) == "WORK_LIMIT"; refused != test.refused || refused && answer["data"] != nil {
			t.Errorf("%.90s: refused %v, want %v", test.request.Query, refused, test.refused)
		}
	}
}

// TestCountsCostNoRows asks for the counts of a list without its rows: they cost what they
// hold, whatever page is asked for, and with rows as much for each.
func TestCountsCostNoRows(t *testing.T) {
	s := newServer(t, newWorld(t), func(c *api.Config, _ *api.Deps) { c.MaxNodes = 50 })
	for query, refused := range map[string]bool{
		`{ gaps(region: "330100", first: 100) { totalCount states { state count } summaries(levels: LEAVES, by: [LINK]) { links states { state count } } } }`:                 false,
		`{ gaps(region: "330100", first: 100) { totalCount states { state count } summaries(levels: LEAVES, by: [LINK]) { links states { state count } } nodes { depth } } }`: true,
		`{ gaps(region: "330100", first: 101) { totalCount } }`: true,
	} {
		answer := ask(t, s, api.Request{Query: query})
		if (firstCode(answer) == "LIMIT_EXCEEDED") != refused || !refused && firstCode(answer) != "" {
			t.Errorf("%s: refused %v, want %v: %.300v", query, !refused, refused, answer)
		}
	}
}

// TestSlowSenders opens connections that send the beginning of a header, or of
// a body, and then nothing. The server closes them and answers others meanwhile.
func TestSlowSenders(t *testing.T) {
	if testing.Short() {
		t.Skip("it waits for timeouts")
	}
	base := serve(t, newServer(t, newWorld(t), func(c *api.Config, _ *api.Deps) {
		c.ReadHeaderTimeout, c.ReadTimeout = time.Second, 2*time.Second
	}))
	host := strings.TrimPrefix(base, "http://")
	var all sync.WaitGroup
	for _, text := range []string{
		"", "POST /graphql HTTP/1.1\r\nHost: x\r\n",
		"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 40\r\n\r\n{\"query\"",
	} {
		for range 20 {
			all.Go(func() {
				c, err := net.Dial("tcp", host)
				if err != nil {
					t.Error(err)
					return
				}
				defer func() {
					if err := c.Close(); err != nil {
						t.Error(err)
					}
				}()
				if _, err := c.Write([]byte(text)); err != nil {
					t.Error(err)
				}
				buf := make([]byte, 4096)
				for { // until the server hangs up
					if _, err := c.Read(buf); err != nil {
						return
					}
				}
			})
		}
	}
	if r := send(t, "POST", base+"/graphql", `{"query":"{ meta { version } }"}`, "Content-Type", plainJSON); r.status != 200 {
		t.Errorf("beside slow senders: %+v", r)
	}
	all.Wait()
}

// TestFlood sends the heaviest accepted question two hundred times at once.
// Each is answered or refused with Retry-After, and small questions pass meanwhile.
func TestFlood(t *testing.T) {
	if testing.Short() {
		t.Skip("it floods a server")
	}
	base := serve(t, newSampleServer(t))
	var all sync.WaitGroup
	var mu sync.Mutex
	statuses := map[int]int{}
	body := attacks.Body(attacks.Heaviest)
	for range 200 {
		all.Go(func() {
			r := send(t, "POST", base+"/graphql", body, "Content-Type", plainJSON)
			mu.Lock()
			defer mu.Unlock()
			statuses[r.status]++
			if r.status == 200 && firstCode(r.json(t)) != "" && firstCode(r.json(t)) != "TIMEOUT" {
				t.Errorf("answer: %.300s", r.body)
			}
		})
	}
	for range 20 {
		if r := send(t, "POST", base+"/graphql", `{"query":"{ meta { version } }"}`, "Content-Type", plainJSON); r.status != 200 {
			t.Errorf("a small question beside the flood: %+v", r)
		}
	}
	all.Wait()
	if statuses[200] == 0 || statuses[200]+statuses[503] != 200 {
		t.Errorf("statuses %v", statuses)
	}
}
