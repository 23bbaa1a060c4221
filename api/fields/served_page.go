package fields

import (
	"liantu/api/engine"
	"liantu/graph/projection"
)

// Volatile marks a field that depends on the time, so that no answer with it is
// cached.
func Volatile(by Served) Served { return volatileOf{by} }

type volatileOf struct{ Served }

func (v volatileOf) Access(s Shape) engine.Access {
	a := v.Served.Access(s)
	a.Volatile = true
	return a
}

// spot is the state of writing a list of pages: the current item.
type spot struct {
	edge   pageEdge
	vertex projection.Vertex
}

// node returns the node of the item as a source.
func (s *spot) node(of func(item any) any) any {
	if s.edge.page.Vertex != nil {
		s.vertex = s.edge.page.Vertex(s.edge.i)
		return &s.vertex
	}
	return of(s.edge.item())
}

// pageNodes serves the nodes of a page; of returns that of an item.
type pageNodes struct{ of func(item any) any }

func (n pageNodes) Access(Shape) engine.Access {
	a := pageEdges{}.Access(Shape{})
	a.Resolve = func(_, source any, _ map[string]any) (any, error) {
		p, err := sourceOf[*Page](source)
		if err != nil {
			return nil, err
		}
		out := make([]any, 0, p.end-p.start)
		for i := p.start; i < p.end; i++ {
			out = append(out, p.node(i, n.of))
		}
		return out, nil
	}
	a.Item = func(_, register any, i int) any {
		s := register.(*spot)
		s.edge.i = s.edge.page.start + i
		return s.node(n.of)
	}
	return a
}

// pageEdges serves the edges of a page.
type pageEdges struct{}

func (pageEdges) Access(Shape) engine.Access {
	return engine.Access{
		Resolve: func(_, source any, _ map[string]any) (any, error) {
			p, err := sourceOf[*Page](source)
			if err != nil {
				return nil, err
			}
			return p.edges(), nil
		},
		Register: func() any { return new(spot) },
		Count: func(_, source, register any) (int, error) {
			p, err := sourceOf[*Page](source)
			if err != nil {
				return 0, err
			}
			register.(*spot).edge.page = p
			return p.end - p.start, nil
		},
		Item: func(_, register any, i int) any {
			s := register.(*spot)
			s.edge.i = s.edge.page.start + i
			return &s.edge
		},
	}
}

// edgeNode serves the node of an edge; of returns that of an item.
type edgeNode struct{ of func(item any) any }

func (n edgeNode) Access(Shape) engine.Access {
	return engine.Access{
		Resolve: func(_, source any, _ map[string]any) (any, error) {
			e, err := sourceOf[pageEdge](source)
			if err != nil {
				return nil, err
			}
			return e.page.node(e.i, n.of), nil
		},
		Register: func() any { return new(spot) },
		Object: func(_, source, register any) (any, error) {
			e, err := sourceOf[pageEdge](source)
			if err != nil {
				return nil, err
			}
			s := register.(*spot)
			s.edge = e
			return s.node(n.of), nil
		},
	}
}
