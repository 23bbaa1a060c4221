package introductions_test

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"liantu/graph"
	"liantu/graph/gaps"
	"liantu/graph/introductions"
	"liantu/graph/lines"
	"liantu/graph/projection"
	"liantu/graph/questiontest"
	"liantu/graph/tuning"
)

// TestIntroductionsEqualOracle compares the search with a listing of all paths
// on 500 random graphs.
func TestIntroductionsEqualOracle(t *testing.T) {
	paths, longest := 0, 0
	for seed := range uint64(500) {
		r := rand.New(rand.NewPCG(seed, 7))
		batch := questiontest.GenerateTies(r)
		p := questiontest.Picture(t, t, questiontest.Stream(t.Context(), t, batch))
		q := introductions.Question{
			Region: []string{"330000", "330100", "100000"}[r.IntN(3)], Company: fmt.Sprint("企业", r.IntN(6)),
			Most: []int{1, 3, 10, 1000}[r.IntN(4)], MinGrade: graph.GradeD, Today: "2024-07-15",
		}
		answer, err := introductions.Ask(t.Context(), p, questiontest.SmallSettings(), q)
		if err != nil {
			t.Fatal(err)
		}
		want := questiontest.Paths(p, questiontest.SmallSettings().Introductions, q)
		got := make([]questiontest.Path, 0, len(answer.Introductions))
		for _, i := range answer.Introductions {
			got = append(got, pathOf(p, i))
			longest = max(longest, len(i.Hops))
		}
		paths += len(got)
		comparePaths(t, seed, got, want[:min(len(want), q.Most)])
	}
	if paths < 2000 || longest != introductions.MaxHops {
		t.Errorf("only %d paths of at most %d hops; the graphs are too poor to prove anything", paths, longest)
	}
}

// TestTargetsEqualOracle compares the strongest paths to all candidates for a link,
// and from a person to those for all gaps, with a listing of all paths.
func TestTargetsEqualOracle(t *testing.T) {
	targets := 0
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 11))
		p := questiontest.Picture(t, t, questiontest.Stream(t.Context(), t, questiontest.GenerateTies(r)))
		for _, q := range []introductions.Question{{Link: "c.l1"}, {Person: fmt.Sprint("P", r.IntN(7))}} {
			q.Region, q.MinGrade, q.Most = "330000", graph.GradeD, []int{1, 2, 100}[r.IntN(3)]
			answer, err := introductions.Ask(t.Context(), p, questiontest.SmallSettings(), q)
			if err != nil {
				t.Fatal(err)
			}
			var got, want []float64
			for _, i := range answer.Introductions {
				got = append(got, i.Score)
			}
			for _, target := range waysOf(t, p, q) {
				q.Company = target.company
				if paths := questiontest.Paths(p, questiontest.SmallSettings().Introductions, q); len(paths) > 0 {
					want = append(want, target.weight*paths[0].Strength)
				}
			}
			slices.SortFunc(want, func(a, b float64) int { return cmp.Compare(b, a) })
			want = want[:min(len(want), q.Most)]
			targets += len(got)
			if !slices.EqualFunc(got, want, func(a, b float64) bool { return math.Abs(a-b) < 1e-8 }) {
				t.Fatalf("graph %d: %+v: scores %v instead of %v", seed, q, got, want)
			}
		}
	}
	if targets < 200 {
		t.Errorf("only %d targets; the graphs are too poor to prove anything", targets)
	}
}

type way struct {
	company string
	weight  float64
}

// waysOf lists the companies that a question about a link or a person considers.
func waysOf(t *testing.T, p *projection.Projection, q introductions.Question) []way {
	t.Helper()
	weights := map[string]float64{q.Link: 1}
	if q.Person != "" {
		weights = map[string]float64{}
		answer, err := gaps.Ask(t.Context(), p, questiontest.SmallSettings(), gaps.Question{
			Region: q.Region, Levels: lines.All,
			Actions: []gaps.Action{gaps.Build, gaps.Fill, gaps.Strengthen, gaps.Extend},
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range answer.Verdicts {
			weights[p.Code(v.Link)] = v.Priority
		}
	}
	var targets []way
	for code, weight := range weights {
		link, err := p.Lookup(code, projection.Link)
		if err != nil {
			t.Fatal(err)
		}
		for _, company := range p.Presence(questiontest.SmallSettings().MinGrade).At(link) {
			if !projection.Within(p.PlaceOf(company), q.Region) {
				targets = append(targets, way{p.Caption(company), weight})
			}
		}
	}
	return targets
}

func pathOf(p *projection.Projection, i *introductions.Introduction) questiontest.Path {
	path := questiontest.Path{Strength: 1}
	for _, h := range i.Hops {
		path.Strength *= h.Strength
		path.Edges = append(path.Edges, h.Edge)
		path.Nodes = append(path.Nodes, p.ID(h.To))
	}
	return path
}

// comparePaths allows paths of equal strength to come in another order.
func comparePaths(t *testing.T, seed uint64, got, want []questiontest.Path) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("graph %d: %d paths instead of %d", seed, len(got), len(want))
	}
	for i := range got {
		if math.Abs(got[i].Strength-want[i].Strength) > 1e-9 {
			t.Fatalf("graph %d: path %d has the strength %v instead of %v", seed, i, got[i].Strength, want[i].Strength)
		}
	}
	order := func(a, b questiontest.Path) int { return cmp.Compare(fmt.Sprint(a.Nodes), fmt.Sprint(b.Nodes)) }
	weakest := 0.0
	if len(want) > 0 {
		weakest = want[len(want)-1].Strength
	}
	tied := func(x questiontest.Path) bool { return x.Strength < weakest+1e-9 }
	got, want = slices.DeleteFunc(got, tied), slices.DeleteFunc(want, tied)
	slices.SortFunc(got, order)
	slices.SortFunc(want, order)
	for i := range got {
		if order(got[i], want[i]) != 0 {
			t.Fatalf("graph %d: path over %v instead of %v", seed, got[i].Nodes, want[i].Nodes)
		}
	}
}

// TestIntroductionsRespectConsent checks every way in which consent can be missing.
func TestIntroductionsRespectConsent(t *testing.T) {
	tests := []struct {
		name  string
		props questiontest.Props
		today string
		want  int
	}{
		{"given", nil, "", 1},
		{"given for ever", nil, "2099-01-01", 1},
		{"not asked", questiontest.Props{"consent": "NOT_ASKED"}, "", 0},
		{"refused", questiontest.Props{"consent": "REFUSED"}, "", 0},
		{"withdrawn", questiontest.Props{"consent": "WITHDRAWN"}, "", 0},
		{"lapsed before the picture", questiontest.Props{"consent_until": "2024-06-29"}, "", 0},
		{"lapses on the day of the picture", questiontest.Props{"consent_until": "2024-06-30"}, "", 1},
		{"lapses in the month", questiontest.Props{"consent_until": "2024-07"}, "2024-07-31", 1},
		{"lapsed since", questiontest.Props{"consent_until": "2024-07-31"}, "2024-08-01", 0},
	}
	for _, test := range tests {
		b := questiontest.NewTown()
		who := b.Person("P1", test.props)
		b.Edge("NATIVE_OF", who, b.Place, nil)
		b.Edge("WORKS_AT", who, b.Target, nil)
		for _, q := range []introductions.Question{{Company: "深企"}, {Link: "c.l"}, {Person: "P1"}} {
			q.Region, q.Today = "330683", test.today
			if got := len(b.Ask(t, q).Introductions); got != test.want {
				t.Errorf("%s: %+v: %d introductions instead of %d", test.name, q, got, test.want)
			}
		}
		// Nor does a path lead through such a person.
		friend := b.Person("P2", nil)
		b.Edge("NATIVE_OF", friend, b.Place, nil)
		b.Edge("KNOWS", friend, who, nil)
		q := introductions.Question{Region: "330683", Company: "深企", Today: test.today}
		if got := len(b.Ask(t, q).Introductions); got != 2*test.want {
			t.Errorf("%s: %d introductions by way of a friend instead of %d", test.name, got, 2*test.want)
		}
	}
}

// TestIntroductionsNeedOverlap checks that two people who worked for one company
// at different times do not know each other from there.
func TestIntroductionsNeedOverlap(t *testing.T) {
	tests := []struct {
		a, b questiontest.Props
		want int
	}{
		{questiontest.Props{"valid_from": "2010", "valid_to": "2012"}, questiontest.Props{"valid_from": "2013", "valid_to": "2015"}, 0},
		{questiontest.Props{"valid_from": "2010", "valid_to": "2013"}, questiontest.Props{"valid_from": "2013-06", "valid_to": "2015"}, 1},
		{nil, nil, 1}, // both are there today
		{nil, questiontest.Props{"valid_to": "2015"}, 0},                                      // the first may have come later
		{questiontest.Props{"valid_from": "2014"}, questiontest.Props{"valid_to": "2015"}, 1}, // the second was there in 2015
		{questiontest.Props{"valid_to": "2015"}, questiontest.Props{"valid_to": "2014"}, 0},
	}
	for i, test := range tests {
		b := questiontest.NewTown()
		mill := b.Node("Company", questiontest.Props{"name": "老厂"})
		first, second := b.Person("P1", nil), b.Person("P2", nil)
		b.Edge("NATIVE_OF", first, b.Place, nil)
		for person, props := range map[graph.Key]questiontest.Props{first: test.a, second: test.b} {
			b.Edge("WORKS_AT", person, mill, props)
		}
		b.Edge("WORKS_AT", second, b.Target, questiontest.Props{"post": "总经理"})
		answer := b.Ask(t, introductions.Question{Region: "330683", Company: "深企"})
		if got := len(answer.Introductions); got != test.want {
			t.Errorf("case %d: %d introductions instead of %d", i, got, test.want)
		}
	}
}

func TestIntroductionsStateFormerPosts(t *testing.T) {
	b := questiontest.NewTown()
	who := b.Person("P1", nil)
	b.Edge("NATIVE_OF", who, b.Place, nil)
	b.Edge("WORKS_AT", who, b.Target, questiontest.Props{"valid_from": "2010", "valid_to": "2019-06-30", "influence": "DECIDES", "post": "董事长"})
	hop := b.Ask(t, introductions.Question{Region: "330683", Company: "深企"}).Introductions[0].Hops[1]
	if !hop.Former || hop.Since != "" || hop.Until != "" || !strings.Contains(hop.Text.Zh, "曾任职于") || !strings.Contains(hop.Text.En, "used to work at") || strings.Contains(hop.Text.En, "2019") {
		t.Errorf("hop %+v", hop)
	}
	if want := 0.9 * 0.5 * 0.5; math.Abs(hop.Strength-want) > 0.001 { // former, and one half-life ago
		t.Errorf("strength %v instead of %v", hop.Strength, want)
	}
}

// TestIntroductionsNameNobody checks that no text of an answer holds a personal
// fact.
func TestIntroductionsNameNobody(t *testing.T) {
	b := questiontest.NewTown()
	who := b.Person("P1", questiontest.Props{"name": "秘名甲", "phone": "10000000009", "employer": "某单位", "description": "备注在此"})
	b.Edge("NATIVE_OF", who, b.Place, questiontest.Props{"tie": "BIRTH"})
	friend := b.Person("", questiontest.Props{"name": "秘名乙", "phone": "10000000008"})
	b.Edge("KNOWS", who, friend, questiontest.Props{"last_contact": "2023-05-06", "closeness": "CLOSE"})
	b.Edge("WORKS_AT", friend, b.Target, questiontest.Props{"post": "首席某官"})
	answer := b.Ask(t, introductions.Question{Region: "330683", Link: "c.l"})
	text := fmt.Sprintf("%+v", *answer.Introductions[0])
	for _, secret := range []string{"秘名", "10000000", "某单位", "备注", "首席", "2023-05-06"} {
		if strings.Contains(text, secret) {
			t.Errorf("%q is in the text: %s", secret, text)
		}
	}
	if !answer.Synthetic || answer.Introductions[0].Ask.Asker.Zh == "" {
		t.Errorf("answer %+v", answer)
	}
}

func TestIntroductionsHideWhatIsNotVisible(t *testing.T) {
	b := questiontest.NewTown()
	who := b.Person("P1", nil)
	b.Edge("NATIVE_OF", who, b.Place, nil)
	b.Edge("WORKS_AT", who, b.Target, nil)
	p := questiontest.Picture(t, t, questiontest.Stream(t.Context(), t, b.Batch()))
	hidden := func(v projection.Vertex) bool { return p.Kind(v) != projection.Person }
	q := introductions.Question{Region: "330683", Company: "深企", Visible: hidden}
	answer, err := introductions.Ask(t.Context(), p, questiontest.SmallSettings(), q)
	if err != nil || len(answer.Introductions) != 0 {
		t.Errorf("%d introductions, error %v", len(answer.Introductions), err)
	}
	q.Company, q.Person = "", "P1"
	_, err = introductions.Ask(t.Context(), p, questiontest.SmallSettings(), q)
	q.Person = "P9"
	_, unknown := introductions.Ask(t.Context(), p, questiontest.SmallSettings(), q)
	if !errors.Is(err, graph.ErrNotFound) || strings.ReplaceAll(unknown.Error(), "P9", "P1") != err.Error() {
		t.Errorf("a hidden person gives %v, an unknown one %v", err, unknown)
	}
}

func TestIntroductionsRefuse(t *testing.T) {
	b := questiontest.NewTown()
	p := questiontest.Picture(t, t, questiontest.Stream(t.Context(), t, b.Batch()))
	for says, q := range map[string]introductions.Question{
		"just one of":      {Region: "330683"},
		"link and person":  {Region: "330683", Company: "深企", Link: "c.l"},
		`region "nowhere"`: {Region: "nowhere", Company: "深企"},
		`company "无"`:      {Region: "330683", Company: "无"},
		`person "示例P1"`:    {Region: "330683", Person: "示例P1"},
		`grade "Z"`:        {Region: "330683", Company: "深企", MinGrade: "Z"},
		"not an ISO date":  {Region: "330683", Company: "深企", Today: "today"},
	} {
		if _, err := introductions.Ask(t.Context(), p, questiontest.SmallSettings(), q); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%+v: got error %v", q, err)
		}
	}
}

// TestConsentOfAnEarlierDay asks for paths of 2022 by somebody who consented then, until a day
// before and after that of all facts, and by somebody who consents only now.
func TestConsentOfAnEarlierDay(t *testing.T) {
	for _, test := range []struct {
		name             string
		then, since      questiontest.Props
		paths, pathsOnce int // of all facts and of 2022
	}{
		{"given", questiontest.Props{"consent": "GIVEN"}, nil, 1, 1},
		{"lapsed since", questiontest.Props{"consent": "GIVEN", "consent_until": "2023"}, nil, 0, 0},
		{"ended since", questiontest.Props{"consent": "GIVEN"}, questiontest.Props{"consent_until": "2023"}, 0, 0},
		{"lapses later", questiontest.Props{"consent": "GIVEN", "consent_until": "2030"}, nil, 1, 1},
		{"withdrawn since", questiontest.Props{"consent": "GIVEN"}, questiontest.Props{"consent": "WITHDRAWN"}, 0, 0},
		{"given since", questiontest.Props{"consent": "REFUSED"}, questiontest.Props{"consent": "GIVEN"}, 1, 0},
	} {
		b := questiontest.NewTown()
		b.Provenance.AsOf = "2020"
		code := questiontest.Props{"code": "P1", "name": "示例"}
		who := b.Node("Person", with(code, test.then))
		b.Edge("NATIVE_OF", who, b.Place, nil)
		b.Edge("WORKS_AT", who, b.Target, nil)
		b.Provenance.AsOf = "2024-06-30"
		b.Node("Person", with(code, test.since))
		b.Node("Company", questiontest.Props{"name": "深企"})
		all := questiontest.Picture(t, t, questiontest.Store(t, t, b.Batch()))
		then, err := all.On(t.Context(), "2022")
		if err != nil {
			t.Fatal(err)
		}
		for _, of := range []struct {
			picture *projection.Projection
			want    int
		}{{all, test.paths}, {then, test.pathsOnce}} {
			answer, err := introductions.Ask(t.Context(), of.picture, tuning.Default(), introductions.Question{Region: "330683", Company: "深企"})
			if err != nil {
				t.Fatalf("%s: %v", test.name, err)
			}
			if got := len(answer.Introductions); got != of.want {
				t.Errorf("%s: %d paths as of %s, want %d", test.name, got, of.picture.AsOf(), of.want)
			}
		}
	}
}

// with joins properties.
func with(a, b questiontest.Props) questiontest.Props {
	all := maps.Clone(a)
	maps.Copy(all, b)
	return all
}
