package gaps

import (
	"context"

	"liantu/graph/area"
	"liantu/graph/projection"
)

// Above returns the verdict on the same link in the first region above in which a
// population with the link in its scope is complete and large enough, against the same
// reference; nil if there is none. It answers what a verdict that is unknown by TOO_FEW
// cannot.
func (v *Verdict) Above(ctx context.Context) (*Verdict, error) {
	a := v.assessor
	for _, code := range a.Picture.Above(a.Region) {
		region := a.Picture.RegionByCode(code)
		if region == projection.None || !a.enoughIn(code, v.Link) {
			continue
		}
		above, err := assessorOf(ctx, a.Picture, *a.settings, a.Grade, region, a.codes)
		if err != nil {
			return nil, err
		}
		return above.Verdict(v.Link), nil
	}
	return nil, nil
}

// Region returns the region that a verdict is about.
func (v *Verdict) Region() projection.Vertex { return v.assessor.Region }

// enoughIn reports whether a frame with a link in its scope is complete and large enough
// in an area.
func (a *Assessor) enoughIn(code string, link projection.Vertex) bool {
	first, end := a.Picture.CompaniesIn(code)
	for _, f := range area.FramesOf(a.Picture) {
		if _, complete := f.CompleteIn(code); complete && f.Has(link) &&
			f.Members(a.Grade).Presence.Attributed(first, end) >= a.settings.MinPopulation {
			return true
		}
	}
	return false
}
