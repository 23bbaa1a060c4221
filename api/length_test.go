package api_test

import (
	"strconv"
	"testing"
)

// TestPagesStateTheirLength fetches the pages that are too long for net/http to
// count by itself. Each states its length, to HEAD too, and is not cut into
// chunks.
func TestPagesStateTheirLength(t *testing.T) {
	base := serve(t, newServer(t, newWorld(t), nil))
	for _, path := range []string{"/schema.graphql", "/scalars", "/graphql"} {
		page := send(t, "GET", base+path, "", "Accept", "text/html", "Accept-Encoding", "identity")
		length := strconv.Itoa(len(page.body))
		if page.status != 200 || len(page.body) < 2048 || page.header.Get("Content-Length") != length {
			t.Errorf("GET %s: status %d, %s bytes, Content-Length %q", path, page.status, length, page.header.Get("Content-Length"))
		}
		if path == "/graphql" {
			continue // which takes no HEAD
		}
		if head := send(t, "HEAD", base+path, "", "Accept-Encoding", "identity"); head.status != 200 || head.header.Get("Content-Length") != length {
			t.Errorf("HEAD %s: status %d, Content-Length %q, want %s", path, head.status, head.header.Get("Content-Length"), length)
		}
	}
}
