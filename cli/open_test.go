package cli

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"syscall"
	"testing"
)

// browserThat puts first in the PATH a program that opens addresses, as the desktop has
// one: it writes its arguments into the file that is returned, then does as the line says.
func browserThat(t *testing.T, does string) (opened string) {
	t.Helper()
	name := map[string]string{"linux": "xdg-open", "darwin": "open"}[runtime.GOOS]
	if name == "" {
		t.Skip("no script opens addresses here")
	}
	dir := t.TempDir()
	opened = filepath.Join(dir, "opened")
	script := "#!/bin/sh\nprintf '%s\\n' \"$@\" >'" + opened + ".part'\nmv '" + opened + ".part' '" + opened + "'\n" + does + "\n"
	if err := os.WriteFile(filepath.Join(dir, name), []byte(script), 0o700); err != nil { //nolint:gosec // a program
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+string(os.PathListSeparator)+os.Getenv("PATH"))
	return opened
}

var pageAt = regexp.MustCompile(`the page is at (http://127\.0\.0\.1:[1-9][0-9]*/)\n`)

// started starts the program as a process of its own in an empty folder, waits until it
// says where its page is, and returns that, what it writes as errors, and how to end it.
func started(t *testing.T, args ...string) (page string, stderr *lockedBuffer, end func()) {
	t.Helper()
	cmd, stdout, stderr := process(t, args...), new(lockedBuffer), new(lockedBuffer)
	cmd.Dir, cmd.Stdout, cmd.Stderr = t.TempDir(), stdout, stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	until(t, "the address of the page", func() bool {
		select {
		case err := <-ended:
			t.Fatalf("ended: %v\n%s", err, stderr)
		default:
		}
		if m := pageAt.FindStringSubmatch(stdout.String()); m != nil {
			page = m[1]
		}
		return page != ""
	})
	return page, stderr, func() {
		if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
			t.Fatal(err)
		}
		if err := <-ended; err != nil {
			t.Errorf("after an interrupt: %v\n%s", err, stderr)
		}
	}
}

// answers fails the test unless a page is served.
func answers(t *testing.T, page string) {
	t.Helper()
	response, err := http.Get(page)
	if err != nil {
		t.Fatal(err)
	}
	if err := response.Body.Close(); err != nil {
		t.Fatal(err)
	}
	if response.StatusCode != http.StatusOK {
		t.Errorf("%s: %s", page, response.Status)
	}
}

// wantOpened waits until the browser got an address, which must be this one alone.
func wantOpened(t *testing.T, opened, page string) {
	t.Helper()
	until(t, "the browser", func() bool { _, err := os.Stat(opened); return err == nil })
	got, err := os.ReadFile(opened)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != page+"\n" {
		t.Errorf("opened %q, want %q", got, page)
	}
}

// graphFile is a graph file with a small graph.
func graphFile(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "graph.db")
	if code, _, stderr := program(t, "load", filepath.Join("testdata", "mini"), "--file", file); code != exitOK {
		t.Fatalf("load: %d\n%s", code, stderr)
	}
	return file
}

// The browser gets the address once the service answers there, and only where it was asked
// for; the page is on this machine also where the service listens for others.
func TestOpenOpensThePage(t *testing.T) {
	if testing.Short() {
		t.Skip("it loads the sample pack")
	}
	file := graphFile(t)
	for _, args := range [][]string{
		{"demo", "--open", "--listen", "127.0.0.1:0"},
		{"serve", "--open", "--listen", "127.0.0.1:0", "--file", file},
		{"serve", "--open", "--listen", "0.0.0.0:0", "--file", file},
		{"serve", "--open", "--listen", "[::]:0", "--file", file},
	} {
		t.Run(strings.Join(args[:4], " "), func(t *testing.T) {
			if !strings.HasPrefix(args[3], "127") {
				t.Setenv("LIANTU_ACCESS_MODE", "required")
				t.Setenv("LIANTU_SERVER_PLAIN_HTTP", "true")
			}
			opened := browserThat(t, "exit 0")
			page, stderr, end := started(t, args...)
			wantOpened(t, opened, page)
			answers(t, page)
			if strings.Contains(stderr.String(), "browser") {
				t.Errorf("it complains: %s", stderr)
			}
			end()
		})
	}
}

// A browser that does not open costs one line; the service goes on.
func TestOpenGoesOnWithoutABrowser(t *testing.T) {
	file := graphFile(t)
	t.Setenv("LIANTU_LANGUAGE", "zh")
	opened := browserThat(t, "exit 3")
	page, stderr, end := started(t, "serve", "--open", "--listen", "127.0.0.1:0", "--file", file)
	wantOpened(t, opened, page)
	line := "exit status 3），请自行打开 " + page + "\n"
	until(t, "the line about the browser", func() bool { return strings.Contains(stderr.String(), line) })
	if n := strings.Count(stderr.String(), "未能打开浏览器"); n != 1 {
		t.Errorf("%d lines about the browser:\n%s", n, stderr)
	}
	answers(t, page)
	end()
}

// Without the flag no browser opens: the service has ended, and none was called.
func TestNothingOpensUnasked(t *testing.T) {
	file := graphFile(t)
	opened := browserThat(t, "exit 0")
	page, _, end := started(t, "serve", "--listen", "127.0.0.1:0", "--file", file)
	answers(t, page)
	end()
	if _, err := os.Stat(opened); err == nil {
		t.Error("a browser was called")
	}
	if code, _, stderr := program(t, "demo", "--once", "--open"); code != exitFailed || !strings.Contains(stderr, "--open: with --once nothing is served") {
		t.Errorf("demo --once --open: %d %s", code, stderr)
	}
	t.Setenv("LIANTU_SERVER_PAGE", "off")
	s := serve(t, "serve", "--open", "--file", file)
	if code := s.stop(); code != exitOK || !strings.Contains(s.stderr.String(), "no page to open") {
		t.Errorf("without the page: %d %s", code, s.stderr)
	}
	if _, err := os.Stat(opened); err == nil {
		t.Error("a browser was called for no page")
	}
}
