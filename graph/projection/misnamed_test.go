package projection_test

import (
	"errors"
	"strings"
	"testing"

	"liantu/graph"
	"liantu/graph/projection"
	"liantu/graph/questiontest"
	"liantu/message"
)

// namesakes is a graph in which things of several kinds are called alike.
func namesakes(t *testing.T) *projection.Projection {
	t.Helper()
	b := questiontest.NewBuilder()
	eco := b.Node("Ecosystem", questiontest.Props{"code": "biomed", "name": "生物医药", "english_name": "Biomedicine"})
	chain := b.Node("Chain", questiontest.Props{"code": "bio-medicine", "name": "生物医药", "english_name": "Biomedicine"})
	synthetic := b.Node("Chain", questiontest.Props{"code": "synthetic-bio", "name": "合成生物"})
	solar := b.Node("Chain", questiontest.Props{"code": "solar", "name": "光伏"})
	drugs := b.Node("Link", questiontest.Props{"code": "synthetic-bio.drugs", "name": "生物医药", "english_name": "Biomedicine"})
	photo := b.Node("Link", questiontest.Props{"code": "solar.pv", "name": "光伏"})
	cells := b.Node("Link", questiontest.Props{"code": "solar.pv.cells", "name": "电池片", "keywords": []string{"合成生物", "太阳能电池"}})
	b.Edge("PART_OF", chain, eco, nil)
	b.Edge("PART_OF", drugs, synthetic, nil)
	b.Edge("PART_OF", photo, solar, nil)
	b.Edge("PART_OF", cells, photo, nil)
	b.Node("Region", questiontest.Props{"code": "330100", "name": "杭州市", "short_name": "杭州"})
	b.Node("Company", questiontest.Props{"name": "大华股份", "stock_code": "002236.SZ"})
	b.Node("Person", questiontest.Props{"code": "p1", "name": "示例人", "synthetic": true})
	b.Node("TaskForce", questiontest.Props{"name": "光伏专班"})
	store := newStore(t, t)
	apply(t, t, store, b.Batch())
	return build(t, t, store)
}

// TestLookupOfTheWrongKind gives codes and names where those of another kind belong.
func TestLookupOfTheWrongKind(t *testing.T) {
	p := namesakes(t)
	for _, test := range []struct {
		kind, text string
		want       string // the code of what is found, "" for an error
		is         error
		other      string // the codes of what it is instead
		en, zh     string
	}{
		{kind: "Chain", text: "bio-medicine", want: "bio-medicine"},
		{kind: "Chain", text: "Bio-Medicine", want: "bio-medicine"},
		{kind: "Chain", text: "生物医药", want: "bio-medicine"},
		{kind: "Chain", text: "Biomedicine", want: "bio-medicine"},
		{kind: "Ecosystem", text: "生物医药", want: "biomed"},
		{kind: "Link", text: "synthetic-bio.drugs", want: "synthetic-bio.drugs"},
		{kind: "Link", text: "光伏", want: "solar.pv"}, // the chain of this name holds the link
		{kind: "Link", text: "太阳能电池", want: "solar.pv.cells"},
		{kind: "Region", text: "330100", want: "330100"},

		{"Link", "bio-medicine", "", graph.ErrNotFound, "bio-medicine", `"bio-medicine" is a chain, not a link`, "“bio-medicine”是产业链，不是环节"},
		{"Ecosystem", "bio-medicine", "", graph.ErrNotFound, "bio-medicine", `"bio-medicine" is a chain, not an ecosystem`, "“bio-medicine”是产业链，不是生态圈"},
		{
			"Link", "生物医药", "", graph.ErrInvalid, "biomed bio-medicine", `"生物医药" is the name of an ecosystem or a chain and of a link that is no part of it: give the code of the one meant`,
			"“生物医药”既是生态圈或产业链的名称，又是不属于它的环节的名称：请给出所指对象的编号",
		},
		{"Link", "合成生物", "", graph.ErrInvalid, "synthetic-bio", `"合成生物" is the name of a chain and of a link`, "“合成生物”既是产业链的名称"},
		{"Link", "biomed", "", graph.ErrNotFound, "biomed", `"biomed" is an ecosystem, not a link`, "“biomed”是生态圈，不是环节"},
		{"Chain", "solar.pv", "", graph.ErrNotFound, "solar.pv", `"solar.pv" is a link, not a chain`, ""},
		{"Chain", "太阳能电池", "", graph.ErrNotFound, "solar.pv.cells", `"太阳能电池" is a link, not a chain`, ""},
		{"Link", "杭州", "", graph.ErrNotFound, "330100", `"杭州" is a region, not a link`, "“杭州”是地区，不是环节"},
		{"Chain", "Hangzhou", "", graph.ErrNotFound, "330100", `"Hangzhou" is a region, not a chain`, ""},
		{"Link", "大华股份", "", graph.ErrNotFound, "", `"大华股份" is a company, not a link`, "“大华股份”是企业，不是环节"},
		{"Company", "光伏", "", graph.ErrNotFound, "solar solar.pv", `"光伏" is a chain or a link, not a company`, ""},
		{"Link", "示例人", "", graph.ErrNotFound, "", `there is no link "示例人"`, ""}, // nobody is found by a name
		{"Link", "p1", "", graph.ErrNotFound, "", `there is no link "p1"`, ""},
		{"Link", "光伏专班", "", graph.ErrNotFound, "", `there is no link "光伏专班"`, ""}, // not public
	} {
		v, err := p.Lookup(test.text, test.kind)
		if test.is == nil {
			if err != nil || p.Kind(v) != test.kind || p.Code(v) != test.want {
				t.Errorf("%s %q finds %s %q, %v", test.kind, test.text, p.Kind(v), p.Code(v), err)
			}
			continue
		}
		var missing *projection.NotFoundError
		if !errors.Is(err, test.is) || !errors.As(err, &missing) {
			t.Errorf("%s %q: got %v, %v", test.kind, test.text, v, err)
			continue
		}
		var other []string
		for _, h := range missing.Other {
			other = append(other, p.Code(h.Vertex))
		}
		if got := strings.Join(other, " "); got != test.other {
			t.Errorf("%s %q is %q instead, want %q", test.kind, test.text, got, test.other)
		}
		if got := missing.In(message.English); !strings.HasPrefix(got, test.en) {
			t.Errorf("%s %q: %s, want %s", test.kind, test.text, got, test.en)
		}
		if got := missing.In(message.Chinese); !strings.HasPrefix(got, test.zh) {
			t.Errorf("%s %q: %s, want %s", test.kind, test.text, got, test.zh)
		}
	}
	chain, err := p.Lookup("solar", projection.Chain)
	if err != nil {
		t.Fatal(err)
	}
	var missing *projection.NotFoundError
	if _, err := p.Lookup(string(p.ID(chain)), projection.Link); !errors.As(err, &missing) || len(missing.Other) != 1 || missing.Other[0].Vertex != chain {
		t.Errorf("the id of a chain as a link: %v", err)
	}
}
