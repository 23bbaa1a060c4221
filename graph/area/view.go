package area

import (
	"liantu/graph"
	"liantu/graph/projection"
)

// View is a region seen in a picture by evidence of one grade.
type View struct {
	Picture  *projection.Projection
	Grade    graph.Grade          // the weakest grade of evidence that counts
	Presence *projection.Presence // who is at which link by that evidence
	Region   projection.Vertex
	Code     string // of the area of the region
	Level    projection.Level
	First    projection.Vertex // companies of the region: first <= v < end
	End      projection.Vertex // one after the last company of the region
}

// New returns the view of a region in a picture.
func New(p *projection.Projection, grade graph.Grade, region projection.Vertex) *View {
	v := &View{
		Picture: p, Grade: grade, Presence: p.Presence(grade),
		Region: region, Code: p.AreaOf(region), Level: p.LevelOfRegion(region),
	}
	v.First, v.End = p.CompaniesIn(v.Code)
	return v
}

// Here returns the part of an ascending list of companies that is in the
// region.
func (v *View) Here(list []projection.Vertex) []projection.Vertex {
	return projection.Among(list, v.First, v.End)
}

// Parent is an area above a region with companies that are placed no deeper than
// there.
type Parent struct {
	Unplaced Span
	Share    float64 // of the region in it
}

// Span is a range of companies: First <= v < End.
type Span struct{ First, End projection.Vertex }

// Outside reports whether a company is known to be placed outside an area:
// neither in it nor in an area above it, where it might be in it.
func Outside(p *projection.Projection, company projection.Vertex, code string) bool {
	place := p.PlaceOf(company)
	return !projection.Within(place, code) && !projection.Within(code, place)
}
