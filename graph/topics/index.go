package topics

import (
	"cmp"
	"context"
	"slices"

	"liantu/graph/projection"
)

// index finds ecosystems, chains and links by their texts. It is made once a picture.
type index struct {
	p      *projection.Projection
	texts  []text                         // in the order of the nodes
	called map[string][]projection.Vertex // by form, ascending, each once
	named  map[string][]projection.Vertex // the same without keywords
	edges  []int32                        // by link, the edges of companies to it and below it
	first  projection.Vertex              // of the links
}

// text is a text of a node in its form.
type text struct {
	form
	of projection.Vertex
}

// textsOf are the properties by which an ecosystem, a chain or a link is found.
var textsOf = []string{"name", "english_name", "aliases", "keywords"}

func indexOf(ctx context.Context, p *projection.Projection) (*index, error) {
	type key struct{}
	found, err := p.TryMemo(ctx, key{}, func() (any, error) { return newIndex(ctx, p) })
	if err != nil {
		return nil, err
	}
	return found.(*index), nil
}

func newIndex(ctx context.Context, p *projection.Projection) (*index, error) {
	x := &index{p: p, called: map[string][]projection.Vertex{}, named: map[string][]projection.Vertex{}}
	for _, kind := range kinds[:3] {
		first, end := p.Range(kind)
		for v := first; v < end; v++ {
			for _, property := range textsOf {
				x.add(v, property)
			}
		}
	}
	first, end := p.Range(projection.Link)
	x.first, x.edges = first, make([]int32, end-first)
	for v := first; v < end; v++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		arcs := p.In(projection.OperatesIn, v)
		for _, number := range arcs.Edges {
			if !p.Current(projection.OperatesIn, number) {
				continue
			}
			for _, above := range p.CountsAt(v) {
				x.edges[above-first]++
			}
		}
	}
	return x, nil
}

// add adds the texts of one property of a node.
func (x *index) add(v projection.Vertex, property string) {
	value, _ := x.p.Value(v, property)
	list, _ := value.([]string)
	if one, ok := value.(string); ok {
		list = []string{one}
	}
	for _, s := range list {
		f := formOf(s)
		if f.text == "" {
			continue
		}
		x.texts = append(x.texts, text{f, v})
		once(x.called, f.text, v)
		if property != "keywords" {
			once(x.named, f.text, v)
		}
	}
}

// once adds a node to those of a form; nodes come in ascending order.
func once(to map[string][]projection.Vertex, form string, v projection.Vertex) {
	if list := to[form]; len(list) == 0 || list[len(list)-1] != v {
		to[form] = append(list, v)
	}
}

// strength is how many edges of companies lead to a link or below it.
func (x *index) strength(v projection.Vertex) int {
	if x.p.Kind(v) != projection.Link {
		return 0
	}
	return int(x.edges[v-x.first])
}

// manned returns the links at which a company is.
func (x *index) manned(links []projection.Vertex) []projection.Vertex {
	return slices.DeleteFunc(slices.Clone(links), func(v projection.Vertex) bool { return x.strength(v) == 0 })
}

// mannedFirst returns the manned links if there are any, else all.
func (x *index) mannedFirst(links []projection.Vertex) []projection.Vertex {
	if manned := x.manned(links); len(manned) > 0 {
		return manned
	}
	return links
}

// outermost returns nodes, ascending, each once, without the links that are below
// another one of them.
func (x *index) outermost(nodes []projection.Vertex) (found []projection.Vertex) {
	sorted := slices.Compact(slices.Sorted(slices.Values(nodes)))
	for _, v := range sorted {
		inside := x.p.Kind(v) == projection.Link && slices.ContainsFunc(x.p.LinksAbove(v), func(above projection.Vertex) bool {
			_, is := slices.BinarySearch(sorted, above)
			return above != v && is
		})
		if !inside {
			found = append(found, v)
		}
	}
	return found
}

// strongestFirst returns nodes, each once, the strongest first, then by their code.
func (x *index) strongestFirst(nodes []projection.Vertex) []projection.Vertex {
	sorted := slices.Compact(slices.Sorted(slices.Values(nodes)))
	slices.SortStableFunc(sorted, func(a, b projection.Vertex) int { return cmp.Compare(x.strength(b), x.strength(a)) })
	return sorted
}
