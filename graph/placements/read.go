package placements

import (
	"slices"
	"strings"

	"liantu/graph"
	"liantu/graph/projection"
	"liantu/place"
)

// Links returns the links of a picture as placement needs them.
func Links(p *projection.Projection) []place.Link {
	first, end := p.Range(projection.Link)
	out := make([]place.Link, 0, end-first)
	for v := first; v < end; v++ {
		l := place.Link{
			Code: p.Code(v), Name: p.Text(v, "name"), Keywords: texts(p, v, "keywords"), Aliases: texts(p, v, "aliases"), Closed: !p.Judged(v),
		}
		for _, same := range p.Same(v) {
			if same != v {
				l.Same = append(l.Same, p.Code(same))
			}
		}
		for _, above := range p.ParentsOf(v) {
			if p.Kind(above) == projection.Link {
				l.Parent = p.Code(above)
				break
			}
		}
		if chain := p.ChainOf(v); chain != projection.None {
			l.Chain = p.Code(chain)
		}
		for _, product := range p.In(projection.BelongsTo, v).Others {
			l.Products = append(l.Products, p.Caption(product))
		}
		out = append(out, l)
	}
	return out
}

func texts(p *projection.Projection, v projection.Vertex, property string) []string {
	value, _ := p.Value(v, property)
	list, _ := value.([]string)
	return list
}

// words are the properties in which a company says what it does.
var words = []string{"main_products", "main_business", "business_scope"}

// Company returns what a company says of itself, and the provenance of the newest of its
// texts; ok is false for one that says nothing.
func Company(p *projection.Projection, v projection.Vertex) (c place.Company, by graph.Provenance, ok bool) {
	n := p.Node(v)
	for _, property := range words {
		fact, stated := n.Winner(property)
		if !stated {
			continue
		}
		if !ok || graph.CompareDates(fact.Provenance, by) < 0 {
			by = fact.Provenance
		}
		ok = true
	}
	c = place.Company{
		Name: p.Text(v, "name"), Class: p.Text(v, "industry_code"), Industry: p.Text(v, "industry_class"),
		Products: p.Text(v, "main_products"), Business: p.Text(v, "main_business"), Scope: p.Text(v, "business_scope"),
	}
	if c.Industry == "" {
		c.Industry = p.Text(v, "industry")
	}
	arcs := p.Out(projection.Makes, v)
	var made []string
	for i, product := range arcs.Others {
		if !p.Current(projection.Makes, arcs.Edges[i]) {
			continue
		}
		made = append(made, p.Caption(product))
		edge, _, _ := p.Edge(projection.Makes, arcs.Edges[i])
		if fact, stated := edge.Winner(""); stated && (!ok || graph.CompareDates(fact.Provenance, by) < 0) {
			by = fact.Provenance
		}
		ok = true
	}
	slices.Sort(made)
	if len(made) > 0 {
		c.Products = strings.Trim(c.Products+"；"+strings.Join(made, "；"), "；")
	}
	return c, by, ok
}
