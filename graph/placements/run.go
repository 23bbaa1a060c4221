package placements

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"

	"liantu/graph"
	"liantu/graph/projection"
	"liantu/place"
)

// Row is what came of one company that was read.
type Row struct {
	Company projection.Vertex
	By      *graph.Provenance // of the newest of its texts, empty where it is only judged
	Judged  *graph.Provenance // of the newest judgement of it, empty for none
	links   []held
}

// Placed reports whether the company is confirmed anywhere.
func (r *Row) Placed() bool { return r.outcome() == place.Confirmed }

// outcome is the best outcome of the company.
func (r *Row) outcome() place.Outcome {
	best := place.Rejected
	for _, h := range r.links {
		if h.said.Outcome == place.Confirmed {
			return place.Confirmed
		}
		best = h.said.Outcome
	}
	return best
}

// Answer is what came of the companies of an area. It belongs to one picture.
type Answer struct {
	Version graph.Version
	Area    string // code of the region, [projection.Country] for all
	Method  *Method
	Rows    []Row // of the companies that were read, in order of the picture
	Silent  int   // active companies that say nothing
}

// Count returns how many companies are confirmed at a link, how many of the others are
// under review, and how many were read and fit nowhere.
func (a *Answer) Count() (confirmed, review, read int) {
	for i := range a.Rows {
		switch a.Rows[i].outcome() {
		case place.Confirmed:
			confirmed++
		case place.Review:
			review++
		default:
			read++
		}
	}
	return confirmed, review, read
}

// portion is how many companies a goroutine takes at once.
const portion = 256

// Run places the active companies of an area, a code of a region or [projection.Country]
// for all, on all processors. The answer does not depend on how many there are.
func Run(ctx context.Context, p *projection.Projection, m *Method, area string) (*Answer, error) {
	first, end := p.Range(projection.Company)
	if area != projection.Country {
		first, end = p.CompaniesIn(area)
	}
	portions := int(end-first+portion-1) / portion
	parts := make([][]Row, portions)
	k := newKeeper()
	var next, silent atomic.Int64
	var group sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() {
			for ctx.Err() == nil {
				n := int(next.Add(1)) - 1
				if n >= portions {
					return
				}
				from := first + projection.Vertex(n*portion)
				for v := from; v < min(from+portion, end); v++ {
					if !p.Active(v) {
						continue
					}
					row, ok := m.read(p, k, v)
					if !ok {
						silent.Add(1)
						continue
					}
					parts[n] = append(parts[n], row)
				}
			}
		})
	}
	group.Wait()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	a := &Answer{Version: p.Version(), Area: area, Method: m, Silent: int(silent.Load())}
	for _, rows := range parts {
		a.Rows = append(a.Rows, rows...)
	}
	return a, nil
}

// read places one company.
func (m *Method) read(p *projection.Projection, k *keeper, v projection.Vertex) (Row, bool) {
	c, by, judged, ok := m.company(p, v)
	if !ok {
		return Row{}, false
	}
	return Row{Company: v, By: k.date(by), Judged: k.date(judged), links: k.keep(m.placer.Place(c))}, true
}
