package api

import (
	"context"
	"net/http"
	"strconv"
	"sync/atomic"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"

	"liantu/access"
	"liantu/api/fault"
	"liantu/graph"
	"liantu/graph/projection"
)

// The headers by which a client reads its own changes from another process of the service
// than the one that made them: what an answer contains, and what an answer must contain.
const (
	versionHeader    = "Liantu-Version"
	minVersionHeader = "Liantu-Min-Version"
)

// ownChanges remembers which version contains the last change of each caller, so that the
// caller's next request is answered from it. Without it a client that reads what it has
// just written would see it only once the picture was renewed.
type ownChanges struct {
	last   *lru.Cache[string, int64] // by subject
	newest atomic.Int64              // of the versions of all callers
	away   atomic.Int64              // when the store could last not be read, in nanoseconds
}

// mostCallers is the most callers whose changes are remembered; the least recent are
// forgotten first.
const mostCallers = 4096

// awayPause is how long after a failure the store is not tried again for a caller's own
// changes: in an outage, reads are not to wait for it one by one.
const awayPause = time.Second

func newOwnChanges() (*ownChanges, error) {
	last, err := lru.New[string, int64](mostCallers)
	return &ownChanges{last: last}, err
}

// note remembers that a version contains changes of a caller.
func (o *ownChanges) note(caller *access.Identity, version graph.Version) {
	if before, ok := o.last.Get(caller.Subject); !ok || before < int64(version) {
		o.last.Add(caller.Subject, int64(version))
	}
	for newest := o.newest.Load(); newest < int64(version); newest = o.newest.Load() {
		o.newest.CompareAndSwap(newest, int64(version))
	}
	o.away.Store(0) // it was written just now
}

// forget drops what is remembered of a caller's changes up to a version.
func (o *ownChanges) forget(caller *access.Identity, version int64) {
	if last, ok := o.last.Peek(caller.Subject); ok && last <= version {
		o.last.Remove(caller.Subject)
	}
}

// choosePicture gives the request its picture: the one that an earlier request was answered
// from, where it continues that, else a recent one.
func (s *Server) choosePicture(x *execution, r *Request) error {
	if x.Picture.Graph == nil {
		return fault.Refuse(fault.CodeUnavailable, "there is no picture of the graph yet")
	}
	if r.pinned == nil {
		return s.recent(x, r)
	}
	if r.pinned.Graph != nil {
		x.Picture = *r.pinned
		return nil
	}
	err := s.recent(x, r)
	*r.pinned = x.Picture
	return err
}

// recent gives the request a picture that the client asks for by version, or fails; and
// one that contains the caller's own last change, if it can be had.
func (s *Server) recent(x *execution, r *Request) error {
	wanted := r.Extensions["minVersion"]
	if r.minVersion != "" {
		version, err := strconv.Atoi(r.minVersion)
		if err != nil || version < 0 {
			return fault.Refuse(fault.CodeInput, "the header %s is not a version number", minVersionHeader)
		}
		if wanted == nil {
			wanted = version
		} else if err := s.catchUp(x, version); err != nil {
			return err
		}
	}
	if wanted != nil {
		if err := s.catchUp(x, wanted); err != nil {
			return err
		}
	}
	s.followOwn(x)
	return nil
}

// followOwn gives the request a picture that contains the caller's own last change. No
// outage refuses a read for it: where the store cannot be read, within half of the time of
// the request, the answer is computed from the newest picture there is and states which
// version it lacks.
func (s *Server) followOwn(x *execution) {
	if x.Picture.Version() >= s.own.newest.Load() {
		return // nobody has written since, and nobody waits for the others
	}
	wanted, known := s.own.last.Get(x.Caller.Identity.Subject)
	if !known || x.Picture.Version() >= wanted {
		return
	}
	if time.Since(time.Unix(0, s.own.away.Load())) >= awayPause {
		switch err := s.renewWithin(x, s.cfg.RequestTimeout/2); {
		case err != nil && x.Context.Err() == nil:
			s.own.away.Store(time.Now().UnixNano())
		case err == nil && x.Picture.Version() < wanted: // the store has gone back, and will not have it
			s.own.forget(x.Caller.Identity, wanted)
			return
		}
	}
	if x.Picture.Version() < wanted {
		x.lacks = wanted
	}
}

// renewWithin gives the request the present picture of the store, unless that takes too
// long: another request may be waiting for the store meanwhile, for as long as its driver
// waits.
func (s *Server) renewWithin(x *execution, patience time.Duration) error {
	ctx, cancel := context.WithTimeout(x.Context, patience)
	leave, err := s.gate.EnterStore(ctx)
	if err != nil {
		cancel()
		return err
	}
	type result struct {
		newer *projection.Projection
		err   error
	}
	read := make(chan result, 1)
	go func() {
		defer cancel()
		defer leave()
		newer, err := s.pictures.Refresh(ctx)
		read <- result{newer, err}
	}()
	select {
	case got := <-read:
		now := s.take() // which says whether the store is out of reach
		if got.err == nil {
			now.Graph = got.newer
		}
		x.Picture = now
		return got.err
	case <-ctx.Done():
		x.Picture = s.take()
		return ctx.Err()
	}
}

// stateVersion states which version an answer contains.
func stateVersion(h http.Header, answer *Response) {
	if !answer.bare && answer.Extensions.Version > 0 {
		h.Set(versionHeader, strconv.FormatInt(max(answer.Extensions.Version, answer.wrote), 10))
	}
}
