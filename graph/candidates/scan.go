package candidates

import (
	"context"
	"slices"

	"liantu/graph/projection"
)

// scan offers all candidates for the link with their scores, to attract before to grow, each
// kind ascending. It returns how many there are and which are left out.
func (s *scout) scan(ctx context.Context, b *best) (count int, excluded []Exclusion, err error) {
	for _, kind := range s.kinds {
		offers := []func(*walk, context.Context) error{(*walk).abroad, (*walk).handed}
		if kind == Grow {
			offers = []func(*walk, context.Context) error{(*walk).neighbours}
		}
		for _, offer := range offers {
			w := &walk{s: s, best: b, runs: placeRuns(s.Picture), run: -1, bonds: s.bonds, unwanted: s.unwanted, grow: kind == Grow}
			if err := offer(w, ctx); err != nil {
				return 0, nil, err
			}
			count, excluded = count+w.count, append(excluded, w.excluded...)
		}
	}
	return count, excluded, nil
}

// walk goes through companies in their order and adds to what is fixed of their
// points what depends on the region: how near they are, which all companies of
// a place share, and for the few that have one a bond with the region.
type walk struct {
	s        *scout
	best     *best
	grow     bool
	count    int
	excluded []Exclusion

	runs     []placeRun
	run      int
	runEnd   projection.Vertex
	near     int32 // points for the place of the run
	bonds    *regionBonds
	next     int // of bonds
	unwanted []projection.Vertex
}

// ahead moves to a company and returns up to which one, itself excluded, all
// have the points of its place and nothing else; the company itself if it has.
func (w *walk) ahead(v projection.Vertex) projection.Vertex {
	for v >= w.runEnd {
		w.run++
		w.runEnd = w.runs[w.run].end
		if v < w.runEnd {
			w.near = pointsOf(w.s.settings.Candidates.Proximity, w.s.proximityOf(w.runs[w.run].code).Or(0))
		}
	}
	limit := w.runEnd
	for len(w.unwanted) > 0 && w.unwanted[0] < v {
		w.unwanted = w.unwanted[1:]
	}
	if len(w.unwanted) > 0 {
		limit = min(limit, w.unwanted[0])
	}
	for w.next < len(w.bonds.companies) && w.bonds.companies[w.next] < v {
		w.next++
	}
	if w.next < len(w.bonds.companies) {
		limit = min(limit, w.bonds.companies[w.next])
	}
	return limit
}

// offer offers a company with all its points.
func (w *walk) offer(v projection.Vertex, points int32) {
	if !w.s.filter.passes(v) {
		return
	}
	w.count++
	if points >= w.best.least {
		w.best.offer(ranked{company: v, points: points, grow: w.grow, links: 1})
	}
}

// special offers a company at which [walk.ahead] stopped.
func (w *walk) special(v projection.Vertex, fixed int32) {
	if !w.s.filter.passes(v) {
		return
	}
	if len(w.unwanted) > 0 && w.unwanted[0] == v {
		w.excluded = append(w.excluded, Exclusion{Company: v})
		return
	}
	pursuits := w.s.pursuits(v)
	if by := exclusionOf(pursuits); by != nil {
		w.excluded = append(w.excluded, Exclusion{Company: v, Pursuit: by})
		return
	}
	weights, commitment := w.s.settings.Candidates, w.s.commitmentOf(v, pursuits)
	w.count++
	w.best.take(ranked{
		company: v, grow: w.grow, links: 1, hand: commitment.hand.rank(),
		points: fixed + w.near + pointsOf(weights.SupplyTie, tieOf(w.bonds.supplies[w.next])) +
			pointsOf(weights.Reach, w.bonds.reach[w.next]) + pointsOf(-weights.Commitment, commitment.value.Or(0)),
	})
}

// abroad offers the companies at the link that are not known to be in the
// region.
func (w *walk) abroad(ctx context.Context) error {
	at, fixed := w.s.Presence.At(w.s.link), w.s.columns.fixed
	for i := 0; i < len(at); {
		if err := ctx.Err(); err != nil {
			return err
		}
		v := at[i]
		if v >= w.s.First && v < w.s.End {
			local, _ := slices.BinarySearch(at[i:], w.s.End)
			i += local
			continue
		}
		limit := w.ahead(v)
		if v < w.s.First {
			limit = min(limit, w.s.First)
		}
		if limit == v {
			w.special(v, fixed[i])
			i++
		}
		for ; i < len(at) && at[i] < limit; i++ {
			w.offer(at[i], fixed[i]+w.near)
		}
	}
	return nil
}

// neighbours offers the local companies next to the link.
func (w *walk) neighbours(ctx context.Context) error {
	s, weights := w.s, w.s.settings.Candidates
	spread, err := expansions(ctx, s.Picture)
	if err != nil {
		return err
	}
	size := pointsOf(weights.Size, 1)
	first, _ := s.Picture.Range(projection.Company)
	fits := make([]int32, len(s.near.ways))
	for i, way := range s.near.ways {
		fits[i] = pointsOf(weights.Fit, way.fit)
	}
	for i := 0; i < len(s.near.at); {
		if err := ctx.Err(); err != nil {
			return err
		}
		limit := int(w.ahead(s.First+projection.Vertex(i)) - s.First)
		special := limit == i
		for limit = min(max(limit, i+1), len(s.near.at)); i < limit; i++ {
			way := s.near.at[i]
			if way == 0 {
				continue
			}
			v := s.First + projection.Vertex(i)
			points := fits[way-1] + pointsOf(weights.Expansion, spread[v-first])
			switch {
			case special:
				w.special(v, points+s.sizePoints(v))
			case points+size+w.near < w.best.least: // whatever its size
				if s.filter.passes(v) {
					w.count++
				}
			default:
				w.offer(v, points+s.sizePoints(v)+w.near)
			}
		}
	}
	return nil
}
