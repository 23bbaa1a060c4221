package access

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"sync"
	"time"

	"liantu/message"
)

// ErrSessionsFull says that as many sessions are open as the settings permit.
var ErrSessionsFull = message.Errorf("too many sessions are open")

// Sessions are the sessions of a web page, stored in memory: they end with the
// process. The cookie holds 32 random bytes, of which the hash is stored.
type Sessions struct {
	limits SessionLimits
	now    func() time.Time

	mu      sync.Mutex
	open    map[sessionHash]session
	number  uint64    // of the newest session, so that two opened at once have an order
	renewed time.Time // when all sessions were last renewed to find room
}

// SessionLimits say how long a session lasts and how many there may be.
type SessionLimits struct {
	Lifetime   time.Duration
	PerSubject int // open sessions of one subject
	Most       int // open sessions of all subjects
}

type sessionHash = [sha256.Size]byte

type session struct {
	subject string
	number  uint64
	renew   func() (*Identity, error) // returns the identity of now
	ends    time.Time
}

// NewSessions returns sessions within limits, none of which is open.
func NewSessions(limits SessionLimits) *Sessions {
	return &Sessions{limits: limits, now: time.Now, open: map[sessionHash]session{}}
}

// Open begins a session for the subject of the identity that renew returns, and
// returns the value of its cookie and its end. Each request calls renew again, so that
// a revoked key ends its sessions too. The session of the cookie that the request
// carried, if any, ends. A subject that has as many sessions as it may have loses its
// oldest one. Sessions of other subjects are never ended for it: when there are too
// many of all, the error is [ErrSessionsFull].
func (s *Sessions) Open(carried string, renew func() (*Identity, error)) (cookie string, ends time.Time, err error) {
	id, err := renew()
	if err != nil {
		return "", time.Time{}, err
	}
	var raw [32]byte
	if _, err := rand.Read(raw[:]); err != nil {
		return "", ends, message.Errorf("no random bytes: %w", err)
	}
	s.Close(carried)
	if s.full(id.Subject) {
		s.dropRevoked()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.makeRoom(id.Subject) {
		return "", ends, message.Errorf("%w: %d", ErrSessionsFull, s.limits.Most)
	}
	s.number++
	ends = s.now().Add(s.limits.Lifetime)
	s.open[sha256.Sum256(raw[:])] = session{id.Subject, s.number, renew, ends}
	return base64.RawURLEncoding.EncodeToString(raw[:]), ends, nil
}

// full removes the sessions that have ended, and reports whether there is no room for
// one more of a subject that has none.
func (s *Sessions) full(subject string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for hash, one := range s.open {
		if !s.now().Before(one.ends) {
			delete(s.open, hash)
		}
	}
	_, own := s.oldest(subject)
	return own == 0 && len(s.open) >= s.limits.Most
}

// makeRoom ends the oldest session of a subject that has as many as it may have, and
// also where there is no room for one more of all. It reports whether there is room
// now. Callers hold the lock.
func (s *Sessions) makeRoom(subject string) bool {
	hash, own := s.oldest(subject)
	if own > 0 && (own >= s.limits.PerSubject || len(s.open) >= s.limits.Most) {
		delete(s.open, hash)
	}
	return len(s.open) < s.limits.Most
}

// oldest finds the oldest session of a subject, and counts all of them. Callers hold
// the lock.
func (s *Sessions) oldest(subject string) (oldest sessionHash, own int) {
	var first uint64
	for hash, one := range s.open {
		if one.subject != subject {
			continue
		}
		if own == 0 || one.number < first {
			oldest, first = hash, one.number
		}
		own++
	}
	return oldest, own
}

// renewAll is how often all sessions may be renewed to find room.
const renewAll = time.Minute

// dropRevoked removes the sessions whose keys or tokens are not valid any more, at most
// once a minute, since each of them has to be checked.
func (s *Sessions) dropRevoked() {
	s.mu.Lock()
	if !s.renewed.IsZero() && s.now().Sub(s.renewed) < renewAll {
		s.mu.Unlock()
		return
	}
	s.renewed = s.now()
	s.mu.Unlock()
	s.drop(func(session) bool { return true })
}

// drop removes those of some sessions whose keys or tokens are not valid any more.
func (s *Sessions) drop(of func(session) bool) {
	s.mu.Lock()
	chosen := map[sessionHash]session{}
	for hash, one := range s.open {
		if of(one) {
			chosen[hash] = one
		}
	}
	s.mu.Unlock()
	for hash, one := range chosen { // without the lock: a token may wait for its issuer
		if _, err := one.renew(); errors.Is(err, ErrUnauthenticated) {
			s.remove(hash)
		}
	}
}

func (s *Sessions) remove(hash sessionHash) {
	s.mu.Lock()
	delete(s.open, hash)
	s.mu.Unlock()
}

// hashCookie returns the hash by which the session of a cookie is found.
func hashCookie(cookie string) (hash sessionHash, ok bool) {
	raw, err := base64.RawURLEncoding.DecodeString(cookie)
	return sha256.Sum256(raw), err == nil && len(raw) == 32
}

// Authenticate returns the identity of a session. A cookie that is unknown or
// whose session has ended gives [ErrUnauthenticated]. So does one whose key or token
// is not valid any more; it ends with all sessions of the subject of which that is
// true, and does not come back.
func (s *Sessions) Authenticate(cookie string) (*Identity, error) {
	hash, ok := hashCookie(cookie)
	s.mu.Lock()
	one, found := s.open[hash]
	s.mu.Unlock()
	if !ok || !found || !s.now().Before(one.ends) {
		return nil, message.Errorf("%w: no such session", ErrUnauthenticated)
	}
	id, err := one.renew()
	if errors.Is(err, ErrUnauthenticated) {
		s.remove(hash)
		s.drop(func(other session) bool { return other.subject == one.subject })
	}
	return id, err
}

// Close ends a session; an unknown one is ignored.
func (s *Sessions) Close(cookie string) {
	if hash, ok := hashCookie(cookie); ok {
		s.remove(hash)
	}
}
