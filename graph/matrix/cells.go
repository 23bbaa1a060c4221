package matrix

import (
	"context"
	"slices"
	"strings"

	"liantu/graph"
	"liantu/graph/area"
	"liantu/graph/counts"
	"liantu/graph/gaps"
	"liantu/graph/lines"
	"liantu/graph/projection"
	"liantu/graph/tuning"
)

// maxCells is the most cells that a picture caches, at about 300 bytes each: those of the
// cities of some provinces by all chains.
const maxCells = 4096

// cellKey is what a cell depends on in a picture.
type cellKey struct {
	settings      tuning.Key
	grade         graph.Grade
	levels        lines.Levels
	reference     string // codes of the area
	region, chain projection.Vertex
}

// Cells returns the cells of a row, in the order of the columns, each computed once for a
// picture as long as there is room. It stops with the context's error when the context ends.
func (m *Matrix) Cells(ctx context.Context, region projection.Vertex) ([]Cell, error) {
	type memoKey struct{}
	memo := m.p.Memo(memoKey{}, func() any { return projection.NewMemo(maxCells) }).(*projection.Memo)
	key := cellKey{m.settings.Key(), m.MinGrade, m.levels, strings.Join(area.Outermost(m.p, m.reference), " "), region, projection.None}
	cells := make([]Cell, len(m.Scopes))
	for i, chain := range m.Scopes {
		key.chain = chain
		found, err := memo.Try(ctx, key, func() (any, error) { return m.cell(ctx, region, chain) })
		if err != nil {
			return nil, err
		}
		cells[i] = *found.(*Cell)
	}
	return cells, nil
}

func (m *Matrix) cell(ctx context.Context, region, chain projection.Vertex) (*Cell, error) {
	q := gaps.Question{
		Region: string(m.p.ID(region)), Scope: m.ids(chain), Peers: m.ids(m.reference...), MinGrade: m.MinGrade,
		Levels: m.levels, WithEmpty: true, OrderBy: gaps.ByCode,
	}
	rows, err := gaps.Ask(ctx, m.p, m.settings, q)
	if err != nil {
		return nil, err
	}
	q.Levels = lines.All
	all, err := gaps.Ask(ctx, m.p, m.settings, q)
	if err != nil {
		return nil, err
	}
	c := &Cell{Scope: chain, Tally: counts.Of(rows.Verdicts)}
	var here, judged []projection.Vertex
	for _, v := range all.Verdicts {
		if v.State == gaps.NotJudged {
			continue
		}
		judged = append(judged, v.Link)
		if v.Numbers.Companies > 0 {
			here = append(here, v.Companies()...)
		}
	}
	c.Companies = distinct(here)
	return c, m.quotient(ctx, c, all, judged)
}

func (m *Matrix) ids(vertices ...projection.Vertex) []string {
	var ids []string
	for _, v := range vertices {
		ids = append(ids, string(m.p.ID(v)))
	}
	return ids
}

func distinct(list []projection.Vertex) int {
	slices.Sort(list)
	return len(slices.Compact(list))
}

// quotient fills what one population says; judged are the links of the chain whose companies
// count.
func (m *Matrix) quotient(ctx context.Context, c *Cell, answer *gaps.Answer, judged []projection.Vertex) error {
	f := m.choose(c, answer)
	if f == nil {
		c.Expected, c.Quotient = gaps.Missing(gaps.NoFrame), gaps.Missing(gaps.NoFrame)
		return nil
	}
	members, err := f.Members(ctx, m.MinGrade)
	if err != nil {
		return err
	}
	var there []projection.Vertex
	for _, link := range judged {
		there = append(there, members.Presence.At(link)...)
	}
	slices.Sort(there)
	there = slices.Compact(there)
	in := func(codes ...string) int {
		n := 0
		for _, code := range codes {
			first, end := m.p.CompaniesIn(code)
			n += len(projection.Among(there, first, end))
		}
		return n
	}
	n, nP := in(m.p.AreaOf(answer.Region)), in(area.Outermost(m.p, m.reference)...)
	a, aP := c.Frame.Coverage.Attributed, c.Frame.Reference.Attributed
	c.Expected = gaps.Missing(gaps.TooFew)
	if aP > 0 {
		c.Expected = gaps.Known(float64(a) * float64(nP) / float64(aP))
	}
	switch {
	case min(a, aP) < max(1, m.settings.MinPopulation):
		c.Quotient = gaps.Missing(gaps.TooFew)
	case nP == 0:
		c.Quotient = gaps.Missing(gaps.NoReference)
	default:
		c.Quotient = gaps.Known(float64(n) / c.Expected.Or(0))
	}
	return nil
}

// choose finds the comparable frame of a chain, nil for none, and states it in the cell.
func (m *Matrix) choose(c *Cell, answer *gaps.Answer) *area.Frame {
	links, large := m.p.LinksIn(c.Scope), m.settings.MinPopulation
	for _, fits := range []func(*gaps.Frame) bool{
		func(f *gaps.Frame) bool { return f.Large && f.Reference.Attributed >= large },
		func(f *gaps.Frame) bool { return f.Reference.Attributed >= large },
		func(*gaps.Frame) bool { return true },
	} {
		for _, shown := range answer.Frames {
			if !shown.Comparable || !fits(shown) {
				continue
			}
			for _, f := range area.FramesOf(m.p, shown.Population) {
				if slices.Equal(f.Scope, shown.Scope) &&
					!slices.ContainsFunc(links, func(link projection.Vertex) bool { return !f.Has(link) }) {
					c.Frame = shown
					return f
				}
			}
		}
	}
	return nil
}
