package cli

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestTypedClients lets generators make typed clients from the checked-in
// schema, and each of these clients ask the running program.
func TestTypedClients(t *testing.T) {
	if testing.Short() {
		t.Skip("it runs foreign generators")
	}
	s := serve(t, "demo")
	answer, err := askHTTP(t.Context(), s.url+"/graphql", `{ gaps(region: "杭州", states: [ABSENT], first: 5) { nodes { link { name } state action } } }`)
	if err != nil {
		t.Fatal(err)
	}
	want := gapLines(t, answer)
	if strings.Count(want, "\n") != 5 {
		t.Fatalf("the question has no five answers:\n%s", want)
	}
	typed, err := filepath.Abs(filepath.Join("..", "examples", "clients", "typed"))
	if err != nil {
		t.Fatal(err)
	}
	venv := filepath.Join(typed, "python", ".venv", "bin")
	for _, tt := range []struct {
		name, folder, tool, libraries string
		generate, ask                 []string
	}{
		{"genqlient", "genqlient", "go", "", []string{"go", "tool", "genqlient"}, []string{"go", "run", "."}},
		{"ariadne-codegen", "python", "python3", venv, []string{filepath.Join(venv, "ariadne-codegen")}, []string{filepath.Join(venv, "python"), "gaps.py"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tool(t, tt.tool, tt.libraries)
			folder := filepath.Join(typed, tt.folder)
			// What an earlier run generated must not answer for this one.
			if err := os.RemoveAll(filepath.Join(folder, "generated")); err != nil {
				t.Fatal(err)
			}
			run := func(args ...string) string {
				cmd := exec.CommandContext(t.Context(), args[0], args[1:]...)
				cmd.Dir = folder
				// The go command counts its runs in the folder of settings, which is in this tree.
				cmd.Env = append(os.Environ(), "XDG_CONFIG_HOME=")
				return output(t, cmd)
			}
			t.Logf("%s", run(tt.generate...))
			if got := run(append(tt.ask, s.url+"/graphql", "杭州")...); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
	t.Run("graphql-codegen", func(t *testing.T) { codegen(t, typed, s, want) })
	t.Run("gql.tada", func(t *testing.T) { tada(t, typed, s, want) })
	t.Run("relay-compiler", func(t *testing.T) { relay(t, typed) })
}
