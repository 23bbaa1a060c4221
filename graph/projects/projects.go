// Package projects reads what the projects of a picture say of links: where they are, how
// far they have come, which links they fill, and which companies take part. The rules are in
// the documentation of package gaps.
//
// Package gaps and those above it, api, the program and tests may import projects; it
// imports projection, graph and schema.
package projects

import (
	"math"
	"slices"
	"time"

	"liantu/graph/projection"
	"liantu/schema"
)

// The stages of projects, from the first to the last.
var stages = []string{"LEAD", "TALKS", "SIGNED", "LANDED", "BUILDING", Producing}

const (
	// Producing is the stage of a project that produces.
	Producing = "PRODUCING"

	dropped = "DROPPED"
	signed  = 2 // the place of SIGNED among the stages
)

// The dates of a project: of what happened, and what is planned, the last first.
var (
	happened = []string{
		"first_contact", "signed_on", "landed_on", "land_on", "started_on", "completed_on", "producing_on", "full_capacity_on",
	}
	planned = []string{"production_planned", "completion_planned", "start_planned", "land_planned", "landing_planned", "signing_planned"}
)

// Project is what a project says of links.
type Project struct {
	Project    projection.Vertex
	Stage      string   // a value of the property stage; "" if none is stated
	News       string   // the day of its last news, an ISO date
	Due        string   // the day planned for production, else for what comes before; "" if none is
	Investment float64  // planned, in 万元; NaN if it is not stated
	Areas      []string // the codes of its regions
	Fills      []Fill
	Chains     []projection.Vertex // that it fills where no link is named
	Companies  []projection.Vertex // its own, else its investors, ascending
	investors  []projection.Vertex // ascending
	Synthetic  bool
}

// Fill is a link that a project fills.
type Fill struct {
	Link projection.Vertex
	Edge int32 // the number of the FILLS edge
}

// Signed reports whether the project is signed or has come further.
func (x *Project) Signed() bool { return Rank(x.Stage) >= signed }

// Alive reports whether the project is signed and has news since a day, which [NewsSince]
// finds.
func (x *Project) Alive(since string) bool { return x.Signed() && x.News >= since }

// NewsSince returns the day so many months before an ISO date, "" if it is none: the last
// day of that month if it has no such day.
func NewsSince(day string, months int) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return ""
	}
	first := time.Date(t.Year(), t.Month()-time.Month(months), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(t.Day(), last)-1).Format(time.DateOnly)
}

// StageLabel returns the words for a stage.
func StageLabel(p *projection.Projection, stage string) schema.Text {
	if value := p.Model().Node(projection.Project).Property("stage").Value(stage); value != nil {
		return value.Label
	}
	return schema.Text{Zh: "阶段未注明", En: "stage not stated"}
}

// Rank places a stage: the further, the greater; −1 for none.
func Rank(stage string) int { return slices.Index(stages, stage) }

// Elsewhere reports whether a project has regions, of which none lies in the area of a code
// or around it.
func (x *Project) Elsewhere(code string) bool {
	return len(x.Areas) > 0 && !slices.ContainsFunc(x.Areas, func(area string) bool {
		return projection.Within(area, code) || projection.Within(code, area)
	})
}

// In reports whether a region of the project lies in the area of a code. In the country
// is every project, also one of no region.
func (x *Project) In(code string) bool {
	return code == projection.Country || slices.ContainsFunc(x.Areas, func(area string) bool { return projection.Within(area, code) })
}

// Without returns the companies of the project as they would be if some companies did not
// exist: its own, else its investors, ascending.
func (x *Project) Without(gone func(projection.Vertex) bool) []projection.Vertex {
	if !slices.ContainsFunc(x.Companies, gone) {
		return x.Companies
	}
	if left := slices.DeleteFunc(slices.Clone(x.Companies), gone); len(left) > 0 {
		return left
	}
	return slices.DeleteFunc(slices.Clone(x.investors), gone)
}

// Of reads the projects that fill links, once for a picture; those that were dropped are
// left out.
func Of(p *projection.Projection) []*Project {
	type key struct{}
	return p.Memo(key{}, func() any {
		return slices.DeleteFunc(slices.Clone(all(p)), func(x *Project) bool { return x == nil || len(x.Fills) == 0 })
	}).([]*Project)
}

// Find returns what a project says of links, nil for one that was dropped.
func Find(p *projection.Projection, project projection.Vertex) *Project {
	first, _ := p.Range(projection.Project)
	return all(p)[project-first]
}

// all reads the projects in the order of the picture, nil for one that was dropped.
func all(p *projection.Projection) []*Project {
	type key struct{}
	return p.Memo(key{}, func() any {
		first, end := p.Range(projection.Project)
		found := make([]*Project, end-first)
		for v := first; v < end; v++ {
			found[v-first] = read(p, v)
		}
		return found
	}).([]*Project)
}

func read(p *projection.Projection, v projection.Vertex) *Project {
	x := &Project{Project: v, Stage: p.Text(v, "stage"), Investment: math.NaN(), Synthetic: p.Synthetic(v)}
	if x.Stage == dropped {
		return nil
	}
	arcs := p.Out(projection.Fills, v)
	for i, whole := range arcs.Others {
		switch {
		case !p.Current(projection.Fills, arcs.Edges[i]):
		case p.Kind(whole) == projection.Link:
			x.Fills = append(x.Fills, Fill{whole, arcs.Edges[i]})
		case p.Kind(whole) == projection.Chain:
			x.Chains = append(x.Chains, whole)
		}
	}
	x.News, x.Areas = newsOf(p, v), AreasOf(p, v)
	x.Companies, x.investors = involved(p, v, "PROJECT_COMPANY"), involved(p, v, "INVESTOR")
	if len(x.Companies) == 0 {
		x.Companies = x.investors
	}
	for _, property := range planned {
		if x.Due == "" {
			x.Due = p.Text(v, property)
		}
	}
	if value, ok := p.Value(v, "investment"); ok {
		if money, ok := value.(float64); ok {
			x.Investment = money
		}
	}
	return x
}

// newsOf returns the last day that anything known of a project speaks of.
func newsOf(p *projection.Projection, v projection.Vertex) string {
	news := ""
	for _, f := range p.Node(v).Facts {
		news = max(news, schema.LastDay(f.AsOf))
	}
	for _, property := range happened {
		if day := p.Text(v, property); day != "" {
			news = max(news, schema.LastDay(day))
		}
	}
	return news
}

// AreasOf returns the codes of the regions of a project: its own, else those of
// its parks, else those of its task forces.
func AreasOf(p *projection.Projection, v projection.Vertex) []string {
	if own := p.AreasFrom(projection.LocatedIn, v); len(own) > 0 {
		return own
	}
	var codes []string
	arcs := p.Out(projection.Involves, v)
	for i, park := range arcs.Others {
		if p.Kind(park) == projection.Park && p.Current(projection.Involves, arcs.Edges[i]) && partOf(p, arcs.Edges[i]) == "LOCATION" {
			codes = append(codes, p.AreasFrom(projection.LocatedIn, park)...)
		}
	}
	if len(codes) > 0 {
		return codes
	}
	arcs = p.In(projection.InChargeOf, v)
	for i, force := range arcs.Others {
		if p.Current(projection.InChargeOf, arcs.Edges[i]) {
			codes = append(codes, p.AreasFrom(projection.InChargeOf, force)...)
		}
	}
	return codes
}

// partOf returns the part that an INVOLVES edge states.
func partOf(p *projection.Projection, number int32) string {
	edge, _, _ := p.Edge(projection.Involves, number)
	value, _ := edge.Get("part")
	part, _ := value.(string)
	return part
}

// involved returns the active companies that take one part in a project, ascending.
func involved(p *projection.Projection, v projection.Vertex, part string) []projection.Vertex {
	var companies []projection.Vertex
	arcs := p.Out(projection.Involves, v)
	for i, company := range arcs.Others {
		if p.Kind(company) == projection.Company && p.Current(projection.Involves, arcs.Edges[i]) && partOf(p, arcs.Edges[i]) == part {
			companies = append(companies, company)
		}
	}
	slices.Sort(companies)
	return slices.Compact(companies)
}
