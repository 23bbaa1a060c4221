package api_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"liantu/api"
)

func hashOf(document string) string {
	sum := sha256.Sum256([]byte(document))
	return hex.EncodeToString(sum[:])
}

// body is a request with a document, a hash, or both.
func body(t *testing.T, members map[string]any) string {
	t.Helper()
	text, err := json.Marshal(members)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func persistedQuery(hash string) map[string]any {
	return map[string]any{"persistedQuery": map[string]any{"version": 1, "sha256Hash": hash}}
}

// TestAutomaticPersistedQueries goes through the steps of the clients of
// Apollo: the hash alone, the hash with the document, and the hash again.
func TestAutomaticPersistedQueries(t *testing.T) {
	base := serve(t, newServer(t, newWorld(t), nil))
	document := `query($id: ID!) { region(id: $id) { name } }`
	hash, vars := hashOf(document), map[string]any{"id": "330100"}
	post := func(members map[string]any, accept string) reply {
		return send(t, "POST", base+"/graphql", body(t, members), "Content-Type", plainJSON, "Accept", accept)
	}
	alone := map[string]any{"variables": vars, "extensions": persistedQuery(hash)}
	for accept, status := range map[string]int{plainJSON: 200, ownJSON: 400} {
		r := post(alone, accept)
		if code := firstCode(r.json(t)); r.status != status || code != "PERSISTED_QUERY_NOT_FOUND" || !strings.Contains(r.body, `"message":"PersistedQueryNotFound"`) {
			t.Fatalf("an unknown hash as %s: status %d: %s", accept, r.status, r.body)
		}
	}
	wrong := map[string]any{"query": document + " ", "variables": vars, "extensions": persistedQuery(hash)}
	if r := post(wrong, ""); r.status != 400 || firstCode(r.json(t)) != "BAD_REQUEST" {
		t.Fatalf("a hash of another document: status %d: %s", r.status, r.body)
	}
	invalid := `{ nothing }`
	post(map[string]any{"query": invalid, "extensions": persistedQuery(hashOf(invalid))}, "")
	if r := post(map[string]any{"extensions": persistedQuery(hashOf(invalid))}, ""); firstCode(r.json(t)) != "PERSISTED_QUERY_NOT_FOUND" {
		t.Fatalf("an invalid document was cached: %s", r.body)
	}
	full := map[string]any{"query": document, "variables": vars, "extensions": persistedQuery(hash)}
	ids := map[string]any{"documentId": "sha256:" + hash, "variables": vars}
	for _, members := range []map[string]any{full, alone, ids} {
		if r := post(members, ""); r.status != 200 || !strings.Contains(r.body, "杭州市") {
			t.Errorf("%v: status %d: %s", members, r.status, r.body)
		}
	}
	byGET := url.Values{"extensions": {body(t, persistedQuery(hash))}, "variables": {`{"id":"330100"}`}}
	if r := send(t, "GET", base+"/graphql?"+byGET.Encode(), ""); r.status != 200 || !strings.Contains(r.body, "杭州市") {
		t.Errorf("by GET: status %d: %s", r.status, r.body)
	}
	for _, bad := range []any{
		map[string]any{"version": 2, "sha256Hash": hash},
		map[string]any{"version": 1, "sha256Hash": "abc"},
		map[string]any{"version": 1, "sha256Hash": strings.Repeat("x", 64)},
		map[string]any{},
		"text", 1,
	} {
		r := post(map[string]any{"extensions": map[string]any{"persistedQuery": bad}}, "")
		if r.status != 400 || firstCode(r.json(t)) != "BAD_REQUEST" {
			t.Errorf("%v: status %d: %s", bad, r.status, r.body)
		}
	}
}

// TestPersistedQueriesAreBounded sends more documents than may be cached. The
// first are dropped, the last are known, and one that is too long is not cached.
func TestPersistedQueriesAreBounded(t *testing.T) {
	s := newServer(t, newWorld(t), func(c *api.Config, _ *api.Deps) { c.MaxPersistedBytes = 2000 })
	document := func(i int) string { return fmt.Sprintf(`{ meta { version } } # %d %s`, i, strings.Repeat("-", 200)) }
	for i := range 20 {
		ask(t, s, api.Request{Query: document(i), Extensions: persistedQuery(hashOf(document(i)))})
	}
	known := 0
	for i := range 20 {
		code := firstCode(ask(t, s, api.Request{Extensions: persistedQuery(hashOf(document(i)))}))
		if code == "" {
			known++
		}
		if i < 10 != (code == "PERSISTED_QUERY_NOT_FOUND") && (i < 10 || i == 19) {
			t.Errorf("document %d: code %q", i, code)
		}
	}
	if known < 3 || known > 2000/200 {
		t.Errorf("%d documents of some 350 bytes are known with 2000 allowed", known)
	}
	long := `{ meta { version } } # ` + strings.Repeat("-", 3000)
	ask(t, s, api.Request{Query: long, Extensions: persistedQuery(hashOf(long))})
	if code := firstCode(ask(t, s, api.Request{Extensions: persistedQuery(hashOf(long))})); code != "PERSISTED_QUERY_NOT_FOUND" {
		t.Errorf("a document that is too long is cached: %q", code)
	}
}

const (
	trustedOne = "query One {\n  meta { version }\n}"
	trustedTwo = `query Two($id: ID!) { region(id: $id) { name } } query Three { __typename }`
)

// trustedSources writes the same two documents in each form that is read.
func trustedSources(t *testing.T) map[string]string {
	t.Helper()
	folder := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	write("all/one.graphql", trustedOne+"\n")
	write("all/deep/two.gql", trustedTwo)
	write("all/notes.txt", "{ nothing }")
	return map[string]string{
		"folder":   filepath.Join(folder, "all"),
		"manifest": write("plain.json", body(t, map[string]any{hashOf(trustedOne): trustedOne, "two": trustedTwo})),
		"apollo": write("apollo.json", body(t, map[string]any{"format": "apollo-persisted-query-manifest", "version": 1, "operations": []any{
			map[string]any{"id": hashOf(trustedOne), "name": "One", "type": "query", "body": trustedOne},
			map[string]any{"id": "two", "name": "Two", "type": "query", "body": trustedTwo},
		}})),
	}
}

func TestTrustedDocumentsAlone(t *testing.T) {
	w := newWorld(t)
	for form, path := range trustedSources(t) {
		trusted, err := api.ReadTrusted(path)
		if err != nil {
			t.Fatal(err)
		}
		s := newServer(t, w, func(_ *api.Config, d *api.Deps) { d.Trusted = trusted })
		two := api.Request{Query: trustedTwo, OperationName: "Two", Variables: map[string]any{"id": "330100"}}
		for _, r := range []api.Request{
			{Query: trustedOne},
			{Extensions: persistedQuery(hashOf(trustedOne))},
			{Extensions: persistedQuery(strings.ToUpper(hashOf(trustedOne)))},
			{Query: trustedOne, Extensions: persistedQuery(hashOf(trustedOne))},
			{DocumentID: "sha256:" + hashOf(trustedTwo), OperationName: "Three"},
			two,
		} {
			if answer := ask(t, s, r); firstCode(answer) != "" {
				t.Errorf("%s: %+v: %v", form, r, answer)
			}
		}
		if form != "folder" {
			if answer := ask(t, s, api.Request{DocumentID: "two", OperationName: "Three"}); firstCode(answer) != "" {
				t.Errorf("%s: by id: %v", form, answer)
			}
		}
		for _, r := range []api.Request{
			{Query: `{ meta { version } }`},
			{Query: trustedOne + " "},
			{Query: trustedOne, Extensions: persistedQuery(hashOf(trustedTwo))},
			{Query: `{ a }`, Extensions: persistedQuery(hashOf(`{ a }`))},
			{Extensions: persistedQuery(hashOf(`{ meta { version } }`))},
			{DocumentID: "three"},
			{Query: "{"},
		} {
			if code := firstCode(ask(t, s, r)); code != "PERSISTED_QUERY_NOT_FOUND" {
				t.Errorf("%s: %+v: code %q", form, r, code)
			}
		}
	}
}

// TestFaultyTrustedDocumentsAreNamed reads sources with which no service may start.
func TestFaultyTrustedDocumentsAreNamed(t *testing.T) {
	for text, says := range map[string]string{
		`{"one": "{ nothing }"}`:   `document "one":1:3: Cannot query field "nothing"`,
		`{"one": "{ nothing }\n"}`: `document "one":1:3: Cannot query field "nothing"`,
		`{"one": "{"}`:             `document "one":1:2: `,
		`{"one": "{ a { a { a { a { a { a { a { a { a } } } } } } } } }"}`: `document "one": `,
		`{"` + strings.Repeat("a", 64) + `": "{ meta { version } }"}`:      `the id is not its SHA-256`,
		`{}`: `there is no document`,
		`[]`: `not a JSON object`,
		`{"format": "apollo-persisted-query-manifest", "version": 2}`: `version 2`,
	} {
		path := filepath.Join(t.TempDir(), "manifest.json")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		trusted, err := api.ReadTrusted(path)
		if err == nil {
			_, err = api.New(api.DefaultConfig(), api.Deps{Pictures: noPicture{}, Trusted: trusted})
		}
		if err != nil && strings.Count(err.Error(), says) > 1 {
			t.Errorf("%s: says it more than once: %v", text, err)
		}
		if err == nil || !strings.Contains(err.Error(), says) || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v, want %q", text, err, says)
		}
	}
	if _, err := api.ReadTrusted(filepath.Join(t.TempDir(), "nothing")); !os.IsNotExist(err) {
		t.Errorf("a path that leads nowhere: %v", err)
	}
}
