package candidates

import (
	"cmp"
	"context"
	"math/bits"
	"slices"

	"liantu/graph/projection"
)

// merged collects the candidates for many links, every company once.
type merged struct {
	*search
	links    []projection.Vertex
	first    projection.Vertex // company
	words    int               // of the set of links of a company
	at       []uint64          // by company: the set of the links that it would fill, by their places
	points   []int32           // of the best of them
	best     []int16           // the place of the best
	hand     []int8
	count    int
	excluded []Exclusion
	scouts   map[int16]*scout // that have described candidates
}

// newMerged searches for every link, which is the work of as many questions.
func newMerged(ctx context.Context, q *search, links []projection.Vertex) (*merged, error) {
	first, end := q.Picture.Range(projection.Company)
	n := int(end - first)
	m := &merged{
		search: q, links: links, first: first, words: (len(links) + 63) / 64, points: make([]int32, n), best: make([]int16, n),
		hand: make([]int8, n), scouts: map[int16]*scout{},
	}
	m.at = make([]uint64, n*m.words)
	var left []Exclusion
	for place, link := range links {
		s, err := q.scoutOf(ctx, link)
		if err != nil {
			return nil, err
		}
		b := newBest(q.Picture, 0)
		b.each = func(x ranked) { m.note(x, place) }
		_, excluded, err := s.scan(ctx, b)
		if err != nil {
			return nil, err
		}
		left = append(left, excluded...)
	}
	slices.SortStableFunc(left, func(x, y Exclusion) int { return cmp.Compare(x.Company, y.Company) })
	for i, x := range left {
		if (i == 0 || left[i-1].Company != x.Company) && m.fills(x.Company) == 0 {
			m.excluded = append(m.excluded, x)
		}
	}
	return m, nil
}

// note records that a company would fill the link at a place.
func (m *merged) note(x ranked, place int) {
	i, set := int(x.company-m.first), m.set(x.company)
	first := m.fills(x.company) == 0
	if first {
		m.count++
	}
	if first || x.points > m.points[i] {
		m.points[i], m.best[i] = x.points, int16(place)
	}
	m.hand[i] = max(m.hand[i], x.hand)
	set[place/64] |= 1 << (place % 64)
}

// set is the set of the links that a company would fill.
func (m *merged) set(company projection.Vertex) []uint64 {
	i := int(company-m.first) * m.words
	return m.at[i : i+m.words]
}

// fills counts the links that a company would fill.
func (m *merged) fills(company projection.Vertex) int {
	n := 0
	for _, word := range m.set(company) {
		n += bits.OnesCount64(word)
	}
	return n
}

// scan offers every company with its best score.
func (m *merged) scan(ctx context.Context, b *best) (int, []Exclusion, error) {
	for i, points := range m.points {
		if i%4096 == 0 && ctx.Err() != nil {
			return 0, nil, ctx.Err()
		}
		company := m.first + projection.Vertex(i)
		if n := m.fills(company); n > 0 {
			local := company >= m.First && company < m.End
			b.take(ranked{company: company, points: points, grow: local, hand: m.hand[i], links: int16(n), scout: m.best[i]})
		}
	}
	return m.count, m.excluded, nil
}

// describe computes a candidate at its best link, with its scores at all of them.
func (m *merged) describe(x ranked) *Candidate {
	c := m.scoutAt(x.scout).candidate(x.kind(), x.company)
	for place := range int16(len(m.links)) {
		if place == x.scout || m.set(x.company)[place/64]&(1<<(place%64)) == 0 {
			continue
		}
		other := m.scoutAt(place).candidate(x.kind(), x.company)
		c.Links = append(c.Links, Filling{other.Link, other.Score})
		if h := other.InHand; h != nil && (c.InHand == nil || h.better(c.InHand) < 0) {
			c.InHand = h
		}
	}
	slices.SortStableFunc(c.Links[1:], func(x, y Filling) int { return cmp.Compare(y.Score, x.Score) })
	return c
}

// scoutAt returns the scout of a link; many are not held for long where there are many
// local companies.
func (m *merged) scoutAt(place int16) *scout {
	if s := m.scouts[place]; s != nil {
		return s
	}
	if len(m.scouts)*int(m.End-m.First) > maxPoints {
		clear(m.scouts)
	}
	s, _ := m.scoutOf(context.Background(), m.links[place]) // whose only error is the end of the context
	m.scouts[place] = s
	return s
}
