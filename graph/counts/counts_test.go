package counts_test

import (
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"liantu/graph"
	"liantu/graph/counts"
	"liantu/graph/gaps"
	"liantu/graph/lines"
	"liantu/graph/projection"
	"liantu/graph/questiontest"
)

// TestCountsAreThoseOfTheRows counts again, from the rows that a list has without filters,
// what the filters select and what the summaries count, in random worlds.
func TestCountsAreThoseOfTheRows(t *testing.T) {
	filtered, linkLines, shared := 0, 0, 0
	for seed := range uint64(120) {
		r := rand.New(rand.NewPCG(seed, 41))
		p := questiontest.Picture(t, t, questiontest.Stream(t.Context(), t, questiontest.Generate(r)))
		region, peers, grade := questiontest.GenerateQuestion(r)
		settings := questiontest.GenerateSettings(r)
		for _, levels := range lines.Choices() {
			q := gaps.Question{Region: region, Peers: peers, MinGrade: grade, OrderBy: gaps.ByCode, Levels: levels, WithEmpty: true}
			rows, err := gaps.Ask(t.Context(), p, settings, q)
			if err != nil {
				t.Fatal(err)
			}
			depth, has := 1+r.IntN(3), r.IntN(2) == 0
			f := counts.Filters{MinDepth: &depth, HasPipeline: &has}
			if q.Where, err = f.Where(); err != nil {
				t.Fatal(err)
			}
			q.States = []gaps.State{gaps.Absent, gaps.Weak, gaps.Adequate}
			got, err := gaps.Ask(t.Context(), p, settings, q)
			if err != nil {
				t.Fatal(err)
			}
			var want []*gaps.Verdict
			for _, v := range rows.Verdicts {
				if v.Depth >= depth && len(v.Pipeline()) > 0 == has && slices.Contains(q.States, v.State) {
					want = append(want, v)
				}
			}
			if !slices.Equal(got.Verdicts, want) {
				t.Fatalf("seed %d %s: %d rows, want %d", seed, levels, len(got.Verdicts), len(want))
			}
			filtered += len(rows.Verdicts) - len(want)
			sum, tally := 0, counts.Of(got.Verdicts)
			for _, s := range tally.WithApart() {
				sum += s.Count
			}
			if sum != len(want) {
				t.Fatalf("seed %d: the states add up to %d of %d rows", seed, sum, len(want))
			}
			found, err := counts.Summaries(t.Context(), p, settings, q, levels, counts.Levels())
			if err != nil {
				t.Fatal(err)
			}
			a, b := check(t, p, rows.Verdicts, found)
			linkLines, shared = linkLines+a, shared+b
		}
	}
	if filtered < 100 || linkLines < 100 || shared == 0 {
		t.Errorf("%d rows filtered, %d lines of links, %d lines beyond the rows of their level: too few to show anything", filtered, linkLines, shared)
	}
}

// check counts every line again by what leads from the rows upwards, edge by edge, and
// returns how many lines are of links and how many rows are in several lines of a level.
func check(t *testing.T, p *projection.Projection, rows []*gaps.Verdict, found []counts.Line) (linkLines, shared int) {
	t.Helper()
	want := map[projection.Vertex][]*gaps.Verdict{}
	for _, v := range rows {
		seen, open := map[projection.Vertex]bool{}, []projection.Vertex{v.Link}
		for len(open) > 0 {
			at := open[0]
			open = open[1:]
			if seen[at] {
				continue
			}
			seen[at] = true
			want[at] = append(want[at], v)
			if p.Kind(at) != projection.Ecosystem {
				open = append(open, p.ParentsOf(at)...)
			}
		}
	}
	lines := map[projection.Vertex]bool{}
	chains := 0
	for _, l := range found {
		lines[l.Scope] = true
		of := want[l.Scope]
		states := map[gaps.State]int{}
		for _, v := range of {
			states[v.State]++
		}
		for _, s := range l.WithApart() {
			if s.Count != states[s.State] {
				t.Errorf("%s: %d are %s, want %d", p.Code(l.Scope), s.Count, s.State, states[s.State])
			}
		}
		switch p.Kind(l.Scope) {
		case projection.Link:
			linkLines++
			if len(p.LinksBelow(l.Scope)) < 2 {
				t.Errorf("%s has a line, but nothing below it", p.Code(l.Scope))
			}
		case projection.Chain:
			chains += len(of)
		}
	}
	for scope := range want {
		if kind := p.Kind(scope); kind != projection.Link && !lines[scope] {
			t.Errorf("%s %s has no line", kind, p.Code(scope))
		}
	}
	return linkLines, max(0, chains-len(rows))
}

// TestFiltersThatMeanNothing asks for depths that no link has.
func TestFiltersThatMeanNothing(t *testing.T) {
	zero, one, two := 0, 1, 2
	for _, f := range []counts.Filters{{MinDepth: &zero}, {MaxDepth: &zero}, {MinDepth: &two, MaxDepth: &one}} {
		if _, err := f.Where(); !errors.Is(err, graph.ErrInvalid) {
			t.Errorf("%+v: error %v", f, err)
		}
	}
	if where, err := (counts.Filters{}).Where(); where != nil || err != nil {
		t.Errorf("no filters: %v", err)
	}
}
