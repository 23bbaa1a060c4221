package dates

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync/atomic"

	"liantu/graph"
	"liantu/graph/area"
	"liantu/graph/projection"
	"liantu/graph/projects"
	"liantu/graph/statements"
)

// NothingCounted is why an answer has no data dates: no company was counted.
const NothingCounted = "NOTHING_COUNTED"

// Dates are the data dates of an answer.
type Dates struct {
	Oldest, Median, Newest string // ISO dates as stated, possibly only a year or a month; "" if Why is not
	Assumed                bool   // no day is stated: all three are of assumed days
	Statements             int    // the edges that were counted
	Undated                int    // of these, those of which only an assumed day is known
	Why                    string // NothingCounted, else ""
}

// Lazy are data dates that are found when they are first asked for, and cached.
type Lazy struct {
	found *projection.Memo
	find  func(context.Context) (Dates, error)
}

// Later returns the data dates that find finds, whose only error is that of its context.
func Later(find func(context.Context) (Dates, error)) *Lazy {
	return &Lazy{projection.NewMemo(1), find}
}

// Find returns the dates. The error is that of the context, which then is asked again.
func (l *Lazy) Find(ctx context.Context) (Dates, error) {
	type key struct{}
	found, err := l.found.Try(ctx, key{}, func() (any, error) { return l.find(ctx) })
	if err != nil {
		return Dates{}, err
	}
	return found.(Dates), nil
}

// Now is [Lazy.Find] for a caller that waits for as long as it takes, such as a command.
func (l *Lazy) Now() Dates {
	// The context does not end and the only error is the context's, so that there is none.
	found, _ := l.Find(context.Background())
	return found
}

// Of returns the data dates of the companies of some regions at some links, each company
// once, and of those that land in the regions.
func Of(p *projection.Projection, grade graph.Grade, links, regions, landed []projection.Vertex) *Lazy {
	return Later(func(ctx context.Context) (Dates, error) {
		counter, codes := NewCounter(p, grade, links), area.Outermost(p, regions)
		counter.produced(codes)
		if err := counter.Companies(ctx, landed); err != nil {
			return Dates{}, err
		}
		for _, code := range codes {
			first, end := p.CompaniesIn(code)
			if err := counter.Range(ctx, first, end); err != nil {
				return Dates{}, err
			}
		}
		return counter.Dates(), nil
	})
}

// produced counts the FILLS edges by which companies produce in some areas.
func (c *Counter) produced(codes []string) {
	first, _ := c.p.Range(projection.Link)
	for _, x := range projects.Of(c.p) {
		if x.Stage != projects.Producing || len(x.Companies) == 0 || !slices.ContainsFunc(codes, x.In) {
			continue
		}
		for _, fill := range x.Fills {
			if c.wanted[fill.Link-first] {
				edge, _, _ := c.p.Edge(projection.Fills, fill.Edge)
				c.Edge(edge)
			}
		}
	}
}

// Counter collects the days of edges.
type Counter struct {
	p      *projection.Projection
	grade  graph.Grade
	wanted []bool // by link: what is stated of it counts at one of the links
	known  []atomic.Int32
	days   map[int32]int // how many edges are of a day
}

// NewCounter returns a counter for the edges that count at some links, of a grade of
// evidence or a better one.
func NewCounter(p *projection.Projection, grade graph.Grade, links []projection.Vertex) *Counter {
	type key struct{}
	known := p.Memo(key{}, func() any { return make([]atomic.Int32, p.EdgeCount(projection.OperatesIn)) }).([]atomic.Int32)
	c := &Counter{p: p, grade: grade, wanted: make([]bool, p.Count(projection.Link)), known: known, days: map[int32]int{}}
	first, _ := p.Range(projection.Link)
	for _, link := range links {
		for _, below := range p.CountedAt(link) {
			c.wanted[below-first] = true
		}
	}
	return c
}

// Range counts the companies first <= v < end. The error is the context's.
func (c *Counter) Range(ctx context.Context, first, end projection.Vertex) error {
	for v := first; v < end; v++ {
		if v%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		c.company(v)
	}
	return nil
}

// Companies counts a list of companies. The error is the context's.
func (c *Counter) Companies(ctx context.Context, list []projection.Vertex) error {
	for i, v := range list {
		if i%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		c.company(v)
	}
	return nil
}

// company counts the edges of one company.
func (c *Counter) company(company projection.Vertex) {
	firstLink, _ := c.p.Range(projection.Link)
	arcs := c.p.Out(projection.OperatesIn, company)
	for i, link := range arcs.Others {
		number := arcs.Edges[i]
		if !c.wanted[link-firstLink] || !c.p.Current(projection.OperatesIn, number) {
			continue
		}
		packed := c.known[number].Load()
		if packed == 0 {
			edge, _, _ := c.p.Edge(projection.OperatesIn, number)
			packed = pack(statements.Best(edge).Provenance)
			c.known[number].Store(packed)
		}
		if gradeOf(packed) <= c.grade {
			c.days[packed>>gradeBits]++
		}
	}
}

// Edge counts an edge of any other kind.
func (c *Counter) Edge(edge *graph.Edge) {
	c.days[pack(statements.Best(edge).Provenance)>>gradeBits]++
}

// Dates returns the dates of what was counted.
func (c *Counter) Dates() Dates {
	days := slices.Sorted(maps.Keys(c.days))
	stated, assumed := 0, 0
	for _, day := range days {
		if isAssumed(day) {
			assumed += c.days[day]
		} else {
			stated += c.days[day]
		}
	}
	d := Dates{Assumed: stated == 0 && assumed > 0, Statements: stated + assumed, Undated: assumed}
	total := stated
	if stated == 0 {
		total = assumed
	}
	if total == 0 {
		d.Why = NothingCounted
		return d
	}
	passed := 0
	for _, day := range days {
		if isAssumed(day) != d.Assumed {
			continue
		}
		if d.Oldest == "" {
			d.Oldest = textOf(day)
		}
		if passed <= (total-1)/2 {
			d.Median = textOf(day)
		}
		d.Newest = textOf(day)
		passed += c.days[day]
	}
	return d
}

// A day is packed with its grade in one number, so that a picture has a short column of
// them: ((yyyymmdd·2 + assumed) << gradeBits) + grade. A month or a day that is not stated is
// 99, which comes after all others. 0 is not known yet.
const gradeBits = 3

func pack(p graph.Provenance) int32 {
	day, digits := int32(0), 0
	for _, c := range p.AsOf { // a store holds valid ISO dates only
		if c != '-' {
			day, digits = 10*day+c-'0', digits+1
		}
	}
	for ; digits < len("yyyymmdd"); digits++ {
		day = 10*day + 9
	}
	day *= 2
	if p.Assumed {
		day++
	}
	return day<<gradeBits + int32(p.Grade[0]-'A') + 1
}

func gradeOf(packed int32) graph.Grade {
	return graph.Grade('A' + packed&(1<<gradeBits-1) - 1)
}

func isAssumed(day int32) bool { return day%2 == 1 }

// textOf returns a day as it was stated.
func textOf(day int32) string {
	day /= 2
	switch year, month, day := day/10000, day/100%100, day%100; {
	case month == 99:
		return fmt.Sprintf("%04d", year)
	case day == 99:
		return fmt.Sprintf("%04d-%02d", year, month)
	default:
		return fmt.Sprintf("%04d-%02d-%02d", year, month, day)
	}
}
