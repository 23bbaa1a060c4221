package api

import (
	"context"

	"liantu/access"
	"liantu/api/disclosure"
	"liantu/api/fault"
	"liantu/api/fields"
	"liantu/graph"
	"liantu/graph/projection"
)

// catchUp replaces the picture of the request by a newer one if the client asks for
// a version that it does not have.
func (s *Server) catchUp(x *execution, minVersion any) error {
	wanted, ok := fields.WholeNumber(minVersion).(int)
	if !ok || wanted < 0 {
		return fault.Refuse(fault.CodeInput, "extensions.minVersion is not a version number")
	}
	if x.Picture.Version() >= int64(wanted) {
		return nil
	}
	return s.renewBy(x, func(ctx context.Context) (*projection.Projection, error) {
		return s.pictures.AtLeast(ctx, graph.Version(wanted))
	})
}

// renewBy sets the picture of a request to one that is read from the store.
func (s *Server) renewBy(x *execution, read func(context.Context) (*projection.Projection, error)) error {
	leave, err := s.gate.EnterStore(x.Context)
	if err != nil {
		return err
	}
	defer leave()
	newer, err := read(x.Context)
	if err != nil {
		return err
	}
	x.Picture = s.take()
	x.Picture.Graph = newer
	return nil
}

// see restricts the request to what its caller may know of.
func (s *Server) see(x *execution, extensions map[string]any) error {
	stated, err := s.purpose(x, extensions)
	if err != nil {
		return err
	}
	x.Caller.Purpose, x.Caller.Role = stated, disclosure.RoleOf(x.Caller.Identity, stated)
	if err := s.payForView(x); err != nil {
		return err
	}
	return x.See(x.Picture)
}

// purpose reads the purpose of a request. What is revealed for it is decided by what
// the store holds now: a person may have been forgotten or have withdrawn the consent
// since the picture was made. Where the store cannot be reached, nothing is.
func (s *Server) purpose(x *execution, extensions map[string]any) (disclosure.Stated, error) {
	role := x.Caller.Identity.Role
	stated, f := disclosure.PurposeOf(extensions, role, x.Picture.Graph)
	if f != nil {
		return disclosure.Stated{}, f
	}
	if stated.None() || s.recorder == nil { // nothing can be revealed without an audit log
		return disclosure.Stated{}, nil
	}
	if err := s.renewBy(x, s.pictures.Refresh); err != nil {
		return disclosure.Stated{}, err
	}
	if stated, f = disclosure.PurposeOf(extensions, role, x.Picture.Graph); f != nil { // for names in the note
		return disclosure.Stated{}, f
	}
	return stated, nil
}

// record enters in the audit log what an answer is about to reveal, and what was
// refused, that as long as the client has denied tries left. All that was refused in a
// request is one try, each id that nothing has is one, too, and so is what would reveal
// more than the limits allow.
func (s *Server) record(x *execution, errs []fault.Error) error {
	tries, forbidden := 0, 0
	for _, e := range errs {
		switch {
		case e.Guess:
			tries++
		case e.Code() == fault.CodeForbidden:
			forbidden = 1
		}
	}
	for i := range tries + forbidden {
		if !s.denials.allow(s, x) && i == 0 {
			errs = nil
		}
	}
	tried := func() bool { return s.denials.allow(s, x) }
	return x.Caller.Record(s.recorder, s.reveals, tried, access.Entry{Version: x.Picture.Version(), Request: x.ID}, errs)
}
