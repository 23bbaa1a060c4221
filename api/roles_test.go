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
	"liantu/graph"
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

// canary is a value that occurs only in one property of one element.
type canary struct {
	text           string
	kind, property string
	sensitivity    schema.Sensitivity
	local          bool     // the element is in Hangzhou
	own            bool     // the element is the calling agency, or an edge of it
	consents       []string // of the persons of whom the element speaks
}

// consents are the states of consent of which persons are planted; "LAPSED" was given
// and has ended, "" was never asked.
var consents = []string{"GIVEN", "NOT_ASKED", "REFUSED", "WITHDRAWN", "LAPSED"}

// planted is the small world with two elements of every kind, one in Hangzhou
// and one far away, whose personal and internal properties hold canaries.
type planted struct {
	*world
	canaries []canary
	keys     map[string][2]graph.Key
	number   int
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
	w := &planted{world: &world{store: store}, keys: map[string][2]graph.Key{}}
	w.apply(t, smallWorld(t))
	w.apply(t, w.batch(t))
	if w.live, err = projection.NewLive(t.Context(), schema.Default(), store, projection.Options{}); err != nil {
		t.Fatal(err)
	}
	return w
}

var wide = [2]string{"330106", "320505"} // Xihu in Hangzhou, Huqiu in Suzhou

func (w *planted) batch(t *testing.T) graph.Batch {
	var b graph.Batch
	for _, code := range wide {
		b.Nodes = append(b.Nodes, thing(t, "Region", map[string]any{"code": code, "name": "区" + code}, registered))
	}
	for _, k := range schema.Default().Nodes {
		if k.Name == "Region" || k.Name == "Source" {
			continue
		}
		var pair [2]graph.Key
		for i := range pair {
			props := w.values(k, i == 0, k.Name == "Intermediary" && i == 0, []string{""}[:count(k.Name)]...)
			identify(k, props, i)
			d := thing(t, k.Name, props, registered)
			pair[i] = d.Keys[0]
			b.Nodes = append(b.Nodes, d)
		}
		w.keys[k.Name] = pair
	}
	for _, k := range schema.Default().Edges {
		for i, at := range wide {
			region := graph.NewKey("Region", []string{"code"}, []string{at})
			for _, from := range k.Edge.From {
				for _, to := range k.Edge.To {
					if !k.Joins(from, to) || from == "Region" || from == "Source" || to == "Source" {
						continue
					}
					end := region
					if to != "Region" {
						end = w.keys[to][i]
					}
					props := w.values(k, i == 0, i == 0 && (from == "Intermediary" || to == "Intermediary"), []string{"", ""}[:count(from, to)]...)
					d := graph.EdgeDraft{Kind: k.Name, From: w.keys[from][i], To: end, Discriminator: graph.Discriminator(k, props)}
					d.Facts = append(d.Facts, graph.Fact{Provenance: registered})
					for name, value := range props {
						d.Facts = append(d.Facts, graph.Fact{Property: name, Value: value, Provenance: registered})
					}
					b.Edges = append(b.Edges, d)
				}
			}
		}
	}
	w.persons(t, &b)
	return b
}

// count is how many of the kinds are persons.
func count(kinds ...string) (n int) {
	for _, kind := range kinds {
		if kind == "Person" {
			n++
		}
	}
	return n
}

// persons plants persons of every state of consent, who work in one company and know
// one who was never asked.
func (w *planted) persons(t *testing.T, b *graph.Batch) {
	edge := func(kind string, from, to graph.Key, props map[string]any) {
		d := graph.EdgeDraft{Kind: kind, From: from, To: to, Facts: []graph.Fact{{Provenance: registered}}}
		d.Discriminator = graph.Discriminator(schema.Default().EdgeKind(kind), props)
		for name, value := range props {
			d.Facts = append(d.Facts, graph.Fact{Property: name, Value: value, Provenance: registered})
		}
		b.Edges = append(b.Edges, d)
	}
	for _, consent := range consents {
		for i, at := range wide {
			props := w.values(schema.Default().Node("Person"), i == 0, false, consent)
			props["code"], props["consent"] = fmt.Sprintf("%s-%d", consent, i), consent
			delete(props, "consent_until")
			if consent == "LAPSED" {
				props["consent"], props["consent_until"] = "GIVEN", "2020"
			}
			d := thing(t, "Person", props, registered)
			b.Nodes = append(b.Nodes, d)
			edge("NATIVE_OF", d.Keys[0], graph.NewKey("Region", []string{"code"}, []string{at}), nil)
			edge("WORKS_AT", d.Keys[0], w.keys["Company"][i], w.values(schema.Default().EdgeKind("WORKS_AT"), i == 0, false, consent))
			edge("KNOWS", d.Keys[0], w.keys["Person"][i], w.values(schema.Default().EdgeKind("KNOWS"), i == 0, false, consent, ""))
		}
	}
}

// identify sets the public values by which a node is found.
func identify(k *schema.Kind, props map[string]any, i int) {
	names := [2]string{"own-agency", "other-agency"}
	for _, name := range []string{"code", "name"} {
		if p := k.Property(name); p != nil && p.Sensitivity == schema.Public {
			props[name] = strings.ToLower(k.Name) + fmt.Sprint("-", i)
			if k.Name == "Intermediary" {
				props[name] = names[i]
			}
		}
	}
	if _, ok := props["name"]; !ok && props["code"] == nil {
		for _, name := range k.Identify[0] {
			props[name] = strings.ToLower(k.Name) + fmt.Sprint("-", i, name)
			if p := k.Property(name); p.Type == schema.TypeEnum {
				props[name] = p.Values[0].Name
			}
		}
	}
	if k.Name == "Company" {
		props["stock_code"] = fmt.Sprintf("6888%02d.SH", 10+i)
	}
}

// values sets canaries in the properties of a kind that are not public.
func (w *planted) values(k *schema.Kind, local, own bool, consents ...string) map[string]any {
	props := map[string]any{}
	for _, p := range k.Properties {
		if p.Sensitivity == schema.Public {
			continue
		}
		w.number++
		n := w.number
		var value any
		var text string
		switch p.Type {
		case schema.TypeText, schema.TypeCode:
			text = fmt.Sprintf("鹂%dcanary%s", n, p.Name)
			value = text
		case schema.TypeTexts:
			text = fmt.Sprintf("鹂%dcanaries", n)
			value = []string{text}
		case schema.TypePhone:
			text = fmt.Sprintf("1990%07d", 1234000+n)
			value = text
		case schema.TypeEmail:
			text = fmt.Sprintf("canary%d@example.org", n)
			value = text
		case schema.TypeInt:
			value, text = int64(974000+n), fmt.Sprint(974000+n)
		case schema.TypeFloat, schema.TypeMoney:
			value, text = float64(974000+n)+0.25, fmt.Sprint(974000+n)
		case schema.TypePercent:
			value, text = float64(n)/1e6+0.0974, fmt.Sprint(float64(n)/1e6+0.0974)
		case schema.TypeDate:
			text = fmt.Sprintf("20%02d-%02d-%02d", 40+n/28/12%50, 1+n/28%12, 1+n%28)
			value = text
		default:
			continue // an enum or a region has no value of its own
		}
		props[p.Name] = value
		w.canaries = append(w.canaries, canary{text, k.Name, p.Name, p.Sensitivity, local, own, consents})
	}
	return props
}

// mayShow reports whether a caller may see a canary, independently of the policy's
// own code.
func mayShow(id *access.Identity, purpose string, c canary) bool {
	switch id.Role {
	case schema.RoleViewer:
		return false
	case schema.RoleIntermediary:
		return c.own
	case schema.RoleStrategist:
		return c.sensitivity == schema.Internal || c.local && (c.sensitivity == schema.Confidential || opens(purpose, c) && purpose != "VERIFICATION" && purpose != "RECTIFICATION")
	case schema.RoleSteward:
		return c.sensitivity != schema.Personal || opens(purpose, c)
	case schema.RoleAdmin:
		return c.sensitivity == schema.Internal
	}
	return c.sensitivity != schema.Personal // local
}

// opens reports whether a purpose opens a canary, by its property and the consent of
// the persons of whom it speaks.
func opens(purpose string, c canary) bool {
	if purpose == "" || !schema.DefaultPolicy().Purpose(purpose).Discloses(c.kind, c.property) {
		return false
	}
	asks := purpose == "CONSENT" || purpose == "VERIFICATION" || purpose == "RECTIFICATION"
	return !slices.ContainsFunc(c.consents, func(consent string) bool {
		return consent != "GIVEN" && (!asks || consent != "" && consent != "NOT_ASKED")
	})
}

// roleQuestions is how many questions are asked in each role, with and without a
// purpose.
var roleQuestions = flag.Int("questions", 200, "generated questions for each role in the search for canaries")

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
		if c.sensitivity == schema.Personal && c.property != "post" && c.property != "employer" && c.property != "last_contact" {
			names = append(names, c.text)
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
					if !strings.Contains(string(text), c.text) || strings.Contains(query, c.text) {
						continue
					}
					if !mayShow(id, purpose, c) {
						t.Fatalf("%s, purpose %q, sees %q, %s.%s, consents %q\nasked: %s\ngot: %s", id.Role, purpose, c.text, c.kind, c.property, c.consents, query, text)
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
		if strings.Contains(logged.String(), c.text) {
			t.Errorf("the log holds %q", c.text)
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
			if strings.Contains(string(text), c.text) {
				t.Errorf("the record holds %q", c.text)
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
		if c.sensitivity == schema.Personal {
			texts = append(texts, c.text)
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
