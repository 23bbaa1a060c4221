package guard_test

import (
	"fmt"
	"strings"
	"testing"

	"liantu/api/guard"
)

// wide are limits that the documents of these tests do not reach.
var wide = guard.Limits{
	Bytes: 64 << 10, Tokens: 10_000, Nesting: 60, Depth: 50, Fields: 5_000, Aliases: 5_000, Directives: 5_000, RootFields: 50,
}

// TestLimitsAreTheLargestThatPass asks for exactly as much as each limit allows, and
// for one more.
func TestLimitsAreTheLargestThatPass(t *testing.T) {
	many := func(before, one, after string) func(int) string {
		return func(n int) string { return before + strings.Repeat(one, n) + after }
	}
	for _, test := range []struct {
		code string
		doc  func(n int) string // with n of what is limited
		set  func(*guard.Limits)
	}{
		{guard.CodeBytes, many("", " ", ""), func(l *guard.Limits) { l.Bytes = 7 }},
		{guard.CodeTokens, many("", "a ", ""), func(l *guard.Limits) { l.Tokens = 7 }},
		{guard.CodeNesting, many("{a", "(", ""), func(l *guard.Limits) { l.Nesting = 8 }}, // the brace is one, too
		{guard.CodeDepth, func(n int) string { return strings.Repeat("{a", n) + strings.Repeat("}", n) }, func(l *guard.Limits) { l.Depth = 7 }},
		{guard.CodeFields, many("{x{", "a ", "}}"), func(l *guard.Limits) { l.Fields = 8 }}, // x is one, too
		{guard.CodeAliases, many("{x{", "b:a ", "}}"), func(l *guard.Limits) { l.Aliases = 7 }},
		{guard.CodeDirectives, many("{a", " @d", "}"), func(l *guard.Limits) { l.Directives = 7 }},
		{guard.CodeRootFields, many("{", "a ", "}"), func(l *guard.Limits) { l.RootFields = 7 }},
	} {
		limits := wide
		test.set(&limits)
		if r := guard.Document(test.doc(7), limits); r != nil {
			t.Errorf("%s: as many as the limit are refused: %s", test.code, r.Message())
		}
		if r := guard.Document(test.doc(8), limits); r == nil || r.Code != test.code {
			t.Errorf("%s: one more than the limit passes: %v", test.code, r)
		}
	}
}

// TestNamesAreBounded reads names as long as they may be, and longer.
func TestNamesAreBounded(t *testing.T) {
	for _, form := range []string{"{%s:a}", "{a @%s}", "query %s {a}", "{a(x: $%s)}"} {
		if r := guard.Document(fmt.Sprintf(form, strings.Repeat("n", 200)), wide); r != nil {
			t.Errorf("%s: a name of 200 bytes is refused: %s", form, r.Message())
		}
		if r := guard.Document(fmt.Sprintf(form, strings.Repeat("n", 201)), wide); r == nil || r.Code != guard.CodeName {
			t.Errorf("%s: a name of 201 bytes passes: %v", form, r)
		}
	}
	if r := guard.Document(`{a(x: "`+strings.Repeat("text ", 100)+`")} # `+strings.Repeat("c", 300), wide); r != nil {
		t.Errorf("a long text or comment is refused: %s", r.Message())
	}
}

// TestBodyLimitsAreTheLargestThatPass does the same for a body.
func TestBodyLimitsAreTheLargestThatPass(t *testing.T) {
	exact := guard.JSON{Depth: 3, Text: 20, Members: 2, Member: 12}
	const fits = `{"query":"aaaaaaaaaaaaaaaaaaaa","variables":{"a":"bbbbbb","c":[1]}}`
	if r := guard.Body([]byte(fits), exact); r != nil {
		t.Errorf("what fits is refused: %s", r.Message())
	}
	for code, less := range map[string]guard.JSON{
		guard.CodeJSONDepth:     {Depth: 2, Text: 20, Members: 2, Member: 12},
		guard.CodeBytes:         {Depth: 3, Text: 19, Members: 2, Member: 12},
		guard.CodeVariables:     {Depth: 3, Text: 20, Members: 1, Member: 12},
		guard.CodeVariableBytes: {Depth: 3, Text: 20, Members: 2, Member: 11},
	} {
		if r := guard.Body([]byte(fits), less); r == nil || r.Code != code {
			t.Errorf("%s: one less than there is passes: %v", code, r)
		}
	}
}
