package fields

import (
	"time"

	"liantu/graph/projection"
)

// Picture is the state of the graph that one request answers from.
type Picture struct {
	Graph  *projection.Projection // nil when there is none
	Status projection.Status
	Age    time.Duration // since the store confirmed it
	AsOf   string        // the earlier day of which it is, as it was asked for; "" for the present
}

// Version is the version of the graph that is shown, 0 without a picture.
func (p Picture) Version() int64 {
	if p.Graph == nil {
		return 0
	}
	return int64(p.Graph.Version())
}

// ageStep is the precision with which ages are reported. An answer is at most as
// old as it states, and while the store responds regularly it states the same, so
// that equal answers are equal to the byte.
const ageStep = 5 * time.Second

// AgeSeconds is the age rounded up to whole steps of 5 seconds, at least one.
func (p Picture) AgeSeconds() float64 {
	return (max((p.Age+ageStep-1)/ageStep, 1) * ageStep).Seconds()
}

// Synthetic reports whether the graph holds invented data.
func (p Picture) Synthetic() bool {
	if p.Graph == nil {
		return false
	}
	type key struct{}
	found := p.Graph.Memo(key{}, func() any {
		for v := range projection.Vertex(p.Graph.Order()) {
			if p.Graph.Synthetic(v) {
				return true
			}
		}
		for _, k := range p.Graph.Model().Edges {
			for number := range int32(p.Graph.EdgeCount(k.Name)) {
				e, _, _ := p.Graph.Edge(k.Name, number)
				if value, _ := e.Get("synthetic"); value == true {
					return true
				}
			}
		}
		return false
	})
	return found == true
}
