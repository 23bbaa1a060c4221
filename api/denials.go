package api

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"liantu/access"
)

// denials counts the tries that were denied to clients beyond their limit and therefore
// have no entry of their own in the audit log. One entry states for each client how many
// there were: with the next try that is recorded, or when the server stops.
type denials struct {
	mu      sync.Mutex
	leftOut map[string]*leftOut // by client
}

// leftOut are the tries of a client that are not on record.
type leftOut struct {
	entry access.Entry // of the last caller
	count int
}

// mostLeftOut is the most clients of which tries are counted before they are recorded, as
// one client may come from many addresses.
const mostLeftOut = 10_000

// refuse refuses a request of a client that was denied too often, before any work.
func (d *denials) refuse(s *Server, x *execution) error {
	f := s.gate.Tried(x.origin, time.Now())
	if f == nil {
		return nil
	}
	d.note(x)
	return f
}

// allow counts a denied try, and reports whether it is to have an entry in the audit log,
// in which the tries that had none come first.
func (d *denials) allow(s *Server, x *execution) bool {
	if !s.gate.Denied(x.origin, time.Now()) {
		d.note(x)
		return false
	}
	d.mu.Lock()
	one := d.leftOut[x.origin]
	delete(d.leftOut, x.origin)
	d.mu.Unlock()
	s.recordLeftOut(x.Context, one)
	return true
}

// note counts a try that has no entry.
func (d *denials) note(x *execution) {
	d.mu.Lock()
	defer d.mu.Unlock()
	one := d.leftOut[x.origin]
	if one == nil {
		if len(d.leftOut) >= mostLeftOut {
			return
		}
		if d.leftOut == nil {
			d.leftOut = map[string]*leftOut{}
		}
		one = new(leftOut)
		d.leftOut[x.origin] = one
	}
	one.count++
	one.entry = x.Caller.Signed(access.Entry{Version: x.Picture.Version()})
	one.entry.Purpose = ""
}

// end records what is left out of all clients.
func (d *denials) end(ctx context.Context, s *Server) {
	d.mu.Lock()
	rest := d.leftOut
	d.leftOut = nil
	d.mu.Unlock()
	for _, client := range slices.Sorted(maps.Keys(rest)) {
		s.recordLeftOut(ctx, rest[client])
	}
}

// RecordDenied enters in the audit log how many tries were denied without an entry of their
// own, for each client. [Server.Serve] does so at its end; who serves otherwise calls it.
func (s *Server) RecordDenied(ctx context.Context) { s.denials.end(context.WithoutCancel(ctx), s) }

// recordLeftOut enters in the audit log how many tries of a client have no entry; nil for
// none.
func (s *Server) recordLeftOut(ctx context.Context, one *leftOut) {
	if one == nil || s.recorder == nil {
		return
	}
	e := one.entry
	e.Action, e.Count, e.Detail = access.Denied, one.count, "tries without an entry of their own"
	if err := s.recorder.Append(e); err != nil {
		s.log.ErrorContext(ctx, "denied tries are not on record", "count", one.count, "error", err)
	}
}
