// Package testcontainers provides a real Neo4j to tests: the one that the
// environment names, or else one in its own container, which lives as long as
// the test binary. The folder image builds an image for it where no image
// registry can be reached.
//
// Only tests may import this package; the program does not contain it.
package testcontainers

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"testing"
	"time"

	tc "github.com/testcontainers/testcontainers-go"
)

// The environment variables that say where tests find a Neo4j.
const (
	// EnvURI names a running Neo4j without authentication by its Bolt URI.
	// Tests erase its database repeatedly.
	EnvURI = "LIANTU_TEST_NEO4J_URI"
	// EnvImage names the image to start if EnvURI is empty; see DefaultImage.
	EnvImage = "LIANTU_TEST_NEO4J_IMAGE"
	// EnvMode set to "required" makes tests without a Neo4j fail; otherwise they
	// are skipped.
	EnvMode = "LIANTU_TEST_NEO4J"
)

// DefaultImage is the image of the test database where EnvImage names none.
const DefaultImage = "neo4j:5.26-community"

// startTimeout limits the time from the start of a container to an answered
// query. It includes the download of the image.
const startTimeout = 3 * time.Minute

// server is a Neo4j of this test binary, started at its first use.
type server struct {
	once      sync.Once
	uri       string
	container tc.Container // nil for a server of the environment
	unlock    func()
	err       error
}

// servers are the Neo4j servers of this test binary by their password, "" for
// the one without authentication.
var servers = struct {
	sync.Mutex
	inMain     bool
	byPassword map[string]*server
}{byPassword: map[string]*server{}}

// Main runs the tests of a package and removes the containers that they
// started, whether the tests passed or not. It returns the exit code:
//
//	func TestMain(m *testing.M) { os.Exit(testcontainers.Main(m)) }
func Main(m interface{ Run() int }) int {
	servers.Lock()
	servers.inMain = true
	servers.Unlock()
	code := m.Run()
	servers.Lock()
	defer servers.Unlock()
	for _, s := range servers.byPassword {
		if err := s.stop(); err != nil {
			fmt.Fprintf(os.Stderr, "cannot remove the container of Neo4j: %v\n", err)
			code = max(code, 1)
		}
	}
	return code
}

// Neo4j returns the Bolt URI of a Neo4j Community without authentication whose
// database "neo4j" is empty: that of [EnvURI], or one in a container that all
// tests of the binary share. Other test binaries wait until this one ends, but
// each call empties the database again, so tests of one package that use it must
// not run at the same time.
//
// Where no Neo4j is available the test is skipped with a sentence that says how
// to get one, or fails if [EnvMode] is "required". The package needs a TestMain
// that calls [Main].
func Neo4j(tb testing.TB) string {
	tb.Helper()
	s := get(tb, "")
	if err := erase(tb.Context(), s.uri); err != nil {
		tb.Fatalf("cannot empty the test database at %s: %v", s.uri, err)
	}
	return s.uri
}

// Neo4jWithPassword returns the Bolt URI of a Neo4j that accepts only the user
// "neo4j" with the given password of at least eight characters. It always starts
// a container, one for each password, and skips or fails as [Neo4j] does. What
// tests write there stays until the test binary ends.
func Neo4jWithPassword(tb testing.TB, password string) string {
	tb.Helper()
	if password == "" {
		tb.Fatal("the password of a Neo4j must not be empty")
	}
	return get(tb, password).uri
}

// get returns a server that answers queries.
func get(tb testing.TB, password string) *server {
	tb.Helper()
	servers.Lock()
	inMain := servers.inMain
	s := servers.byPassword[password]
	if s == nil {
		s = new(server)
		servers.byPassword[password] = s
	}
	servers.Unlock()
	if !inMain {
		tb.Fatal("this package needs: func TestMain(m *testing.M) { os.Exit(testcontainers.Main(m)) }")
	}
	s.once.Do(func() { s.start(password) })
	if s.err == nil {
		return s
	}
	if os.Getenv(EnvMode) == "required" {
		tb.Fatalf("%s=required, but there is no Neo4j: %v", EnvMode, s.err)
	}
	tb.Skipf("no Neo4j (%v): start Docker, or set %s to the Bolt URI of one whose data tests may erase; see testcontainers/README.md", s.err, EnvURI)
	return nil
}

// start finds or starts the server and waits until it answers.
func (s *server) start(password string) {
	uri := os.Getenv(EnvURI)
	given := uri != "" && password == ""
	if given {
		if s.unlock, s.err = lock(uri); s.err != nil {
			return
		}
	}
	// The server outlives the test that starts it, so it does not use the context
	// of the test.
	ctx, cancel := context.WithTimeout(context.Background(), startTimeout)
	defer cancel()
	if given {
		s.uri, s.err = uri, ready(ctx, uri, "")
		return
	}
	if s.uri, s.container, s.err = startContainer(ctx, password); s.err == nil {
		s.err = ready(ctx, s.uri, password)
	}
}

// stop removes the container, if there is one, and releases the lock.
func (s *server) stop() error {
	var err error
	if s.container != nil {
		err = tc.TerminateContainer(s.container, tc.StopTimeout(0))
		s.container = nil
	}
	if s.unlock != nil {
		s.unlock()
		s.unlock = nil
	}
	s.err = errors.New("the tests have ended")
	return err
}
