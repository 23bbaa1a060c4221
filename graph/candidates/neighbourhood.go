package candidates

import (
	"context"

	"liantu/graph"
	"liantu/graph/capability"
	"liantu/graph/projection"
)

// neighbourhood holds the local companies that are capable of a link.
type neighbourhood struct {
	first projection.Vertex // company of the region
	at    []int32           // by company of the region: 0 if it is at the link or not capable of it, else one more than its place in ways
	ways  []nearness
}

// nearness says what shows that a local company is capable of the link.
type nearness struct {
	capability.Way
	fit     float64
	through projection.Vertex
	edges   []graph.ID // that state it of the company itself
}

// Marks of a company that is not capable of the link, which is at the link or a
// distributor.
const atLink = -1

// newNeighbourhood finds the local companies that are capable of the link, each
// by its best fit: the ways stand from the best fit down, so that the first stays.
func newNeighbourhood(ctx context.Context, s *scout) (*neighbourhood, error) {
	n := &neighbourhood{first: s.First, at: make([]int32, s.End-s.First)}
	for _, company := range s.Here(s.Presence.At(s.link)) {
		n.at[company-n.first] = atLink
	}
	ways, err := capability.Find(ctx, s.View, s.link)
	if err != nil {
		return nil, err
	}
	trade := capability.SortOf(s.Picture, s.link) == capability.Trade
	for _, way := range ways {
		n.ways = append(n.ways, nearness{way, way.Fit, way.Through, way.Edges})
		for _, company := range way.Companies() {
			if n.at[company-n.first] != 0 {
				continue
			}
			n.at[company-n.first] = int32(len(n.ways))
			if !trade && capability.Distributes(s.Picture, s.Grade, company) {
				n.at[company-n.first] = atLink
			}
		}
	}
	companies, hands := s.handedWays()
	for i, company := range companies {
		if n.at[company-n.first] <= 0 {
			n.ways = append(n.ways, hands[i])
			n.at[company-n.first] = int32(len(n.ways))
		}
	}
	for i, way := range n.at {
		n.at[i] = max(way, 0)
	}
	return n, ctx.Err()
}

// of returns what shows that a company is capable of the link; the zero nearness
// if nothing does.
func (n *neighbourhood) of(company projection.Vertex) nearness {
	if way := n.at[company-n.first]; way > 0 {
		return n.ways[way-1]
	}
	return nearness{}
}
