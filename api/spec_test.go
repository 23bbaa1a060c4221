package api_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"liantu/api"
)

// firstError is an answer as a client of application/graphql-response+json sees it: the
// status, whether there is data, and code, reason, path and place of the first error.
func firstError(tb testing.TB, base, query, variables string) string {
	tb.Helper()
	text, err := json.Marshal(query)
	if err != nil {
		tb.Fatal(err)
	}
	return firstErrorOf(tb, send(tb, "POST", base+"/graphql", fmt.Sprintf(`{"query":%s,"variables":%s}`, text, variables),
		"Content-Type", plainJSON, "Accept", "application/graphql-response+json"))
}

func firstErrorOf(tb testing.TB, r reply) string {
	tb.Helper()
	var a struct {
		Data   *json.RawMessage
		Errors []struct {
			Path       json.RawMessage
			Locations  []struct{ Line, Column int }
			Extensions struct {
				Code, Reason string
				Limit        int
			}
		}
	}
	if err := json.Unmarshal([]byte(r.body), &a); err != nil {
		tb.Fatalf("%v: %s", err, r.body)
	}
	out := fmt.Sprint(r.status)
	if a.Data != nil {
		out += " data"
	}
	if len(a.Errors) > 0 {
		e := a.Errors[0]
		out += fmt.Sprintf(" %s", e.Extensions.Code)
		if e.Extensions.Reason != "" {
			out += fmt.Sprintf(" %s %d", e.Extensions.Reason, e.Extensions.Limit)
		}
		if e.Path != nil {
			out += " " + string(e.Path)
		}
		for _, l := range e.Locations {
			out += fmt.Sprintf(" %d:%d", l.Line, l.Column)
		}
	}
	return out
}

// TestNullConditions sends null for a variable of @skip and @include, which a default
// lets a document declare without "!".
func TestNullConditions(t *testing.T) {
	base := serve(t, newServer(t, newWorld(t), nil))
	for _, test := range []struct{ query, variables, want string }{
		{`query($b: Boolean = true){ meta @include(if: $b) { version } }`, `{"b":null}`, "200 BAD_INPUT 1:46"},
		{`query($b: Boolean = true){ meta @skip(if: $b) { version } }`, `{"b":null}`, "200 BAD_INPUT 1:43"},
		{`query($b: Boolean = true){ __typename meta { version @skip(if: $b) } }`, `{"b":null}`, `200 BAD_INPUT ["meta"] 1:64`},
		{`query($b: Boolean = true){ region(id: "330100") { id @skip(if: $b) } }`, `{"b":null}`, `200 data BAD_INPUT ["region"] 1:64`},
		{`query($b: Boolean = true){ ecosystems { nodes { ...F } } } fragment F on Ecosystem { id ... @include(if: $b) { name } }`, `{"b":null}`, `200 data BAD_INPUT ["ecosystems","nodes",0] 1:106`},
		{`query($b: Boolean = true){ meta { version @skip(if: true) @include(if: $b) } __typename }`, `{"b":null}`, `200 data`},
		{`query($b: Boolean = true){ meta @include(if: $b) { version } }`, `{}`, "200 data"},
		{`query($b: Boolean = true){ meta @include(if: $b) { version } }`, `{"b":false}`, "200 data"},
		{`query($b: Boolean){ meta @include(if: $b) { version } }`, `{}`, "400 VALIDATION_FAILED 1:39"},
		{`{ meta @include(if: null) { version } }`, `{}`, "400 VALIDATION_FAILED 1:21"},
	} {
		if got := firstError(t, base, test.query, test.variables); got != test.want {
			t.Errorf("%s %s\n got %s\nwant %s", test.query, test.variables, got, test.want)
		}
	}
}

// TestNullInSubscriptions is [TestNullConditions] and [TestNullArguments] for the one field
// of a subscription: no stream begins.
func TestNullInSubscriptions(t *testing.T) {
	base := serve(t, newServer(t, newWorld(t), nil))
	body := `{"query":"subscription($b: Boolean = true) { graphChanged @skip(if: $b) { version } }","variables":{"b":null}}`
	r := send(t, "POST", base+"/graphql", body, "Content-Type", plainJSON, "Accept", "text/event-stream")
	if !strings.Contains(r.body, `"locations":[{"line":1,"column":59}]`) || !strings.Contains(r.body, `"BAD_INPUT"`) {
		t.Errorf("%d %s", r.status, r.body)
	}
}

// TestNullArguments sends null, or nothing, for arguments that must not be null: a
// fault of the request where the document shows it, of the field where a variable
// brings it.
func TestNullArguments(t *testing.T) {
	base := serve(t, newServer(t, newWorld(t), nil))
	for _, test := range []struct{ query, variables, want string }{
		{`{ region(id: null) { id } company(id: null) { id } }`, `{}`, "400 VALIDATION_FAILED 1:14"},
		{`{ gaps { totalCount } }`, `{}`, "400 VALIDATION_FAILED 1:3"},
		{`query($r: ID!){ gaps(region: $r) { totalCount } }`, `{"r":null}`, "400 BAD_INPUT 1:7"},
		{`query($r: ID!){ gaps(region: $r) { totalCount } }`, `{}`, "400 BAD_INPUT 1:7"},
		{`query($r: ID = "330100"){ __typename a: gaps(region: $r) { totalCount } }`, `{"r":null}`, `200 data BAD_INPUT ["a"] 1:54`},
		{`query($r: ID = "330100"){ __typename a: node(id: $r) { id } }`, `{"r":null}`, `200 data BAD_INPUT ["a"] 1:50`},
		{`query($r: ID = "330100"){ a: gaps(region: "330100", peers: [$r]) { totalCount } }`, `{"r":null}`, `200 data BAD_INPUT ["a"] 1:60`},
		{`query($r: ID = "330100"){ a: node(id: $r) { id } }`, `{}`, `200 data`},
	} {
		if got := firstError(t, base, test.query, test.variables); got != test.want {
			t.Errorf("%s %s\n got %s\nwant %s", test.query, test.variables, got, test.want)
		}
	}
}

// TestPageSizes asks for pages that no list gives, each way in which one can: the
// error is the same everywhere.
func TestPageSizes(t *testing.T) {
	base := serve(t, newServer(t, newWorld(t), func(c *api.Config, _ *api.Deps) { c.MaxPage = 50 }))
	for _, first := range []string{"-1", "51", "-2147483648", "2147483647"} {
		for _, query := range []string{
			`{ ecosystems(first: %s) { totalCount } }`,
			`{ gaps(region: "330100", first: %s) { nodes { state } } }`,
			`{ chain(id: "chip") { parts(first: %s) { nodes { id } } } }`,
			`{ ecosystems(first: 1) { nodes { parts(first: %s) { edges { cursor } } } } }`,
			`{ ecosystems { nodes { ...F } } } fragment F on Ecosystem { parts(first: %s) { totalCount } }`,
		} {
			const want = "400 LIMIT_EXCEEDED PAGE_LIMIT 50"
			if got := firstError(t, base, fmt.Sprintf(query, first), "{}"); got != want {
				t.Errorf(query+": %s", first, got)
			}
			asked := "query($n: Int)" + fmt.Sprintf(query, "$n")
			if got := firstError(t, base, asked, `{"n":1}`); got != "200 data" { // from here on the operation is known
				t.Errorf("%s with 1: %s", asked, got)
			}
			if got := firstError(t, base, asked, `{"n":`+first+`}`); got != want {
				t.Errorf("%s with %s: %s", asked, first, got)
			}
			asked = "query($n: Int = " + first + ")" + fmt.Sprintf(query, "$n")
			if got := firstError(t, base, asked, `{}`); got != want {
				t.Errorf("%s: %s", asked, got)
			}
		}
	}
	for _, first := range []string{"0", "50", "null"} {
		if got := firstError(t, base, `query($n: Int){ ecosystems(first: $n) { totalCount } }`, `{"n":`+first+`}`); got != "200 data" {
			t.Errorf("%s: %s", first, got)
		}
	}
}

// TestHalvesOfPairs sends escapes of surrogates that stand alone, which no text in UTF-8
// can hold: neither a document nor a body may have them, and none is replaced.
func TestHalvesOfPairs(t *testing.T) {
	base := serve(t, newServer(t, newWorld(t), nil))
	for _, test := range []struct{ name, body, want string }{
		{"a variable", `{"query":"query($t: String!){ search(text: $t) { totalCount } }","variables":{"t":"\ud800"}}`, "400 BAD_REQUEST BAD_ENCODING 0"},
		{"the second half", `{"query":"{ __typename }","variables":{"t":"x\\\udc00y"}}`, "400 BAD_REQUEST BAD_ENCODING 0"},
		{"halves in the wrong order", `{"query":"{ __typename }","variables":{"t":"\uDC00\uD800"}}`, "400 BAD_REQUEST BAD_ENCODING 0"},
		{"a name", `{"query":"{ __typename }","variables":{"\ud83d":1}}`, "400 BAD_REQUEST BAD_ENCODING 0"},
		{"the document", `{"query":"{ __typename } # \ud800"}`, "400 BAD_REQUEST BAD_ENCODING 0"},
		{"a pair", `{"query":"query($t: String!){ search(text: $t) { totalCount } }","variables":{"t":"\ud83d\ude00"}}`, "200 data"},
		{"an escaped backslash", `{"query":"{ __typename }","variables":{"t":"\\ud800"}}`, "200 data"},
		{"a string of the document", `{"query":"{ 杭: __typename }"}`, "400 PARSE_FAILED 1:3"},
		{"an escape of the document", `{"query":"{ a: __typename # \\ud800\n  search(text: \"é\\uD800\") { totalCount } }"}`, "400 PARSE_FAILED 2:18"},
		{"a pair of the document", `{"query":"{ search(text: \"\\uD83D\\uDE00\") { totalCount } }"}`, "200 data"},
		{"half of a pair of the document", `{"query":"{ search(text: \"\\uD83D\\u0041\") { totalCount } }"}`, "400 PARSE_FAILED 1:17"},
		{"a backslash of the document", `{"query":"{ search(text: \"\\\\uD83D\") { totalCount } }"}`, "200 data"},
		{"a block string", `{"query":"{ search(text: \"\"\"\\uD83D\"\"\") { totalCount } }"}`, "200 data"},
	} {
		got := firstErrorOf(t, send(t, "POST", base+"/graphql", test.body, "Content-Type", plainJSON, "Accept", "application/graphql-response+json"))
		if got != test.want {
			t.Errorf("%s: got %s, want %s", test.name, got, test.want)
		}
	}
	for _, test := range []struct{ query, want string }{
		{"query=" + url.QueryEscape("{ __typename }") + "%23%ff", "400 BAD_REQUEST BAD_ENCODING 0"},
		{"query=" + url.QueryEscape("{ __typename }") + "&variables=" + url.QueryEscape(`{"a":"\ud800"}`), "400 BAD_REQUEST BAD_ENCODING 0"},
	} {
		if got := firstErrorOf(t, send(t, "GET", base+"/graphql?"+test.query, "", "Accept", "application/graphql-response+json")); got != test.want {
			t.Errorf("%s: got %s, want %s", test.query, got, test.want)
		}
	}
}
