package placements

import (
	"cmp"
	"slices"
	"strings"

	"liantu/graph"
	"liantu/graph/projection"
	"liantu/place"
)

// Judgements is what people decided about companies or items and links.
type Judgements struct {
	Count     int // judgements that count
	Items     []place.Judged
	companies map[projection.Vertex]*judged
	examples  []example
	Lost      []projection.Vertex // judgements of which the picture lacks the link, or the company
}

// judged is what was decided about one company.
type judged struct {
	links []place.Judged
	by    graph.Provenance // of the newest decision
}

// example is a company whose words were read when a link was judged.
type example struct {
	company projection.Vertex
	link    string
	verdict place.Verdict
}

// verdicts are the verdicts of placement by the values of the property.
var verdicts = map[string]place.Verdict{"YES": place.Yes, "PARTLY": place.Partly, "NO": place.No}

// decision is one judgement.
type decision struct {
	vertex         projection.Vertex
	item, link     string
	company        projection.Vertex // judged, or the example of an item; None for none
	verdict        place.Verdict
	by             graph.Provenance
	text           string // of who decided
	ofItem, usable bool
}

// ReadJudgements reads the judgements of a picture. Of several about one item or company
// and one link the newest counts, and of those of one day no before partly before yes.
func ReadJudgements(p *projection.Projection) *Judgements {
	out := &Judgements{companies: map[projection.Vertex]*judged{}}
	var list []decision
	first, end := p.Range(projection.PlacementJudgement)
	for v := first; v < end; v++ {
		d := decisionOf(p, v)
		if !d.usable {
			out.Lost = append(out.Lost, v)
			continue
		}
		list = append(list, d)
	}
	slices.SortStableFunc(list, func(a, b decision) int { return cmp.Or(a.compare(&b), a.older(&b)) })
	for i := range list {
		d := &list[i]
		if d.company != projection.None {
			out.examples = append(out.examples, example{d.company, d.link, d.verdict})
		}
		if i+1 < len(list) && d.compare(&list[i+1]) == 0 {
			continue // the next one is newer
		}
		out.Count++
		rule := place.Judged{Item: d.item, Link: d.link, Verdict: d.verdict}
		if d.ofItem {
			out.Items = append(out.Items, rule)
			continue
		}
		c := out.companies[d.company]
		if c == nil {
			c = &judged{by: d.by}
			out.companies[d.company] = c
		}
		c.links = append(c.links, rule)
		if graph.CompareDates(d.by, c.by) < 0 {
			c.by = d.by
		}
	}
	out.examples = latest(out.examples)
	return out
}

// decisionOf reads one judgement.
func decisionOf(p *projection.Projection, v projection.Vertex) decision {
	d := decision{vertex: v, company: projection.None, verdict: verdicts[p.Text(v, "verdict")], text: p.Text(v, "by")}
	fact, _ := p.Node(v).Winner("verdict")
	d.by = fact.Provenance
	link, err := p.Lookup(p.Text(v, "link"), projection.Link)
	if err != nil || d.verdict == "" {
		return d
	}
	d.link = p.Code(link)
	about := p.Text(v, "subject")
	if d.ofItem = p.Text(v, "about") == "ITEM"; d.ofItem {
		d.item, about = about, p.Text(v, "example")
	}
	company, err := p.Lookup(about, projection.Company)
	if err == nil && about != "" {
		d.company = company
	}
	d.usable = d.ofItem || d.company != projection.None
	return d
}

// compare orders decisions by what they are about, those of companies first.
func (d *decision) compare(o *decision) int {
	company := func(d *decision) projection.Vertex {
		if d.ofItem {
			return projection.None
		}
		return d.company
	}
	return cmp.Or(strings.Compare(d.item, o.item), cmp.Compare(company(d), company(o)), strings.Compare(d.link, o.link))
}

// older orders decisions about one thing, the one that counts last.
func (d *decision) older(o *decision) int {
	rank := func(v place.Verdict) int { return slices.Index([]place.Verdict{place.Yes, place.Partly, place.No}, v) }
	return cmp.Or(-graph.CompareDates(d.by, o.by), cmp.Compare(rank(d.verdict), rank(o.verdict)), strings.Compare(d.text, o.text))
}

// latest returns the last example of each company and link, in order of both.
func latest(list []example) []example {
	slices.SortStableFunc(list, func(a, b example) int {
		return cmp.Or(cmp.Compare(a.company, b.company), strings.Compare(a.link, b.link))
	})
	var out []example
	for _, e := range list {
		if n := len(out); n > 0 && out[n-1].company == e.company && out[n-1].link == e.link {
			out[n-1] = e
			continue
		}
		out = append(out, e)
	}
	return out
}
