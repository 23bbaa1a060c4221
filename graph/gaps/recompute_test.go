package gaps_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"liantu/graph"
	"liantu/graph/gaps"
	"liantu/graph/lines"
	"liantu/graph/projection"
	"liantu/graph/questiontest"
	"liantu/graph/tuning"
)

// companySet are the companies that some evidence puts at a link.
type companySet map[projection.Vertex]bool // whether it leads there

// counted is what the evidence ids of an answer say: companies by link. Those of the
// population of listed companies, whom the sample pack knows by their stock codes, are
// counted apart, since strength is theirs alone.
type counted struct {
	p          *projection.Projection
	at, listed map[projection.Vertex]companySet
	all        companySet // of the listed ones
}

// count follows the evidence ids of all verdicts on a region.
func count(t *testing.T, p *projection.Projection, edges map[graph.ID]questiontest.NamedEdge, region string) (*gaps.Answer, *counted) {
	t.Helper()
	answer, err := gaps.Ask(t.Context(), p, tuning.Default(), gaps.Question{Region: region, Levels: lines.All})
	if err != nil {
		t.Fatal(err)
	}
	c := &counted{p: p, at: map[projection.Vertex]companySet{}, listed: map[projection.Vertex]companySet{}, all: companySet{}}
	for _, v := range answer.Verdicts {
		set, listed := companySet{}, companySet{}
		for _, e := range v.Evidence() {
			x := edges[e.Edge]
			if x.Kind != projection.OperatesIn || x.From != e.Company || x.To != e.Link {
				t.Fatalf("evidence %s is %+v", e.Edge, x)
			}
			leads, _ := x.Edge.Get("leader")
			set[x.From] = set[x.From] || leads == true || p.Leads(x.From)
			if p.Text(x.From, "stock_code") != "" {
				c.all[x.From], listed[x.From] = true, set[x.From]
			}
		}
		c.at[v.Link], c.listed[v.Link] = set, listed
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

// top1 is the share of the largest company in the measure that is stated of half
// of the companies.
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
	p := questiontest.SamplePicture(t)
	edges := questiontest.EdgesByID(p)
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
					if !strings.Contains(" "+r.Text.Zh, strings.Replace(number, "<", "不足 ", 1)) || !strings.Contains(" "+r.Text.En, number) {
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
	n, reference := len(c.listed[v.Link]), country.listed[v.Link]
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
			return []string{fmt.Sprintf("%.0f%%", 100*c.listed[v.Link].top1(c.p))}
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
		links := c.p.JudgedIn(v.Chain)
		present := len(slices.DeleteFunc(slices.Clone(links), func(link projection.Vertex) bool { return len(c.at[link]) == 0 }))
		if present > 0 {
			return []string{fmt.Sprintf("%.0f%%", 100*float64(present)/float64(len(links)))}
		}
	}
	return nil
}
