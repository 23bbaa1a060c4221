package api

import (
	"time"

	"liantu/api/disclosure"
)

// payForView charges a client for the view that has to be made for it, and waits for a
// turn: views are made in the heavy lane, so that many that are due at once, as after a new
// picture, keep nobody else out. What another request has made meanwhile costs nothing.
func (s *Server) payForView(x *execution) error {
	cost := func() float64 {
		return disclosure.ViewCost(s.service.Model, x.Picture.Graph, x.Caller.Identity, s.cfg.ViewBytes)
	}
	values := cost()
	if values == 0 {
		return nil
	}
	if err := x.pass.Turn(x.Context, max(values, float64(s.cfg.HeavyFields))); err != nil {
		return err
	}
	if f := s.gate.Charge(x.client, cost(), time.Now()); f != nil {
		return f
	}
	x.until.GiveWay(true)
	return nil
}
