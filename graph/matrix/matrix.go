package matrix

import (
	"cmp"
	"context"
	"slices"

	"liantu/graph"
	"liantu/graph/area"
	"liantu/graph/counts"
	"liantu/graph/dates"
	"liantu/graph/gaps"
	"liantu/graph/lines"
	"liantu/graph/projection"
	"liantu/graph/tuning"
	"liantu/message"
)

// MaxColumns is the most chains of one matrix.
const MaxColumns = 60

// Question asks for a matrix. All texts may be codes, ids or names.
type Question struct {
	// Regions are the rows, or Within is the region of which those directly below are;
	// exactly one of the two is required.
	Regions []string
	Within  string
	// Chains are the columns, or Ecosystem is the one of which all chains are, not both;
	// without them all chains are.
	Chains    []string
	Ecosystem string
	MinGrade  graph.Grade  // "" means that of the settings
	Reference []string     // regions to compare with; empty means the whole country
	Levels    lines.Levels // "" means [lines.Leaves]
}

// Matrix is the answer to a question. It belongs to one picture.
type Matrix struct {
	Regions   []projection.Vertex // the rows
	Scopes    []projection.Vertex // the columns: chains
	MinGrade  graph.Grade
	DataDates *dates.Lazy
	Synthetic bool // invented data took part

	p         *projection.Projection
	settings  tuning.Settings
	reference []projection.Vertex
	levels    lines.Levels
}

// Cell is what is found for one region and one chain.
type Cell struct {
	Scope projection.Vertex // the chain
	*counts.Tally
	Companies int         // local companies at any link of the chain
	Frame     *gaps.Frame // the population of what follows, nil for none
	Expected  gaps.Figure // E′
	Quotient  gaps.Figure // n′/E′
}

// Ask finds the rows and the columns of a matrix; its cells are computed later, by
// [Matrix.Cells]. An unknown region or scope gives a [*projection.NotFoundError]; a
// question without rows or with two kinds of them, with two kinds of columns or too many, or
// with an unknown grade or level, gives [graph.ErrInvalid].
func Ask(p *projection.Projection, settings tuning.Settings, q Question) (*Matrix, error) {
	grade, err := settings.Ready(p, q.MinGrade)
	if err != nil {
		return nil, err
	}
	switch {
	case (len(q.Regions) > 0) == (q.Within != ""):
		return nil, message.As(graph.ErrInvalid, "regions, within: exactly one of the two is required")
	case len(q.Chains) > 0 && q.Ecosystem != "":
		return nil, message.As(graph.ErrInvalid, "chains, ecosystem: at most one of the two may be given")
	case q.Levels != "" && !slices.Contains(lines.Choices(), q.Levels):
		return nil, message.As(graph.ErrInvalid, "levels %q: not one of %v", q.Levels, lines.Choices())
	}
	m := &Matrix{MinGrade: grade, p: p, settings: settings, levels: cmp.Or(q.Levels, lines.Leaves)}
	if m.Regions, err = rowsOf(p, q); err != nil {
		return nil, err
	}
	if m.Scopes, err = columnsOf(p, q); err != nil {
		return nil, err
	}
	if n := len(m.Scopes); n > MaxColumns {
		return nil, message.As(graph.ErrInvalid, "chains: %d are more than the %d that are counted at once; name some, or an ecosystem", n, MaxColumns)
	}
	if m.reference, err = area.LookupAll(p, q.Reference, projection.Region); err != nil {
		return nil, err
	}
	var links []projection.Vertex
	if len(m.Scopes) > 0 {
		links = area.LinksOf(p, m.Scopes)
	}
	m.DataDates, m.Synthetic = dates.Of(p, grade, links, m.Regions, nil), area.Synthetic(p, grade)
	if len(m.Regions) == 0 { // dates.Of takes no regions for the country
		m.DataDates = dates.Later(func(context.Context) (dates.Dates, error) { return dates.Dates{Why: dates.NothingCounted}, nil })
	}
	return m, nil
}

func rowsOf(p *projection.Projection, q Question) ([]projection.Vertex, error) {
	if q.Within == "" {
		return area.InOrder(p, q.Regions, projection.Region)
	}
	whole, err := p.Lookup(q.Within, projection.Region)
	if err != nil {
		return nil, err
	}
	return p.ChildRegions(whole), nil
}

func columnsOf(p *projection.Projection, q Question) ([]projection.Vertex, error) {
	if len(q.Chains) > 0 {
		return area.InOrder(p, q.Chains, projection.Chain)
	}
	if q.Ecosystem != "" {
		ecosystem, err := p.Lookup(q.Ecosystem, projection.Ecosystem)
		if err != nil {
			return nil, err
		}
		return p.ChainsIn(ecosystem), nil
	}
	var all []projection.Vertex
	first, end := p.Range(projection.Chain)
	for chain := first; chain < end; chain++ {
		all = append(all, chain)
	}
	return all, nil
}

// Coverage says how much is known of the companies of a region.
func (m *Matrix) Coverage(region projection.Vertex) gaps.Coverage {
	code := m.p.AreaOf(region)
	first, end := m.p.CompaniesIn(code)
	c := gaps.Coverage{Companies: m.p.ActiveIn(code), Attributed: m.p.Presence(m.MinGrade).Attributed(first, end)}
	c.Unattributed = c.Companies - c.Attributed
	return c
}
