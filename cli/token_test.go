package cli

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"liantu/cli/settings"
)

// as runs a program with the key of a file in LIANTU_TOKEN, for the scripts.
func as() {
	key, err := os.ReadFile(os.Args[1])
	if err != nil {
		panic(err)
	}
	cmd := exec.Command(os.Args[2], os.Args[3:]...)
	cmd.Env = append(os.Environ(), settings.TokenEnv+"="+strings.TrimSpace(string(key)))
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

// TestEveryCommandIsDecided wants each command to say, once, what it takes of the
// bearer of a token.
func TestEveryCommandIsDecided(t *testing.T) {
	root := newRoot(&env{stdout: io.Discard, stderr: io.Discard})
	var walk func(cmd *cobra.Command)
	walk = func(cmd *cobra.Command) {
		decided := 0
		for _, what := range []string{takesQuestion, takesRight, takesNothing, takesMachine} {
			if _, ok := cmd.Annotations[what]; ok {
				decided++
			}
		}
		if decided != 1 {
			t.Errorf("the command %q says %d times what it takes of a caller", commandName(cmd), decided)
		}
		for _, c := range cmd.Commands() {
			walk(c)
		}
	}
	walk(root)
}
