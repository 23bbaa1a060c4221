package placements

import (
	"context"
	"slices"

	"liantu/graph/projection"
	"liantu/place"
)

// Query selects placements. All fields may be empty.
type Query struct {
	Region    string // code or name; the whole country when empty
	Company   string // only of this company: identifier or name
	Link      string // only at this link, or one that is the same or below it
	Outcome   place.Outcome
	Precision float64 // as [NewMethod] takes it; .9 when 0
}

// Found is one placement of an answer.
type Found struct {
	Company projection.Vertex
	Link    projection.Vertex
	place.Placement
}

// Listed is the placements that a query selects, and the answer that they are of.
type Listed struct {
	*Answer
	Region projection.Vertex
	Found  []Found // in order of the picture, of one company the most probable first
}

// answersHeld is how many answers a picture caches.
const answersHeld = 4

// MethodOf is [NewMethod], computed once for each picture and precision.
func MethodOf(ctx context.Context, p *projection.Projection, precision float64) (*Method, error) {
	if precision == 0 {
		precision = .9
	}
	type key struct{ precision float64 }
	m, err := p.TryMemo(ctx, key{precision}, func() (any, error) { return NewMethod(p, precision) })
	if err != nil {
		return nil, err
	}
	return m.(*Method), nil
}

// AnswerOf is [Run] by the method of the picture; the last few answers are cached.
func AnswerOf(ctx context.Context, p *projection.Projection, area string, precision float64) (*Answer, error) {
	m, err := MethodOf(ctx, p, precision)
	if err != nil {
		return nil, err
	}
	type memos struct{}
	type key struct {
		area      string
		precision float64
	}
	memo := p.Memo(memos{}, func() any { return projection.NewMemo(answersHeld) }).(*projection.Memo)
	a, err := memo.Try(ctx, key{area, m.Precision}, func() (any, error) { return Run(ctx, p, m, area) })
	if err != nil {
		return nil, err
	}
	return a.(*Answer), nil
}

// QuestionsOf is [Answer.Questions] of [AnswerOf] for a region by code or name, "" for the
// country; the last few are cached.
func QuestionsOf(ctx context.Context, p *projection.Projection, region string) ([]Question, error) {
	v, err := regionOf(p, region)
	if err != nil {
		return nil, err
	}
	type memos struct{}
	memo := p.Memo(memos{}, func() any { return projection.NewMemo(answersHeld) }).(*projection.Memo)
	list, err := memo.Try(ctx, v, func() (any, error) {
		a, err := AnswerOf(ctx, p, p.AreaOf(v), 0)
		if err != nil {
			return nil, err
		}
		return a.Questions(ctx, p)
	})
	if err != nil {
		return nil, err
	}
	return list.([]Question), nil
}

// Ask lists placements as companies' own words give them, whether or not they are written
// in the graph. A region, company or link that is unknown is a *projection.NotFoundError.
func Ask(ctx context.Context, p *projection.Projection, q Query) (*Listed, error) {
	region, err := regionOf(p, q.Region)
	if err != nil {
		return nil, err
	}
	out := &Listed{Region: region}
	wanted := func(link projection.Vertex) bool { return true }
	if q.Link != "" {
		at, err := p.Lookup(q.Link, projection.Link)
		if err != nil {
			return nil, err
		}
		wanted = func(link projection.Vertex) bool { return slices.Contains(p.CountsAt(link), at) }
	}
	if out.Answer, err = answerTo(ctx, p, &q, region); err != nil {
		return nil, err
	}
	for i := range out.Rows {
		if i%portion == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		row := &out.Rows[i]
		for l := range row.Links() {
			if link := out.Method.links[l.Link]; (q.Outcome == "" || q.Outcome == l.Outcome) && wanted(link) {
				out.Found = append(out.Found, Found{row.Company, link, l})
			}
		}
	}
	return out, nil
}

// regionOf finds a region, that of the country for "".
func regionOf(p *projection.Projection, text string) (projection.Vertex, error) {
	if text == "" {
		text = projection.Country
	}
	return p.Lookup(text, projection.Region)
}

// answerTo places the companies that a query is about: one, or those of the region.
func answerTo(ctx context.Context, p *projection.Projection, q *Query, region projection.Vertex) (*Answer, error) {
	if q.Company == "" {
		return AnswerOf(ctx, p, p.AreaOf(region), q.Precision)
	}
	v, err := p.Lookup(q.Company, projection.Company)
	if err != nil {
		return nil, err
	}
	m, err := MethodOf(ctx, p, q.Precision)
	if err != nil {
		return nil, err
	}
	a := &Answer{Version: p.Version(), Area: p.AreaOf(region), Method: m}
	if first, end := p.CompaniesIn(a.Area); v < first || v >= end || !p.Active(v) {
		return a, nil
	}
	row, ok := m.read(p, newKeeper(), v)
	if !ok {
		a.Silent = 1
		return a, nil
	}
	a.Rows = []Row{row}
	return a, nil
}
