package introductions

import (
	"fmt"
	"math"
	"slices"

	"liantu/graph/area"
	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/schema"
)

// recommend drafts what to ask, whom, and who should ask. It names companies,
// intermediaries and task forces; people appear by their code in the roster.
func (n *introducer) recommend(i *Introduction) Recommendation {
	contacts := make([]schema.Text, 0, len(i.Hops)+1) // from the first contact to the company
	for k, h := range i.Hops {
		if k == 0 && n.p.Kind(h.From) != projection.Region {
			contacts = append(contacts, contact(n.p, h.From))
		}
		contacts = append(contacts, contact(n.p, h.To))
	}
	return Recommendation{
		Context: n.context(i, contacts), Request: n.request(i, contacts), Asker: n.requester(i, contacts[0]),
	}
}

// context states what the company is wanted for, and by which path it is reached.
func (n *introducer) context(i *Introduction, contacts []schema.Text) schema.Text {
	company, place := contacts[len(contacts)-1], n.region()
	text := schema.Text{
		Zh: fmt.Sprintf("%s拟与%s建立联系。", place.Zh, company.Zh),
		En: fmt.Sprintf("%s wishes to get in touch with %s.", place.En, company.En),
	}
	if i.Link != projection.None {
		zh, en := gaps.NameOf(n.p, i.Link)
		text = schema.Text{
			Zh: fmt.Sprintf("%s的“%s”环节需要引进企业，%s是候选之一。", place.Zh, zh, company.Zh),
			En: fmt.Sprintf("%s looks for companies at %s, and %s is a candidate.", place.En, en, company.En),
		}
	}
	steps := len(contacts) - 2
	switch steps {
	case 0:
		text.Zh += fmt.Sprintf("%s与其有直接联系", contacts[0].Zh)
		text.En += fmt.Sprintf(" %s has a direct tie to it", capital(contacts[0].En))
	default:
		text.Zh += fmt.Sprintf("可由%s经 %d 道转介到达", contacts[0].Zh, steps)
		text.En += fmt.Sprintf(" %s leads there by way of %s", capital(contacts[0].En), gaps.Plural(steps, "further contact", "further contacts"))
	}
	text.Zh += fmt.Sprintf("，路径强度 %s。", gaps.Percent(i.Strength))
	text.En += fmt.Sprintf("; the path has a strength of %s.", gaps.Percent(i.Strength))
	if slices.ContainsFunc(i.Hops, func(h Hop) bool { return h.Former }) {
		text.Zh += "其中含曾任职务，请先核实现状。"
		text.En += " A post on it has ended; check first how things stand."
	}
	text.En = capital(text.En)
	return text
}

// request states what to ask the first contact for.
func (n *introducer) request(i *Introduction, contacts []schema.Text) schema.Text {
	first, company := contacts[0], contacts[len(contacts)-1]
	zh, en := "主管投资的负责人", "whoever decides on investment"
	about := schema.Text{Zh: "，安排一次初步交流", En: " for a first talk"}
	if i.Link != projection.None {
		linkZh, linkEn := gaps.NameOf(n.p, i.Link)
		about = schema.Text{
			Zh: fmt.Sprintf("，就在%s布局“%s”作一次初步交流", n.region().Zh, linkZh),
			En: fmt.Sprintf(" for a first talk about %s in %s", linkEn, n.region().En),
		}
	}
	if len(contacts) == 2 {
		return schema.Text{
			Zh: fmt.Sprintf("请%s引见%s%s%s。", first.Zh, company.Zh, zh, about.Zh),
			En: fmt.Sprintf("Ask %s to introduce you to %s at %s%s.", first.En, en, company.En, about.En),
		}
	}
	second := contacts[1]
	return schema.Text{
		Zh: fmt.Sprintf("请%s先联系%s，再由其引见%s%s%s。", first.Zh, second.Zh, company.Zh, zh, about.Zh),
		En: fmt.Sprintf("Ask %s to speak to %s, who can introduce you to %s at %s%s.", first.En, second.En, en, company.En, about.En),
	}
}

// requester names who should ask the first contact.
func (n *introducer) requester(i *Introduction, first schema.Text) schema.Text {
	office := schema.Text{Zh: n.region().Zh + "招商部门", En: "the investment office of " + n.region().En}
	if force := n.taskForce(i.Link); force != projection.None {
		zh, en := gaps.NameOf(n.p, force)
		office = schema.Text{Zh: zh, En: en}
	}
	way := schema.Text{Zh: "由%s以乡情联络%s。", En: "%s asks %s, for the sake of their common home."}
	switch n.p.Kind(i.firstContact()) {
	case projection.Company:
		way = schema.Text{Zh: "由%s上门走访%s，请其出面。", En: "%s calls on %s and asks it to step in."}
	case projection.Intermediary:
		way = schema.Text{Zh: "由%s联系中介机构%s，请其引荐。", En: "%s asks %s to make the introduction."}
	}
	return schema.Text{Zh: fmt.Sprintf(way.Zh, office.Zh, first.Zh), En: capital(fmt.Sprintf(way.En, office.En, first.En))}
}

// firstContact is the vertex of a path next to the region.
func (i *Introduction) firstContact() projection.Vertex {
	if i.Hops[0].Kind == projection.NativeOf || i.Hops[0].Kind == projection.Covers || i.Hops[0].Kind == projection.LocatedIn {
		return i.Hops[0].To
	}
	return i.Hops[0].From
}

func (n *introducer) region() schema.Text {
	zh, en := gaps.NameOf(n.p, n.answer.Region)
	return schema.Text{Zh: zh, En: en}
}

// taskForce finds the task force in charge of the region, or of the nearest one
// above it, that is in charge of the link's chain or ecosystem too. For no link
// there is none.
func (n *introducer) taskForce(link projection.Vertex) projection.Vertex {
	if link == projection.None {
		return projection.None
	}
	best, nearest := projection.None, math.MaxInt
	first, end := n.p.Range(projection.TaskForce)
	for force := first; force < end; force++ {
		charges := n.p.Out(projection.InChargeOf, force)
		level, inScope := -1, false
		for i, object := range charges.Others {
			if !n.p.Current(projection.InChargeOf, charges.Edges[i]) {
				continue
			}
			if n.p.Kind(object) != projection.Region {
				_, has := slices.BinarySearch(area.LinksOf(n.p, []projection.Vertex{object}), link)
				inScope = inScope || has
			} else if projection.Within(n.assessor.Code, n.p.AreaOf(object)) {
				level = max(level, int(n.p.LevelOfRegion(object)))
			}
		}
		if inScope && level >= 0 && int(n.assessor.Level)-level < nearest {
			best, nearest = force, int(n.assessor.Level)-level
		}
	}
	return best
}
