package candidates_test

import (
	"cmp"
	"math"
	"slices"
	"sync"
	"testing"

	"liantu/graph/candidates"
	"liantu/graph/projection"
	"liantu/graph/questiontest"
	"liantu/graph/tuning"
	"liantu/schema"
)

// TestCandidatesEqualSortThenPage compares pages of candidates with a plain
// form: score all, sort all, put back what stands behind its group, cut the
// page. With few sizes of companies most scores are equal.
func TestCandidatesEqualSortThenPage(t *testing.T) {
	for _, test := range []struct {
		graph  questiontest.Large
		region string
		kind   candidates.Kind
		pages  []int
	}{
		{questiontest.Large{Companies: 1500, Seed: 3, Sizes: 900}, "110000", "", []int{0, 1, 20, 199, 200, 201, 333}},
		{questiontest.Large{Companies: 1500, Seed: 4, Sizes: 3}, "440300", "", []int{5, 250}},
		{questiontest.Large{Companies: 1500, Seed: 5, Sizes: 1}, "330100", candidates.Attract, []int{20, 201}},
		{questiontest.Large{}, "330000", candidates.Grow, []int{5, 20, 400}}, // the sample pack, whose companies are at links that go together
		{questiontest.Large{Companies: 12000, Seed: 7, Sizes: 1}, "330000", "", []int{20, 1000}},
	} {
		p, link := questiontest.SamplePicture(t), "bio-medicine.drug-production.active-pharmaceutical-ingredients"
		if test.graph.Companies > 0 {
			var err error
			if p, err = projection.Build(t.Context(), schema.Default(), test.graph); err != nil {
				t.Fatal(err)
			}
			first, _ := p.Range(projection.Link)
			link = p.Code(first)
		}
		q := candidates.Question{Region: test.region, Link: link, Kind: test.kind}
		ask := func() *candidates.Answer {
			answer, err := candidates.Ask(t.Context(), p, tuning.Default(), q)
			if err != nil {
				t.Fatal(err)
			}
			return answer
		}
		all := ask()
		if all.Len() == 0 {
			t.Fatalf("%s: no candidates", test.region)
		}
		plain := sortAll(p, all.First(all.Len()))
		checkPool(t, p, all, q)
		for _, n := range test.pages {
			page := ask().First(n)
			if len(page) != min(n, all.Len()) {
				t.Fatalf("%d candidates in a page of %d of %d", len(page), n, all.Len())
			}
			for i, c := range page {
				want := plain[i]
				if c.Company != want.Company || c.Kind != want.Kind || c.Score != want.Score || c.SetBack != want.SetBack {
					t.Fatalf("%s: place %d of %d has %s, %v; sorted it is %s, %v", test.region, i, n,
						p.Caption(c.Company), c.Score, p.Caption(want.Company), want.Score)
				}
			}
		}
		deep := all.Len() - 1
		if kind, company := ask().Key(deep); kind != plain[deep].Kind || company != plain[deep].Company {
			t.Errorf("%s: the last candidate is another one", test.region)
		}
	}
}

// TestCandidatesAreMadeTogether reads one answer from several goroutines, from
// both ends: all see the same candidates.
func TestCandidatesAreMadeTogether(t *testing.T) {
	p, err := projection.Build(t.Context(), schema.Default(), questiontest.Large{Companies: 1500, Seed: 8, Sizes: 900})
	if err != nil {
		t.Fatal(err)
	}
	first, _ := p.Range(projection.Link)
	answer, err := candidates.Ask(t.Context(), p, tuning.Default(), candidates.Question{Region: "330100", Link: p.Code(first)})
	if err != nil {
		t.Fatal(err)
	}
	n := answer.Len()
	seen := make([][]*candidates.Candidate, 4)
	var group sync.WaitGroup
	for reader := range seen {
		seen[reader] = make([]*candidates.Candidate, n)
		group.Go(func() {
			for k := range n {
				i := k
				if reader%2 == 1 {
					i = n - 1 - k
				}
				seen[reader][i] = answer.Candidate(i)
			}
		})
	}
	group.Wait()
	for reader := range seen {
		if !slices.Equal(seen[reader], seen[0]) {
			t.Errorf("reader %d sees other candidates", reader)
		}
	}
	if n < candidates.DiverseTop {
		t.Errorf("only %d candidates", n)
	}
}

// sortAll puts candidates in order by the sums of their terms.
func sortAll(p *projection.Projection, all []*candidates.Candidate) []*candidates.Candidate {
	sum := func(c *candidates.Candidate) float64 {
		points := 0.0
		for _, term := range c.Terms {
			points += term.Points * 1e4
		}
		return float64(int(points+20_000.5)) - 20_000
	}
	sorted := slices.Clone(all)
	slices.SortFunc(sorted, func(x, y *candidates.Candidate) int {
		return cmp.Or(cmp.Compare(sum(y), sum(x)), cmp.Compare(x.Kind, y.Kind), p.LargestFirst(x.Company, y.Company))
	})
	top := sorted[:min(candidates.DiverseTop, len(sorted))]
	slices.SortStableFunc(top, func(x, y *candidates.Candidate) int {
		back := map[bool]int{true: 1}
		return back[x.SetBack] - back[y.SetBack]
	})
	return sorted
}

// checkPool checks that every company that would fill the link is a candidate
// or left out, and nobody else.
func checkPool(t *testing.T, p *projection.Projection, answer *candidates.Answer, q candidates.Question) {
	t.Helper()
	first, end := p.CompaniesIn(q.Region)
	local := func(v projection.Vertex) bool { return v >= first && v < end }
	presence := p.Presence(answer.MinGrade)
	want := map[projection.Vertex]bool{}
	note := func(list []projection.Vertex, here bool) {
		for _, v := range list {
			if local(v) == here {
				want[v] = true
			}
		}
	}
	if q.Kind != candidates.Grow {
		note(presence.At(answer.Link), false)
	}
	if q.Kind != candidates.Attract {
		base := baseOf(p, answer, local)
		for v := first; v < end; v++ {
			if p.Active(v) && capable(p, answer, v, local, base) {
				want[v] = true
			}
		}
		for _, v := range presence.At(answer.Link) {
			if local(v) {
				delete(want, v)
			}
		}
	}
	got := map[projection.Vertex]bool{}
	for i := range answer.Len() {
		_, company := answer.Key(i)
		got[company] = true
	}
	for _, x := range answer.Excluded {
		if x.Pursuit == nil || !x.Pursuit.Ours || x.Pursuit.Status != "EXCLUDED" {
			t.Errorf("%s is left out without a reason", p.Caption(x.Company))
		}
		got[x.Company] = true
	}
	if len(got) != answer.Len()+len(answer.Excluded) {
		t.Error("a company is a candidate twice, or a candidate and left out")
	}
	for v := range want {
		if !got[v] {
			t.Errorf("%s is missing", p.Caption(v))
		}
	}
	if len(want) != len(got) {
		t.Errorf("%d companies instead of %d", len(got), len(want))
	}
}

// capable reports, by counting companies one at a time, whether a local company
// is capable of the link by a product or by what companies elsewhere do as well.
func capable(p *projection.Projection, answer *candidates.Answer, company projection.Vertex, local func(projection.Vertex) bool, base float64) bool {
	presence, below := p.Presence(answer.MinGrade), p.CountedAt(answer.Link)
	for _, product := range p.Out(projection.Makes, company).Others {
		for _, link := range p.Out(projection.BelongsTo, product).Others {
			if slices.Contains(below, link) {
				return true
			}
		}
	}
	for _, link := range p.Out(projection.OperatesIn, company).Others {
		if slices.Contains(below, link) || slices.Contains(p.CountsAt(answer.Link), link) {
			continue
		}
		at, both := 0.0, 0.0
		for _, v := range presence.At(link) {
			if !local(v) {
				at++
				if slices.Contains(presence.LinksOf(v), answer.Link) {
					both++
				}
			}
		}
		share, z := both/at, 1.2816
		low := (share + z*z/(2*at) - z*math.Sqrt(share*(1-share)/at+z*z/(4*at*at))) / (1 + z*z/at)
		if both >= 3 && low >= 0.1 && low >= 2*base {
			return true
		}
	}
	return false
}

// baseOf returns the share of the companies elsewhere at any link that are at the
// link.
func baseOf(p *projection.Projection, answer *candidates.Answer, local func(projection.Vertex) bool) float64 {
	first, end := p.Range(projection.Company)
	n, m := 0.0, 0.0
	for v := first; v < end; v++ {
		if links := p.Presence(answer.MinGrade).LinksOf(v); !local(v) && len(links) > 0 {
			n++
			if slices.Contains(links, answer.Link) {
				m++
			}
		}
	}
	return m / n
}
