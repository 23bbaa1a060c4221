package gaps

import (
	"slices"

	"liantu/graph/dates"
	"liantu/graph/projection"
)

// DatesAt returns the data dates of the companies of the region at some links, found when
// they are first asked for.
func (a *Assessor) DatesAt(links []projection.Vertex) *dates.Lazy { return datesOf(links, a) }

// datesOf returns the data dates of the companies of several regions at some links, each
// company once, and of those that are supposed to land in them.
func datesOf(links []projection.Vertex, regions ...*Assessor) *dates.Lazy {
	var areas, landed []projection.Vertex
	for _, r := range regions {
		areas = append(areas, r.Region)
		if r.supposed != nil {
			landed = slices.Concat(landed, r.supposed.land)
		}
	}
	return dates.Of(regions[0].Picture, regions[0].Grade, links, areas, landed)
}
