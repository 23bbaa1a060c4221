package introductions

import (
	"cmp"
	"math"
	"slices"

	"liantu/graph"
	"liantu/graph/projection"
	"liantu/graph/statements"
	"liantu/graph/tuning"
	"liantu/schema"
)

// cost is −ln of a strength in units of 2⁻⁴⁰. Costs are added without rounding,
// so that the order of paths does not depend on the order of additions.
type cost int64

const (
	costUnit = 1 << 40
	infinite = cost(math.MaxInt64 / 8)
)

func costOf(strength float64) cost { return cost(math.Round(-math.Log(strength) * costUnit)) }

func (c cost) strength() float64 { return math.Exp(-float64(c) / costUnit) }

const forEver statements.Day = 99991231

// Kinds of ties that lead from one vertex of a path to the next. A path begins
// with a further one, to the region: NATIVE_OF, COVERS or LOCATED_IN.
var tieKinds = [...]string{
	projection.WorksAt, projection.MemberOf, projection.Knows, projection.Supplies, projection.InvestsIn, projection.Serves,
}

// tie is an edge that an introduction can follow, in both directions.
type tie struct {
	number      int32
	kind        uint8
	former      bool
	since, till statements.Day // of a post: the days between which it is known to have been held
}

// arc is a tie seen from one of its ends.
type arc struct {
	to   projection.Vertex
	tie  int32
	cost cost
	twin bool // the arc before it has the same ends and costs no more
}

// tieGraph holds all ties that introductions can follow in a picture, as offsets
// and arcs. Nobody in it has withheld consent.
type tieGraph struct {
	p       *projection.Projection
	set     tuning.IntroductionSettings
	grade   graph.Grade
	today   statements.Day // of the picture
	all     []tie
	offsets []int32
	arcs    []arc // of a vertex: by other end, then cost, then tie

	firstPerson, endPerson projection.Vertex
	consent                []statements.Day // of each person the last day of consent; −1 for none
	scratch                scratches
	starts                 *projection.Memo // by region
}

// tiesOf returns the ties of a picture; they are collected once.
func tiesOf(p *projection.Projection, set tuning.IntroductionSettings, grade graph.Grade) *tieGraph {
	type key struct {
		set   tuning.IntroductionSettings
		grade graph.Grade
	}
	return p.Memo(key{set, grade}, func() any { return newTies(p, set, grade) }).(*tieGraph)
}

func newTies(p *projection.Projection, set tuning.IntroductionSettings, grade graph.Grade) *tieGraph {
	t := &tieGraph{p: p, set: set, grade: grade, today: statements.DayOf(p.AsOf()), starts: projection.NewMemo(64)}
	t.firstPerson, t.endPerson = p.Range(projection.Person)
	t.consent = make([]statements.Day, t.endPerson-t.firstPerson)
	for i := range t.consent {
		t.consent[i] = consentOf(p, t.firstPerson+projection.Vertex(i))
	}
	type ends struct {
		from, to projection.Vertex
		cost     cost
	}
	var found []ends
	for kind, name := range tieKinds {
		for number := range int32(p.EdgeCount(name)) {
			edge, from, to := p.Edge(name, number)
			if from == to || edge.Grade() > grade || t.silent(from) || t.silent(to) {
				continue
			}
			w, ok := t.weigh(name, number)
			if !ok {
				continue
			}
			one := tie{number: number, kind: uint8(kind), former: w.former}
			if name == projection.WorksAt {
				one.since, one.till = w.held(t.today)
			}
			t.all = append(t.all, one)
			found = append(found, ends{from, to, costOf(w.strength())})
		}
	}
	degree := make([]int32, p.Order()+1)
	for _, e := range found {
		degree[e.from+1]++
		degree[e.to+1]++
	}
	for i := range p.Order() {
		degree[i+1] += degree[i]
	}
	t.offsets = slices.Clone(degree)
	t.arcs = make([]arc, 2*len(found))
	for i, e := range found {
		t.arcs[degree[e.from]] = arc{to: e.to, tie: int32(i), cost: e.cost}
		degree[e.from]++
		t.arcs[degree[e.to]] = arc{to: e.from, tie: int32(i), cost: e.cost}
		degree[e.to]++
	}
	t.tidy()
	return t
}

// tidy sorts the arcs of each vertex and, of several ties between the same two,
// leaves the strongest; posts all stay, since their dates decide which of them can
// be used.
func (t *tieGraph) tidy() {
	tidied := t.arcs[:0]
	start := int32(0)
	for v := range len(t.offsets) - 1 {
		own := t.arcs[start:t.offsets[v+1]]
		start = t.offsets[v+1]
		slices.SortFunc(own, func(a, b arc) int {
			return cmp.Or(cmp.Compare(a.to, b.to), cmp.Compare(a.cost, b.cost), cmp.Compare(a.tie, b.tie))
		})
		first := len(tidied)
		for _, a := range own {
			a.twin = len(tidied) > first && tidied[len(tidied)-1].to == a.to
			if !a.twin || t.isPost(a.tie) {
				tidied = append(tidied, a)
			}
		}
		t.offsets[v+1] = int32(len(tidied))
	}
	t.arcs = tidied
}

// from returns the arcs that lead away from a vertex.
func (t *tieGraph) from(v projection.Vertex) []arc { return t.arcs[t.offsets[v]:t.offsets[v+1]] }

func (t *tieGraph) isPost(i int32) bool { return tieKinds[t.all[i].kind] == projection.WorksAt }

// overlap reports whether two posts at one company are known to have been held
// at the same time.
func (t *tieGraph) overlap(i, k int32) bool {
	a, b := t.all[i], t.all[k]
	return max(a.since, b.since) <= min(a.till, b.till)
}

// silent reports whether a vertex is a person who has not consented.
func (t *tieGraph) silent(v projection.Vertex) bool {
	return v >= t.firstPerson && v < t.endPerson && t.consent[v-t.firstPerson] < 0
}

// consents reports whether a vertex is no person, or one whose consent holds on
// a day.
func (t *tieGraph) consents(v projection.Vertex, on statements.Day) bool {
	if v < t.firstPerson || v >= t.endPerson {
		return true
	}
	until := t.consent[v-t.firstPerson]
	return until >= 0 && until >= on
}

// consentOf returns the last day on which a person consents to be part of
// introductions, −1 if the person does not.
func consentOf(p *projection.Projection, person projection.Vertex) statements.Day {
	if p.Text(person, "consent") != "GIVEN" {
		return -1
	}
	until := p.Text(person, "consent_until")
	if until == "" {
		return forEver
	}
	return statements.DayOf(schema.LastDay(until))
}
