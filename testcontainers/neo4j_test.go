package testcontainers_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/moby/moby/client"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
	tc "github.com/testcontainers/testcontainers-go"

	"liantu/testcontainers"
)

func TestMain(m *testing.M) { os.Exit(testcontainers.Main(m)) }

// envChild makes the test binary run one of the parts below.
const envChild = "LIANTU_TEST_CHILD"

// TestChild is what the other tests run in a separate process.
func TestChild(t *testing.T) {
	part := os.Getenv(envChild)
	if part == "" {
		t.Skip("runs only as a child of the other tests")
	}
	uri := testcontainers.Neo4j(t)
	fmt.Println("uri:", uri)
	switch part {
	case "fail":
		t.Error("a test that fails")
	case "wait":
		_, _ = io.Copy(io.Discard, os.Stdin) // until it is killed
	}
}

func child(t *testing.T, part string, env ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self, "-test.run=^TestChild$", "-test.v")
	cmd.Env = append(append(os.Environ(), envChild+"="+part), env...)
	return cmd
}

// noImage names an image that does not exist.
const noImage = testcontainers.EnvImage + "=127.0.0.1:1/absent:1"

func TestWithoutDatabase(t *testing.T) {
	none := []string{noImage, testcontainers.EnvURI + "="}
	t.Run("skips and says how to get a database", func(t *testing.T) {
		out, err := child(t, "ask", append(none, testcontainers.EnvMode+"=")...).CombinedOutput()
		if err != nil {
			t.Fatalf("child: %v\n%s", err, out)
		}
		for _, want := range []string{"--- SKIP: TestChild", "start Docker", testcontainers.EnvURI} {
			if !strings.Contains(string(out), want) {
				t.Errorf("output lacks %q:\n%s", want, out)
			}
		}
	})
	t.Run("fails if required", func(t *testing.T) {
		out, err := child(t, "ask", append(none, testcontainers.EnvMode+"=required")...).CombinedOutput()
		var exit *exec.ExitError
		if !errors.As(err, &exit) || !strings.Contains(string(out), "--- FAIL: TestChild") {
			t.Fatalf("child: %v, want a failed test\n%s", err, out)
		}
	})
}

func TestURIOfEnvironment(t *testing.T) {
	uri := testcontainers.Neo4j(t)
	out, err := child(t, "ask", testcontainers.EnvURI+"="+uri, noImage).CombinedOutput()
	if os.Getenv(testcontainers.EnvURI) != "" {
		t.Skip("the database is locked by this test itself")
	}
	if err != nil || !strings.Contains(string(out), "uri: "+uri+"\n") {
		t.Fatalf("child: %v, want the URI %s\n%s", err, uri, out)
	}
}

func TestDatabaseIsEmptyAndShared(t *testing.T) {
	uri := testcontainers.Neo4j(t)
	run(t, uri, neo4j.NoAuth(), "UNWIND range(1, 30) AS i CREATE (:Left {i: i})-[:OVER]->(:Left)")
	if again := testcontainers.Neo4j(t); again != uri {
		t.Errorf("second URI %s, want the first, %s", again, uri)
	}
	if n := run(t, uri, neo4j.NoAuth(), "MATCH (n) RETURN count(n)"); n != int64(0) {
		t.Errorf("%v nodes are left", n)
	}
}

func TestPassword(t *testing.T) {
	const password = "correct-horse"
	uri := testcontainers.Neo4jWithPassword(t, password)
	run(t, uri, neo4j.BasicAuth("neo4j", password, ""), "RETURN 1")
	driver, err := neo4j.NewDriverWithContext(uri, neo4j.BasicAuth("neo4j", "wrong-horse", ""))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closeIt(t, driver.Close(context.Background())) })
	var refused *neo4j.Neo4jError
	if err := driver.VerifyConnectivity(t.Context()); !errors.As(err, &refused) || refused.Code != "Neo.ClientError.Security.Unauthorized" {
		t.Errorf("wrong password: %v, want it refused", err)
	}
}

func closeIt(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Errorf("closing: %v", err)
	}
}

// run returns the first value of the first row, if any.
func run(t *testing.T, uri string, auth neo4j.AuthToken, cypher string) any {
	t.Helper()
	driver, err := neo4j.NewDriverWithContext(uri, auth)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closeIt(t, driver.Close(context.Background())) })
	result, err := neo4j.ExecuteQuery(t.Context(), driver, cypher, nil, neo4j.EagerResultTransformer, neo4j.ExecuteQueryWithDatabase("neo4j"))
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Records) == 0 {
		return nil
	}
	return result.Records[0].Values[0]
}

func TestContainersAreRemoved(t *testing.T) {
	testcontainers.Neo4j(t)
	if os.Getenv(testcontainers.EnvURI) != "" {
		t.Skip("no container: the environment names the database")
	}
	killed := child(t, "wait")
	killAtURI(t, killed)
	if n := containersOf(t, killed.Process.Pid); n != 1 {
		t.Fatalf("the killed child left %d containers, want 1", n)
	}
	failing := child(t, "fail")
	out, err := failing.CombinedOutput()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || !strings.Contains(string(out), "uri: bolt://") {
		t.Fatalf("child: %v, want a failed test with a database\n%s", err, out)
	}
	if n := containersOf(t, failing.Process.Pid); n != 0 {
		t.Errorf("%d containers are left by tests that failed", n)
	}
	if n := containersOf(t, killed.Process.Pid); n != 0 {
		t.Errorf("%d containers of the killed child are left by the next one", n)
	}
	if n := containersOf(t, os.Getpid()); n == 0 {
		t.Error("the container of a living test binary was removed")
	}
}

// killAtURI starts a child and kills it once it has its database.
func killAtURI(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	if _, err := cmd.StdinPipe(); err != nil { // Wait closes it
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var seen strings.Builder
	for lines := bufio.NewScanner(stdout); lines.Scan(); {
		fmt.Fprintln(&seen, lines.Text())
		if strings.HasPrefix(lines.Text(), "uri: ") {
			break
		}
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatalf("child: %v\n%s", err, seen.String())
	}
	_ = cmd.Wait() // it was killed
}

// containersOf counts the containers that a process started.
func containersOf(t *testing.T, pid int) int {
	t.Helper()
	docker, err := tc.NewDockerClientWithOpts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closeIt(t, docker.Close()) })
	list, err := docker.ContainerList(t.Context(), client.ContainerListOptions{
		All:     true,
		Filters: client.Filters{}.Add("label", "liantu.test.pid="+strconv.Itoa(pid)),
	})
	if err != nil {
		t.Fatal(err)
	}
	return len(list.Items)
}
