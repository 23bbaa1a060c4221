package access

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"sync"
	"time"

	"liantu/message"
)

// Sessions are the sessions of a web page, stored in memory: they end with the
// process. The cookie holds 32 random bytes, of which the hash is stored.
type Sessions struct {
	lifetime time.Duration
	most     int
	now      func() time.Time

	mu   sync.Mutex
	open map[[sha256.Size]byte]session
}

type session struct {
	renew func() (*Identity, error) // returns the identity of now
	ends  time.Time
}

// NewSessions returns sessions of the given lifetime, at most so many at once.
func NewSessions(lifetime time.Duration, most int) *Sessions {
	return &Sessions{lifetime: lifetime, most: most, now: time.Now, open: map[[sha256.Size]byte]session{}}
}

// Open begins a session and returns the value of its cookie and its end. Each
// request calls renew for the identity, so that a revoked key ends its sessions
// too. When too many are open, the one that ends first is closed.
func (s *Sessions) Open(renew func() (*Identity, error)) (cookie string, ends time.Time, err error) {
	var raw [32]byte
	if _, err := rand.Read(raw[:]); err != nil {
		return "", ends, message.Errorf("no random bytes: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sweep()
	ends = s.now().Add(s.lifetime)
	s.open[sha256.Sum256(raw[:])] = session{renew, ends}
	return base64.RawURLEncoding.EncodeToString(raw[:]), ends, nil
}

// sweep removes sessions that have ended and, at the limit, the one that ends
// first.
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

// hashCookie returns the hash by which the session of a cookie is found.
func hashCookie(cookie string) (hash [sha256.Size]byte, ok bool) {
	raw, err := base64.RawURLEncoding.DecodeString(cookie)
	return sha256.Sum256(raw), err == nil && len(raw) == 32
}

// Authenticate returns the identity of a session. A cookie that is unknown or
// whose session has ended gives [ErrUnauthenticated].
func (s *Sessions) Authenticate(cookie string) (*Identity, error) {
	hash, ok := hashCookie(cookie)
	s.mu.Lock()
	one, found := s.open[hash]
	s.mu.Unlock()
	if !ok || !found || !s.now().Before(one.ends) {
		return nil, message.Errorf("%w: no such session", ErrUnauthenticated)
	}
	return one.renew()
}

// Close ends a session; an unknown one is ignored.
func (s *Sessions) Close(cookie string) {
	if hash, ok := hashCookie(cookie); ok {
		s.mu.Lock()
		delete(s.open, hash)
		s.mu.Unlock()
	}
}
