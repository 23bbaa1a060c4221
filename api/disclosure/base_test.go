package disclosure_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"liantu/access"
	"liantu/api/disclosure"
	"liantu/graph"
	"liantu/graph/filestore"
	"liantu/graph/projection"
	"liantu/schema"
)

// regions are the places of the random graphs.
var regions = []string{"330000", "330100", "330200", "320500"}

// random drafts a graph of companies, intermediaries, persons and what joins them, with
// values of every sensitivity.
func random(rt *rapid.T, model *schema.Model) graph.Batch {
	by := graph.Provenance{Source: "示例名册", AsOf: "2026-11-24", Grade: graph.GradeB}
	var b graph.Batch
	some := func(props map[string]any, name string, value any) {
		if rapid.Bool().Draw(rt, name) {
			props[name] = value
		}
	}
	facts := func(props map[string]any) (list []graph.Fact) {
		list = append(list, graph.Fact{Provenance: by})
		for name, value := range props {
			list = append(list, graph.Fact{Property: name, Value: value, Provenance: by})
		}
		return list
	}
	add := func(kind string, props map[string]any) graph.Key {
		d := graph.NodeDraft{Kind: kind, Keys: graph.KeysOf(model.Node(kind), props), Facts: facts(props)}
		b.Nodes = append(b.Nodes, d)
		return d.Keys[0]
	}
	join := func(kind string, from, to graph.Key, props map[string]any) {
		d := graph.EdgeDraft{Kind: kind, From: from, To: to, Facts: facts(props)}
		d.Discriminator = graph.Discriminator(model.EdgeKind(kind), props)
		b.Edges = append(b.Edges, d)
	}
	pick := func(from []graph.Key) graph.Key { return rapid.SampledFrom(from).Draw(rt, "one") }
	places := make([]graph.Key, 0, len(regions))
	for _, code := range regions {
		places = append(places, add("Region", map[string]any{"code": code, "name": "地区" + code}))
	}
	var companies, agencies, persons []graph.Key
	for i := range rapid.IntRange(1, 5).Draw(rt, "companies") {
		props := map[string]any{"stock_code": fmt.Sprintf("60000%d.SH", i), "name": fmt.Sprintf("公司%d", i)}
		some(props, "phone", fmt.Sprintf("0571888866%02d", i))
		companies = append(companies, add("Company", props))
		join("LOCATED_IN", companies[i], pick(places), map[string]any{"role": "REGISTERED"})
	}
	for i := range rapid.IntRange(1, 3).Draw(rt, "agencies") {
		props := map[string]any{"name": fmt.Sprintf("中介%d", i)}
		some(props, "phone", fmt.Sprintf("0571888877%02d", i))
		agencies = append(agencies, add("Intermediary", props))
		join("COVERS", agencies[i], pick(places), nil)
	}
	for i := range rapid.IntRange(0, 6).Draw(rt, "persons") {
		props := map[string]any{"code": fmt.Sprintf("P-%d", i), "name": fmt.Sprintf("王小%d", i)}
		some(props, "phone", fmt.Sprintf("138000012%02d", i))
		persons = append(persons, add("Person", props))
		join("NATIVE_OF", persons[i], pick(places), nil)
		join("LOCATED_IN", persons[i], pick(places), nil)
		join("WORKS_AT", persons[i], pick(companies), nil)
		join("MEMBER_OF", persons[i], pick(agencies), nil)
		join("KNOWS", persons[i], pick(persons), nil)
	}
	return b
}

// TestViewsOfScopesEqualThoseMadeAlone compares, for random graphs, roles and scopes, the
// view that is derived of what all callers of the role see with one that is made of the
// whole picture, element by element.
func TestViewsOfScopesEqualThoseMadeAlone(t *testing.T) {
	model := schema.Default()
	derived := 0
	rapid.Check(t, func(rt *rapid.T) {
		store, err := filestore.Open(filepath.Join(t.TempDir(), "graph.db"), model)
		if err != nil {
			rt.Fatal(err)
		}
		defer func() {
			if err := store.Close(); err != nil {
				rt.Error(err)
			}
		}()
		if _, err := store.Apply(t.Context(), random(rt, model)); err != nil {
			rt.Fatal(err)
		}
		all, err := projection.Build(t.Context(), model, store)
		if err != nil {
			rt.Fatal(err)
		}
		for range 4 {
			id := &access.Identity{Subject: "user:wang", Role: rapid.SampledFrom(schema.Roles).Draw(rt, "role")}
			switch id.Role {
			case schema.RoleStrategist:
				id.Scope.Regions = []string{rapid.SampledFrom(regions).Draw(rt, "region")}
			case schema.RoleIntermediary:
				id.Scope.Intermediary = fmt.Sprintf("中介%d", rapid.IntRange(0, 3).Draw(rt, "agency"))
			}
			want, err := disclosure.ViewOf(t.Context(), model, all, id)
			if err != nil {
				rt.Fatal(err)
			}
			got, err := disclosure.CachedView(t.Context(), model, all, id, disclosure.DefaultViewBytes)
			if err != nil {
				rt.Fatal(err)
			}
			if got.Graph.Held() > 0 {
				derived++
			}
			if a, b := everything(got.Graph), everything(want); a != b {
				rt.Fatalf("%s %v sees\n%s\nwant\n%s", id.Role, id.Scope, a, b)
			}
		}
	})
	if derived == 0 {
		t.Error("no view was derived")
	}
}

// near is what a picture suggests for a text.
func near(p *projection.Projection, text string, limit int) []projection.Hit {
	hits, err := p.Near(context.Background(), text, limit)
	if err != nil {
		panic(err)
	}
	return hits
}

// everything is all that a picture shows, and what its texts and ids find.
func everything(p *projection.Projection) string {
	var b strings.Builder
	for _, k := range p.Model().Nodes {
		first, end := p.Range(k.Name)
		fmt.Fprintf(&b, "%s %d %d\n", k.Name, first, end)
	}
	for _, text := range []string{"王", "王小", "wangxiao", "zj", "gongsi", "小司"} {
		fmt.Fprintf(&b, "%s: %v\n", text, near(p, text, 20))
	}
	for v := range projection.Vertex(p.Order()) {
		n := p.Node(v)
		fmt.Fprintf(&b, "%d %s %v %v found %d\n", v, n.ID, n.Keys, n.Facts, p.Vertex(n.ID))
		for _, text := range []string{p.Caption(v), p.Text(v, "name"), p.Code(v), p.Text(v, "phone")} {
			at, err := p.Lookup(text)
			fmt.Fprintf(&b, "  %s: %d %v %v %v\n", text, at, err, p.Called(text), near(p, text, 5))
		}
		for _, k := range p.Model().Edges {
			fmt.Fprintf(&b, "  %s %v %v\n", k.Name, p.Out(k.Name, v), p.In(k.Name, v))
		}
	}
	for _, k := range p.Model().Edges {
		for number := range int32(p.EdgeCount(k.Name)) {
			e, from, to := p.Edge(k.Name, number)
			fmt.Fprintf(&b, "%s %d %d→%d %s %v %v\n", k.Name, number, from, to, e.ID, e.Facts, p.Current(k.Name, number))
		}
	}
	return b.String()
}
