package topics_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"liantu/graph"
	"liantu/graph/projection"
	"liantu/graph/questiontest"
	"liantu/graph/topics"
	"liantu/message"
)

// town is a graph with a case on each side of each step of the rule.
const town = `
region 330100 杭州市 short_name=杭州
ecosystem drugs 医药 english_name=Drugs
chain medicine 医药 in drugs
chain power 新能源 in drugs aliases=绿电
link medicine.up 原料 in medicine
link medicine.up.api 原料药 in medicine.up keywords=API;中间体
link medicine.cells 细胞治疗 in medicine
link medicine.cells.cart CAR-T疗法 in medicine.cells
link medicine.old 中间体 in medicine
link medicine.tools EDA工具 in medicine
link medicine.basic 基础研究 in medicine english_name=basic-research
link power.cell 电池 in power english_name=batteries
link power.lithium 锂电池 in power
link power.film 光伏胶膜 in power
link power.mould 汽车模具 in power
link power.mould2 模具制造 in power
link power.fibre 碳化硅纤维 in power
link power.drive 激光雷达 in power
link medicine.drive 激光雷达 in medicine
company 甲药业 at 330100 in medicine.up.api medicine.cells.cart medicine.tools medicine.basic
company 乙能源 at 330100 in power.lithium power.film power.mould power.mould2 power.fibre power.drive
company 乙二能源 at 330100 in power.lithium
company 丙 at 330100 in medicine.up.api medicine.up
company 丁 at 330100


product 布洛芬
product 磷酸铁锂
product 三元锂
product 头孢拉定胶囊
product 闲置品
belongs_to 布洛芬 medicine.up.api
belongs_to 磷酸铁锂 power.lithium
belongs_to 磷酸铁锂 power.film
belongs_to 头孢拉定胶囊 medicine.up.api
belongs_to 三元锂 power.cell
person p1 示例人
`

// codes are the codes of nodes, or their names, in order.
func codes(p *projection.Projection, nodes []projection.Vertex) string {
	var list []string
	for _, v := range nodes {
		if code := p.Code(v); code != "" {
			list = append(list, code)
		} else {
			list = append(list, p.Caption(v))
		}
	}
	return strings.Join(list, " ")
}

func TestResolve(t *testing.T) {
	p := questiontest.TextPicture(t, town)
	for _, test := range []struct {
		words, by, node, scope, others string
	}{
		{words: "medicine", by: "CODE", scope: "medicine"},
		{words: " Medicine.UP ", by: "CODE", scope: "medicine.up"},
		{words: "医药", by: "NAME", scope: "drugs", others: "medicine"}, // the ecosystem, then the chain
		{words: "drug", by: "NAME", scope: "drugs"},
		{words: "醫藥產業", by: "NAME", scope: "drugs"}, // without the tail
		{words: "绿电", by: "NAME", scope: "power"},
		{words: "原料", by: "NAME", scope: "medicine.up"},
		{words: "API", by: "KEYWORD", scope: "medicine.up.api"},
		{words: "中间体", by: "KEYWORD", scope: "medicine.up.api"},    // nobody is at the link of this name
		{words: "CAR T", by: "PART", scope: "medicine.cells.cart"}, // with tails behind
		{words: "eda", by: "PART", scope: "medicine.tools"},
		{words: "胶膜", by: "PART", scope: "power.film"},
		{words: "激光雷达", by: "NAME", scope: "power.drive"}, // nobody is at the other
		{words: "Basic Research", by: "NAME", scope: "medicine.basic"},
		{words: "布洛芬", by: "PRODUCT", node: "布洛芬", scope: "medicine.up.api"},
		{words: "拉定胶囊", by: "PART", node: "头孢拉定胶囊", scope: "medicine.up.api"},
		{words: "三元锂", by: "PRODUCT", node: "三元锂", scope: "power.cell"}, // nobody is there
		{words: "丙", by: "COMPANY", node: "丙", scope: "medicine.up"},    // not what is below it, too
		{words: "甲药业", by: "COMPANY", node: "甲药业", scope: "medicine.basic medicine.cells.cart medicine.tools medicine.up.api"},
	} {
		topic, err := topics.Resolve(t.Context(), p, test.words)
		if err != nil {
			t.Errorf("%s: %v", test.words, err)
			continue
		}
		node := test.node
		if node == "" {
			node = test.scope
		}
		if got := codes(p, []projection.Vertex{topic.Node}); string(topic.By) != test.by || got != node || codes(p, topic.Scope) != test.scope || codes(p, topic.Others) != test.others {
			t.Errorf("%s is %s by %s, scope %s, beside %s; want %+v", test.words, got, topic.By, codes(p, topic.Scope), codes(p, topic.Others), test)
		}
	}
}

func TestUnclear(t *testing.T) {
	p := questiontest.TextPicture(t, town)
	for _, test := range []struct {
		words string
		is    error
		near  string // the first of them
		says  string
	}{
		{"电池", graph.ErrInvalid, "power.cell power.lithium", `"电池" may mean several things`}, // nobody is at the one called so
		{"模具", graph.ErrInvalid, "power.mould power.mould2", ""},                             // one ends in it, another holds it
		{"磷酸铁锂", graph.ErrInvalid, "power.lithium power.film", ""},                           // a product for two links, the one of more companies first
		{"碳化硅", graph.ErrNotFound, "power.fibre", `no ecosystem, chain, link, product or company is called "碳化硅"`},
		{"esearch", graph.ErrNotFound, "", ""}, // the end of a Latin word
		{"basic", graph.ErrNotFound, "medicine.basic", ""},
		{"高能激光雷达", graph.ErrNotFound, "power.drive medicine.drive", ""}, // what it ends with
		{"示例人", graph.ErrNotFound, "", ""},
		{"丁", graph.ErrNotFound, "", ""},   // at no link
		{"闲置品", graph.ErrNotFound, "", ""}, // of no link
		{"杭州", graph.ErrNotFound, "", `"杭州" is a region, not an ecosystem`},
		{"", graph.ErrInvalid, "", "give a word"},
		{" ，。", graph.ErrInvalid, "", "give a word"},
		{strings.Repeat("电", 101), graph.ErrInvalid, "", "give a word of 1 to 100 characters"},
	} {
		_, err := topics.Resolve(t.Context(), p, test.words)
		if !errors.Is(err, test.is) || !strings.Contains(message.Of(err, message.English), test.says) {
			t.Errorf("%s: got error %v, want %v: %s", test.words, err, test.is, test.says)
			continue
		}
		var missing *projection.NotFoundError
		var near []projection.Vertex
		if errors.As(err, &missing) {
			hits, err := missing.Suggest(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			for _, h := range hits {
				near = append(near, h.Vertex)
			}
		}
		if got := codes(p, near); !strings.HasPrefix(got, test.near) {
			t.Errorf("%s: near are %s, want %s", test.words, got, test.near)
		}
	}
}

func TestStops(t *testing.T) {
	p := questiontest.TextPicture(t, town)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := topics.Resolve(ctx, p, "胶膜"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestSaid(t *testing.T) {
	p := questiontest.TextPicture(t, town)
	for words, want := range map[string][2]string{
		"绿电":  {"按“绿电”理解为产业链“新能源”（power）", `"绿电" is understood as the chain 新能源 (power)`},
		"医药":  {"按“医药”理解为生态圈“医药”（drugs）；同名的还有产业链“医药”（medicine）", `"医药" is understood as the ecosystem Drugs (drugs); so called as well: the chain 医药 (medicine)`},
		"布洛芬": {"按“布洛芬”理解为产品“布洛芬”，即环节“原料药”（medicine.up.api）", `"布洛芬" is understood as the product 布洛芬, that is, the link 原料药 (medicine.up.api)`},
		"甲药业": {
			"按“甲药业”理解为企业“甲药业”，即环节“基础研究”（medicine.basic）、环节“CAR-T疗法”（medicine.cells.cart）、环节“EDA工具”（medicine.tools） 等 4 个",
			`"甲药业" is understood as the company 甲药业, that is, the link basic-research (medicine.basic), the link CAR-T疗法 (medicine.cells.cart), the link EDA工具 (medicine.tools) and 1 more`,
		},
	} {
		topic, err := topics.Resolve(t.Context(), p, words)
		if err != nil {
			t.Fatal(err)
		}
		if said := topic.Said(p); said.Zh != want[0] || said.En != want[1] {
			t.Errorf("%s: %s; %s", words, said.Zh, said.En)
		}
	}
}
