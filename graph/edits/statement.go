package edits

import (
	"liantu/graph"
	"liantu/graph/projection"
	"liantu/message"
	"liantu/schema"
)

// Statement is the provenance of a change of the graph: its day, source and grade.
type Statement struct {
	Date   string // ISO date, a full day
	Today  string // ISO date, the last day that Date may be; "" for any
	Source string
	Grade  graph.Grade
}

func (s Statement) provenance() (graph.Provenance, error) {
	date, err := dayOf(s.Date, s.Today)
	switch {
	case err != nil:
		return graph.Provenance{}, err
	case !s.Grade.Valid():
		return graph.Provenance{}, message.As(graph.ErrInvalid, "grade %q: not one of A, B, C and D", s.Grade)
	case s.Source == "":
		return graph.Provenance{}, message.As(graph.ErrInvalid, "source: is missing")
	}
	return graph.Provenance{Source: s.Source, AsOf: date, Grade: s.Grade}, nil
}

// dayOf reads the day of a change, which is a full one and not after today.
func dayOf(date, today string) (string, error) {
	day, err := schema.ParseDate(date)
	if err != nil || day != schema.FirstDay(day) {
		return "", message.As(graph.ErrInvalid, "date %q: not a day such as 2026-05-31", date)
	}
	if today == "" {
		return day, nil
	}
	if err := schema.InFuture(day, today); err != nil {
		return "", message.As(graph.ErrInvalid, "date: %w", err)
	}
	return day, nil
}

func setNode(p *projection.Projection, v projection.Vertex, facts []graph.Fact) (graph.Batch, error) {
	n := p.Node(v)
	if err := stands(schema.Default().Node(n.Kind), n.Facts, facts); err != nil {
		return graph.Batch{}, err
	}
	return graph.Batch{Nodes: []graph.NodeDraft{{Kind: n.Kind, Keys: []graph.Key{graph.IDKey(n.ID)}, Facts: facts}}}, nil
}

// stands returns a [*StandsError] unless every new fact will be the one that is shown.
func stands(kind *schema.Kind, old, added []graph.Fact) error {
	order := graph.FactOrderOf(kind)
	for _, f := range added {
		for _, o := range old {
			if f.Property != "" && o.Property == f.Property && o.Value != f.Value && order.Compare(o, f) < 0 {
				return &StandsError{
					Property: f.Property, Standing: o.Date(), Date: f.AsOf,
					SameStatement: o.Provenance == f.Provenance,
				}
			}
		}
	}
	return nil
}

// StandsError says that a fact would not be the one that is shown, since another ranks
// before it. It wraps [graph.ErrConflict].
type StandsError struct {
	Property string
	Standing string // the day of the fact that ranks before
	Date     string // the day of the fact that would not be shown
	// SameStatement is whether both are of the same source, day and grade, so that
	// nothing but their values ranks them.
	SameStatement bool
}

// Error names the property and both days, in English.
func (e *StandsError) Error() string { return e.In(message.English) }

// In returns the text in a language.
func (e *StandsError) In(language message.Language) string {
	return message.New("%s: the statement of %s ranks before that of %s", e.Property, e.Standing, e.Date).In(language)
}

// Unwrap returns graph.ErrConflict.
func (e *StandsError) Unwrap() error { return graph.ErrConflict }
