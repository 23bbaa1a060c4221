package introductions_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"liantu/graph"
	"liantu/graph/introductions"
	"liantu/graph/projection"
	"liantu/graph/questiontest"
	"liantu/graph/tuning"
	"liantu/schema"
)

// society is a store of one version that streams 100,000 nodes and a million
// edges that introductions follow. Some intermediaries have thousands of members
// and clients, some companies hundreds of suppliers.
type society struct{}

func (society) Apply(context.Context, graph.Batch) (graph.Result, error) {
	return graph.Result{}, graph.ErrDenied
}
func (society) Version(context.Context) (graph.Version, error) { return 1, nil }
func (society) Close() error                                   { return nil }
func (society) Namer(context.Context) (*graph.Namer, error)    { return questiontest.Names(), nil }

func (society) Changes(_ context.Context, _ graph.Version, yield func(graph.Change) error) (graph.Version, error) {
	g := crowd{&questiontest.Generator{
		Yield: yield, Rand: rand.New(rand.NewPCG(1, 2)),
		Provenance: graph.Provenance{Source: "generator", AsOf: "2024-06-30", Grade: graph.GradeB},
	}}
	cities, err := g.Regions()
	if err != nil {
		return 0, err
	}
	s := map[string][]graph.ID{"Region": cities}
	for _, kind := range []struct {
		name  string
		count int
		props func(i int) map[string]any
	}{
		{"Company", 60_000, func(i int) map[string]any { return map[string]any{"name": fmt.Sprint("企业", i)} }},
		{"Intermediary", 4_000, func(i int) map[string]any { return map[string]any{"name": fmt.Sprint("机构", i)} }},
		{"Person", 32_500, func(i int) map[string]any {
			return map[string]any{"code": fmt.Sprint("P", i), "name": "示例", "consent": g.one("GIVEN", "GIVEN", "GIVEN", "REFUSED")}
		}},
	} {
		for i := range kind.count {
			id, err := g.Node(kind.name, kind.props(i))
			if err != nil {
				return 0, err
			}
			s[kind.name] = append(s[kind.name], id)
		}
	}
	return 1, g.socialise(s)
}

// crowd draws people and the ties between them.
type crowd struct{ *questiontest.Generator }

func (g crowd) one(values ...string) string { return values[g.Rand.IntN(len(values))] }

// socialise ties all to each other.
func (g crowd) socialise(s map[string][]graph.ID) error {
	for _, kind := range []struct {
		name, from, to string
		count          int
		skew           float64 // 1 is even; more of them at the first objects the higher
		props          func() map[string]any
	}{
		{"LOCATED_IN", "Company", "Region", 60_000, 2, func() map[string]any { return map[string]any{"role": "REGISTERED"} }},
		{"NATIVE_OF", "Person", "Region", 32_500, 2, nil},
		{"COVERS", "Intermediary", "Region", 12_000, 2, nil},
		{"WORKS_AT", "Person", "Company", 150_000, 1.5, func() map[string]any {
			return map[string]any{
				"post": "职务", "influence": g.one("DECIDES", "ADVISES", "KNOWS"),
				"valid_from": g.one("2005", "2012", "2018-03"), "valid_to": g.one("2014", "2020-06", "2030"),
			}
		}},
		{"MEMBER_OF", "Person", "Intermediary", 100_000, 3, nil},
		{"KNOWS", "Person", "Person", 300_000, 1.2, func() map[string]any {
			return map[string]any{"closeness": g.one("CLOSE", "REGULAR", "DISTANT"), "last_contact": g.one("2019", "2022-02-02", "2024-05")}
		}},
		{"SUPPLIES", "Company", "Company", 180_000, 1.5, nil},
		{"INVESTS_IN", "Company", "Company", 50_000, 1.5, nil},
		{"SERVES", "Company", "Intermediary", 130_000, 3, func() map[string]any {
			return map[string]any{"service": g.one("AUDITOR", "LAW_FIRM", "UNDERWRITER"), "date": g.one("2012-05-01", "2020", "2024-01-09")}
		}},
	} {
		from, to := s[kind.from], s[kind.to]
		for i := range kind.count {
			props := map[string]any{}
			if kind.props != nil {
				props = kind.props()
			}
			subject, x := from[i%len(from)], 1.0
			for range int(kind.skew * 2) {
				x = min(x, g.Rand.Float64())
			}
			object := to[int(x*float64(len(to)))]
			if kind.name == "SERVES" {
				subject, object = object, subject
			}
			if err := g.Edge(kind.name, subject, object, props); err != nil {
				return err
			}
		}
	}
	return nil
}

// BenchmarkIntroductions asks for the ten strongest paths to companies among
// 100,000 nodes and a million edges. The first question to a picture collects
// the ties besides, as measured by ties.
func BenchmarkIntroductions(b *testing.B) {
	p, err := projection.Build(b.Context(), schema.Default(), society{})
	if err != nil {
		b.Fatal(err)
	}
	settings := tuning.Default()
	for _, region := range []string{"330100", "330000"} {
		b.Run("region="+region, func(b *testing.B) {
			r := rand.New(rand.NewPCG(3, 4))
			found := 0
			if _, err := introductions.Ask(b.Context(), p, settings, introductions.Question{Region: region, Company: "企业1"}); err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				q := introductions.Question{Region: region, Company: fmt.Sprint("企业", r.IntN(60_000)), Most: 10}
				answer, err := introductions.Ask(b.Context(), p, settings, q)
				if err != nil {
					b.Fatal(err)
				}
				found += len(answer.Introductions)
			}
			b.ReportMetric(float64(found)/float64(b.N), "paths/op")
		})
	}
	b.Run("ties", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			settings.Introductions.Undated = 0.4 + float64(i)/1e6 // ties of other settings are collected anew
			if _, err := introductions.Ask(b.Context(), p, settings, introductions.Question{Region: "330100", Company: "企业1"}); err != nil {
				b.Fatal(err)
			}
		}
	})
}
