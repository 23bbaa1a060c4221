package cli

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// nodeTool is a generator of typed clients in TypeScript, with its folder.
type nodeTool struct{ folder, programs string }

func newNodeTool(t *testing.T, typed, name string) nodeTool {
	t.Helper()
	libraries := filepath.Join(typed, "node", "node_modules")
	tool(t, "node", libraries)
	n := nodeTool{folder: filepath.Join(typed, "node", name), programs: filepath.Join(libraries, ".bin")}
	// What an earlier run generated must not answer for this one.
	if err := os.RemoveAll(n.path("generated")); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(n.path("generated"), 0o755); err != nil {
		t.Fatal(err)
	}
	return n
}

func (n nodeTool) path(name string) string {
	return filepath.Join(n.folder, filepath.FromSlash(name))
}

func (n nodeTool) command(t *testing.T, name string, args ...string) *exec.Cmd {
	t.Helper()
	if name != "node" {
		name = filepath.Join(n.programs, name)
	}
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Dir = n.folder
	return cmd
}

// run returns what one of the programs of the folder prints.
func (n nodeTool) run(t *testing.T, name string, args ...string) string {
	t.Helper()
	return output(t, n.command(t, name, args...))
}

// refuses checks that a program fails and says why.
func (n nodeTool) refuses(t *testing.T, why, name string, args ...string) {
	t.Helper()
	out, err := n.command(t, name, args...).CombinedOutput()
	var failed *exec.ExitError
	if !errors.As(err, &failed) || !strings.Contains(string(out), why) {
		t.Errorf("%s %v: %v, want a failure that says %q\n%s", name, args, err, why, out)
	}
}

// variant writes a file of the folder elsewhere, with one text for another.
func (n nodeTool) variant(t *testing.T, from, to string, pairs ...string) {
	t.Helper()
	text, err := os.ReadFile(n.path(from))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(pairs); i += 2 {
		if !strings.Contains(string(text), pairs[i]) {
			t.Fatalf("%s has no %q", from, pairs[i])
		}
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, []byte(strings.NewReplacer(pairs...).Replace(string(text))), 0o600); err != nil {
		t.Fatal(err)
	}
}

// codegen asks by the hashes of graphql-codegen, of a service that trusts its manifest.
func codegen(t *testing.T, typed string, plain *served, want string) {
	t.Helper()
	n := newNodeTool(t, typed, "codegen")
	n.run(t, "graphql-codegen", "--config", "codegen.json")
	n.run(t, "tsc", "-p", ".")
	t.Setenv("LIANTU_SERVER_TRUSTED_DOCUMENTS", n.path("generated/persisted-documents.json"))
	trusting := serve(t, "serve", "--file", sampleFile(t))
	if got := n.run(t, "node", "generated/js/gaps.js", trusting.url+"/graphql", "杭州"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if _, body := post(t, trusting, `{ meta { version } }`, nil); !strings.Contains(body, "PERSISTED_QUERY_NOT_FOUND") || strings.Contains(body, `"data"`) {
		t.Errorf("a document that is not in the manifest gets %s", body)
	}
	n.refuses(t, "PERSISTED_QUERY_NOT_FOUND", "node", "generated/js/gaps.js", plain.url+"/graphql", "杭州")
}

// tada lets the TypeScript compiler derive the answer from the document by gql.tada.
func tada(t *testing.T, typed string, plain *served, want string) {
	t.Helper()
	n := newNodeTool(t, typed, "tada")
	n.run(t, "gql-tada", "generate-output")
	n.run(t, "tsc", "-p", ".")
	if got := n.run(t, "node", "generated/js/gaps.js", plain.url+"/graphql", "杭州"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	n.variant(t, "gaps.ts", n.path("generated/wrong.ts"), "        state\n", "        estate\n", "./generated/", "./")
	n.variant(t, "tsconfig.json", n.path("generated/wrong.json"), "gaps.ts", "wrong.ts", `"extends": "../`, `"extends": "../../`)
	n.refuses(t, "Property 'state' does not exist", "tsc", "-p", "generated/wrong.json", "--noEmit")
}

// relay lets relay-compiler page a connection and fetch a company anew by its id.
func relay(t *testing.T, typed string) {
	t.Helper()
	n := newNodeTool(t, typed, "relay")
	n.run(t, "relay-compiler", "relay.config.json")
	for name, want := range map[string]string{
		"gaps_list":        `"forward": {`,
		"gapsPageQuery":    `"after"`,
		"gapsCompanyQuery": `node(id: $id)`,
	} {
		text, err := os.ReadFile(n.path("generated/" + name + ".graphql.ts"))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(text), want) {
			t.Errorf("%s has no %s:\n%s", name, want, text)
		}
	}
	wrong := t.TempDir()
	n.variant(t, "src/gaps.ts", filepath.Join(wrong, "src", "gaps.ts"), "          state\n", "          estate\n")
	n.variant(t, "relay.config.json", filepath.Join(wrong, "relay.config.json"), "../../../../../api/testdata/", "./")
	if err := os.Mkdir(filepath.Join(wrong, "generated"), 0o755); err != nil {
		t.Fatal(err)
	}
	copyFile(t, filepath.Join("..", "api", "testdata", "schema.graphql"), filepath.Join(wrong, "schema.graphql"))
	n.folder = wrong
	n.refuses(t, "has no field `estate`", "relay-compiler", "relay.config.json")
}
