package candidates_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"liantu/graph"
	"liantu/graph/candidates"
	"liantu/graph/gaps"
	"liantu/graph/lines"
	"liantu/graph/projection"
	"liantu/graph/questiontest"
	"liantu/graph/tuning"
	"liantu/schema"
)

// TestCandidateTermsFollowFromEvidence recomputes the terms of candidates from
// the ids of their evidence and edges, over the sample pack and over a
// generated graph that has supplies and holdings.
func TestCandidateTermsFollowFromEvidence(t *testing.T) {
	generated, err := projection.Build(t.Context(), questiontest.SamplePicture(t).Model(), questiontest.Large{Companies: 3000, Seed: 9, Sizes: 900})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[gaps.Code]int{}
	for _, p := range []*projection.Projection{questiontest.SamplePicture(t), generated} {
		edges := questiontest.EdgesByID(p)
		first, end := p.Range(projection.Link)
		for link := first; link < end; link += max(1, (end-first)/25) {
			_, country := countLink(t, p, edges, link)
			for _, region := range []string{"330100", "330000"} {
				answer, err := candidates.Ask(t.Context(), p, tuning.Default(), candidates.Question{Region: region, Link: p.Code(link)})
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
func countLink(t *testing.T, p *projection.Projection, edges map[graph.ID]questiontest.NamedEdge, link projection.Vertex) (*gaps.Verdict, map[projection.Vertex]bool) {
	t.Helper()
	answer, err := gaps.Ask(t.Context(), p, tuning.Default(), gaps.Question{Region: "100000", Scope: []string{p.Code(link)}, WithEmpty: true, Levels: lines.All})
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(answer.Verdicts, func(v *gaps.Verdict) bool { return v.Link == link })
	set := map[projection.Vertex]bool{}
	for _, e := range answer.Verdicts[i].Evidence() {
		set[edges[e.Edge].From] = true
	}
	return answer.Verdicts[i], set
}

func checkTerms(
	t *testing.T, p *projection.Projection, edges map[graph.ID]questiontest.NamedEdge, country map[projection.Vertex]bool, answer *candidates.Answer,
	c *candidates.Candidate, seen map[gaps.Code]int,
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
	p *projection.Projection, edges map[graph.ID]questiontest.NamedEdge, country map[projection.Vertex]bool, answer *candidates.Answer, c *candidates.Candidate, code gaps.Code,
) (float64, string) {
	of := func(kind string) (found []questiontest.NamedEdge) {
		for _, id := range c.Edges {
			if x := edges[id]; x.Kind == kind {
				found = append(found, x)
			}
		}
		return found
	}
	city := func(area string) string { return area[:4] }
	switch code {
	case gaps.TermFit:
		if c.Kind == candidates.Grow {
			return growByCounting(p, edges, answer, c)
		}
		return fitByIDs(edges, c)
	case gaps.TermSupplyTie:
		n := len(of(projection.Supplies))
		return float64(n) / float64(n+2), fmt.Sprintf(" %d ", n)
	case gaps.TermSize:
		return sizeByIDs(p, country, c)
	case gaps.TermExpansion:
		return expansionByIDs(p, of)
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
		if len(of(projection.WorksAt)) > 0 || len(of(projection.NativeOf)) > 0 {
			return math.NaN(), "" // an id that identifies the person
		}
		if nativeWorksAt(p, c.Company, p.AreaOf(answer.Region)) {
			return 1, ""
		}
		if len(of(projection.Serves)) > 0 && len(of(projection.Covers)) > 0 {
			return 0.5, ""
		}
		return 0, ""
	case gaps.TermCommitment:
		if c.InHand != nil {
			return 0, ""
		}
		if len(of(projection.Involves)) > 0 {
			return 1, ""
		}
		if targets := of(projection.Targets); len(targets) > 0 {
			x := targets[0]
			ours := slices.ContainsFunc(c.Pursuits, func(pursuit candidates.Pursuit) bool { return pursuit.Edge == x.Edge.ID && pursuit.Ours })
			status, _ := x.Edge.Get("status")
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

// expansionByIDs counts the provinces and projects that the edges lead to, and
// finds the newest of their days.
func expansionByIDs(p *projection.Projection, of func(kind string) []questiontest.NamedEdge) (float64, string) {
	provinces, newest, subsidiaries, number := map[string]bool{}, 0.0, 0, ""
	for _, x := range append(of(projection.LocatedIn), of(projection.InvestsIn)...) {
		if x.Kind == projection.LocatedIn {
			provinces[p.AreaOf(x.To)[:2]] = true
			continue
		}
		provinces[p.PlaceOf(x.To)[:2]] = true
		subsidiaries++
		number = fmt.Sprintf(" %d ", subsidiaries)
		if year := p.Founded(x.To); year > newest {
			newest = year
		}
	}
	n, fresh := float64(len(provinces)), 0.75
	if newest > 0 {
		to, err := time.Parse(time.DateOnly, p.AsOf())
		if err != nil {
			return math.NaN(), ""
		}
		days := to.Sub(time.Date(int(newest), 12, 31, 0, 0, 0, 0, time.UTC)).Hours() / 24
		fresh = (1 + math.Exp2(-max(0, days/365.25)/5)) / 2
	}
	return n / (n + 2) * fresh, number
}

// growByCounting counts the companies elsewhere at the link and at what the
// candidate shares with them: a link, or a product that does not belong to the link.
func growByCounting(p *projection.Projection, edges map[graph.ID]questiontest.NamedEdge, answer *candidates.Answer, c *candidates.Candidate) (float64, string) {
	sharing := func(v projection.Vertex, links []projection.Vertex) bool { return slices.Contains(links, c.Through) }
	if p.Kind(c.Through) != projection.Link {
		makers := map[projection.Vertex]bool{}
		for _, x := range edges {
			if x.Kind == projection.BelongsTo && x.From == c.Through && slices.Contains(p.CountedAt(answer.Link), x.To) {
				return 0.9, ""
			}
			if x.Kind == projection.Makes && x.To == c.Through {
				share, stated := x.Edge.Get("revenue_share")
				makers[x.From] = !stated || share.(float64) >= 0.1
			}
		}
		if p.Kind(c.Through) != projection.Product {
			return 0.9, ""
		}
		sharing = func(v projection.Vertex, links []projection.Vertex) bool { return makers[v] && len(links) > 0 }
	}
	both, at := 0.0, 0.0
	first, end := p.Range(projection.Company)
	for v := first; v < end; v++ {
		links := p.Presence(answer.MinGrade).LinksOf(v)
		if projection.Within(p.PlaceOf(v), p.AreaOf(answer.Region)) || !sharing(v, links) {
			continue
		}
		if at++; slices.Contains(links, answer.Link) {
			both++
		}
	}
	s, z := both/at, 1.2816
	low := (s + z*z/(2*at) - z*math.Sqrt(s*(1-s)/at+z*z/(4*at*at))) / (1 + z*z/at)
	return min(0.8, math.Sqrt(low)), fmt.Sprintf(" %.0f ", at)
}

// fitByIDs reads the best grade and the largest share from the evidence.
func fitByIDs(edges map[graph.ID]questiontest.NamedEdge, c *candidates.Candidate) (float64, string) {
	trust := map[graph.Grade]float64{graph.GradeA: 1, graph.GradeB: 0.9, graph.GradeC: 0.7, graph.GradeD: 0.4}
	best, share, hasShare := graph.Grade("Z"), 0.0, false
	for _, e := range c.Evidence {
		x := edges[e.Edge].Edge
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
func sizeByIDs(p *projection.Projection, country map[projection.Vertex]bool, c *candidates.Candidate) (float64, string) {
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

// nativeWorksAt reports whether somebody who has consented, comes from an area and works
// at a company is among the persons of a picture.
func nativeWorksAt(p *projection.Projection, company projection.Vertex, area string) bool {
	first, end := p.Range(projection.Person)
	for person := first; person < end; person++ {
		until := p.Text(person, "consent_until")
		if p.Text(person, "consent") != "GIVEN" || until != "" && schema.LastDay(until) < p.ConsentOn() {
			continue
		}
		posts := p.Out(projection.WorksAt, person)
		works := slices.ContainsFunc(posts.Edges, func(number int32) bool {
			_, _, to := p.Edge(projection.WorksAt, number)
			return to == company && p.Current(projection.WorksAt, number)
		})
		native := func(code string) bool { return projection.Within(code, area) }
		if works && slices.ContainsFunc(p.AreasFrom(projection.NativeOf, person), native) {
			return true
		}
	}
	return false
}
