package candidates

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"liantu/graph/projection"
)

// pool is where candidates come from.
type pool interface {
	// scan offers all candidates, and returns how many there are and which companies are
	// left out.
	scan(ctx context.Context, b *best) (count int, excluded []Exclusion, err error)
	// describe computes a candidate with its reasons.
	describe(x ranked) *Candidate
	// diversify finds groups, see [search.diversify].
	diversify(best []ranked) (order []standing, moved int)
}

// describe computes a candidate for the link.
func (s *scout) describe(x ranked) *Candidate { return s.candidate(x.kind(), x.company) }

// ranking puts candidates in order, as many as are needed.
type ranking struct {
	p        *projection.Projection
	from     pool
	count    int
	excluded []Exclusion
	setBack  int
	hands    []ranked   // those in hand
	top      []standing // the best DiverseTop of the others

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

func newRanking(ctx context.Context, p *projection.Projection, from pool) (*ranking, error) {
	r := &ranking{p: p, from: from, made: map[int]*Candidate{}}
	b := newBest(p, DiverseTop)
	var err error
	if r.count, r.excluded, err = from.scan(ctx, b); err != nil {
		return nil, err
	}
	slices.SortFunc(r.excluded, func(x, y Exclusion) int { return cmp.Compare(x.Company, y.Company) })
	r.hands = b.hands
	slices.SortFunc(r.hands, b.before)
	r.order = slices.Clone(r.hands)
	r.top, r.setBack = from.diversify(b.sorted())
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
		b := newBest(r.p, min(2*(i+1), r.count)-len(r.hands))
		_, _, _ = r.from.scan(context.Background(), b) // whose only error is the end of the context
		r.order = slices.Concat(r.order[:len(r.hands)+len(r.top)], b.sorted()[len(r.top):])
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
	c := r.from.describe(r.find(i))
	if k := i - len(r.hands); k >= 0 && k < len(r.top) {
		c.Group, c.SetBack = r.top[k].group, r.top[k].setBack
	}
	r.made[i] = c
	return c
}
