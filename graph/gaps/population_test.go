package gaps_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"liantu/graph"
	"liantu/graph/area"
	"liantu/graph/gaps"
	"liantu/graph/lines"
	"liantu/graph/projection"
	"liantu/graph/questiontest"
	"liantu/graph/tuning"
)

// world is a random graph with a question about it.
type world struct {
	t        *testing.T
	rand     *rand.Rand
	batch    graph.Batch
	settings tuning.Settings
	question gaps.Question
}

// worlds is how many random worlds each property is held against.
const worlds = 200

// eachWorld runs a check on random worlds. In them nobody is a member only because a
// register of an area holds whoever is known there.
func eachWorld(t *testing.T, check func(w *world)) {
	t.Helper()
	for seed := range uint64(worlds) {
		r := rand.New(rand.NewPCG(seed, 14))
		w := &world{t: t, rand: r, batch: questiontest.Generate(r), settings: questiontest.GenerateSettings(r)}
		w.settings.PriorMin, w.settings.PriorMax = 0.1, 100
		region, _, grade := questiontest.GenerateQuestion(r)
		w.question = gaps.Question{Region: region, MinGrade: grade, OrderBy: gaps.ByCode, WithEmpty: true, Levels: lines.All}
		w.restate("REGISTERED", "ABOVE_SCALE")
		check(w)
		if t.Failed() {
			t.Fatalf("in the world of seed %d, asked %+v", seed, w.question)
		}
	}
}

// restate gives the sources of one population another one.
func (w *world) restate(from, to string) {
	for i, d := range w.batch.Nodes {
		d.Facts = slices.Clone(d.Facts)
		for k, f := range d.Facts {
			if d.Kind == projection.Source && f.Property == "population" && f.Value == from {
				d.Facts[k].Value = to
			}
		}
		slices.SortFunc(d.Facts, graph.CompareFacts)
		w.batch.Nodes[i] = d
	}
}

// ask answers the question in the world with further batches, by the code of the link.
func (w *world) ask(more ...graph.Batch) (*projection.Projection, map[string]*gaps.Verdict) {
	w.t.Helper()
	all := w.batch
	for _, batch := range more {
		all.Nodes, all.Edges = slices.Concat(all.Nodes, batch.Nodes), slices.Concat(all.Edges, batch.Edges)
	}
	p := questiontest.Picture(w.t, w.t, questiontest.Stream(w.t.Context(), w.t, all))
	answer, err := gaps.Ask(w.t.Context(), p, w.settings, w.question)
	if err != nil {
		w.t.Fatal(err)
	}
	found := map[string]*gaps.Verdict{}
	for _, v := range answer.Verdicts {
		found[p.Code(v.Link)] = v
	}
	return p, found
}

// outsiders are companies of no frame, some in the region, that a source without a
// population puts at links, as of the day of the picture at the latest. It returns the codes of these
// links.
func (w *world) outsiders(n int, links ...string) (graph.Batch, map[string]bool) {
	b, at := questiontest.NewBuilder(), map[string]bool{}
	b.Provenance.Source, b.Provenance.AsOf = "hearsay", "2021"
	places := []string{w.question.Region, w.question.Region, "320500", "330100", "330000"}
	for i := range n {
		company := b.Node("Company", questiontest.Props{"name": "外企" + strconv.Itoa(i), "founded": "2020", "employees": int64(900)})
		place := b.Node("Region", questiontest.Props{"code": places[w.rand.IntN(len(places))]})
		if len(links) > 0 {
			place = b.Node("Region", questiontest.Props{"code": w.question.Region})
		}
		b.Edge("LOCATED_IN", company, place, questiontest.Props{"role": "REGISTERED"})
		for _, link := range links {
			b.Edge("OPERATES_IN", company, b.Node("Link", questiontest.Props{"code": link}), nil)
			at[link] = true
		}
	}
	return b.Batch(), at
}

// same reports whether two figures are the same number, or unknown for the same reason.
func same(x, y gaps.Figure) bool {
	return x.Why() == y.Why() && math.Abs(x.Or(0)-y.Or(0)) <= 1e-9*(1+math.Abs(x.Or(0)))
}

// TestOutsidersMoveNothing: companies of no frame change no state, n′, E′, prior,
// density or momentum at a link at which none of them is placed.
func TestOutsidersMoveNothing(t *testing.T) {
	moved := 0
	eachWorld(t, func(w *world) {
		p, before := w.ask()
		link := "l" + strconv.Itoa(w.rand.IntN(max(1, p.Count(projection.Link))))
		if before[link] == nil {
			return
		}
		batch, _ := w.outsiders(1+w.rand.IntN(30), link)
		crowd, _ := w.outsiders(w.rand.IntN(30)) // at no link
		_, after := w.ask(batch, crowd)
		at := p.CountsAt(before[link].Link)
		for code, x := range before {
			y := after[code]
			if slices.Contains(at, x.Link) {
				moved++
				continue
			}
			if x.State != y.State || !slices.Equal(x.Flags, y.Flags) {
				t.Errorf("%s: %s %v becomes %s %v by companies at %s", code, x.State, x.Flags, y.State, y.Flags, link)
			}
			for k, f := range framed(x) {
				if !same(f, framed(y)[k]) {
					t.Errorf("%s: figure %d is %v instead of %v", code, k, framed(y)[k], f)
				}
			}
		}
	})
	if moved < worlds {
		t.Errorf("outsiders came to %d links only", moved)
	}
}

// framed are the figures that are of the comparable frame alone.
func framed(v *gaps.Verdict) []gaps.Figure {
	n := &v.Numbers
	return []gaps.Figure{
		n.FrameCompanies, n.ReferenceCompanies, n.Expected, n.Prior, n.Density, n.DensityMedian, n.DensityRank, n.Momentum,
		n.ProbabilityWeak, n.ProbabilityFair, n.ProbabilityStrong, n.ReferenceAnchors, n.CapacityLQ,
	}
}

// TestFrameStandsAlone: n′, A′, E′, a and P(·|n′) equal those on the graph with everybody
// outside the frame removed.
func TestFrameStandsAlone(t *testing.T) {
	removed := 0
	eachWorld(t, func(w *world) {
		p, before := w.ask()
		for _, f := range area.FramesOf(p, "") {
			members, err := f.Members(t.Context(), w.grade())
			if err != nil {
				t.Fatal(err)
			}
			out := map[graph.Key]bool{}
			first, end := p.Range(projection.Company)
			for v := first; v < end; v++ {
				if !members.Has(v) {
					out[p.Node(v).Keys[0]] = true
				}
			}
			removed += len(out)
			alone := *w
			alone.batch = moved(w.batch, nil, out)
			_, after := alone.ask()
			for code, x := range before {
				if x.Comparable == nil || x.Comparable.Population != f.Population || !slices.Equal(x.Comparable.Scope, f.Scope) {
					continue
				}
				y := after[code]
				if y.Comparable == nil || x.Comparable.Coverage != y.Comparable.Coverage || x.Comparable.Reference != y.Comparable.Reference {
					t.Fatalf("%s: %+v alone is %+v", code, x.Comparable, y.Comparable)
				}
				for k, figure := range framed(x) {
					if !same(figure, framed(y)[k]) {
						t.Errorf("%s: figure %d is %v instead of %v", code, k, framed(y)[k], figure)
					}
				}
			}
		}
	})
	if removed < worlds {
		t.Errorf("%d companies were outside of a frame", removed)
	}
}

func (w *world) grade() graph.Grade {
	if w.question.MinGrade != "" {
		return w.question.MinGrade
	}
	return w.settings.MinGrade
}

// TestMoreCompaniesAreNoLoss: more companies at a link from outside the frame never turn
// PRESENT or better into WEAK or ABSENT.
func TestMoreCompaniesAreNoLoss(t *testing.T) {
	seen := map[gaps.State]int{}
	eachWorld(t, func(w *world) {
		p, before := w.ask()
		if p.Count(projection.Link) == 0 {
			return
		}
		link := "l" + strconv.Itoa(w.rand.IntN(p.Count(projection.Link)))
		batch, _ := w.outsiders(1+w.rand.IntN(4), link)
		_, after := w.ask(batch)
		x, y := before[link], after[link]
		seen[x.State]++
		switch {
		case !slices.Contains([]gaps.State{gaps.Present, gaps.Weak, gaps.Adequate, gaps.Strong}, x.State):
		case y.State == gaps.Weak && x.State != gaps.Weak, y.State == gaps.Absent, y.State == gaps.Unknown, y.State == gaps.Empty:
			t.Errorf("%s: %s becomes %s", link, x.State, y.State)
		}
	})
	for _, state := range []gaps.State{gaps.Present, gaps.Weak, gaps.Adequate} {
		if seen[state] < 3 {
			t.Errorf("the state %s came up %d times", state, seen[state])
		}
	}
}

// TestDeclaringDecidesOnlyWhatWasOpen: where everybody known is placed and read, declaring a
// list complete changes no state but UNKNOWN by NOT_SURVEYED or TOO_FEW.
func TestDeclaringDecidesOnlyWhatWasOpen(t *testing.T) {
	settled := 0
	eachWorld(t, func(w *world) {
		if w.question.Region == projection.Country {
			return // a list of the whole country is one to compare with too
		}
		w.restate("CERTIFIED", "LISTED")
		w.roster()
		_, before := w.ask()
		declared := questiontest.NewBuilder()
		declared.Source(questiontest.Props{"name": "roster", "population": "CERTIFIED", "complete_in": []string{w.question.Region}})
		_, after := w.ask(declared.Batch())
		for code, x := range before {
			y := after[code]
			open := x.State == gaps.Unknown && (x.Flags[0] == gaps.NotSurveyed || x.Flags[0] == gaps.TooFew)
			if open && y.State == gaps.Absent {
				settled++
			}
			if !open && x.State != y.State {
				t.Errorf("%s: %s %v becomes %s %v", code, x.State, x.Flags, y.State, y.Flags)
			}
		}
	})
	if settled < 10 {
		t.Errorf("declaring settled %d links only", settled)
	}
}

// roster adds a source that names everybody who is known in the region, states where they
// are, and marks those at no link as read; it declares nothing. Companies of which only an
// area above the region is known are removed.
func (w *world) roster() {
	p, _ := w.ask()
	stated := graph.Provenance{Source: "roster", AsOf: "2021", Grade: graph.GradeA}
	above := map[graph.Key]bool{}
	first, end := p.Range(projection.Company)
	for v := first; v < end; v++ {
		key, place := p.Node(v).Keys[0], p.PlaceOf(v)
		draft := graph.NodeDraft{Kind: projection.Company, Keys: []graph.Key{key}, Facts: []graph.Fact{{Provenance: stated}}}
		if p.Presence(w.grade()).Attributed(v, v+1) == 0 && p.Text(v, "placement") == "" {
			draft.Facts = append(draft.Facts, graph.Fact{Property: "placement", Value: "READ", Provenance: stated})
		}
		w.batch.Nodes = append(w.batch.Nodes, draft)
		above[key] = !projection.Within(place, w.question.Region) && projection.Within(w.question.Region, place)
	}
	for i, e := range w.batch.Edges {
		if e.Kind == projection.OperatesIn {
			e.Facts = append(slices.Clone(e.Facts), graph.Fact{Provenance: stated})
			slices.SortFunc(e.Facts, graph.CompareFacts)
			w.batch.Edges[i] = e
		}
	}
	w.batch = moved(w.batch, nil, above)
}

// TestNamedPopulationStandsAlone: a question that names a population gets what it would get
// if no source declared another one.
func TestNamedPopulationStandsAlone(t *testing.T) {
	differ := 0
	eachWorld(t, func(w *world) {
		_, all := w.ask()
		w.settings.Population = area.Populations()[w.rand.IntN(4)]
		_, named := w.ask()
		alone := *w
		alone.batch.Nodes = slices.Clone(w.batch.Nodes)
		alone.settings.Population = ""
		for _, other := range area.Populations() {
			if other != w.settings.Population {
				alone.restate(string(other), "SELECTION")
			}
		}
		_, after := alone.ask()
		for code, x := range named {
			y := after[code]
			if x.State != all[code].State {
				differ++
			}
			if x.State != y.State || !slices.Equal(x.Flags, y.Flags) || x.Action != y.Action || math.Abs(x.Priority-y.Priority) > 1e-9 {
				t.Errorf("%s: %s %v %s of %s alone is %s %v %s", code, x.State, x.Flags, x.Action, w.settings.Population, y.State, y.Flags, y.Action)
			}
			for k, f := range append(framed(x), x.Numbers.Hidden, x.Severity) {
				if !same(f, append(framed(y), y.Numbers.Hidden, y.Severity)[k]) {
					t.Errorf("%s: figure %d is %v instead of %v", code, k, f, append(framed(y), y.Numbers.Hidden, y.Severity)[k])
				}
			}
		}
	})
	if differ < worlds {
		t.Errorf("naming a population changed %d states only", differ)
	}
}
