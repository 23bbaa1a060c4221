package api_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"liantu/access"
	"liantu/api"
	"liantu/api/metrics"
	"liantu/schema"
)

// changing admits everybody as one caller, which may change, and counts how often it is
// asked. A header that says wrong is not admitted.
type changing struct {
	api.Authenticator
	caller atomic.Pointer[access.Identity]
	asked  atomic.Int64
}

func (c *changing) Identify(r *http.Request, _ string) (*access.Identity, error) {
	c.asked.Add(1)
	if id := c.caller.Load(); id != nil && !strings.Contains(r.Header.Get("Authorization"), "wrong") {
		return id, nil
	}
	return nil, access.ErrUnauthenticated
}

func callerOf(role schema.Role, regions ...string) *access.Identity {
	return &access.Identity{Subject: "user:wang", Role: role, Scope: access.Scope{Regions: regions}}
}

// TestStreamEndsWithItsCaller changes the role and the scope of the caller of an open
// stream, and revokes it, while nothing else happens and no sign of life is due.
func TestStreamEndsWithItsCaller(t *testing.T) {
	for name, after := range map[string]*access.Identity{
		"revoked": nil, "another role": callerOf(schema.RoleViewer), "another scope": callerOf(schema.RoleStrategist, "320500"),
	} {
		t.Run(name, func(t *testing.T) {
			who := new(changing)
			who.caller.Store(callerOf(schema.RoleStrategist, "330100"))
			base := serve(t, newServer(t, newWorld(t), func(c *api.Config, d *api.Deps) { c.KeepAlive, d.Authenticator = time.Hour, who }))
			s := subscribe(t, base, `subscription { graphChanged { version } }`)
			s.comment() // it waits now
			who.caller.Store(after)
			time.AfterFunc(20*time.Second, s.cancel)
			if name, data := s.event(); name != "complete" {
				t.Errorf("event %s: %s, want complete", name, data)
			}
		})
	}
}

// TestStreamsOfOneSubject opens more streams than one subject may have.
func TestStreamsOfOneSubject(t *testing.T) {
	who := new(changing)
	who.caller.Store(callerOf(schema.RoleSteward))
	base := serve(t, newServer(t, newWorld(t), func(c *api.Config, d *api.Deps) { c.SubjectStreams, d.Authenticator = 2, who }))
	const query = `subscription { graphChanged { version } }`
	for range 2 {
		subscribe(t, base, query).comment()
	}
	if third := subscribe(t, base, query); third.res.StatusCode != 503 || third.res.Header.Get("Retry-After") == "" {
		t.Errorf("the third stream of one subject gets %d", third.res.StatusCode)
	}
	who.caller.Store(&access.Identity{Subject: "user:li", Role: schema.RoleSteward})
	if other := subscribe(t, base, query); other.res.StatusCode != 200 {
		t.Errorf("the first stream of another subject gets %d", other.res.StatusCode)
	}
}

// byHeader admits callers by the text of their header.
type byHeader struct {
	api.Authenticator
	callers map[string]*access.Identity
}

func (b byHeader) Identify(r *http.Request, _ string) (*access.Identity, error) {
	if id := b.callers[r.Header.Get("Authorization")]; id != nil {
		return id, nil
	}
	return nil, access.ErrUnauthenticated
}

// TestForbiddenSubscriptionTakesNoPlace lets a role subscribe that may not, while the only
// place is taken: it is refused for what it may not, not for the lack of a place.
func TestForbiddenSubscriptionTakesNoPlace(t *testing.T) {
	who := byHeader{callers: map[string]*access.Identity{
		"steward": callerOf(schema.RoleSteward),
		"agency":  {Subject: "user:li", Role: schema.RoleIntermediary, Scope: access.Scope{Intermediary: "x"}},
	}}
	base := serve(t, newServer(t, newWorld(t), func(c *api.Config, d *api.Deps) { c.MaxSubscriptions, d.Authenticator = 1, who }))
	const query = `subscription { graphChanged { version } }`
	ask := func(as string) reply {
		return send(t, "POST", base+"/graphql", `{"query":"`+query+`"}`,
			"Content-Type", plainJSON, "Accept", "text/event-stream, application/json", "Authorization", as)
	}
	subscribe(t, base, query, "Authorization", "steward").comment()
	if r := ask("steward"); r.status != http.StatusServiceUnavailable {
		t.Fatalf("the place is free: status %d: %s", r.status, r.body)
	}
	r := ask("agency")
	if !strings.Contains(r.body, "FORBIDDEN") || !strings.Contains(r.body, "event: complete") && r.header.Get("Content-Type") != "application/json; charset=utf-8" {
		t.Errorf("status %d: %s", r.status, r.body)
	}
}

// TestDeniedTriesAreLimited asks for what a role may not see, over and over.
func TestDeniedTriesAreLimited(t *testing.T) {
	who := new(changing)
	who.caller.Store(callerOf(schema.RoleViewer))
	path := filepath.Join(t.TempDir(), "audit.jsonl")
	s := newServer(t, newWorld(t), func(c *api.Config, d *api.Deps) {
		c.DeniedBurst, c.DeniedRate, d.Authenticator, d.Recorder = 3, 1, who, access.OpenLog(path)
	})
	base := serve(t, s)
	ask := func() reply {
		return send(t, "POST", base+"/graphql", `{"query":"{ nodes(kind: Person) { totalCount } }"}`, "Content-Type", plainJSON)
	}
	for range 3 {
		if r := ask(); firstCode(r.json(t)) != "FORBIDDEN" {
			t.Fatalf("within the limit: %s", r.body)
		}
	}
	for range 5 {
		if r := ask(); firstCode(r.json(t)) != "RATE_LIMITED" || r.header.Get("Retry-After") == "" {
			t.Errorf("beyond the limit: status %d: %s", r.status, r.body)
		}
	}
	entries := func() string {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	if n := strings.Count(entries(), "\n"); n != 3 {
		t.Errorf("%d entries, want 3", n)
	}
	s.RecordDenied(context.WithoutCancel(t.Context()))
	if text := entries(); strings.Count(text, "\n") != 4 || !strings.Contains(text, `"count":5`) {
		t.Errorf("the log ends with\n%s", text)
	}
}

// TestGuessedIDsAreLimited tries out ids, several in a request, as who computes the ids that
// persons had before they were keyed. Names and codes that nothing has are no guesses.
func TestGuessedIDsAreLimited(t *testing.T) {
	who := new(changing)
	who.caller.Store(callerOf(schema.RoleAdmin))
	path := filepath.Join(t.TempDir(), "audit.jsonl")
	base := serve(t, newServer(t, newWorld(t), func(c *api.Config, d *api.Deps) {
		c.DeniedBurst, c.DeniedRate, d.Authenticator, d.Recorder = 3, 1, who, access.OpenLog(path)
	}))
	ask := func(fields string) reply {
		return send(t, "POST", base+"/graphql", `{"query":"{ `+fields+` }"}`, "Content-Type", plainJSON)
	}
	for range 5 {
		if r := ask(`node(id: \"Nowhere\") { id }`); firstCode(r.json(t)) != "NOT_FOUND" {
			t.Fatalf("a name: %s", r.body)
		}
	}
	const one, two = "u5h2gtu9a35m016osp3g1mfuvs", "smk41hhkjtfbnb0j5kqb2q0i90"
	for _, fields := range []string{`node(id: \"` + one + `\") { id }`, `a: node(id: \"` + one + `\") { id } b: node(id: \"` + two + `\") { id }`} {
		if r := ask(fields); firstCode(r.json(t)) != "NOT_FOUND" {
			t.Fatalf("within the limit: %s", r.body)
		}
	}
	if r := ask(`node(id: \"` + two + `\") { id }`); firstCode(r.json(t)) != "RATE_LIMITED" {
		t.Errorf("beyond the limit: status %d: %s", r.status, r.body)
	}
	who.caller.Store(&access.Identity{Subject: "user:li", Role: schema.RoleAdmin})
	var many strings.Builder
	for i := range 12 {
		fmt.Fprintf(&many, `a%d: node(id: \"%s%02d\") { id } `, i, one[:24], i)
	}
	ask(many.String())
	if r := ask("meta { version }"); firstCode(r.json(t)) != "RATE_LIMITED" || len(r.header.Get("Retry-After")) < 3 {
		t.Errorf("after nine tries too many: status %d, again in %q s: %s", r.status, r.header.Get("Retry-After"), r.body)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(text), `"action":"denied","fields":["Query.node"]`); n != 3 {
		t.Errorf("%d entries, want 3:\n%s", n, text)
	}
}

// TestWrongCredentialsAreLimited sends invented keys from one address, and then right ones
// from there.
func TestWrongCredentialsAreLimited(t *testing.T) {
	who := new(changing)
	who.caller.Store(callerOf(schema.RoleSteward))
	base := serve(t, newServer(t, newWorld(t), func(c *api.Config, d *api.Deps) { c.DeniedBurst, c.DeniedRate, d.Authenticator = 5, 1, who }))
	ask := func(credentials string) reply {
		return send(t, "POST", base+"/graphql", `{"query":"{ __typename }"}`, "Content-Type", plainJSON, "Authorization", "Bearer "+credentials)
	}
	if r := ask("right"); r.status != 200 {
		t.Fatalf("%+v", r)
	}
	before := who.asked.Load()
	var last reply
	for i := range 50 {
		last = ask(fmt.Sprintf("wrong-%d", i))
	}
	if n := who.asked.Load() - before; n > 6 || last.status != 429 || last.header.Get("Retry-After") == "" {
		t.Errorf("%d of 50 wrong keys were checked; the last one gets %d", n, last.status)
	}
	if r := ask("right"); r.status != 200 {
		t.Errorf("a right key from the same address gets %d: %s", r.status, r.body)
	}
}

// TestClientsNameNothing sends names of a client's choice, and looks for them in the log and
// the metrics.
func TestClientsNameNothing(t *testing.T) {
	var log strings.Builder
	numbers := metrics.New()
	const known = `query Known { __typename }`
	s := newServer(t, newWorld(t), func(c *api.Config, d *api.Deps) {
		c.SlowOperation, d.Log, d.Metrics, d.Known = 1, logTo(&log), numbers, []string{known}
	})
	base := serve(t, s)
	for _, body := range []string{
		`{"query":"query Canary { canary: region(id: \"330100\") { ...Canary2 } } fragment Canary2 on Region { name }"}`,
		`{"query":"` + known + `"}`,
	} {
		if r := send(t, "POST", base+"/graphql", body, "Content-Type", plainJSON); r.status != 200 || firstCode(r.json(t)) != "" {
			t.Fatalf("%+v", r)
		}
	}
	send(t, "CANARY", base+"/canary", "")
	w := httptest.NewRecorder()
	numbers.Handler().ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	page := w.Body.String()
	for place, text := range map[string]string{"log": log.String(), "metrics": page} {
		if strings.Contains(strings.ToLower(text), "canary") {
			t.Errorf("the %s holds what a client named:\n%s", place, text)
		}
		if !strings.Contains(text, "Known") {
			t.Errorf("the %s does not name a known operation:\n%s", place, text)
		}
	}
}

// TestNothingOfTheDataBeforeAdmission reads what anybody is answered.
func TestNothingOfTheDataBeforeAdmission(t *testing.T) {
	base := serve(t, newServer(t, newWorld(t), func(_ *api.Config, d *api.Deps) { d.Authenticator = new(changing) }))
	for _, r := range []reply{
		send(t, "POST", base+"/graphql", `{"query":"{ __typename }"}`, "Content-Type", plainJSON),
		send(t, "GET", base+"/version", ""), send(t, "GET", base+"/readyz", ""), send(t, "GET", base+"/healthz", ""),
		send(t, "GET", base+"/nothing", ""), send(t, "PUT", base+"/graphql", ""), send(t, "POST", base+"/session", "", "Sec-Fetch-Site", "cross-site"),
	} {
		for _, word := range []string{"version", "dataDate", "ageSeconds", "waiting", "synthetic", "1.2.3"} {
			if strings.Contains(r.body, word) {
				t.Errorf("status %d states %s: %s", r.status, word, r.body)
			}
		}
	}
}
