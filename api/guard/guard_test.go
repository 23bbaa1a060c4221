package guard_test

import (
	"fmt"
	"strings"
	"testing"

	"liantu/api/guard"
)

var limits = guard.Limits{
	Bytes: 64 << 10, Tokens: 1000, Nesting: 40, Depth: 8,
	Fields: 500, Aliases: 15, Directives: 50, RootFields: 5,
}

func TestDocument(t *testing.T) {
	deep := func(n int) string { return strings.Repeat("{a", n) + strings.Repeat("}", n) }
	double := func(n int) string {
		var b strings.Builder
		b.WriteString("{...f0}")
		for i := range n {
			fmt.Fprintf(&b, "fragment f%d on Q{...f%d ...f%d}", i, i+1, i+1)
		}
		fmt.Fprintf(&b, "fragment f%d on Q{a}", n)
		return b.String()
	}
	for _, test := range []struct {
		name, doc, want string
	}{
		{"empty", "", ""},
		{"short form", "{a}", ""},
		{"all there is", `query Q($a:[Int!]!={b:{c:1}},$s:String="}}{{") @x {b:a(x:{y:[1,{z:"{"}]}) @include(if:$a){...F ...on T{c} ... @skip(if:true){d}}} fragment F on T{e}`, ""},
		{"comment with braces", "{a # }{{{{\n b}", ""},
		{"block string", `{a(x:"""{{{ \""" " """)}`, ""},
		{"deepest allowed", deep(8), ""},
		{"too deep", deep(9), guard.CodeDepth},
		{"objects in arguments hide no depth", strings.Repeat("{a(x:{y:{z:1}})", 20) + strings.Repeat("}", 20), guard.CodeDepth},
		{"objects in arguments add no depth", strings.Repeat("{a(x:{y:{z:1}})", 8) + strings.Repeat("}", 8), ""},
		{"inline fragments add no depth", "{a{... on A{b{... {c{...on C{d{e{f{g{... on G{h}}}}}}}}}}}}", ""},
		{"depth through fragments", "{a{b{c{d{...F}}}}} fragment F on T{e{f{g{h{i}}}}}", guard.CodeDepth},
		{"wrappers add no depth", "{a{edges{node{b{nodes{c{x:nodes{d{e{f{g{h}}}}}}}}}}}}}", ""},
		{"wrappers hide no depth", "{a{edges{node{b{nodes{c{nodes{d{e{f{g{h{i}}}}}}}}}}}}}", guard.CodeDepth},
		{"wrappers with arguments are fields", "{node(id:1){nodes(kind:A){a{b{c{d{e{f{g}}}}}}}}}", guard.CodeDepth},
		{"an introspection adds no depth", "{__schema{types{a{b{c{d{e{f{g{...T}}}}}}}}}} fragment T on __Type{a{b{c{d{e{f{g{h{i{j}}}}}}}}}}", ""},
		{"depth beside an introspection", "{__schema{a{b{c}}} a{b{c{d{e{f{g{h{i}}}}}}}}}", guard.CodeDepth},
		{"depth behind a fragment of an introspection", "{a{...T b{c{d{e{f{g{h{i}}}}}}}}} fragment T on __Type{a}", guard.CodeDepth},
		{"introspection is no more than one root", "{__schema{a b c d e f g} b}", ""},
		{"doubling fragments of nothing", "{...a}" + func() string {
			var b strings.Builder
			for i := range 60 {
				fmt.Fprintf(&b, "fragment a%s on Q{...a%sb ...a%[2]sb}", strings.Repeat("b", i), strings.Repeat("b", i))
			}
			return b.String()
		}(), guard.CodeFields},
		{"deep in an unused fragment", "{a} fragment F on T" + deep(9), guard.CodeDepth},
		{"nested lists", "{a(x:" + strings.Repeat("[", 100), guard.CodeNesting},
		{"nested list types", "query($x:" + strings.Repeat("[", 100), guard.CodeNesting},
		{"nested parentheses", "{a" + strings.Repeat("(", 100), guard.CodeNesting},
		{"a million brackets", strings.Repeat("[", 60<<10), guard.CodeNesting},
		{"closing only", strings.Repeat("}])", 300) + "{a}", ""},
		{"tokens", "{" + strings.Repeat("a ", 1000) + "}", guard.CodeTokens},
		{"fields", "{a{" + strings.Repeat("b ", 501) + "}}", guard.CodeFields},
		{"roots", "{a b c d e f}", guard.CodeRootFields},
		{"roots through a fragment", "{a b c d ...F} fragment F on Q{e ...G} fragment G on Q{f}", guard.CodeRootFields},
		{"five roots", "{a x:b c d ... on Q{e{f g h}}}", ""},
		{"aliases", "{a{" + strings.Repeat("x:b ", 16) + "}}", guard.CodeAliases},
		{"aliases through fragments", "{a{...F ...F}} fragment F on T{" + strings.Repeat("x:b ", 8) + "}", guard.CodeAliases},
		{"arguments are no aliases", "{a(" + strings.Repeat("x:b ", 16) + ")}", ""},
		{"directives", "{a" + strings.Repeat(" @d", 51) + "}", guard.CodeDirectives},
		{"cycle of one", "{a} fragment F on Q{...F}", guard.CodeCycle},
		{"cycle of two", "{...A} fragment A on Q{...B} fragment B on Q{...A}", guard.CodeCycle},
		{"cycle nobody uses", "{a} fragment A on Q{b{...B}} fragment B on Q{...A}", guard.CodeCycle},
		{"cycle through an inline fragment", "{...A} fragment A on Q{...on Q{...A}}", guard.CodeCycle},
		{"a fragment called fragment", "{...fragment} fragment fragment on Q{...fragment}", guard.CodeCycle},
		{"a field called on", "{on{...on}} fragment on on T{x}", ""},
		{"doubling fragments", double(12), guard.CodeFields},
		{"doubling fragments a hundred times", double(90), guard.CodeFields},
		{"a quote behind a block string", `{a(x:"""b"""")}`, guard.CodeQuotes},
		{"fields behind a quote behind a block string", `{a(x:"""b"""") ` + strings.Repeat("x:b ", 16) + `}`, guard.CodeQuotes},
		{"a quote behind an empty block string", `{a(x:""""""")}`, guard.CodeQuotes},
		{"quotes in a block string", `{a(x:"""b\""" "" """ y:"""""")}`, ""},
		{"bad encoding", "{a(x:\"\xff\")}", guard.CodeEncoding},
		{"bytes", "{a #" + strings.Repeat("x", 64<<10) + "\n}", guard.CodeBytes},
		{"open string", `{a(x:"abc`, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := ""
			if r := guard.Document(test.doc, limits); r != nil {
				got = r.Code
				if r.Message().String() == "" {
					t.Error("a refusal without a text")
				}
			}
			if got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
