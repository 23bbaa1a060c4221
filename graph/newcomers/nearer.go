package newcomers

import (
	"cmp"
	"slices"

	"liantu/graph"
	"liantu/graph/projection"
)

// Nearer is a local buyer and a supplier of it that would be local too.
type Nearer struct {
	Buyer, Supplier projection.Vertex
	Edge            graph.ID // of the SUPPLIES edge
}

// NearerOf lists the current supplies from companies that land to the companies first <= v <
// end that do not go, by buyer, then supplier.
func NearerOf(p *projection.Projection, first, end projection.Vertex, land, gone []projection.Vertex) []Nearer {
	var found []Nearer
	for _, supplier := range land {
		arcs := p.Out(projection.Supplies, supplier)
		for i, buyer := range arcs.Others {
			if _, goes := slices.BinarySearch(gone, buyer); goes || buyer < first || buyer >= end || !p.Current(projection.Supplies, arcs.Edges[i]) {
				continue
			}
			edge, _, _ := p.Edge(projection.Supplies, arcs.Edges[i])
			found = append(found, Nearer{Buyer: buyer, Supplier: supplier, Edge: edge.ID})
		}
	}
	slices.SortFunc(found, func(x, y Nearer) int {
		return cmp.Or(cmp.Compare(x.Buyer, y.Buyer), cmp.Compare(x.Supplier, y.Supplier), cmp.Compare(x.Edge, y.Edge))
	})
	return found
}
