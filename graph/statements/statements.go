package statements

import "liantu/graph"

// Text returns a text that is known of an edge, else "".
func Text(edge *graph.Edge, property string) string {
	value, _ := edge.Get(property)
	s, _ := value.(string)
	return s
}

// Date returns the newest as-of date of the facts that state an edge.
func Date(edge *graph.Edge) string {
	newest, _ := edge.Winner("")
	return newest.AsOf
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
