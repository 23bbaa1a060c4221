package cli

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"liantu/cli/show"
)

// write puts a text into a file of a new folder and returns its path.
func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// process makes the program as a process of its own: this test binary under
// the name liantu, see TestMain.
func process(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self, args...)
	cmd.Args[0] = "liantu"
	return cmd
}

// contents returns the report of check store on a graph file.
func contents(t *testing.T, file string) show.StoreSummary {
	t.Helper()
	code, stdout, stderr := program(t, "check", "store", "--file", file, "--format", "json")
	if code != exitOK {
		t.Fatalf("check store: %d\n%s", code, stderr)
	}
	var s show.StoreSummary
	if err := json.Unmarshal([]byte(stdout), &s); err != nil {
		t.Fatal(err)
	}
	return s
}

// manyCompanies writes a file that takes the loader a good number of batches.
func manyCompanies(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("stock_code,name,founded,source,as_of,grade\n")
	for i := range 12_000 {
		fmt.Fprintf(&b, "%d.SH,第%d号材料有限公司,%d,made-up,2026,D\n", 600_000+i, i, 1980+i%40)
	}
	return write(t, "Company.csv", b.String())
}

// firstLines unpacks the first lines of a file into one of the same name.
func firstLines(t *testing.T, packed string, n int) string {
	t.Helper()
	file, err := os.Open(packed)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := file.Close(); err != nil {
			t.Error(err)
		}
	}()
	unpacked, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	lines := bufio.NewScanner(unpacked)
	for range n {
		if !lines.Scan() {
			break
		}
		b.WriteString(lines.Text() + "\n")
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return write(t, strings.TrimSuffix(filepath.Base(packed), ".gz"), b.String())
}

// TestKilledLoadIsCompletedByLoadingAgain kills a load with SIGKILL while it
// writes. What it left is a sound graph, and loading again gives the contents
// of a load that nobody disturbed.
func TestKilledLoadIsCompletedByLoadingAgain(t *testing.T) {
	if testing.Short() {
		t.Skip("it loads many rows and, where they are there, real data")
	}
	inputs := map[string][]string{"made-up": {manyCompanies(t)}}
	real := filepath.Join("..", "..", "shared", "data", "chainkg", "product.json.gz")
	if _, err := os.Stat(real); err == nil {
		inputs["chainkg"] = []string{firstLines(t, real, 20_000), "--mapping", "chainkg"}
	} else {
		t.Logf("the part with real data is left out: %v", err)
	}
	for name, args := range inputs {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			killAndLoadAgain(t, args)
		})
	}
}

func killAndLoadAgain(t *testing.T, args []string) {
	dir := t.TempDir()
	calm, killed := filepath.Join(dir, "calm.db"), filepath.Join(dir, "killed.db")
	load := append([]string{"load"}, args...)
	if code, _, stderr := program(t, append(load, "--file", calm)...); code == exitFailed {
		t.Fatalf("load: %d\n%s", code, stderr)
	}
	want := contents(t, calm)
	full, err := os.Stat(calm)
	if err != nil {
		t.Fatal(err)
	}

	cmd := process(t, append(load, "--file", killed)...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	until(t, "the file to grow to a third", func() bool {
		info, err := os.Stat(killed)
		return err == nil && info.Size() > full.Size()/3
	})
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	err = cmd.Wait()
	if status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); !ok || status.Signal() != syscall.SIGKILL {
		t.Fatalf("the load ended by itself before it was killed: %v", err)
	}

	left := contents(t, killed)
	if left.Digest == want.Digest || left.Version == 0 {
		t.Fatalf("the load was not in the middle: version %d, facts %d of %d", left.Version, left.Facts, want.Facts)
	}
	if code, _, stderr := program(t, append(load, "--file", killed)...); code == exitFailed {
		t.Fatalf("load again: %d\n%s", code, stderr)
	}
	if got := contents(t, killed); got.Digest != want.Digest || got.Facts != want.Facts {
		t.Errorf("after a kill and a second load the graph has digest %s and %d facts, an undisturbed load gives %s and %d",
			got.Digest, got.Facts, want.Digest, want.Facts)
	}
}

// TestDigestOfPortions loads the same files whole, and in portions backwards.
func TestDigestOfPortions(t *testing.T) {
	if testing.Short() {
		t.Skip("it loads many rows")
	}
	dir := t.TempDir()
	whole, portions := filepath.Join(dir, "whole.db"), filepath.Join(dir, "portions.db")
	mini := filepath.Join("testdata", "mini")
	steps := [][]string{
		{whole, mini},
		{portions, filepath.Join(mini, "Source.csv"), filepath.Join(mini, "Link.csv")},
		{portions, filepath.Join(mini, "Company.csv"), filepath.Join(mini, "OPERATES_IN.csv")},
		{portions, mini},
	}
	for _, step := range steps {
		args := append([]string{"load", "--file", step[0]}, step[1:]...)
		if code, stdout, stderr := program(t, args...); code != exitOK {
			t.Fatalf("%v: %d\n%s%s", args, code, stdout, stderr)
		}
	}
	if got, want := contents(t, portions).Digest, contents(t, whole).Digest; got != want {
		t.Errorf("digest of portions %s, of the whole %s", got, want)
	}
}

// TestFolderWithoutRights runs the program as a user who may not write there.
func TestFolderWithoutRights(t *testing.T) {
	dir := t.TempDir()
	cmd := process(t, "load", filepath.Join(dir, "Company.csv"), "--file", filepath.Join(dir, "graph.db"))
	if os.Geteuid() == 0 {
		// Rights do not bind root, so the process runs as nobody; it needs to
		// get at the test binary, which is in a folder of root's.
		cmd.Path = filepath.Join(openFolder(t), "liantu")
		copyFile(t, os.Args[0], cmd.Path)
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
		cmd.Dir = "/"
		cmd.Env = append(os.Environ(), "HOME=/")
	}
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	out, err := cmd.CombinedOutput()
	if err == nil {
		t.Fatalf("a load into a folder without rights succeeded: %s", out)
	}
	if !strings.HasPrefix(string(out), "error: graph file") || !strings.Contains(string(out), "denied\nhint: ") {
		t.Errorf("a folder without rights is reported as:\n%s", out)
	}
}

// openFolder makes a folder that everybody may enter.
func openFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, d := range []string{filepath.Dir(dir), dir} {
		if err := os.Chmod(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, data, 0o755); err != nil {
		t.Fatal(err)
	}
}
