package api_test

import (
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"liantu/api"
	"liantu/api/attacks"
)

// TestAttacks sends every attack to a real server over the sample pack. None ends
// it, and each gets the code and the reason that it should.
func TestAttacks(t *testing.T) {
	live, err := sample()
	if err != nil {
		t.Fatal(err)
	}
	// With the default limits. A request that takes ten seconds, where it should take
	// a twentieth of one, is a successful attack.
	base := serve(t, newServer(t, &world{live: live}, nil))
	for _, a := range attacks.All() {
		t.Run(a.Name, func(t *testing.T) {
			head := []string{"Content-Type", plainJSON}
			for name, value := range a.Header {
				head = append(head, name, value)
			}
			r := send(t, "POST", base+"/graphql", a.Body, head...)
			answer := r.json(t)
			if code := firstCode(answer); r.status != a.Status || code != a.Code {
				t.Errorf("status %d, code %q, want %d, %q: %.300s", r.status, code, a.Status, a.Code, r.body)
			}
			if reason := firstReason(answer); reason != a.Reason && a.Reason != "" {
				t.Errorf("reason %q, want %q: %.300s", reason, a.Reason, r.body)
			}
		})
	}
	usual(t, base)
}

// usual sends a typical query; it must be answered whatever came before.
func usual(t *testing.T, base string) {
	t.Helper()
	if r := send(t, "POST", base+"/graphql", attacks.Usual(), "Content-Type", plainJSON); r.status != 200 || firstCode(r.json(t)) != "" {
		t.Errorf("the usual question gets status %d: %.300s", r.status, r.body)
	}
}

// TestAttacksByGET sends the documents of the attacks in URLs, as far as they fit.
// They are refused for the same reasons.
func TestAttacksByGET(t *testing.T) {
	if testing.Short() {
		t.Skip("it sends the attacks once more")
	}
	base := serve(t, newSampleServer(t))
	sent := 0
	for _, a := range attacks.All() {
		var body struct{ Query string }
		if a.Status != 200 || a.Code == "" || json.Unmarshal([]byte(a.Body), &body) != nil {
			continue
		}
		address := "/graphql?query=" + url.QueryEscape(body.Query)
		if len(address) > 30_000 {
			continue
		}
		sent++
		r := send(t, "GET", base+address, "")
		answer := r.json(t)
		if code, reason := firstCode(answer), firstReason(answer); r.status != 200 || code != a.Code || reason != a.Reason {
			t.Errorf("%s: status %d, code %q, reason %q, want %q, %q: %.300s", a.Name, r.status, code, reason, a.Code, a.Reason, r.body)
		}
	}
	if sent < 40 {
		t.Errorf("only %d attacks were sent", sent)
	}
	if r := send(t, "GET", base+"/graphql?query="+strings.Repeat("a", 64<<10), ""); r.status != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("an address of 64 KiB gets status %d", r.status)
	}
	usual(t, base)
}

// endless is a body without an end.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}

// TestBodyThatDoesNotStateItsLength sends a body in chunks that do not end. It is
// answered before its end.
func TestBodyThatDoesNotStateItsLength(t *testing.T) {
	base := serve(t, newServer(t, newWorld(t), nil))
	request, err := http.NewRequestWithContext(t.Context(), "POST", base+"/graphql", endless{})
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", plainJSON)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(response.Body)
	if err = errors.Join(err, response.Body.Close()); err != nil {
		t.Fatal(err)
	}
	if response.StatusCode != 413 || !strings.Contains(string(text), "BODY_TOO_LARGE") {
		t.Errorf("status %d: %s", response.StatusCode, text)
	}
	if r := send(t, "GET", base+"/healthz", ""); r.status != 200 {
		t.Errorf("the next request gets %+v", r)
	}
}

// TestDrippingSenders sends a header, or a body, byte by byte, each byte soon after
// the last. The server closes the connection nevertheless.
func TestDrippingSenders(t *testing.T) {
	if testing.Short() {
		t.Skip("it waits for timeouts")
	}
	base := serve(t, newServer(t, newWorld(t), func(c *api.Config, _ *api.Deps) {
		c.ReadHeaderTimeout, c.ReadTimeout = time.Second, 2*time.Second
	}))
	var all sync.WaitGroup
	for _, begin := range []string{
		"POST /graphql HTTP/1.1\r\nHost: x\r\nX-A: ",
		"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n{",
	} {
		for range 10 {
			all.Go(func() {
				c, err := net.Dial("tcp", strings.TrimPrefix(base, "http://"))
				if err != nil {
					t.Error(err)
					return
				}
				drip := time.NewTicker(20 * time.Millisecond)
				defer drip.Stop()
				_, err = c.Write([]byte(begin))
				for err == nil { // until the server hangs up
					<-drip.C
					_, err = c.Write([]byte(" "))
				}
				if err := c.Close(); err != nil {
					t.Error(err)
				}
			})
		}
	}
	if r := send(t, "POST", base+"/graphql", `{"query":"{ meta { version } }"}`, "Content-Type", plainJSON); r.status != 200 {
		t.Errorf("beside dripping senders: %+v", r)
	}
	all.Wait()
}

// firstReason is extensions.reason of the first error.
func firstReason(answer map[string]any) string {
	errs, _ := answer["errors"].([]any)
	if len(errs) == 0 {
		return ""
	}
	ext, _ := errs[0].(map[string]any)["extensions"].(map[string]any)
	reason, _ := ext["reason"].(string)
	return reason
}
