package resolve

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// PrepareAll prepares companies with all processors; the order stays.
func PrepareAll(ctx context.Context, list []Company) ([]*Entity, error) {
	out := make([]*Entity, len(list))
	err := spread(ctx, len(list), func(i int) { out[i] = Prepare(list[i]) })
	return out, err
}

// Hit is the best company of an index for another one.
type Hit struct {
	At     int // in the index, -1 for none
	Band   Band
	Points float64
	// Rivals counts the other companies of the index that are within six
	// points of the best: a name that has rivals is for review.
	Rivals int
}

// Best finds for every company of a list the best one of the index that is the
// same or worth a review, with all processors; of equals the first. The results
// are in the order of the list and do not depend on how the work was spread.
func (x *Index) Best(ctx context.Context, list []*Entity) ([]Hit, error) {
	out := make([]Hit, len(list))
	err := spread(ctx, len(list), func(i int) { out[i] = x.best(list[i]) })
	return out, err
}

func (x *Index) best(e *Entity) Hit {
	hit := Hit{At: -1, Band: Different}
	var points []float64
	x.Candidates(e, func(at int) {
		if x.list[at] == e {
			return
		}
		band, _, p := Decide(e, x.list[at])
		if band == Different {
			return
		}
		points = append(points, p)
		if hit.At < 0 || p > hit.Points {
			hit.At, hit.Band, hit.Points = at, band, p
		}
	})
	for _, p := range points {
		if p > hit.Points-ambiguity {
			hit.Rivals++
		}
	}
	hit.Rivals = max(0, hit.Rivals-1)
	return hit
}

// portion is how many companies a goroutine takes at once.
const portion = 512

// spread calls do for 0 to n-1, with all processors.
func spread(ctx context.Context, n int, do func(i int)) error {
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n/portion+1) {
		wait.Go(func() {
			for ctx.Err() == nil {
				from := int(next.Add(portion)) - portion
				if from >= n {
					return
				}
				for i := from; i < min(from+portion, n); i++ {
					do(i)
				}
			}
		})
	}
	wait.Wait()
	return ctx.Err()
}
