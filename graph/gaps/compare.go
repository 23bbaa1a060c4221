package gaps

import (
	"context"
	"slices"
	"strings"

	"liantu/graph"
	"liantu/graph/area"
	"liantu/graph/dates"
	"liantu/graph/lines"
	"liantu/graph/projection"
	"liantu/graph/topics"
	"liantu/graph/tuning"
	"liantu/message"
	"liantu/schema"
)

// CompareQuestion asks how regions stand at the same links. All texts may be
// codes, ids or names.
type CompareQuestion struct {
	// Scope holds ecosystems, chains and links, and About adds what words mean, as in
	// [Question]; one of them is required.
	Scope []string
	About string
	// Regions are compared with each other, the first being the one that the
	// question is about; at least one.
	Regions []string
	// Peers is how many regions of the first one's level are added, those most
	// like it in the number of attributed companies; see [area.PeersOf].
	Peers int
	// Reference is the area to compare with; empty means the whole country.
	Reference []string
	MinGrade  graph.Grade // "" means that of the settings
	// Levels selects the links that have a row of their own in any of the regions; "" means
	// [lines.Leaves].
	Levels lines.Levels
}

// maxCompared is the most regions of one comparison.
const maxCompared = 40

// Comparison holds the verdicts of several regions on the same links, all
// against the same reference. It belongs to one picture.
type Comparison struct {
	Version   graph.Version
	DataDates *dates.Lazy // of the companies of all regions, each once, at the links
	Synthetic bool
	MinGrade  graph.Grade
	About     *topics.Topic       // what the words were understood as, nil for none
	Regions   []projection.Vertex // as asked, then the peers, most alike first
	Coverage  []Coverage          // by region
	// RegionDates are the data dates of the companies of each region at the links in scope.
	RegionDates []*dates.Lazy
	Links       []projection.Vertex // those with a row, ascending by code
	// Represented is how many links in scope have none: in each region another one has,
	// above or below.
	Represented int
	// Cells are the verdicts by link and region, in the order of Links and
	// Regions. They are shared and must not be changed.
	Cells [][]*Verdict
	// Quadrants place each link for the first region.
	Quadrants []Placement
}

// Quadrant says what a link is for a region, by what is there and how well it
// fits what the region does.
type Quadrant string

// The quadrants. What is here is a state from ADEQUATE up, what fits has a
// density rank of at least one half.
const (
	Strength    Quadrant = "STRENGTH"    // 优势: here, and it fits
	Opportunity Quadrant = "OPPORTUNITY" // 机会: thin or absent, and it fits
	Threat      Quadrant = "THREAT"      // 威胁: here, but little ties it to the rest
	Weakness    Quadrant = "WEAKNESS"    // 劣势: thin or absent, and it does not fit
)

// Quadrants returns all quadrants.
func Quadrants() []Quadrant { return []Quadrant{Strength, Opportunity, Threat, Weakness} }

// Label returns the word for the quadrant in both languages.
func (q Quadrant) Label() schema.Text { return quadrantLabels[q] }

var quadrantLabels = map[Quadrant]schema.Text{
	Strength:    {Zh: "优势", En: "strength"},
	Opportunity: {Zh: "机会", En: "opportunity"},
	Threat:      {Zh: "威胁", En: "threat"},
	Weakness:    {Zh: "劣势", En: "weakness"},
}

// Placement is where a link lies between what is here and what fits.
type Placement struct {
	Link     projection.Vertex
	Quadrant Quadrant // "" if one of the two is not known
	Presence Figure   // the location quotient shrunk towards 1, 0 for an absence; unknown for UNKNOWN
	Fit      Figure   // the density rank
	Why      Code     // why there is no quadrant, "" if there is one
}

// fits is the density rank from which on a link fits what a region does.
const fits = 0.5

// placementOf places a verdict.
func placementOf(v *Verdict) Placement {
	at := Placement{Link: v.Link, Presence: v.Numbers.Mean, Fit: v.Numbers.DensityRank}
	switch v.State {
	case Absent:
		at.Presence = Known(0)
	case Unknown, Present, Empty, NotJudged:
		at.Presence = Missing(v.Flags[0])
		at.Why = v.Flags[0]
		return at
	}
	fit, known := at.Fit.Get()
	if !known {
		at.Why = at.Fit.Why()
		return at
	}
	here := v.State == Adequate || v.State == Strong
	switch {
	case here && fit >= fits-Slack:
		at.Quadrant = Strength
	case here:
		at.Quadrant = Threat
	case fit >= fits-Slack:
		at.Quadrant = Opportunity
	default:
		at.Quadrant = Weakness
	}
	return at
}

// Compare puts the verdicts of several regions on the same links side by side.
// Errors are those of [Ask]; too many regions give [graph.ErrInvalid].
func Compare(ctx context.Context, p *projection.Projection, settings tuning.Settings, q CompareQuestion) (*Comparison, error) {
	grade, err := settings.Ready(p, q.MinGrade)
	if err != nil {
		return nil, err
	}
	if len(q.Regions) == 0 {
		return nil, message.As(graph.ErrInvalid, "regions: none is given")
	}
	if len(q.Scope) == 0 && q.About == "" {
		return nil, message.As(graph.ErrInvalid, "scope: no chain, link or ecosystem is given")
	}
	if err := checkLevels(q.Levels); err != nil {
		return nil, err
	}
	regions, err := area.InOrder(p, q.Regions, projection.Region)
	if err != nil {
		return nil, err
	}
	scope, topic, err := scopeOf(ctx, p, q.Scope, q.About)
	if err != nil {
		return nil, err
	}
	reference, err := area.LookupAll(p, q.Reference, projection.Region)
	if err != nil {
		return nil, err
	}
	peers, err := area.PeersOf(ctx, p, settings.Population, grade, regions[0], max(0, q.Peers))
	if err != nil {
		return nil, err
	}
	for _, peer := range peers {
		if !slices.Contains(regions, peer) {
			regions = append(regions, peer)
		}
	}
	if len(regions) > maxCompared {
		return nil, message.As(graph.ErrInvalid, "regions: %d are more than the %d that are compared at once", len(regions), maxCompared)
	}
	c := &Comparison{
		Version: p.Version(), MinGrade: grade, Regions: regions,
		About: topic, Synthetic: area.Synthetic(p, grade),
	}
	views, err := c.views(ctx, p, settings, reference, scope)
	if err != nil {
		return nil, err
	}
	c.fill(views, q.Levels == lines.All)
	return c, nil
}

// views asks every region about every link in scope.
func (c *Comparison) views(ctx context.Context, p *projection.Projection, settings tuning.Settings, reference, scope []projection.Vertex) ([]*view, error) {
	views := make([]*view, len(c.Regions))
	codes, also := area.Outermost(p, reference), make(compared, len(c.Regions))
	for i, region := range c.Regions {
		also[i] = p.AreaOf(region)
	}
	slices.Sort(also)
	together := comparedKey{settings.Key(), c.MinGrade, projection.None, strings.Join(codes, " "), strings.Join(also, " ")}
	var assessors []*Assessor
	for k, region := range c.Regions {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		together.region = region
		a, err := comparedAssessor(ctx, p, together, codes, also)
		if err != nil {
			return nil, err
		}
		c.Coverage = append(c.Coverage, a.coverage)
		views[k] = a.viewOf(scope)
		c.RegionDates, assessors = append(c.RegionDates, views[k].dates), append(assessors, a)
		if err := views[k].judge(ctx); err != nil {
			return nil, err
		}
	}
	c.DataDates = datesOf(views[0].links, assessors...)
	return views, nil
}

// fill puts side by side the verdicts on the links that have a row in any region.
func (c *Comparison) fill(views []*view, all bool) {
	links := views[0].links
	cells := make([]*Verdict, 0, len(links)*len(views))
	for i, link := range links {
		if !all && !slices.ContainsFunc(views, func(w *view) bool { return w.rows()[i] }) {
			c.Represented++
			continue
		}
		for _, w := range views {
			cells = append(cells, w.assessor.Verdict(link))
		}
		row := cells[len(cells)-len(views):]
		c.Links, c.Cells = append(c.Links, link), append(c.Cells, row[:len(row):len(row)])
		c.Quadrants = append(c.Quadrants, placementOf(row[0]))
	}
}

// comparedKey is what the assessor of a region in a comparison depends on.
type comparedKey struct {
	settings   tuning.Key
	grade      graph.Grade
	region     projection.Vertex
	area, also string
}

// comparedAssessor is [AssessorOf] with room for all the regions of a comparison, each of
// which caches few verdicts, since a comparison asks about few links. What is compared is
// a population that is complete in all of them.
func comparedAssessor(ctx context.Context, p *projection.Projection, k comparedKey, codes []string, also compared) (*Assessor, error) {
	type memoKey struct{}
	memo := p.Memo(memoKey{}, func() any { return projection.NewMemo(maxCompared) }).(*projection.Memo)
	a, err := memo.Try(ctx, k, func() (any, error) {
		return newAssessor(ctx, p, k.settings.Settings(), k.grade, k.region, codes, also)
	})
	if err != nil {
		return nil, err
	}
	return a.(*Assessor), nil
}
