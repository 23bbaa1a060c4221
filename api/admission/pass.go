package admission

import (
	"context"
	"time"
)

// readingCost is the cost of reading a byte of a document, in values.
const readingCost = 0.1

// Pass is the place of one request in a lane. It is used by one goroutine.
type Pass struct {
	Waited time.Duration // for places, so far

	gate *Gate
	at   *lane // nil without a place
}

// NewPass returns a pass that has no place yet.
func (g *Gate) NewPass() Pass { return Pass{gate: g} }

// Enter takes a place: in the light lane for what has been read before, else in
// the heavy lane to read so many bytes. On an error the request has no place.
func (p *Pass) Enter(ctx context.Context, known bool, bytes int) error {
	if known || bytes == 0 {
		return p.take(ctx, p.gate.lanes.light, 0)
	}
	return p.take(ctx, p.gate.lanes.heavy, readingCost*float64(bytes))
}

// Turn moves a request of so many values to the lane in which it computes. On an
// error it no longer has a place.
func (p *Pass) Turn(ctx context.Context, values float64) error {
	at := p.gate.lanes.of(values)
	if p.at == at && at == p.gate.lanes.light {
		return nil
	}
	p.Leave()
	return p.take(ctx, at, values)
}

// TurnToWrite waits for the one place of the lane of changes. There a request
// waits for the changes before it and for the store, while the places of queries
// stay free. On an error nothing was changed.
func (p *Pass) TurnToWrite(ctx context.Context) error {
	p.Leave()
	return p.take(ctx, p.gate.lanes.write, 0)
}

func (p *Pass) take(ctx context.Context, at *lane, cost float64) error {
	start := time.Now()
	err := at.enter(ctx, cost)
	took := time.Since(start)
	p.Waited += took
	p.gate.waited(at.name, took)
	if err == nil {
		p.at = at
	}
	return err
}

// Leave frees the place; a second call does nothing.
func (p *Pass) Leave() {
	if p.at != nil {
		p.at.leave()
		p.at = nil
	}
}
