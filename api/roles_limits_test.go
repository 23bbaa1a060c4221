package api_test

import (
	"encoding/json"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"liantu/access"
	"liantu/api"
	"liantu/api/fault"
)

// TestForbiddenLooksUnknown compares the answers about a person that the caller may
// not know of with those about one that does not exist.
func TestForbiddenLooksUnknown(t *testing.T) {
	w := plant(t)
	s := newServer(t, w.world, nil)
	p := w.live.Current()
	first, end := p.Range("Person")
	if first == end {
		t.Fatal("no person")
	}
	shape := func(id *access.Identity, text string) string {
		answer, err := json.Marshal(s.Execute(t.Context(), api.Request{Query: `query($id: ID!) { node(id: $id) { id caption } }`, Variables: map[string]any{"id": text}, Identity: id, ID: "x"}))
		if err != nil {
			t.Fatal(err)
		}
		shown, _, _ := strings.Cut(string(answer), `"extensions":{"version"`) // the age is not the same
		return strings.ReplaceAll(shown, text, "TEXT")
	}
	for v := first; v < end; v++ {
		id := string(p.ID(v))
		unknown := string(p.NewID("Person/code=nobody"))
		if got, want := shape(who[1], id), shape(who[1], unknown); got != want || !strings.Contains(got, "NOT_FOUND") {
			t.Errorf("a viewer gets\n%s\nfor a person and\n%s\nfor nobody", got, want)
		}
	}
	for _, query := range []string{`{ nodes(kind: Person) { totalCount } }`, `{ search(text: "x", kinds: [Person]) { totalCount } }`, `{ introductions(region: "330100", company: "688810.SH") { totalCount } }`} {
		answer := s.Execute(t.Context(), api.Request{Query: query, Identity: who[1], ID: "x"})
		if len(answer.Errors) != 1 || answer.Errors[0].Code() != fault.CodeForbidden {
			t.Errorf("%s: errors %v, want FORBIDDEN", query, answer.Errors)
		}
	}
	for id, visible := range map[*access.Identity]bool{who[1]: false, who[0]: true} {
		answer := s.Execute(t.Context(), api.Request{Query: `{ meta { nodes { kind count } edges { kind count } } }`, Identity: id, ID: "x"})
		if len(answer.Errors) > 0 || strings.Contains(string(answer.Data), `"Person"`) != visible || strings.Contains(string(answer.Data), `"KNOWS"`) != visible {
			t.Errorf("the counts that a %s gets: %s %v", id.Role, answer.Data, answer.Errors)
		}
	}
}

// TestNeedsAreOnesOwn checks that an intermediary can ask only for itself.
func TestNeedsAreOnesOwn(t *testing.T) {
	s := newServer(t, plant(t).world, nil)
	for name, allowed := range map[string]bool{"own-agency": true, "other-agency": false} {
		answer := s.Execute(t.Context(), api.Request{
			Query: `query($who: ID!) { needs(intermediary: $who, region: "330100", first: 1) { totalCount } }`, Variables: map[string]any{"who": name}, Identity: who[2], ID: "x",
		})
		if refused := len(answer.Errors) == 1 && answer.Errors[0].Code() == fault.CodeForbidden; refused == allowed || allowed && len(answer.Errors) > 0 {
			t.Errorf("%s: errors %v", name, answer.Errors)
		}
	}
}

// broken is an audit log that cannot be written.
type broken struct{}

func (broken) Append(access.Entry) error            { return errors.New("disk full") }
func (broken) AppendWithin(access.Entry, int) error { return errors.New("disk full") }

// TestNothingIsRevealedWithoutARecord asks for a phone number when the audit log
// cannot be written, and when there is none.
func TestNothingIsRevealedWithoutARecord(t *testing.T) {
	w := plant(t)
	steward := who[4]
	ask := func(s *api.Server, purpose string) string {
		answer, err := json.Marshal(s.Execute(t.Context(), api.Request{
			Query: `{ nodes(kind: Person, first: 10) { nodes { ... on Person { phone name } } } }`, Identity: steward, ID: "x", Extensions: map[string]any{"purpose": purpose},
		}))
		if err != nil {
			t.Fatal(err)
		}
		return string(answer)
	}
	full := newServer(t, w.world, func(_ *api.Config, d *api.Deps) { d.Recorder = broken{} })
	if got := ask(full, "VERIFICATION"); strings.Contains(got, "1990") || !strings.Contains(got, "INTERNAL") {
		t.Errorf("with a record that cannot be written: %s", got)
	}
	if got := ask(full, ""); !strings.Contains(got, "199****") {
		t.Errorf("without a purpose: %s", got)
	}
	none := newServer(t, w.world, nil)
	if got := ask(none, "VERIFICATION"); !strings.Contains(got, "199****") || strings.Contains(got, "19901234") {
		t.Errorf("without any record: %s", got)
	}
	log := access.OpenLog(filepath.Join(t.TempDir(), "audit.jsonl"))
	recorded := newServer(t, w.world, func(_ *api.Config, d *api.Deps) { d.Recorder = log })
	if got := ask(recorded, "VERIFICATION"); !strings.Contains(got, "19901234") {
		t.Errorf("with a record: %s", got)
	}
	if head, err := log.Verify(); err != nil || head.Number != 1 {
		t.Errorf("record %v, error %v; want one entry", head, err)
	}
}
