package candidates

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"liantu/graph/projection"
)

// ranked is a candidate by its score, in 10,000ths.
type ranked struct {
	company projection.Vertex
	points  int32
	grow    bool
}

func (r ranked) kind() Kind {
	if r.grow {
		return Grow
	}
	return Attract
}

// ranking puts candidates in order, as many as are needed.
type ranking struct {
	s        *scout
	count    int
	excluded []Exclusion
	setBack  int
	top      []standing // the best DiverseTop

	mu    sync.Mutex
	order []ranked // the best, as many as were needed so far
	made  map[int]*Candidate
}

// standing is one of the best candidates with its place in its group.
type standing struct {
	ranked
	group   *Group
	setBack bool
}

func newRanking(ctx context.Context, s *scout) (*ranking, error) {
	r := &ranking{s: s, made: map[int]*Candidate{}}
	b := newBest(s.Picture, DiverseTop)
	var err error
	if r.count, r.excluded, err = s.scan(ctx, b); err != nil {
		return nil, err
	}
	slices.SortFunc(r.excluded, func(x, y Exclusion) int { return cmp.Compare(x.Company, y.Company) })
	r.top, r.setBack = s.diversify(b.sorted())
	for _, x := range r.top {
		r.order = append(r.order, x.ranked)
	}
	return r, nil
}

// at returns the candidate at a place of the order.
func (r *ranking) at(i int) ranked {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.find(i)
}

// find is [ranking.at] for a caller that holds the lock. Beyond the order so far
// it finds twice as many as are needed.
func (r *ranking) find(i int) ranked {
	if i >= len(r.order) {
		b := newBest(r.s.Picture, min(2*(i+1), r.count))
		_, _, _ = r.s.scan(context.Background(), b) // whose only error is the end of the context
		order := b.sorted()
		copy(order, r.order[:len(r.top)])
		r.order = order
	}
	return r.order[i]
}

// candidate returns the candidate at a place, made once.
func (r *ranking) candidate(i int) *Candidate {
	r.mu.Lock()
	defer r.mu.Unlock()
	if c := r.made[i]; c != nil {
		return c
	}
	x := r.find(i)
	c := r.s.candidate(x.kind(), x.company)
	if i < len(r.top) {
		c.Group, c.SetBack = r.top[i].group, r.top[i].setBack
	}
	r.made[i] = c
	return c
}
