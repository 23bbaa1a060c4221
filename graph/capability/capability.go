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
	Product      Basis = iota // it makes a product that belongs to the link
	Project                   // it takes part in a project that fills the link
	Patent                    // it holds a patent that applies to the link
	SameProduct               // companies elsewhere that make the same product are at the link
	SameMaterial              // companies elsewhere that make something of the same material are at the link
	Together                  // companies elsewhere at the same link are at this one, too
)

// Fits of what is stated of the company itself: what it does, and what it could do.
const (
	fitStated = 0.9
	fitPatent = 0.8
)

// Way is one way in which companies of the region are capable of the link.
type Way struct {
	Basis    Basis
	Fit      float64
	Through  projection.Vertex // the product, project, patent, material or other link
	Edges    []graph.ID        // that state it of the company itself
	Both, At int               // by a share: companies elsewhere at both, and at the other link, of the product or of the material

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
	ways = slices.Concat(f.byProduct(), f.byProject(), f.byPatent(), ways)
	slices.SortStableFunc(ways, Way.compare)
	return ways, ctx.Err()
}

// byProduct finds who makes a product that belongs to the link.
func (f *finder) byProduct() []Way {
	return f.through(Product, projection.BelongsTo, projection.Makes, fitStated)
}

// byPatent finds who holds a patent that applies to the link and is not known to
// be pending or to have lapsed.
func (f *finder) byPatent() []Way {
	return f.through(Patent, projection.AppliesTo, projection.Holds, fitPatent)
}

// through finds which companies of the region make or hold something that leads to
// the link, a way for each of them and thing.
func (f *finder) through(basis Basis, leads, owns string, fit float64) (ways []Way) {
	for _, link := range f.Picture.CountedAt(f.link) {
		things := f.Picture.In(leads, link)
		for i, thing := range things.Others {
			if basis == Patent && f.lapsed(thing) || !f.Picture.Current(leads, things.Edges[i]) {
				continue
			}
			lead, _, _ := f.Picture.Edge(leads, things.Edges[i])
			owners := f.Picture.In(owns, thing)
			from, _ := slices.BinarySearch(owners.Others, f.First)
			for k := from; k < owners.Len() && owners.Others[k] < f.End; k++ {
				edge, _, _ := f.Picture.Edge(owns, owners.Edges[k])
				if f.Picture.Synthetic(thing) && !f.Picture.Synthetic(owners.Others[k]) {
					continue
				}
				if f.Picture.Current(owns, owners.Edges[k]) && f.Picture.Active(owners.Others[k]) {
					ways = append(ways, Way{
						Basis: basis, Fit: fit, Through: thing, Edges: []graph.ID{lead.ID, edge.ID}, companies: owners.Others[k : k+1],
					})
				}
			}
		}
	}
	return ways
}

// lapsed reports whether a patent is pending or has lapsed.
func (f *finder) lapsed(patent projection.Vertex) bool {
	status := f.Picture.Text(patent, "status")
	return status == "PENDING" || status == "LAPSED"
}

// byProject finds who takes part in a project that fills the link.
func (f *finder) byProject() (ways []Way) {
	below := f.Picture.CountedAt(f.link)
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
	if w.Basis == Together {
		list = f.Presence.At(w.Through)
	} else {
		list = companiesOf(v.Picture, w.Basis, w.Through)
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

// EdgesTo returns the edges by which the product or material of a share is that of a
// company: that it makes the product, or something that the material feeds.
func EdgesTo(p *projection.Projection, w *Way, company projection.Vertex) (edges []graph.ID) {
	for _, x := range madeBy(p, company) {
		if w.Basis == SameProduct && x.product == w.Through {
			edges = append(edges, x.edge)
		}
		if w.Basis != SameMaterial {
			continue
		}
		for _, m := range madeOf(p, x.product) {
			if m.product == w.Through {
				edges = append(edges, x.edge, m.edge)
			}
		}
	}
	return edges
}
