package access

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"sync"
	"time"
)

// Sessions are the sessions of a web page, kept in memory: they end with the
// process. What stands in the cookie is 32 random bytes; kept is their hash.
type Sessions struct {
	lifetime time.Duration
	most     int
	now      func() time.Time

	mu   sync.Mutex
	open map[[sha256.Size]byte]session
}

type session struct {
	renew func() (*Identity, error) // who it is now
	ends  time.Time
}

// NewSessions makes sessions that last so long, and at most so many at once.
func NewSessions(lifetime time.Duration, most int) *Sessions {
	return &Sessions{lifetime: lifetime, most: most, now: time.Now, open: map[[sha256.Size]byte]session{}}
}

// Open begins a session and returns the value of its cookie and its end. Who
// asks is found out anew at each request by renew, so that a revoked key ends
// its sessions too. With too many open the one that ends first is closed.
func (s *Sessions) Open(renew func() (*Identity, error)) (cookie string, ends time.Time, err error) {
	var raw [32]byte
	if _, err := rand.Read(raw[:]); err != nil {
		return "", ends, fmt.Errorf("no random numbers: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sweep()
	ends = s.now().Add(s.lifetime)
	s.open[sha256.Sum256(raw[:])] = session{renew, ends}
	return base64.RawURLEncoding.EncodeToString(raw[:]), ends, nil
}

// sweep closes what has ended, and the oldest where there are too many.
func (s *Sessions) sweep() {
	var oldest [sha256.Size]byte
	var first time.Time
	for hash, one := range s.open {
		if !s.now().Before(one.ends) {
			delete(s.open, hash)
			continue
		}
		if first.IsZero() || one.ends.Before(first) {
			oldest, first = hash, one.ends
		}
	}
	if len(s.open) >= s.most {
		delete(s.open, oldest)
	}
}

// hashCookie finds the session of a cookie.
func hashCookie(cookie string) (hash [sha256.Size]byte, ok bool) {
	raw, err := base64.RawURLEncoding.DecodeString(cookie)
	return sha256.Sum256(raw), err == nil && len(raw) == 32
}

// Authenticate returns who a session belongs to. A cookie that is unknown or
// whose session has ended gives [ErrUnauthenticated].
func (s *Sessions) Authenticate(cookie string) (*Identity, error) {
	hash, ok := hashCookie(cookie)
	s.mu.Lock()
	one, found := s.open[hash]
	s.mu.Unlock()
	if !ok || !found || !s.now().Before(one.ends) {
		return nil, fmt.Errorf("%w: no such session", ErrUnauthenticated)
	}
	return one.renew()
}

// Close ends a session; an unknown one is ended already.
func (s *Sessions) Close(cookie string) {
	if hash, ok := hashCookie(cookie); ok {
		s.mu.Lock()
		delete(s.open, hash)
		s.mu.Unlock()
	}
}
