// Package attacks holds requests that are meant to harm a GraphQL service: to end
// its process, or to cost it more than they cost the sender. The tests of
// package api send each over HTTP, and bench/load measures what each costs.
//
// Only tests and measurements import attacks; it imports nothing of this
// module.
package attacks

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Attack is one request and the expected answer.
type Attack struct {
	Name   string
	Body   string
	Header map[string]string // besides the content type, or in its place
	Status int               // of the answer to a client that accepts application/json
	Code   string            // extensions.code of the first error; "" where the request is answered
	Reason string            // extensions.reason of it, where it has one

	fill func(n int) string // makes the n-th form; nil when there is only one
}

// Most is the size of the longest body that the service accepts by default.
const Most = 64 << 10

// All returns every attack, always the same and in the same order.
func All() []Attack {
	var all []Attack
	for _, some := range [][]Attack{fragments(), nesting(), floods(), introspections(), bodies(), variables(), oddities(), accepted()} {
		all = append(all, some...)
	}
	return all
}

// Floods are the requests that are sent many at once: the most expensive that are
// answered, and one that is refused at each step.
func Floods() []Attack {
	chosen := []string{
		"heaviest question", "gaps against other peers each time", "searches of many", "whole introspection",
		"cycle of one fragment", "unknown fields", "tokens", "aliases", "one long list",
	}
	var floods []Attack
	for _, a := range All() {
		if slices.Contains(chosen, a.Name) {
			floods = append(floods, a)
		}
	}
	return floods
}

// Body makes the body of a request for one document.
func Body(query string) string { return request(query, nil) }

func request(query string, variables any) string {
	members := map[string]any{"query": query}
	if variables != nil {
		members["variables"] = variables
	}
	body, err := json.Marshal(members)
	if err != nil {
		panic(err) // only a programmer can cause it
	}
	return string(body)
}

func limit(name, query, reason string) Attack {
	return Attack{Name: name, Body: Body(query), Status: 200, Code: "LIMIT_EXCEEDED", Reason: reason}
}

// tooLong is a document that is longer than any may be.
func tooLong(name, query string) Attack {
	return Attack{Name: name, Body: Body(query), Status: 400, Code: "LIMIT_EXCEEDED", Reason: "DOCUMENT_TOO_LARGE"}
}

func refused(name, query, code string) Attack {
	return Attack{Name: name, Body: Body(query), Status: 200, Code: code}
}

// numbered joins n texts that are made from a number each.
func numbered(n int, format string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

// fragments contain each other, or double at each step.
func fragments() []Attack {
	doubling := func(n int) string {
		var b strings.Builder
		b.WriteString("{...f0}")
		for i := range n {
			fmt.Fprintf(&b, "fragment f%d on Query{...f%d ...f%d}", i, i+1, i+1)
		}
		fmt.Fprintf(&b, "fragment f%d on Query{meta{version}}", n)
		return b.String()
	}
	return []Attack{
		limit("cycle of one fragment", "{...A} fragment A on Query{...A}", "FRAGMENT_CYCLE"),
		limit("cycle of two fragments", "{...A} fragment A on Query{...B} fragment B on Query{...A}", "FRAGMENT_CYCLE"),
		limit("cycle that nobody uses", "{meta{version}} fragment A on Meta{...A}", "FRAGMENT_CYCLE"),
		limit("cycle through fields", `{region(id:"1"){...A}} fragment A on Region{parent{...A}}`, "FRAGMENT_CYCLE"),
		refused("cycle behind a word that is none", "scalar fragment fragment A on Query{...A} {...A}", "PARSE_FAILED"),
		limit("long cycle", "{...f0}"+numbered(120, "fragment f%d on Query{...f%[1]dx}")+"fragment f119x on Query{...f0}"+
			strings.ReplaceAll(numbered(119, "fragment f%dx on Query{...g%[1]d}"), "g", "f"), "TOO_MANY_TOKENS"),
		limit("doubling fragments", doubling(30), "FIELD_LIMIT"),
		limit("doubling fragments without fields", strings.ReplaceAll(doubling(60), "meta{version}", ""), "FIELD_LIMIT"),
		limit("spreads of one fragment", "{"+strings.Repeat("...A ", 1000)+"} fragment A on Query{meta{version}}", "TOO_MANY_TOKENS"),
		limit("spreads that write out much", "{"+strings.Repeat("...A ", 40)+"} fragment A on Query{meta{"+strings.Repeat("version ", 40)+"}}", "FIELD_LIMIT"),
		refused("fragments without a home", "{"+numbered(400, "...F%d ")+"}", "VALIDATION_FAILED"),
		refused("fragments that nobody uses", "{meta{version}}"+numbered(110, "fragment F%d on Meta{version}"), "VALIDATION_FAILED"),
	}
}

// nesting are documents and bodies with many levels.
func nesting() []Attack {
	fill := func(open string) string { return strings.Repeat(open, 16_000/len(open)) }
	return []Attack{
		limit("a kilobyte of lists in lists", "{nodes(kind:"+strings.Repeat("[", 1<<10), "TOO_DEEPLY_NESTED"),
		limit("two kilobytes of lists in lists", "{nodes(kind:"+strings.Repeat("[", 2<<10), "TOO_DEEPLY_NESTED"),
		limit("lists in lists that end", "{nodes(kind:"+strings.Repeat("[", 1<<10)+strings.Repeat("]", 1<<10)+"){totalCount}}", "TOO_DEEPLY_NESTED"),
		limit("lists in lists", "{nodes(kind:"+fill("["), "TOO_DEEPLY_NESTED"),
		limit("objects in objects", "{nodes(kind:"+fill("{a:"), "TOO_DEEPLY_NESTED"),
		limit("types in types", "query($a:"+fill("["), "TOO_DEEPLY_NESTED"),
		limit("selections in selections", fill("{a"), "TOO_DEEPLY_NESTED"),
		limit("inline fragments in inline fragments", "{"+fill("...{"), "TOO_DEEPLY_NESTED"),
		limit("parentheses in parentheses", "{a"+fill("("), "TOO_DEEPLY_NESTED"),
		limit("depth", `{region(id:"1")`+strings.Repeat("{parent", 20)+"{id}"+strings.Repeat("}", 20)+"}", "DEPTH_LIMIT"),
		limit("depth through fragments", `{region(id:"1"){...a}}`+
			"fragment a on Region{parent{parent{parent{...b}}}} fragment b on Region{parent{parent{parent{...c}}}} fragment c on Region{parent{parent{id}}}", "DEPTH_LIMIT"),
		refused("closing brackets only", fill("}")[:900], "PARSE_FAILED"),
	}
}

// floods are documents that repeat one element.
func floods() []Attack {
	return []Attack{
		limit("aliases", "{meta{"+numbered(200, "a%d:version ")+"}}", "ALIAS_LIMIT"),
		limit("the name of an alias", "{meta{"+strings.Repeat("a", 201)+":version}}", "NAME_LIMIT"),
		limit("aliases at the root", "{"+numbered(100, "a%d:meta{version}")+"}", "ALIAS_LIMIT"),
		limit("fields at the root", "{"+strings.Repeat("meta{version}", 100)+"}", "ROOT_FIELD_LIMIT"),
		refused("one directive again and again", "{meta{version "+strings.Repeat("@skip(if:false) ", 50)+"}}", "VALIDATION_FAILED"),
		limit("directives", "{meta{version "+strings.Repeat("@skip(if:false) ", 100)+"}}", "DIRECTIVE_LIMIT"),
		limit("unknown directives", "{meta{version "+numbered(200, "@d%d ")+"}}", "DIRECTIVE_LIMIT"),
		limit("tokens", "{meta{"+strings.Repeat("version ", 2000)+"}}", "TOO_MANY_TOKENS"),
		limit("one field five thousand times", "{a{"+strings.Repeat("b ", 5000)+"}}", "TOO_MANY_TOKENS"),
		tooLong("seven thousand unknown fields", "{meta{"+numbered(7000, "x%d ")+"}}"),
		limit("five thousand fields in ten kilobytes", "{meta{"+strings.Repeat("a b c ", 1667)+"}}", "TOO_MANY_TOKENS"),
		refused("unknown fields", "{meta{"+numbered(980, "x%d ")+"}}", "VALIDATION_FAILED"),
		limit("two thousand conflicting aliases", "{meta{"+numbered(2000, "a:f%d ")+"}}", "TOO_MANY_TOKENS"),
		refused("conflicting aliases", "{meta{"+strings.Repeat("a:version a:dataDate ", 7)+"}}", "VALIDATION_FAILED"),
		refused("conflicting fields in fragments side by side", "{meta{"+strings.Repeat("...{a:version} ...{a:dataDate} ", 7)+"}}", "VALIDATION_FAILED"),
		refused("unknown fields of unknown fields", "{meta{"+numbered(240, "x%d{y}")+"}}", "VALIDATION_FAILED"),
		refused("conflicting arguments", "{region(id:\"1\"){"+numbered(95, "companies(first:%d){totalCount}")+"}}", "VALIDATION_FAILED"),
		refused("unknown arguments", "{meta("+numbered(240, "a%d:1 ")+"){version}}", "VALIDATION_FAILED"),
		refused("operations", numbered(120, "query q%d{meta{version}}"), "BAD_INPUT"),
		refused("operations of one name", strings.Repeat("query q{meta{version}}", 120), "BAD_INPUT"),
	}
}

// introspections follow cycles of the schema.
func introspections() []Attack {
	round := func(n int) string {
		return "{__schema{types{" + strings.Repeat("fields{type{", n) + "name" + strings.Repeat("}}", n) + "}}}"
	}
	return []Attack{
		limit("circular introspection", round(4), "INTROSPECTION_LIMIT"),
		limit("circular introspection through fragments", "{__schema{types{...a}}} fragment a on __Type{fields{type{...b}}} fragment b on __Type{fields{type{...c}}}"+
			"fragment c on __Type{fields{type{...d}}} fragment d on __Type{fields{type{name}}}", "INTROSPECTION_LIMIT"),
		refused("introspection of possible types", "{__schema{types{possibleTypes{interfaces{possibleTypes{interfaces{possibleTypes{fields{args{type{fields{name}}}}}}}}}}}}", "VALIDATION_FAILED"),
	}
}

// bodies are too long, or grow when they are decompressed.
func bodies() []Attack {
	var bomb bytes.Buffer
	z := gzip.NewWriter(&bomb)
	for range 100 {
		if _, err := z.Write(make([]byte, 1<<20)); err != nil {
			panic(err) // a buffer takes everything
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	long := func(status int, code, reason, name, body string) Attack {
		return Attack{Name: name, Body: body, Status: status, Code: code, Reason: reason}
	}
	return []Attack{
		long(413, "LIMIT_EXCEEDED", "BODY_TOO_LARGE", "a million and a half lists in lists", `{"query":"{nodes(kind:`+strings.Repeat("[", 1_500_000)+`"}`),
		long(413, "LIMIT_EXCEEDED", "BODY_TOO_LARGE", "a million and a half lists in lists as JSON", strings.Repeat("[", 1_500_000)),
		long(413, "LIMIT_EXCEEDED", "BODY_TOO_LARGE", "body of four megabytes", `{"query":"`+strings.Repeat(" ", 4<<20)+`"}`),
		long(413, "LIMIT_EXCEEDED", "BODY_TOO_LARGE", "body a byte too long", Body(strings.Repeat("a", Most-11))),
		tooLong("document of spaces", strings.Repeat(" ", Most-100)),
		tooLong("document of one comment", "#"+strings.Repeat("中", (Most-100)/3)),
		tooLong("document of one name", "{"+strings.Repeat("a", Most-100)+"}"),
		tooLong("document of one text", `{a(b:"""`+strings.Repeat("a", Most-100)+`""")}`),
		long(400, "LIMIT_EXCEEDED", "VARIABLES_TOO_DEEP", "lists in lists as JSON", strings.Repeat("[", Most-1)),
		long(400, "BAD_REQUEST", "", "escapes only", `{"query":"`+strings.Repeat(`\u00`, 4000)+`"}`),
		long(400, "BAD_REQUEST", "BATCH", "batch", "["+strings.TrimSuffix(strings.Repeat(Body("{meta{version}}")+",", 1500), ",")+"]"),
		long(400, "BAD_REQUEST", "", "requests one behind the other", strings.Repeat(Body("{meta{version}}"), 1500)),
		long(400, "BAD_REQUEST", "BATCH", "batch of two", "["+Body("{meta{version}}")+","+Body("{meta{version}}")+"]"),
		long(400, "BAD_REQUEST", "BATCH", "batch of one", "["+Body("{meta{version}}")+"]"),
		{
			Name: "bomb", Body: bomb.String(), Status: 415, Code: "UNSUPPORTED_MEDIA",
			Header: map[string]string{"Content-Encoding": "gzip"},
		},
		{
			Name: "form of another site", Body: "query={meta{version}}", Status: 415, Code: "UNSUPPORTED_MEDIA",
			Header: map[string]string{"Content-Type": "application/x-www-form-urlencoded"},
		},
	}
}

// variables are many, long or deep.
func variables() []Attack {
	many := map[string]any{}
	for i := range 4000 {
		many[fmt.Sprintf("v%d", i)] = 1
	}
	var deep any = 1
	for range 5000 {
		deep = []any{deep}
	}
	bad := func(name string, vars any, reason string) Attack {
		return Attack{Name: name, Body: request("query($v:[ID!]){meta{version}}", vars), Status: 400, Code: "LIMIT_EXCEEDED", Reason: reason}
	}
	return []Attack{
		bad("variables", many, "TOO_MANY_VARIABLES"),
		bad("one long variable", map[string]any{"v": strings.Repeat("x", Most-200)}, "VARIABLE_TOO_LARGE"),
		bad("one long list", map[string]any{"v": make([]int, 20_000)}, "VARIABLE_TOO_LARGE"),
		bad("one deep variable", map[string]any{"v": deep}, "VARIABLES_TOO_DEEP"),
		tooLong("four thousand declarations of variables", "query("+numbered(4000, "$v%d:Int ")+"){meta{version}}"),
		refused("declarations of variables", "query("+numbered(150, "$v%d:Int ")+"){meta{version}}", "VALIDATION_FAILED"),
	}
}

// oddities are not valid texts.
func oddities() []Attack {
	return []Attack{
		refused("NUL in a document", "{meta{version\x00}}", "PARSE_FAILED"),
		refused("NUL in a text", "{region(id:\"a\x00b\"){id}}", "PARSE_FAILED"),
		refused("control characters", "{meta\x01\x02\x03{version}}", "PARSE_FAILED"),
		{Name: "NUL in a body", Body: "{\"query\":\"{meta{version}}\x00\"}", Status: 400, Code: "BAD_REQUEST"},
		{Name: "no UTF-8 in a document", Body: "{\"query\":\"{meta{version}} #\xff\xfe\"}", Status: 400, Code: "BAD_REQUEST", Reason: "BAD_ENCODING"},
		{Name: "half of a surrogate", Body: `{"query":"{region(id:\"\ud800\"){id}}"}`, Status: 400, Code: "BAD_REQUEST", Reason: "BAD_ENCODING"},
		refused("half of a surrogate in a document", `{region(id:"\ud800"){id}}`, "PARSE_FAILED"),
		refused("text that does not end", `{region(id:"abc`, "PARSE_FAILED"),
		refused("block that does not end", `{region(id:"""`+strings.Repeat(`\"""`, 3000), "PARSE_FAILED"),
		refused("number that does not end", "{nodes(first:"+strings.Repeat("9", 15_000)+"){totalCount}}", "VALIDATION_FAILED"),
	}
}
