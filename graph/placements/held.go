package placements

import (
	"iter"
	"strings"
	"sync"

	"liantu/graph"
	"liantu/place"
)

// held is a placement as an answer holds it: most of what it says is the same for many
// companies and is held once.
type held struct {
	said        *place.Placement // without the probability and the place of the item in the text
	probability float64
	index, of   int32
}

// Links returns the placements of a company that are confirmed and for review, the finest
// only, the most probable first.
func (r *Row) Links() iter.Seq[place.Placement] {
	return func(yield func(place.Placement) bool) {
		for _, h := range r.links {
			l := *h.said
			l.Probability, l.Evidence.Index, l.Evidence.Of = h.probability, int(h.index), int(h.of)
			if !yield(l) {
				return
			}
		}
	}
}

// keeper holds once what the rows of one run have in common. It may be used by several
// goroutines at once.
type keeper struct {
	mu    sync.Mutex
	said  map[place.Placement]*place.Placement
	dates map[graph.Provenance]*graph.Provenance
}

func newKeeper() *keeper {
	return &keeper{said: map[place.Placement]*place.Placement{}, dates: map[graph.Provenance]*graph.Provenance{}}
}

// keep returns what an answer holds of the placements of one company.
func (k *keeper) keep(list []place.Placement) []held {
	n := 0
	for i := range list {
		if stated(&list[i]) {
			n++
		}
	}
	if n == 0 {
		return nil
	}
	out := make([]held, 0, n)
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, l := range list {
		if !stated(&l) {
			continue
		}
		h := held{probability: l.Probability, index: int32(l.Evidence.Index), of: int32(l.Evidence.Of)}
		l.Probability, l.Evidence.Index, l.Evidence.Of = 0, 0, 0
		if h.said = k.said[l]; h.said == nil {
			l.Evidence.Text = strings.Clone(l.Evidence.Text) // the text around it is not held
			l.Evidence.Item, l.Evidence.Word = strings.Clone(l.Evidence.Item), strings.Clone(l.Evidence.Word)
			h.said = &l
			k.said[l] = h.said
		}
		out = append(out, h)
	}
	return out
}

// stated reports whether an answer holds a placement.
func stated(l *place.Placement) bool { return l.Finest && l.Outcome != place.Rejected }

// date returns a provenance that rows share.
func (k *keeper) date(by graph.Provenance) *graph.Provenance {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.dates[by] == nil {
		k.dates[by] = &by
	}
	return k.dates[by]
}
