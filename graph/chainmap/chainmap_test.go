package chainmap_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"liantu/graph"
	"liantu/graph/candidates"
	"liantu/graph/chainmap"
	"liantu/graph/counts"
	"liantu/graph/gaps"
	"liantu/graph/lines"
	"liantu/graph/projection"
	"liantu/graph/questiontest"
	"liantu/graph/ties"
	"liantu/graph/tuning"
)

// shown is how much a test has checked.
type shown struct{ links, parents, ties, outside, candidates, projects, targets, chainTargets int }

// TestMapsAreWhatTheQuestionsAnswer draws maps of random worlds and asks the questions of
// which they are made.
func TestMapsAreWhatTheQuestionsAnswer(t *testing.T) {
	var s shown
	for seed := range uint64(150) {
		r := rand.New(rand.NewPCG(seed, 47))
		p := questiontest.Picture(t, t, questiontest.Stream(t.Context(), t, questiontest.Generate(r)))
		region, peers, grade := questiontest.GenerateQuestion(r)
		for _, layer := range ties.Layers() {
			q := chainmap.Question{Region: region, Chain: "c1", Peers: peers, MinGrade: grade, Layer: layer}
			s.check(t, p, questiontest.GenerateSettings(r), q)
		}
	}
	if s.links < 1000 || s.parents < 300 || s.ties < 100 || s.outside < 20 || s.candidates < 1000 || s.projects < 100 || s.targets < 20 || s.chainTargets < 100 {
		t.Errorf("%+v: too little to show anything", s)
	}
	t.Logf("%+v", s)
}

// TestEveryChainOfZhejiang draws the chains of the sample pack.
func TestEveryChainOfZhejiang(t *testing.T) {
	p := questiontest.FrozenPicture(t)
	var s shown
	first, end := p.Range(projection.Chain)
	for chain := first; chain < end; chain++ {
		s.check(t, p, tuning.Default(), chainmap.Question{Region: "330000", Chain: p.Code(chain)})
	}
	t.Logf("%+v", s)
	if s.links < 500 || s.ties < 100 {
		t.Errorf("%+v", s)
	}
}

func (s *shown) check(t *testing.T, p *projection.Projection, settings tuning.Settings, q chainmap.Question) {
	t.Helper()
	m, err := chainmap.Ask(t.Context(), p, settings, q)
	if err != nil {
		t.Fatal(err)
	}
	asked := gaps.Question{Region: q.Region, Scope: []string{q.Chain}, Peers: q.Peers, MinGrade: q.MinGrade, Levels: lines.Leaves, WithEmpty: true, OrderBy: gaps.ByCode}
	leaves, err := gaps.Ask(t.Context(), p, settings, asked)
	if err != nil {
		t.Fatal(err)
	}
	asked.Levels = lines.All
	all, err := gaps.Ask(t.Context(), p, settings, asked)
	if err != nil {
		t.Fatal(err)
	}
	if *m.Leaves != *counts.Of(leaves.Verdicts) {
		t.Errorf("the leaves are %+v, want %+v", m.Leaves, counts.Of(leaves.Verdicts))
	}
	if len(m.Links) != len(all.Verdicts) {
		t.Fatalf("%d links, want %d", len(m.Links), len(all.Verdicts))
	}
	projects := map[projection.Vertex]bool{}
	place := map[projection.Vertex]int{}
	for i, l := range m.Links {
		place[l.Link] = i
	}
	for i, l := range m.Links {
		s.links++
		same := func(v *gaps.Verdict) bool {
			return v.Link == l.Link && v.State == l.State && v.Action == l.Action && v.Priority == l.Priority && v.Numbers == l.Numbers
		}
		if !slices.ContainsFunc(all.Verdicts, same) || l.Leaf != slices.ContainsFunc(leaves.Verdicts, same) {
			t.Errorf("%s is not what gaps lists, or its leaf %v", p.Code(l.Link), l.Leaf)
		}
		s.parent(t, p, m, place, i)
		n, sought, err := l.Candidates(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if want, possible := attracted(t, p, settings, q, l.Link); n != want || sought != possible {
			t.Errorf("%s: %d candidates, sought %v, want %d, %v", p.Code(l.Link), n, sought, want, possible)
		}
		own := map[projection.Vertex]bool{}
		for _, x := range l.Pipeline() {
			own[x.Project], projects[x.Project] = true, true
		}
		if l.Projects() != len(own) {
			t.Errorf("%s: %d projects, want %d", p.Code(l.Link), l.Projects(), len(own))
		}
		targets := wanted(p, m, func(scope projection.Vertex) bool { return slices.Contains(p.CountedAt(l.Link), scope) }, false)
		if l.Targets() != targets {
			t.Errorf("%s: %d targets, want %d", p.Code(l.Link), l.Targets(), targets)
		}
		s.candidates, s.projects, s.targets = s.candidates+n, s.projects+len(own), s.targets+targets
	}
	if m.Projects() != len(projects) {
		t.Errorf("%d projects, want %d", m.Projects(), len(projects))
	}
	targets := wanted(p, m, func(scope projection.Vertex) bool {
		_, drawn := place[scope]
		return drawn || scope == m.Chain || slices.Contains(p.EcosystemsOf(m.Chain), scope)
	}, true)
	if m.Targets() != targets {
		t.Errorf("%d targets of the chain, want %d", m.Targets(), targets)
	}
	s.chainTargets += targets
	s.checkTies(t, p, settings, q, m, place)
}

// parent checks that a link is part of the one that it is drawn below, which stands before it
// with nothing between them that is not below it.
func (s *shown) parent(t *testing.T, p *projection.Projection, m *chainmap.Map, place map[projection.Vertex]int, i int) {
	t.Helper()
	l := m.Links[i]
	parents := p.ParentsOf(l.Link)
	if l.Parent == projection.None {
		if !slices.Contains(parents, m.Chain) {
			t.Errorf("%s is no part of the chain itself", p.Code(l.Link))
		}
		return
	}
	s.parents++
	at, drawn := place[l.Parent]
	if !drawn || at >= i || !slices.Contains(parents, l.Parent) {
		t.Fatalf("%s is drawn below %s", p.Code(l.Link), p.Code(l.Parent))
	}
	for k := at + 1; k < i; k++ {
		if !slices.Contains(p.LinksAbove(m.Links[k].Link), l.Parent) {
			t.Errorf("%s stands between %s and its part %s", p.Code(m.Links[k].Link), p.Code(l.Parent), p.Code(l.Link))
		}
	}
	for _, other := range parents { // another parent below this one, or drawn before, would have had it
		k, drawn := place[other]
		if below := slices.Contains(p.LinksBelow(l.Parent), other); drawn && (below || k < at && !slices.Contains(p.LinksAbove(l.Parent), other)) && !slices.Contains(p.LinksBelow(l.Link), other) && other != l.Parent {
			t.Errorf("%s is drawn below %s and not below %s", p.Code(l.Link), p.Code(l.Parent), p.Code(other))
		}
	}
}

func attracted(t *testing.T, p *projection.Projection, settings tuning.Settings, q chainmap.Question, link projection.Vertex) (n int, sought bool) {
	t.Helper()
	answer, err := candidates.Ask(t.Context(), p, settings, candidates.Question{Region: q.Region, Link: string(p.ID(link)), MinGrade: q.MinGrade, Kind: candidates.Attract})
	if err != nil {
		t.Fatal(err)
	}
	return answer.Len(), len(answer.NotSought) == 0
}

// wanted counts companies by the TARGETS edges, as the package comment says.
func wanted(p *projection.Projection, m *chainmap.Map, about func(projection.Vertex) bool, charged bool) int {
	found := map[projection.Vertex]bool{}
	for number := range int32(p.EdgeCount(projection.Targets)) {
		edge, force, company := p.Edge(projection.Targets, number)
		invented, _ := edge.Get("synthetic")
		status, _ := edge.Get("status")
		if !p.Current(projection.Targets, number) || !p.Active(company) || status == "EXCLUDED" || (invented == true || p.Synthetic(force)) && !p.Synthetic(company) {
			continue
		}
		ours, stated := false, []projection.Vertex(nil)
		charges := p.Out(projection.InChargeOf, force)
		var scopes []projection.Vertex
		for i, scope := range charges.Others {
			switch {
			case !p.Current(projection.InChargeOf, charges.Edges[i]):
			case p.Kind(scope) == projection.Region:
				a, b := p.AreaOf(scope), p.AreaOf(m.Region)
				ours = ours || projection.Within(a, b) || projection.Within(b, a)
			default:
				scopes = append(scopes, scope)
			}
		}
		text, _ := edge.Get("link")
		named, _ := text.(string)
		for _, one := range strings.FieldsFunc(named, func(r rune) bool { return strings.ContainsRune("、，/", r) }) {
			for _, kind := range []string{projection.Link, projection.Chain, projection.Ecosystem} {
				if v, err := p.Lookup(one, kind); err == nil {
					stated = append(stated, v)
					break
				}
			}
		}
		if len(stated) == 0 && charged {
			stated = scopes
		}
		if ours && slices.ContainsFunc(stated, about) {
			found[company] = true
		}
	}
	return len(found)
}

func (s *shown) checkTies(t *testing.T, p *projection.Projection, settings tuning.Settings, q chainmap.Question, m *chainmap.Map, place map[projection.Vertex]int) {
	t.Helper()
	layers, err := m.Layers(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	for i, layer := range ties.Layers() {
		want, err := ties.LayerTiesOf(t.Context(), p, settings, ties.LayerQuestion{Scope: []string{q.Chain}, Layer: layer, MinGrade: q.MinGrade})
		if err != nil {
			t.Fatal(err)
		}
		var within []string
		for _, x := range want.Ties {
			_, from := place[x.From]
			if _, to := place[x.To]; from && to {
				within = append(within, fmt.Sprint(x))
			}
		}
		if got := layers[i]; got != (chainmap.Layer{Layer: layer, Ties: len(within), Outside: len(want.Ties) - len(within)}) {
			t.Errorf("%+v: want %d within of %d", got, len(within), len(want.Ties))
		}
		if layer != m.Layer {
			continue
		}
		var got []string
		for _, x := range m.Ties {
			got = append(got, fmt.Sprint(x))
		}
		if !slices.Equal(got, within) || m.TiesLeft != 0 || m.TiesOutside != len(want.Ties)-len(within) {
			t.Errorf("%s: ties %v, %d outside, %d left; want %v", layer, got, m.TiesOutside, m.TiesLeft, within)
		}
		s.ties, s.outside = s.ties+len(got), s.outside+m.TiesOutside
	}
}

const smallGraph = `
region 100000 全国
region 330000 浙江省
region 330100 杭州市
region 440000 广东省
ecosystem aiot 智能物联
ecosystem other 其他
chain car 汽车 in aiot
chain toy 玩具 in other
link car.b 后段 in car position=DOWNSTREAM
link car.p 前段 in car position=UPSTREAM
link car.a 未定 in car
link car.a.1 甲件 in car.p
link toy.a 木料 in toy
force F1 我方专班
force F2 外地专班
force F3 全链专班
in_charge_of F1 330100
in_charge_of F2 440000
in_charge_of F2 car
in_charge_of F3 330000
in_charge_of F3 aiot
companies 企 12 at 440000 in car.a.1
company 歇业 at 440000 in car.a.1 status=DEREGISTERED
targets F1 企1 link=car.a.1
targets F1 企2 link=甲件、木料
targets F1 企3 link=car.a.1 status=EXCLUDED
targets F2 企4 link=car.a.1
targets F1 歇业 link=car.a.1
targets F1 企5 link=汽车
targets F1 企6 link=toy.a
targets F3 企7
targets F3 企8 link=没有的
targets F3 企1 link=前段
targets F1 企9
targets F1 企10 link=其他
targets F1 企11 link=car.a.1 valid_to=2001
project P1 首个项目 stage=TALKS
`

// TestTargets counts targets by the rules one by one: wanted for the link, for two things,
// excluded, of elsewhere, of a company that is not active, for the chain, for another chain,
// by those in charge of the ecosystem, for nothing that is known, twice, by those in charge
// of no chain, for another ecosystem, no more.
func TestTargets(t *testing.T) {
	p := questiontest.TextPicture(t, smallGraph)
	m, err := chainmap.Ask(t.Context(), p, tuning.Default(), chainmap.Question{Region: "杭州", Chain: "汽车"})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, l := range m.Links {
		n, _, err := l.Candidates(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, fmt.Sprintf("%s %d of %d", p.Code(l.Link), l.Targets(), n))
	}
	if text, want := strings.Join(got, ", "), "car.p 2 of 11, car.a.1 2 of 11, car.b 0 of 0, car.a 0 of 0"; text != want {
		t.Errorf("%s, want %s", text, want)
	}
	if n := m.Targets(); n != 5 { // 企1 企2 企5 企7 企8
		t.Errorf("%d targets of the chain, want 5", n)
	}
}

// TestTreeOfACircle draws links of which each is part of the other, and one that is part of a
// link and of a part of it.
func TestTreeOfACircle(t *testing.T) {
	p := questiontest.TextPicture(t, smallGraph+`
link car.c 环甲 in car
link car.d 环乙 in car.c
part_of car.c car.d
part_of car.d car
link car.aa 深处 in car.p
part_of car.aa car.a.1
`)
	m, err := chainmap.Ask(t.Context(), p, tuning.Default(), chainmap.Question{Region: "330000", Chain: "car"})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, l := range m.Links {
		parent := "-"
		if l.Parent != projection.None {
			parent = p.Code(l.Parent)
		}
		got = append(got, p.Code(l.Link)+"<"+parent)
	}
	if text, want := strings.Join(got, " "), "car.p<- car.a.1<car.p car.aa<car.a.1 car.b<- car.a<- car.c<- car.d<car.c"; text != want {
		t.Errorf("%s, want %s", text, want)
	}
}

// TestManyTies has more ties than a map holds.
func TestManyTies(t *testing.T) {
	var text strings.Builder
	text.WriteString(smallGraph)
	const links = 50
	for i := range links {
		fmt.Fprintf(&text, "link car.n%02d 件%d in car\n", i, i)
	}
	for i := range links {
		for k := range links {
			if i != k {
				fmt.Fprintf(&text, "feeds car.n%02d car.n%02d\n", i, k)
			}
		}
	}
	p := questiontest.TextPicture(t, text.String())
	m, err := chainmap.Ask(t.Context(), p, tuning.Default(), chainmap.Question{Region: "330000", Chain: "car"})
	if err != nil {
		t.Fatal(err)
	}
	if len(m.Ties) != chainmap.MaxTies || m.TiesLeft != links*(links-1)-chainmap.MaxTies {
		t.Errorf("%d ties, %d left", len(m.Ties), m.TiesLeft)
	}
}

// TestMapsOfNothing asks for what there is not, or too much.
func TestMapsOfNothing(t *testing.T) {
	var large strings.Builder
	large.WriteString(smallGraph)
	for i := range chainmap.MaxLinks - 1 {
		fmt.Fprintf(&large, "link toy.%d 件%d in toy\n", i, i)
	}
	p := questiontest.TextPicture(t, large.String())
	ask := func(q chainmap.Question) error {
		_, err := chainmap.Ask(t.Context(), p, tuning.Default(), q)
		return err
	}
	if err := ask(chainmap.Question{Region: "330000", Chain: "toy"}); err != nil {
		t.Errorf("as many links as there may be: %v", err)
	}
	for name, q := range map[string]chainmap.Question{
		"layer": {Region: "330000", Chain: "car", Layer: "NONE"}, "grade": {Region: "330000", Chain: "car", MinGrade: "Z"},
	} {
		if err := ask(q); !errors.Is(err, graph.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	var missing *projection.NotFoundError
	for name, q := range map[string]chainmap.Question{
		"region": {Region: "999999", Chain: "car"}, "chain": {Region: "330000", Chain: "aiot"}, "peer": {Region: "330000", Chain: "car", Peers: []string{"999999"}},
	} {
		if err := ask(q); !errors.As(err, &missing) {
			t.Errorf("%s: %v", name, err)
		}
	}
	large.WriteString("link toy.more 再加 in toy\n")
	p = questiontest.TextPicture(t, large.String())
	if err := ask(chainmap.Question{Region: "330000", Chain: "toy"}); !errors.Is(err, graph.ErrInvalid) || !strings.Contains(err.Error(), "2001") {
		t.Errorf("one link too many: %v", err)
	}
}
