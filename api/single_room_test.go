package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// large has an answer of some hundred kilobytes.
const large = `{ __schema { types { name description fields { name description type { name } args { name description } } } } }`

// fill sends operations whose answers wait until there is no room for one more, and returns
// how many wait.
func (c *single) fill(t *testing.T, query string) int {
	t.Helper()
	for n := range 90 {
		switch r := c.operate(t, fmt.Sprintf("%d of %d", n, len(query)), query); r.status {
		case http.StatusAccepted:
		case http.StatusServiceUnavailable:
			if firstCode(r.json(t)) != "OVERLOADED" || r.header.Get("Retry-After") == "" {
				t.Fatalf("without room: %s, %v", r.body, r.header)
			}
			return n
		default:
			t.Fatalf("%d: %s", r.status, r.body)
		}
	}
	t.Fatal("90 answers wait")
	return 0
}

// TestOneCallerLeavesRoomForOthers takes all the room for answers that one caller has: the
// streams of others, and its own that are open, go on.
func TestOneCallerLeavesRoomForOthers(t *testing.T) {
	base := newOffice(t).sessions(t)
	waiting := reserveStream(t, base, "wang")
	n := waiting.fill(t, large)
	open := reserveStream(t, base, "wang")
	s := open.open(t, base+"/graphql", open.head()...)
	s.comment()
	answered := make(chan reply, 1)
	go func() { answered <- open.operate(t, "mine", large) }()
	s.expect("next", "mine")
	s.expect("complete", "mine")
	if r := <-answered; r.status != http.StatusAccepted {
		t.Errorf("over an open stream: %d: %s", r.status, r.body)
	}
	other := reserveStream(t, base, "li")
	if r := other.operate(t, "1", askRole); r.status != http.StatusAccepted {
		t.Errorf("another caller gets %d: %s", r.status, r.body)
	}
	s = waiting.open(t, base+"/graphql", waiting.head()...)
	s.comment()
	seen := map[string]bool{}
	for range 2 * n { // in any order
		name, m := s.message()
		seen[name+" "+m.ID] = true
	}
	if len(seen) != 2*n {
		t.Errorf("%d events of %d operations that waited", len(seen), n)
	}
	if r := waiting.operate(t, "more", askRole); r.status != http.StatusAccepted {
		t.Errorf("once there is room again: %d: %s", r.status, r.body)
	}
}

// TestChangesAreAnsweredWithoutRoom makes a change whose answer finds no room to wait: it is
// answered at once.
func TestChangesAreAnsweredWithoutRoom(t *testing.T) {
	base := newOffice(t).sessions(t)
	c := reserveStream(t, base, "wang")
	for _, query := range []string{large, `{ __schema { types { name description } } }`, `{ __type(name: "Company") { name fields { name } } }`} {
		c.fill(t, query)
	}
	long := strings.Repeat("n", 190)
	r := c.operate(t, "change", fmt.Sprintf(`mutation { declareRole(clientMutationId: "1", link: "chip.fab", role: KEY) {
		version %sa: changed %[1]sb: changed %[1]sc: changed %[1]sd: changed %[1]se: changed %[1]sf: changed %[1]sg: changed } }`, long))
	if r.status != http.StatusOK || !strings.Contains(r.body, `"version":3`) || r.header.Get("Liantu-Version") != "3" {
		t.Errorf("a change whose answer finds no room gets %d: %s", r.status, r.body)
	}
}

// TestOperationsOfAStreamAreBounded sends more operations than may wait for one stream.
func TestOperationsOfAStreamAreBounded(t *testing.T) {
	base := newOffice(t).sessions(t)
	c := reserveStream(t, base, "wang")
	for i := range 101 {
		r := c.operate(t, fmt.Sprint(i), askRole)
		if want := i < 100; (r.status == http.StatusAccepted) != want {
			t.Fatalf("operation %d: %d: %s", i, r.status, r.body)
		}
		if i == 100 && (r.status != http.StatusServiceUnavailable || r.header.Get("Retry-After") == "" || !strings.Contains(r.body, "100 operations")) {
			t.Errorf("one too many: %d %v: %s", r.status, r.header, r.body)
		}
	}
	if r := send(t, "DELETE", base+"/graphql?operationId=7", "", c.head()...); r.status != http.StatusOK {
		t.Fatal(r.body)
	}
	if r := c.operate(t, "in its place", askRole); r.status != http.StatusAccepted {
		t.Errorf("in the place of one that was ended: %d: %s", r.status, r.body)
	}
}
