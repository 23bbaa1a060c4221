package cli

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// tool finds a program that a test runs beside ours, and the folder into which
// its libraries were installed. Where one is absent the test is skipped and
// says so; with LIANTU_TEST_CLIENTS=required it fails.
func tool(t *testing.T, name, libraries string) string {
	t.Helper()
	leave := t.Skipf
	if os.Getenv("LIANTU_TEST_CLIENTS") == "required" {
		leave = t.Fatalf
	}
	path, err := exec.LookPath(name)
	if err != nil {
		leave("%s is not installed", name)
	}
	if _, err := os.Stat(libraries); err != nil && libraries != "" {
		leave("%s is not there; make clients installs it", libraries)
	}
	return path
}

// TestForeignClients checks the running program by foreign programs: the audits of
// GraphQL over HTTP, the reference implementation, and each example client.
func TestForeignClients(t *testing.T) {
	if testing.Short() {
		t.Skip("it runs foreign clients")
	}
	s := serve(t, "demo")
	t.Run("audits", func(t *testing.T) { audits(t, s.url+"/graphql") })
	clientsAgree(t, s)
}

// audits checks that the service meets the specifications.
func audits(t *testing.T, url string) {
	t.Helper()
	folder := filepath.Join("..", "api", "conformance")
	node := tool(t, "node", filepath.Join(folder, "node_modules"))
	out := output(t, exec.CommandContext(t.Context(), node, filepath.Join(folder, "check.mjs"), url,
		filepath.Join("..", "api", "testdata", "schema.graphql")))
	if !strings.Contains(out, "audits: 61 of 61 ok") {
		t.Errorf("the audits are not 61 any more; check what has changed:\n%s", out)
	}
	t.Logf("%s", out)
}

// clientsAgree asks the same question with each of the example clients.
func clientsAgree(t *testing.T, s *served) {
	t.Helper()
	answer, err := askHTTP(t.Context(), s.url+"/graphql", `{ gaps(region: "杭州", states: [ABSENT], first: 5) { nodes { link { name } state action } } }`)
	if err != nil {
		t.Fatal(err)
	}
	want := gapLines(t, answer)
	if strings.Count(want, "\n") != 5 {
		t.Fatalf("the question has no five answers:\n%s", want)
	}
	node, python := filepath.Join("..", "examples", "clients", "node"), filepath.Join("..", "examples", "clients", "python")
	venv := filepath.Join(python, ".venv", "bin", "python")
	for _, tt := range []struct{ name, tool, libraries, program string }{
		{"curl", "curl", "", filepath.Join("..", "examples", "clients", "gaps.sh")},
		{"graphql-request", "node", filepath.Join(node, "node_modules"), filepath.Join(node, "graphql-request.mjs")},
		{"urql", "node", filepath.Join(node, "node_modules"), filepath.Join(node, "urql.mjs")},
		{"apollo", "node", filepath.Join(node, "node_modules"), filepath.Join(node, "apollo.mjs")},
		{"gql", "python3", venv, filepath.Join(python, "gaps.py")},
	} {
		t.Run(tt.name, func(t *testing.T) {
			run := tool(t, tt.tool, tt.libraries)
			switch tt.name {
			case "curl":
				run = "sh"
			case "gql":
				run = venv
			}
			got := output(t, exec.CommandContext(t.Context(), run, tt.program, s.url+"/graphql", "杭州"))
			if tt.name == "curl" {
				got = gapLines(t, got)
			}
			if got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// output runs a client and returns what it prints.
func output(t *testing.T, cmd *exec.Cmd) string {
	t.Helper()
	var errs strings.Builder
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s%s", err, out, errs.String())
	}
	return string(out)
}

// gapLines writes the gaps of an answer as the clients do.
func gapLines(t *testing.T, answer string) string {
	t.Helper()
	var a struct {
		Data struct {
			Gaps struct {
				Nodes []struct {
					Link          struct{ Name string }
					State, Action string
				}
			}
		}
	}
	if err := json.Unmarshal([]byte(answer), &a); err != nil {
		t.Fatalf("%v\n%s", err, answer)
	}
	var b strings.Builder
	for _, gap := range a.Data.Gaps.Nodes {
		fmt.Fprintln(&b, gap.Link.Name, gap.State, gap.Action)
	}
	return b.String()
}

// TestSubscriptionByGraphqlSSE lets graphql-sse wait for a change, in both of its modes,
// and loads a file into the served graph.
func TestSubscriptionByGraphqlSSE(t *testing.T) {
	for name, client := range map[string]string{"distinct connections": "changes.mjs", "single connection": "single.mjs"} {
		t.Run(name, func(t *testing.T) { awaitChange(t, client) })
	}
}

func awaitChange(t *testing.T, client string) {
	t.Helper()
	folder := filepath.Join("..", "examples", "clients", "node")
	node := tool(t, "node", filepath.Join(folder, "node_modules"))
	file := filepath.Join(t.TempDir(), "graph.db")
	load := func(path string) bool {
		code, _, stderr := program(t, "load", path, "--file", file)
		if code != exitOK && !strings.Contains(stderr, "locked") {
			t.Fatalf("load: %d\n%s", code, stderr)
		}
		return code == exitOK
	}
	load(filepath.Join("testdata", "mini"))
	t.Setenv("LIANTU_SERVER_REFRESH", "10ms")
	s := serve(t, "serve", "--file", file)
	before := s.version(t)

	cmd := exec.CommandContext(t.Context(), node, filepath.Join(folder, client), s.url+"/graphql", "杭州", "1")
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(out)
	if line, err := lines.ReadString('\n'); err != nil || !strings.HasPrefix(line, "waiting") {
		t.Fatalf("the client says %q (%v)", line, err)
	}
	extra := write(t, "Company.csv", "name,source,as_of,grade\n新来材料有限公司,plan,2026,B\n")
	until(t, "a load into the served file", func() bool { return load(extra) })
	output, err := io.ReadAll(lines)
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	if want := fmt.Sprintf("version %d -> ", before); !strings.HasPrefix(string(output), want) {
		t.Errorf("the client says %q, want %q", output, want)
	}
}

// TestLockFilesNameNoHosts reads the lock files of the foreign
// packages: names, versions and checksums belong there, but no address, so that
// each machine uses the registry that it is set to.
func TestLockFilesNameNoHosts(t *testing.T) {
	for _, path := range []string{
		"../api/conformance/package-lock.json", "../examples/clients/node/package-lock.json",
		"../examples/clients/typed/node/package-lock.json", "../examples/clients/python/requirements.txt", "../examples/clients/typed/python/requirements.txt",
	} {
		text, err := os.ReadFile(filepath.FromSlash(path))
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), "://") {
			t.Errorf("%s names a host; write it with: npm install --omit-lockfile-registry-resolved", path)
		}
	}
}
