package gaps

import (
	"context"

	"liantu/graph/area"
	"liantu/graph/dates"
	"liantu/graph/projection"
	"liantu/graph/projects"
)

// DatesAt returns the data dates of the companies of the region at some links, found when
// they are first asked for.
func (a *Assessor) DatesAt(links []projection.Vertex) *dates.Lazy { return datesOf(links, a) }

// datesOf returns the data dates of the companies of several regions at some links, each
// company once, and of those that are supposed to land in them.
func datesOf(links []projection.Vertex, regions ...*Assessor) *dates.Lazy {
	return dates.Later(func(ctx context.Context) (dates.Dates, error) {
		a := regions[0]
		counter := dates.NewCounter(a.Picture, a.Grade, links)
		var areas []projection.Vertex
		filled := map[int32]bool{}
		for _, r := range regions {
			areas = append(areas, r.Region)
			r.fillings(links, filled)
			if r.supposed != nil {
				if err := counter.Companies(ctx, r.supposed.land); err != nil {
					return dates.Dates{}, err
				}
			}
		}
		for number := range filled {
			edge, _, _ := a.Picture.Edge(projection.Fills, number)
			counter.Edge(edge)
		}
		for _, code := range area.Outermost(a.Picture, areas) {
			first, end := a.Picture.CompaniesIn(code)
			if err := counter.Range(ctx, first, end); err != nil {
				return dates.Dates{}, err
			}
		}
		return counter.Dates(), nil
	})
}

// fillings adds the FILLS edges by which companies produce in the region at some links.
func (a *Assessor) fillings(links []projection.Vertex, found map[int32]bool) {
	for _, link := range links {
		for _, x := range a.projects[link] {
			if x.Stage == projects.Producing && len(x.Companies) > 0 {
				found[x.number] = true
			}
		}
	}
}
