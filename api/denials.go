package api

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"liantu/access"
	"liantu/schema"
)

// denials counts the tries that were denied and have no entry of their own in the audit
// log. One rule holds at every door. A denied try of a known caller within its limit has an
// entry of its own, before the answer. One beyond the limit is counted, and so is every use
// of wrong credentials, from the first one on: who sends them has no name that an entry
// could state, and would otherwise fill the log from many addresses. One entry states the
// count for each caller, and one that of wrong credentials from all addresses: each minute
// while the server serves, when it stops, and for a caller also before the next try that
// has an entry. So each caller adds at most one entry a minute beyond its limit, and all
// wrong credentials together add one.
type denials struct {
	mu      sync.Mutex
	leftOut map[denied]leftOut
}

// denied is whose tries are counted together: what their entry states.
type denied struct {
	who    string
	role   schema.Role
	detail string
}

// leftOut are tries that are not on record.
type leftOut struct {
	count   int
	version int64 // of the graph at the last one
}

// recordInterval is how often the tries that are left out are recorded. A server that is
// killed loses those of so long.
const recordInterval = time.Minute

// wrongCredentials are those of everybody. Some may be right: they are not checked while
// too many wrong ones came from their address.
var wrongCredentials = denied{role: schema.RoleAnonymous, detail: "wrong credentials, and those that were not checked after too many"}

// deniedTo are the tries of a caller.
func deniedTo(id *access.Identity) denied {
	return denied{who: id.Subject, role: id.Role, detail: "tries without an entry of their own"}
}

// refuse refuses a request of a client that was denied too often, before any work.
func (d *denials) refuse(s *Server, x *execution) error {
	if f := s.gate.Tried(x.origin, time.Now()); f != nil {
		d.note(deniedTo(x.Caller.Identity), leftOut{1, x.Picture.Version()})
		return f
	}
	return nil
}

// turn waits for the turn of a request, and refuses it if its client was denied too often
// meanwhile. All requests that a client sends at once come in before any of them is denied;
// so no more of them do work beyond the limit than compute at once.
func (d *denials) turn(s *Server, x *execution, write bool) error {
	if err := s.turn(x, write); err != nil {
		return err
	}
	return d.refuse(s, x)
}

// allow counts a denied try, and reports whether it is to have an entry in the audit log,
// in which the tries that had none come first.
func (d *denials) allow(s *Server, x *execution) bool {
	return d.allowOf(x.Context, s, x.Caller.Identity, x.origin, x.Picture.Version())
}

// allowOf is allow for a try that is no request of GraphQL.
func (d *denials) allowOf(ctx context.Context, s *Server, id *access.Identity, origin string, version int64) bool {
	of := deniedTo(id)
	if !s.gate.Denied(origin, time.Now()) {
		d.note(of, leftOut{1, version})
		return false
	}
	d.mu.Lock()
	tries := d.leftOut[of]
	delete(d.leftOut, of)
	d.mu.Unlock()
	s.recordLeftOut(ctx, of, tries)
	return true
}

// note counts tries that have no entry.
func (d *denials) note(of denied, tries leftOut) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.leftOut == nil {
		d.leftOut = map[denied]leftOut{}
	}
	before := d.leftOut[of]
	d.leftOut[of] = leftOut{before.count + tries.count, max(before.version, tries.version)}
}

// record records all tries that are left out.
func (d *denials) record(ctx context.Context, s *Server) {
	d.mu.Lock()
	rest := d.leftOut
	d.leftOut = nil
	d.mu.Unlock()
	order := func(a, b denied) int { return cmp.Or(cmp.Compare(a.who, b.who), cmp.Compare(a.role, b.role)) }
	for _, of := range slices.SortedFunc(maps.Keys(rest), order) {
		s.recordLeftOut(ctx, of, rest[of])
	}
}

// RecordDenied enters in the audit log how many tries were denied without an entry of their
// own. [Server.FollowDenied] calls it.
func (s *Server) RecordDenied(ctx context.Context) {
	s.denials.record(context.WithoutCancel(ctx), s)
}

// FollowDenied has [Server.RecordDenied] called each minute, until the function that it
// returns is called, which does so a last time. [Server.Serve] follows them; so does
// another handler that lets callers in by [Server.Admit].
func (s *Server) FollowDenied(ctx context.Context) (end func()) {
	ended, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		ticker := time.NewTicker(recordInterval)
		defer ticker.Stop()
		for {
			select {
			case <-ticker.C:
				s.RecordDenied(ctx)
			case <-ended:
				s.RecordDenied(ctx)
				return
			}
		}
	}()
	return func() {
		close(ended)
		<-done
	}
}

// recordLeftOut enters in the audit log how many tries have no entry. What cannot be
// recorded is counted again, for the next time.
func (s *Server) recordLeftOut(ctx context.Context, of denied, tries leftOut) {
	if tries.count == 0 || s.recorder == nil {
		return
	}
	err := s.recorder.Append(access.Entry{
		Who: of.who, Role: of.role, Action: access.Denied, Count: tries.count, Version: tries.version, Detail: of.detail,
	})
	if err != nil {
		s.denials.note(of, tries)
		s.log.ErrorContext(ctx, "denied tries are not on record", "count", tries.count, "error", err)
	}
}
