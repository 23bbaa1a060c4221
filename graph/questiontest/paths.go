package questiontest

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"

	"liantu/graph"
	"liantu/graph/introductions"
	"liantu/graph/projection"
	"liantu/graph/tuning"
	"liantu/schema"
)

// Path is an introduction as the oracle lists it: the nodes it leads over, the
// region left out, and the edges it takes.
type Path struct {
	Nodes    []graph.ID
	Edges    []graph.ID
	Strength float64
}

// Paths lists all introductions to a company, strongest first: from a person if
// the question has one, else from the region. It walks every
// path of at most [gaps.MaxHops] edges, whatever its cost, and judges each as
// a whole.
func Paths(p *projection.Projection, set tuning.IntroductionSettings, q introductions.Question) []Path {
	w := &walker{p: p, set: set, q: q, best: map[string]Path{}}
	for _, kind := range []string{"NATIVE_OF", "COVERS", "LOCATED_IN", "WORKS_AT", "MEMBER_OF", "KNOWS", "SUPPLIES", "INVESTS_IN", "SERVES"} {
		for number := range int32(p.EdgeCount(kind)) {
			edge, from, to := p.Edge(kind, number)
			w.edges = append(w.edges, walked{kind, edge, from, to, p.Current(kind, number)})
		}
	}
	target, err := p.Lookup(q.Company, projection.Company)
	if err != nil {
		return nil
	}
	w.target = target
	if person, err := p.Lookup(q.Person, projection.Person); err == nil {
		w.alone = true
		w.walk(nil, []projection.Vertex{person})
	}
	for _, e := range w.edges {
		if w.begins(e) && !w.alone {
			w.walk([]walked{e}, []projection.Vertex{e.from})
		}
	}
	var found []Path
	for _, path := range w.best {
		found = append(found, path)
	}
	slices.SortFunc(found, func(a, b Path) int {
		return cmp.Or(cmp.Compare(b.Strength, a.Strength), cmp.Compare(fmt.Sprint(a.Nodes), fmt.Sprint(b.Nodes)))
	})
	return found
}

type walked struct {
	kind     string
	edge     *graph.Edge
	from, to projection.Vertex
	current  bool
}

type walker struct {
	p      *projection.Projection
	set    tuning.IntroductionSettings
	q      introductions.Question
	edges  []walked
	target projection.Vertex
	alone  bool            // paths begin at a person, without a hop to the region
	best   map[string]Path // by nodes
}

// begins reports whether an edge connects its subject with the region of the question.
func (w *walker) begins(e walked) bool {
	if w.p.Kind(e.to) != "Region" {
		return false
	}
	place := w.p.AreaOf(e.to)
	switch e.kind {
	case "NATIVE_OF":
		return projection.Within(place, w.q.Region)
	case "COVERS":
		return projection.Within(place, w.q.Region) || projection.Within(w.q.Region, place)
	case "LOCATED_IN":
		return w.p.Kind(e.from) == "Company" && w.p.PlaceOf(e.from) == place && projection.Within(place, w.q.Region)
	}
	return false
}

// walk goes on from a path that ends at the last of some nodes.
func (w *walker) walk(edges []walked, nodes []projection.Vertex) {
	last := nodes[len(nodes)-1]
	if last == w.target {
		w.note(edges, nodes)
		return
	}
	if len(nodes) == introductions.MaxHops {
		return
	}
	for _, e := range w.edges {
		next := e.to
		if e.to == last {
			next = e.from
		} else if e.from != last {
			continue
		}
		if w.p.Kind(next) == "Region" || e.kind == "COVERS" || slices.Contains(nodes, next) {
			continue
		}
		w.walk(append(edges[:len(edges):len(edges)], e), append(nodes[:len(nodes):len(nodes)], next))
	}
}

// note judges a whole path and keeps the strongest over the same nodes.
func (w *walker) note(edges []walked, nodes []projection.Vertex) {
	if len(nodes) < 2 || !w.together(edges) {
		return
	}
	path := Path{Strength: 1}
	for _, v := range nodes {
		if !w.agrees(v) {
			return
		}
		path.Nodes = append(path.Nodes, w.p.ID(v))
	}
	for _, e := range edges {
		s := w.strength(e)
		if s == 0 || e.edge.Grade() > w.q.MinGrade {
			return
		}
		path.Strength *= s
		path.Edges = append(path.Edges, e.edge.ID)
	}
	if w.alone {
		path.Nodes = path.Nodes[1:]
	}
	key := fmt.Sprint(path.Nodes)
	if old, ok := w.best[key]; !ok || path.Strength > old.Strength {
		w.best[key] = path
	}
}

// agrees reports whether a node is no person, or one whose consent holds.
func (w *walker) agrees(v projection.Vertex) bool {
	if w.p.Kind(v) != "Person" {
		return true
	}
	until := w.p.Text(v, "consent_until")
	return w.p.Text(v, "consent") == "GIVEN" && (until == "" || schema.LastDay(until) >= max(w.p.ConsentOn(), w.q.Today))
}

// together reports whether people who follow each other by one employer were
// there on the same day: it checks every day of some forty years.
func (w *walker) together(edges []walked) bool {
	for i := 1; i < len(edges); i++ {
		if edges[i-1].kind != "WORKS_AT" || edges[i].kind != "WORKS_AT" || edges[i-1].to != edges[i].to {
			continue
		}
		if !slices.ContainsFunc(days, func(day string) bool { return w.there(edges[i-1], day) && w.there(edges[i], day) }) {
			return false
		}
	}
	return true
}

// days are the days from 2008 to 2025.
var days = func() (days []string) {
	for d := time.Date(2008, 1, 1, 0, 0, 0, 0, time.UTC); d.Year() <= 2025; d = d.AddDate(0, 0, 1) {
		days = append(days, d.Format(time.DateOnly))
	}
	return days
}()

// there reports whether a post is known to have been held on a day.
func (w *walker) there(e walked, day string) bool {
	from, till := text(e.edge, "valid_from"), text(e.edge, "valid_to")
	last := w.p.AsOf()
	if till != "" && schema.LastDay(till) < last {
		last = schema.LastDay(till)
	}
	if from == "" {
		return day == last
	}
	return schema.FirstDay(from) <= day && day <= last
}

// strength follows the rules of the settings; 0 for an edge that is not to be
// used.
func (w *walker) strength(e walked) float64 {
	s, h := w.set.Strength, w.set.HalfLife
	till := text(e.edge, "valid_to")
	past := till != "" && schema.LastDay(till) < w.p.AsOf()
	from := text(e.edge, "valid_from")
	begun := from == "" || schema.FirstDay(from) <= w.p.AsOf()
	stated := e.edge.Facts[0].AsOf // the newest statement comes first
	old := func(date string, half float64) float64 {
		age := years(w.p.AsOf()) - years(schema.LastDay(date))
		return math.Pow(0.5, max(0, age)/half)
	}
	switch {
	case e.kind == "WORKS_AT" && begun:
		factor, known := map[string]float64{
			"DECIDES": w.set.Influence.Decides, "ADVISES": w.set.Influence.Advises, "KNOWS": w.set.Influence.Knows,
		}[text(e.edge, "influence")]
		if !known {
			factor = w.set.Influence.Unknown
		}
		if past {
			return s.WorksAt * factor * w.set.Former * old(till, h.WorksAt)
		}
		return s.WorksAt * factor
	case e.kind == "MEMBER_OF" && begun && past:
		return s.MemberOf * w.set.Former * old(till, h.MemberOf)
	case past || !begun:
		return 0
	case e.kind == "KNOWS":
		factor, known := map[string]float64{
			"CLOSE": w.set.Closeness.Close, "REGULAR": w.set.Closeness.Regular, "DISTANT": w.set.Closeness.Distant,
		}[text(e.edge, "closeness")]
		if !known {
			factor = w.set.Closeness.Unknown
		}
		return s.Knows * factor * old(cmp.Or(text(e.edge, "last_contact"), stated), h.Knows)
	case e.kind == "SERVES":
		date := text(e.edge, "date")
		if date != "" && schema.FirstDay(date) > w.p.AsOf() {
			return 0
		}
		return s.Serves * old(cmp.Or(date, stated), h.Serves)
	case e.kind == "SUPPLIES":
		return s.Supplies * old(stated, h.Supplies)
	case e.kind == "INVESTS_IN":
		return s.InvestsIn * old(stated, h.InvestsIn)
	}
	return map[string]float64{
		"NATIVE_OF": s.NativeOf, "COVERS": s.Covers, "LOCATED_IN": s.LocatedIn, "MEMBER_OF": s.MemberOf,
	}[e.kind]
}

// years turns an ISO day into a number of years.
func years(day string) float64 {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return 0
	}
	return float64(t.Year()) + float64(t.Month()-1)/12 + float64(t.Day()-1)/365
}
