package api_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"liantu/access"
	"liantu/api"
	"liantu/api/disclosure"
	"liantu/graph"
	"liantu/graph/projection"
	"liantu/schema"
)

// recorded is a server with an audit log in a file, and the log.
func recorded(t *testing.T, w *world, most disclosure.Limits) (*api.Server, *access.Log) {
	t.Helper()
	log := access.OpenLog(filepath.Join(t.TempDir(), "audit.jsonl"))
	return newServer(t, w, func(_ *api.Config, d *api.Deps) { d.Recorder, d.Reveals = log, most }), log
}

// stating asks for a purpose, "" for none, and returns the answer as it is sent.
func stating(t *testing.T, s *api.Server, id *access.Identity, query, purpose, note string) string {
	t.Helper()
	r := api.Request{Query: query, Identity: id, ID: "x"}
	if purpose != "" {
		r.Extensions = map[string]any{"purpose": purpose, "note": note}
	}
	text, err := json.Marshal(s.Execute(t.Context(), r))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

const askEverybody = `{ nodes(kind: Person, first: 50) { nodes { ... on Person {
	name phone email description
	worksAt(first: 5) { edges { post } } knows(first: 5) { edges { lastContact } } } } } }`

// TestPurposeAndConsentDecide asks for everybody in every role and for every purpose:
// of whom which value is shown follows from the role, the purpose and the consent,
// and exactly that is shown. It has a canary for every state of consent.
func TestPurposeAndConsentDecide(t *testing.T) {
	w := plant(t)
	s, log := recorded(t, w.world, disclosure.Limits{Request: disclosure.MostRevealed, Day: 10_000})
	asked := []string{"Person.name", "Person.phone", "Person.email", "Person.description", "WORKS_AT.post", "KNOWS.last_contact"}
	shown := map[string]int{}
	for _, id := range who {
		for _, p := range append([]*schema.Purpose{{}}, schema.DefaultPolicy().Purposes...) {
			got := stating(t, s, id, askEverybody, p.Code, "")
			for _, c := range w.canaries {
				if c.Sensitivity != schema.Personal || !slices.Contains(asked, c.Of) {
					continue
				}
				if found, want := strings.Contains(got, c.Text), mayShow(id, p.Code, c); found != want {
					t.Errorf("%s for %q: %s of consents %q shown %t, want %t", id.Role, p.Code, c.Of, c.Consents, found, want)
				} else if found {
					shown[p.Code]++
					shown[strings.Join(c.Consents, "+")]++
				}
			}
		}
	}
	for _, what := range []string{"GIVEN", "NOT_ASKED", "GIVEN+", "VISIT", "CONSENT", "VERIFICATION", "RECTIFICATION", "INTRODUCTION", "INVITATION"} {
		if shown[what] == 0 {
			t.Errorf("nothing is shown for %s", what)
		}
	}
	if shown["REFUSED"]+shown["WITHDRAWN"]+shown["LAPSED"]+shown[""] != shown[""] {
		t.Errorf("values of persons who refused: %v", shown)
	}
	refused := w.idsOf("REFUSED-0", "REFUSED-1", "WITHDRAWN-0", "WITHDRAWN-1", "LAPSED-0", "LAPSED-1")
	if err := log.Entries(func(e access.Entry) error {
		for _, id := range e.IDs {
			if slices.Contains(refused, id) {
				t.Errorf("%s for %s is on record as shown to %s", id, e.Purpose, e.Who)
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

// idsOf are the ids of persons by their codes.
func (w *planted) idsOf(codes ...string) (ids []string) {
	p := w.live.Current()
	for _, code := range codes {
		if v, err := p.Lookup(code, "Person"); err == nil {
			ids = append(ids, string(p.ID(v)))
		}
	}
	return ids
}

// TestWithheldSaysWhy reads why values stay masked.
func TestWithheldSaysWhy(t *testing.T) {
	w := plant(t)
	s, _ := recorded(t, w.world, disclosure.DefaultLimits())
	for code, want := range map[string]string{
		"REFUSED-0": "CONSENT_REFUSED", "WITHDRAWN-0": "CONSENT_WITHDRAWN", "LAPSED-0": "CONSENT_LAPSED", "NOT_ASKED-0": "CONSENT_NOT_ASKED", "GIVEN-0": "",
	} {
		query := fmt.Sprintf(`{ node(id: %q) { id ... on Person { phone } } }`, code)
		got, mask := stating(t, s, who[4], query, "VISIT", ""), `"phone":"199****`
		if said := strings.Contains(got, `"masked":[{"reason":"`+want+`","fields":["Person.phone"],"count":1,"ids":["`+w.idsOf(code)[0]); said != (want != "") || strings.Contains(got, mask) != (want != "") {
			t.Errorf("%s: %s", code, got)
		}
		if quiet := stating(t, s, who[4], query, "", ""); strings.Contains(quiet, "masked") || !strings.Contains(quiet, mask) {
			t.Errorf("%s without a purpose: %s", code, quiet)
		}
	}
	if got := stating(t, s, who[4], `{ node(id: "GIVEN-0") { ... on Person { description } } }`, "INVITATION", ""); !strings.Contains(got, `"masked":[{"reason":"PURPOSE","fields":["Person.description"],"count":0}]`) && !strings.Contains(got, `鹂**`) {
		t.Errorf("notes for an invitation: %s", got)
	}
}

// TestConsentTodayDecides withdraws the consent of a person and asks again.
func TestConsentTodayDecides(t *testing.T) {
	w := plant(t)
	s, _ := recorded(t, w.world, disclosure.DefaultLimits())
	query := `{ node(id: "GIVEN-0") { ... on Person { phone } } }`
	if got := stating(t, s, who[4], query, "VISIT", ""); strings.Contains(got, "****") {
		t.Errorf("with consent: %s", got)
	}
	w.apply(t, graph.Batch{Nodes: []graph.NodeDraft{thing(t, "Person", map[string]any{"code": "GIVEN-0", "consent": "WITHDRAWN"},
		graph.Provenance{Source: "letter", AsOf: "2026-11-30", Grade: graph.GradeA})}})
	if _, err := w.live.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, p := range schema.DefaultPolicy().Purposes {
		if got := stating(t, s, who[4], query, p.Code, ""); !strings.Contains(got, `"phone":"199****`) {
			t.Errorf("for %s after the consent was withdrawn: %s", p.Code, got)
		}
	}
}

// TestRevealsAreLimited asks beyond the limits of a request and of a day, by a new
// server over the same log as well: then nothing is shown, and the try is on record.
func TestRevealsAreLimited(t *testing.T) {
	w := plant(t)
	log := filepath.Join(t.TempDir(), "audit.jsonl")
	serve := func() *api.Server {
		return newServer(t, w.world, func(_ *api.Config, d *api.Deps) {
			d.Recorder, d.Reveals = access.OpenLog(log), disclosure.Limits{Request: 2, Day: 3}
		})
	}
	one := func(code string) string {
		return fmt.Sprintf(`{ node(id: %q) { ... on Person { phone name } } }`, code)
	}
	both := `{ a: node(id: "GIVEN-0") { ... on Person { phone } } b: node(id: "GIVEN-1") { ... on Person { phone } } }`
	for i, step := range []struct {
		id    *access.Identity
		query string
		limit int // that is exceeded, 0 for none
	}{
		{who[4], `{ nodes(kind: Person, first: 50) { nodes { ... on Person { phone } } } }`, 2},
		{who[4], both, 0},
		{who[4], one("NOT_ASKED-0"), 0},
		{who[4], one("NOT_ASKED-1"), 3},
		{who[4], one("GIVEN-0"), 0}, // who was shown today already
		{who[3], one("GIVEN-0"), 0}, // another caller
	} {
		got := stating(t, serve(), step.id, step.query, "CONSENT", "约见王小明 13812345678")
		refused := strings.Contains(got, fmt.Sprintf(`"code":"LIMIT_EXCEEDED","limit":%d`, step.limit))
		if refused != (step.limit > 0) || strings.Contains(got, `"1990`) == refused || refused && strings.Contains(got, `"data"`) {
			t.Errorf("step %d: %s", i, got)
		}
	}
	var actions []string
	if err := access.OpenLog(log).Entries(func(e access.Entry) error {
		actions = append(actions, string(e.Action))
		if e.Purpose != "CONSENT: 约见王** 138****5678" {
			t.Errorf("the purpose is on record as %q", e.Purpose)
		}
		return nil
	}); err != nil || fmt.Sprint(actions) != "[denied reveal reveal denied reveal reveal]" {
		t.Errorf("the record: %v, error %v", actions, err)
	}
}

// TestTriesToRevealTooMuchAreLimited asks beyond the limit of reveals, over and over: the
// record does not grow with the tries.
func TestTriesToRevealTooMuchAreLimited(t *testing.T) {
	w := plant(t)
	log := access.OpenLog(filepath.Join(t.TempDir(), "audit.jsonl"))
	base := serve(t, newServer(t, w.world, func(c *api.Config, d *api.Deps) {
		c.DeniedBurst, c.DeniedRate = 3, 1
		d.Authenticator, d.Recorder, d.Reveals = revocable{revoked: new(atomic.Bool)}, log, disclosure.Limits{Request: 1, Day: 3}
	}))
	const query = `{"query":"{ nodes(kind: Person, first: 50) { nodes { ... on Person { phone } } } }","extensions":{"purpose":"VISIT"}}`
	for i := range 8 {
		want := "LIMIT_EXCEEDED"
		if i >= 3 {
			want = "RATE_LIMITED"
		}
		if r := send(t, "POST", base+"/graphql", query, "Content-Type", plainJSON); firstCode(r.json(t)) != want {
			t.Errorf("try %d: %.300s, want %s", i, r.body, want)
		}
	}
	if head, err := log.Verify(); err != nil || head.Number != 3 {
		t.Errorf("%d entries, error %v; want 3", head.Number, err)
	}
}

// TestRevealsAreNeverCached asks twice over HTTP: an answer with reveals has no ETag,
// is not to be stored, and each is on record.
func TestRevealsAreNeverCached(t *testing.T) {
	w := plant(t)
	log := access.OpenLog(filepath.Join(t.TempDir(), "audit.jsonl"))
	s := newServer(t, w.world, func(_ *api.Config, d *api.Deps) {
		d.Authenticator, d.Recorder = revocable{revoked: new(atomic.Bool)}, log
	})
	base := serve(t, s)
	for range 2 {
		res := send(t, "POST", base+"/graphql", `{"query":"{ node(id: \"GIVEN-0\") { ... on Person { phone } } }","extensions":{"purpose":"VISIT"}}`, "Content-Type", plainJSON)
		if res.status != http.StatusOK || res.header.Get("ETag") != "" || res.header.Get("Cache-Control") != "no-store" || strings.Contains(res.body, "****") {
			t.Errorf("%d %v %s", res.status, res.header, res.body)
		}
	}
	if n := s.AnswerCache().Answers; n != 0 {
		t.Errorf("%d answers are cached", n)
	}
	if head, err := log.Verify(); err != nil || head.Number != 2 {
		t.Errorf("%d entries, error %v; want 2", head.Number, err)
	}
}

// unreachable are pictures of a store that cannot be reached.
type unreachable struct{ api.Pictures }

func (unreachable) Refresh(context.Context) (*projection.Projection, error) {
	return nil, graph.ErrUnavailable
}

// TestRevealsAreOfTheNewestGraph withdraws a consent, and forgets a person, behind the back
// of a server that has not noticed: what it reveals it looks up anew, and while it cannot,
// it reveals nothing. Masked it answers at once.
func TestRevealsAreOfTheNewestGraph(t *testing.T) {
	w := newWorld(t)
	person := func(code, consent, asOf string) graph.NodeDraft {
		return thing(t, "Person", map[string]any{"code": code, "name": "瞿" + code, "phone": "1391111000" + code[2:], "consent": consent},
			graph.Provenance{Source: "register", AsOf: asOf, Grade: graph.GradeA})
	}
	first := w.apply(t, graph.Batch{Nodes: []graph.NodeDraft{person("P-7", "GIVEN", "2025"), person("P-8", "GIVEN", "2025"), person("P-9", "GIVEN", "2025")}})
	if _, err := w.live.AtLeast(t.Context(), first); err != nil {
		t.Fatal(err)
	}
	s, _ := recorded(t, w, disclosure.DefaultLimits())
	ask := func(purpose string) string {
		return stating(t, s, steward, `{ a: node(id: "P-7") { ... on Person { phone } } b: node(id: "P-8") { ... on Person { phone } } c: nodes(kind: Person, first: 9) { nodes { ... on Person { phone } } } }`, purpose, "")
	}
	if got := ask("VISIT"); strings.Count(got, `"1391111000`) != 5 {
		t.Fatalf("before: %s", got)
	}
	withdrawn := w.apply(t, graph.Batch{Nodes: []graph.NodeDraft{person("P-8", "WITHDRAWN", "2026")}})
	if got := ask(""); !strings.Contains(got, fmt.Sprintf(`"version":%d`, first)) || strings.Contains(got, `"1391111000`) {
		t.Errorf("masked: %s", got)
	}
	if got := ask("VISIT"); !strings.Contains(got, fmt.Sprintf(`"version":%d`, withdrawn)) || strings.Count(got, `"1391111000`) != 3 || strings.Contains(got, "13911110008") {
		t.Errorf("after a consent was withdrawn: %s", got)
	}
	if _, err := w.store.Forget(t.Context(), graph.Forgetting{Key: graph.KeysOf(schema.Default().Node("Person"), map[string]any{"code": "P-9"})[0], By: "li", Reason: "letter", At: time.Now()}); err != nil {
		t.Fatal(err)
	}
	if got := ask("VISIT"); strings.Count(got, `"1391111000`) != 2 || strings.Contains(got, "13911110009") {
		t.Errorf("after a person was forgotten: %s", got)
	}
	s = newServer(t, w, func(_ *api.Config, d *api.Deps) {
		d.Pictures, d.Recorder = unreachable{w.live}, access.OpenLog(filepath.Join(t.TempDir(), "audit.jsonl"))
	})
	if got := ask("VISIT"); !strings.Contains(got, `"code":"UNAVAILABLE"`) || strings.Contains(got, "139") {
		t.Errorf("without the store: %s", got)
	}
	if got := ask(""); !strings.Contains(got, `"139****0007"`) {
		t.Errorf("masked, without the store: %s", got)
	}
}

// TestContactOfWhoRefused asks for the contacts of companies: one that is or holds the
// number, the address or the name of a person who has refused stays masked, and the answer
// does not say why. Other people of that name are shown.
func TestContactOfWhoRefused(t *testing.T) {
	w := newWorld(t)
	person := map[string]any{"code": "P-9", "name": "瞿拒绝", "phone": "13911110002", "email": "qu@example.org", "consent": "REFUSED"}
	batch := graph.Batch{Nodes: []graph.NodeDraft{thing(t, "Person", person, registered)}}
	works := func(code, name, phone, email string) {
		batch.Nodes = append(batch.Nodes, thing(t, "Company", map[string]any{
			"stock_code": code, "name": "企业" + code[:6], "legal_representative": name, "phone": phone, "email": email,
		}, registered))
		batch.Edges = append(batch.Edges, joined(t, "Person P-9", "WORKS_AT", "Company "+code, nil, registered))
	}
	works("600990.SH", "瞿拒绝", "13911110002", "qu@example.org")
	works("600991.SH", "总经理瞿 拒绝（兼）", "13911110002", "QU@example.org")
	works("600992.SH", "王明802、139-1111-0002", "13922220009", "wang@example.org")
	works("600993.SH", "王明 88990011，QU@example.org", "13922220009", "wang@example.org")
	batch.Nodes = append(batch.Nodes, thing(t, "Person", map[string]any{"code": "P-8", "name": "瞿不见", "phone": "057187654321", "consent": "WITHDRAWN"}, registered))
	works("600996.SH", "王明87654321", "13922220009", "wang@example.org")
	works("600994.SH", "瞿拒对", "13911110003", "aqu@example.org")
	batch.Nodes = append(batch.Nodes, thing(t, "Company", map[string]any{"stock_code": "600995.SH", "name": "企业", "legal_representative": "瞿拒绝", "phone": "13911110004"}, registered))
	version := w.apply(t, batch)
	if _, err := w.live.AtLeast(t.Context(), version); err != nil {
		t.Fatal(err)
	}
	s, _ := recorded(t, w, disclosure.DefaultLimits())
	ask := func(code string) string {
		return stating(t, s, steward, `{ company(id: "`+code+`") { legalRepresentative phone email } }`, "VISIT", "")
	}
	for _, code := range []string{"600990.SH", "600991.SH", "600992.SH", "600993.SH", "600996.SH"} {
		got := strings.ToLower(ask(code))
		for _, text := range []string{"拒绝", "拒 绝", "1111", "8765", "qu@", "refused"} {
			if strings.Contains(got, text) {
				t.Errorf("%s: the contact is a person who refused, and %q is shown: %s", code, text, got)
			}
		}
	}
	for code, want := range map[string]string{
		"600994.SH": `"legalRepresentative":"瞿拒对","phone":"13911110003","email":"aqu@example.org"`,
		"600995.SH": `"legalRepresentative":"瞿拒绝","phone":"13911110004"`,
	} {
		if got := ask(code); !strings.Contains(got, want) {
			t.Errorf("%s: the contact is somebody else: %s", code, got)
		}
	}
}
