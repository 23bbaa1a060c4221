package gaps

import (
	"cmp"
	"slices"
	"time"

	"liantu/graph"
	"liantu/graph/projection"
	"liantu/schema"
)

// InProgress is a project of the region that fills a link.
type InProgress struct {
	Project   projection.Vertex
	Link      projection.Vertex // that it fills: the link of the question, or one below it
	Edge      graph.ID          // of the FILLS edge
	Stage     string            // a value of the property stage of Project; "" if none is stated
	Alive     bool              // signed, with news of late
	News      string            // the day of its last news, an ISO date
	Due       string            // the day planned for production, else for what comes before; "" if none is
	Money     Figure            // planned investment in 万元
	Companies []projection.Vertex
	Synthetic bool

	number int32 // of the FILLS edge
}

// The stages of projects, from the first to the last.
var stages = []string{"LEAD", "TALKS", "SIGNED", "LANDED", "BUILDING", stageProducing}

const (
	stageProducing = "PRODUCING"
	stageDropped   = "DROPPED"
	firstAlive     = 2 // SIGNED
)

// The dates of a project: of what happened, and what is planned, the last first.
var (
	happened = []string{
		"first_contact", "signed_on", "landed_on", "land_on", "started_on", "completed_on", "producing_on", "full_capacity_on",
	}
	planned = []string{"production_planned", "completion_planned", "full_capacity_planned", "start_planned", "landing_planned", "signing_planned"}
)

// project is what questions know of a project.
type project struct {
	InProgress
	areas   []string // of its regions
	filled  []filled
	workers []projection.Vertex // its companies, ascending, if it produces
}

// filled is a link that a project fills.
type filled struct {
	link projection.Vertex
	edge int32
}

// projectsOf reads the projects that fill links, once for a picture; those that were
// dropped are left out.
func projectsOf(p *projection.Projection) []*project {
	type key struct{}
	return p.Memo(key{}, func() any {
		var found []*project
		first, end := p.Range(projection.Project)
		for v := first; v < end; v++ {
			if x := readProject(p, v); x != nil {
				found = append(found, x)
			}
		}
		return found
	}).([]*project)
}

func readProject(p *projection.Projection, v projection.Vertex) *project {
	x := &project{InProgress: InProgress{
		Project: v, Stage: p.Text(v, "stage"), News: newsOf(p, v), Money: Missing(NoInvestment), Synthetic: p.Synthetic(v),
	}}
	arcs := p.Out(projection.Fills, v)
	for i, link := range arcs.Others {
		if p.Kind(link) == projection.Link && p.Current(projection.Fills, arcs.Edges[i]) {
			x.filled = append(x.filled, filled{link, arcs.Edges[i]})
		}
	}
	if len(x.filled) == 0 || x.Stage == stageDropped {
		return nil
	}
	x.areas = areasOfProject(p, v)
	x.Companies = involved(p, v, "PROJECT_COMPANY")
	if len(x.Companies) == 0 {
		x.Companies = involved(p, v, "INVESTOR")
	}
	if x.Stage == stageProducing {
		x.workers = x.Companies
	}
	for _, property := range planned {
		if x.Due == "" {
			x.Due = p.Text(v, property)
		}
	}
	if value, ok := p.Value(v, "investment"); ok {
		if money, ok := value.(float64); ok {
			x.Money = Known(money)
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

// areasOfProject returns the codes of the regions of a project: its own, else those of
// its parks, else those of its task forces.
func areasOfProject(p *projection.Projection, v projection.Vertex) []string {
	if own := regionsFrom(p, projection.LocatedIn, v); len(own) > 0 {
		return own
	}
	var codes []string
	arcs := p.Out(projection.Involves, v)
	for i, park := range arcs.Others {
		if p.Kind(park) == projection.Park && p.Current(projection.Involves, arcs.Edges[i]) && partOf(p, arcs.Edges[i]) == "LOCATION" {
			codes = append(codes, regionsFrom(p, projection.LocatedIn, park)...)
		}
	}
	if len(codes) > 0 {
		return codes
	}
	arcs = p.In(projection.InChargeOf, v)
	for i, force := range arcs.Others {
		if p.Current(projection.InChargeOf, arcs.Edges[i]) {
			codes = append(codes, regionsFrom(p, projection.InChargeOf, force)...)
		}
	}
	return codes
}

// regionsFrom returns the area codes of the regions that edges of a kind lead to.
func regionsFrom(p *projection.Projection, kind string, v projection.Vertex) []string {
	var codes []string
	arcs := p.Out(kind, v)
	for i, region := range arcs.Others {
		if p.Kind(region) == projection.Region && p.Current(kind, arcs.Edges[i]) {
			codes = append(codes, p.AreaOf(region))
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

// pipeline are the projects of a region, and who produces there, by link.
type pipeline struct {
	projects map[projection.Vertex][]InProgress
	workers  map[projection.Vertex][]projection.Vertex // ascending, each once
}

// pipelineIn collects the projects of which an area holds a region; of all for the
// country, also those of no region.
func pipelineIn(p *projection.Projection, code string, settings *Settings) pipeline {
	in := pipeline{map[projection.Vertex][]InProgress{}, map[projection.Vertex][]projection.Vertex{}}
	since := monthsBefore(p.AsOf(), settings.NewsMonths)
	for _, x := range projectsOf(p) {
		if code != projection.Country && !slices.ContainsFunc(x.areas, func(area string) bool { return projection.Within(area, code) }) {
			continue
		}
		for _, f := range x.filled {
			one := x.InProgress
			edge, _, _ := p.Edge(projection.Fills, f.edge)
			one.Link, one.Edge, one.number = f.link, edge.ID, f.edge
			one.Alive = slices.Index(stages, x.Stage) >= firstAlive && x.News >= since
			for _, link := range p.LinksAbove(f.link) {
				in.projects[link] = append(in.projects[link], one)
				in.workers[link] = append(in.workers[link], x.workers...)
			}
		}
	}
	for link, workers := range in.workers {
		slices.Sort(workers)
		in.workers[link] = slices.Compact(workers)
	}
	for _, list := range in.projects {
		slices.SortStableFunc(list, func(x, y InProgress) int {
			return cmp.Or(cmp.Compare(slices.Index(stages, y.Stage), slices.Index(stages, x.Stage)), cmp.Compare(x.Project, y.Project), cmp.Compare(x.Link, y.Link))
		})
	}
	return in
}

// monthsBefore returns the day so many months before an ISO date, "" if it is none.
func monthsBefore(day string, months int) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return ""
	}
	return t.AddDate(0, -months, 0).Format(time.DateOnly)
}

// Pipeline returns the projects of the region that fill the link or one below it, those
// that have come furthest first, then in the order of the picture. Projects that were
// dropped are left out.
func (v *Verdict) Pipeline() []InProgress { return v.assessor.pipeline.projects[v.Link] }

// alive reports whether a project of the region that fills a link is alive.
func (a *Assessor) alive(link projection.Vertex) bool {
	return slices.ContainsFunc(a.pipeline.projects[link], func(x InProgress) bool { return x.Alive })
}

// workers returns who produces in the region at a link, as is supposed.
func (a *Assessor) workers(link projection.Vertex) []projection.Vertex {
	workers := a.pipeline.workers[link]
	if a.supposed != nil && len(workers) > 0 {
		workers = slices.DeleteFunc(slices.Clone(workers), a.supposed.isClosed)
	}
	return workers
}

// present returns the n companies: those of the region at a link, and those that produce
// there, ascending.
func (a *Assessor) present(link projection.Vertex) []projection.Vertex {
	return union(a.local(a.Presence.At(link)), a.workers(link))
}

// leading returns those of [Assessor.present] that lead.
func (a *Assessor) leading(link projection.Vertex) []projection.Vertex {
	var leaders []projection.Vertex
	for _, v := range a.workers(link) {
		if a.Picture.Leads(v) {
			leaders = append(leaders, v)
		}
	}
	return union(a.local(a.Presence.Leading(link)), leaders)
}

// union merges two ascending lists; the first is returned as it is if it holds the
// second.
func union(list, more []projection.Vertex) []projection.Vertex {
	if len(more) == common(list, more) {
		return list
	}
	both := slices.Concat(list, more)
	slices.Sort(both)
	return slices.Compact(both)
}

// inCountry returns how many companies of the country are at a link or produce there,
// as is supposed.
func (a *Assessor) inCountry(link projection.Vertex) int {
	type key struct{}
	workers := a.Picture.Memo(key{}, func() any {
		return pipelineIn(a.Picture, projection.Country, a.settings).workers
	}).(map[projection.Vertex][]projection.Vertex)
	all := union(a.Presence.At(link), workers[link])
	if a.supposed == nil {
		return len(all)
	}
	return len(all) - common(all, a.supposed.closed)
}
