package questiontest

import (
	"context"
	"slices"
	"strings"
	"time"

	"liantu/graph"
)

// World is a graph as the oracle sees it: the plain stream of its elements,
// put into maps.
type World struct {
	day       string
	codeOf    map[graph.ID]string // of regions and links, the name of companies
	kindOf    map[graph.ID]string
	nodes     map[graph.ID]*graph.Node
	edges     []*graph.Edge // those that hold on the day
	place     map[graph.ID]string
	above     map[graph.ID]map[graph.ID]bool // link → itself and links above
	same      map[graph.ID]map[graph.ID]bool // link → itself and links that are the same
	counts    map[graph.ID]map[graph.ID]bool // link → those at which what is stated of it counts
	judged    map[graph.ID]bool              // links that hold companies
	links     []graph.ID
	chainOf   map[graph.ID]graph.ID
	depth     map[graph.ID]int
	companies []graph.ID
	regions   map[string]bool // area codes
	stated    map[string]int  // edges by kind, those that do not hold among them
	scopes    map[string]bool // codes of ecosystems, chains and links
	frames    []*frame        // by population and scope, in no order that matters
}

// Observe reads all of a store.
func Observe(ctx context.Context, store graph.Reader) (*World, error) {
	w := &World{
		codeOf: map[graph.ID]string{}, kindOf: map[graph.ID]string{}, nodes: map[graph.ID]*graph.Node{},
		place: map[graph.ID]string{}, above: map[graph.ID]map[graph.ID]bool{}, judged: map[graph.ID]bool{}, chainOf: map[graph.ID]graph.ID{},
		depth: map[graph.ID]int{}, regions: map[string]bool{}, stated: map[string]int{}, scopes: map[string]bool{},
	}
	var edges []*graph.Edge
	newest, assumed := "", ""
	date := func(f graph.Fact) {
		if f.Assumed {
			assumed = max(assumed, f.AsOf)
		} else {
			newest = max(newest, f.AsOf)
		}
	}
	_, err := store.Changes(ctx, 0, func(c graph.Change) error {
		if c.Edge != nil {
			edges = append(edges, c.Edge)
			w.stated[c.Edge.Kind]++
			for _, f := range c.Edge.Facts {
				date(f)
			}
		}
		if n := c.Node; n != nil {
			w.add(n)
			for _, f := range n.Facts {
				if n.Kind != "Region" && n.Kind != "Source" {
					date(f)
				}
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if newest == "" {
		newest = assumed
	}
	w.day = lastDay(newest)
	for _, e := range edges {
		from, to := text(e, "valid_from"), text(e, "valid_to")
		if (from == "" || from[:min(len(from), 10)]+"-01-01"[:10-min(len(from), 10)] <= w.day) && (to == "" || lastDay(to) >= w.day) {
			w.edges = append(w.edges, e)
		}
	}
	w.leaveOut()
	w.settle()
	w.arrange()
	w.equate()
	w.declare()
	return w, nil
}

// leaveOut removes the companies that are not active, and their edges.
func (w *World) leaveOut() {
	out := map[graph.ID]bool{}
	w.companies = slices.DeleteFunc(w.companies, func(id graph.ID) bool {
		status, _ := w.nodes[id].Get("status")
		out[id] = status != nil && status != "ACTIVE"
		return out[id]
	})
	w.edges = slices.DeleteFunc(w.edges, func(e *graph.Edge) bool { return out[e.From] || out[e.To] })
}

func (w *World) add(n *graph.Node) {
	w.nodes[n.ID] = n
	w.kindOf[n.ID] = n.Kind
	code, _ := n.Get("code")
	w.codeOf[n.ID], _ = code.(string)
	switch n.Kind {
	case "Ecosystem", "Chain":
		w.scopes[w.codeOf[n.ID]] = true
	case "Link":
		w.scopes[w.codeOf[n.ID]] = true
		w.links = append(w.links, n.ID)
		holds := plain(n, "holds")
		w.judged[n.ID] = holds == "" || holds == "COMPANIES"
	case "Company":
		w.companies = append(w.companies, n.ID)
		w.place[n.ID] = "100000"
	case "Region":
		w.regions[area(w.codeOf[n.ID])] = true
	}
}

// lastDay uses the calendar to find the last day of a year or month.
func lastDay(date string) string {
	switch len(date) {
	case 4:
		return date + "-12-31"
	case 7:
		t, err := time.Parse("2006-01", date)
		if err != nil {
			return date
		}
		return t.AddDate(0, 1, -1).Format(time.DateOnly)
	}
	return date
}

func text(e *graph.Edge, property string) string {
	v, _ := e.Get(property)
	s, _ := v.(string)
	return s
}

// area, level and inside repeat the arithmetic of region codes.
func area(code string) string {
	for _, city := range []string{"110100", "120100", "310100", "500100"} {
		if code == city {
			return code[:2] + "0000"
		}
	}
	return code
}

func level(code string) int {
	switch {
	case code == "100000":
		return 0
	case code[2:] == "0000":
		return 1
	case code[4:] == "00":
		return 2
	}
	return 3
}

func inside(code, outer string) bool {
	return code[:2*level(outer)] == outer[:2*level(outer)]
}

// settle chooses the place of each company by comparing every place with the
// best so far, in the words of the definition.
func (w *World) settle() {
	roles := map[string]int{"REGISTERED": 0, "SITE": 1, "OFFICE": 2, "": 3}
	best := map[graph.ID]*graph.Edge{}
	better := func(a, b *graph.Edge) bool {
		if x, y := roles[text(a, "role")], roles[text(b, "role")]; x != y {
			return x < y
		}
		if x, y := statedOn(a), statedOn(b); x != y {
			return x > y
		}
		if x, y := grade(a), grade(b); x != y {
			return x < y
		}
		x, y := area(w.codeOf[a.To]), area(w.codeOf[b.To])
		if level(x) != level(y) {
			return level(x) > level(y)
		}
		return x < y
	}
	for _, e := range w.edges {
		if e.Kind == "LOCATED_IN" && w.kindOf[e.From] == "Company" && (best[e.From] == nil || better(e, best[e.From])) {
			best[e.From] = e
			w.place[e.From] = area(w.codeOf[e.To])
		}
	}
}

// statedOn is a text that is greater for the newer day, and least for days that
// are assumed.
func statedOn(e *graph.Edge) string {
	day := ""
	for _, f := range e.Facts {
		sure := "1 "
		if f.Assumed {
			sure = "0 "
		}
		if f.Property == "" {
			day = max(day, sure+f.AsOf)
		}
	}
	return day
}

func grade(e *graph.Edge) graph.Grade {
	best := graph.Grade("D")
	for _, f := range e.Facts {
		if f.Property == "" && f.Grade < best {
			best = f.Grade
		}
	}
	return best
}

// arrange climbs the PART_OF edges from every link.
func (w *World) arrange() {
	parents := map[graph.ID][]graph.ID{}
	for _, e := range w.edges {
		if e.Kind == "PART_OF" {
			parents[e.From] = append(parents[e.From], e.To)
		}
	}
	for _, link := range w.links {
		found := map[graph.ID]bool{}
		var climb func(id graph.ID)
		climb = func(id graph.ID) {
			if found[id] {
				return
			}
			found[id] = true
			for _, parent := range parents[id] {
				climb(parent)
			}
		}
		climb(link)
		w.above[link] = map[graph.ID]bool{}
		for id := range found {
			switch w.kindOf[id] {
			case "Link":
				w.above[link][id] = true
			case "Chain":
				if old := w.chainOf[link]; old == "" || w.codeOf[id] < w.codeOf[old] {
					w.chainOf[link] = id
				}
			}
		}
	}
	// Depth by repetition until nothing changes.
	for changed := true; changed; {
		changed = false
		for _, link := range w.links {
			d := 0
			if len(parents[link]) == 0 {
				d = 1
			}
			for _, parent := range parents[link] {
				switch {
				case w.kindOf[parent] != "Link":
					d = 1
				case w.depth[parent] > 0 && (d == 0 || w.depth[parent]+1 < d):
					d = w.depth[parent] + 1
				}
			}
			if d != w.depth[link] {
				w.depth[link] = d
				changed = true
			}
		}
	}
}

// at returns the companies at a link, and which of them lead.
func (w *World) at(link graph.ID, worst graph.Grade) (there, leading map[graph.ID]bool) {
	there, leading = map[graph.ID]bool{}, map[graph.ID]bool{}
	for _, e := range w.edges {
		if e.Kind != "OPERATES_IN" || grade(e) > worst || !w.counts[e.To][link] {
			continue
		}
		there[e.From] = true
		if w.leads(e) {
			leading[e.From] = true
		}
	}
	return there, leading
}

// count counts the companies of a set in any of some areas.
func (w *World) count(set map[graph.ID]bool, areas ...string) int {
	n := 0
	for id := range set {
		for _, code := range areas {
			if inside(w.place[id], code) {
				n++
				break
			}
		}
	}
	return n
}

// region returns the area code of a region given by code or name.
func (w *World) region(text string) string {
	for id, n := range w.nodes {
		name, _ := n.Get("name")
		if n.Kind == "Region" && (w.codeOf[id] == text || name == text) {
			return area(w.codeOf[id])
		}
	}
	return area(strings.TrimSpace(text))
}
