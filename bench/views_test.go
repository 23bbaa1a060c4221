package bench_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"liantu/access"
	"liantu/api"
	"liantu/examples/zhejiang/picture"
	"liantu/graph/projection"
	"liantu/schema"
)

// scopesInTurn is how many scopes of one role ask in turn.
const scopesInTurn = 20

// BenchmarkViews compares what one scope of a role costs with what twenty cost that ask
// in turn, their views included: each time on a new picture, without cached answers. The
// metric ratio is the second by the first.
func BenchmarkViews(b *testing.B) {
	for _, role := range []struct {
		name   string
		asks   string
		scopes func(p *projection.Projection) []*access.Identity
	}{
		{"intermediary", `query($of: ID!) { needs(intermediary: $of, region: "330100", first: 5) { totalCount } }`, intermediaries},
		{"strategist", `query($of: ID!) { gaps(region: $of, first: 5) { totalCount } }`, strategists},
	} {
		b.Run(role.name, func(b *testing.B) {
			var one, all time.Duration
			for range b.N {
				one += roundOf(b, role.asks, role.scopes, 1)
				all += roundOf(b, role.asks, role.scopes, scopesInTurn)
			}
			b.ReportMetric(float64(one.Milliseconds())/float64(b.N), "one-cpu-ms")
			b.ReportMetric(float64(all.Milliseconds())/float64(b.N), "twenty-cpu-ms")
			b.ReportMetric(float64(all)/float64(one), "ratio")
		})
	}
}

// roundOf is the processor time in which the first scopes of a role ask once, one after
// another, on a new picture.
func roundOf(b *testing.B, asks string, scopes func(*projection.Projection) []*access.Identity, count int) time.Duration {
	b.StopTimer()
	defer b.StartTimer()
	live, err := picture.New(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	cfg := api.DefaultConfig()
	cfg.AnswerBytes = 0
	s, err := api.New(cfg, api.Deps{Pictures: live})
	if err != nil {
		b.Fatal(err)
	}
	callers := scopes(live.Current())[:count]
	start := cpu(b)
	for _, id := range callers {
		of := id.Scope.Intermediary
		if of == "" {
			of = id.Scope.Regions[0]
		}
		if answer := s.Execute(b.Context(), api.Request{ID: "bench", Query: asks, Variables: map[string]any{"of": of}, Identity: id}); len(answer.Errors) > 0 {
			b.Fatal(of, answer.Errors)
		}
	}
	return cpu(b) - start
}

// intermediaries are callers that are intermediaries of the picture.
func intermediaries(p *projection.Projection) (list []*access.Identity) {
	first, end := p.Range(projection.Intermediary)
	for v := first; v < end; v++ {
		list = append(list, &access.Identity{
			Subject: fmt.Sprintf("user:%d", v), Role: schema.RoleIntermediary, Scope: access.Scope{Intermediary: string(p.ID(v))},
		})
	}
	return list
}

// strategists are callers of one region each, those of Zhejiang first.
func strategists(p *projection.Projection) (list []*access.Identity) {
	for _, v := range slices.Concat(p.RegionsAt(projection.LevelCity, "330000"), p.RegionsAt(projection.LevelCity, "320000")) {
		list = append(list, &access.Identity{
			Subject: "user:" + p.AreaOf(v), Role: schema.RoleStrategist, Scope: access.Scope{Regions: []string{p.AreaOf(v)}},
		})
	}
	return list
}
