package page_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"liantu/api/page"
)

// script is long enough to be compressed.
var script = strings.Repeat("console.log('liantu');\n", 200)

func serve(t *testing.T, compress bool) (*httptest.Server, *page.Page) {
	t.Helper()
	p, err := page.New(fstest.MapFS{
		"index.html": {Data: []byte("<!doctype html><title>page</title>")}, "icon.svg": {Data: []byte("<svg/>")},
		"assets/index-1a2b.js": {Data: []byte(script)}, "assets/_index-3c4d.css": {Data: []byte("a{}")},
	}, compress, "/map")
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(p)
	t.Cleanup(server.Close)
	return server, p
}

func ask(t *testing.T, method, url string, header http.Header) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	if header != nil {
		r.Header = header
	}
	answer, err := (&http.Transport{DisableCompression: true}).RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	if err := answer.Body.Close(); err != nil {
		t.Fatal(err)
	}
	return answer, string(body)
}

// Each screen is the page itself, asked for again each time; files below assets/ are
// cached for good, and nothing but the service is permitted.
func TestFilesOfAPage(t *testing.T) {
	server, p := serve(t, true)
	if want := []string{"/", "/assets/_index-3c4d.css", "/assets/index-1a2b.js", "/icon.svg", "/map"}; !slices.Equal(p.Paths(), want) {
		t.Errorf("paths %q, want %q", p.Paths(), want)
	}
	for _, test := range []struct {
		path, media, cache string
		status             int
	}{
		{"/", "text/html; charset=utf-8", "no-cache", 200},
		{"/map", "text/html; charset=utf-8", "no-cache", 200},
		{"/icon.svg", "image/svg+xml", "no-cache", 200},
		{"/assets/index-1a2b.js", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable", 200},
		{"/assets/_index-3c4d.css", "text/css; charset=utf-8", "public, max-age=31536000, immutable", 200},
		{"/assets/absent.js", "text/plain; charset=utf-8", "", 404},
		{"/map/more", "text/plain; charset=utf-8", "", 404},
	} {
		answer, body := ask(t, http.MethodGet, server.URL+test.path, nil)
		if h := answer.Header; answer.StatusCode != test.status || h.Get("Content-Type") != test.media || h.Get("Cache-Control") != test.cache {
			t.Errorf("%s: %d, %q, %q", test.path, answer.StatusCode, h.Get("Content-Type"), h.Get("Cache-Control"))
		}
		if test.status != http.StatusOK {
			continue
		}
		policy := answer.Header.Get("Content-Security-Policy")
		if !strings.Contains(policy, "default-src 'none'; script-src 'self';") || strings.Contains(policy, "http") {
			t.Errorf("%s: policy %q", test.path, policy)
		}
		head, none := ask(t, http.MethodHead, server.URL+test.path, nil)
		if head.StatusCode != http.StatusOK || none != "" || head.ContentLength != int64(len(body)) {
			t.Errorf("HEAD %s: %d, length %d, want %d", test.path, head.StatusCode, head.ContentLength, len(body))
		}
	}
	if answer, _ := ask(t, http.MethodPost, server.URL+"/map", nil); answer.StatusCode != http.StatusMethodNotAllowed || answer.Header.Get("Allow") != "GET, HEAD" {
		t.Errorf("POST: %d, Allow %q", answer.StatusCode, answer.Header.Get("Allow"))
	}
}

// A client that has a file is not sent it again; each coding of a file has a tag of its own.
func TestFormsOfAFile(t *testing.T) {
	server, _ := serve(t, true)
	url := server.URL + "/assets/index-1a2b.js"
	plain, body := ask(t, http.MethodGet, url, nil)
	if body != script || plain.Header.Get("Content-Encoding") != "" || plain.Header.Get("Vary") != "Accept-Encoding" {
		t.Errorf("plain: %d bytes, %q, Vary %q", len(body), plain.Header.Get("Content-Encoding"), plain.Header.Get("Vary"))
	}
	coded, packed := ask(t, http.MethodGet, url, http.Header{"Accept-Encoding": {"gzip"}})
	reader, err := gzip.NewReader(strings.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	if unpacked, err := io.ReadAll(reader); err != nil || string(unpacked) != script || len(packed) >= len(script) {
		t.Errorf("gzip: %d bytes of %d, error %v", len(packed), len(script), err)
	}
	tag := coded.Header.Get("ETag")
	if tag == "" || tag == plain.Header.Get("ETag") {
		t.Errorf("tags %q and %q", tag, plain.Header.Get("ETag"))
	}
	for given, want := range map[string]int{tag: 304, "W/" + tag + `, "x"`: 304, "*": 304, `"x"`: 200, plain.Header.Get("ETag"): 200} {
		answer, _ := ask(t, http.MethodGet, url, http.Header{"Accept-Encoding": {"gzip"}, "If-None-Match": {given}})
		if answer.StatusCode != want {
			t.Errorf("If-None-Match %s: %d, want %d", given, answer.StatusCode, want)
		}
	}
	off, _ := serve(t, false)
	if answer, body := ask(t, http.MethodGet, off.URL+"/assets/index-1a2b.js", http.Header{"Accept-Encoding": {"gzip"}}); body != script || answer.Header.Get("Content-Encoding") != "" {
		t.Error("compressed although that is off")
	}
}

// Files without the page itself are none.
func TestAPageWithoutAnIndex(t *testing.T) {
	if _, err := page.New(fstest.MapFS{"icon.svg": {Data: []byte("<svg/>")}}, true); err == nil {
		t.Error("taken")
	}
}
