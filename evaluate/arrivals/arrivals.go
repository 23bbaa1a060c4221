package arrivals

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"liantu/graph"
	"liantu/graph/projection"
	"liantu/graph/projects"
	"liantu/schema"
)

// Arrival is a company that came to a city with a link.
type Arrival struct {
	Company projection.Vertex
	City    projection.Vertex // a region
	Link    projection.Vertex
	Day     string // an ISO date
}

// Held counts what the graph holds of one kind of evidence, each count among the
// ones before.
type Held struct {
	All    int `json:"all"`    // holdings that may control, or projects that are not dropped, not invented
	Placed int `json:"placed"` // with both companies placed in different cities, or a region in another city
	Linked int `json:"linked"` // at a link: by the subsidiary, or that the project fills
	Dated  int `json:"dated"`  // with a day
	Tested int `json:"tested"` // after the cutoff and up to the end of the window
}

// finder collects arrivals.
type finder struct {
	p             *projection.Projection
	grade         graph.Grade
	cutoff, until string
	first         map[Arrival]string // the first day of each arrival, without its day
}

// Find returns the arrivals of a window, by company, city and link, and counts
// what the picture holds.
func Find(p *projection.Projection, grade graph.Grade, cutoff, until string) (found []Arrival, holdings, landed Held) {
	f := &finder{p: p, grade: grade, cutoff: schema.LastDay(cutoff), until: schema.LastDay(until), first: map[Arrival]string{}}
	holdings = f.holdings()
	landed = f.projects()
	for a, day := range f.first {
		if day > f.cutoff && day <= f.until {
			a.Day = day
			found = append(found, a)
		}
	}
	slices.SortFunc(found, func(a, b Arrival) int {
		return cmp.Or(cmp.Compare(a.Company, b.Company), cmp.Compare(a.City, b.City), cmp.Compare(a.Link, b.Link))
	})
	return found, holdings, landed
}

// note counts how far evidence goes, and notes the arrivals that it shows.
func (f *finder) note(held *Held, company projection.Vertex, cities, links []projection.Vertex, day string) {
	held.All++
	home := cityOf(f.p, f.p.PlaceOf(company))
	cities = slices.DeleteFunc(cities, func(city projection.Vertex) bool { return city == projection.None || city == home })
	if home == projection.None || len(cities) == 0 {
		return
	}
	if held.Placed++; len(links) == 0 {
		return
	}
	if held.Linked++; day == "" {
		return
	}
	held.Dated++
	day = schema.LastDay(day)
	if day > f.cutoff && day <= f.until {
		held.Tested++
	}
	for _, city := range cities {
		for _, link := range links {
			a := Arrival{Company: company, City: city, Link: link}
			if before, is := f.first[a]; !is || day < before {
				f.first[a] = day
			}
		}
	}
}

func (f *finder) holdings() (held Held) {
	for number := range int32(f.p.EdgeCount(projection.InvestsIn)) {
		edge, holder, company := f.p.Edge(projection.InvestsIn, number)
		ratio, _ := edge.Get("ratio")
		if x, stated := ratio.(float64); stated && x <= 0.5 || !f.p.Active(company) || invented(edge) || f.p.Synthetic(holder) || f.p.Synthetic(company) {
			continue
		}
		from, _ := edge.Get("valid_from")
		day, _ := from.(string)
		if day == "" {
			day = f.p.Text(company, "founded")
		}
		if year := f.p.Founded(company); day == "" && !math.IsNaN(year) {
			day = strconv.Itoa(int(year))
		}
		f.note(&held, holder, []projection.Vertex{cityOf(f.p, f.p.PlaceOf(company))}, f.linksOf(company), day)
	}
	return held
}

// linksOf returns the links at which statements put a company.
func (f *finder) linksOf(company projection.Vertex) (links []projection.Vertex) {
	at := f.p.Out(projection.OperatesIn, company)
	for i, link := range at.Others {
		edge, _, _ := f.p.Edge(projection.OperatesIn, at.Edges[i])
		if edge.Grade() <= f.grade && f.p.Current(projection.OperatesIn, at.Edges[i]) && !invented(edge) {
			links = append(links, link)
		}
	}
	return links
}

func (f *finder) projects() (held Held) {
	for _, project := range projects.Of(f.p) {
		if project.Synthetic {
			continue
		}
		day := f.p.Text(project.Project, "landed_on")
		if day == "" {
			day = f.p.Text(project.Project, "signed_on")
		}
		var cities, links []projection.Vertex
		for _, code := range project.Areas {
			cities = append(cities, cityOf(f.p, code))
		}
		for _, fill := range project.Fills {
			links = append(links, fill.Link)
		}
		for _, company := range project.Companies {
			f.note(&held, company, slices.Clone(cities), links, day)
		}
	}
	return held
}

func invented(edge *graph.Edge) bool {
	value, _ := edge.Get("synthetic")
	is, _ := value.(bool)
	return is
}

// cityOf returns the region of the city of a place, None where it is not placed so
// deep or the region is not in the graph.
func cityOf(p *projection.Projection, place string) projection.Vertex {
	switch projection.LevelOf(place) {
	case projection.LevelCounty:
		place = projection.AreaCode(place[:4] + "00")
	case projection.LevelCity:
	default:
		return projection.None
	}
	return p.RegionByCode(place)
}
