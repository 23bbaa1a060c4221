package gaps_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"liantu/graph"
	"liantu/graph/gaps"
	"liantu/graph/lines"
	"liantu/graph/projection"
	"liantu/graph/questiontest"
	"liantu/graph/tuning"
)

// TestEveryLinkIsRepresented holds the lists by leaves to what they promise: a row is above
// another only where it calls for work or is strong; every link that is not listed has a row
// above or below it, as what is stated counts; and if it calls for work or is strong, so does
// or is one below it. In a third of the worlds some links lie in
// cycles.
func TestEveryLinkIsRepresented(t *testing.T) {
	left, work := 0, 0
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 15))
		batch := questiontest.Generate(r)
		if seed%3 == 0 {
			batch = withCycles(r, batch)
		}
		p := questiontest.Picture(t, t, questiontest.Stream(t.Context(), t, batch))
		region, peers, grade := questiontest.GenerateQuestion(r)
		settings := questiontest.GenerateSettings(r)
		q := gaps.Question{Region: region, Peers: peers, MinGrade: grade, OrderBy: gaps.ByCode, Levels: lines.All}
		all := asked(t, p, settings, q)
		q.Levels = ""
		list := asked(t, p, settings, q)
		if all.Represented != 0 || list.Links != len(all.Verdicts) || list.Links != len(list.Verdicts)+list.Represented {
			t.Fatalf("seed %d: %d rows and %d others of %d links", seed, len(list.Verdicts), list.Represented, len(all.Verdicts))
		}
		for _, v := range list.Verdicts {
			for _, w := range list.Verdicts {
				cycle := slices.Contains(p.CountedAt(w.Link), v.Link)
				if !cycle && slices.Contains(p.CountedAt(v.Link), w.Link) && !v.CallsForWork() && v.State != gaps.Strong {
					t.Fatalf("seed %d: %s and %s below it are listed", seed, p.Code(v.Link), p.Code(w.Link))
				}
			}
		}
		for _, v := range all.Verdicts {
			if slices.Contains(list.Verdicts, v) {
				continue
			}
			if left++; v.CallsForWork() {
				work++
			}
			near := slices.Concat(p.CountedAt(v.Link), p.CountsAt(v.Link))
			if !slices.ContainsFunc(list.Verdicts, func(w *gaps.Verdict) bool { return slices.Contains(near, w.Link) }) {
				t.Fatalf("seed %d: %s (%s, %s) has no row above or below it", seed, p.Code(v.Link), v.State, v.Action)
			}
			below := func(is func(w *gaps.Verdict) bool) bool {
				return slices.ContainsFunc(list.Verdicts, func(w *gaps.Verdict) bool { return is(w) && slices.Contains(p.CountedAt(v.Link), w.Link) })
			}
			if v.CallsForWork() && !below((*gaps.Verdict).CallsForWork) ||
				v.State == gaps.Strong && !below(func(w *gaps.Verdict) bool { return w.State == gaps.Strong }) {
				t.Fatalf("seed %d: %s (%s, %s) is lost", seed, p.Code(v.Link), v.State, v.Action)
			}
		}
	}
	if left < 100 || work < 20 {
		t.Errorf("%d links were left out, %d of them call for work: too few to show anything", left, work)
	}
}

func asked(t *testing.T, p *projection.Projection, settings tuning.Settings, q gaps.Question) *gaps.Answer {
	t.Helper()
	answer, err := gaps.Ask(t.Context(), p, settings, q)
	if err != nil {
		t.Fatal(err)
	}
	return answer
}

// withCycles makes some links part of links that are part of them.
func withCycles(r *rand.Rand, batch graph.Batch) graph.Batch {
	b := questiontest.NewBuilder()
	for range 3 {
		x, y := questiontest.Props{"code": "l" + string(rune('0'+r.IntN(5)))}, questiontest.Props{"code": "l" + string(rune('0'+r.IntN(5)))}
		if x["code"] != y["code"] {
			b.Edge("PART_OF", b.Node("Link", x), b.Node("Link", y), nil)
			b.Edge("PART_OF", b.Node("Link", y), b.Node("Link", x), nil)
		}
	}
	more := b.Batch()
	return graph.Batch{Nodes: append(batch.Nodes, more.Nodes...), Edges: append(batch.Edges, more.Edges...)}
}
