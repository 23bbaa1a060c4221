package gaps

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"liantu/graph"
	"liantu/graph/projection"
	"liantu/schema"
)

// finding is one term of a candidate's score: its value or why there is none,
// the sentence for it, and the edges it rests on. A value may be known only in
// part; unknown then says what is missing.
type finding struct {
	value   Figure
	text    schema.Text
	edges   []graph.ID
	unknown Code
}

func missing(why Code) finding { return finding{value: Missing(why), unknown: why} }

var candidateTermLabels = map[Code]schema.Text{
	TermFit:        {Zh: "契合度", En: "fit"},
	TermSupplyTie:  {Zh: "供应关系", En: "supply tie"},
	TermSize:       {Zh: "实力", En: "size"},
	TermExpansion:  {Zh: "扩张记录", En: "expansion record"},
	TermProximity:  {Zh: "区位距离", En: "proximity"},
	TermReach:      {Zh: "触达渠道", En: "reach"},
	TermCommitment: {Zh: "已有安排", En: "commitments"},
}

// gradeValue says how far a statement of a grade is to be trusted.
var gradeValue = map[graph.Grade]float64{graph.GradeA: 1, graph.GradeB: 0.9, graph.GradeC: 0.7, graph.GradeD: 0.4}

// fit: to attract, half from the grade of the best statement and half from the
// largest revenue share told; to grow, by how the company is next to the link.
func (s *scout) fit(c *Candidate) finding {
	if c.Kind == Grow {
		return s.growFit(c)
	}
	best := c.Evidence[0].Grade
	share := Missing(NoShare)
	for _, e := range c.Evidence {
		if x, ok := e.Share.Get(); ok && x >= share.Or(0) {
			share = Known(min(x, 1))
		}
	}
	f := finding{value: Known((gradeValue[best] + share.Or(0)) / 2), unknown: share.Why()}
	if x, ok := share.Get(); ok {
		f.text = schema.Text{
			Zh: fmt.Sprintf("现处该环节，相关业务占收入 %s，依据等级 %s。", percent(x), best),
			En: fmt.Sprintf("At the link, with %s of its revenue, by evidence of grade %s.", percent(x), best),
		}
	} else {
		f.text = schema.Text{
			Zh: fmt.Sprintf("现处该环节，依据等级 %s，收入占比不详。", best),
			En: fmt.Sprintf("At the link, by evidence of grade %s; its share of revenue is not known.", best),
		}
	}
	return f
}

func (s *scout) growFit(c *Candidate) finding {
	near := s.near[c.Company]
	zh, en := nameOf(s.p, near.through)
	f := finding{value: Known(near.fit)}
	switch near.fit {
	case fitProduct:
		f.text = schema.Text{Zh: fmt.Sprintf("已生产归入该环节的产品“%s”。", zh), En: fmt.Sprintf("It makes %s, which belongs to the link.", en)}
	case fitSibling:
		f.text = schema.Text{Zh: fmt.Sprintf("现处同级环节“%s”，可就近拓展。", zh), En: fmt.Sprintf("It is at %s, a link beside this one.", en)}
	default:
		f.text = schema.Text{Zh: fmt.Sprintf("现处上下游环节“%s”，可向本环节延伸。", zh), En: fmt.Sprintf("It is at %s, one step up or down the chain.", en)}
	}
	return f
}

// supplyTie counts known supplies between the candidate and other local
// companies: x/(x+2).
func (s *scout) supplyTie(c *Candidate) finding {
	sells, buys := s.p.Out(projection.Supplies, c.Company), s.p.In(projection.Supplies, c.Company)
	if sells.Len()+buys.Len() == 0 {
		return missing(NoSupplyData)
	}
	var edges []graph.ID
	for _, arcs := range []projection.Arcs{sells, buys} {
		for i, other := range arcs.Others {
			if other >= s.first && other < s.end && s.p.Current(projection.Supplies, arcs.Edges[i]) {
				edge, _, _ := s.p.Edge(projection.Supplies, arcs.Edges[i])
				edges = append(edges, edge.ID)
			}
		}
	}
	x := float64(len(edges))
	return finding{value: Known(x / (x + 2)), edges: edges, text: schema.Text{
		Zh: fmt.Sprintf("与本地企业已知有 %d 笔供货关系。", len(edges)),
		En: fmt.Sprintf("%s with local companies.", plural(len(edges), "known supply relation", "known supply relations")),
	}}
}

// rankSizes notes the known sizes of the companies at the link in the country,
// in ascending order.
func (s *scout) rankSizes() {
	for m := range measures {
		for _, v := range s.presence.At(s.link) {
			if x := s.p.Size(v, m == 0); !math.IsNaN(x) {
				s.sizes[m] = append(s.sizes[m], x)
			}
		}
		slices.Sort(s.sizes[m])
	}
}

// size is 1 for a leader, else the share of the companies at the link in the
// country that are smaller, by employees or else by registered capital.
func (s *scout) size(c *Candidate) finding {
	_, leads := slices.BinarySearch(s.presence.Leading(s.link), c.Company)
	if leads || s.p.Leads(c.Company) {
		return finding{value: Known(1), text: schema.Text{Zh: "龙头（链主）企业。", En: "It is a leader."}}
	}
	for m := range measures {
		x := s.p.Size(c.Company, m == 0)
		if math.IsNaN(x) || len(s.sizes[m]) == 0 {
			continue
		}
		less, _ := slices.BinarySearch(s.sizes[m], x)
		share := float64(less) / float64(len(s.sizes[m]))
		zh, en := fmt.Sprintf("大于全国该环节 %s 的企业", percent(share)), fmt.Sprintf("more than %s of the companies at the link", percent(share))
		if less == 0 {
			zh, en = "全国该环节的企业都不比它小", "no company at the link has fewer"
		}
		text := schema.Text{Zh: fmt.Sprintf("员工 %.0f 人，%s。", x, zh), En: fmt.Sprintf("%.0f employees, %s.", x, en)}
		if m == 1 {
			text = schema.Text{
				Zh: fmt.Sprintf("注册资本 %.0f 万元，%s。", x, zh),
				En: fmt.Sprintf("Registered capital of %.0f × 10,000 yuan, %s.", x, strings.Replace(en, "fewer", "less", 1)),
			}
		}
		return finding{value: Known(share), text: text}
	}
	return missing(NoSize)
}

// expansion counts the cities outside its own in which a company has a site or
// an office or holds shares of a company: x/(x+2).
func (s *scout) expansion(c *Candidate) finding {
	home := cityOf(s.p.PlaceOf(c.Company))
	cities := map[string]bool{}
	var edges []graph.ID
	told := false
	note := func(kind string, number int32, place string) {
		told = true
		if city := cityOf(place); city != home && projection.LevelOf(place) >= projection.LevelCity {
			edge, _, _ := s.p.Edge(kind, number)
			cities[city] = true
			edges = append(edges, edge.ID)
		}
	}
	places := s.p.Out(projection.LocatedIn, c.Company)
	for i, region := range places.Others {
		edge, _, _ := s.p.Edge(projection.LocatedIn, places.Edges[i])
		role, _ := edge.Get("role")
		if s.p.Current(projection.LocatedIn, places.Edges[i]) && (role == "SITE" || role == "OFFICE") {
			note(projection.LocatedIn, places.Edges[i], s.p.AreaOf(region))
		}
	}
	holdings := s.p.Out(projection.InvestsIn, c.Company)
	for i, other := range holdings.Others {
		if s.p.Current(projection.InvestsIn, holdings.Edges[i]) {
			note(projection.InvestsIn, holdings.Edges[i], s.p.PlaceOf(other))
		}
	}
	if !told {
		return missing(NoSitesKnown)
	}
	x := float64(len(cities))
	return finding{value: Known(x / (x + 2)), edges: edges, text: schema.Text{
		Zh: fmt.Sprintf("已知在 %d 个外地城市有布局。", len(cities)),
		En: fmt.Sprintf("It is known to be present in %s.", plural(len(cities), "other city", "other cities")),
	}}
}

// cityOf returns the digits that the codes of one city share, of a province or
// the country those of it.
func cityOf(code string) string {
	if projection.LevelOf(code) == projection.LevelCounty {
		code = projection.AreaCode(code[:4] + "00")
	}
	return code
}

// proximity is 1 within one city, .7 within one province, .4 within one of the
// six great areas of the country (the first digit of the code), else .1.
func (s *scout) proximity(c *Candidate) finding {
	place := s.p.PlaceOf(c.Company)
	if projection.LevelOf(place) == projection.LevelCountry {
		return missing(NoPlace)
	}
	f := finding{value: Known(0.1), text: schema.Text{Zh: "位于其他大区。", En: "It is in another part of the country."}}
	switch {
	case s.level == projection.LevelCountry || projection.Within(place, s.code) || cityOf(place) == cityOf(s.code):
		f = finding{value: Known(1), text: schema.Text{Zh: "就在本地。", En: "It is here already."}}
	case place[:2] == s.code[:2]:
		f = finding{value: Known(0.7), text: schema.Text{Zh: "位于同一省份。", En: "It is in the same province."}}
	case place[:1] == s.code[:1]:
		f = finding{value: Known(0.4), text: schema.Text{Zh: "位于同一大区。", En: "It is in the same part of the country."}}
	}
	if projection.LevelOf(place) < s.level && c.Kind == Attract {
		f.unknown = NoPlace
	}
	return f
}
