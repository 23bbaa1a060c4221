package access

import "time"

// SetTokenClock lets tests set the time of tokens.
func SetTokenClock(t *Tokens, now func() time.Time) { t.now = now }

// SetUsersClock lets tests set the time of keys.
func SetUsersClock(u *Users, now func() time.Time) { u.now = now }

// SetSessionsClock lets tests set the time of sessions.
func SetSessionsClock(s *Sessions, now func() time.Time) { s.now = now }
