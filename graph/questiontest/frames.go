package questiontest

import (
	"math"
	"slices"
	"strings"
	"time"

	"liantu/graph"
)

// declaration is what a source declares about a frame.
type declaration struct {
	source  string
	regions []string // area codes
	on      string   // complete_on to its last day, "" for none
	day     string   // as of which it is dated
}

// frame is a population with a scope.
type frame struct {
	population        string
	codes             []string // in scope, ascending, each once
	links             map[graph.ID]bool
	lists, placements []declaration
}

func (f *frame) name() string { return strings.Join(append([]string{f.population}, f.codes...), " ") }

// rank orders the populations, widest first; SELECTION and none have no rank.
var rank = map[string]int{"REGISTERED": 1, "ABOVE_SCALE": 2, "CERTIFIED": 3, "LISTED": 4}

// declare reads the declarations of all sources and leaves out the void ones.
func (w *World) declare() {
	byName := map[string]*frame{}
	for id, n := range w.nodes {
		population := plain(n, "population")
		regions, whole := w.inGraph(several(n, "complete_in"), area, w.regions)
		codes, known := w.inGraph(several(n, "scope"), func(code string) string { return code }, w.scopes)
		if w.kindOf[id] != "Source" || rank[population] == 0 || !whole || !known || len(regions) == 0 {
			continue
		}
		f := &frame{population: population, codes: codes, links: w.scoped(codes)}
		if old := byName[f.name()]; old != nil {
			f = old
		} else {
			byName[f.name()] = f
			w.frames = append(w.frames, f)
		}
		d := declaration{source: plain(n, "name"), regions: regions, on: lastDay(plain(n, "complete_on")), day: w.day}
		if date := plain(n, "data_date"); date != "" {
			d.day = lastDay(date)
		}
		if d.on != "" {
			d.day = d.on
		}
		if placed, _ := n.Get("is_placement"); placed == true {
			f.placements = append(f.placements, d)
		} else {
			f.lists = append(f.lists, d)
		}
	}
}

func plain(n *graph.Node, property string) string {
	v, _ := n.Get(property)
	s, _ := v.(string)
	return s
}

func several(n *graph.Node, property string) []string {
	v, _ := n.Get(property)
	list, _ := v.([]string)
	return list
}

// inGraph returns the codes by which things are known, ascending and each once, and
// whether all of them are in the graph.
func (w *World) inGraph(texts []string, as func(string) string, known map[string]bool) ([]string, bool) {
	var codes []string
	for _, text := range texts {
		code := as(text)
		if !known[code] {
			return nil, false
		}
		codes = append(codes, code)
	}
	slices.Sort(codes)
	return slices.Compact(codes), true
}

// scoped returns the links of some codes, and below them; all for none.
func (w *World) scoped(codes []string) map[graph.ID]bool {
	links := map[graph.ID]bool{}
	for _, link := range w.links {
		if len(codes) == 0 {
			links[link] = true
		}
		for whole := range w.wholes(link) {
			if slices.Contains(codes, w.codeOf[whole]) {
				links[link] = true
			}
		}
	}
	return links
}

// wholes returns everything that a link leads to by PART_OF, and itself.
func (w *World) wholes(id graph.ID) map[graph.ID]bool {
	found := map[graph.ID]bool{id: true}
	for grown := true; grown; {
		grown = false
		for _, e := range w.edges {
			if e.Kind == "PART_OF" && found[e.From] && !found[e.To] {
				found[e.To], grown = true, true
			}
		}
	}
	return found
}

// covering returns the declarations that cover an area.
func covering(declared []declaration, code string) []declaration {
	var found []declaration
	for _, d := range declared {
		if slices.ContainsFunc(d.regions, func(region string) bool { return inside(code, region) }) {
			found = append(found, d)
		}
	}
	return found
}

// current returns the current lists of an area.
func (f *frame) current(code string) []declaration {
	lists := covering(f.lists, code)
	newest := ""
	for _, d := range lists {
		newest = max(newest, d.on)
	}
	return slices.DeleteFunc(lists, func(d declaration) bool { return d.on != newest })
}

// complete returns the date as of which a frame is complete in an area.
func (w *World) complete(f *frame, code string) (date string, ok bool) {
	for _, d := range f.current(code) {
		date, ok = max(date, d.day), true
	}
	if ok {
		return date, true
	}
	for _, part := range w.parts(code) {
		day, whole := w.complete(f, part)
		if !whole {
			return "", false
		}
		if !ok || day < date {
			date, ok = day, true
		}
	}
	return date, ok
}

// parts returns the regions directly below an area.
func (w *World) parts(code string) []string {
	below := func(inner, outer string) bool { return inner != outer && inside(inner, outer) }
	var parts []string
	for part := range w.regions {
		between := false
		for other := range w.regions {
			between = between || below(part, other) && below(other, code)
		}
		if below(part, code) && !between {
			parts = append(parts, part)
		}
	}
	return parts
}

// completeInAll is complete for the union of areas. One that lies in another adds
// nothing to the union, so that it does not count.
func (w *World) completeInAll(f *frame, codes []string) (date string, ok bool) {
	for _, code := range codes {
		if slices.ContainsFunc(codes, func(other string) bool { return other != code && inside(code, other) }) {
			continue
		}
		day, whole := w.complete(f, code)
		if !whole {
			return "", false
		}
		if date == "" || day < date {
			date = day
		}
	}
	return date, true
}

// isMember reports whether a company is a member of a frame.
func (w *World) isMember(f *frame, company graph.ID) bool {
	for _, d := range f.current(w.place[company]) {
		if f.population == "REGISTERED" {
			return true
		}
		for _, fact := range w.nodes[company].Facts {
			if fact.Source == d.source && lastDay(fact.AsOf) >= d.on {
				return true
			}
		}
	}
	return false
}

// presence is who is where by the statements that count, or by those of a frame.
type presence struct {
	there, leading map[graph.ID]map[graph.ID]bool // link → companies
	busy           map[graph.ID]bool              // companies at any link
	members        map[graph.ID]bool
}

// of finds the members of a frame and where they are by it.
func (w *World) of(f *frame, worst graph.Grade) *presence {
	p := &presence{map[graph.ID]map[graph.ID]bool{}, map[graph.ID]map[graph.ID]bool{}, map[graph.ID]bool{}, map[graph.ID]bool{}}
	speaks := map[graph.ID]map[string]bool{} // company → sources
	for _, company := range w.companies {
		if !w.isMember(f, company) {
			continue
		}
		p.members[company] = true
		speaks[company] = map[string]bool{}
		for _, d := range append(f.current(w.place[company]), covering(f.placements, w.place[company])...) {
			speaks[company][d.source] = true
		}
	}
	for link := range f.links {
		p.there[link], p.leading[link] = map[graph.ID]bool{}, map[graph.ID]bool{}
		for _, e := range w.edges {
			if e.Kind != "OPERATES_IN" || !w.counts[e.To][link] || !p.members[e.From] || !graded(e, speaks[e.From], worst) {
				continue
			}
			p.there[link][e.From], p.busy[e.From] = true, true
			if w.leads(e) {
				p.leading[link][e.From] = true
			}
		}
	}
	return p
}

// graded reports whether some of the sources state an edge with a grade that is not
// worse than another.
func graded(e *graph.Edge, sources map[string]bool, worst graph.Grade) bool {
	return slices.ContainsFunc(e.Facts, func(f graph.Fact) bool {
		return f.Property == "" && sources[f.Source] && f.Grade <= worst
	})
}

// leads reports whether the company of an OPERATES_IN edge leads by it.
func (w *World) leads(e *graph.Edge) bool {
	own, _ := w.nodes[e.From].Get("leader")
	there, _ := e.Get("leader")
	return own == true || there == true
}

// yearsBetween is the time from one day to another, in years of 365.25 days.
func yearsBetween(from, to string) float64 {
	a, errA := time.Parse(time.DateOnly, from)
	b, errB := time.Parse(time.DateOnly, to)
	if errA != nil || errB != nil {
		return math.NaN()
	}
	return math.Round(b.Sub(a).Hours()/24) / 365.25
}
