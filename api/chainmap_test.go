package api_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"liantu/api"
	"liantu/api/fault"
	"liantu/schema"
)

// TestAChainIsOneAnswer draws a chain of the sample pack as a page shows it, and compares its
// parts with the questions that answer them one by one.
func TestAChainIsOneAnswer(t *testing.T) {
	s := newSampleServer(t)
	const page = `query($chain: ID!) {
		chainMap(region: "330000", chain: $chain) {
			chain { code name } coverage { companies share } frames { name } dataDate synthetic
			states { state count } actions { action count } projects targets layers { layer ties }
			ties { from { code } to { code } weight }
			links {
				parent { code } leaf candidates projects targets
				verdict { link { code name position } state action confidence priority numbers { companies expected } }
			}
		}
		gaps(region: "330000", chain: $chain, withEmpty: true, first: 100, orderBy: CODE) { states { state count } actions { action count } totalCount }
		all: gaps(region: "330000", chain: $chain, withEmpty: true, levels: ALL, first: 1) { totalCount }
	}`
	answer := ask(t, s, api.Request{Query: page, Variables: map[string]any{"chain": "auto-parts"}})
	if c := firstCode(answer); c != "" {
		t.Fatal(answer["errors"])
	}
	drawn := at(t, answer, "data", "chainMap")
	for _, part := range []string{"states", "actions"} {
		if got, want := fmt.Sprint(at(t, drawn, part)), fmt.Sprint(at(t, answer, "data", "gaps", part)); got != want {
			t.Errorf("%s of the map: %s, of gaps: %s", part, got, want)
		}
	}
	links := at(t, drawn, "links").([]any)
	if all := at(t, answer, "data", "all", "totalCount").(float64); len(links) != int(all) || all < 20 {
		t.Errorf("%d links, gaps lists %v", len(links), all)
	}
	leaves := 0
	for _, link := range links {
		if at(t, link, "leaf").(bool) {
			leaves++
		}
		code := at(t, link, "verdict", "link", "code").(string)
		if leaves%5 != 1 || at(t, link, "candidates") == nil {
			continue
		}
		counted := ask(t, s, api.Request{Query: `query($link: ID!) { candidates(region: "330000", link: $link, kind: ATTRACT, first: 1) { totalCount } }`, Variables: map[string]any{"link": code}})
		if got, want := at(t, link, "candidates"), at(t, counted, "data", "candidates", "totalCount"); got != want {
			t.Errorf("%s: %v candidates on the map, %v listed", code, got, want)
		}
	}
	if n := at(t, answer, "data", "gaps", "totalCount").(float64); leaves != int(n) {
		t.Errorf("%d leaves, gaps lists %v", leaves, n)
	}
	if len(at(t, drawn, "ties").([]any)) < 10 {
		t.Errorf("ties: %v", at(t, drawn, "ties"))
	}
}

// TestMapsOfRoles draws a chain in every role that may: who sees no projects and no lists
// of targets is refused their numbers, one by one, instead of reading 0.
func TestMapsOfRoles(t *testing.T) {
	s := newServer(t, plant(t).world, nil)
	const query = `{ chainMap(region: "330100", chain: "chip") { projects targets states { count } links { candidates projects targets verdict { state } } } }`
	for _, id := range who {
		row := schema.DefaultPolicy().Role(id.Role)
		answer := s.Execute(t.Context(), api.Request{Query: query, Identity: id, ID: "x"})
		if !row.MayAsk("chainMap") {
			if len(answer.Errors) != 1 || answer.Errors[0].Code() != fault.CodeForbidden || string(answer.Data) != `{"chainMap":null}` {
				t.Errorf("%s: %s %v", id.Role, answer.Data, answer.Errors)
			}
			continue
		}
		sees := id.Role != schema.RoleViewer
		data := string(answer.Data)
		if !strings.Contains(data, `"state":"ABSENT"`) || strings.Contains(data, `"candidates":null`) {
			t.Errorf("%s: %s", id.Role, data)
		}
		for _, field := range []string{"projects", "targets"} {
			if refused := !strings.Contains(data, `"`+field+`":0`) && !strings.Contains(data, `"`+field+`":1`); refused == sees {
				t.Errorf("%s: %s refused: %t: %s", id.Role, field, refused, data)
			}
		}
		for _, e := range answer.Errors {
			if e.Code() != fault.CodeForbidden {
				t.Errorf("%s: %v", id.Role, e)
			}
		}
		if sees == (len(answer.Errors) > 0) {
			t.Errorf("%s: %d errors", id.Role, len(answer.Errors))
		}
	}
}

// TestMapsAreBounded asks for more of each link than the answer may hold of as many links as
// a map can have.
func TestMapsAreBounded(t *testing.T) {
	s := newSampleServer(t)
	for _, query := range []string{
		`{ chainMap(region: "330000", chain: "auto-parts") { links { verdict { candidates(first: 1) { totalCount } } } } }`,
		`{ a: chainMap(region: "330000", chain: "auto-parts") { links { verdict { link { code name feeds(first: 20) { nodes { code } } } } } } }`,
		`{ ` + strings.Repeat(`, a%d: chainMap(region: "330000", chain: "auto-parts") { ties { from { code name } to { code name } } }`, 9) + ` }`,
	} {
		for i := range strings.Count(query, "%d") {
			query = strings.Replace(query, "%d", strconv.Itoa(i), 1)
		}
		if answer := ask(t, s, api.Request{Query: query}); firstCode(answer) != "LIMIT_EXCEEDED" {
			t.Errorf("%.90s: %.200v", query, answer)
		}
	}
}
