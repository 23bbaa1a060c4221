package api_test

import (
	"fmt"
	"testing"

	"liantu/access"
	"liantu/api"
	"liantu/graph"
)

// newPlacing makes an office whose companies say what they do.
func newPlacing(t *testing.T) *office {
	t.Helper()
	o := newOffice(t)
	by := graph.Provenance{Source: "register", AsOf: "2024-01-01", Grade: graph.GradeA}
	o.apply(t, graph.Batch{
		Nodes: []graph.NodeDraft{
			thing(t, "Company", map[string]any{"stock_code": "688101.SH", "name": "青禾材料有限公司", "main_products": "光刻胶"}, by),
			thing(t, "Company", map[string]any{"stock_code": "688102.SH", "name": "云栖贸易有限公司", "business_scope": "光刻胶销售；食品销售"}, by),
			thing(t, "Company", map[string]any{"name": "黄石贸易有限公司", "business_scope": "光刻胶销售；服装销售"}, by),
		},
		Edges: []graph.EdgeDraft{
			joined(t, "Company 688101.SH", "LOCATED_IN", "Region 330100", nil, by),
			joined(t, "Company 688102.SH", "LOCATED_IN", "Region 330100", nil, by),
		},
	})
	o.serve(t)
	return o
}

// placed is what placements says of a company at the link of resists, at a version or later.
func (o *office) placed(t *testing.T, id *access.Identity, company string, version int64) string {
	t.Helper()
	answer := ask(t, o.server, api.Request{
		Query:    fmt.Sprintf(`{ placements(company: %q, link: "chip.resist", first: 5) { totalCount nodes { outcome probability evidence { zh } item link { code } company { name } } } }`, company),
		Identity: id, Extensions: map[string]any{"minVersion": version},
	})
	if code := firstCode(answer); code != "" {
		return code
	}
	list := answer["data"].(map[string]any)["placements"].(map[string]any)["nodes"].([]any)
	if len(list) == 0 {
		return "nowhere"
	}
	one := list[0].(map[string]any)
	return fmt.Sprint(one["outcome"], " ", one["probability"], " ", one["item"], " ", one["evidence"].(map[string]any)["zh"])
}

func TestJudgedPlacementsCountAtOnce(t *testing.T) {
	o := newPlacing(t)
	if got := o.placed(t, steward, "云栖贸易有限公司", 1); got == "nowhere" || got[:9] == "CONFIRMED" {
		t.Fatalf("a trader is %s", got)
	}
	item := o.change(t, steward, `judgePlacement(clientMutationId: "1", item: "光刻胶销售", company: "云栖贸易有限公司", link: "光刻胶", verdict: YES, date: "2026-01-01")`)
	if item.code != "" || !item.Changed {
		t.Fatalf("%+v", item)
	}
	for _, company := range []string{"云栖贸易有限公司", "黄石贸易有限公司"} {
		if got, want := o.placed(t, steward, company, item.Version), "CONFIRMED 0.99 光刻胶销售 经营范围第 1/2 项“光刻胶销售”，经人工判定属于该环节"; got != want {
			t.Errorf("%s: %s, want %s", company, got, want)
		}
	}
	own := o.change(t, steward, `judgePlacement(clientMutationId: "2", company: "云栖贸易有限公司", link: "chip.resist", verdict: NO, note: "只是中间商", date: "2026-01-01")`)
	if own.code != "" {
		t.Fatalf("%+v", own)
	}
	if got := o.placed(t, steward, "云栖贸易有限公司", own.Version); got != "nowhere" {
		t.Errorf("a company judged not to be there is %s", got)
	}
	if got := o.placed(t, steward, "黄石贸易有限公司", own.Version); got[:9] != "CONFIRMED" {
		t.Errorf("the other one is %s", got)
	}
	again := o.change(t, steward, `judgePlacement(clientMutationId: "3", company: "云栖贸易有限公司", link: "chip.resist", verdict: YES, date: "2026-01-02")`)
	if got := o.placed(t, steward, "云栖贸易有限公司", again.Version); got != "CONFIRMED 0.99 光刻胶销售 经人工判定在该环节" {
		t.Errorf("judged again: %s", got)
	}
	quality := ask(t, o.server, api.Request{Query: `{ placementQuality { judgements lost teach heldBack missed refused confirmed { pairs strict } review { pairs yes } before { pairs } } }`, Identity: steward, Extensions: map[string]any{"minVersion": again.Version}})
	q := quality["data"].(map[string]any)["placementQuality"].(map[string]any)
	if q["judgements"] != 2. || q["lost"] != 0. || q["refused"] != "TOO_FEW" || q["teach"].(float64)+q["heldBack"].(float64) != 1 || q["confirmed"].(map[string]any)["strict"] != nil {
		t.Errorf("%v", q)
	}
}

func TestPlacementJudgementsThatAreRefused(t *testing.T) {
	o := newPlacing(t)
	first := o.change(t, steward, `judgePlacement(clientMutationId: "1", item: "光刻胶销售", link: "chip.resist", verdict: NO, date: "2026-01-02")`)
	if first.code != "" {
		t.Fatalf("%+v", first)
	}
	for name, c := range map[string]struct {
		id    *access.Identity
		field string
		code  string
	}{
		"an older one":         {steward, `judgePlacement(clientMutationId: "2", item: "光刻胶销售", link: "chip.resist", verdict: YES, date: "2026-01-01")`, "CONFLICT"},
		"no subject":           {steward, `judgePlacement(clientMutationId: "3", link: "chip.resist", verdict: YES)`, "BAD_INPUT"},
		"no such link":         {steward, `judgePlacement(clientMutationId: "4", item: "光刻胶", link: "none.such", verdict: YES)`, "NOT_FOUND"},
		"no such company":      {steward, `judgePlacement(clientMutationId: "5", company: "无此公司", link: "chip.resist", verdict: YES)`, "NOT_FOUND"},
		"not a steward":        {strategist, `judgePlacement(clientMutationId: "6", item: "光刻胶", link: "chip.resist", verdict: YES)`, "FORBIDDEN"},
		"a day yet to come":    {steward, `judgePlacement(clientMutationId: "7", item: "光刻胶", link: "chip.resist", verdict: YES, date: "2999-01-01")`, "BAD_INPUT"},
		"a verdict unheard of": {steward, `judgePlacement(clientMutationId: "8", item: "光刻胶", link: "chip.resist", verdict: MAYBE)`, "VALIDATION_FAILED"},
	} {
		if got := o.change(t, c.id, c.field); got.code != c.code {
			t.Errorf("%s: %+v, want %s", name, got, c.code)
		}
	}
}

func TestPlacementQuestionsAreListed(t *testing.T) {
	o := newPlacing(t)
	answer := ask(t, o.server, api.Request{Query: `{ placementQuestions(first: 10) { pairs totalCount nodes { purpose item company { name } link { code } companies flips probability evidence { en } } pageInfo { hasNextPage } }
		placements(region: "杭州", outcome: CONFIRMED) { region { code } confirmed underReview read silent nodes { company { name } } } }`, Identity: strategist})
	data, ok := answer["data"].(map[string]any)
	if !ok {
		t.Fatal(answer)
	}
	list := data["placementQuestions"].(map[string]any)
	first := list["nodes"].([]any)[0].(map[string]any)
	if list["pairs"] != 2. || first["item"] != "光刻胶销售" || first["companies"] != 2. || first["purpose"] != "SETTLE" {
		t.Errorf("%v", list)
	}
	p := data["placements"].(map[string]any)
	if p["confirmed"] != 2. || p["underReview"] != 1. {
		t.Errorf("%v", p)
	}
	viewer := ask(t, o.server, api.Request{Query: `{ placementQuestions { totalCount } }`, Identity: &access.Identity{Subject: "user:v", Role: "viewer"}})
	if firstCode(viewer) != "FORBIDDEN" {
		t.Errorf("a viewer gets %v", viewer)
	}
}
