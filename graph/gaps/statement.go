package gaps

import "liantu/graph"

// told returns a text that is known of an edge, else "".
func told(edge *graph.Edge, property string) string {
	value, _ := edge.Get(property)
	s, _ := value.(string)
	return s
}

// statedOn returns the newest as-of date of the facts that state an edge.
func statedOn(edge *graph.Edge) string {
	newest, _ := edge.Winner("")
	return newest.AsOf
}

// bestStatement returns the fact of the best grade that states an edge, the
// newest of these.
func bestStatement(edge *graph.Edge) graph.Fact {
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
