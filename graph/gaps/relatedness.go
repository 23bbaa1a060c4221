package gaps

import (
	"cmp"
	"context"
	"slices"
	"sync/atomic"

	"liantu/graph/projection"
	"liantu/graph/relatedness"
)

// related is the relatedness of the links of one depth, judged by the regions
// of one level.
type related struct {
	*relatedness.Space
	place   []int32 // number among the activities by link, −1 if of another depth
	median  []Figure
	index   map[projection.Vertex]int      // by region: number among the places
	covered []bool                         // by place: A > 0
	found   []atomic.Pointer[placeFigures] // by place, computed when first needed; none if there would be too many
}

// placeFigures are the density of every link of the depth in a place, and its
// rank among them.
type placeFigures struct{ density, rank []Figure }

// maxDensities is the most densities that are cached for one depth of links.
const maxDensities = 1 << 18

// newRelated computes relatedness among the links of one depth: a region has a
// link if at least as many of its companies are there as expected.
func newRelated(ctx context.Context, c *cells, links []int32, ref *reference) (*related, error) {
	r := &related{
		place: make([]int32, len(c.rows)), index: make(map[projection.Vertex]int, len(c.regions)),
		covered: make([]bool, len(c.regions)), median: make([]Figure, len(links)),
	}
	if len(c.regions)*len(links) <= maxDensities {
		r.found = make([]atomic.Pointer[placeFigures], len(c.regions))
	}
	for i := range r.place {
		r.place[i] = -1
	}
	for i, region := range c.regions {
		r.index[region] = i
		r.covered[i] = c.attributed[i] > 0
	}
	having := make([][]int32, len(links))
	for i, link := range links {
		r.place[link] = int32(i)
		for _, cell := range c.rows[link] {
			// n ≥ A·nP/AP in whole numbers
			if int(cell.n)*ref.coverage.Attributed >= c.attributed[cell.region]*ref.links[link].companies {
				having[i] = append(having[i], cell.region)
			}
		}
	}
	var err error
	if r.Space, err = relatedness.NewMinimumSpaceContext(ctx, relatedness.NewNetwork(len(c.regions), having)); err != nil {
		return nil, err
	}
	var peers []int
	for place, region := range c.regions {
		if r.covered[place] && ref.contains[region] {
			peers = append(peers, place)
		}
	}
	values, row := make([]float64, 0, len(peers)), make([]float64, len(links))
	for i := range links {
		if i%16 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		values = values[:0]
		r.DensitiesIn(i, peers, row, func(_ int, density float64) { values = append(values, density) })
		r.median[i] = medianOf(values)
		if r.ProximitySum(i) == 0 {
			r.median[i] = Missing(NoDensity)
		}
	}
	return r, nil
}

func medianOf(values []float64) Figure {
	n := len(values)
	if n == 0 {
		return Missing(NoPeers)
	}
	slices.Sort(values)
	return Known((values[(n-1)/2] + values[n/2]) / 2)
}

// figures returns the density of every link of the depth in a region, and its
// rank.
func (r *related) figures(region projection.Vertex) placeFigures {
	place, ok := r.index[region]
	if ok = ok && r.found != nil; ok {
		if f := r.found[place].Load(); f != nil {
			return *f
		}
	}
	density := r.inRegion(region)
	f := placeFigures{density, ranks(density)}
	if ok {
		r.found[place].Store(&f)
	}
	return f
}

// inRegion returns the density of every link of the depth in a region.
func (r *related) inRegion(region projection.Vertex) []Figure {
	found := make([]Figure, r.Activities())
	for i := range found {
		found[i] = Missing(NoDensity)
	}
	place, ok := r.index[region]
	if !ok || !r.covered[place] {
		return found
	}
	for i, density := range r.DensitiesOf(place) {
		if r.ProximitySum(i) != 0 {
			found[i] = Known(density)
		}
	}
	return found
}

// ranks returns for every figure the share of the other known ones that are
// less, equal ones counting half.
func ranks(figures []Figure) []Figure {
	var known []float64
	for _, f := range figures {
		if x, ok := f.Get(); ok {
			known = append(known, x)
		}
	}
	slices.Sort(known)
	found := make([]Figure, len(figures))
	for i, f := range figures {
		x, ok := f.Get()
		if !ok || len(known) < 2 {
			found[i] = Missing(cmp.Or(f.Why(), NoPeers))
			continue
		}
		less, _ := slices.BinarySearch(known, x-Slack)
		notMore, _ := slices.BinarySearch(known, x+Slack)
		equal := notMore - less - 1
		found[i] = Known((float64(less) + float64(equal)/2) / float64(len(known)-1))
	}
	return found
}
