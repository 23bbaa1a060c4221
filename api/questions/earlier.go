package questions

import (
	"context"

	"liantu/api/disclosure"
	"liantu/api/fault"
	"liantu/api/fields"
	"liantu/graph/past"
	"liantu/graph/projection"
)

// earlier holds the last picture of the past that was made for a present picture. It ends
// with that one, so that nobody who was forgotten is in it.
type earlier struct {
	turn    chan struct{} // held by whoever makes or reads it
	point   past.Point
	picture *projection.Projection // nil for none
}

// earlierOf returns what is held for the picture of a request.
func earlierOf(rq *fields.Request) *earlier {
	type key struct{}
	return rq.Caller.Whole.Memo(key{}, func() any { return &earlier{turn: make(chan struct{}, 1)} }).(*earlier)
}

// withEarlier calls do with the part of the picture of a point that the caller of a request
// may know of. There is one such picture at a time: do must retain nothing of it, since it
// goes when another point is asked for.
func withEarlier(rq *fields.Request, point past.Point, do func(before *projection.Projection) error) error {
	if point.Day == "" && rq.Service.Past == nil {
		return fault.Refuse(fault.CodeUnavailable, "this service has no store that knows the past")
	}
	e := earlierOf(rq)
	select {
	case e.turn <- struct{}{}:
		defer func() { <-e.turn }()
	case <-rq.Context.Done():
		return rq.Context.Err()
	}
	if err := e.become(rq.Context, rq, point); err != nil {
		return err
	}
	seen, err := disclosure.CachedView(rq.Context, rq.Service.Model, e.picture, rq.Caller.Identity, rq.Service.ViewBytes)
	if err != nil {
		return err
	}
	return do(seen.Graph)
}

// become makes the picture of a point unless it is there: of a day from the picture that it
// is compared with, of a version from the ledger of the store.
func (e *earlier) become(ctx context.Context, rq *fields.Request, point past.Point) (err error) {
	if e.picture != nil && e.point == point {
		return nil
	}
	e.picture = nil // two of them take the memory of two
	if point.Day != "" {
		e.picture, err = rq.Caller.Whole.On(ctx, point.Day)
	} else {
		e.picture, err = rq.Service.Past.Picture(ctx, point)
	}
	e.point = point
	return err
}
