package gaps

import (
	"context"
	"math"
	"slices"
	"strings"

	"liantu/graph/area"
	"liantu/graph/projection"
	"liantu/graph/tuning"
)

// reference is an area to compare with, and what is counted in it at every
// link of the members of a frame. It is made once for a frame, area and grade.
type reference struct {
	area     string // the codes of the area, as a key
	codes    []string
	coverage Coverage
	known    [2]int // members at links whose employees, whose capital is stated
	links    []refLink
	contains map[projection.Vertex]bool // regions that lie in the area
}

// refLink is what the reference has at one link.
type refLink struct {
	companies int
	anchors   int
	known     [2]int     // of them, those whose employees, whose capital is stated
	size      [2]float64 // the sums of these
}

// measures are the names of the two measures of the size of a company.
var measures = [2]string{"EMPLOYEES", "CAPITAL"}

func referenceOf(ctx context.Context, p *projection.Projection, m *area.Members, codes []string) (*reference, error) {
	type key struct {
		members *area.Members
		area    string
	}
	r, err := m.Frame.TryMemo(ctx, key{m, strings.Join(codes, " ")}, func() (any, error) { return newReference(ctx, p, m, codes) })
	if err != nil {
		return nil, err
	}
	return r.(*reference), nil
}

func newReference(ctx context.Context, p *projection.Projection, m *area.Members, codes []string) (*reference, error) {
	presence := m.Presence
	r := &reference{area: strings.Join(codes, " "), codes: codes, contains: map[projection.Vertex]bool{}}
	var spans []area.Span
	for _, code := range codes {
		first, end := p.CompaniesIn(code)
		spans = append(spans, area.Span{First: first, End: end})
		r.coverage.Companies += m.Among(first, end)
		r.coverage.Attributed += presence.Attributed(first, end)
		for m, n := range statedSizesOf(p, m).among(first, end) {
			r.known[m] += n
		}
	}
	r.coverage.Unattributed = r.coverage.Companies - r.coverage.Attributed
	first, end := p.Range(projection.Link)
	r.links = make([]refLink, end-first)
	for link := first; link < end; link++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		l := &r.links[link-first]
		for _, s := range spans {
			l.add(p, projection.Among(presence.At(link), s.First, s.End))
			l.anchors += len(projection.Among(presence.Leading(link), s.First, s.End))
		}
	}
	firstRegion, endRegion := p.Range(projection.Region)
	for region := firstRegion; region < endRegion; region++ {
		code := p.AreaOf(region)
		r.contains[region] = slices.ContainsFunc(codes, func(outer string) bool { return projection.Within(code, outer) })
	}
	return r, nil
}

func (l *refLink) add(p *projection.Projection, companies []projection.Vertex) {
	l.companies += len(companies)
	for _, v := range companies {
		for m := range measures {
			if size := p.Size(v, m == 0); !math.IsNaN(size) {
				l.known[m]++
				l.size[m] += size
			}
		}
	}
}

// statedSizes counts, by measure, the members at links before each company whose size
// is stated.
type statedSizes struct {
	first  projection.Vertex
	before [2][]int32
}

// statedSizesOf counts the stated sizes, once for a frame and grade.
func statedSizesOf(p *projection.Projection, m *area.Members) *statedSizes {
	type key struct{ members *area.Members }
	return m.Frame.Memo(key{m}, func() any {
		presence := m.Presence
		first, end := p.Range(projection.Company)
		t := &statedSizes{first: first}
		for m := range measures {
			t.before[m] = make([]int32, end-first+1)
			for v := first; v < end; v++ {
				n := t.before[m][v-first]
				if presence.Attributed(v, v+1) > 0 && !math.IsNaN(p.Size(v, m == 0)) {
					n++
				}
				t.before[m][v-first+1] = n
			}
		}
		return t
	}).(*statedSizes)
}

// among returns of how many of the companies first <= v < end the size is stated.
func (t *statedSizes) among(first, end projection.Vertex) (known [2]int) {
	for m := range known {
		known[m] = int(t.before[m][end-t.first] - t.before[m][first-t.first])
	}
	return known
}

// depths returns the links of every depth that hold companies, as numbers within their kind.
func depths(p *projection.Projection) map[int][]int32 {
	type key struct{}
	return p.Memo(key{}, func() any {
		found := map[int][]int32{}
		first, end := p.Range(projection.Link)
		for link := first; link < end; link++ {
			if p.Judged(link) {
				found[p.Depth(link)] = append(found[p.Depth(link)], int32(link-first))
			}
		}
		return found
	}).(map[int][]int32)
}

// momentum states for every link how young the members of a frame there are.
func momentum(p *projection.Projection, m *area.Members, settings *tuning.Settings) []Figure {
	type key struct {
		members *area.Members
		years   int
		least   int
	}
	k := key{m, settings.MomentumYears, settings.MomentumMin}
	return m.Frame.Memo(k, func() any { return newMomentum(p, m, settings) }).([]Figure)
}

func newMomentum(p *projection.Projection, m *area.Members, settings *tuning.Settings) []Figure {
	presence := m.Presence
	var all []projection.Vertex
	newest := math.Inf(-1)
	firstCompany, endCompany := p.Range(projection.Company)
	for v := firstCompany; v < endCompany; v++ {
		if presence.Attributed(v, v+1) > 0 {
			all = append(all, v)
			if founded := p.Founded(v); founded > newest {
				newest = founded
			}
		}
	}
	since := newest - float64(settings.MomentumYears)
	young := func(companies []projection.Vertex) (share float64, known int) {
		count := 0
		for _, v := range companies {
			if founded := p.Founded(v); !math.IsNaN(founded) {
				known++
				if founded > since {
					count++
				}
			}
		}
		return float64(count) / float64(max(known, 1)), known
	}
	overall, _ := young(all)
	first, end := p.Range(projection.Link)
	found := make([]Figure, end-first)
	for link := first; link < end; link++ {
		share, known := young(presence.At(link))
		if known < settings.MomentumMin || share+overall == 0 {
			found[link-first] = Missing(FewFounded)
			continue
		}
		found[link-first] = Known(share / (share + overall))
	}
	return found
}

// levelKey names what is fitted for one level of cells against one reference.
type levelKey struct {
	members   *area.Members
	area      string
	level     projection.Level
	depth     int
	low, high float64
}

// priorOf returns the fitted prior of a level of cells.
func priorOf(ctx context.Context, p *projection.Projection, m *area.Members, ref *reference, level projection.Level, depth int, settings *tuning.Settings) (float64, error) {
	type key levelKey
	k := key{m, ref.area, level, depth, settings.PriorMin, settings.PriorMax}
	prior, err := m.Frame.TryMemo(ctx, k, func() (any, error) {
		return cellsOf(p, m, level).prior(ctx, linksAt(p, m.Frame, depth), ref, settings)
	})
	if err != nil {
		return 0, err
	}
	return prior.(float64), nil
}

// relatedOf returns the relatedness of a level of cells.
func relatedOf(ctx context.Context, p *projection.Projection, m *area.Members, ref *reference, level projection.Level, depth int) (*related, error) {
	type key levelKey
	k := key{members: m, area: ref.area, level: level, depth: depth}
	r, err := m.Frame.TryMemo(ctx, k, func() (any, error) {
		return newRelated(ctx, cellsOf(p, m, level), linksAt(p, m.Frame, depth), ref)
	})
	if err != nil {
		return nil, err
	}
	return r.(*related), nil
}
