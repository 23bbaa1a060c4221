package candidates_test

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"liantu/graph"
	"liantu/graph/candidates"
	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/graph/questiontest"
	"liantu/graph/tuning"
)

// TestCandidatesAddUp checks what must hold of every candidate, whatever the
// graph.
func TestCandidatesAddUp(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		p := questiontest.Picture(t, rt, questiontest.Store(t, rt, questiontest.Random(rt)))
		region, _, grade := questiontest.RandomQuestion(rt)
		first, _ := p.Range(projection.Link)
		answer, err := candidates.Ask(t.Context(), p, tuning.Default(), candidates.Question{
			Region: region, Link: p.Code(first), MinGrade: grade,
		})
		if err != nil {
			rt.Fatal(err)
		}
		for i, c := range answer.First(answer.Len()) {
			checkCandidate(rt, p, answer, c)
			if i > 0 && c.Score > answer.Candidate(i-1).Score && c.SetBack == answer.Candidate(i-1).SetBack && answer.InHand == 0 {
				rt.Fatal("candidates are not in the order of their scores")
			}
		}
	})
}

func checkCandidate(rt *rapid.T, p *projection.Projection, answer *candidates.Answer, c *candidates.Candidate) {
	terms, reasons := 0.0, 0.0
	for _, term := range c.Terms {
		terms += term.Points
		_, known := term.Value.Get()
		if math.Signbit(term.Points) && (term.Points == 0 || term.Code != gaps.TermCommitment) || !known && term.Points != 0 {
			rt.Fatalf("term %+v", term)
		}
		if !known && !slices.Contains(c.Unknowns, term.Value.Why()) {
			rt.Fatalf("%s is not among what is unknown: %v", term.Value.Why(), c.Unknowns)
		}
	}
	for _, r := range c.Reasons {
		reasons += r.Points
		if r.Text.Zh == "" || r.Text.En == "" {
			rt.Fatalf("reason %s is not said in both languages", r.Code)
		}
	}
	if math.Abs(terms-c.Score) > 1e-12 || math.Abs(reasons-c.Score) > 1e-12 {
		rt.Fatalf("score %v, but terms add up to %v and reasons to %v", c.Score, terms, reasons)
	}
	inside := projection.Within(p.PlaceOf(c.Company), p.AreaOf(answer.Region))
	at := slices.Contains(p.Presence(answer.MinGrade).At(answer.Link), c.Company)
	if c.Kind == candidates.Grow != inside || inside && at || !inside && !at && c.InHand == nil {
		rt.Fatalf("%s: company inside %v, at the link %v", c.Kind, inside, at)
	}
}

func TestCandidatesRefuses(t *testing.T) {
	p := questiontest.SmallPicture(t)
	tests := []struct {
		question candidates.Question
		is       error
		says     string
	}{
		{candidates.Question{Region: "nowhere", Link: "chip.design"}, graph.ErrNotFound, `region "nowhere"`},
		{candidates.Question{Region: "330100", Link: "aiot"}, graph.ErrNotFound, `"aiot" is an ecosystem, not a link`},
		{candidates.Question{Region: "330100", Link: "chip.design", Kind: "BUY"}, graph.ErrInvalid, `kind "BUY"`},
		{candidates.Question{Region: "330100", Link: "chip.design", MinGrade: "Z"}, graph.ErrInvalid, `grade "Z"`},
		{candidates.Question{Region: "330100"}, graph.ErrInvalid, "no link is given"},
		{candidates.Question{Region: "330100", Links: []string{"chip.design", "nothing"}}, graph.ErrNotFound, `link "nothing"`},
		{candidates.Question{Region: "330100", Scope: []string{"chip.design"}}, graph.ErrNotFound, `"chip.design" is a link`},
		{candidates.Question{Region: "330100", Opportunity: "O9"}, graph.ErrNotFound, `opportunity "O9"`},
		{candidates.Question{Region: "330100", Link: "chip.design", Filters: candidates.Filters{Ownership: []string{"ALIEN"}}}, graph.ErrInvalid, `ownership "ALIEN"`},
		{candidates.Question{Region: "330100", Link: "chip.design", Filters: candidates.Filters{Places: []string{"nowhere"}}}, graph.ErrNotFound, `region "nowhere"`},
		{candidates.Question{Region: "330100", Link: "chip.design", Filters: candidates.Filters{Employees: -1}}, graph.ErrInvalid, "negative"},
	}
	for _, test := range tests {
		_, err := candidates.Ask(t.Context(), p, tuning.Default(), test.question)
		if !errors.Is(err, test.is) || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%+v: got error %v", test.question, err)
		}
	}
}

// TestCandidatesKnowWhoCanIntroduce checks ways to a company, that consent is
// respected, and that what a company has agreed to counts against it.
func TestCandidatesKnowWhoCanIntroduce(t *testing.T) {
	for consent, want := range map[string]float64{"GIVEN": 1, "REFUSED": 0.5, "": 0.5} {
		b := questiontest.NewBuilder()
		here := b.Node("Region", questiontest.Props{"code": "330100", "name": "杭州市"})
		there := b.Node("Region", questiontest.Props{"code": "440300", "name": "深圳市"})
		link := b.Node("Link", questiontest.Props{"code": "l", "name": "环节"})
		company := b.Node("Company", questiontest.Props{"name": "深企"})
		b.Edge("LOCATED_IN", company, there, questiontest.Props{"role": "REGISTERED"})
		b.Edge("OPERATES_IN", company, link, questiontest.Props{"revenue_share": 0.5})
		props := questiontest.Props{"code": "p1", "name": "示例乡贤", "synthetic": true}
		if consent != "" {
			props["consent"] = consent
		}
		person := b.Node("Person", props)
		b.Edge("NATIVE_OF", person, here, nil)
		b.Edge("WORKS_AT", person, company, nil)
		firm := b.Node("Intermediary", questiontest.Props{"name": "示例律所", "synthetic": true})
		b.Edge("COVERS", firm, here, nil)
		b.Edge("SERVES", firm, company, questiontest.Props{"service": "LAW_FIRM"})
		project := b.Node("Project", questiontest.Props{"code": "x1", "name": "项目", "stage": "TALKS"})
		b.Edge("INVOLVES", project, company, nil)
		b.Edge("LOCATED_IN", project, there, nil)
		b.Edge("FILLS", project, link, nil)
		p := questiontest.Picture(t, t, questiontest.Store(t, t, b.Batch()))
		answer, err := candidates.Ask(t.Context(), p, tuning.Default(), candidates.Question{Region: "330100", Link: "l"})
		if err != nil || answer.Len() != 1 {
			t.Fatalf("%d candidates, error %v", answer.Len(), err)
		}
		c := answer.Candidate(0)
		if got := c.Terms[5].Value.Or(-1); got != want {
			t.Errorf("consent %q: reach %v instead of %v", consent, got, want)
		}
		if got := c.Terms[6].Points; got != -0.3 {
			t.Errorf("a company in a project loses %v points", got)
		}
		for _, r := range c.Reasons {
			if strings.Contains(r.Text.Zh, "乡贤") && strings.Contains(r.Text.Zh, "示例") {
				t.Errorf("a person is named: %s", r.Text.Zh)
			}
		}
	}
}

// TestReachOfAnEarlierDay asks for the way to a company by somebody whose consent has lapsed
// since: it counts on no earlier day.
func TestReachOfAnEarlierDay(t *testing.T) {
	for until, want := range map[string]float64{"2023": -1, "2030": 1} {
		b := questiontest.NewBuilder()
		b.Provenance.AsOf = "2020"
		here := b.Node("Region", questiontest.Props{"code": "330100", "name": "杭州市"})
		there := b.Node("Region", questiontest.Props{"code": "440300", "name": "深圳市"})
		link := b.Node("Link", questiontest.Props{"code": "l", "name": "环节"})
		company := b.Node("Company", questiontest.Props{"name": "深企"})
		b.Edge("LOCATED_IN", company, there, questiontest.Props{"role": "REGISTERED"})
		b.Edge("OPERATES_IN", company, link, questiontest.Props{"revenue_share": 0.5})
		person := b.Node("Person", questiontest.Props{"code": "p1", "name": "示例乡贤", "synthetic": true, "consent": "GIVEN", "consent_until": until})
		b.Edge("NATIVE_OF", person, here, nil)
		b.Edge("WORKS_AT", person, company, nil)
		b.Provenance.AsOf = "2024"
		b.Node("Company", questiontest.Props{"name": "深企", "employees": int64(9)})
		then, err := questiontest.Picture(t, t, questiontest.Store(t, t, b.Batch())).On(t.Context(), "2022")
		if err != nil {
			t.Fatal(err)
		}
		answer, err := candidates.Ask(t.Context(), then, tuning.Default(), candidates.Question{Region: "330100", Link: "l"})
		if err != nil || answer.Len() != 1 {
			t.Fatalf("%d candidates, error %v", answer.Len(), err)
		}
		if got := answer.Candidate(0).Terms[5].Value.Or(-1); got != want {
			t.Errorf("consent until %s: reach %v instead of %v", until, got, want)
		}
	}
}
