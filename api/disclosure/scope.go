package disclosure

import (
	"slices"

	"liantu/access"
	"liantu/api/engine"
	"liantu/graph"
	"liantu/graph/projection"
	"liantu/schema"
)

// Scope decides what of a picture belongs to an identity. The ids hold for the
// whole picture and for every part of it. It is immutable.
type Scope struct {
	kind   schema.Scope
	of     access.Scope
	itself graph.ID // of the intermediary that is the caller
	g      *projection.Projection
}

// NewScope makes the scope of an identity in a picture, or in a part of it. In a picture of an
// earlier day it is that of the present: what somebody may see is not what was theirs once.
func NewScope(g *projection.Projection, id *access.Identity) *Scope {
	g = g.Present()
	s := &Scope{kind: id.Policy().Scope, of: id.Scope, g: g}
	if s.kind == schema.ScopeItself {
		if v, err := g.Lookup(id.Scope.Intermediary, projection.Intermediary); err == nil {
			s.itself = g.ID(v)
		}
	}
	return s
}

// Node reports whether a node belongs to the caller. For a task force these are
// the persons who come from its regions or are there, companies and parks
// placed there, intermediaries that cover any of it, task forces in charge of a region
// and an ecosystem of it, and projects that such a task force is in charge of or that
// are in its regions and fill links of its ecosystems; a node without a place belongs
// to no task force.
func (s *Scope) Node(id graph.ID) bool {
	switch s.kind {
	case schema.ScopeEverything:
		return true
	case schema.ScopeItself:
		return s.itself != "" && s.itself == id
	}
	return s.holds(s.g.Vertex(id))
}

// holds is [Scope.Node] for a task force.
func (s *Scope) holds(v projection.Vertex) bool {
	switch s.g.Kind(v) {
	case projection.Company:
		return s.of.HasRegion(s.g.PlaceOf(v))
	case projection.Person:
		return s.any(v, projection.NativeOf, projection.LocatedIn) || s.native(v)
	case projection.Park:
		return s.any(v, projection.LocatedIn)
	case projection.Intermediary:
		return s.any(v, projection.Covers, projection.LocatedIn)
	case projection.TaskForce:
		return s.force(v)
	case projection.Project:
		return s.project(v)
	}
	return false
}

// force reports whether a task force is in charge of a region and an ecosystem of the
// scope. One that names no region is in charge of all of them, and one that names no
// ecosystem or chain of all of those: it lies in a scope that holds them all.
func (s *Scope) force(v projection.Vertex) bool {
	var regions, industries int
	var here, ours bool
	charges := s.g.Out(projection.InChargeOf, v)
	for i, object := range charges.Others {
		if !s.g.Current(projection.InChargeOf, charges.Edges[i]) {
			continue
		}
		switch s.g.Kind(object) {
		case projection.Region:
			regions++
			here = here || s.of.HasRegion(s.g.AreaOf(object))
		case projection.Ecosystem, projection.Chain:
			industries++
			ours = ours || s.inEcosystem(s.g, object)
		}
	}
	if regions == 0 {
		here = s.of.HasRegion(projection.Country)
	}
	if industries == 0 {
		ours = s.of.HasEcosystem(access.AllEcosystems)
	}
	return here && ours
}

// project reports whether a task force of the scope is in charge of a project, or the
// project is in a region of the scope and fills a link or chain of its ecosystems.
func (s *Scope) project(v projection.Vertex) bool {
	forces := s.g.In(projection.InChargeOf, v)
	for i, force := range forces.Others {
		if s.g.Current(projection.InChargeOf, forces.Edges[i]) && s.force(force) {
			return true
		}
	}
	if !slices.ContainsFunc(s.g.AreasFrom(projection.LocatedIn, v), s.of.HasRegion) {
		return false
	}
	filled := s.g.Out(projection.Fills, v)
	return slices.ContainsFunc(filled.Others, func(link projection.Vertex) bool { return s.inEcosystem(s.g, link) })
}

func (s *Scope) native(v projection.Vertex) bool {
	region := s.g.Text(v, "native_region")
	return region != "" && s.of.HasRegion(region)
}

// any reports whether an edge of one of the kinds leads to a region of the
// scope or one that contains it.
func (s *Scope) any(v projection.Vertex, kinds ...string) bool {
	for _, kind := range kinds {
		for _, other := range s.g.Out(kind, v).Others {
			if s.g.Kind(other) != projection.Region {
				continue
			}
			code := s.g.AreaOf(other)
			if s.of.HasRegion(code) || slices.ContainsFunc(s.of.Regions, func(own string) bool { return projection.Within(own, code) && code != projection.Country }) {
				return true
			}
		}
	}
	return false
}

// Edge reports whether an edge belongs to the caller: if one of its ends does. What a
// task force or a project states, or what is stated of its work, belongs to a task force
// as the task force or the project does, whatever the other end.
func (s *Scope) Edge(e *graph.Edge) bool {
	if s.kind != schema.ScopeTaskForce {
		return s.Node(e.From) || s.Node(e.To)
	}
	from, to := s.g.Vertex(e.From), s.g.Vertex(e.To)
	for _, v := range [...]projection.Vertex{from, to} {
		if kind := s.g.Kind(v); kind == projection.TaskForce || kind == projection.Project {
			return s.holds(v)
		}
	}
	return s.holds(from) || s.holds(to)
}

// Owns refuses a node of the view g outside the scope: one that neither belongs to
// the caller nor lies in one of its ecosystems. The error is [engine.ErrRefused].
func (s *Scope) Owns(g *projection.Projection, v projection.Vertex) error {
	if s.kind == schema.ScopeEverything || s.Node(g.ID(v)) || s.inEcosystem(g, v) {
		return nil
	}
	return engine.ErrRefused
}

// Itself refuses an intermediary that asks for another one, named by a text that is
// looked up in the view g. The error is [engine.ErrRefused], or that of the look-up.
func (s *Scope) Itself(g *projection.Projection, text string) error {
	if s.kind != schema.ScopeItself {
		return nil
	}
	v, err := g.Lookup(text, projection.Intermediary)
	if err != nil {
		return err
	}
	if g.ID(v) != s.itself {
		return engine.ErrRefused
	}
	return nil
}

// inEcosystem reports whether a link lies in an ecosystem of the scope.
func (s *Scope) inEcosystem(g *projection.Projection, v projection.Vertex) bool {
	if s.kind != schema.ScopeTaskForce {
		return false
	}
	seen := map[projection.Vertex]bool{}
	for open := []projection.Vertex{v}; len(open) > 0; {
		at := open[0]
		open = open[1:]
		switch g.Kind(at) {
		case projection.Ecosystem:
			if s.of.HasEcosystem(g.Code(at)) {
				return true
			}
		case projection.Link, projection.Chain:
			if !seen[at] {
				seen[at] = true
				open = append(open, g.ParentsOf(at)...)
			}
		}
	}
	return false
}
