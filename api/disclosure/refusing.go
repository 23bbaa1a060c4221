package disclosure

import (
	"hash/maphash"

	"liantu/graph"
	"liantu/graph/projection"
	"liantu/schema"
)

// refusing finds the telephone numbers, addresses and names of persons of whom nothing is
// shown, where they stand as the contact of something else. It holds eight bytes a
// value, a hash under a seed of its own; it belongs to the memo of the picture and day.
type refusing struct {
	seed   maphash.Seed
	values map[uint64]bool
}

// refusingOf returns the values of a picture on a day, collected when they are first needed.
func refusingOf(g *projection.Projection, today string) *refusing {
	type key string
	return g.Memo(key(today), func() any {
		r := &refusing{seed: maphash.MakeSeed(), values: map[uint64]bool{}}
		for _, kind := range g.Model().Nodes {
			for v, end := g.Range(kind.Name); consents(kind) && v < end; v++ {
				if reason := consentOf(g, v, schema.ConsentNotAsked, today); reason != "" {
					r.add(g, kind, v)
				}
			}
		}
		return r
	}).(*refusing)
}

// add notes what would reach a person, and the name at each company of the person: a name
// alone is that of many.
func (r *refusing) add(g *projection.Projection, kind *schema.Kind, person projection.Vertex) {
	companies := g.Out(projection.WorksAt, person).Others
	for _, f := range g.Node(person).Facts {
		p, text := kind.Property(f.Property), textOf(f)
		switch {
		case p == nil || text == "":
		case p.Type == schema.TypePhone || p.Type == schema.TypeEmail:
			r.values[r.sum("", text)] = true
		case p.Name == kind.Caption:
			for _, company := range companies {
				r.values[r.sum(g.ID(company), text)] = true
			}
		}
	}
}

// has reports whether some source gives a node such a value for a property.
func (r *refusing) has(n *graph.Node, p *schema.Property) bool {
	for _, f := range n.Facts {
		if text := textOf(f); f.Property == p.Name && text != "" && (r.values[r.sum("", text)] || r.values[r.sum(n.ID, text)]) {
			return true
		}
	}
	return false
}

func (r *refusing) sum(at graph.ID, text string) uint64 {
	return maphash.String(r.seed, string(at)+"\x00"+schema.SimplifiedName(text))
}

func textOf(f graph.Fact) string {
	text, _ := f.Value.(string)
	return text
}
