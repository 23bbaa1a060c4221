package matrix_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"liantu/graph"
	"liantu/graph/area"
	"liantu/graph/counts"
	"liantu/graph/gaps"
	"liantu/graph/lines"
	"liantu/graph/matrix"
	"liantu/graph/projection"
	"liantu/graph/questiontest"
	"liantu/graph/tuning"
)

// shown is how much a test has checked.
type shown struct{ cells, quotients, framed, same, differ int }

// TestCellsAreWhatGapsAnswers asks for matrices of random worlds and asks gaps for each
// region and chain.
func TestCellsAreWhatGapsAnswers(t *testing.T) {
	var s shown
	whys := map[gaps.Code]int{}
	for seed := range uint64(120) {
		r := rand.New(rand.NewPCG(seed, 43))
		p := questiontest.Picture(t, t, questiontest.Stream(t.Context(), t, questiontest.Generate(r)))
		_, reference, grade := questiontest.GenerateQuestion(r)
		settings := questiontest.GenerateSettings(r)
		for _, levels := range lines.Choices() {
			q := matrix.Question{Reference: reference, MinGrade: grade, Levels: levels}
			if r.IntN(2) == 0 {
				q.Within = questiontest.Regions[r.IntN(3)]
			} else {
				q.Regions = questiontest.Regions
			}
			s.check(t, p, settings, q, whys)
		}
	}
	if s.cells < 2000 || s.quotients < 100 || s.same < 20 || s.differ < 100 || whys[gaps.NoFrame] == 0 || whys[gaps.TooFew] == 0 || whys[gaps.NoReference] == 0 {
		t.Errorf("%+v, unknown %v: too few to show anything", s, whys)
	}
	t.Logf("%+v, unknown %v", s, whys)
}

// TestZhejiangByChain asks for all cities of 浙江 by all chains of the sample pack.
func TestZhejiangByChain(t *testing.T) {
	p := questiontest.FrozenPicture(t)
	var s shown
	s.check(t, p, tuning.Default(), matrix.Question{Within: "330000"}, map[gaps.Code]int{})
	if s.cells != 11*32 || s.quotients < 100 {
		t.Errorf("%+v", s)
	}
}

func (s *shown) check(t *testing.T, p *projection.Projection, settings tuning.Settings, q matrix.Question, whys map[gaps.Code]int) {
	t.Helper()
	m, err := matrix.Ask(p, settings, q)
	if err != nil {
		t.Fatal(err)
	}
	if q.Within != "" {
		for region := range slices.Values(m.Regions) {
			if parent := p.ParentRegion(region); p.Code(parent) != q.Within {
				t.Errorf("%s is not directly below %s", p.Code(region), q.Within)
			}
		}
	}
	for _, region := range m.Regions {
		cells, err := m.Cells(t.Context(), region)
		if err != nil {
			t.Fatal(err)
		}
		for i, c := range cells {
			if c.Scope != m.Scopes[i] {
				t.Errorf("cell %d is of %s", i, p.Code(c.Scope))
			}
			asked := gaps.Question{
				Region: p.Code(region), Scope: []string{p.Code(c.Scope)}, Peers: q.Reference, MinGrade: q.MinGrade, Levels: q.Levels, WithEmpty: true,
			}
			s.compare(t, p, settings, asked, m, c)
			if why := c.Quotient.Why(); why != "" {
				whys[why]++
			}
		}
	}
}

// compare compares a cell with the answer to its own question.
func (s *shown) compare(t *testing.T, p *projection.Projection, settings tuning.Settings, asked gaps.Question, m *matrix.Matrix, c matrix.Cell) {
	t.Helper()
	answer, err := gaps.Ask(t.Context(), p, settings, asked)
	if err != nil {
		t.Fatal(err)
	}
	want := counts.Of(answer.Verdicts)
	if !slices.Equal(c.WithApart(), want.WithApart()) || !slices.Equal(c.Actions(), want.Actions()) || c.Links != want.Links || c.Present != want.Present {
		t.Errorf("%s %v: %+v, gaps has %+v", asked.Region, asked.Scope, c.Tally, want)
	}
	if got := m.Coverage(answer.Region); got != answer.Coverage {
		t.Errorf("%s: coverage %v, gaps has %v", asked.Region, got, answer.Coverage)
	}
	asked.Levels = lines.All
	if answer, err = gaps.Ask(t.Context(), p, settings, asked); err != nil {
		t.Fatal(err)
	}
	here := map[projection.Vertex]bool{}
	for _, v := range answer.Verdicts {
		if v.State != gaps.NotJudged {
			for _, company := range v.Companies() {
				here[company] = true
			}
		}
	}
	if c.Companies != len(here) {
		t.Errorf("%s %v: %d companies, gaps has %d", asked.Region, asked.Scope, c.Companies, len(here))
	}
	s.cells++
	s.population(t, p, settings, m, c, answer)
}

// population counts the quotient again, company by company and edge by edge, and compares it
// with that of a link where the chain has but one that is judged.
func (s *shown) population(t *testing.T, p *projection.Projection, settings tuning.Settings, m *matrix.Matrix, c matrix.Cell, answer *gaps.Answer) {
	t.Helper()
	var judged []*gaps.Verdict
	for _, v := range answer.Verdicts {
		if v.State != gaps.NotJudged {
			judged = append(judged, v)
		}
	}
	if c.Frame == nil {
		if c.Quotient.Why() != gaps.NoFrame || c.Expected.Why() != gaps.NoFrame {
			t.Errorf("%s: %v without a population", p.Code(c.Scope), c.Quotient)
		}
		return
	}
	s.framed++
	if !c.Frame.Comparable {
		t.Errorf("%s: %s is not comparable", p.Code(c.Scope), c.Frame.Name)
	}
	n, nP := s.count(t, p, m, c, answer, judged)
	a, aP := c.Frame.Coverage.Attributed, c.Frame.Reference.Attributed
	expected := float64(a) * float64(nP) / float64(aP)
	if e, known := c.Expected.Get(); known != (aP > 0) || known && math.Abs(e-expected) > 1e-9 {
		t.Errorf("%s: expected %v, want %v", p.Code(c.Scope), e, expected)
	}
	lq, known := c.Quotient.Get()
	if known != (a >= settings.MinPopulation && aP >= settings.MinPopulation && nP > 0) {
		t.Errorf("%s: quotient %v %s of %d/%d, %d/%d", p.Code(c.Scope), lq, c.Quotient.Why(), n, a, nP, aP)
	}
	if known {
		s.quotients++
		if math.Abs(lq-float64(n)/expected) > 1e-9 {
			t.Errorf("%s: quotient %v, want %v", p.Code(c.Scope), lq, float64(n)/expected)
		}
		if lq != 1 {
			s.differ++
		}
	}
	if len(judged) != 1 {
		return
	}
	if of, known := judged[0].Numbers.LQ.Get(); known {
		s.same++
		if math.Abs(of-lq) > 1e-9 {
			t.Errorf("%s: quotient %v, that of its only link %v", p.Code(c.Scope), lq, of)
		}
	}
}

// count counts n′ and n′P by the links of each company of the population.
func (s *shown) count(t *testing.T, p *projection.Projection, m *matrix.Matrix, c matrix.Cell, answer *gaps.Answer, judged []*gaps.Verdict) (n, nP int) {
	t.Helper()
	frames := area.FramesOf(p, "")
	i := slices.IndexFunc(frames, func(f *area.Frame) bool {
		return f.Population == c.Frame.Population && slices.Equal(f.Scope, c.Frame.Scope)
	})
	for _, link := range p.LinksIn(c.Scope) {
		if !frames[i].Has(link) {
			t.Errorf("%s has a population without %s", p.Code(c.Scope), p.Code(link))
		}
	}
	members, err := frames[i].Members(t.Context(), m.MinGrade)
	if err != nil {
		t.Fatal(err)
	}
	first, end := p.Range(projection.Company)
	for v := first; v < end; v++ {
		links := members.Presence.LinksOf(v)
		if !members.Has(v) || !slices.ContainsFunc(judged, func(j *gaps.Verdict) bool { return slices.Contains(links, j.Link) }) {
			continue
		}
		in := func(code string) bool { return code == projection.Country || projection.Within(p.PlaceOf(v), code) }
		if in(p.AreaOf(answer.Region)) {
			n++
		}
		if slices.ContainsFunc(area.Outermost(p, answer.Peers), in) {
			nP++
		}
	}
	return n, nP
}

// TestQuestionsThatAreNone asks for matrices that cannot be.
func TestQuestionsThatAreNone(t *testing.T) {
	p := questiontest.SmallPicture(t)
	for name, q := range map[string]matrix.Question{
		"no rows":      {},
		"two rows":     {Regions: []string{"330100"}, Within: "330000"},
		"two columns":  {Regions: []string{"330100"}, Chains: []string{"chip"}, Ecosystem: "aiot"},
		"wrong levels": {Regions: []string{"330100"}, Levels: "SOME"},
		"wrong grade":  {Regions: []string{"330100"}, MinGrade: "E"},
	} {
		if _, err := matrix.Ask(p, tuning.Default(), q); !errors.Is(err, graph.ErrInvalid) {
			t.Errorf("%s: error %v", name, err)
		}
	}
	for name, q := range map[string]matrix.Question{
		"chain":     {Regions: []string{"330100"}, Chains: []string{"no-such-chain"}},
		"region":    {Regions: []string{"330199"}},
		"within":    {Within: "no such region"},
		"reference": {Regions: []string{"330100"}, Reference: []string{"no such region"}},
	} {
		var missing *projection.NotFoundError
		if _, err := matrix.Ask(p, tuning.Default(), q); !errors.As(err, &missing) {
			t.Errorf("%s: error %v", name, err)
		}
	}
}
