package access_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"liantu/access"
	"liantu/schema"
)

// office is a set of sessions whose subjects may be revoked.
type office struct {
	*access.Sessions
	clock   *clock
	revoked map[string]bool
}

func newOffice(perSubject, most int) *office {
	o := &office{clock: &clock{now: time.Now()}, revoked: map[string]bool{}}
	o.Sessions = access.NewSessions(access.SessionLimits{Lifetime: time.Hour, PerSubject: perSubject, Most: most})
	access.SetSessionsClock(o.Sessions, o.clock.Now)
	return o
}

// open opens a session in a request that carries the cookie of another, "" for none.
func (o *office) open(subject, carried string) (string, error) {
	cookie, _, err := o.Open(carried, func() (*access.Identity, error) {
		if o.revoked[subject] {
			return nil, access.ErrUnauthenticated
		}
		return &access.Identity{Subject: subject}, nil
	})
	return cookie, err
}

func (o *office) mustOpen(t *testing.T, subject, carried string) string {
	t.Helper()
	cookie, err := o.open(subject, carried)
	if err != nil {
		t.Fatal(err)
	}
	return cookie
}

// check checks whether each cookie is valid, as the flag behind it says.
func (o *office) check(t *testing.T, want bool, cookies ...string) {
	t.Helper()
	for n, cookie := range cookies {
		if _, err := o.Authenticate(cookie); (err == nil) != want {
			t.Errorf("session %d: %v, want it valid: %v", n, err, want)
		}
	}
}

// TestOneSubjectCannotEndOthers opens as many sessions as there may be for one subject,
// and more.
func TestOneSubjectCannotEndOthers(t *testing.T) {
	o := newOffice(3, 5)
	li := o.mustOpen(t, "li", "")
	var own []string
	for range 20 {
		own = append(own, o.mustOpen(t, "wang", ""))
	}
	o.check(t, true, li)
	o.check(t, true, own[17:]...)
	o.check(t, false, own[:17]...)
	for n := range 20 {
		if _, err := o.open(fmt.Sprint("crowd-", n), ""); (err == nil) != (n < 1) || err != nil && !errors.Is(err, access.ErrSessionsFull) {
			t.Errorf("crowd %d: %v", n, err)
		}
	}
	o.check(t, true, li)
	o.check(t, true, own[17:]...)
	again := o.mustOpen(t, "li", "") // which ends an own one
	o.check(t, false, li)
	o.check(t, true, again)
	o.clock.Add(time.Hour)
	o.mustOpen(t, "late", "")
}

// TestNewSessionEndsTheOneCarried opens sessions in requests that carry one.
func TestNewSessionEndsTheOneCarried(t *testing.T) {
	o := newOffice(3, 5)
	first := o.mustOpen(t, "li", "")
	second := o.mustOpen(t, "li", first)
	o.check(t, false, first)
	o.check(t, true, second)
	third := o.mustOpen(t, "wang", second) // somebody else in the same browser
	o.check(t, false, second)
	o.check(t, true, third)
	o.revoked["zhao"] = true
	if _, err := o.open("zhao", third); !errors.Is(err, access.ErrUnauthenticated) {
		t.Errorf("a revoked subject: %v", err)
	}
	o.check(t, true, third)
}

// TestRevokedSubjectsMakeRoom fills all places with sessions of subjects who are then
// revoked and never ask again.
func TestRevokedSubjectsMakeRoom(t *testing.T) {
	o := newOffice(2, 4)
	gone := []string{o.mustOpen(t, "zhao", ""), o.mustOpen(t, "zhao", "")}
	stays := []string{o.mustOpen(t, "li", ""), o.mustOpen(t, "li", "")}
	o.revoked["zhao"] = true
	wang := o.mustOpen(t, "wang", "")
	o.revoked["zhao"] = false
	o.check(t, false, gone...)
	o.check(t, true, append(stays, wang)...)
}

// TestDisabledUserLosesSessions disables a user and enables it again while nobody asks.
func TestDisabledUserLosesSessions(t *testing.T) {
	c := &clock{now: time.Now()}
	users, err := access.OpenUsers(filepath.Join(t.TempDir(), "users.json"))
	if err != nil {
		t.Fatal(err)
	}
	access.SetUsersClock(users, c.Now)
	if err := users.Add("li", schema.RoleViewer, access.Scope{}); err != nil {
		t.Fatal(err)
	}
	key, _, err := users.NewKey("li", "", time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	opened := c.Now()
	c.Add(time.Second)
	for _, disabled := range []bool{true, false} {
		if err := users.Disable("li", disabled); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := users.AuthenticateSince(key, opened); !errors.Is(err, access.ErrUnauthenticated) {
		t.Errorf("the session: %v, want it ended", err)
	}
	if _, err := users.Authenticate(key); err != nil {
		t.Errorf("the key: %v", err)
	}
	c.Add(time.Second)
	if _, err := users.AuthenticateSince(key, c.Now()); err != nil {
		t.Errorf("a new session: %v", err)
	}
}
