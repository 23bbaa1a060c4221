package area

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"
	"sync"
	"time"

	"liantu/graph"
	"liantu/graph/projection"
	"liantu/schema"
)

// Frame is a population within a scope, as the lists of a picture hold it. What a list,
// a member and completeness are is defined in the documentation of package gaps. It
// is cached with the picture and safe for concurrent use.
type Frame struct {
	Population Population
	Scope      []projection.Vertex // ecosystems, chains and links, ascending; empty for all links
	Codes      string              // of the scope, ascending, joined by blanks

	p                 *projection.Projection
	lists, placements []*declaration
	inScope           []bool // by link; nil for all
	links             int    // in the scope

	mu       sync.Mutex
	complete map[string]completeness // by code of an area
	lasting  *projection.Memo        // its companies, by grade too
	memo     *projection.Memo        // what is counted of them
}

// frameLimit is how many results are cached for a frame: what all levels, depths and
// grades need, and many references.
const frameLimit = 128

// lastingLimit is how many results there are that a frame never drops: its companies, and
// where they are by each grade.
const lastingLimit = 8

// Memo caches results about the frame, so that those of many frames do not drop one
// another; see [projection.Projection.Memo].
func (f *Frame) Memo(key any, compute func() any) any { return f.memo.Get(key, compute) }

// TryMemo is [Frame.Memo] for a computation that may fail.
func (f *Frame) TryMemo(ctx context.Context, key any, compute func() (any, error)) (any, error) {
	return f.memo.Try(ctx, key, compute)
}

// completeness says whether a frame is complete in an area, and as of which day.
type completeness struct {
	is   bool
	date string
}

// FramesOf returns the frames that the sources of a picture declare, widest population
// first, then those of more links, then by the codes of the scope: those of one
// population, or all for "".
func FramesOf(p *projection.Projection, of Population) []*Frame {
	p = p.Shared(projection.Person, projection.Intermediary)
	type key struct{}
	all := p.Memo(key{}, func() any {
		frames := declared(p)
		slices.SortFunc(frames, func(a, b *Frame) int { return cmp.Or(a.compare(b), strings.Compare(a.Codes, b.Codes)) })
		return frames
	}).([]*Frame)
	if of == "" {
		return all
	}
	return slices.DeleteFunc(slices.Clone(all), func(f *Frame) bool { return f.Population != of })
}

func newFrame(p *projection.Projection, population Population, scope []projection.Vertex) *Frame {
	f := &Frame{
		Population: population, Scope: scope, Codes: codesOf(p, scope), p: p, links: p.Count(projection.Link),
		complete: map[string]completeness{}, lasting: projection.NewMemo(lastingLimit), memo: projection.NewMemo(frameLimit),
	}
	if len(scope) > 0 {
		first, end := p.Range(projection.Link)
		f.inScope, f.links = make([]bool, end-first), 0
		for _, link := range LinksOf(p, scope) {
			f.inScope[link-first] = true
			f.links++
		}
	}
	return f
}

// compare orders frames by their population and the number of links in their scope.
func (f *Frame) compare(other *Frame) int {
	return cmp.Or(cmp.Compare(slices.Index(populations, f.Population), slices.Index(populations, other.Population)),
		cmp.Compare(other.links, f.links))
}

// Has reports whether a link is in the scope.
func (f *Frame) Has(link projection.Vertex) bool {
	if f.inScope == nil {
		return true
	}
	first, _ := f.p.Range(projection.Link)
	return f.inScope[link-first]
}

// CompleteIn reports whether the frame is complete in the area of a code, and as of
// which day, an ISO date.
func (f *Frame) CompleteIn(code string) (date string, is bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	c := f.completeIn(projection.AreaCode(code))
	return c.date, c.is
}

// ListedIn reports whether a list covers the area of a code as a whole.
func (f *Frame) ListedIn(code string) bool {
	return len(currentOf(f.lists, projection.AreaCode(code))) > 0
}

func (f *Frame) completeIn(code string) completeness {
	if c, known := f.complete[code]; known {
		return c
	}
	c := completeness{}
	if current := currentOf(f.lists, code); len(current) > 0 {
		c.is = true
		for _, d := range current {
			c.date = max(c.date, d.date)
		}
	} else if projection.LevelOf(code) != projection.LevelCounty {
		c = f.completeByParts(code)
	}
	f.complete[code] = c
	return c
}

// completeByParts is completeness in every region directly below an area.
func (f *Frame) completeByParts(code string) completeness {
	whole := completeness{}
	for _, region := range partsOf(f.p, code) {
		part := f.completeIn(f.p.AreaOf(region))
		if !part.is {
			return completeness{}
		}
		if !whole.is || part.date < whole.date {
			whole = part
		}
	}
	return whole
}

// partsOf returns the regions that lie in an area with no other region between.
func partsOf(p *projection.Projection, code string) []projection.Vertex {
	type key struct{}
	byArea := p.Memo(key{}, func() any {
		parts := map[string][]projection.Vertex{}
		for level := projection.LevelProvince; level <= projection.LevelCounty; level++ {
			for _, region := range p.RegionsAt(level, projection.Country) {
				outer := projection.Country
				if parent := p.ParentRegion(region); parent != projection.None {
					outer = p.AreaOf(parent)
				}
				parts[outer] = append(parts[outer], region)
			}
		}
		return parts
	}).(map[string][]projection.Vertex)
	return byArea[code]
}

// currentOf returns the lists that cover an area and have the newest complete_on.
func currentOf(lists []*declaration, code string) []*declaration {
	var current []*declaration
	for _, d := range lists {
		if !d.covers(code) {
			continue
		}
		if len(current) > 0 && d.completeOn != current[0].completeOn {
			if d.completeOn < current[0].completeOn {
				continue
			}
			current = current[:0]
		}
		current = append(current, d)
	}
	return current
}

// SourcesIn returns the names of the current lists of an area and of the placements
// that cover it, ascending; of an area that no list covers, those of the regions directly
// below it.
func (f *Frame) SourcesIn(code string) []string {
	var names []string
	for _, d := range currentOf(f.lists, code) {
		names = append(names, d.source)
	}
	if len(names) == 0 && projection.LevelOf(code) != projection.LevelCounty {
		for _, region := range partsOf(f.p, code) {
			names = append(names, f.SourcesIn(f.p.AreaOf(region))...)
		}
	}
	for _, d := range f.placements {
		if d.covers(code) {
			names = append(names, d.source)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// names reports whether a list states a fact of a company as of a day on which it may
// name its members.
func (d *declaration) names(p *projection.Projection, company projection.Vertex) bool {
	return slices.ContainsFunc(p.Node(company).Facts, func(f graph.Fact) bool {
		if f.Source != d.source || d.completeOn == "" && !p.Past() {
			return f.Source == d.source
		}
		day := schema.LastDay(f.AsOf)
		return day >= d.completeOn && (!p.Past() || day <= p.AsOf())
	})
}

// CompareIn orders frames for a region: as [FramesOf] does, but of equal width the one
// that holds the region as of a later day first. Both must be complete there.
func (f *Frame) CompareIn(other *Frame, code string) int {
	mine, _ := f.CompleteIn(code)
	theirs, _ := other.CompleteIn(code)
	return cmp.Or(f.compare(other), strings.Compare(theirs, mine), strings.Compare(f.Codes, other.Codes))
}

// YearsBetween returns how many years of 365.25 days the second of two ISO dates is after
// the first, less than 0 if it is before; 0 if one of them is not a day.
func YearsBetween(earlier, later string) float64 {
	a, errA := time.Parse(time.DateOnly, earlier)
	b, errB := time.Parse(time.DateOnly, later)
	if errA != nil || errB != nil {
		return 0
	}
	return math.Round(b.Sub(a).Hours()/24) / 365.25
}
