// Package journeys lets a browser go through the page of the running program.
package journeys

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// tool finds a program that the journeys need. Where it is absent they are skipped and
// say so; with LIANTU_TEST_CLIENTS=required they fail.
func tool(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		leave(t, name+" is not installed")
	}
	return path
}

func leave(t *testing.T, why string) {
	t.Helper()
	if os.Getenv("LIANTU_TEST_CLIENTS") == "required" {
		t.Fatal(why)
	}
	t.Skip(why)
}

// TestJourneys builds the program and lets each script of web/journeys use its page as a
// strategist would: the scripts start the program themselves, and fail where something
// is not as it must be. What they log says how many seconds each step took.
func TestJourneys(t *testing.T) {
	if testing.Short() {
		t.Skip("it runs a browser")
	}
	node, chromium := tool(t, "node"), os.Getenv("LIANTU_TEST_CHROMIUM")
	if chromium == "" {
		chromium = tool(t, "chromium")
	}
	scripts := filepath.Join("..", "..", "web", "journeys")
	if _, err := os.Stat(filepath.Join("..", "..", "web", "node_modules")); err != nil {
		leave(t, "web/node_modules is not there; make clients installs it")
	}
	program := filepath.Join(t.TempDir(), "liantu")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", program, "liantu").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, name := range []string{"papers", "battle", "contacts", "signin", "gone", "load", "links", "origin", "axe", "phone", "keyboard", "print", "map", "setup", "stale", "review", "population", "day"} {
		t.Run(name, func(t *testing.T) {
			cmd := exec.CommandContext(t.Context(), node, name+".mjs", program)
			cmd.Dir = scripts
			home := t.TempDir()
			cmd.Env = append(cmd.Environ(), "LIANTU_TEST_CHROMIUM="+chromium, "XDG_CONFIG_HOME="+home, "XDG_CACHE_HOME="+home)
			out, err := cmd.CombinedOutput()
			t.Logf("%s", out)
			if err != nil {
				t.Error(err)
			}
		})
	}
}
