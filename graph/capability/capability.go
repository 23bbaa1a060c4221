package capability

import (
	"context"
	"slices"

	"liantu/graph"
	"liantu/graph/area"
	"liantu/graph/projection"
	"liantu/graph/projects"
)

// Basis says what shows that a company is capable of a link.
type Basis int

// The bases, in the order in which equal fits stand.
const (
	Product     Basis = iota // it makes a product that belongs to the link
	Project                  // it takes part in a project that fills the link
	SameProduct              // companies elsewhere that make the same product are at the link
	Together                 // companies elsewhere at the same link are at this one, too
)

// fitStated is the fit of what is stated of the company itself.
const fitStated = 0.9

// Way is one way in which companies of the region are capable of the link.
type Way struct {
	Basis    Basis
	Fit      float64
	Through  projection.Vertex // the product, the project or the other link
	Edges    []graph.ID        // that state it of the company itself
	Both, At int               // by a share: companies elsewhere at both, and at the other link or of the product

	companies []projection.Vertex
}

// Companies returns the companies of the region to which the way applies,
// ascending; some of them may be at the link.
func (w *Way) Companies() []projection.Vertex { return w.companies }

// finder looks for the companies of a region that are capable of a link.
type finder struct {
	*area.View
	link projection.Vertex
}

// Find returns the ways in which companies of the region are capable of the link,
// the best fit first.
func Find(ctx context.Context, v *area.View, link projection.Vertex) ([]Way, error) {
	f := &finder{View: v, link: link}
	ways, err := f.byShares(ctx)
	if err != nil {
		return nil, err
	}
	ways = slices.Concat(f.byProduct(), f.byProject(), ways)
	slices.SortStableFunc(ways, Way.compare)
	return ways, ctx.Err()
}

// byProduct finds who makes a product that belongs to the link, a way for each
// company and product.
func (f *finder) byProduct() (ways []Way) {
	for _, link := range f.Picture.LinksBelow(f.link) {
		products := f.Picture.In(projection.BelongsTo, link)
		for i, product := range products.Others {
			if !f.Picture.Current(projection.BelongsTo, products.Edges[i]) {
				continue
			}
			belongs, _, _ := f.Picture.Edge(projection.BelongsTo, products.Edges[i])
			makers := f.Picture.In(projection.Makes, product)
			from, _ := slices.BinarySearch(makers.Others, f.First)
			for k := from; k < makers.Len() && makers.Others[k] < f.End; k++ {
				makes, _, _ := f.Picture.Edge(projection.Makes, makers.Edges[k])
				if f.Picture.Current(projection.Makes, makers.Edges[k]) && f.Picture.Active(makers.Others[k]) {
					ways = append(ways, Way{
						Basis: Product, Fit: fitStated, Through: product, Edges: []graph.ID{belongs.ID, makes.ID}, companies: makers.Others[k : k+1],
					})
				}
			}
		}
	}
	return ways
}

// byProject finds who takes part in a project that fills the link.
func (f *finder) byProject() (ways []Way) {
	below := f.Picture.LinksBelow(f.link)
	for _, project := range projects.Of(f.Picture) {
		i := slices.IndexFunc(project.Fills, func(fill projects.Fill) bool { return slices.Contains(below, fill.Link) })
		if i < 0 {
			continue
		}
		fills, _, _ := f.Picture.Edge(projection.Fills, project.Fills[i].Edge)
		involved := f.Picture.Out(projection.Involves, project.Project)
		for _, company := range f.Here(project.Companies) {
			if project.Synthetic && !f.Picture.Synthetic(company) {
				continue
			}
			at, _ := slices.BinarySearch(involved.Others, company)
			edge, _, _ := f.Picture.Edge(projection.Involves, involved.Edges[at])
			ways = append(ways, Way{
				Basis: Project, Fit: fitStated, Through: project.Project, Edges: []graph.ID{fills.ID, edge.ID}, companies: []projection.Vertex{company},
			})
		}
	}
	return ways
}

// mostExamples is how many companies a sentence names.
const mostExamples = 3

// Examples returns the largest companies elsewhere that a share counts at both,
// the largest first, at most three.
func Examples(v *area.View, link projection.Vertex, w *Way) []projection.Vertex {
	f := &finder{View: v, link: link}
	var list []projection.Vertex
	if w.Basis == SameProduct {
		list = makersOf(v.Picture, w.Through)
	} else {
		list = f.Presence.At(w.Through)
	}
	var both []projection.Vertex
	for _, company := range list {
		if company >= f.First && company < f.End && f.Level != projection.LevelCountry {
			continue
		}
		if _, is := slices.BinarySearch(f.Presence.At(link), company); is {
			both = append(both, company)
		}
	}
	slices.SortFunc(both, v.Picture.LargestFirst)
	return both[:min(mostExamples, len(both))]
}

// MakesEdges returns the edges by which a product is a main one of a company.
func MakesEdges(p *projection.Projection, company, product projection.Vertex) (edges []graph.ID) {
	for _, x := range madeBy(p, company) {
		if x.product == product {
			edges = append(edges, x.edge)
		}
	}
	return edges
}
