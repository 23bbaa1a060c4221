package gaps

import (
	"liantu/graph"
	"liantu/graph/projection"
)

// View is a region seen in a picture by evidence of one grade.
type View struct {
	p        *projection.Projection
	grade    graph.Grade          // the weakest grade of evidence that counts
	presence *projection.Presence // who is at which link by that evidence
	region   projection.Vertex
	code     string // of the area of the region
	level    projection.Level
	first    projection.Vertex // companies of the region: first <= v < end
	end      projection.Vertex // one after the last company of the region
}

// newView returns the view of a region in a picture.
func newView(p *projection.Projection, grade graph.Grade, region projection.Vertex) *View {
	v := &View{
		p: p, grade: grade, presence: p.Presence(grade),
		region: region, code: p.AreaOf(region), level: p.LevelOfRegion(region),
	}
	v.first, v.end = p.CompaniesIn(v.code)
	return v
}

// here returns the part of an ascending list of companies that is in the
// region.
func (v *View) here(list []projection.Vertex) []projection.Vertex {
	return projection.Among(list, v.first, v.end)
}

// Parent is an area above a region with companies of which no more is known
// than that they are there.
type Parent struct {
	Unplaced Span
	Share    float64 // of the region in it
}

// Span is a range of companies: First <= v < End.
type Span struct{ First, End projection.Vertex }

// above returns the areas above the region that have companies whose place is
// known no better.
func (v *View) above() []Parent {
	var found []Parent
	for _, code := range v.p.Above(v.region) {
		first, end := v.p.CompaniesAt(code)
		if first == end {
			continue
		}
		var share float64
		if placed := v.p.PlacedBelow(code, v.level); placed > 0 {
			share = float64(v.p.PlacedBelow(v.code, v.level)) / float64(placed)
		} else {
			share = 1 / float64(max(1, len(v.p.RegionsAt(v.level, code))))
		}
		found = append(found, Parent{Unplaced: Span{first, end}, Share: share})
	}
	return found
}

// elsewhere reports whether a company is known to be placed outside an area:
// neither in it nor in an area above it, where it might be in it.
func elsewhere(p *projection.Projection, company projection.Vertex, code string) bool {
	place := p.PlaceOf(company)
	return !projection.Within(place, code) && !projection.Within(code, place)
}
