package cli

import (
	"errors"
	"io"
	"net"
	"path/filepath"
	"strings"
	"testing"

	"liantu/testcontainers"
)

func TestNeo4jOutOfReach(t *testing.T) {
	// A port that was free a moment ago and that nobody listens on.
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	code, stdout, stderr := program(t, "gaps", "--region", "330100", "--store", "neo4j", "--neo4j-uri", "bolt://"+address)
	if code != exitFailed || stdout != "" {
		t.Errorf("exit code %d, output %q", code, stdout)
	}
	wantError(t, stderr, address, "unavailable", "hint: see that Neo4j runs and that the address is right (--neo4j-uri)")
}

// TestNeo4jGivesTheSameAnswers loads the same files into both stores and asks
// the same, over the command line and over HTTP.
func TestNeo4jGivesTheSameAnswers(t *testing.T) {
	uri := testcontainers.Neo4j(t)
	stores := [][]string{
		{"--file", filepath.Join(t.TempDir(), "graph.db")},
		{"--store", "neo4j", "--neo4j-uri", uri, "--neo4j-user", ""},
	}
	var answers [2][]string
	for i, store := range stores {
		for _, args := range [][]string{
			{"load", filepath.Join("testdata", "mini")},
			{"gaps", "--region", "330100", "--format", "json"},
			{"gaps", "--region", "330000", "--why", "--lang", "zh"},
			{"candidates", "--region", "330100", "--link", "光刻胶", "--format", "csv"},
			{"check", "store", "--format", "json"},
		} {
			code, stdout, stderr := program(t, append(args, store...)...)
			if code != exitOK {
				t.Fatalf("%v %v: %d\n%s", args, store, code, stderr)
			}
			if args[0] != "load" { // its report states how long it took
				answers[i] = append(answers[i], stdout)
			}
		}
		s := serve(t, append([]string{"serve"}, store...)...)
		answer, err := askHTTP(t.Context(), s.url+"/graphql", `{ gaps(region: "杭州") { nodes { link { code } state priority } } }`)
		if err != nil {
			t.Fatal(err)
		}
		answers[i] = append(answers[i], dataOf(t, answer))
		if code := s.stop(); code != exitOK {
			t.Errorf("serve %v ended with %d: %s", store, code, s.stderr)
		}
	}
	for i, file := range answers[0] {
		if neo4j := answers[1][i]; neo4j != file {
			t.Errorf("answer %d differs: %s", i, firstDifference(neo4j, file))
		}
	}
}

// TestNeo4jRefusesAPassword asks a real server. The next test does the same
// where there is none.
func TestNeo4jRefusesAPassword(t *testing.T) {
	uri := testcontainers.Neo4jWithPassword(t, "correct-horse")
	t.Setenv("LIANTU_NEO4J_PASSWORD", "open-sesame")
	code, _, stderr := program(t, "gaps", "--region", "330100", "--store", "neo4j", "--neo4j-uri", uri)
	if code != exitFailed {
		t.Errorf("exit code %d", code)
	}
	wantError(t, stderr, "denied", "hint: check the user and password of Neo4j")
}

func TestNeo4jWithAWrongPassword(t *testing.T) {
	address := refusingBolt(t)
	t.Setenv("LIANTU_NEO4J_PASSWORD", "open-sesame")
	for _, args := range [][]string{
		{"gaps", "--region", "330100"},
		{"load", "testdata/mini"},
		{"serve", "--listen", "127.0.0.1:0"},
		{"check", "store"},
	} {
		code, stdout, stderr := program(t, append(args, "--store", "neo4j", "--neo4j-uri", "bolt://"+address)...)
		if code != exitFailed || stdout != "" {
			t.Errorf("%v: exit code %d, output %q", args, code, stdout)
		}
		wantError(t, stderr, address, "denied", "hint: check the user and password of Neo4j")
		if strings.Contains(stderr, "open-sesame") {
			t.Errorf("%v shows the password: %s", args, stderr)
		}
	}
}

// wantError checks that a message is one error line with the given parts and
// hints after it, and no trace of the program's inside.
func wantError(t *testing.T, stderr string, parts ...string) {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(stderr), "\n")
	if !strings.HasPrefix(lines[0], "error: ") || strings.Contains(stderr, "goroutine ") {
		t.Errorf("not an error line with hints: %s", stderr)
	}
	for _, part := range parts {
		if !strings.Contains(stderr, part) {
			t.Errorf("the message lacks %q: %s", part, stderr)
		}
	}
	for _, line := range lines[1:] {
		if !strings.HasPrefix(line, "hint: ") {
			t.Errorf("the line %q is no hint: %s", line, stderr)
		}
	}
}

// refusingBolt listens as a Neo4j server does that accepts no password: it
// agrees on Bolt 4.4 and answers the first message, the client's hello, with
// the failure that a server gives for wrong credentials.
func refusingBolt(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return // closed at the end of the test
			}
			go func() {
				if err := refuse(conn); err != nil && !errors.Is(err, io.EOF) {
					t.Logf("scripted server: %v", err)
				}
			}()
		}
	}()
	return l.Addr().String()
}

func refuse(conn net.Conn) (err error) {
	defer func() { err = errors.Join(err, conn.Close()) }()
	handshake := make([]byte, 20) // a magic number and four proposed versions
	if _, err := io.ReadFull(conn, handshake); err != nil {
		return err
	}
	if _, err := conn.Write([]byte{0, 0, 4, 4}); err != nil {
		return err
	}
	head := make([]byte, 2) // the length of the first chunk of the hello
	if _, err := io.ReadFull(conn, head); err != nil {
		return err
	}
	hello := make([]byte, int(head[0])<<8+int(head[1])+2)
	if _, err := io.ReadFull(conn, hello); err != nil {
		return err
	}
	text := func(s string) string { return string([]byte{0xd0, byte(len(s))}) + s }
	failure := "\xb1\x7f\xa2" + text("code") + text("Neo.ClientError.Security.Unauthorized") +
		text("message") + text("The client is unauthorized due to authentication failure.")
	chunk := append([]byte{0, byte(len(failure))}, failure...)
	if _, err := conn.Write(append(chunk, 0, 0)); err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, conn)
	return err
}
