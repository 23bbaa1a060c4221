package statements

import "liantu/graph"

// Text returns a text that is known of an edge, else "".
func Text(edge *graph.Edge, property string) string {
	value, _ := edge.Get(property)
	s, _ := value.(string)
	return s
}

// Date returns the as-of date of the first fact that states an edge: the newest
// that is stated; if none is, the newest that is assumed.
func Date(edge *graph.Edge) string {
	newest, _ := edge.Winner("")
	return newest.AsOf
}

// Span is the range of the as-of dates of facts: of those that state a day; if
// none of them does, of the assumed days. The zero value is that of no fact.
type Span struct {
	Oldest, Newest string // "" for no fact
	Assumed        bool   // no fact states a day
}

// With returns the span with one more fact.
func (s Span) With(p graph.Provenance) Span {
	if s.Newest == "" || s.Assumed && !p.Assumed {
		return Span{Oldest: p.AsOf, Newest: p.AsOf, Assumed: p.Assumed}
	}
	if s.Assumed == p.Assumed {
		s.Oldest, s.Newest = min(s.Oldest, p.AsOf), max(s.Newest, p.AsOf)
	}
	return s
}

// Best returns the fact of the best grade that states an edge, the
// newest of these.
func Best(edge *graph.Edge) graph.Fact {
	var best graph.Fact
	for _, f := range edge.Facts {
		if f.Property != "" {
			break
		}
		if best.Grade == "" || f.Grade < best.Grade {
			best = f
		}
	}
	return best
}
