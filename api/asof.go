package api

import (
	"context"
	"time"

	"liantu/api/earlier"
	"liantu/api/engine"
	"liantu/api/fault"
	"liantu/graph/projection"
)

// earlierWork is the work of making the picture of an earlier day: most of what one request
// may do.
const earlierWork = 90_000

// goBack gives a request the picture of the day that it asks for, in place of the present one,
// and returns a function that must be called at its end. The request must have no place yet.
func (s *Server) goBack(x *execution, r *Request) (leave func(), err error) {
	leave = func() {}
	day, f := earlier.DayOf(r.Extensions)
	if f != nil {
		return leave, f
	}
	if day == "" || x.Picture.AsOf != "" { // an export goes on with the picture of its first page
		return leave, nil
	}
	var done func()
	out, err := s.gate.EnterEarlier(x.Context)
	if err != nil {
		return leave, err
	}
	defer func() {
		if done == nil {
			out()
		}
	}()
	present := x.Picture.Graph
	admit := func(ctx context.Context) error {
		if err := x.pass.Turn(ctx, max(earlierWork, float64(s.cfg.HeavyFields))); err != nil {
			return err
		}
		if f := s.gate.Charge(x.client, earlierWork, time.Now()); f != nil {
			return f
		}
		x.made = earlierWork
		return nil
	}
	defer x.pass.Leave()
	picture, read, err := earlier.Beside(present).Read(x.Context, day, admit, func(ctx context.Context) (*projection.Projection, error) {
		x.until.GiveWay(true)
		defer x.until.GiveWay(false)
		return present.On(ctx, day)
	})
	if err != nil {
		return leave, err
	}
	done = read
	x.Picture.Graph, x.Picture.AsOf = picture, day
	if r.pinned != nil {
		*r.pinned = x.Picture
	}
	return func() { done(); out() }, nil
}

// checkPresent refuses operations that are of the present alone for an earlier day.
func checkPresent(x *execution, op *engine.Operation) *fault.RefusalError {
	if x.Picture.AsOf == "" || op.Type() == engine.Query {
		return nil
	}
	return fault.Refuse(fault.CodeInput, "what changes the graph or waits for its changes is of the present; leave out extensions.asOf")
}
