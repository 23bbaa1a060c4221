package candidates

import (
	"context"
	"slices"

	"liantu/graph"
	"liantu/graph/projection"
)

// neighbourhood holds the local companies next to a link.
type neighbourhood struct {
	first projection.Vertex // company of the region
	at    []int32           // by company of the region: 0 if it is at the link or not next to it, else one more than its place in ways
	ways  []nearness
}

// nearness says how a local company is next to the link.
type nearness struct {
	fit     float64
	through projection.Vertex
	edges   []graph.ID // for a product: that it belongs to the link, that the company makes it
}

// How well a local company fits that is next to the link.
const (
	fitProduct = 0.9 // it makes a product that belongs to the link
	fitSibling = 0.6 // it is at a link with the same parent
	fitFeeds   = 0.5 // it is at a link that feeds this one or is fed by it
)

// atLink marks a company at the link itself, which is not next to it.
const atLink = -1

// newNeighbourhood finds the local companies next to the link, each by its best
// fit: the ways are tried from the best fit down, so that the first stays.
func newNeighbourhood(ctx context.Context, s *scout) (*neighbourhood, error) {
	n := &neighbourhood{first: s.First, at: make([]int32, s.End-s.First)}
	for _, company := range s.Here(s.Presence.At(s.link)) {
		n.at[company-n.first] = atLink
	}
	n.byProduct(s)
	for _, parent := range s.Picture.ParentsOf(s.link) {
		for _, sibling := range s.Picture.PartsOf(parent) {
			if sibling != s.link && s.Picture.Kind(sibling) == projection.Link {
				n.byLink(s, sibling, fitSibling)
			}
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	for _, step := range slices.Concat(s.Picture.Downstream(s.link), s.Picture.Upstream(s.link)) {
		n.byLink(s, step, fitFeeds)
	}
	for i, way := range n.at {
		n.at[i] = max(way, 0)
	}
	return n, ctx.Err()
}

// of returns how a company is next to the link; the zero nearness if it is not.
func (n *neighbourhood) of(company projection.Vertex) nearness {
	if way := n.at[company-n.first]; way > 0 {
		return n.ways[way-1]
	}
	return nearness{}
}

// note records the last of the ways for a company that none has reached.
func (n *neighbourhood) note(company projection.Vertex) {
	if at := &n.at[company-n.first]; *at == 0 {
		*at = int32(len(n.ways))
	}
}

func (n *neighbourhood) byLink(s *scout, link projection.Vertex, fit float64) {
	n.ways = append(n.ways, nearness{fit: fit, through: link})
	for _, company := range s.Here(s.Presence.At(link)) {
		n.note(company)
	}
}

func (n *neighbourhood) byProduct(s *scout) {
	for _, link := range s.Picture.LinksBelow(s.link) {
		products := s.Picture.In(projection.BelongsTo, link)
		for i, product := range products.Others {
			if !s.Picture.Current(projection.BelongsTo, products.Edges[i]) {
				continue
			}
			belongs, _, _ := s.Picture.Edge(projection.BelongsTo, products.Edges[i])
			makers := s.Picture.In(projection.Makes, product)
			from, _ := slices.BinarySearch(makers.Others, s.First)
			for k := from; k < makers.Len() && makers.Others[k] < s.End; k++ {
				makes, _, _ := s.Picture.Edge(projection.Makes, makers.Edges[k])
				if !s.Picture.Current(projection.Makes, makers.Edges[k]) {
					continue
				}
				n.ways = append(n.ways, nearness{fitProduct, product, []graph.ID{belongs.ID, makes.ID}})
				n.note(makers.Others[k])
			}
		}
	}
}
