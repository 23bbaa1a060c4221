package gaps

import (
	"context"
	"slices"

	"liantu/graph"
	"liantu/graph/area"
	"liantu/graph/projection"
)

// Above returns the verdict on the same link in the first region above in which a
// population with the link in its scope is complete and large enough, against the same
// reference: it answers what a verdict that is unknown by TOO_FEW cannot. It is nil for
// other verdicts, and if there is no such region.
func (v *Verdict) Above() *Verdict {
	a := v.assessor
	if v.State != Unknown || v.Flags[0] != TooFew || a.above == nil || a.above[v.Link-a.firstLink] == nil {
		return nil
	}
	return a.above[v.Link-a.firstLink].Verdict(v.Link)
}

// Region returns the region that a verdict is about.
func (v *Verdict) Region() projection.Vertex { return v.assessor.Region }

// MinGrade is the weakest grade of evidence that counted.
func (v *Verdict) MinGrade() graph.Grade { return v.assessor.Grade }

// findAbove finds, for the links of which the populations are too small in the region, the
// first region above in which one is not.
func (a *Assessor) findAbove(ctx context.Context) error {
	var open []projection.Vertex
	for i := range a.links {
		if link := a.firstLink + projection.Vertex(i); a.naming[i] == nil && a.surveyed(link) {
			open = append(open, link)
		}
	}
	for _, code := range a.Picture.Above(a.Region) {
		region := a.Picture.RegionByCode(code)
		if len(open) == 0 || region == projection.None {
			continue
		}
		large, err := a.largeIn(ctx, code)
		if err != nil {
			return err
		}
		answered := func(link projection.Vertex) bool {
			return slices.ContainsFunc(large, func(f *area.Frame) bool { return f.Has(link) })
		}
		if !slices.ContainsFunc(open, answered) {
			continue
		}
		above, err := assessorOf(ctx, a.Picture, *a.settings, a.Grade, region, a.codes)
		if err != nil {
			return err
		}
		if a.above == nil {
			a.above = make([]*Assessor, len(a.links))
		}
		for _, link := range open {
			if answered(link) {
				a.above[link-a.firstLink] = above
			}
		}
		open = slices.DeleteFunc(open, answered)
	}
	return nil
}

// largeIn returns the frames that are complete and large enough in an area.
func (a *Assessor) largeIn(ctx context.Context, code string) ([]*area.Frame, error) {
	var large []*area.Frame
	first, end := a.Picture.CompaniesIn(code)
	for _, f := range area.FramesOf(a.Picture, a.settings.Population) {
		if _, complete := f.CompleteIn(code); !complete {
			continue
		}
		members, err := f.Members(ctx, a.Grade)
		if err != nil {
			return nil, err
		}
		if members.Presence.Attributed(first, end) >= a.settings.MinPopulation {
			large = append(large, f)
		}
	}
	return large, nil
}
