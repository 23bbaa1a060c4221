package api_test

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"liantu/api"
	"liantu/api/attacks"
)

// check is one check of another guard and the result here: in a service for a local
// user, and in one with authentication.
type check struct {
	tool, name string
	tries      []try
}

// try is one request of a check.
type try struct {
	guarded            bool // sent to the service that asks who one is
	method, path, body string
	head               []string
	status             int
	code, reason       string
	has                string   // stands in the answer
	lacks              []string // do not
}

// asked is a document sent by POST.
func asked(query string, status int, code, reason string) try {
	return try{method: "POST", path: "/graphql", body: attacks.Body(query), head: []string{"Content-Type", plainJSON}, status: status, code: code, reason: reason}
}

// got is a query in a URL.
func got(query string, status int, code string, head ...string) try {
	return try{method: "GET", path: "/graphql?query=" + url.QueryEscape(query), head: head, status: status, code: code}
}

func (y try) telling(text string) try           { y.has = text; return y }
func (y try) silent(texts ...string) try        { y.lacks = texts; return y }
func (y try) whereGuarded() try                 { y.guarded = true; return y }
func (y try) with(body string, h ...string) try { y.body, y.head = body, h; return y }

// The other guards, as docs/adr/0009 calls them.
const (
	cop   = "graphql-cop"
	armor = "graphql-armor"
)

// leaks are words that disclose internals of a service.
var leaks = []string{"exception", "stacktrace", "tracing", "goroutine", ".go:", "panic"}

// copChecks are those of graphql-cop, with its documents.
func copChecks() []check {
	const secret = "disk on fire"
	form := func(media, body string) try {
		return try{method: "POST", path: "/graphql", status: 415, code: "UNSUPPORTED_MEDIA"}.with(body, "Content-Type", media)
	}
	page := func(path string, status int) try {
		return try{method: "GET", path: path, status: status, head: []string{"Accept", "text/html"}}
	}
	single := attacks.Body("query cop { __typename }")
	repeated := func(n int, field string) string { return "query cop { " + strings.Repeat(field, n) + "}" }
	var aliases strings.Builder
	for i := range 101 {
		fmt.Fprintf(&aliases, "alias%d:__typename \n", i)
	}
	return []check{
		{cop, "alias overloading", []try{asked("query cop { "+aliases.String()+"}", 200, "LIMIT_EXCEEDED", "ALIAS_LIMIT")}},
		{cop, "array batching", []try{
			asked("", 400, "BAD_REQUEST", "BATCH").with("["+strings.Repeat(single+",", 10)+single+"]", "Content-Type", plainJSON),
			asked("", 400, "BAD_REQUEST", "BATCH").with("["+single+"]", "Content-Type", plainJSON),
		}},
		{cop, "directive overloading", []try{
			asked("query cop { __typename "+strings.Repeat("@aa", 10)+" }", 200, "VALIDATION_FAILED", ""),
			asked("query cop { __typename "+strings.Repeat("@aa", 51)+" }", 200, "LIMIT_EXCEEDED", "DIRECTIVE_LIMIT"),
		}},
		{cop, "circular introspection", []try{
			asked("query cop { __schema { types { fields { type { fields { type { fields { type { fields { type { name } } } } } } } } } } }", 200, "LIMIT_EXCEEDED", "INTROSPECTION_LIMIT"),
		}},
		{cop, "circular fragments", []try{
			asked("query cop { __schema { ...A } } fragment A on __Schema { __typename ...B } fragment B on __Schema { ...A }", 200, "LIMIT_EXCEEDED", "FRAGMENT_CYCLE"),
		}},
		{cop, "field duplication", []try{
			asked(repeated(500, "__typename \n"), 200, "LIMIT_EXCEEDED", "ROOT_FIELD_LIMIT"),
			asked(repeated(1000, "__typename \n"), 200, "LIMIT_EXCEEDED", "TOO_MANY_TOKENS"),
			asked("query cop { meta { "+strings.Repeat("__typename ", 500)+"} }", 200, "", "").telling(`{"data":{"meta":{"__typename":"Meta"}}`),
		}},
		{cop, "GET-based mutation", []try{
			got("mutation cop { __typename }", 405, "METHOD_NOT_ALLOWED"),
			got("mutation cop { __typename }", 405, "METHOD_NOT_ALLOWED").whereGuarded(),
		}},
		{cop, "GET method query", []try{
			got("query cop { __typename }", 200, ""),
			got("query cop { __typename }", 403, "CROSS_SITE", "Sec-Fetch-Site", "cross-site"),
			got("query cop { __typename }", 405, "METHOD_NOT_ALLOWED").whereGuarded(),
		}},
		{cop, "POST urlencoded CSRF", []try{
			form("application/x-www-form-urlencoded", "query=query+cop+%7B__typename%7D"),
			form("text/plain", single),
			form("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"query\"\r\n\r\n{__typename}\r\n--x--\r\n"),
			{method: "POST", path: "/graphql?query=" + url.QueryEscape("query cop {__typename}"), status: 415, code: "UNSUPPORTED_MEDIA"},
		}},
		{cop, "field suggestions", []try{
			asked("query cop { __schema { directive } }", 200, "VALIDATION_FAILED", "").telling("Did you mean"),
			asked("query cop { __schema { directive } }", 200, "VALIDATION_FAILED", "").silent("Did you mean", "directives").whereGuarded(),
			asked("query cop { meto { version } }", 200, "VALIDATION_FAILED", "").silent("Did you mean", "meta").whereGuarded(),
		}},
		{cop, "GraphiQL", []try{
			page("/graphql", 200).telling("<html"),
			page("/graphql", 405).silent("<html").whereGuarded(),
			page("/graphiql", 404).silent("<html"), page("/playground", 404).silent("<html"), page("/console", 404).silent("<html"),
		}},
		{cop, "introspection", []try{
			asked("query cop { __schema { types { name fields { name } } } }", 200, "", "").telling(`"types":[`),
			asked("query cop { __schema { types { name fields { name } } } }", 200, "INTROSPECTION_OFF", "").silent("types").whereGuarded(),
			{guarded: true, method: "GET", path: "/schema.graphql", status: 404, code: "INTROSPECTION_OFF"},
		}},
		{cop, "trace mode", []try{
			asked("query cop { __typename }", 200, "", "").silent(leaks...),
			asked("query cop { __typename }", 200, "", "").with(single, "Content-Type", plainJSON, "X-Apollo-Tracing", "1").silent(leaks...),
		}},
		{cop, "unhandled error detection", []try{
			asked("qwerty cop { abc }", 200, "PARSE_FAILED", "").silent(leaks...),
			asked("query cop { odd }", 200, "INTERNAL", "").telling(`"requestId"`).silent(append(leaks, secret)...),
			asked("query cop { boom }", 200, "INTERNAL", "").telling(`"requestId"`).silent(append(leaks, secret)...),
		}},
	}
}

// armorChecks are those of graphql-armor: a request at a limit is answered, and one
// just above it is refused.
func armorChecks() []check {
	cfg := api.DefaultConfig()
	padded := func(n int) string { return "{meta{version}}" + strings.Repeat(" ", n-len("{meta{version}}")) }
	deep := func(n int) string { // {region{parent{…{id}}}} is n deep
		return `{region(id:"330100"){` + strings.Repeat("parent{", n-2) + "id" + strings.Repeat("}", n)
	}
	renamed := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "a%d:version ", i)
		}
		return "{meta{" + b.String() + "}}"
	}
	directed := func(n int) string { return "{meta{" + strings.Repeat("version@skip(if:false)", n) + "}}" }
	tokens := func(n int) string { return "{meta{" + strings.Repeat("version ", n-5) + "}}" }
	rows := func(first int) string {
		return fmt.Sprintf(`{nodes(kind:Company,first:100){nodes{... on Company{operatesIn(first:%d){nodes{id}}}}}}`, first)
	}
	edge := func(of func(int) string, limit, status int, reason string) []try {
		return []try{asked(of(limit), 200, "", ""), asked(of(limit+1), status, "LIMIT_EXCEEDED", reason)}
	}
	return []check{
		{armor, "block field suggestions", []try{
			asked("{ meta { versio } }", 200, "VALIDATION_FAILED", "").telling("Did you mean"),
			asked("{ meta { versio } }", 200, "VALIDATION_FAILED", "").silent("Did you mean", `"version\"`).whereGuarded(),
		}},
		{armor, "character limit", edge(padded, cfg.MaxDocumentBytes, 200, "DOCUMENT_TOO_LARGE")},
		{armor, "cost limit", edge(rows, 99, 200, "NODE_LIMIT")}, // 100 and 100 times 99 rows are 10,000
		{armor, "max aliases", edge(renamed, cfg.MaxAliases, 200, "ALIAS_LIMIT")},
		{armor, "max depth", edge(deep, cfg.MaxDepth, 200, "DEPTH_LIMIT")},
		{armor, "max directives", edge(directed, cfg.MaxDirectives, 200, "DIRECTIVE_LIMIT")},
		{armor, "max tokens", edge(tokens, cfg.MaxTokens, 200, "TOO_MANY_TOKENS")},
	}
}

// TestChecksOfOtherGuards runs every check of graphql-cop and graphql-armor
// against a real service.
func TestChecksOfOtherGuards(t *testing.T) {
	w := newWorld(t)
	local := newServer(t, w, nil)
	guarded := newServer(t, w, func(_ *api.Config, d *api.Deps) { d.Features = api.Features{} })
	api.AddField(local, "odd", func() (any, error) { return nil, errors.New("disk on fire") })
	api.AddField(local, "boom", func() (any, error) { panic("disk on fire") })
	base := map[bool]string{false: serve(t, local), true: serve(t, guarded)}
	for _, c := range append(copChecks(), armorChecks()...) {
		t.Run(c.tool+"/"+c.name, func(t *testing.T) {
			for i, y := range c.tries {
				r := send(t, y.method, base[y.guarded]+y.path, y.body, y.head...)
				code, reason := "", ""
				if !strings.Contains(r.header.Get("Content-Type"), "text/html") {
					answer := r.json(t)
					code, reason = firstCode(answer), firstReason(answer)
				}
				if y.code == "" && y.status >= 400 {
					code = "" // a page: the status says it
				}
				if r.status != y.status || code != y.code || reason != y.reason {
					t.Errorf("try %d: status %d, code %q, reason %q, want %d, %q, %q: %.300s", i, r.status, code, reason, y.status, y.code, y.reason, r.body)
				}
				if !strings.Contains(r.body, y.has) {
					t.Errorf("try %d: the answer lacks %q: %.300s", i, y.has, r.body)
				}
				for _, word := range y.lacks {
					if strings.Contains(r.body, word) {
						t.Errorf("try %d: the answer holds %q: %.300s", i, word, r.body)
					}
				}
			}
		})
	}
}

// TestChecksAreDecided reads the table of decisions: it has the checks that are
// tested, in the same order and no others, and a decision for each.
func TestChecksAreDecided(t *testing.T) {
	page, err := os.ReadFile("../docs/adr/0009-bounds-of-a-request.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, found := strings.Cut(string(page), "\n## What other guards check\n")
	section, _, _ = strings.Cut(section, "\n## ")
	cfg := api.DefaultConfig()
	limits := map[string]string{
		cop + ": alias overloading": fmt.Sprint(cfg.MaxAliases), cop + ": directive overloading": fmt.Sprint(cfg.MaxDirectives),
		cop + ": field duplication": fmt.Sprint(cfg.MaxRootFields), armor + ": max aliases": fmt.Sprint(cfg.MaxAliases),
		armor + ": max depth": fmt.Sprint(cfg.MaxDepth), armor + ": max directives": fmt.Sprint(cfg.MaxDirectives),
		armor + ": max tokens": thousands(cfg.MaxTokens), armor + ": character limit": thousands(cfg.MaxDocumentBytes),
		armor + ": cost limit": thousands(cfg.MaxNodes) + " rows or " + thousands(cfg.MaxFields) + " values",
	}
	var decided, tested []string
	for line := range strings.Lines(section) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if len(cells) != 3 {
			continue
		}
		tool, name, decision := strings.TrimSpace(cells[0]), strings.TrimSpace(cells[1]), strings.TrimSpace(cells[2])
		if tool != cop && tool != armor {
			continue // the head of the table
		}
		decided = append(decided, tool+": "+name)
		if decision == "" || !strings.Contains(decision, limits[tool+": "+name]) {
			t.Errorf("%s: the decision on %s is %q, which lacks %q", tool, name, decision, limits[tool+": "+name])
		}
	}
	for _, c := range append(copChecks(), armorChecks()...) {
		tested = append(tested, c.tool+": "+c.name)
	}
	if !found || !slices.Equal(decided, tested) {
		t.Errorf("decided are\n%s\ntested are\n%s", strings.Join(decided, "\n"), strings.Join(tested, "\n"))
	}
}

// thousands writes a number of at least 1,000 as pages do.
func thousands(n int) string { return fmt.Sprintf("%d,%03d", n/1000, n%1000) }
