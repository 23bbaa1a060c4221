package readback_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"liantu/access"
	"liantu/api/disclosure"
	"liantu/cli/readback"
	"liantu/cli/show"
	"liantu/graph/projection"
	"liantu/schema"
)

// sees is in which form public, internal, confidential and personal values reach a caller.
type sees [4]string

func (s sees) of(of schema.Sensitivity) string {
	return s[max(slices.Index(schema.Sensitivities, of), 0)]
}

// callers are the roles, with what each sees within its scope and beyond it. The
// kinds within are those of which the only node belongs to the caller.
var callers = []struct {
	name       string
	id         *access.Identity
	purpose    string
	in, beyond sees
	within     []string
}{
	{"local", access.Local, "", sees{"show", "show", "show", "mask"}, sees{"show", "show", "show", "mask"}, nil},
	{"viewer", &access.Identity{Role: schema.RoleViewer}, "", sees{}, sees{"show", "refuse", "refuse", "refuse"}, nil},
	{"admin", &access.Identity{Role: schema.RoleAdmin}, "", sees{}, sees{"show", "show", "refuse", "mask"}, nil},
	{"steward", trusted, "", sees{}, sees{"show", "show", "show", "mask"}, nil},
	{"steward for a purpose", trusted, "RECTIFICATION", sees{}, sees{"show", "show", "show", "show"}, nil},
	{
		"intermediary", &access.Identity{Role: schema.RoleIntermediary, Scope: access.Scope{Intermediary: "=Intermediary.name"}}, "",
		sees{"show", "show", "show", "show"},
		sees{"show", "refuse", "refuse", "refuse"},
		[]string{projection.Intermediary},
	},
	{"strategist", force, "", sees{"show", "show", "show", "mask"}, sees{"show", "show", "refuse", "refuse"}, ours},
	{"strategist for a purpose", force, "VISIT", sees{"show", "show", "show", "show"}, sees{"show", "show", "refuse", "refuse"}, ours},
	{
		"strategist elsewhere", &access.Identity{Role: schema.RoleStrategist, Scope: access.Scope{Regions: []string{"110000"}, Ecosystems: []string{"other"}}}, "VISIT",
		sees{},
		sees{"show", "show", "refuse", "refuse"},
		nil,
	},
}

var (
	force = &access.Identity{Role: schema.RoleStrategist, Scope: access.Scope{Regions: []string{"100000"}, Ecosystems: []string{"c-ecosystem"}}}
	ours  = []string{projection.Company, projection.Person, projection.Intermediary, projection.TaskForce}
)

// TestEveryPropertyIsDecided reads a graph with a value of every property of every
// kind as every role: exports, tables and nodes hold what the role sees, and nothing
// that it sees masked or not at all.
func TestEveryPropertyIsDecided(t *testing.T) {
	store := newStore(t)
	load(t, store, false, write(t, everything()))
	everybodyConsents(t, store)
	model := schema.Default()
	for _, c := range callers {
		t.Run(c.name, func(t *testing.T) {
			r := read(t, store, c.id, c.purpose)
			x, err := r.Export(t.Context(), readback.Options{Regions: true})
			if err != nil {
				t.Fatal(err)
			}
			known := func(kind string) bool {
				form := c.beyond
				if slices.Contains(c.within, kind) {
					form = c.in
				}
				return form.of(model.Kind(kind).Sensitivity) != "refuse"
			}
			var secret []string
			for _, k := range slices.Concat(model.Nodes, model.Edges) {
				form, exists := c.beyond, known(k.Name)
				ends := []string{k.Name}
				if k.IsEdge() {
					ends = firstEnds(k)
					exists = known(ends[0]) && known(ends[1])
					for _, kind := range []string{projection.TaskForce, projection.Project} {
						if slices.Contains(ends, kind) {
							ends = []string{kind} // to which the edge belongs
						}
					}
				}
				if slices.ContainsFunc(ends, func(kind string) bool { return slices.Contains(c.within, kind) }) {
					form = c.in
				}
				purpose := schema.DefaultPolicy().Purpose(c.purpose)
				closed := form.of(schema.Personal) == "mask" || form.of(schema.Personal) == "show" && purpose != nil && !purpose.OpensEdges(k.Name)
				if k.IsEdge() && slices.Contains(firstEnds(k), projection.Person) && exists && closed {
					if exists = false; !slices.Contains(x.Hidden, k.Name) {
						t.Errorf("%s is not among what is hidden: %q", k.Name, x.Hidden)
					}
				}
				for _, p := range k.Properties {
					want := form.of(p.Sensitivity)
					if purpose != nil && want == "show" && p.Sensitivity == schema.Personal && !purpose.Discloses(k.Name, p.Name) {
						want = "mask"
					}
					if !exists || (k.Name == projection.Judgement || k.Name == projection.PlacementJudgement) && form.of(schema.Internal) == "refuse" {
						want = "refuse" // as what identifies it is
					}
					if got := formIn(x, k, p); got != want {
						t.Errorf("%s.%s reaches the export as %q, want %q", k.Name, p.Name, got, want)
					}
					if want != "show" && p.Type == schema.TypeText && (p.Sensitivity != schema.Public || !exists) {
						secret = append(secret, canary(k, p))
					}
				}
			}
			out := everyOutput(t, r, x)
			for _, text := range secret {
				if strings.Contains(out, `"`+text+`"`) || strings.Contains(out, text+" ") {
					t.Errorf("%s is shown", text)
				}
			}
			reveals := c.in == sees{"show", "show", "show", "show"} && c.purpose != "" || c.beyond == sees{"show", "show", "show", "show"}
			if err := r.Caller.Record(nil, disclosure.DefaultLimits(), nil, access.Entry{}, nil); (err != nil) != reveals {
				t.Errorf("recording reveals to nowhere gives %v, want an error: %t", err, reveals)
			}
		})
	}
}

// firstEnds are the kinds that the edge in everything joins.
func firstEnds(k *schema.Kind) []string {
	if k.Edge.Pairs != nil {
		return k.Edge.Pairs[0][:]
	}
	return []string{k.Edge.From[0], k.Edge.To[0]}
}

// formIn is in which form a property is in an export.
func formIn(x *readback.Export, k *schema.Kind, p *schema.Property) string {
	if slices.Contains(x.Hidden, k.Name+"."+p.Name) {
		return "mask"
	}
	for _, s := range x.Sheets {
		i := slices.IndexFunc(s.Columns, func(c readback.Column) bool { return c.Name == p.Name })
		if s.Kind != k || i < 0 {
			continue
		}
		stated := slices.ContainsFunc(s.Rows, func(row []any) bool { return row[i] != nil })
		switch {
		case stated && s.Columns[i].Masked == readback.MaskedNot:
			return "show"
		case !stated && s.Columns[i].Masked == readback.MaskedWholly && slices.Contains(x.MaskedColumns(), k.Name+"."+p.Name):
			return "mask"
		}
		return fmt.Sprintf("masked %q with values %t", s.Columns[i].Masked, stated)
	}
	return "refuse"
}

// everyOutput is all that leaves a reading, each value in quotes.
func everyOutput(t *testing.T, r reader, x *readback.Export) string {
	t.Helper()
	var out bytes.Buffer
	tables, err := r.Table(t.Context(), readback.Options{Kinds: schema.Default().Nodes})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range slices.Concat(x.Sheets, tables.Sheets) {
		for _, row := range s.Rows {
			for _, value := range row {
				fmt.Fprintf(&out, "%q\n", schema.FormatValue(value))
			}
		}
	}
	for _, language := range []show.Language{show.Chinese, show.English} {
		fmt.Fprintln(&out, r.Notes(language, x), r.Notes(language, tables))
		for v := range projection.Vertex(r.view.Order()) {
			if r.view.Kind(v) == projection.Region && r.view.Code(v) != "330683" {
				continue // thousands, of which nothing else is stated
			}
			answer := r.Node(language, v, -1)
			text, err := json.Marshal(answer.Record())
			if err != nil {
				t.Fatal(err)
			}
			out.Write(text)
			fmt.Fprintln(&out, answer.Heading)
			for _, row := range answer.Table.Rows {
				for _, c := range row {
					fmt.Fprintf(&out, "%q %q \n%s \n%s \n", c.Raw, c.Text, strings.ReplaceAll(c.Raw, ";", " "), strings.ReplaceAll(c.Text, "；", " "))
				}
			}
		}
	}
	return out.String()
}
