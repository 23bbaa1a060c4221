package gaps_test

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"liantu/graph"
	"liantu/graph/area"
	"liantu/graph/gaps"
	"liantu/graph/lines"
	"liantu/graph/projection"
	"liantu/graph/questiontest"
	"liantu/graph/tuning"
)

// roster is an invented list of an office.
type roster struct {
	name, region string
	companies    int
	idle         int      // of them, those at no link
	links        []string // that the others are at, one to three each, but for the first
	declared     questiontest.Props
}

// batch draws the list. Of those at no link every second one is under review at the
// first link.
func (l roster) batch(seed uint64) graph.Batch {
	r, b := rand.New(rand.NewPCG(seed, 300)), questiontest.NewBuilder()
	b.Provenance = graph.Provenance{Source: l.name, AsOf: "2026", Grade: graph.GradeB}
	props := questiontest.Props{"name": l.name, "title": "示例名录", "synthetic": true}
	for name, value := range l.declared {
		props[name] = value
	}
	b.Source(props)
	place := b.Node("Region", questiontest.Props{"code": l.region})
	for i := range l.companies {
		idle := i < l.idle
		props := questiontest.Props{"name": l.name + "示例企业" + strconv.Itoa(i) + "有限公司", "founded": "2021", "synthetic": true}
		if idle && i%2 == 0 {
			props["placement"] = "UNDER_REVIEW"
		}
		company := b.Node("Company", props)
		b.Edge("LOCATED_IN", company, place, questiontest.Props{"role": "REGISTERED"})
		if idle && i%2 == 0 {
			b.Edge("MAY_OPERATE_IN", company, b.Node("Link", questiontest.Props{"code": l.links[0]}), questiontest.Props{"probability": 0.6})
		}
		for range 1 + r.IntN(3) {
			if !idle {
				b.Edge("OPERATES_IN", company, b.Node("Link", questiontest.Props{"code": l.links[1+r.IntN(len(l.links)-1)]}), nil)
			}
		}
	}
	return b.Batch()
}

// linksOf returns the codes of the links of an ecosystem, of all for "", at which anybody in
// the country is, but for the first ones.
func linksOf(t *testing.T, p *projection.Projection, ecosystem string, from int) []string {
	t.Helper()
	q := gaps.Question{Region: "100000", OrderBy: gaps.ByCode, Levels: lines.All}
	if ecosystem != "" {
		q.Scope = []string{ecosystem}
	}
	answer, err := gaps.Ask(t.Context(), p, tuning.Default(), q)
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, v := range answer.Verdicts[from:] {
		codes = append(codes, p.Code(v.Link))
	}
	return codes
}

// states asks for the states of a region by the codes of the links.
func states(t *testing.T, p *projection.Projection, q gaps.Question) (map[string]*gaps.Verdict, *gaps.Answer) {
	t.Helper()
	answer, err := gaps.Ask(t.Context(), p, tuning.Default(), q)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]*gaps.Verdict{}
	for _, v := range answer.Verdicts {
		found[p.Code(v.Link)] = v
	}
	return found, answer
}

// TestOwnListMovesNothingElsewhere loads 300 companies of biomedicine of Hangzhou: no state
// changes outside the links at which they count, whether the list says that it is a selection,
// or of certified companies, or whole in its scope, or nothing; and within them nobody is
// called weak or missing for it.
func TestOwnListMovesNothingElsewhere(t *testing.T) {
	p := questiontest.SamplePicture(t)
	q := gaps.Question{Region: "330100", Levels: lines.All}
	before, _ := states(t, p, q)
	biomed := linksOf(t, p, "biomed", 0)
	counts := map[string]bool{} // the links at which companies of those count, since they are one or lie above
	first, end := p.Range(projection.Link)
	for link := first; link < end; link++ {
		if slices.Contains(biomed, p.Code(link)) {
			for _, at := range p.CountsAt(link) {
				counts[p.Code(at)] = true
			}
		}
	}
	for name, declared := range map[string]questiontest.Props{
		"nothing":   nil,
		"selection": {"population": "SELECTION", "complete_in": []string{"330100"}},
		"certified": {"population": "CERTIFIED"},
		"whole":     {"population": "ABOVE_SCALE", "complete_in": []string{"330100"}, "scope": []string{"biomed"}},
	} {
		list := roster{name: "杭药", region: "330100", companies: 300, links: biomed, declared: declared}
		after, answer := states(t, questiontest.SampleWith(t, list.batch(1)), q)
		touched := 0
		for code, x := range before {
			y := after[code]
			if y == nil {
				t.Fatalf("%s: there is no verdict on %s", name, code)
			}
			inside := counts[code]
			if x.State != y.State {
				touched++
			}
			if !inside && (x.State != y.State || x.Numbers.Expected != y.Numbers.Expected || x.Numbers.Prior != y.Numbers.Prior) {
				t.Errorf("%s: %s was %s and is %s", name, code, x.State, y.State)
			}
			if inside && (y.State == gaps.Weak && x.State != gaps.Weak || y.State == gaps.Absent && x.Numbers.Companies > 0) {
				t.Errorf("%s: %s was %s and is %s", name, code, x.State, y.State)
			}
		}
		if want := map[string]int{"whole": 2}[name]; touched == 0 || name == "whole" && len(answer.Frames) != want {
			t.Errorf("%s: %d states changed, by %d frames", name, touched, len(answer.Frames))
		}
	}
}

// TestDirectoryOfACounty: of 嵊州, with one listed company, nothing is said to be missing;
// with a complete directory of 200 companies absences are by it, whatever is there is
// PRESENT, and links at which companies under review may be are kept open. Strength comes
// back with the directory of a peer.
func TestDirectoryOfACounty(t *testing.T) {
	p := questiontest.SamplePicture(t)
	links := linksOf(t, p, "", 0)
	links = links[slices.IndexFunc(links, func(code string) bool { // a lowest link, at which nobody is by one below
		return !slices.ContainsFunc(links, func(other string) bool { return strings.HasPrefix(other, code+".") })
	}):]
	whole := func(region string) questiontest.Props {
		return questiontest.Props{"population": "REGISTERED", "complete_in": []string{region}, "complete_on": "2026"}
	}
	list := roster{name: "嵊名录", region: "330683", companies: 200, idle: 12, links: links[:200], declared: whole("330683")}
	one := questiontest.SampleWith(t, list.batch(2))
	found, answer := states(t, one, gaps.Question{Region: "330683", Levels: lines.All})
	counts := statesOf(answer)
	for _, gone := range []string{"UNKNOWN TOO_FEW", "UNKNOWN NOT_SURVEYED", "WEAK", "ADEQUATE", "STRONG"} {
		if counts[gone] > 0 {
			t.Errorf("%s comes up %d times: %v", gone, counts[gone], counts)
		}
	}
	if counts["ABSENT"] < 300 || counts["UNKNOWN HIDDEN"] == 0 {
		t.Errorf("states %v", counts)
	}
	for code, v := range found {
		if v.State == gaps.Absent && (v.Naming.Population != area.Registered || slices.Contains(v.Flags, gaps.ListedOnly)) {
			t.Errorf("%s is absent by %+v, %v", code, v.Naming, v.Flags)
		}
	}
	peer := roster{name: "诸名录", region: "330681", companies: 200, links: links[:200], declared: whole("330681")}
	two := questiontest.SampleWith(t, list.batch(2), peer.batch(3))
	_, answer = states(t, two, gaps.Question{Region: "330683", Peers: []string{"330681"}, Levels: lines.All})
	counts = statesOf(answer)
	if counts["WEAK"]+counts["ADEQUATE"]+counts["STRONG"] < 50 {
		t.Errorf("with a peer the states are %v", counts)
	}
}
