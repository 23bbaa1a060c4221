package service

import (
	"io"
	"path/filepath"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"liantu/api"
	"liantu/cli/settings"
	"liantu/graph/filestore"
	"liantu/graph/tuning"
	"liantu/schema"
)

// TestNewEndsTheTraces makes a service with tracing whose port for operators is
// taken.
func TestNewEndsTheTraces(t *testing.T) {
	others := goleak.IgnoreCurrent()
	taken, err := Listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	store, err := filestore.Open(filepath.Join(t.TempDir(), "graph.db"), schema.Default())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := CloseQuietly(taken); err != nil {
			t.Error(err)
		}
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	c := Config{Stdout: io.Discard, Stderr: io.Discard, Settings: settings.Settings{
		Limits: api.DefaultConfig(), Gaps: tuning.Default(),
		Access:  settings.Access{Mode: settings.AccessNone},
		Admin:   settings.Admin{Listen: taken.Addr().String()},
		Tracing: settings.Tracing{Endpoint: "http://127.0.0.1:1"},
	}}
	if s, err := New(t.Context(), c, store); s != nil || err == nil || !strings.Contains(err.Error(), "admin.listen") {
		t.Errorf("New() = %v, %v; want an error of admin.listen", s, err)
	}
	goleak.VerifyNone(t, others)
}
