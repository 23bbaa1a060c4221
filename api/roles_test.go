package api_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"log/slog"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/vektah/gqlparser/v2/ast"

	"liantu/access"
	"liantu/api"
	"liantu/api/disclosure"
	"liantu/api/engine"
	"liantu/graph/canaries"
	"liantu/graph/filestore"
	"liantu/graph/projection"
	"liantu/schema"
)

// who are the callers of these tests. The strategist's region is Hangzhou, where
// half of the canaries are.
var who = []*access.Identity{
	access.Local,
	{Subject: "user:viewer", Role: schema.RoleViewer},
	{Subject: "user:agency", Role: schema.RoleIntermediary, Scope: access.Scope{Intermediary: "own-agency"}},
	{Subject: "user:strategist", Role: schema.RoleStrategist, Scope: access.Scope{Regions: []string{"330100"}, Ecosystems: []string{"aiot", "ecosystem-0"}}},
	{Subject: "user:steward", Role: schema.RoleSteward},
	{Subject: "user:admin", Role: schema.RoleAdmin},
}

// TestEveryFieldIsDecided lists what every role sees of every field of the
// schema, without a purpose and for those that change it. A field that is not in the list has not been
// decided on.
func TestEveryFieldIsDecided(t *testing.T) {
	s := newServer(t, newWorld(t), nil)
	names := map[engine.Treatment]string{engine.Show: "show", engine.Reveal: "reveal", engine.Mask: "mask", engine.Refuse: "refuse", engine.ByElement: "by element"}
	var out strings.Builder
	for _, def := range objectsOf(api.SchemaOf(s)) {
		for _, f := range def.Fields {
			if strings.HasPrefix(f.Name, "__") {
				continue
			}
			var all []string
			for _, id := range who {
				quiet := api.Treat(s, id, "", def.Name, f.Name)
				seen, treatments := string(id.Role)+"="+names[quiet], map[engine.Treatment][]string{}
				for _, p := range schema.DefaultPolicy().Purposes {
					stated := api.Treat(s, id, p.Code, def.Name, f.Name)
					treatments[stated] = append(treatments[stated], p.Code)
				}
				for _, stated := range slices.Sorted(maps.Keys(treatments)) {
					if stated != quiet {
						seen += "/" + names[stated] + " for " + strings.Join(treatments[stated], "+")
					}
				}
				all = append(all, seen)
			}
			verdict := strings.Join(all, " ")
			if !strings.ContainsAny(strings.ReplaceAll(verdict, "=show", ""), "=") {
				verdict = "shown to all"
			}
			fmt.Fprintf(&out, "%s.%s: %s\n", def.Name, f.Name, verdict)
		}
	}
	golden(t, "access.txt", out.String())
}

// objectsOf lists the object types of a schema by name.
func objectsOf(s *ast.Schema) []*ast.Definition {
	var list []*ast.Definition
	for _, def := range s.Types {
		if def.Kind == ast.Object && !strings.HasPrefix(def.Name, "__") {
			list = append(list, def)
		}
	}
	slices.SortFunc(list, func(a, b *ast.Definition) int { return strings.Compare(a.Name, b.Name) })
	return list
}

// planted is the small world with the elements of [canaries.Plant].
type planted struct {
	*world
	canaries []canaries.Canary
}

func plant(t *testing.T) *planted {
	t.Helper()
	store, err := filestore.Open(filepath.Join(t.TempDir(), "graph.db"), schema.Default())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	batch, list := canaries.Plant()
	w := &planted{&world{store: store}, list}
	w.apply(t, smallWorld(t))
	w.apply(t, batch)
	if w.live, err = projection.NewLive(t.Context(), schema.Default(), store, projection.Options{}); err != nil {
		t.Fatal(err)
	}
	return w
}

// mayShow reports whether a caller may see a canary, independently of the policy's
// own code.
func mayShow(id *access.Identity, purpose string, c canaries.Canary) bool {
	switch id.Role {
	case schema.RoleViewer:
		return false
	case schema.RoleIntermediary:
		return c.Own
	case schema.RoleStrategist:
		return c.Sensitivity == schema.Internal || c.Local && (c.Sensitivity == schema.Confidential || opens(purpose, c) && purpose != "VERIFICATION" && purpose != "RECTIFICATION")
	case schema.RoleSteward:
		return c.Sensitivity != schema.Personal || opens(purpose, c)
	case schema.RoleAdmin:
		return c.Sensitivity == schema.Internal
	}
	return c.Sensitivity != schema.Personal // local
}

// opens reports whether a purpose opens a canary, by its property and the consent of
// the persons of whom it speaks.
func opens(purpose string, c canaries.Canary) bool {
	kind, property, _ := strings.Cut(c.Of, ".")
	if purpose == "" || c.Lost || !schema.DefaultPolicy().Purpose(purpose).Discloses(kind, property) {
		return false
	}
	asks := purpose == "CONSENT" || purpose == "VERIFICATION" || purpose == "RECTIFICATION"
	return !slices.ContainsFunc(c.Consents, func(consent string) bool {
		return consent != "GIVEN" && (!asks || consent != "" && consent != "NOT_ASKED")
	})
}

// roleQuestions is how many questions are asked in each role, with and without a
// purpose.
var roleQuestions = flag.Int("questions", 400, "generated questions for each role in the search for canaries")

// TestCanariesStayInside asks thousands of generated questions in every role and
// searches data, errors, the log and the audit log for values that the role may not
// see.
func TestCanariesStayInside(t *testing.T) {
	w := plant(t)
	log := access.OpenLog(filepath.Join(t.TempDir(), "audit.jsonl"))
	var logged bytes.Buffer
	s := newServer(t, w.world, func(cfg *api.Config, d *api.Deps) {
		d.Reveals = disclosure.Limits{Request: disclosure.MostRevealed, Day: 1_000_000}
		d.Recorder, d.Log = log, slog.New(slog.NewJSONHandler(&logged, &slog.HandlerOptions{ReplaceAttr: timeless}))
		cfg.MaxAliases, cfg.MaxTokens, cfg.MaxDepth, cfg.MaxNesting = 10_000, 100_000, 100, 100
		cfg.MaxNodes, cfg.MaxFields = 1_000_000_000, 1_000_000_000
	})
	var codes, names []string
	for _, c := range w.canaries {
		if c.Sensitivity == schema.Personal && !slices.ContainsFunc([]string{".post", ".employer", ".last_contact"}, func(end string) bool { return strings.HasSuffix(c.Of, end) }) {
			names = append(names, c.Text)
		}
	}
	for _, p := range schema.DefaultPolicy().Purposes {
		codes = append(codes, p.Code)
	}
	g := &asking{schema: api.SchemaOf(s), rand: rand.New(rand.NewPCG(1, 2)), texts: w.texts()}
	seen := map[string]int{} // canaries that came out, rightly, by role
	answered := 0
	for _, id := range who {
		for _, purpose := range append([]string{""}, codes...) {
			n := *roleQuestions
			if purpose != "" {
				n /= 4 // there are many
			}
			for range n {
				query := g.query()
				r := api.Request{Query: query, Identity: id, ID: "canary"}
				if purpose != "" {
					r.Extensions = map[string]any{"purpose": purpose, "note": names[g.rand.IntN(len(names))]}
				}
				answer := s.Execute(t.Context(), r)
				if answer.Data != nil {
					answered++
				}
				text, err := json.Marshal(answer)
				if err != nil {
					t.Fatal(err)
				}
				for _, c := range w.canaries {
					if !strings.Contains(string(text), c.Text) || strings.Contains(query, c.Text) {
						continue
					}
					if !mayShow(id, purpose, c) {
						t.Fatalf("%s, purpose %q, sees %q, %s, consents %q\nasked: %s\ngot: %s", id.Role, purpose, c.Text, c.Of, c.Consents, query, text)
					}
					seen[string(id.Role)]++
				}
			}
		}
	}
	for _, what := range []string{"strategist", "steward", "anonymous", "admin"} {
		if seen[what] == 0 {
			t.Errorf("%s saw no canary at all: the questions do not reach them", what)
		}
	}
	for _, c := range w.canaries {
		if strings.Contains(logged.String(), c.Text) {
			t.Errorf("the log holds %q", c.Text)
		}
	}
	reveals, denials := 0, 0
	if err := log.Entries(func(e access.Entry) error {
		if e.Action == access.Reveal {
			reveals++
		}
		if e.Action == access.Denied {
			denials++
			for _, name := range e.Fields { // and not what the client calls it
				object, field, _ := strings.Cut(name, ".")
				if def := g.schema.Types[object]; def == nil || def.Fields.ForName(field) == nil {
					t.Errorf("the record of a denied try names %q, which is no field", name)
				}
			}
		}
		e.Time, e.Prev, e.Hash = time.Time{}, "", "" // any digits may stand in these
		text, err := json.Marshal(e)
		for _, c := range w.canaries {
			if strings.Contains(string(text), c.Text) {
				t.Errorf("the record holds %q", c.Text)
			}
		}
		return err
	}); err != nil || reveals == 0 || denials == 0 {
		t.Errorf("%d reveals and %d denied tries on record, error %v", reveals, denials, err)
	}
	if answered < *roleQuestions*8 {
		t.Errorf("only %d questions were answered", answered)
	}
	t.Logf("%d questions answered", answered)
	t.Logf("canaries that came out where they may: %v; %d reveals on record", seen, reveals)
}

// timeless removes from a log what may hold any digits.
func timeless(_ []string, a slog.Attr) slog.Attr {
	if a.Value.Kind() == slog.KindTime || a.Value.Kind() == slog.KindDuration {
		return slog.Attr{}
	}
	return a
}

// texts are what the generated questions search for: public names and canaries.
func (w *planted) texts() []string {
	texts := []string{"330100", "330106", "320505", "330000", "100000", "chip", "chip.resist", "aiot", "600001.SH", "688810.SH", "688811.SH", "own-agency", "other-agency", "link-0", "chain-0", "project-0", "taskforce-0", "P-1"}
	for _, c := range w.canaries {
		if c.Sensitivity == schema.Personal {
			texts = append(texts, c.Text)
		}
	}
	p := w.live.Current()
	for v := range projection.Vertex(p.Order()) {
		if kind := p.Kind(v); kind == "Person" || kind == "Project" || kind == "TaskForce" || kind == "Intermediary" {
			texts = append(texts, string(p.ID(v)))
		}
	}
	return texts
}
