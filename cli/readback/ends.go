package readback

import (
	"slices"

	"liantu/graph"
	"liantu/graph/projection"
	"liantu/schema"
)

// ends finds texts by which a load finds the nodes at the ends of edges. It looks up
// as a load does: by what identifies a kind, its caption and its other names, in
// this order.
type ends struct {
	*Reading
	byKey  map[graph.Key]projection.Vertex
	byText map[textKey][]projection.Vertex
	known  map[projection.Vertex]string
}

// textKey is the normal form of a text in a property of a kind.
type textKey struct{ kind, property, normal string }

func newEnds(r *Reading) *ends {
	x := &ends{r, map[graph.Key]projection.Vertex{}, map[textKey][]projection.Vertex{}, map[projection.Vertex]string{}}
	for v := range projection.Vertex(r.picture.Order()) {
		n := r.picture.Node(v)
		for _, k := range n.Keys {
			x.byKey[k] = v
		}
		for _, property := range namedBy(r.model.Node(n.Kind)) {
			for _, f := range n.Facts {
				if f.Property == property {
					x.add(n.Kind, property, f.Value, v)
				}
			}
		}
	}
	return x
}

func (x *ends) add(kind, property string, value any, v projection.Vertex) {
	list, ok := value.([]string)
	if !ok {
		list = []string{schema.FormatValue(value)}
	}
	for _, s := range list {
		at := textKey{kind, property, schema.NormalName(s)}
		if !slices.Contains(x.byText[at], v) {
			x.byText[at] = append(x.byText[at], v)
		}
	}
}

// namedBy lists the properties by which a load looks for the end of an edge.
func namedBy(kind *schema.Kind) []string {
	var by []string
	for _, group := range kind.Identify {
		by = append(by, group[0])
	}
	if !slices.Contains(by, kind.Caption) {
		by = append(by, kind.Caption)
	}
	if kind.Name != projection.Company && kind.Property("aliases") != nil {
		by = append(by, "aliases")
	}
	return by
}

// finds returns the nodes of a kind that a load finds by a text. A text that is the
// key of a node known by its name alone finds the nodes with codes of that name too.
func (x *ends) finds(kind *schema.Kind, s string) []projection.Vertex {
	for _, property := range namedBy(kind) {
		if value, err := kind.Property(property).Parse(s); err == nil {
			for _, k := range graph.KeysOf(kind, map[string]any{property: value}) {
				v, ok := x.byKey[k]
				if !ok {
					continue
				}
				if _, named := graph.FallbackText(kind, k); named {
					return x.namesakes(v, textKey{kind.Name, property, schema.NormalName(s)})
				}
				return []projection.Vertex{v}
			}
		}
		if slices.ContainsFunc(kind.Identify, func(g []string) bool { return len(g) == 1 && g[0] == property }) {
			continue // such a value is a whole key
		}
		if found := x.byText[textKey{kind.Name, property, schema.NormalName(s)}]; len(found) > 0 {
			return found
		}
	}
	return nil
}

// namesakes returns a node with those that have a text too and are found by more than
// names.
func (x *ends) namesakes(v projection.Vertex, at textKey) []projection.Vertex {
	list := []projection.Vertex{v}
	for _, other := range x.byText[at] {
		n := x.picture.Node(other)
		if _, named := graph.FallbackText(x.model.Node(n.Kind), n.Keys[0]); other != v && !named {
			list = append(list, other)
		}
	}
	return list
}

// named returns the strongest text that finds a node and no other, "" if there is
// none that the caller may see.
func (x *ends) named(v projection.Vertex) string {
	s, ok := x.known[v]
	if !ok {
		s = x.first(v, namedBy(x.model.Node(x.picture.Kind(v))))
		x.known[v] = s
	}
	return s
}

// called is [ends.named] with the name that people know the node by where that finds
// it, as a table for people has it.
func (x *ends) called(v projection.Vertex) string {
	if s := x.first(v, []string{x.model.Node(x.picture.Kind(v)).Caption}); s != "" {
		return s
	}
	return x.named(v)
}

func (x *ends) first(v projection.Vertex, by []string) string {
	e := x.node(v)
	for _, property := range by {
		value, ok := x.picture.Value(v, property)
		s, single := value.(string)
		if !ok || !single || schema.Blank(s) {
			continue
		}
		if _, whole := x.see(e, e.kind.Property(property), value); !whole {
			continue
		}
		if found := x.finds(e.kind, s); len(found) == 1 && found[0] == v {
			return s
		}
	}
	return ""
}
