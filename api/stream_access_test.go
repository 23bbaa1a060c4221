package api_test

import (
	"net/http"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"liantu/access"
	"liantu/api"
	"liantu/schema"
)

// revocable admits everybody as a steward until the key is revoked.
type revocable struct {
	api.Authenticator
	revoked *atomic.Bool
}

func (r revocable) Identify(*http.Request, string) (*access.Identity, error) {
	if r.revoked.Load() {
		return nil, access.ErrUnauthenticated
	}
	return &access.Identity{Subject: "user:wang", Role: schema.RoleSteward}, nil
}

// TestStreamEndsWithItsKey revokes the key of an open stream. The next change is not
// sent any more, and without a change the stream ends by the next sign of life.
func TestStreamEndsWithItsKey(t *testing.T) {
	for name, test := range map[string]struct {
		alive  time.Duration
		change bool
	}{"at a change": {time.Hour, true}, "without one": {10 * time.Millisecond, false}} {
		t.Run(name, func(t *testing.T) {
			w, revoked := newWorld(t), new(atomic.Bool)
			base := serve(t, newServer(t, w, func(c *api.Config, d *api.Deps) {
				c.KeepAlive, d.Authenticator = test.alive, revocable{revoked: revoked}
			}))
			s := subscribe(t, base, `subscription { graphChanged { version } }`)
			s.comment() // it waits now
			revoked.Store(true)
			if test.change {
				w.hire(t, "600011.SH", "330100", "chip.resist")
			}
			time.AfterFunc(10*time.Second, s.cancel)
			if name, data := s.event(); name != "complete" {
				t.Errorf("event %s: %s, want complete", name, data)
			}
		})
	}
}

// TestSubscriptionTakesNoPurpose checks that no stream begins for a purpose, since
// what its events reveal would not be recorded.
func TestSubscriptionTakesNoPurpose(t *testing.T) {
	log := access.OpenLog(filepath.Join(t.TempDir(), "audit.jsonl"))
	base := serve(t, newServer(t, newWorld(t), func(_ *api.Config, d *api.Deps) {
		d.Authenticator, d.Recorder = revocable{revoked: new(atomic.Bool)}, log
	}))
	client := &http.Client{Timeout: 10 * time.Second}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, base+"/graphql",
		strings.NewReader(`{"query":"subscription { graphChanged { version } }","extensions":{"purpose":"VISIT"}}`))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", plainJSON)
	r.Header.Set("Accept", "text/event-stream")
	res, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	buf := make([]byte, 4<<10)
	n := 0
	for err == nil && !strings.Contains(string(buf[:n]), "event:") {
		var more int
		more, err = res.Body.Read(buf[n:])
		n += more
	}
	if e := res.Body.Close(); e != nil {
		t.Error(e)
	}
	if got := string(buf[:n]); !strings.Contains(got, "BAD_INPUT") {
		t.Errorf("it answers %q, error %v; want BAD_INPUT", got, err)
	}
}
