package guard_test

import (
	"testing"

	"liantu/api/guard"
)

func TestShape(t *testing.T) {
	for _, test := range []struct {
		doc  string
		most int
		want string
	}{
		{`{ gaps(region: "杭州", first: 12) { nodes { state } } } # 王小明`, 100, `{gaps(region:"…" first:0){nodes{state}}}`},
		{`query Q($a: [ID!] = ["x"]) { a: node(id: """secret""") @skip(if: true) { ...F } }`, 100, `query Q($a:[ID!]=["…"]){a:node(id:"…")@skip(if:true){...F}}`},
		{`{a(b:"never closed secret`, 100, `{a(b:?`},
		{`{one two three}`, 9, `{one two …`},
		{``, 10, ``},
	} {
		if got := guard.Shape(test.doc, test.most); got != test.want {
			t.Errorf("%s\n got %s\nwant %s", test.doc, got, test.want)
		}
	}
}
