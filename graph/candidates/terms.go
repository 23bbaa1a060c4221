package candidates

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"liantu/graph"
	"liantu/graph/capability"
	"liantu/graph/gaps"
	"liantu/graph/landing"
	"liantu/graph/projection"
	"liantu/schema"
)

var termLabels = map[gaps.Code]schema.Text{
	gaps.TermFit:        {Zh: "契合度", En: "fit"},
	gaps.TermSupplyTie:  {Zh: "供应关系", En: "supply tie"},
	gaps.TermSize:       {Zh: "实力", En: "size"},
	gaps.TermExpansion:  {Zh: "扩张记录", En: "expansion record"},
	gaps.TermProximity:  {Zh: "区位距离", En: "proximity"},
	gaps.TermReach:      {Zh: "触达渠道", En: "reach"},
	gaps.TermCommitment: {Zh: "已有安排", En: "commitments"},
}

// gradeValue states how far a statement of a grade is to be trusted.
var gradeValue = map[graph.Grade]float64{graph.GradeA: 1, graph.GradeB: 0.9, graph.GradeC: 0.7, graph.GradeD: 0.4}

// fitOf is how well a company at the link fits, by the best grade of what puts
// it there and the largest revenue share stated.
func fitOf(best graph.Grade, share gaps.Figure) float64 { return (gradeValue[best] + share.Or(0)) / 2 }

// fit: to attract, 0 for a distributor where things are made, else half from the grade of the best statement and half from the
// largest revenue share stated; to grow, by how the company is next to the link.
func (s *scout) fit(c *Candidate) gaps.Valuation {
	if c.Kind == Grow {
		return s.growFit(c)
	}
	if !s.isAt(c.Company) {
		return s.handFit(c)
	}
	if s.trades(c.Company) {
		return gaps.Valuation{Value: gaps.Known(0), Text: schema.Text{
			Zh: "属批发零售企业，未见自产产品：经销不等于制造。",
			En: "It is a distributor and not known to make anything: to sell is not to make.",
		}}
	}
	best, share := s.stated(c.Company, s.Picture.CountedAt(s.link))
	f := gaps.Valuation{Value: gaps.Known(fitOf(best, share)), Unknown: share.Why()}
	if x, ok := share.Get(); ok {
		f.Text = schema.Text{
			Zh: fmt.Sprintf("现处该环节，相关业务占收入 %s，依据等级 %s。", gaps.Percent(x), best),
			En: fmt.Sprintf("At the link, with %s of its revenue, by evidence of grade %s.", gaps.Percent(x), best),
		}
	} else {
		f.Text = schema.Text{
			Zh: fmt.Sprintf("现处该环节，依据等级 %s，收入占比不详。", best),
			En: fmt.Sprintf("At the link, by evidence of grade %s; its share of revenue is not known.", best),
		}
	}
	return f
}

// trades reports whether a company is a distributor at a link that is not one of
// trade.
func (s *scout) trades(company projection.Vertex) bool {
	return capability.SortOf(s.Picture, s.link) != capability.Trade && capability.Distributes(s.Picture, s.Grade, company)
}

// tieOf returns the value of a number of supplies.
func tieOf(supplies int32) float64 { return float64(supplies) / (float64(supplies) + 2) }

// supplyTie counts known supplies between the candidate and other local
// companies: x/(x+2).
func (s *scout) supplyTie(c *Candidate) gaps.Valuation {
	sells, buys := s.Picture.Out(projection.Supplies, c.Company), s.Picture.In(projection.Supplies, c.Company)
	if sells.Len()+buys.Len() == 0 {
		return gaps.Unvalued(gaps.NoSupplyData)
	}
	var edges []graph.ID
	for _, arcs := range []projection.Arcs{sells, buys} {
		for i, other := range arcs.Others {
			if other >= s.First && other < s.End && s.Picture.Current(projection.Supplies, arcs.Edges[i]) {
				edge, _, _ := s.Picture.Edge(projection.Supplies, arcs.Edges[i])
				edges = append(edges, edge.ID)
			}
		}
	}
	return gaps.Valuation{Value: gaps.Known(tieOf(int32(len(edges)))), Edges: edges, Text: schema.Text{
		Zh: fmt.Sprintf("与本地企业已知有 %d 笔供货关系。", len(edges)),
		En: fmt.Sprintf("%s with local companies.", gaps.Plural(len(edges), "known supply relation", "known supply relations")),
	}}
}

// companySize is where a company stands among those at the link.
type companySize struct {
	known   bool
	share   float64 // of the companies at the link that are smaller; 1 for a leader
	leads   bool
	measure int     // the place in measures of what is compared
	size    float64 // of the company
	smaller int
}

// sizeOf compares a company with those at the link in the country, by
// employees or else by registered capital.
func (s *scout) sizeOf(company projection.Vertex) companySize {
	if s.Picture.Leads(company) {
		return companySize{known: true, share: 1, leads: true}
	}
	if _, leads := slices.BinarySearch(s.Presence.Leading(s.link), company); leads {
		return companySize{known: true, share: 1, leads: true}
	}
	for m := range s.columns.sizes {
		sizes := s.columns.sizes[m]
		x := s.Picture.Size(company, m == 0)
		if math.IsNaN(x) || len(sizes) == 0 {
			continue
		}
		less, _ := slices.BinarySearch(sizes, x)
		return companySize{known: true, share: float64(less) / float64(len(sizes)), measure: m, size: x, smaller: less}
	}
	return companySize{}
}

// size is 1 for a leader, else the share of the companies at the link in the
// country that are smaller.
func (s *scout) size(c *Candidate) gaps.Valuation {
	size := s.sizeOf(c.Company)
	if !size.known {
		return gaps.Unvalued(gaps.NoSize)
	}
	f := gaps.Valuation{Value: gaps.Known(size.share)}
	if size.leads {
		f.Text = schema.Text{Zh: "龙头（链主）企业。", En: "It is a leader."}
		return f
	}
	zh := fmt.Sprintf("大于全国该环节 %s 的企业", gaps.Percent(size.share))
	en := fmt.Sprintf("more than %s of the companies at the link", gaps.Percent(size.share))
	if size.smaller == 0 {
		zh, en = "全国该环节的企业都不比它小", "no company at the link has fewer"
	}
	f.Text = schema.Text{Zh: fmt.Sprintf("员工 %.0f 人，%s。", size.size, zh), En: fmt.Sprintf("%.0f employees, %s.", size.size, en)}
	if size.measure == 1 {
		f.Text = schema.Text{
			Zh: fmt.Sprintf("注册资本 %.0f 万元，%s。", size.size, zh),
			En: fmt.Sprintf("Registered capital of %.0f × 10,000 yuan, %s.", size.size, strings.Replace(en, "fewer", "less", 1)),
		}
	}
	return f
}

// expansion is how far and how lately a company has grown beyond its own
// province; see package landing.
func (s *scout) expansion(c *Candidate) gaps.Valuation {
	signs := landing.SignsOf(s.Picture, c.Company)
	if !signs.Stated {
		return gaps.Unvalued(gaps.NoSitesKnown)
	}
	return gaps.Valuation{Value: gaps.Known(signs.Value(s.Picture.AsOf())), Edges: signs.Edges, Text: signs.Text()}
}

// cityOf returns the digits that the codes of one city share, of a province or
// the country those of it.
func cityOf(code string) string {
	if projection.LevelOf(code) == projection.LevelCounty {
		code = projection.AreaCode(code[:4] + "00")
	}
	return code
}

// proximityOf is 1 within one city, .7 within one province, .4 within one of the
// six great areas of the country (the first digit of the code), else .1.
func (s *scout) proximityOf(place string) gaps.Figure {
	switch {
	case projection.LevelOf(place) == projection.LevelCountry:
		return gaps.Missing(gaps.NoPlace)
	case s.Level == projection.LevelCountry || projection.Within(place, s.Code) || cityOf(place) == cityOf(s.Code):
		return gaps.Known(1)
	case place[:2] == s.Code[:2]:
		return gaps.Known(0.7)
	case place[:1] == s.Code[:1]:
		return gaps.Known(0.4)
	}
	return gaps.Known(0.1)
}

// proximity states how far a company is from the region.
func (s *scout) proximity(c *Candidate) gaps.Valuation {
	place := s.Picture.PlaceOf(c.Company)
	f := gaps.Valuation{Value: s.proximityOf(place)}
	switch f.Value.Or(0) {
	case 0:
		return gaps.Unvalued(gaps.NoPlace)
	case 1:
		f.Text = schema.Text{Zh: "就在本地。", En: "It is here already."}
	case 0.7:
		f.Text = schema.Text{Zh: "位于同一省份。", En: "It is in the same province."}
	case 0.4:
		f.Text = schema.Text{Zh: "位于同一大区。", En: "It is in the same part of the country."}
	default:
		f.Text = schema.Text{Zh: "位于其他大区。", En: "It is in another part of the country."}
	}
	if projection.LevelOf(place) < s.Level && c.Kind == Attract {
		f.Unknown = gaps.NoPlace
	}
	return f
}
