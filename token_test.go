package main

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// as runs a program with the key of a file in LIANTU_TOKEN, for the scripts.
func as() {
	key, err := os.ReadFile(os.Args[1])
	if err != nil {
		panic(err)
	}
	cmd := exec.Command(os.Args[2], os.Args[3:]...)
	cmd.Env = append(os.Environ(), tokenEnv+"="+strings.TrimSpace(string(key)))
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	err = cmd.Run()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		os.Exit(exit.ExitCode())
	}
	if err != nil {
		panic(err)
	}
}

// TestEveryCommandIsDecided wants each command in the table of what it takes of
// the bearer of a token, and nothing else there.
func TestEveryCommandIsDecided(t *testing.T) {
	root := newRoot(&app{stdout: io.Discard, stderr: io.Discard})
	left := map[string]bool{}
	for name := range needs {
		left[name] = true
	}
	var walk func(cmd *cobra.Command)
	walk = func(cmd *cobra.Command) {
		name := commandName(cmd)
		if _, ok := needs[name]; !ok {
			t.Errorf("the command %q is not in the table", name)
		}
		delete(left, name)
		for _, c := range cmd.Commands() {
			walk(c)
		}
	}
	walk(root)
	delete(left, "help") // which the library makes when it runs
	for name := range left {
		t.Errorf("the table has %q, which is no command", name)
	}
}
