package questiontest

import (
	"fmt"
	"math/rand/v2"

	"liantu/graph"
)

// equate finds which links are the same, and what counts where, by adding one step after
// the other until nothing changes.
func (w *World) equate() {
	steps := map[graph.ID][]graph.ID{}
	for _, e := range w.edges {
		if e.Kind == "SAME_AS" && !w.above[e.From][e.To] && !w.above[e.To][e.From] {
			steps[e.From], steps[e.To] = append(steps[e.From], e.To), append(steps[e.To], e.From)
		}
	}
	w.same, w.counts = map[graph.ID]map[graph.ID]bool{}, map[graph.ID]map[graph.ID]bool{}
	for _, link := range w.links {
		w.same[link], w.counts[link] = map[graph.ID]bool{link: true}, map[graph.ID]bool{link: true}
	}
	for changed := true; changed; {
		changed = false
		for _, link := range w.links {
			same, counts := len(w.same[link]), len(w.counts[link])
			for at := range w.same[link] {
				for _, next := range steps[at] {
					w.same[link][next] = true
				}
			}
			for at := range w.counts[link] {
				for _, next := range steps[at] {
					w.counts[link][next] = true
				}
				for above := range w.above[at] {
					w.counts[link][above] = true
				}
			}
			changed = changed || len(w.same[link]) > same || len(w.counts[link]) > counts
		}
	}
}

// drawSame adds links that are the same, and some that hold no companies. It draws from a
// source of its own, so that the rest of a graph does not depend on it.
func (r *drawing) drawSame() {
	own := rand.New(rand.NewPCG(uint64(len(r.batch.Edges)), uint64(len(r.links))))
	for range own.IntN(4) {
		r.Edge("SAME_AS", pick(own, r.links), pick(own, r.links), r.ended(own, Props{}))
	}
	for range own.IntN(3) {
		holds := pick(own, []string{"COMPANIES", "CUSTOMERS", "ACTIVITY", "HEADING"})
		r.Node("Link", Props{"code": fmt.Sprintf("l%d", own.IntN(len(r.links))), "holds": holds})
	}
}
