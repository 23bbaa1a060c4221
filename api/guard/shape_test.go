package guard_test

import (
	"testing"

	"liantu/api/guard"
)

func TestShape(t *testing.T) {
	known := guard.Names(`type Query { gaps(region: ID!, first: Int): Gaps node(id: ID!): Node a(b: String): ID } type Gaps { nodes: [Node] state one two three: ID }`)
	for _, test := range []struct {
		doc  string
		most int
		want string
	}{
		{`{ gaps(region: "杭州", first: 12) { nodes { state } } } # 王小明`, 100, `{gaps(region:"…" first:0){nodes{state}}}`},
		{`query Q($a: [ID!] = ["x"]) { a: node(id: """secret""") @skip(if: true) { ...F } }`, 100, `query _($a:[ID!]=["…"]){a:node(id:"…")@skip(if:true){..._}}`},
		{`{a(b:"never closed secret`, 100, `{a(b:?`},
		{`{one two three}`, 9, `{one two …`},
		{``, 10, ``},
	} {
		if got := guard.Shape(test.doc, test.most, known); got != test.want {
			t.Errorf("%s\n got %s\nwant %s", test.doc, got, test.want)
		}
	}
}
