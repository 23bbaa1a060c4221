package cli

import (
	"context"
	"encoding/json"
	"net"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"liantu/graph/filestore"
	"liantu/schema"
)

// patience is how long a test waits for something that is bound to happen.
const patience = 3 * time.Minute

// until waits until done is true, and fails the test when it never is.
func until(t *testing.T, what string, done func() bool) {
	t.Helper()
	deadline := time.After(patience)
	for !done() {
		select {
		case <-deadline:
			t.Fatalf("waited %v in vain: %s", patience, what)
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// served is the program serving in the background.
type served struct {
	url            string
	stdout, stderr *lockedBuffer
	stop           func() int // asks it to stop, waits, and returns the exit code
}

var listening = regexp.MustCompile(`listening on (https?://\S+)/(?:graphql|mcp)\b`)

// serve starts the program with a free port and waits until it answers.
func serve(t *testing.T, args ...string) *served {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	s := &served{stdout: new(lockedBuffer), stderr: new(lockedBuffer)}
	code := make(chan int, 1)
	go func() { code <- Run(ctx, embedded(), append(args, "--listen", "127.0.0.1:0"), s.stdout, s.stderr) }()
	s.stop = func() int {
		cancel()
		got := <-code
		code <- got
		return got
	}
	t.Cleanup(func() { s.stop() })
	until(t, "the line that says where it listens; it wrote: "+s.stderr.String(), func() bool {
		select {
		case got := <-code:
			code <- got
			t.Fatalf("ended with %d: %s", got, s.stderr)
		default:
		}
		if m := listening.FindStringSubmatch(s.stdout.String()); m != nil {
			s.url = m[1]
		}
		return s.url != ""
	})
	return s
}

func (s *served) version(t *testing.T) int {
	t.Helper()
	response, err := http.Get(s.url + "/version")
	if err != nil {
		t.Fatal(err)
	}
	var v struct{ Graph struct{ Version int } }
	if err := json.NewDecoder(response.Body).Decode(&v); err != nil {
		t.Fatal(err)
	}
	if err := response.Body.Close(); err != nil {
		t.Fatal(err)
	}
	return v.Graph.Version
}

func TestServeAnswersAndFollowsLoads(t *testing.T) {
	t.Setenv(smallPopulation, "1")
	file := filepath.Join(t.TempDir(), "graph.db")
	mini := filepath.Join("testdata", "mini")
	if code, _, stderr := program(t, "load", mini, "--file", file); code != exitOK {
		t.Fatalf("load: %d\n%s", code, stderr)
	}
	t.Setenv("LIANTU_SERVER_REFRESH", "10ms")
	s := serve(t, "serve", "--file", file)

	answer, err := askHTTP(t.Context(), s.url+"/graphql", `{ gaps(region: "杭州", states: [ABSENT]) { nodes { link { code } action } } }`)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(answer, `"resist.photoresist"`) || !strings.Contains(answer, `"FILL"`) {
		t.Errorf("the answer does not say that photoresist is to be filled:\n%s", answer)
	}

	before := s.version(t)
	extra := write(t, "Company.csv", "name,source,as_of,grade\n新来材料有限公司,plan,2026,B\n")
	until(t, "a load into the served file", func() bool {
		code, _, stderr := program(t, "load", extra, "--file", file)
		if code != exitOK && !strings.Contains(stderr, "locked") {
			t.Fatalf("load while serving: %d\n%s", code, stderr)
		}
		return code == exitOK
	})
	until(t, "the served picture to follow the load", func() bool { return s.version(t) > before })

	if code := s.stop(); code != exitOK {
		t.Errorf("exit code %d after a request to stop:\n%s", code, s.stderr)
	}
	store, err := filestore.Open(file, schema.Default())
	if err != nil {
		t.Fatalf("the file is still held after the end: %v", err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestServeOnATakenPort(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := taken.Close(); err != nil {
			t.Error(err)
		}
	}()
	for _, command := range []string{"serve", "demo"} {
		code, stdout, stderr := program(t, command, "--listen", taken.Addr().String())
		want := "error: listen tcp " + taken.Addr().String() + ": bind: address already in use\nhint: the port is taken; choose another"
		if code != exitFailed || stdout != "" || !strings.HasPrefix(stderr, want) {
			t.Errorf("%s on a taken port: %d, %q, %q; want the error %q", command, code, stdout, stderr, want)
		}
	}
}

func TestServeWithoutAGraph(t *testing.T) {
	code, _, stderr := program(t, "serve", "--listen", "127.0.0.1:0", "--file", filepath.Join(t.TempDir(), "none.db"))
	if code != exitFailed || !strings.Contains(stderr, "hint: load data with liantu load") {
		t.Errorf("serve without a graph: %d, %q", code, stderr)
	}
}
