package gaps_test

import (
	"errors"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"liantu/graph"
	"liantu/graph/area"
	"liantu/graph/gaps"
	"liantu/graph/lines"
	"liantu/graph/projection"
	"liantu/graph/questiontest"
	"liantu/graph/tuning"
)

// elsewhere is a province in which no random graph has a company.
const elsewhere = "650000"

// moved returns a batch in which companies are in another region, or are gone.
func moved(batch graph.Batch, to map[graph.Key]string, closed map[graph.Key]bool) graph.Batch {
	out := graph.Batch{Nodes: slices.DeleteFunc(slices.Clone(batch.Nodes), func(d graph.NodeDraft) bool {
		return slices.ContainsFunc(d.Keys, func(k graph.Key) bool { return closed[k] })
	})}
	for _, e := range batch.Edges {
		if closed[e.From] || closed[e.To] || e.Kind == "LOCATED_IN" && to[e.From] != "" {
			continue
		}
		out.Edges = append(out.Edges, e)
	}
	b := questiontest.NewBuilder()
	for company, code := range to {
		b.Edge("LOCATED_IN", company, graph.NewKey("Region", []string{"code"}, []string{code}), questiontest.Props{"role": "REGISTERED"})
	}
	out.Edges = append(out.Edges, b.Batch().Edges...)
	return out
}

// listed returns a batch in which the sources declare nothing but that two of them list
// the listed companies of the country, so that a company is a member wherever it is.
func listed(batch graph.Batch) graph.Batch {
	batch.Nodes = slices.DeleteFunc(slices.Clone(batch.Nodes), func(d graph.NodeDraft) bool { return d.Kind == projection.Source })
	b := questiontest.NewBuilder()
	for _, name := range []string{"a", "b"} {
		b.Source(questiontest.Props{"name": name, "population": "LISTED", "complete_in": []string{"100000"}})
	}
	batch.Nodes = append(batch.Nodes, b.Batch().Nodes...)
	return batch
}

// TestWhatIfIsTrue supposes that companies come and go, then really moves them
// in the graph, and asks again: what is counted must be what was predicted.
func TestWhatIfIsTrue(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		batch := listed(questiontest.Random(rt))
		far := questiontest.NewBuilder()
		far.Node("Region", questiontest.Props{"code": elsewhere, "name": "地区" + elsewhere})
		p := questiontest.Picture(t, rt, questiontest.Store(t, rt, batch, far.Batch()))
		region := rapid.SampledFrom([]string{"330100", "320500", "330106"}).Draw(rt, "region")
		q := gaps.WhatIfQuestion{Region: region, MinGrade: graph.GradeD}
		to, closed := map[graph.Key]string{}, map[graph.Key]bool{}
		first, end := p.Range(projection.Company)
		for v := first; v < end; v++ {
			if !p.Active(v) || rapid.IntRange(0, 5).Draw(rt, "moves") > 0 {
				continue
			}
			key, id := p.Node(v).Keys[0], string(p.ID(v))
			switch here := projection.Within(p.PlaceOf(v), region); {
			case !here:
				q.Land, to[key] = append(q.Land, id), region
			case rapid.Bool().Draw(rt, "closes"):
				q.Close, closed[key] = append(q.Close, id), true
			default:
				q.Leave, to[key] = append(q.Leave, id), elsewhere
			}
		}
		settings := questiontest.RandomSettings(rt)
		predicted, err := gaps.WhatIf(t.Context(), p, settings, q)
		if len(to)+len(closed) == 0 {
			if !errors.Is(err, graph.ErrInvalid) {
				rt.Fatalf("nothing is supposed: error %v", err)
			}
			return
		}
		if err != nil {
			rt.Fatal(err)
		}
		after := questiontest.Picture(t, rt, questiontest.Store(t, rt, far.Batch(), moved(batch, to, closed)))
		answer, err := gaps.Ask(t.Context(), after, settings, gaps.Question{Region: region, MinGrade: graph.GradeD, OrderBy: gaps.ByCode, Levels: lines.All})
		if err != nil {
			rt.Fatal(err)
		}
		if answer.Coverage != predicted.After {
			rt.Fatalf("coverage %+v, predicted %+v", answer.Coverage, predicted.After)
		}
		for _, real := range answer.Verdicts {
			link, err := p.Lookup(string(after.ID(real.Link)), projection.Link)
			if err != nil {
				rt.Fatal(err)
			}
			said := predicted.Verdict(link)
			compareSupposed(rt, p, said, real)
		}
	})
}

// compareSupposed compares what does not depend on a new fit to the whole
// country.
func compareSupposed(rt *rapid.T, p *projection.Projection, said, real *gaps.Verdict) {
	x, y := &said.Numbers, &real.Numbers
	counts := func(v *gaps.Verdict) []any {
		return []any{v.Numbers.Companies, v.Numbers.Anchors, v.Comparable.Coverage, v.Comparable.Reference, v.Naming != nil}
	}
	if got, want := counts(said), counts(real); !slices.Equal(got, want) {
		rt.Fatalf("%s: counts %v, predicted %v", p.Code(said.Link), want, got)
	}
	figures := func(n *gaps.Numbers) []gaps.Figure {
		return []gaps.Figure{
			n.Expected, n.LQ, n.Top1, n.CapacityLQ, n.PullDown, n.PullUp, n.Leaked, n.ChainPresence, n.Share,
			n.FrameCompanies, n.ReferenceCompanies, n.ReferenceAnchors,
		}
	}
	for k, want := range figures(y) {
		got := figures(x)[k]
		if got.Why() != want.Why() || math.Abs(got.Or(0)-want.Or(0)) > 1e-9*(1+math.Abs(want.Or(0))) {
			rt.Fatalf("%s: figure %d is %v %s, predicted %v %s", p.Code(said.Link), k, want.Or(0), want.Why(), got.Or(0), got.Why())
		}
	}
}

// TestWhatIfChangesNothing asks before, supposes, and asks again.
func TestWhatIfChangesNothing(t *testing.T) {
	p := questiontest.TextPicture(t, whatIfGraph)
	settings := questiontest.SmallSettings()
	ask := func() []gaps.State {
		answer, err := gaps.Ask(t.Context(), p, settings, gaps.Question{Region: "330100", OrderBy: gaps.ByCode, Levels: lines.All})
		if err != nil {
			t.Fatal(err)
		}
		var states []gaps.State
		for _, v := range answer.Verdicts {
			states = append(states, v.State)
		}
		return states
	}
	before := ask()
	answer, err := gaps.WhatIf(t.Context(), p, settings, gaps.WhatIfQuestion{Region: "330100", Land: []string{"深胶"}})
	if err != nil {
		t.Fatal(err)
	}
	if after := ask(); !slices.Equal(before, after) {
		t.Errorf("states %v, before %v", after, before)
	}
	if len(answer.Shifts) == 0 || p.Code(answer.Shifts[0].Link) != "chip.resist" || answer.Shifts[0].Before.State != gaps.Absent {
		t.Errorf("shifts %+v, want the state of chip.resist first", answer.Shifts)
	}
	if len(answer.Nearer) != 1 || p.Caption(answer.Nearer[0].Buyer) != "杭芯" || p.Caption(answer.Nearer[0].Supplier) != "深胶" {
		t.Errorf("nearer %+v, want 杭芯 with 深胶", answer.Nearer)
	}
}

const whatIfGraph = `
source test population=LISTED complete_in=100000
region 100000 全国
region 330000 浙江省 short_name=浙江
region 330100 杭州市 short_name=杭州
region 440000 广东省 short_name=广东
region 440300 深圳市 short_name=深圳
ecosystem aiot 智能物联
chain chip 集成电路 in aiot
link chip.resist 光刻胶 in chip
link chip.fab 制造 in chip
feeds chip.resist chip.fab
company 杭芯 at 330100 in chip.fab employees=500
company 杭片 at 330100 in chip.fab employees=400
company 深胶 at 440300 in chip.resist employees=300
company 深胶二 at 440300 in chip.resist employees=200
supplies 深胶 杭芯
`

func TestWhatIfRefuses(t *testing.T) {
	p := questiontest.TextPicture(t, whatIfGraph)
	for name, q := range map[string]gaps.WhatIfQuestion{
		"nothing":        {Region: "330100"},
		"lands at home":  {Region: "330100", Land: []string{"杭芯"}},
		"leaves abroad":  {Region: "330100", Leave: []string{"深胶"}},
		"closes abroad":  {Region: "330100", Close: []string{"深胶"}},
		"two at once":    {Region: "330100", Leave: []string{"杭芯"}, Close: []string{"杭芯"}},
		"wrong grade":    {Region: "330100", Land: []string{"深胶"}, MinGrade: "E"},
		"unknown region": {Region: "999999", Land: []string{"深胶"}},
		"unknown company": {
			Region: "330100", Land: []string{"无此企业"},
		},
	} {
		if _, err := gaps.WhatIf(t.Context(), p, tuning.Default(), q); !errors.Is(err, graph.ErrInvalid) && !errors.Is(err, graph.ErrNotFound) {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

// TestCompareIsAskSideBySide holds a comparison against one question a region,
// and the quadrants against their words.
func TestCompareIsAskSideBySide(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		p := questiontest.Picture(t, rt, questiontest.Store(t, rt, questiontest.Random(rt)))
		regions := rapid.SliceOfNDistinct(rapid.SampledFrom(questiontest.Regions), 1, 4, rapid.ID).Draw(rt, "regions")
		c, err := gaps.Compare(t.Context(), p, tuning.Default(), gaps.CompareQuestion{Scope: []string{"c1"}, Regions: regions, Peers: 2, MinGrade: graph.GradeD, Levels: lines.All})
		if err != nil {
			rt.Fatal(err)
		}
		if len(c.Regions) < len(regions) || len(c.Regions) > len(regions)+2 || len(c.Coverage) != len(c.Regions) {
			rt.Fatalf("%d regions of %d", len(c.Regions), len(regions))
		}
		for k, region := range c.Regions {
			answer, err := gaps.Ask(t.Context(), p, tuning.Default(), gaps.Question{Region: string(p.ID(region)), Scope: []string{"c1"}, MinGrade: graph.GradeD, OrderBy: gaps.ByCode, WithEmpty: true, Levels: lines.All})
			if err != nil {
				rt.Fatal(err)
			}
			if len(answer.Verdicts) != len(c.Links) {
				rt.Fatalf("%d links, %d asked for", len(c.Links), len(answer.Verdicts))
			}
			for i, v := range answer.Verdicts {
				got := c.Cells[i][k]
				if got.Link != v.Link || got.Numbers.Companies != v.Numbers.Companies {
					rt.Fatalf("%s in %s: %d companies, asked alone %d", p.Code(v.Link), p.Code(region), got.Numbers.Companies, v.Numbers.Companies)
				}
				if !sameFrame(got.Comparable, c.Cells[i][0].Comparable) {
					rt.Fatalf("%s: compared in %+v and %+v", p.Code(v.Link), got.Comparable, c.Cells[i][0].Comparable)
				}
				if sameFrame(got.Comparable, v.Comparable) && (got.State != v.State || got.Priority != v.Priority || got.Numbers.Mean != v.Numbers.Mean) {
					rt.Fatalf("%s in %s: %s, asked alone %s", p.Code(v.Link), p.Code(region), got.State, v.State)
				}
			}
		}
		for i, at := range c.Quadrants {
			checkQuadrant(rt, c.Cells[i][0], at)
		}
	})
}

// sameFrame reports whether two frames are of one population and scope.
func sameFrame(a, b *gaps.Frame) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Population == b.Population && slices.Equal(a.Scope, b.Scope)
}

func checkQuadrant(rt *rapid.T, v *gaps.Verdict, at gaps.Placement) {
	rank, known := v.Numbers.DensityRank.Get()
	want := map[[2]bool]gaps.Quadrant{{true, true}: gaps.Strength, {false, true}: gaps.Opportunity, {true, false}: gaps.Threat, {false, false}: gaps.Weakness}[[2]bool{
		v.State == gaps.Adequate || v.State == gaps.Strong, rank >= 0.5-1e-9,
	}]
	if slices.Contains([]gaps.State{gaps.Empty, gaps.Unknown, gaps.Present}, v.State) || !known {
		want = ""
	}
	if at.Quadrant != want || (at.Why == "") != (want != "") {
		rt.Fatalf("state %s, rank %v: quadrant %q, why %q; want %q", v.State, rank, at.Quadrant, at.Why, want)
	}
}

func TestPeersAreAlike(t *testing.T) {
	p := questiontest.TextPicture(t, `
region 100000 全国
region 330000 浙江省
region 330100 杭州市
region 330200 宁波市
region 330300 温州市
region 320000 江苏省
region 320500 苏州市
chain c 链
link c.a 甲 in c
companies 杭 10 at 330100 in c.a
companies 甬 4 at 330200 in c.a
companies 温 1 at 330300 in c.a
companies 苏 25 at 320500 in c.a
`)
	var names []string
	peersOf := func(code string, n int) []projection.Vertex {
		peers, err := area.PeersOf(t.Context(), p, "", graph.GradeC, p.RegionByCode(code), n)
		if err != nil {
			t.Fatal(err)
		}
		return peers
	}
	for _, r := range peersOf("330100", 2) {
		names = append(names, p.Caption(r))
	}
	// 10 to 4 and 25 to 10 are the same ratio; the first by code comes first.
	if !slices.Equal(names, []string{"苏州市", "宁波市"}) {
		t.Errorf("peers %v", names)
	}
	if peers := peersOf("320000", 5); len(peers) != 1 || p.Code(peers[0]) != "330000" {
		t.Errorf("peers %v of a province", peers)
	}
}
