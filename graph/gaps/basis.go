package gaps

import (
	"context"
	"slices"
	"strings"

	"liantu/graph/area"
	"liantu/graph/projection"
	"liantu/graph/tuning"
)

// linksAt returns the links of a depth that are in the scope of a frame, as numbers within
// their kind.
func linksAt(p *projection.Projection, f *area.Frame, depth int) []int32 {
	links := depths(p)[depth]
	if len(f.Scope) == 0 {
		return links
	}
	first, _ := p.Range(projection.Link)
	return slices.DeleteFunc(slices.Clone(links), func(link int32) bool { return !f.Has(first + projection.Vertex(link)) })
}

// basis is a frame that is complete in a region, and what verdicts there rest on.
type basis struct {
	frame    *area.Frame
	members  *area.Members
	shown    *Frame
	presence *projection.Presence // of the members
	unread   int                  // U′
	above    []parent

	// The rest is known only where the frame is comparable for some link.
	ref      *reference
	known    [2]int // members at links whose employees, whose capital is stated
	momentum []Figure
	levels   map[int]*levelNumbers // by depth of links
}

// parent is an area above the region with members that are placed no deeper.
type parent struct {
	area.Parent
	landed []projection.Vertex // of the unplaced, those that are taken to be in the region
}

// compared are areas that a comparison looks at besides the region.
type compared []string

// findBases finds the frames that are complete in the region, in their order, and what
// those that are comparable for some link are compared with.
func (a *Assessor) findBases(ctx context.Context, also compared) error {
	var frames []*area.Frame
	for _, f := range area.FramesOf(a.Picture, a.settings.Population) {
		if _, complete := f.CompleteIn(a.Code); complete {
			frames = append(frames, f)
		}
	}
	slices.SortStableFunc(frames, func(x, y *area.Frame) int { return x.CompareIn(y, a.Code) })
	for _, f := range frames {
		b, err := a.newBasis(ctx, f, also)
		if err != nil {
			return err
		}
		a.bases, a.frames = append(a.bases, b), append(a.frames, b.shown)
	}
	a.chooseComparable()
	a.chooseNaming()
	for i, naming := range a.naming {
		if naming != nil && a.comparable[i] == nil && a.enlisted == nil {
			var err error
			if a.enlisted, err = area.EnlistedOf(ctx, a.Picture, a.settings.Population, a.Grade); err != nil {
				return err
			}
		}
	}
	for _, b := range a.bases {
		if !slices.Contains(a.comparable, b) {
			continue
		}
		if err := b.compare(ctx, a); err != nil {
			return err
		}
	}
	return nil
}

// newBasis counts a frame in the region.
func (a *Assessor) newBasis(ctx context.Context, f *area.Frame, also compared) (*basis, error) {
	members, err := f.Members(ctx, a.Grade)
	if err != nil {
		return nil, err
	}
	b := &basis{frame: f, members: members, presence: members.Presence}
	b.shown = &Frame{Name: strings.TrimSpace(string(f.Population) + " " + f.Codes), Population: f.Population, Scope: f.Scope, Sources: f.SourcesIn(a.Code)}
	b.shown.Date, _ = f.CompleteIn(a.Code)
	b.shown.Coverage = coverageOf(members.Among(a.First, a.End), b.presence.Attributed(a.First, a.End))
	b.shown.Large = b.shown.Coverage.Attributed >= a.settings.MinPopulation
	b.shown.ReferenceDate, b.shown.Comparable = a.comparableIn(f, also)
	if b.shown.Comparable {
		companies, attributed := 0, 0
		for _, code := range a.codes {
			first, end := a.Picture.CompaniesIn(code)
			companies += members.Among(first, end)
			attributed += b.presence.Attributed(first, end)
		}
		b.shown.Reference = coverageOf(companies, attributed)
	}
	b.unread = members.Unread(a.First, a.End)
	for _, above := range members.Above(&a.View) {
		b.above = append(b.above, parent{Parent: above})
	}
	return b, nil
}

func coverageOf(companies, attributed int) Coverage {
	return Coverage{Companies: companies, Attributed: attributed, Unattributed: companies - attributed}
}

// comparableIn reports whether a frame that is complete in the region is complete in
// the reference and all areas compared too, as of near dates, and as of which day in the
// reference.
func (a *Assessor) comparableIn(f *area.Frame, also compared) (date string, is bool) {
	for _, code := range a.codes {
		of, complete := f.CompleteIn(code)
		if !complete {
			return "", false
		}
		if date == "" || of < date {
			date = of
		}
	}
	for _, code := range append([]string{a.Code}, also...) {
		of, complete := f.CompleteIn(code)
		years := area.YearsBetween(of, date)
		if !complete || max(years, -years) > a.settings.FrameYears+Slack {
			return "", false
		}
	}
	return date, true
}

// chooseComparable finds the comparable frame of every link.
func (a *Assessor) chooseComparable() {
	a.comparable = make([]*basis, len(a.links))
	for _, fits := range []func(*basis) bool{
		func(b *basis) bool { return b.shown.Large && b.largeThere(a.settings) },
		func(b *basis) bool { return b.largeThere(a.settings) },
		func(*basis) bool { return true },
	} {
		a.choose(a.comparable, func(b *basis) bool { return b.shown.Comparable && fits(b) })
	}
}

// chooseNaming finds the naming frame of every link.
func (a *Assessor) chooseNaming() {
	a.naming = make([]*basis, len(a.links))
	a.choose(a.naming, func(b *basis) bool { return b.shown.Large })
}

// choose sets the frame of links that have none yet to the first one that has the link
// in its scope and fits.
func (a *Assessor) choose(chosen []*basis, fits func(*basis) bool) {
	for _, b := range a.bases {
		if !fits(b) {
			continue
		}
		for i := range chosen {
			if chosen[i] == nil && b.frame.Has(a.firstLink+projection.Vertex(i)) {
				chosen[i] = b
			}
		}
	}
}

// largeThere reports whether a comparable frame is large enough in the reference.
func (b *basis) largeThere(settings *tuning.Settings) bool {
	return b.shown.Reference.Attributed >= settings.MinPopulation
}

// surveyed reports whether any frame with a link in its scope is complete in the region.
func (a *Assessor) surveyed(link projection.Vertex) bool {
	return slices.ContainsFunc(a.bases, func(b *basis) bool { return b.frame.Has(link) })
}

// compare computes what a comparable frame is compared with.
func (b *basis) compare(ctx context.Context, a *Assessor) (err error) {
	if b.ref, err = referenceOf(ctx, a.Picture, b.members, a.codes); err != nil {
		return err
	}
	b.momentum = momentum(a.Picture, b.members, a.settings)
	b.known = statedSizesOf(a.Picture, b.members).among(a.First, a.End)
	b.levels = map[int]*levelNumbers{}
	for depth := range depths(a.Picture) {
		if b.levels[depth], err = newLevel(ctx, a, b, depth); err != nil {
			return err
		}
	}
	return nil
}

// level returns what the links of the depth of a link share in the frame.
func (b *basis) level(a *Assessor, link projection.Vertex) *levelNumbers {
	return b.levels[a.links[link-a.firstLink].depth]
}

// share returns p′ at a link.
func (b *basis) share(a *Assessor, link projection.Vertex) float64 {
	if b.ref.coverage.Attributed == 0 {
		return 0
	}
	return float64(b.ref.links[link-a.firstLink].companies) / float64(b.ref.coverage.Attributed)
}
