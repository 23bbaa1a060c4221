package api_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"liantu/access"
	"liantu/api"
	"liantu/graph/projection"
	"liantu/schema"
)

// people admits stewards by the name that they send as their key.
type people struct{ api.Authenticator }

func (people) Identify(r *http.Request, _ string) (*access.Identity, error) {
	name := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	if name == "" {
		return nil, access.ErrUnauthenticated
	}
	return &access.Identity{Subject: "user:" + name, Role: schema.RoleSteward}, nil
}

// sessions serves an office whose picture follows the store only when it is asked to.
func (o *office) sessions(t *testing.T) string {
	t.Helper()
	live, err := projection.NewLive(t.Context(), schema.Default(), o.store, projection.Options{})
	if err != nil {
		t.Fatal(err)
	}
	at := &world{store: o.store, live: live}
	return serve(t, newServer(t, at, func(_ *api.Config, d *api.Deps) {
		d.Writer, d.Recorder, d.Authenticator = o.store, o.log, people{}
	}))
}

// as sends a document as somebody, and returns the answer.
func as(t *testing.T, base, name, query string, head ...string) reply {
	t.Helper()
	body, err := json.Marshal(map[string]string{"query": query})
	if err != nil {
		t.Fatal(err)
	}
	return send(t, "POST", base+"/graphql", string(body), append(head, "Content-Type", plainJSON, "Authorization", "Bearer "+name)...)
}

const (
	askRole   = `{ link(id: "chip.fab") { declaredRole } }`
	roleUnset = `"declaredRole":null`
	roleKey   = `"declaredRole":"KEY"`
)

func declare(key, role string) string {
	return fmt.Sprintf(`mutation { declareRole(clientMutationId: %q, link: "chip.fab", role: %s) { version } }`, key, role)
}

// TestCallerReadsItsOwnChange writes and reads over HTTP, without an extension, while
// nothing else renews the picture.
func TestCallerReadsItsOwnChange(t *testing.T) {
	o := newOffice(t)
	base := o.sessions(t)
	if r := as(t, base, "wang", askRole); !strings.Contains(r.body, roleUnset) || r.header.Get("Liantu-Version") != "2" {
		t.Fatalf("before: %s %v", r.body, r.header)
	}
	wrote := as(t, base, "wang", declare("1", "KEY"))
	if !strings.Contains(wrote.body, `"version":3`) || wrote.header.Get("Liantu-Version") != "3" {
		t.Fatalf("the change: %s %v", wrote.body, wrote.header)
	}
	if r := as(t, base, "li", askRole); !strings.Contains(r.body, roleUnset) || r.header.Get("Liantu-Version") != "2" {
		t.Errorf("somebody else has the picture of before: %s", r.body)
	}
	if r := as(t, base, "wang", askRole); !strings.Contains(r.body, roleKey) || r.header.Get("Liantu-Version") != "3" || strings.Contains(r.body, "lacks") {
		t.Errorf("the caller does not read its own change: %s %v", r.body, r.header)
	}
	if r := as(t, base, "wang", declare("1", "KEY")); r.header.Get("Liantu-Version") != "3" {
		t.Errorf("the change sent again states %v", r.header)
	}
}

// TestOwnChangeFromAnotherProcess writes to one service and reads from another on the
// same store, which knows of the change by the header alone.
func TestOwnChangeFromAnotherProcess(t *testing.T) {
	o := newOffice(t)
	here, there := o.sessions(t), o.sessions(t)
	version := as(t, here, "wang", declare("1", "KEY")).header.Get("Liantu-Version")
	if r := as(t, there, "wang", askRole); !strings.Contains(r.body, roleUnset) {
		t.Fatalf("the other service knows of the change before it is asked for: %s", r.body)
	}
	if r := as(t, there, "wang", askRole, "Liantu-Min-Version", version); !strings.Contains(r.body, roleKey) {
		t.Errorf("the other service answers from %s", r.body)
	}
	for header, code := range map[string]string{"99": "UNAVAILABLE", "-1": "BAD_INPUT", "new": "BAD_INPUT"} {
		if r := as(t, there, "wang", askRole, "Liantu-Min-Version", header); firstCode(r.json(t)) != code {
			t.Errorf("Liantu-Min-Version: %s gives %s, want %s", header, r.body, code)
		}
	}
	body := fmt.Sprintf(`{"query":%q,"extensions":{"minVersion":2}}`, askRole)
	r := send(t, "POST", there+"/graphql", body, "Content-Type", plainJSON, "Authorization", "Bearer wang", "Liantu-Min-Version", "99")
	if firstCode(r.json(t)) != "UNAVAILABLE" {
		t.Errorf("the greater version is in the header, and the answer is %s", r.body)
	}
}

// TestOutageRefusesNoReads takes the store away after a change. The caller goes on reading,
// and learns what the answer lacks; an answer that has to contain it is refused.
func TestOutageRefusesNoReads(t *testing.T) {
	o := newOffice(t)
	base := o.sessions(t)
	as(t, base, "wang", declare("1", "KEY"))
	if err := o.store.Close(); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		r := as(t, base, "wang", askRole)
		if firstCode(r.json(t)) != "" || !strings.Contains(r.body, roleUnset) || !strings.Contains(r.body, `"stale":true`) || !strings.Contains(r.body, `"lacks":3`) {
			t.Errorf("without the store the caller reads %s", r.body)
		}
	}
	if r := as(t, base, "li", askRole); strings.Contains(r.body, "lacks") {
		t.Errorf("who has changed nothing lacks nothing: %s", r.body)
	}
	if r := as(t, base, "wang", askRole, "Liantu-Min-Version", "3"); firstCode(r.json(t)) != "UNAVAILABLE" {
		t.Errorf("an answer that has to contain the change is %s", r.body)
	}
}
