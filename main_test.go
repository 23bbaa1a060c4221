package main

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"liantu/testcontainers"
)

var update = flag.Bool("update", false, "write the expected outputs of the scripts anew")

// TestMain lets the scripts start the program as a process of its own, which
// is this test binary under the name liantu, and removes at the end what the
// tests started.
func TestMain(m *testing.M) {
	testscript.Main(tidyTests{m}, map[string]func(){"liantu": main, "cells": cells, "fill": fill, "as": as})
}

type tidyTests struct{ *testing.M }

func (t tidyTests) Run() int { return testcontainers.Main(t.M) }

// TestScripts runs the program as people do. Each file of testdata/script is
// one story: commands, what they print, and the files they read. The folder
// mini in it is testdata/mini, an invented chain of four links.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("LANG", "C")
			return os.CopyFS(filepath.Join(env.WorkDir, "mini"), os.DirFS(filepath.Join("testdata", "mini")))
		},
	})
}

// program runs the program inside this process and returns its exit code and
// what it wrote.
func program(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs lockedBuffer
	code = run(t.Context(), args, &out, &errs)
	return code, out.String(), errs.String()
}
