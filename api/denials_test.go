package api_test

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"liantu/access"
	"liantu/api"
	"liantu/schema"
)

// textOf is the text of an audit log, "" while there is none.
func textOf(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return string(text)
}

// TestWrongCredentialsAreOnRecord sends wrong credentials, within the limit and beyond it,
// and none at all.
func TestWrongCredentialsAreOnRecord(t *testing.T) {
	path := filepath.Join(t.TempDir(), "audit.jsonl")
	s := newServer(t, newWorld(t), func(c *api.Config, d *api.Deps) {
		c.DeniedBurst, c.DeniedRate, d.Authenticator, d.Recorder = 5, 1, new(changing), access.OpenLog(path)
	})
	base := serve(t, s)
	for i := range 12 {
		send(t, "POST", base+"/graphql", `{"query":"{ __typename }"}`, "Content-Type", plainJSON, "Authorization", fmt.Sprintf("Bearer wrong-%d", i))
	}
	send(t, "POST", base+"/graphql", `{"query":"{ __typename }"}`, "Content-Type", plainJSON)
	s.RecordDenied(t.Context())
	s.RecordDenied(t.Context())
	text := textOf(t, path)
	if strings.Count(text, "\n") != 1 || !strings.Contains(text, `"who":"","role":"anonymous","action":"denied","count":12,"detail":"wrong credentials`) {
		t.Errorf("the log is not one entry that states 12 tries:\n%s", text)
	}
	if strings.Contains(text, "wrong-") || strings.Contains(text, "Bearer") {
		t.Errorf("the log holds a part of the credentials:\n%s", text)
	}
}

// TestWhatCannotBeRecordedIsCountedOn records denied tries in a log that takes no entry for
// some time.
func TestWhatCannotBeRecordedIsCountedOn(t *testing.T) {
	path := filepath.Join(t.TempDir(), "audit.jsonl")
	if err := os.Mkdir(path, 0o700); err != nil {
		t.Fatal(err)
	}
	s := newServer(t, newWorld(t), func(_ *api.Config, d *api.Deps) {
		d.Authenticator, d.Recorder = new(changing), access.OpenLog(path)
	})
	base := serve(t, s)
	wrong := func() {
		send(t, "POST", base+"/graphql", `{"query":"{ __typename }"}`, "Content-Type", plainJSON, "Authorization", "Bearer wrong")
	}
	wrong()
	s.RecordDenied(t.Context())
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	wrong()
	s.RecordDenied(t.Context())
	if text := textOf(t, path); !strings.Contains(text, `"count":2`) {
		t.Errorf("the log is\n%s", text)
	}
}

// silent is a listener to which nobody connects.
type silent struct {
	closed chan struct{}
	once   sync.Once
}

func (l *silent) Accept() (net.Conn, error) { <-l.closed; return nil, net.ErrClosed }
func (l *silent) Addr() net.Addr            { return &net.TCPAddr{} }
func (l *silent) Close() error {
	l.once.Do(func() { close(l.closed) })
	return nil
}

// TestDeniedTriesAreRecordedWhileServing denies tries beyond the limit to a caller and lets
// a minute pass, in a time of its own. The server goes on serving.
func TestDeniedTriesAreRecordedWhileServing(t *testing.T) {
	w, path := newWorld(t), filepath.Join(t.TempDir(), "audit.jsonl")
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, w, func(c *api.Config, d *api.Deps) {
			c.DeniedBurst, c.DeniedRate, d.Authenticator, d.Recorder = 1, 1, new(changing), access.OpenLog(path)
		})
		done := make(chan error, 1)
		go func() { done <- s.Serve(t.Context(), &silent{closed: make(chan struct{})}) }()
		t.Cleanup(func() {
			if err := <-done; err != nil {
				t.Error(err)
			}
		})
		for range 4 {
			ask(t, s, api.Request{Query: `{ nodes(kind: Person) { totalCount } }`, Identity: callerOf(schema.RoleViewer), Origin: "subject user:wang"})
		}
		if text := textOf(t, path); strings.Count(text, "\n") != 1 {
			t.Errorf("before a minute has passed the log is\n%s", text)
		}
		<-time.After(time.Minute + time.Second)
		synctest.Wait()
		if text := textOf(t, path); strings.Count(text, "\n") != 2 || !strings.Contains(text, `"who":"user:wang","role":"viewer","action":"denied","count":3`) {
			t.Errorf("after a minute the log is\n%s", text)
		}
	})
}

// TestTriesAtOnceAreLimited lets requests that will be denied wait for the only place, so
// that all of them came in before the first is denied.
func TestTriesAtOnceAreLimited(t *testing.T) {
	who := byHeader{callers: map[string]*access.Identity{
		"steward": {Subject: "user:li", Role: schema.RoleSteward}, "viewer": callerOf(schema.RoleViewer),
	}}
	s := newServer(t, newWorld(t), func(c *api.Config, d *api.Deps) {
		c.MaxConcurrent, c.AnswerBytes, c.DeniedBurst, c.DeniedRate, d.Authenticator = 1, 0, 3, 1, who
	})
	began, release := make(chan struct{}, 1), make(chan struct{})
	first := true
	api.AddField(s, "slow", func() (any, error) {
		if !first {
			began <- struct{}{}
			<-release
		}
		first = false
		return "done", nil
	})
	base := serve(t, s)
	ask := func(as, query string) reply {
		return send(t, "POST", base+"/graphql", `{"query":"`+query+`"}`, "Content-Type", plainJSON, "Authorization", as)
	}
	ask("steward", "{ slow }") // once read it computes in the light lane
	var asked sync.WaitGroup
	asked.Go(func() { ask("steward", "{ slow }") })
	<-began
	var mu sync.Mutex
	codes := map[string]int{}
	for range 20 {
		asked.Go(func() {
			code := firstCode(ask("viewer", "{ nodes(kind: Person) { totalCount } }").json(t))
			mu.Lock()
			codes[code]++
			mu.Unlock()
		})
	}
	awaitWaiting(t, base, 20)
	close(release)
	asked.Wait()
	if codes["FORBIDDEN"] != 3 || codes["RATE_LIMITED"] != 17 {
		t.Errorf("the answers are %v, want 3 FORBIDDEN and 17 RATE_LIMITED", codes)
	}
	if r := ask("steward", "{ __typename }"); r.status != http.StatusOK {
		t.Errorf("another caller gets %d", r.status)
	}
}
