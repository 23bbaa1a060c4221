package api_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"liantu/graph"
)

// overHTTP asks over HTTP.
func overHTTP(t *testing.T, base, query string, variables map[string]any) map[string]any {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		t.Fatal(err)
	}
	return send(t, http.MethodPost, base+"/graphql", string(body), "Content-Type", plainJSON).json(t)
}

// companiesOf reads all pages of the companies of Hangzhou, n at a time; arguments are those of
// the field besides the page.
func companiesOf(t *testing.T, base, arguments string, n int) (all []map[string]any, total, unknown int) {
	t.Helper()
	variables := map[string]any{"first": n}
	for {
		answer := overHTTP(t, base, `query($first: Int, $after: String) { region(id: "330100") { companies(first: $first, after: $after`+arguments+`) {
			totalCount unknown pageInfo { endCursor hasNextPage }
			nodes { id name stockCode exchange ownership employees registeredCapital founded leader } } } }`, variables)
		if code := firstCode(answer); code != "" {
			t.Fatalf("%s: %v", arguments, answer["errors"])
		}
		page := at(t, answer, "data", "region", "companies")
		for _, one := range at(t, page, "nodes").([]any) {
			all = append(all, one.(map[string]any))
		}
		total, unknown = int(at(t, page, "totalCount").(float64)), int(at(t, page, "unknown").(float64))
		if at(t, page, "pageInfo", "hasNextPage") == false {
			return all, total, unknown
		}
		variables["after"] = at(t, page, "pageInfo", "endCursor")
	}
}

// wanted says of a company whether it meets a filter, and whether what decides is known.
type wanted func(c map[string]any) (meets, known bool)

func number(name string, is func(n float64) bool) wanted {
	return func(c map[string]any) (bool, bool) {
		n, known := c[name].(float64)
		return known && is(n), known
	}
}

func word(name string, is func(text string) bool) wanted {
	return func(c map[string]any) (bool, bool) {
		text, known := c[name].(string)
		return known && is(text), known
	}
}

// TestFiltersListWhatTheUnfilteredListHas computes each filter from all pages of the list
// without one, and compares members, number and the count of what is not known.
func TestFiltersListWhatTheUnfilteredListHas(t *testing.T) {
	base := serve(t, newSampleServer(t))
	all, total, unknown := companiesOf(t, base, "", 100)
	if total != len(all) || total < 200 || unknown != 0 {
		t.Fatalf("%d companies of %d, %d unknown", len(all), total, unknown)
	}
	employees := number("employees", func(n float64) bool { return n >= 1000 })
	capital := number("registeredCapital", func(n float64) bool { return n <= 50_000 })
	for filter, conditions := range map[string][]wanted{
		`{minEmployees: 1000}`:                                    {employees},
		`{maxRegisteredCapital: 50000}`:                           {capital},
		`{minEmployees: 1000, maxRegisteredCapital: 50000}`:       {employees, capital},
		`{exchange: [SSE, SZSE]}`:                                 {word("exchange", func(s string) bool { return s == "SSE" || s == "SZSE" })},
		`{exchange: SSE, minEmployees: null}`:                     {word("exchange", func(s string) bool { return s == "SSE" })},
		`{ownership: [PRIVATE], minEmployees: 1000}`:              {word("ownership", func(s string) bool { return s == "PRIVATE" }), employees},
		`{foundedFrom: "2000", foundedTo: "2009-12"}`:             {word("founded", func(s string) bool { return s >= "2000" && s < "2010" })},
		`{leader: true}`:                                          {func(c map[string]any) (bool, bool) { is, known := c["leader"].(bool); return is, known }},
		`{exchange: []}`:                                          {word("exchange", func(string) bool { return false })},
		fmt.Sprintf(`{stockCode: [%q]}`, first(all, "stockCode")): {word("stockCode", func(s string) bool { return s == first(all, "stockCode") })},
		`{}`: nil,
	} {
		var ids []any
		left := 0
		for _, c := range all {
			fails, open := false, false
			for _, is := range conditions {
				meets, known := is(c)
				fails, open = fails || known && !meets, open || !known
			}
			switch {
			case fails:
			case open:
				left++
			default:
				ids = append(ids, c["id"])
			}
		}
		got, total, unknown := companiesOf(t, base, ", filter: "+filter, 40)
		if !slices.Equal(columnOf(got, "id"), ids) || total != len(ids) || unknown != left {
			t.Errorf("%s: %d listed, %d counted, %d unknown; want %d, %d unknown", filter, len(got), total, unknown, len(ids), left)
		}
	}
}

func first(all []map[string]any, name string) string {
	for _, c := range all {
		if text, ok := c[name].(string); ok {
			return text
		}
	}
	return ""
}

func columnOf(all []map[string]any, name string) (values []any) {
	for _, c := range all {
		values = append(values, c[name])
	}
	return values
}

// TestOrderedPagesHaveNoGaps pages through the companies of Hangzhou in several orders: each is
// there once, what is not known comes last in both directions, and what is equal is in the
// order of ids.
func TestOrderedPagesHaveNoGaps(t *testing.T) {
	base := serve(t, newSampleServer(t))
	all, total, _ := companiesOf(t, base, "", 100)
	for _, order := range []struct{ field, of string }{{"EMPLOYEES", "employees"}, {"REGISTERED_CAPITAL", "registeredCapital"}, {"FOUNDED", "founded"}, {"NAME", "name"}, {"LEADER", "leader"}} {
		for _, direction := range []string{"ASC", "DESC"} {
			got, n, _ := companiesOf(t, base, fmt.Sprintf(", orderBy: {field: %s, direction: %s}", order.field, direction), 30)
			if n != total || len(got) != len(all) {
				t.Fatalf("%s %s: %d of %d", order.field, direction, len(got), total)
			}
			want := slices.Clone(all)
			slices.SortFunc(want, func(x, y map[string]any) int {
				a, b := x[order.of], y[order.of]
				switch {
				case a == nil && b != nil:
					return 1
				case a != nil && b == nil:
					return -1
				case a == b:
					return strings.Compare(x["id"].(string), y["id"].(string))
				case (direction == "ASC") == less(a, b):
					return -1
				}
				return 1
			})
			if !slices.Equal(columnOf(got, "id"), columnOf(want, "id")) {
				t.Errorf("%s %s: another order than that of the values", order.field, direction)
			}
		}
	}
}

func less(a, b any) bool {
	switch a := a.(type) {
	case float64:
		return a < b.(float64)
	case string:
		return a < b.(string)
	case bool:
		return !a
	}
	return false
}

// TestNodesAreFilteredByTheirKind filters and orders nodes of any kind.
func TestNodesAreFilteredByTheirKind(t *testing.T) {
	w := newWorld(t)
	var offers graph.Batch
	for code, deadline := range map[string]string{"day": "2025-05-31", "month": "2025-06", "year": "2025", "year+1": "2026"} {
		offers.Nodes = append(offers.Nodes, thing(t, "Opportunity", map[string]any{"code": code, "name": code, "deadline": deadline}, registered))
	}
	version := w.apply(t, offers)
	if _, err := w.live.AtLeast(t.Context(), version); err != nil {
		t.Fatal(err)
	}
	base := serve(t, newServer(t, w, nil))
	names := func(arguments string) string {
		answer := overHTTP(t, base, `{ nodes(`+arguments+`) { totalCount unknown nodes { name } } }`, nil)
		if code := firstCode(answer); code != "" {
			return code + ": " + at(t, answer, "errors", 0, "message").(string)
		}
		var all []string
		for _, n := range at(t, answer, "data", "nodes", "nodes").([]any) {
			all = append(all, fmt.Sprint(at(t, n, "name")))
		}
		return fmt.Sprintf("%s, %v unknown", strings.Join(all, " "), at(t, answer, "data", "nodes", "unknown"))
	}
	for arguments, want := range map[string]string{
		`kind: Company, filter: {company: {minEmployees: 1000}}`:                                                       "杭州芯片股份有限公司, 3 unknown",
		`kind: Company, filter: {company: {maxEmployees: 1000}}`:                                                       ", 3 unknown",
		`kind: Company, filter: {company: {minEmployees: 1, stockCode: ["600001.SH", "600002.SH"]}}`:                   "杭州芯片股份有限公司, 1 unknown",
		`kind: Link, filter: {link: {position: [UPSTREAM, DOWNSTREAM]}}, orderBy: {field: CODE, direction: DESC}`:      "封装测试 光刻胶, 0 unknown",
		`kind: Opportunity, filter: {opportunity: {deadlineFrom: "2025-06"}}, orderBy: {field: CODE}`:                  "month year+1, 1 unknown",
		`kind: Opportunity, filter: {opportunity: {deadlineTo: "2025-06-15"}}, orderBy: {field: CODE}`:                 "day, 2 unknown",
		`kind: Opportunity, filter: {opportunity: {deadlineFrom: "2025", deadlineTo: "2025"}}, orderBy: {field: CODE}`: "day month year, 0 unknown",
		`kind: Region, orderBy: {field: CODE, direction: DESC}, first: 2`:                                              "宁波市 杭州市, 0 unknown",
		`kind: Link, filter: {link: null, company: null}, orderBy: {field: CODE}`:                                      "晶圆制造 光刻胶 封装测试, 0 unknown",
		`kind: Link, filter: {company: {minEmployees: 1}}`:                                                             `BAD_INPUT: filter: "company" does not filter nodes of kind Link; use "link"`,
		`kind: Link, filter: {link: {}, company: {}}`:                                                                  `BAD_INPUT: filter: "company" does not filter nodes of kind Link; use "link"`,
		`kind: Person, filter: {company: {minEmployees: 1}}`:                                                           `BAD_INPUT: nodes of kind Person cannot be filtered: not every role may know of them`,
		`kind: Person, orderBy: {field: NAME}`:                                                                         `BAD_INPUT: nodes of kind Person cannot be ordered by NAME: not every role may see it; use ID`,
		`kind: Person, orderBy: {field: CODE}`:                                                                         `BAD_INPUT: nodes of kind Person cannot be ordered by CODE: not every role may see it; use ID`,
		`kind: Person, orderBy: {field: ID}`:                                                                           "王**, 0 unknown",
	} {
		if got := names(arguments); got != want {
			t.Errorf("%s: %s, want %s", arguments, got, want)
		}
	}
	small := overHTTP(t, base, `{ nodes(kind: Person, orderBy: {field: ID}) { totalCount } }`, nil)
	if at(t, small, "data", "nodes", "totalCount") != nil {
		t.Errorf("one person is counted: %v", small)
	}
}

// TestCursorOfAnotherFilter sends the cursor of one filter and order with others.
func TestCursorOfAnotherFilter(t *testing.T) {
	base := serve(t, newSampleServer(t))
	const own = `filter: {minEmployees: 100}, orderBy: {field: EMPLOYEES, direction: DESC}`
	ask := func(arguments string, after any) map[string]any {
		return overHTTP(t, base, `query($after: String) { region(id: "330100") { companies(first: 2, after: $after, `+arguments+`) { pageInfo { endCursor } } } }`, map[string]any{"after": after})
	}
	cursor := at(t, ask(own, nil), "data", "region", "companies", "pageInfo", "endCursor")
	for arguments, code := range map[string]string{
		own: "",
		`orderBy: {direction: DESC, field: EMPLOYEES}, filter: {minEmployees: 100}`: "",
		`filter: {minEmployees: 101}, orderBy: {field: EMPLOYEES, direction: DESC}`: "BAD_CURSOR",
		`filter: {maxEmployees: 100}, orderBy: {field: EMPLOYEES, direction: DESC}`: "BAD_CURSOR",
		`filter: {minEmployees: 100}, orderBy: {field: EMPLOYEES}`:                  "BAD_CURSOR",
		`filter: {minEmployees: 100}, orderBy: {field: FOUNDED, direction: DESC}`:   "BAD_CURSOR",
		`filter: {minEmployees: 100}`:                                               "BAD_CURSOR",
		`below: true`:                                                               "BAD_CURSOR",
	} {
		if got := firstCode(ask(arguments, cursor)); got != code {
			t.Errorf("%s: %q, want %q", arguments, got, code)
		}
	}
	name := at(t, ask("below: true) { nodes { name } } x: companies(first: 1", nil), "data", "region", "companies", "nodes", 0, "name").(string)
	joined, apart := fmt.Sprintf(`filter: {name: [%q, "a b"]}`, name), fmt.Sprintf(`filter: {name: [%q, "a", "b"]}`, name)
	cursor = at(t, ask(joined, nil), "data", "region", "companies", "pageInfo", "endCursor")
	if same, other := firstCode(ask(joined, cursor)), firstCode(ask(apart, cursor)); same != "" || other != "BAD_CURSOR" {
		t.Errorf("texts with blanks: %q for the same filter, %q for another", same, other)
	}
}

// TestFiltersAreCharged refuses filters that would take more work than is allowed.
func TestFiltersAreCharged(t *testing.T) {
	base := serve(t, newSampleServer(t))
	cost := func(arguments string) float64 {
		answer := overHTTP(t, base, `{ nodes(kind: Company, first: 1`+arguments+`) { nodes { id } } }`, nil)
		return at(t, answer, "extensions", "cost", "requested").(float64)
	}
	plain := cost("")
	for _, arguments := range []string{`, filter: {company: {minEmployees: 1}}`, `, orderBy: {field: NAME}`} {
		if got := cost(arguments); got < plain+1000 {
			t.Errorf("%s costs %v, and %v without", arguments, got, plain)
		}
	}
	many := overHTTP(t, base, `{ nodes(kind: Region, first: 100) { nodes { ... on Region { companies(first: 1, orderBy: {field: NAME}) { totalCount } } } } }`, nil)
	if firstCode(many) != "LIMIT_EXCEEDED" || at(t, many, "errors", 0, "extensions", "reason") != "WORK_LIMIT" {
		t.Errorf("a hundred orders in one request: %v", many)
	}
}
