package counts

import (
	"cmp"
	"context"
	"slices"

	"liantu/graph"
	"liantu/graph/gaps"
	"liantu/graph/lines"
	"liantu/graph/projection"
	"liantu/graph/tuning"
	"liantu/message"
	"liantu/schema"
)

// Level is what a line of a summary is about.
type Level string

// The levels.
const (
	ByEcosystem Level = "ECOSYSTEM"
	ByChain     Level = "CHAIN"
	ByLink      Level = "LINK" // with links below it
)

// Levels returns all levels, from the widest.
func Levels() []Level { return []Level{ByEcosystem, ByChain, ByLink} }

// Label returns the word for the level in both languages.
func (l Level) Label() schema.Text {
	return map[Level]schema.Text{
		ByEcosystem: {Zh: "生态圈", En: "ecosystem"}, ByChain: {Zh: "产业链", En: "chain"}, ByLink: {Zh: "有下级的环节", En: "link with links below it"},
	}[l]
}

// Line counts what is part of an ecosystem, a chain or a link.
type Line struct {
	Scope projection.Vertex
	Tally
}

// Summaries counts the links that a question is about by what they are part of, whatever it
// filters by. Errors are those of [gaps.Ask]; an unknown level gives [graph.ErrInvalid].
func Summaries(ctx context.Context, p *projection.Projection, settings tuning.Settings, q gaps.Question, levels lines.Levels, by []Level) ([]Line, error) {
	for _, l := range by {
		if !slices.Contains(Levels(), l) {
			return nil, message.As(graph.ErrInvalid, "level %q: not one of %v", l, Levels())
		}
	}
	q.States, q.Actions, q.Where = nil, nil, nil
	q.WithEmpty, q.OrderBy, q.Levels = true, gaps.ByCode, levels
	answer, err := gaps.Ask(ctx, p, settings, q)
	if err != nil {
		return nil, err
	}
	all := answer
	if slices.Contains(by, ByLink) && levels != lines.All {
		q.Levels = lines.All
		if all, err = gaps.Ask(ctx, p, settings, q); err != nil {
			return nil, err
		}
	}
	s := summing{p: p, tallies: map[projection.Vertex]*Tally{}}
	for i, v := range answer.Verdicts {
		if i%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		s.add(v)
	}
	var found []Line
	for _, l := range Levels() {
		if slices.Contains(by, l) {
			found = append(found, s.lines(l, all.Verdicts)...)
		}
	}
	return found, nil
}

// summing counts verdicts by all that their links are part of.
type summing struct {
	p       *projection.Projection
	tallies map[projection.Vertex]*Tally
}

func (s *summing) add(v *gaps.Verdict) {
	first, _ := s.p.Range(projection.Link)
	for _, whole := range slices.Concat(s.p.WholesOf()[v.Link-first], s.p.LinksAbove(v.Link)) {
		t := s.tallies[whole]
		if t == nil {
			t = &Tally{}
			s.tallies[whole] = t
		}
		t.add(v)
	}
}

// lines returns the lines of a level; all are the verdicts on every link in scope, in the
// order of their codes.
func (s *summing) lines(l Level, all []*gaps.Verdict) []Line {
	var scopes []projection.Vertex
	switch l {
	case ByEcosystem:
		scopes = allOf(s.p, projection.Ecosystem)
	case ByChain:
		scopes = allOf(s.p, projection.Chain)
	default:
		for _, v := range all {
			scopes = append(scopes, s.above(v.Link, all)...)
		}
		slices.Sort(scopes)
		scopes = slices.Compact(scopes)
	}
	var found []Line
	for _, scope := range scopes {
		if t := s.tallies[scope]; t != nil {
			found = append(found, Line{scope, *t})
		}
	}
	return found
}

// above returns the links of a list, which is ascending, that another link is part of.
func (s *summing) above(link projection.Vertex, all []*gaps.Verdict) []projection.Vertex {
	var found []projection.Vertex
	for _, above := range s.p.LinksAbove(link) {
		_, listed := slices.BinarySearchFunc(all, above, func(v *gaps.Verdict, link projection.Vertex) int { return cmp.Compare(v.Link, link) })
		if listed && above != link {
			found = append(found, above)
		}
	}
	return found
}

// allOf returns the nodes of a kind in the order of their codes.
func allOf(p *projection.Projection, kind string) []projection.Vertex {
	first, end := p.Range(kind)
	all := make([]projection.Vertex, 0, end-first)
	for v := first; v < end; v++ {
		all = append(all, v)
	}
	return all
}
