package candidates_test

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"

	"liantu/graph"
	"liantu/graph/candidates"
	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/graph/projects"
	"liantu/graph/questiontest"
	"liantu/graph/tuning"
	"liantu/schema"
)

// TestManyLinksEqualOneByOne compares the list over many links with what the questions about
// each of them say: every company once, at its best link, in the order of the definition.
func TestManyLinksEqualOneByOne(t *testing.T) {
	several, hands := 0, 0
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 23))
		p := questiontest.Picture(t, t, questiontest.Store(t, t, questiontest.Generate(r)))
		region, _, _ := questiontest.GenerateQuestion(r)
		all, n := checkMerged(t, p, candidates.Question{Region: region, MinGrade: graph.GradeD})
		several += n
		hands += all.InHand
	}
	for _, large := range []questiontest.Large{{Companies: 1500, Seed: 3, Sizes: 2}, {Companies: 3000, Seed: 4, Sizes: 900}} {
		p, err := projection.Build(t.Context(), schema.Default(), large)
		if err != nil {
			t.Fatal(err)
		}
		checkMerged(t, p, candidates.Question{Region: "330100"})
		checkMerged(t, p, candidates.Question{Region: "330000", Kind: candidates.Attract})
	}
	if several < 100 || hands < 3 {
		t.Errorf("only %d companies at several links, %d in hand", several, hands)
	}
}

// checkMerged asks of up to 70 links together and one by one.
func checkMerged(t *testing.T, p *projection.Projection, q candidates.Question) (together *candidates.Answer, several int) {
	t.Helper()
	first, end := p.Range(projection.Link)
	for link := first; link < min(end, first+70); link++ {
		q.Links = append(q.Links, string(p.ID(link)))
	}
	ask := func(q candidates.Question) *candidates.Answer {
		answer, err := candidates.Ask(t.Context(), p, tuning.Default(), q)
		if err != nil {
			t.Fatal(err)
		}
		return answer
	}
	type sum struct {
		candidates.Candidate
		links []candidates.Filling
		stage int
	}
	want, left := map[projection.Vertex]*sum{}, map[projection.Vertex]bool{}
	for _, link := range q.Links {
		one := q
		one.Links = []string{link}
		answer := ask(one)
		for _, c := range answer.First(answer.Len()) {
			x := want[c.Company]
			if x == nil {
				x = &sum{Candidate: *c, stage: -2}
				want[c.Company] = x
			} else if c.Score > x.Score {
				x.Candidate = *c
			}
			x.links = append(x.links, candidates.Filling{Link: answer.Link, Score: c.Score})
			if c.InHand != nil {
				x.stage = max(x.stage, projects.Rank(c.InHand.Stage))
			}
		}
		for _, x := range answer.Excluded {
			left[x.Company] = true
		}
	}
	together = ask(q)
	found := together.First(together.Len())
	if len(found) != len(want) {
		t.Fatalf("%d companies, want %d", len(found), len(want))
	}
	for _, x := range together.Excluded {
		if !left[x.Company] || want[x.Company] != nil {
			t.Fatalf("%s is left out", p.Caption(x.Company))
		}
		delete(left, x.Company)
	}
	for company := range left {
		if want[company] == nil {
			t.Fatalf("%s is not among those left out", p.Caption(company))
		}
	}
	for _, c := range found {
		x := want[c.Company]
		if x == nil {
			t.Fatalf("%s is a candidate for many links and for none of them", p.Caption(c.Company))
		}
		slices.SortStableFunc(x.links, func(a, b candidates.Filling) int { return cmp.Compare(b.Score, a.Score) })
		if c.Link != x.Link || c.Score != x.Score || c.Kind != x.Kind || !slices.Equal(c.Links, x.links) || !slices.Equal(c.Reasons, x.Reasons) ||
			(c.InHand != nil) != (x.stage > -2) || c.InHand != nil && projects.Rank(c.InHand.Stage) != x.stage {
			t.Fatalf("%s: %+v, want %+v", p.Caption(c.Company), c, x)
		}
		if len(c.Links) > 1 {
			several++
		}
	}
	sorted := slices.Clone(found)
	slices.SortFunc(sorted, func(a, b *candidates.Candidate) int {
		x, y := want[a.Company], want[b.Company]
		return cmp.Or(cmp.Compare(y.stage, x.stage), cmp.Compare(gaps.Round(b.Score), gaps.Round(a.Score)), cmp.Compare(len(b.Links), len(a.Links)),
			cmp.Compare(a.Kind, b.Kind), p.LargestFirst(a.Company, b.Company))
	})
	top := sorted[together.InHand:min(together.InHand+candidates.DiverseTop, len(sorted))]
	slices.SortStableFunc(top, func(a, b *candidates.Candidate) int {
		back := map[bool]int{true: 1}
		return back[a.SetBack] - back[b.SetBack]
	})
	if !slices.Equal(sorted, found) {
		t.Fatal("another order")
	}
	for _, n := range []int{1, 20, 250} {
		for i, c := range ask(q).First(n) {
			if c.Company != found[i].Company || c.SetBack != found[i].SetBack {
				t.Fatalf("a page of %d has another company at place %d", n, i)
			}
		}
	}
	return together, several
}

// TestTooManyLinks checks that a question of too many links is refused, and that of a scope
// the first ones are taken.
func TestTooManyLinks(t *testing.T) {
	b := questiontest.NewBuilder()
	b.Node("Region", questiontest.Props{"code": "330100", "name": "杭州市"})
	there := b.Node("Region", questiontest.Props{"code": "440300", "name": "深圳市"})
	chain := b.Node("Chain", questiontest.Props{"code": "c", "name": "链"})
	b.Source(questiontest.Props{"name": "test", "population": "LISTED", "complete_in": []string{"100000", "330100"}})
	company := b.Node("Company", questiontest.Props{"name": "深企"})
	b.Edge("LOCATED_IN", company, there, nil)
	var codes []string
	for i := range candidates.MaxLinks + 7 {
		code := "l" + string(rune('a'+i/26)) + string(rune('a'+i%26))
		codes = append(codes, code)
		link := b.Node("Link", questiontest.Props{"code": code, "name": "环节" + code, "declared_role": "CORE"})
		b.Edge("PART_OF", link, chain, nil)
		b.Edge("OPERATES_IN", company, link, nil)
	}
	p := questiontest.Picture(t, t, questiontest.Store(t, t, b.Batch()))
	answer, err := candidates.Ask(t.Context(), p, tuning.Default(), candidates.Question{Region: "330100", Scope: []string{"c"}})
	if err != nil || len(answer.Links) != candidates.MaxLinks || answer.LinksLeft != 7 || answer.Len() != 1 || len(answer.Candidate(0).Links) != candidates.MaxLinks {
		t.Fatalf("%d links, %d left, error %v", len(answer.Links), answer.LinksLeft, err)
	}
	for n, want := range map[int]bool{candidates.MaxLinks: true, candidates.MaxLinks + 1: false} {
		_, err := candidates.Ask(t.Context(), p, tuning.Default(), candidates.Question{Region: "330100", Links: codes[:n]})
		if (err == nil) != want {
			t.Errorf("%d links: error %v", n, err)
		}
	}
}
