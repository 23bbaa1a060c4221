package access

import "time"

// SetTokenClock, SetUsersClock and SetSessionsClock let tests move the time.
func SetTokenClock(t *Tokens, now func() time.Time) { t.now = now }

// SetUsersClock lets tests move the time of keys.
func SetUsersClock(u *Users, now func() time.Time) { u.now = now }

// SetSessionsClock lets tests move the time of sessions.
func SetSessionsClock(s *Sessions, now func() time.Time) { s.now = now }
