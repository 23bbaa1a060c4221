package api_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"liantu/access"
	"liantu/api"
	"liantu/api/attacks"
	"liantu/graph"
	"liantu/graph/projection"
	"liantu/schema"
)

// clock is a source of pictures whose age a test sets.
type clock struct {
	*projection.Live
	age time.Duration
}

func (c *clock) Status() projection.Status {
	s := c.Live.Status()
	s.CheckedAt = time.Now().Add(-c.age)
	return s
}

// TestAnswersAreCached checks which answers come from the cache: the same question
// however its variables are written, until the graph changes.
func TestAnswersAreCached(t *testing.T) {
	w := newWorld(t)
	s := newServer(t, w, nil)
	ask := func(query string, variables map[string]any) (data string, hit bool) {
		before := s.AnswerCache()
		answer := s.Execute(t.Context(), api.Request{Query: query, Variables: variables})
		return string(answer.Data), s.AnswerCache().Hits > before.Hits
	}
	const gapsOf = `query($region: ID!, $states: [VerdictState!], $first: Int = 20) { gaps(region: $region, states: $states, first: $first) { totalCount nodes { state link { code } } } }`
	steps := []struct {
		query     string
		variables map[string]any
		hit       bool
	}{
		{gapsOf, map[string]any{"region": "330100"}, false},
		{gapsOf, map[string]any{"region": "330100"}, true},
		{gapsOf, map[string]any{"region": "330100", "first": float64(20)}, true},
		{gapsOf, map[string]any{"region": "330100", "unknown": "1"}, true},
		{gapsOf, map[string]any{"region": "330200"}, false},
		{gapsOf, map[string]any{"region": "330100", "states": []any{"WEAK"}}, false},
		{gapsOf, map[string]any{"region": "330100", "states": "WEAK"}, true},
		{gapsOf + " ", map[string]any{"region": "330100"}, false},
		{`{ region(id: "nowhere") { name } }`, nil, false},
		{`{ region(id: "nowhere") { name } }`, nil, false}, // an error is not cached
		{`{ meta { ageSeconds } }`, nil, false},
		{`{ meta { ageSeconds } }`, nil, false}, // nor is the time
		{`{ meta { version } }`, nil, false},
		{`{ meta { version } }`, nil, true},
	}
	for i, step := range steps {
		if _, hit := ask(step.query, step.variables); hit != step.hit {
			t.Errorf("step %d: cached %v", i, hit)
		}
	}
	old, _ := ask(`{ meta { version } }`, nil)
	w.apply(t, graph.Batch{Nodes: []graph.NodeDraft{thing(t, "Ecosystem", map[string]any{"code": "new", "name": "新"}, registered)}})
	if _, err := w.live.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if now, hit := ask(`{ meta { version } }`, nil); hit || now == old {
		t.Errorf("after a change: %s, cached %v", now, hit)
	}
	if c := s.AnswerCache(); c.Answers != 1 {
		t.Errorf("%d answers are cached of two versions", c.Answers)
	}
}

// TestAnswersAreCachedForOneRole asks for a personal property in every role: each
// gets what its policy permits, whoever asked before.
func TestAnswersAreCachedForOneRole(t *testing.T) {
	s := newServer(t, newWorld(t), nil)
	r := api.Request{Query: `{ node(id: "P-1") { ... on Person { phone caption } } }`}
	want := map[schema.Role]string{}
	for round := range 3 {
		for _, as := range identities() {
			role := as.Role
			r.Identity = as
			answer := s.Execute(t.Context(), r)
			got := fmt.Sprintf("%s %d", answer.Data, len(answer.Errors))
			if round == 0 {
				want[role] = got
			}
			if got != want[role] {
				t.Errorf("%s: %s instead of %s", role, got, want[role])
			}
			if strings.Contains(got, "13800001234") {
				t.Errorf("%s sees the number: %s", role, got)
			}
		}
	}
	if want[schema.RoleAnonymous] == want[schema.RoleViewer] {
		t.Errorf("two roles of different rights see the same: %s", want[schema.RoleViewer])
	}
}

// TestAnswersAreCachedForOneScope asks as strategists of several task forces, who
// know of different persons.
func TestAnswersAreCachedForOneScope(t *testing.T) {
	s := newServer(t, newWorld(t), nil)
	strategist := func(subject string, regions ...string) *access.Identity {
		return &access.Identity{Subject: subject, Role: schema.RoleStrategist, Scope: access.Scope{Regions: regions, Ecosystems: []string{"aiot"}}}
	}
	r := api.Request{Query: `{ region(id: "330100") { name } ecosystems { nodes { code } } }`}
	for i, step := range []struct {
		as     *access.Identity
		cached bool
	}{
		{strategist("one", "330100"), false},
		{strategist("two", "330100"), true}, // the same view
		{strategist("three", "330200"), false},
		{strategist("four", "330100", "330200"), false},
		{access.Local, false},
		{strategist("three", "330200"), true},
	} {
		before := s.AnswerCache().Hits
		r.Identity = step.as
		if answer := s.Execute(t.Context(), r); len(answer.Errors) > 0 {
			t.Fatal(answer.Errors)
		}
		if cached := s.AnswerCache().Hits > before; cached != step.cached {
			t.Errorf("step %d, %s: cached %v", i, step.as.Subject, cached)
		}
	}
}

// TestAnswersAreBounded asks more questions than the cache has room for.
func TestAnswersAreBounded(t *testing.T) {
	const limit = 32 << 10
	s := newServer(t, newWorld(t), func(c *api.Config, _ *api.Deps) { c.AnswerBytes = limit })
	var askers sync.WaitGroup
	for client := range 4 {
		askers.Go(func() {
			for i := range 300 {
				r := api.Request{Query: fmt.Sprintf(`{ a%d: region(id: "330100") { name facts { value } } }`, client*150+i)}
				if answer := s.Execute(t.Context(), r); len(answer.Errors) > 0 {
					t.Error(answer.Errors)
				}
			}
		})
	}
	askers.Wait()
	if c := s.AnswerCache(); c.Bytes > limit || c.Bytes <= 0 || c.Answers == 0 {
		t.Errorf("%+v", c)
	}
}

// TestETag asks over HTTP with conditions.
func TestETag(t *testing.T) {
	w := newWorld(t)
	pictures := &clock{Live: w.live}
	base := serve(t, newServer(t, w, func(_ *api.Config, d *api.Deps) { d.Pictures = pictures }))
	ask := func(query string, head ...string) reply {
		return send(t, http.MethodPost, base+"/graphql", `{"query":"`+query+`"}`, append([]string{"Content-Type", plainJSON}, head...)...)
	}
	const query = `{ region(id: \"330100\") { name } }`
	first := ask(query)
	tag := first.header.Get("ETag")
	if tag == "" || strings.HasPrefix(tag, "W/") || first.header.Get("Cache-Control") != "private, no-cache" {
		t.Fatalf("tag %q, %v", tag, first.header)
	}
	second := ask(query)
	if second.body != first.body || second.header.Get("ETag") != tag {
		t.Errorf("the same question gives %s and %s under %s", first.body, second.body, second.header.Get("ETag"))
	}
	get := func(query string, head ...string) reply {
		return send(t, http.MethodGet, base+"/graphql?query="+url.QueryEscape(strings.ReplaceAll(query, `\"`, `"`)), "", head...)
	}
	for _, match := range []string{tag, "*", `"other", ` + tag, "W/" + tag} {
		if r := ask(query, "If-None-Match", match); r.status != http.StatusOK || r.body != first.body || r.header.Get("ETag") != tag {
			t.Errorf("a POST with If-None-Match %s: %d %q", match, r.status, r.body)
		}
		if r := get(query, "If-None-Match", match); r.status != http.StatusNotModified || r.body != "" || r.header.Get("ETag") != tag {
			t.Errorf("If-None-Match %s: %d %q %v", match, r.status, r.body, r.header)
		}
	}
	for what, r := range map[string]reply{
		"another question":  get(`{ region(id: \"330200\") { name } }`, "If-None-Match", tag),
		"another media":     get(query, "If-None-Match", tag, "Accept", ownJSON),
		"an answer of time": get(`{ meta { stale } }`, "If-None-Match", tag),
	} {
		if r.status != http.StatusOK || r.body == "" || r.header.Get("ETag") == tag {
			t.Errorf("%s: %d %q", what, r.status, r.body)
		}
	}
	if r := get(query, "If-None-Match", `"other"`); r.status != http.StatusOK || r.body != first.body {
		t.Errorf("another tag: %d %q", r.status, r.body)
	}
	pictures.age = 7 * time.Second
	older := get(query, "If-None-Match", tag)
	if got := at(t, older.json(t), "extensions", "ageSeconds"); older.status != http.StatusOK || got != 10.0 {
		t.Errorf("seven seconds later: %d, age %v", older.status, got)
	}
	if r := ask(`{ region(id: \"nowhere\") { name } }`); r.header.Get("ETag") != "" || r.header.Get("Cache-Control") != "no-store" {
		t.Errorf("an answer with errors has %v", r.header)
	}
}

// TestRowsAllocateNothing asks for more rows of the same and counts what is
// allocated: rows of a question cost none.
func TestRowsAllocateNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("it measures memory")
	}
	live, err := sample()
	if err != nil {
		t.Fatal(err)
	}
	s := newServer(t, &world{live: live}, func(c *api.Config, _ *api.Deps) { c.MaxPage, c.MaxFields, c.AnswerBytes = 1000, 1_000_000, 0 })
	for name, query := range map[string]string{
		"gaps": `query($n: Int) { gaps(region: "330100", first: $n) { nodes {
			link { id code name position caption } chain { name } state stateLabel { zh en } confidence action priority declared flags
			terms { code label { zh } value weight points } reasons { code text { zh } points }
			numbers { companies expected hidden lq mean low high pullDown momentum }
		} } }`,
		"companies": `query($n: Int) { nodes(kind: Company, first: $n) { nodes { id caption synthetic ... on Company { name shortName employees registeredCapital founded place { code name } } } } }`,
		"edges":     `query($n: Int) { region(id: "330000") { companies(first: $n) { edges { node { name } } } } }`,
		"links":     `query($n: Int) { nodes(kind: Link, first: $n) { edges { node { __typename id ... on Link { position chain { code } } } } } }`,
	} {
		buf := make([]byte, 0, 4<<20)
		measure := func(rows int) float64 {
			r := api.Request{ID: "x", Query: query, Variables: map[string]any{"n": float64(rows)}}
			return testing.AllocsPerRun(20, func() {
				if answer := s.Append(t.Context(), r, buf); answer.Data == nil {
					t.Fatal(answer.Errors)
				}
			})
		}
		few, many := measure(10), measure(1000)
		// A slice of the engine may grow a few times more, and with the race
		// detector a pool drops some of its items; a row would add 990.
		if many-few > 20 {
			t.Errorf("%s: %.0f allocations for 10 rows, %.0f for 1,000", name, few, many)
		}
	}
}

// TestLargeAnswerIsSentFromTheCache asks a long question repeatedly, and others
// meanwhile. The data is that of the first answer, and so is the tag while the age
// of the picture is in the same step.
func TestLargeAnswerIsSentFromTheCache(t *testing.T) {
	if testing.Short() {
		t.Skip("it sends a large answer")
	}
	base := serve(t, newSampleServer(t))
	question := attacks.Body(`{ gaps(region: "330100", first: 100) { nodes { link { id caption } state reasons { code text { zh en } } wouldChange { text { zh en } } numbers { expected mean } } } }`)
	ask := func(body string, header ...string) reply {
		return send(t, "POST", base+"/graphql", body, append([]string{"Content-Type", plainJSON, "Accept-Encoding", "identity"}, header...)...)
	}
	// The age of the picture, after the data, grows meanwhile.
	dataOf := func(text string) string {
		data, _, _ := strings.Cut(text, `,"extensions":`)
		return data
	}
	first := ask(question)
	if first.status != 200 || len(first.body) < 64<<10 || first.header.Get("ETag") == "" || firstCode(first.json(t)) != "" {
		t.Fatalf("status %d, %d bytes, tag %q", first.status, len(first.body), first.header.Get("ETag"))
	}
	for range 3 {
		again := ask(question)
		if tag := again.header.Get("ETag"); dataOf(again.body) != dataOf(first.body) || again.header.Get("Content-Length") != fmt.Sprint(len(again.body)) {
			t.Fatalf("the answer has changed: %d bytes for %d, tag %s for %s", len(again.body), len(first.body), tag, first.header.Get("ETag"))
		}
		if r := ask(attacks.Usual()); r.status != 200 {
			t.Fatal(r.status)
		}
	}
	events := ask(question, "Accept", "text/event-stream")
	if !strings.Contains(events.body, dataOf(first.body)) {
		t.Errorf("as an event it is %.200s", events.body)
	}
}
