package area

import (
	"cmp"
	"context"
	"math"
	"slices"

	"liantu/graph"
	"liantu/graph/projection"
)

// PeersOf returns up to n regions of the level of a region that are most like
// it in the number of companies at links, by the ratio of the numbers; of
// equal ones the first by code. Companies of the first frame without a scope are counted
// that is complete in the country and has any at links, without one everybody; of the frames
// of one population, or of all for "". A region without such companies has no peers and is
// a peer of none. The error is the context's.
func PeersOf(ctx context.Context, p *projection.Projection, of Population, grade graph.Grade, region projection.Vertex, n int) ([]projection.Vertex, error) {
	presence := p.Presence(grade)
	firstCompany, endCompany := p.Range(projection.Company)
	for _, f := range FramesOf(p, of) {
		if _, complete := f.CompleteIn(projection.Country); !complete || len(f.Scope) > 0 {
			continue
		}
		members, err := f.Members(ctx, grade)
		if err != nil {
			return nil, err
		}
		if members.Presence.Attributed(firstCompany, endCompany) > 0 {
			presence = members.Presence
			break
		}
	}
	attributed := func(r projection.Vertex) float64 {
		first, end := p.CompaniesIn(p.AreaOf(r))
		return math.Log(float64(presence.Attributed(first, end)))
	}
	own := attributed(region)
	if math.IsInf(own, -1) {
		return nil, nil
	}
	type peer struct {
		region projection.Vertex
		apart  float64
	}
	var peers []peer
	for _, r := range p.RegionsAt(p.LevelOfRegion(region), projection.Country) {
		if apart := math.Abs(attributed(r) - own); r != region && !math.IsInf(apart, 1) {
			peers = append(peers, peer{r, apart})
		}
	}
	slices.SortStableFunc(peers, func(a, b peer) int { return cmp.Compare(a.apart, b.apart) })
	found := make([]projection.Vertex, 0, n)
	for _, one := range peers[:min(n, len(peers))] {
		found = append(found, one.region)
	}
	return found, nil
}

// Outermost returns the codes of the regions that are not inside another one of
// them, ascending; without regions, the country.
func Outermost(p *projection.Projection, peers []projection.Vertex) []string {
	if len(peers) == 0 {
		return []string{projection.Country}
	}
	var codes []string
	for _, peer := range peers {
		codes = append(codes, p.AreaOf(peer))
	}
	slices.Sort(codes)
	codes = slices.Compact(codes)
	inside := func(code string) bool {
		return slices.ContainsFunc(codes, func(other string) bool { return other != code && projection.Within(code, other) })
	}
	return slices.DeleteFunc(slices.Clone(codes), inside)
}
