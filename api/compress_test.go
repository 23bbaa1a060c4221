package api_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"liantu/api"
	"liantu/api/attacks"
	"liantu/api/transport"
)

// wire sends a request whose answer is left as it came.
func wire(tb testing.TB, method, url, body, encodings string, head ...string) reply {
	tb.Helper()
	return send(tb, method, url, body, append(head, "Accept-Encoding", encodings)...)
}

// decoded is the body of an answer by its coding.
func decoded(tb testing.TB, r reply) string {
	tb.Helper()
	var plain io.Reader = strings.NewReader(r.body)
	var err error
	switch r.header.Get("Content-Encoding") {
	case "gzip":
		z, e := gzip.NewReader(plain)
		if err = e; err == nil {
			z.Multistream(false) // as many clients, which read one member
			plain = z
		}
	case "zstd":
		plain, err = zstd.NewReader(plain)
	}
	if err != nil {
		tb.Fatal(err)
	}
	text, err := io.ReadAll(plain)
	if err != nil {
		tb.Fatal(err)
	}
	return string(text)
}

// TestCompressedAnswers asks with many headers Accept-Encoding, each question twice: it is
// computed, then cached.
func TestCompressedAnswers(t *testing.T) {
	w := newWorld(t)
	pictures := &clock{Live: w.live} // of one age, so that answers are the same
	long := `{"query":"{ nodes(kind: Region, first: 6) { nodes { id caption facts { property value provenance { source grade asOf } } } } }"}`
	failing := strings.Replace(long, "{ nodes", `{ region(id: \"nowhere\") { name } nodes`, 1)
	for what, body := range map[string]string{"long": long, "with an error": failing} {
		base := serve(t, newServer(t, w, func(_ *api.Config, d *api.Deps) { d.Pictures = pictures }))
		plain := wire(t, "POST", base+"/graphql", body, "identity", "Content-Type", plainJSON)
		if len(plain.body) < 2048 || plain.header.Get("Content-Encoding") != "" {
			t.Fatalf("%s: %d bytes, %v", what, len(plain.body), plain.header)
		}
		tags := map[string]string{}
		for _, tt := range []struct{ accept, coding string }{
			{"gzip", "gzip"},
			{"gzip", "gzip"},
			{"zstd", "zstd"},
			{"zstd", "zstd"},
			{"gzip, deflate, br, zstd", "zstd"},
			{"gzip, zstd;q=0.5", "gzip"},
			{"gzip;q=0, zstd;q=0", ""},
			{"br", ""},
			{"*", "zstd"},
			{"*;q=0", ""},
			{"*, zstd;q=0", "gzip"},
			{"gzip;q=0.5, identity", ""},
			{"gzip;q=0.5, identity;q=0.1", "gzip"},
			{"gzip;q=2", ""},
			{"GZIP", "gzip"},
			{"x-gzip", "gzip"},
			{"gzip ; q=0.1", "gzip"},
			{"identity", ""},
		} {
			r := wire(t, "POST", base+"/graphql", body, tt.accept, "Content-Type", plainJSON)
			if got := r.header.Get("Content-Encoding"); got != tt.coding {
				t.Errorf("%s, %q: coded as %q, want %q", what, tt.accept, got, tt.coding)
			}
			if got := decoded(t, r); got != plain.body {
				t.Errorf("%s, %q: %d bytes %s", what, tt.accept, len(got), got)
			}
			if r.header.Get("Content-Length") != fmt.Sprint(len(r.body)) || !strings.Contains(r.header.Get("Vary"), "Accept-Encoding") {
				t.Errorf("%s, %q: %v", what, tt.accept, r.header)
			}
			if tt.coding != "" && len(r.body)*2 > len(plain.body) {
				t.Errorf("%s, %q: %d bytes for %d", what, tt.accept, len(r.body), len(plain.body))
			}
			tag := r.header.Get("ETag")
			if old, seen := tags[tt.coding]; seen && old != tag {
				t.Errorf("%s, %q: tag %q after %q", what, tt.accept, tag, old)
			}
			tags[tt.coding] = tag
		}
		if what == "long" && (tags[""] == "" || tags["gzip"] == tags[""] || tags["gzip"] == tags["zstd"] || tags["zstd"] == tags[""]) {
			t.Errorf("the tags are %v", tags)
		}
	}
}

// TestShortAnswersAreNotCompressed, nor any where compression is off.
func TestShortAnswersAreNotCompressed(t *testing.T) {
	w := newWorld(t)
	base := serve(t, newServer(t, w, nil))
	if r := wire(t, "POST", base+"/graphql", `{"query":"{ meta { version } }"}`, "gzip", "Content-Type", plainJSON); r.header.Get("Content-Encoding") != "" || r.status != 200 {
		t.Errorf("%v", r.header)
	}
	off := serve(t, newServer(t, w, func(_ *api.Config, d *api.Deps) { d.Features.Compression = false }))
	if r := wire(t, "GET", off+"/schema.graphql", "", "gzip"); r.header.Get("Content-Encoding") != "" || strings.Contains(r.header.Get("Vary"), "Encoding") {
		t.Errorf("%v", r.header)
	}
}

// TestFixedPages fetches the schema and the page of scalars in every coding, with
// conditions, and their heads.
func TestFixedPages(t *testing.T) {
	s := newServer(t, newWorld(t), nil)
	base := serve(t, s)
	for _, path := range []string{"/schema.graphql", "/scalars"} {
		plain := wire(t, "GET", base+path, "", "identity")
		tags := map[string]bool{}
		for _, coding := range []string{"identity", "gzip", "zstd"} {
			r := wire(t, "GET", base+path, "", coding)
			tag := r.header.Get("ETag")
			if decoded(t, r) != plain.body || tags[tag] || !strings.HasPrefix(tag, `"`) || r.header.Get("Vary") != "Accept-Encoding" {
				t.Errorf("%s by %s: %d bytes, %v", path, coding, len(r.body), r.header)
			}
			tags[tag] = true
			head := wire(t, "HEAD", base+path, "", coding)
			if head.body != "" || head.header.Get("ETag") != tag || head.header.Get("Content-Length") != fmt.Sprint(len(r.body)) || head.header.Get("Content-Encoding") != r.header.Get("Content-Encoding") {
				t.Errorf("the head of %s by %s: %v", path, coding, head.header)
			}
			for _, method := range []string{"GET", "HEAD"} {
				if r := wire(t, method, base+path, "", coding, "If-None-Match", tag); r.status != http.StatusNotModified || r.body != "" || r.header.Get("ETag") != tag {
					t.Errorf("%s %s by %s, unchanged: %d, %d bytes", method, path, coding, r.status, len(r.body))
				}
			}
		}
	}
}

// TestCompressedFormsAreCounted fills the cache of answers with forms, and drops them with
// their version.
func TestCompressedFormsAreCounted(t *testing.T) {
	s := newSampleServer(t)
	base := serve(t, s)
	question := attacks.Body(`{ gaps(region: "330100", first: 100) { nodes { link { id caption } state reasons { code text { zh en } } numbers { expected mean } } } }`)
	ask := func(coding string) reply {
		return wire(t, "POST", base+"/graphql", question, coding, "Content-Type", plainJSON)
	}
	plain := ask("identity")
	before := s.AnswerCache()
	first, again := ask("gzip"), ask("gzip")
	after := s.AnswerCache()
	if got := after.Bytes - before.Bytes; got < int64(len(first.body))-1000 || got > int64(len(first.body))+1000 || after.Hits-before.Hits != 2 {
		t.Errorf("%d bytes are counted for %d: %+v, then %+v", got, len(first.body), before, after)
	}
	dataOf := func(text string) string {
		data, _, _ := strings.Cut(text, `,"extensions":`)
		return data
	}
	for _, r := range []reply{first, again} {
		if dataOf(decoded(t, r)) != dataOf(plain.body) {
			t.Errorf("%d bytes for %d", len(decoded(t, r)), len(plain.body))
		}
	}
}

// BenchmarkCoding compresses an answer of 100 rows, and ends one that is cached.
func BenchmarkCoding(b *testing.B) {
	s := newSampleServer(b)
	answer := s.Execute(context.Background(), api.Request{Query: `{ gaps(region: "330100", first: 100) { totalCount nodes { link { code name position } chain { name } state confidence action priority numbers { companies expected lq mean low high } } } }`})
	for _, coding := range transport.Codings {
		b.Run(string(coding), func(b *testing.B) {
			var buf []byte
			for range b.N {
				coded, err := coding.Begin(buf[:0], answer.Data)
				if err != nil {
					b.Fatal(err)
				}
				buf = coded.Bytes
			}
			b.SetBytes(int64(len(answer.Data)))
			b.ReportMetric(float64(len(answer.Data))/float64(len(buf)), "ratio")
		})
		b.Run(string(coding)+"/cached", func(b *testing.B) {
			coded, err := coding.Begin(nil, answer.Data)
			if err != nil {
				b.Fatal(err)
			}
			end := bytes.Repeat([]byte("x"), 150)
			var buf []byte
			for range b.N {
				buf = coding.End(buf[:0], coded, end)
			}
		})
	}
}
