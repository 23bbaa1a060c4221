package cli

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"liantu/testcontainers"
)

var update = flag.Bool("update", false, "rewrite the expected outputs of the scripts")

// TestMain lets the scripts start the program as a process of its own, which
// is this test binary under the name liantu, and removes at the end what the
// tests started.
func TestMain(m *testing.M) {
	if os.Getenv(rootEnv) == "" {
		root, err := filepath.Abs("..")
		if err == nil {
			err = os.Setenv(rootEnv, root)
		}
		if err != nil {
			panic(err)
		}
	}
	testscript.Main(tidyTests{m}, map[string]func(){"liantu": liantu, "cells": cells, "fill": fill, "book": book, "as": as})
}

// testPrefix begins the variables of the environment that are for tests, and for the
// processes that they start; the others that begin with LIANTU_ are settings.
const testPrefix = "LIANTU_TEST_"

// rootEnv names the folder of the module to the processes that tests start.
const rootEnv = testPrefix + "ROOT"

// auditEnv names the audit log, in which every file that is written is recorded; in
// tests it must not be one in the folder of a package.
const auditEnv = "LIANTU_ACCESS_AUDIT"

// embedded is what the main package embeds.
func embedded() Program {
	root := os.Getenv(rootEnv)
	config, err := os.ReadFile(filepath.Join(root, "config.yaml"))
	if err != nil {
		panic(err)
	}
	return Program{Config: string(config), Files: os.DirFS(root)}
}

// liantu is the program as a process.
func liantu() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	os.Exit(Run(ctx, embedded(), os.Args[1:], os.Stdout, os.Stderr))
}

type tidyTests struct{ *testing.M }

// Run runs the tests without the settings of whoever starts them, whose graph they
// must not touch.
func (t tidyTests) Run() int {
	if err := forgetSettings(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return exitFailed
	}
	record, err := os.MkdirTemp("", "liantu-record-")
	if err == nil {
		err = os.Setenv(auditEnv, filepath.Join(record, "audit.jsonl"))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return exitFailed
	}
	code := testcontainers.Main(t.M)
	if err := os.RemoveAll(record); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return exitFailed
	}
	if dir := sampleDir.Load(); dir != nil {
		if err := os.RemoveAll(*dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return exitFailed
		}
	}
	return code
}

// forgetSettings removes what the environment sets of the program, and points to no
// folder of settings.
func forgetSettings() error {
	for _, pair := range os.Environ() {
		name, _, _ := strings.Cut(pair, "=")
		ours := strings.HasPrefix(name, "LIANTU_") && !strings.HasPrefix(name, testPrefix)
		if !ours && !strings.HasPrefix(name, "OTEL_") {
			continue
		}
		if err := os.Unsetenv(name); err != nil {
			return err
		}
	}
	return os.Setenv("XDG_CONFIG_HOME", filepath.Join(os.Getenv(rootEnv), "cli", "testdata", "no-settings"))
}

// sampleDir is the folder of the sample pack that was loaded, nil for none.
var sampleDir atomic.Pointer[string]

// loadSample loads the sample pack into a graph file, once for all tests.
var loadSample = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "liantu-sample-")
	if err != nil {
		return "", err
	}
	sampleDir.Store(&dir)
	file := filepath.Join(dir, "graph.db")
	var errs lockedBuffer
	args := []string{"load", filepath.Join(os.Getenv(rootEnv), "examples", "zhejiang", "data"), "--file", file}
	if code := Run(context.Background(), embedded(), args, io.Discard, &errs); code != exitOK {
		return "", fmt.Errorf("loading the sample pack: exit code %d: %s", code, errs.String())
	}
	return file, nil
})

// sampleFile makes a graph file of the sample pack.
func sampleFile(t *testing.T) string {
	t.Helper()
	file, err := loadSample()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "graph.db")
	copyFile(t, file, path)
	return path
}

// smallPopulation is the variable that makes a company population enough, as the
// invented chain of testdata/mini needs.
const smallPopulation = "LIANTU_GAPS_MIN_POPULATION"

// TestScripts runs the program as people do. Each file of testdata/script is
// one story: commands, their output, and the files they read. The folder
// mini in it is testdata/mini, an invented chain of four links.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("LANG", "C")
			env.Setenv(smallPopulation, "1")
			for _, pair := range os.Environ() {
				if name, value, _ := strings.Cut(pair, "="); name == "GORACE" || strings.HasPrefix(name, testPrefix) {
					env.Setenv(name, value)
				}
			}
			return os.CopyFS(filepath.Join(env.WorkDir, "mini"), os.DirFS(filepath.Join("testdata", "mini")))
		},
	})
}

// program runs the program inside this process and returns its exit code and
// what it wrote.
func program(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs lockedBuffer
	code = Run(t.Context(), embedded(), args, &out, &errs)
	return code, out.String(), errs.String()
}
