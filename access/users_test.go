package access_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"liantu/access"
	"liantu/schema"
)

// clock is a time that tests advance.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) Add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func openUsers(t *testing.T, path string, c *clock) *access.Users {
	t.Helper()
	users, err := access.OpenUsers(path)
	if err != nil {
		t.Fatal(err)
	}
	access.SetUsersClock(users, c.Now)
	return users
}

var hangzhou = access.Scope{Regions: []string{"330100"}, Ecosystems: []string{"aiot"}}

func TestKeyOpensUntilItEnds(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sub", "users.json")
	c := &clock{now: time.Now()}
	users := openUsers(t, path, c)
	if err := users.Add("li", schema.RoleStrategist, hangzhou); err != nil {
		t.Fatal(err)
	}
	lasting, stored, err := users.NewKey("li", "laptop", time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	short, _, err := users.NewKey("li", "", c.Now().Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if secret := lasting[strings.LastIndex(lasting, stored.Prefix)+len(stored.Prefix)+1:]; strings.Contains(string(text), secret) {
		t.Error("the file holds the secret of a key")
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v of the file, error %v; want 0600", info.Mode(), err)
	}
	other := openUsers(t, path, c) // as another process has it
	id, err := other.Authenticate(lasting)
	if err != nil || id.Subject != "user:li" || id.Role != schema.RoleStrategist || !id.Scope.HasRegion("330106") || id.Scope.HasRegion("330200") || id.Scope.HasEcosystem("energy") {
		t.Fatalf("identity %+v, error %v", id, err)
	}
	if _, err := other.Authenticate(short); err != nil {
		t.Errorf("short key: %v", err)
	}
	c.Add(time.Hour)
	refused(t, other, short, "expired key")
	if err := users.Revoke(stored.Prefix); err != nil {
		t.Fatal(err)
	}
	refused(t, users, lasting, "revoked key")
	c.Add(time.Second)
	refused(t, other, lasting, "key revoked a second ago by another process")
	if err := users.Revoke(stored.Prefix); err != nil {
		t.Errorf("revoking again: %v", err)
	}
}

func refused(t *testing.T, users *access.Users, key, what string) {
	t.Helper()
	if id, err := users.Authenticate(key); !errors.Is(err, access.ErrUnauthenticated) {
		t.Errorf("%s: identity %+v, error %v; want it refused", what, id, err)
	}
}

func TestWrongKeys(t *testing.T) {
	users := openUsers(t, filepath.Join(t.TempDir(), "users.json"), &clock{now: time.Now()})
	if err := users.Add("zhao", schema.RoleViewer, access.Scope{}); err != nil {
		t.Fatal(err)
	}
	key, stored, err := users.NewKey("zhao", "", time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	again, _, err := users.NewKey("zhao", "", time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	for name, wrong := range map[string]string{
		"empty":              "",
		"prefix alone":       "lt_" + stored.Prefix,
		"secret of another":  "lt_" + stored.Prefix + again[len("lt_")+8:],
		"unknown prefix":     "lt_00000000" + key[len("lt_")+8:],
		"longer":             key + "A",
		"other mark":         "xx" + key[2:],
		"hash for a secret":  "lt_" + stored.Prefix + "_" + stored.Hash,
		"upper case":         strings.ToUpper(key),
		"with a line break":  key + "\n",
		"with a NUL":         key + "\x00",
		"stored prefix only": stored.Prefix,
	} {
		refused(t, users, wrong, name)
	}
	if err := users.Disable("zhao", true); err != nil {
		t.Fatal(err)
	}
	refused(t, users, key, "disabled user")
	if err := users.Disable("zhao", false); err != nil {
		t.Fatal(err)
	}
	if _, err := users.Authenticate(key); err != nil {
		t.Errorf("enabled user: %v", err)
	}
	if err := users.Remove("zhao"); err != nil {
		t.Fatal(err)
	}
	refused(t, users, key, "removed user")
}

func TestUsersAreChecked(t *testing.T) {
	users := openUsers(t, filepath.Join(t.TempDir(), "users.json"), &clock{now: time.Now()})
	if err := users.Add("qian", schema.RoleSteward, access.Scope{}); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		user  string
		role  schema.Role
		scope access.Scope
	}{
		"taken":                         {"qian", schema.RoleViewer, access.Scope{}},
		"bad name":                      {"钱", schema.RoleViewer, access.Scope{}},
		"path":                          {"../x", schema.RoleViewer, access.Scope{}},
		"unknown role":                  {"a", "king", access.Scope{}},
		"anonymous":                     {"a", schema.RoleAnonymous, access.Scope{}},
		"strategist of nothing":         {"a", schema.RoleStrategist, access.Scope{}},
		"strategist of unknown region":  {"a", schema.RoleStrategist, access.Scope{Regions: []string{"339999"}, Ecosystems: []string{"*"}}},
		"steward with a scope":          {"a", schema.RoleSteward, hangzhou},
		"intermediary of nothing":       {"a", schema.RoleIntermediary, access.Scope{}},
		"intermediary with regions too": {"a", schema.RoleIntermediary, access.Scope{Intermediary: "x", Regions: []string{"330100"}}},
	} {
		if err := users.Add(c.user, c.role, c.scope); !errors.Is(err, access.ErrInvalid) {
			t.Errorf("%s: %v, want it invalid", name, err)
		}
	}
	if _, _, err := users.NewKey("nobody", "", time.Time{}); !errors.Is(err, access.ErrNotFound) {
		t.Errorf("key of an unknown user: %v", err)
	}
	if _, _, err := users.NewKey("qian", "", time.Now().Add(-time.Hour)); !errors.Is(err, access.ErrInvalid) {
		t.Errorf("key that has expired: %v", err)
	}
	if err := users.Revoke("ffffffff"); !errors.Is(err, access.ErrNotFound) {
		t.Errorf("unknown key: %v", err)
	}
}

// TestUsersTogether changes one file as several processes would.
func TestUsersTogether(t *testing.T) {
	path := filepath.Join(t.TempDir(), "users.json")
	c := &clock{now: time.Now()}
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			users := openUsers(t, path, c)
			name := "u" + string(rune('a'+i))
			if err := users.Add(name, schema.RoleViewer, access.Scope{}); err != nil {
				t.Error(err)
			}
			if _, _, err := users.NewKey(name, "", time.Time{}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	list, err := openUsers(t, path, c).List()
	if err != nil || len(list) != 8 {
		t.Fatalf("%d users, error %v; want 8", len(list), err)
	}
	for _, u := range list {
		if len(u.Keys) != 1 {
			t.Errorf("user %q has %d keys", u.Name, len(u.Keys))
		}
	}
}

// TestBrokenFileLetsNobodyIn checks damaged and hand-edited files.
func TestBrokenFileLetsNobodyIn(t *testing.T) {
	path := filepath.Join(t.TempDir(), "users.json")
	c := &clock{now: time.Now()}
	users := openUsers(t, path, c)
	if err := users.Add("sun", schema.RoleViewer, access.Scope{}); err != nil {
		t.Fatal(err)
	}
	key, _, err := users.NewKey("sun", "", time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"{", `{"users":[{"name":"sun","role":"king"}]}`} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		c.Add(time.Second)
		refused(t, users, key, "broken file")
		if _, err := access.OpenUsers(path); err == nil {
			t.Errorf("%s: no error", text)
		}
	}
}

func TestSessions(t *testing.T) {
	c := &clock{now: time.Now()}
	sessions := access.NewSessions(access.SessionLimits{Lifetime: time.Hour, PerSubject: 3, Most: 10})
	access.SetSessionsClock(sessions, c.Now)
	good := true
	renew := func() (*access.Identity, error) {
		if !good {
			return nil, access.ErrUnauthenticated
		}
		return &access.Identity{Subject: "user:li"}, nil
	}
	open := func() string {
		t.Helper()
		cookie, ends, err := sessions.Open("", renew)
		if err != nil || !ends.Equal(c.Now().Add(time.Hour)) {
			t.Fatalf("ends %v, error %v", ends, err)
		}
		return cookie
	}
	valid := func(cookie string) bool {
		id, err := sessions.Authenticate(cookie)
		if (err == nil) != (id != nil) || err != nil && !errors.Is(err, access.ErrUnauthenticated) {
			t.Errorf("identity %+v, error %v", id, err)
		}
		return err == nil
	}
	first := open()
	if !valid(first) || valid(first+"x") || valid("") || valid(strings.Repeat("A", 43)) {
		t.Error("cookies are not distinguished")
	}
	sessions.Close(first)
	sessions.Close(first)
	if valid(first) {
		t.Error("a closed session is open")
	}
	first = open()
	c.Add(time.Minute)
	second, third, fourth := open(), open(), open()
	if valid(first) || !valid(second) || !valid(third) || !valid(fourth) {
		t.Error("of too many sessions the oldest should be closed")
	}
	good = false
	if valid(second) {
		t.Error("a session outlives what it was opened with")
	}
	good = true
	if valid(second) || valid(third) || valid(fourth) {
		t.Error("sessions come back after their subject was refused")
	}
	fifth := open()
	c.Add(time.Hour)
	if valid(fifth) {
		t.Error("a session has no end")
	}
}
