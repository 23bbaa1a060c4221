package landing

import (
	"math"
	"slices"
	"strconv"

	"liantu/graph"
	"liantu/graph/area"
	"liantu/graph/projection"
	"liantu/graph/projects"
	"liantu/schema"
)

// Signs are what shows that a company grows beyond its own province.
type Signs struct {
	Stated       bool     // whether any holding, other place or project is stated
	Provinces    []string // that subsidiaries and sites reach, as two digits, in the order found
	Subsidiaries int
	Sites        int
	Projects     int
	Newest       string     // the day of the newest sign, an ISO date; "" if none has a day
	Edges        []graph.ID // that say so
}

// Any reports whether there is a sign.
func (s *Signs) Any() bool { return s.Subsidiaries+s.Sites+s.Projects > 0 }

// halfLife is after how many years the newest sign has lost half of what it adds,
// and undated what is left where no sign has a day.
const (
	halfLife = 5.0
	undated  = 0.75
)

// Value is the value of the expansion on a day.
func (s *Signs) Value(day string) float64 {
	x := float64(len(s.Provinces) + s.Projects)
	fresh := undated
	if s.Newest != "" {
		age := max(0, area.YearsBetween(s.Newest, day))
		fresh = (1 + math.Exp2(-age/halfLife)) / 2
	}
	return x / (x + 2) * fresh
}

// SignsOf returns the signs of a company.
func SignsOf(p *projection.Projection, company projection.Vertex) *Signs {
	s := &Signs{}
	home := p.PlaceOf(company)
	if projection.LevelOf(home) == projection.LevelCountry {
		return s
	}
	s.places(p, company, home)
	s.holdings(p, company, home)
	s.involvements(p, company, home)
	return s
}

// abroad reports whether a place is in another province than the home.
func abroad(place, home string) bool {
	return projection.LevelOf(place) != projection.LevelCountry && place[:2] != home[:2]
}

// reach notes a province, and the day of a sign with its edge.
func (s *Signs) reach(place string, edge *graph.Edge, days ...string) {
	if place != "" && !slices.Contains(s.Provinces, place[:2]) {
		s.Provinces = append(s.Provinces, place[:2])
	}
	s.Edges = append(s.Edges, edge.ID)
	from, _ := edge.Get("valid_from")
	if day, _ := from.(string); day != "" {
		days = []string{day}
	}
	for _, day := range days {
		if day != "" {
			s.Newest = max(s.Newest, schema.LastDay(day))
		}
	}
}

func (s *Signs) places(p *projection.Projection, company projection.Vertex, home string) {
	arcs := p.Out(projection.LocatedIn, company)
	for i, region := range arcs.Others {
		edge, _, _ := p.Edge(projection.LocatedIn, arcs.Edges[i])
		role, _ := edge.Get("role")
		if role != "SITE" && role != "OFFICE" || !p.Current(projection.LocatedIn, arcs.Edges[i]) {
			continue
		}
		s.Stated = true
		if place := p.AreaOf(region); abroad(place, home) {
			s.Sites++
			s.reach(place, edge)
		}
	}
}

func (s *Signs) holdings(p *projection.Projection, company projection.Vertex, home string) {
	arcs := p.Out(projection.InvestsIn, company)
	for i, held := range arcs.Others {
		if !p.Current(projection.InvestsIn, arcs.Edges[i]) {
			continue
		}
		s.Stated = true
		edge, _, _ := p.Edge(projection.InvestsIn, arcs.Edges[i])
		ratio, _ := edge.Get("ratio")
		x, stated := ratio.(float64)
		if place := p.PlaceOf(held); (!stated || x > control) && abroad(place, home) {
			s.Subsidiaries++
			founded := ""
			if year := p.Founded(held); !math.IsNaN(year) {
				founded = strconv.Itoa(int(year))
			}
			s.reach(place, edge, founded)
		}
	}
}

// happened are the days of a project that say when it came, but for the first contact.
var happened = []string{"signed_on", "landed_on", "started_on", "producing_on"}

func (s *Signs) involvements(p *projection.Projection, company projection.Vertex, home string) {
	arcs := p.In(projection.Involves, company)
	for i, project := range arcs.Others {
		edge, _, _ := p.Edge(projection.Involves, arcs.Edges[i])
		part, _ := edge.Get("part")
		if part != nil && part != "PROJECT_COMPANY" && part != "INVESTOR" || !p.Current(projection.Involves, arcs.Edges[i]) ||
			p.Text(project, "stage") == "DROPPED" || p.Synthetic(project) && !p.Synthetic(company) {
			continue
		}
		areas := projects.AreasOf(p, project)
		s.Stated = s.Stated || len(areas) > 0
		if !slices.ContainsFunc(areas, func(place string) bool { return abroad(place, home) }) {
			continue
		}
		s.Projects++
		var days []string
		for _, property := range happened {
			days = append(days, p.Text(project, property))
		}
		if !slices.ContainsFunc(days, func(day string) bool { return day != "" }) {
			days = []string{p.Text(project, "first_contact")}
		}
		s.reach("", edge, days...)
	}
}

// control is the part of the shares above which a holder controls a company.
const control = 0.5

// HolderOf returns who holds more than half of the shares of a company and the
// edge that says so: the largest holder stated, of equal ones the smaller vertex;
// None if nobody does.
func HolderOf(p *projection.Projection, company projection.Vertex) (projection.Vertex, graph.ID) {
	holders := p.In(projection.InvestsIn, company)
	best, most, by := projection.None, control, graph.ID("")
	for i, holder := range holders.Others {
		edge, _, _ := p.Edge(projection.InvestsIn, holders.Edges[i])
		ratio, _ := edge.Get("ratio")
		x, stated := ratio.(float64)
		if stated && x > most && p.Current(projection.InvestsIn, holders.Edges[i]) {
			best, most, by = holder, x, edge.ID
		}
	}
	return best, by
}
