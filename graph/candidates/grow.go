package candidates

import (
	"fmt"
	"slices"
	"strings"

	"liantu/graph"
	"liantu/graph/capability"
	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/schema"
)

// growFit is how well what shows that a local company is capable of the link
// does so; see package capability.
func (s *scout) growFit(c *Candidate) gaps.Valuation {
	near := s.near.of(c.Company)
	zh, en := gaps.NameOf(s.Picture, near.through)
	f := gaps.Valuation{Value: gaps.Known(near.fit)}
	switch near.Basis {
	case capability.Product:
		f.Text = schema.Text{Zh: fmt.Sprintf("已生产归入该环节的产品“%s”。", zh), En: fmt.Sprintf("It makes %s, which belongs to the link.", en)}
	case capability.Patent:
		f.Text = schema.Text{Zh: fmt.Sprintf("持有用于该环节的专利“%s”。", zh), En: fmt.Sprintf("It holds the patent %s, which applies to the link.", en)}
	case capability.Project:
		f.Text = schema.Text{
			Zh: fmt.Sprintf("已参与填补该环节的项目“%s”。", zh),
			En: fmt.Sprintf("It takes part in the project %s, which fills the link.", en),
		}
	default:
		f.Edges = s.togetherFit(c.Company, near, &f.Text)
	}
	return f
}

// togetherFit writes the sentence for a share of companies elsewhere and returns
// the edges that put those it names at both.
func (s *scout) togetherFit(company projection.Vertex, near nearness, text *schema.Text) []graph.ID {
	zh, en := gaps.NameOf(s.Picture, near.through)
	linkZh, linkEn := gaps.NameOf(s.Picture, s.link)
	if linkZh == zh {
		zh, en = s.withChain(near.through, zh, en)
	}
	share := gaps.Percent(float64(near.Both) / float64(near.At))
	var namesZh, namesEn []string
	var edges []graph.ID
	if near.Basis != capability.Together {
		edges = capability.EdgesTo(s.Picture, &near.Way, company)
	}
	for _, other := range capability.Examples(s.View, s.link, &near.Way) {
		nameZh, nameEn := gaps.NameOf(s.Picture, other)
		namesZh, namesEn = append(namesZh, nameZh), append(namesEn, nameEn)
		edges = append(edges, s.edgesAt(other, s.link)...)
		if near.Basis == capability.Together {
			edges = append(edges, s.edgesAt(other, near.through)...)
		} else {
			edges = append(edges, capability.EdgesTo(s.Picture, &near.Way, other)...)
		}
	}
	where, whereEn := "全国", "elsewhere"
	if s.Level != projection.LevelCountry {
		where = "本地以外，全国"
	}
	what, whatEn := "在“"+zh+"”", "at "+en
	switch near.Basis {
	case capability.SameProduct:
		what, whatEn = "主要生产“"+zh+"”", "that make "+en
	case capability.SameMaterial:
		what, whatEn = "主要产品用到“"+zh+"”", "that make something of "+en
	}
	text.Zh = fmt.Sprintf("%s%s的 %d 家企业中有 %d 家（%s）也做“%s”，如%s。", where, what, near.At, near.Both, share, linkZh, strings.Join(namesZh, "、"))
	text.En = fmt.Sprintf("Of %s %s %s, %d (%s) are at %s too, such as %s.",
		gaps.Plural(near.At, "company", "companies"), whatEn, whereEn, near.Both, share, linkEn, strings.Join(namesEn, ", "))
	return edges
}

// withChain adds the chain to the name of a link that another chain has as well.
func (s *scout) withChain(link projection.Vertex, zh, en string) (string, string) {
	if s.Picture.Kind(link) != projection.Link || s.Picture.ChainOf(link) == projection.None {
		return zh, en
	}
	chainZh, chainEn := gaps.NameOf(s.Picture, s.Picture.ChainOf(link))
	return chainZh + "·" + zh, chainEn + ": " + en
}

// edgesAt returns the edges that put a company at a link or below it.
func (s *scout) edgesAt(company, link projection.Vertex) []graph.ID {
	var edges []graph.ID
	for _, e := range gaps.EvidenceOf(s.View, company, link) {
		edges = append(edges, e.Edge)
	}
	slices.Sort(edges)
	return edges
}
