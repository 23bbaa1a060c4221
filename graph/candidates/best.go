package candidates

import (
	"cmp"
	"slices"

	"liantu/graph/projection"
)

// ranked is a candidate by its score, in 10,000ths.
type ranked struct {
	company projection.Vertex
	points  int32
	grow    bool
	hand    int8  // the rank of the project by which it is in hand, see [InHand.rank]
	links   int16 // that it would fill
	scout   int16 // the place of the link of its best score among those asked about
}

func (r ranked) kind() Kind {
	if r.grow {
		return Grow
	}
	return Attract
}

// best collects the best of many candidates.
type best struct {
	p     *projection.Projection
	most  int
	least int32        // points below which nothing can be among the best any more
	each  func(ranked) // takes every candidate instead, if it is not nil
	hands []ranked     // those in hand, in no order
	found []ranked     // the others, in no order
	worst ranked       // of the best so far, if trimmed
	// counts has how many were offered by points; over is how many of at least
	// the least points there are.
	counts  [2*pointSpan + 1]int32
	over    int
	trimmed bool
}

// pointSpan is more than a score can have, or fall below 0, in 10,000ths.
const pointSpan = 10_100

func newBest(p *projection.Projection, most int) *best {
	return &best{p: p, most: most, least: -pointSpan}
}

// before orders candidates as the package documentation says.
func (b *best) before(x, y ranked) int {
	if x.hand != y.hand {
		return cmp.Compare(y.hand, x.hand)
	}
	if x.points != y.points {
		return cmp.Compare(y.points, x.points)
	}
	return cmp.Or(cmp.Compare(y.links, x.links), cmp.Compare(x.kind(), y.kind()), b.p.LargestFirst(x.company, y.company))
}

// take adds a candidate, whether it is in hand or not.
func (b *best) take(x ranked) {
	switch {
	case x.hand > 0 && b.each == nil:
		b.hands = append(b.hands, x)
	case x.points >= b.least:
		b.offer(x)
	}
}

// offer adds a candidate that is not in hand and has at least the least points.
func (b *best) offer(x ranked) {
	if b.each != nil {
		b.each(x)
		return
	}
	if b.most == 0 || b.trimmed && x.points == b.least && b.before(b.worst, x) < 0 {
		return
	}
	b.found = append(b.found, x)
	b.counts[x.points+pointSpan]++
	b.over++
	for n := int(b.counts[b.least+pointSpan]); b.over-n >= b.most; n = int(b.counts[b.least+pointSpan]) {
		b.over -= n
		b.least++
		b.trimmed = false
	}
	if len(b.found) >= 4*b.most+1000 {
		b.trim()
	}
}

// trim removes what is not among the best so far.
func (b *best) trim() {
	slices.SortFunc(b.found, b.before)
	b.found = b.found[:b.most]
	b.worst, b.trimmed = b.found[b.most-1], true
	b.counts[b.least+pointSpan] -= int32(b.over - b.most)
	b.over = b.most
}

// sorted returns the best that are not in hand, in order.
func (b *best) sorted() []ranked {
	slices.SortFunc(b.found, b.before)
	return b.found[:min(b.most, len(b.found))]
}
