package gaps_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"liantu/graph"
	"liantu/graph/gaps"
	"liantu/graph/projection"
)

// told is an edge that an answer names by its id.
type told struct {
	kind     string
	edge     *graph.Edge
	from, to projection.Vertex
}

// edgesByID finds every edge of a picture by its id, as a reader of an answer
// would look one up.
func edgesByID(p *projection.Projection) map[graph.ID]told {
	found := map[graph.ID]told{}
	for _, kind := range p.Model().Edges {
		for number := range int32(p.EdgeCount(kind.Name)) {
			edge, from, to := p.Edge(kind.Name, number)
			found[edge.ID] = told{kind.Name, edge, from, to}
		}
	}
	return found
}

// companySet are the companies that some evidence puts at a link.
type companySet map[projection.Vertex]bool // whether it leads there

// counted is what the evidence ids of an answer say: companies by link.
type counted struct {
	p   *projection.Projection
	at  map[projection.Vertex]companySet
	all companySet
}

// count follows the evidence ids of all verdicts on a region.
func count(t *testing.T, p *projection.Projection, edges map[graph.ID]told, region string) (*gaps.Answer, *counted) {
	t.Helper()
	answer, err := gaps.Ask(t.Context(), p, gaps.DefaultSettings(), gaps.Question{Region: region})
	if err != nil {
		t.Fatal(err)
	}
	c := &counted{p: p, at: map[projection.Vertex]companySet{}, all: companySet{}}
	for _, v := range answer.Verdicts {
		set := companySet{}
		for _, e := range v.Evidence() {
			x := edges[e.Edge]
			if x.kind != projection.OperatesIn || x.from != e.Company || x.to != e.Link {
				t.Fatalf("evidence %s is %+v", e.Edge, x)
			}
			leads, _ := x.edge.Get("leader")
			set[x.from] = set[x.from] || leads == true || p.Leads(x.from)
			c.all[x.from] = true
		}
		c.at[v.Link] = set
	}
	return answer, c
}

func (c *counted) union(links []projection.Vertex) companySet {
	set := companySet{}
	for _, link := range links {
		for company := range c.at[link] {
			set[company] = true
		}
	}
	return set
}

func (s companySet) leaders() (n int) {
	for _, leads := range s {
		if leads {
			n++
		}
	}
	return n
}

// top1 is the share of the largest company in the measure that half of the
// companies tell.
func (s companySet) top1(p *projection.Projection) float64 {
	for _, property := range []string{"employees", "registered_capital"} {
		known, sum, largest := 0, 0.0, 0.0
		for company := range s {
			value, _ := p.Value(company, property)
			x, _ := value.(float64)
			if whole, ok := value.(int64); ok {
				x = float64(whole)
			}
			if x > 0 {
				known, sum, largest = known+1, sum+x, max(largest, x)
			}
		}
		if known > 0 && 2*known >= len(s) {
			return largest / sum
		}
	}
	return math.NaN()
}

// TestReasonsFollowFromEvidence recomputes the numbers in the sentences of
// every verdict on the sample pack from the evidence ids of the answers alone:
// those on the region, and those on the country for the reference.
func TestReasonsFollowFromEvidence(t *testing.T) {
	p := samplePicture(t)
	edges := edgesByID(p)
	_, country := count(t, p, edges, "100000")
	seen := map[gaps.Code]int{}
	for _, region := range []string{"330100", "330000"} {
		answer, here := count(t, p, edges, region)
		for _, v := range answer.Verdicts {
			for _, r := range v.Reasons() {
				want := here.numbersIn(country, v, r.Code)
				if len(want) > 0 {
					seen[r.Code]++
				}
				for _, number := range want {
					if !strings.Contains(" "+r.Text.Zh, number) || !strings.Contains(" "+r.Text.En, number) {
						t.Fatalf("%s at %s: by the evidence %q, but it says %q, %q", r.Code, p.Code(v.Link), number, r.Text.Zh, r.Text.En)
					}
				}
			}
		}
	}
	for _, code := range []gaps.Code{
		gaps.NoneFound, gaps.BelowExpected, gaps.AboveExpected, gaps.SingleFirm, gaps.NoAnchor, gaps.HasAnchor,
		gaps.Demand, gaps.Supply, gaps.ChainEstablished, gaps.ChainThin,
	} {
		if seen[code] == 0 {
			t.Errorf("no sentence %s was recomputed: %v", code, seen)
		}
	}
}

// numbersIn returns the numbers that a sentence must hold, as they are written.
func (c *counted) numbersIn(country *counted, v *gaps.Verdict, code gaps.Code) []string {
	n, reference := len(c.at[v.Link]), country.at[v.Link]
	expected := float64(len(c.all)) * float64(len(reference)) / float64(len(country.all))
	short := func(x float64) string {
		switch {
		case x > 0 && x < 0.05:
			return "<0.1"
		case x < 100:
			return fmt.Sprintf("%.1f", x)
		}
		return fmt.Sprintf("%.0f", x)
	}
	switch code {
	case gaps.NoneFound:
		return []string{short(expected)}
	case gaps.BelowExpected, gaps.AsExpected, gaps.AboveExpected:
		prior := v.Numbers.Prior.Or(math.NaN())
		return []string{fmt.Sprintf(" %d ", n), short(expected), fmt.Sprintf("%.2f", (prior+float64(n))/(prior+expected))}
	case gaps.SingleFirm:
		if n > 1 {
			return []string{fmt.Sprintf("%.0f%%", 100*c.at[v.Link].top1(c.p))}
		}
	case gaps.NoAnchor:
		return []string{fmt.Sprintf(" %d ", reference.leaders())}
	case gaps.HasAnchor:
		return []string{fmt.Sprintf(" %d ", c.at[v.Link].leaders())}
	case gaps.Demand:
		return []string{fmt.Sprintf(" %d ", len(c.union(c.p.Downstream(v.Link))))}
	case gaps.Supply:
		return []string{fmt.Sprintf(" %d ", len(c.union(c.p.Upstream(v.Link))))}
	case gaps.ChainEstablished, gaps.ChainThin:
		links := c.p.LinksIn(v.Chain)
		present := len(slices.DeleteFunc(slices.Clone(links), func(link projection.Vertex) bool { return len(c.at[link]) == 0 }))
		if present > 0 {
			return []string{fmt.Sprintf("%.0f%%", 100*float64(present)/float64(len(links)))}
		}
	}
	return nil
}

// TestCandidateTermsFollowFromEvidence recomputes the terms of candidates from
// the ids of their evidence and edges, over the sample pack and over a
// generated graph that has supplies and holdings.
func TestCandidateTermsFollowFromEvidence(t *testing.T) {
	generated, err := projection.Build(t.Context(), samplePicture(t).Model(), large{companies: 3000, seed: 9, sizes: 900})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[gaps.Code]int{}
	for _, p := range []*projection.Projection{samplePicture(t), generated} {
		edges := edgesByID(p)
		first, end := p.Range(projection.Link)
		for link := first; link < end; link += max(1, (end-first)/25) {
			_, country := countLink(t, p, edges, link)
			for _, region := range []string{"330100", "330000"} {
				answer, err := gaps.Candidates(t.Context(), p, gaps.DefaultSettings(), gaps.CandidateQuestion{Region: region, Link: p.Code(link)})
				if err != nil {
					t.Fatal(err)
				}
				for _, c := range answer.First(60) {
					checkTerms(t, p, edges, country, answer, c, seen)
				}
			}
		}
	}
	for _, code := range []gaps.Code{
		gaps.TermFit, gaps.TermSupplyTie, gaps.TermSize, gaps.TermExpansion, gaps.TermProximity, gaps.TermReach, gaps.TermCommitment,
	} {
		if seen[code] == 0 {
			t.Errorf("no term %s was recomputed: %v", code, seen)
		}
	}
}

// countLink follows the evidence ids of the verdict of the country on one link.
func countLink(t *testing.T, p *projection.Projection, edges map[graph.ID]told, link projection.Vertex) (*gaps.Verdict, companySet) {
	t.Helper()
	answer, err := gaps.Ask(t.Context(), p, gaps.DefaultSettings(), gaps.Question{Region: "100000", Scope: []string{p.Code(link)}})
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(answer.Verdicts, func(v *gaps.Verdict) bool { return v.Link == link })
	set := companySet{}
	for _, e := range answer.Verdicts[i].Evidence() {
		set[edges[e.Edge].from] = true
	}
	return answer.Verdicts[i], set
}

func checkTerms(
	t *testing.T, p *projection.Projection, edges map[graph.ID]told, country companySet, answer *gaps.CandidateAnswer,
	c *gaps.Candidate, seen map[gaps.Code]int,
) {
	t.Helper()
	for _, term := range c.Terms {
		value, known := term.Value.Get()
		if !known {
			continue
		}
		want, number := recomputed(p, edges, country, answer, c, term.Code)
		if math.IsNaN(want) {
			continue
		}
		if math.Abs(want-value) > 1e-12 || math.Abs(math.Round(term.Weight*want*1e4)/1e4-term.Points) > 1e-12 {
			t.Fatalf("%s of %s: %v by its ids, %v, %v points", term.Code, p.Caption(c.Company), want, value, term.Points)
		}
		i := slices.IndexFunc(c.Reasons, func(r gaps.Reason) bool { return r.Code == term.Code })
		if r := c.Reasons[i]; r.Points != term.Points || !strings.Contains(" "+r.Text.Zh, number) || !strings.Contains(" "+r.Text.En, number) {
			t.Fatalf("%s of %s: %q by its ids, but it says %q, %q", term.Code, p.Caption(c.Company), number, r.Text.Zh, r.Text.En)
		}
		seen[term.Code]++
	}
}

// recomputed returns the value of a term and the number that its sentence must
// hold, NaN where the ids say nothing.
func recomputed(
	p *projection.Projection, edges map[graph.ID]told, country companySet, answer *gaps.CandidateAnswer, c *gaps.Candidate, code gaps.Code,
) (float64, string) {
	of := func(kind string) (found []told) {
		for _, id := range c.Edges {
			if x := edges[id]; x.kind == kind {
				found = append(found, x)
			}
		}
		return found
	}
	city := func(area string) string { return area[:4] }
	switch code {
	case gaps.TermFit:
		return fitByIDs(edges, c)
	case gaps.TermSupplyTie:
		n := len(of(projection.Supplies))
		return float64(n) / float64(n+2), fmt.Sprintf(" %d ", n)
	case gaps.TermSize:
		return sizeByIDs(p, country, c)
	case gaps.TermExpansion:
		cities := map[string]bool{}
		for _, x := range append(of(projection.LocatedIn), of(projection.InvestsIn)...) {
			if x.kind == projection.LocatedIn {
				cities[city(p.AreaOf(x.to))] = true
			} else {
				cities[city(p.PlaceOf(x.to))] = true
			}
		}
		n := len(cities)
		return float64(n) / float64(n+2), fmt.Sprintf(" %d ", n)
	case gaps.TermProximity:
		place, here := p.PlaceOf(c.Company), p.AreaOf(answer.Region)
		switch {
		case projection.Within(place, here) || city(place) == city(here):
			return 1, ""
		case place[:2] == here[:2]:
			return 0.7, ""
		case place[0] == here[0]:
			return 0.4, ""
		}
		return 0.1, ""
	case gaps.TermReach:
		if len(of(projection.WorksAt)) > 0 && len(of(projection.NativeOf)) > 0 {
			return 1, ""
		}
		if len(of(projection.Serves)) > 0 && len(of(projection.Covers)) > 0 {
			return 0.5, ""
		}
		return 0, ""
	case gaps.TermCommitment:
		if len(of(projection.Involves)) > 0 {
			return 1, ""
		}
		if targets := of(projection.Targets); len(targets) > 0 {
			x := targets[0]
			ours := slices.ContainsFunc(c.Pursuits, func(pursuit gaps.Pursuit) bool { return pursuit.Edge == x.edge.ID && pursuit.Ours })
			status, _ := x.edge.Get("status")
			switch {
			case ours:
				return 0, ""
			case status == "EXCLUDED":
				return 1, ""
			}
			return 0.5, ""
		}
		return 0, ""
	}
	return math.NaN(), ""
}

// fitByIDs reads the best grade and the largest share from the evidence.
func fitByIDs(edges map[graph.ID]told, c *gaps.Candidate) (float64, string) {
	if c.Kind == gaps.Grow {
		return math.NaN(), ""
	}
	trust := map[graph.Grade]float64{graph.GradeA: 1, graph.GradeB: 0.9, graph.GradeC: 0.7, graph.GradeD: 0.4}
	best, share, hasShare := graph.Grade("Z"), 0.0, false
	for _, e := range c.Evidence {
		x := edges[e.Edge].edge
		best = min(best, x.Grade())
		value, _ := x.Get("revenue_share")
		if y, ok := value.(float64); ok {
			share, hasShare = max(share, y), true
		}
	}
	number := string(best)
	if hasShare {
		number = fmt.Sprintf("%.0f%%", 100*share)
	}
	return (trust[best] + share) / 2, number
}

// sizeByIDs compares the company with those that the evidence on the country
// puts at the link.
func sizeByIDs(p *projection.Projection, country companySet, c *gaps.Candidate) (float64, string) {
	i := slices.IndexFunc(c.Reasons, func(r gaps.Reason) bool { return r.Code == gaps.TermSize })
	if strings.Contains(c.Reasons[i].Text.En, "leader") {
		return 1, ""
	}
	for _, size := range []func(projection.Vertex) float64{p.Employees, p.Capital} {
		own, known, less := size(c.Company), 0, 0
		for company := range country {
			if x := size(company); !math.IsNaN(x) {
				known++
				if x < own {
					less++
				}
			}
		}
		if math.IsNaN(own) || known == 0 {
			continue
		}
		share := float64(less) / float64(known)
		if less == 0 {
			return 0, fmt.Sprintf("%.0f", own)
		}
		return share, fmt.Sprintf("%.0f%%", 100*share)
	}
	return math.NaN(), ""
}
