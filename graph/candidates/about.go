package candidates

import (
	"errors"
	"slices"
	"strings"

	"liantu/graph"
	"liantu/graph/projection"
)

// aboutLink reports whether a link, a chain or an ecosystem is about the link asked about.
func (s *scout) aboutLink(scope projection.Vertex) bool {
	switch p := s.Picture; p.Kind(scope) {
	case projection.Link:
		return slices.Contains(p.CountedAt(s.link), scope) || slices.Contains(p.CountsAt(s.link), scope)
	case projection.Chain:
		return slices.Contains(p.ChainsOf(s.link), scope)
	case projection.Ecosystem:
		return slices.ContainsFunc(p.ChainsOf(s.link), func(chain projection.Vertex) bool {
			return slices.Contains(p.EcosystemsOf(chain), scope)
		})
	}
	return false
}

// about says whether a project or a pursuit is about a link.
type about int8

const (
	notKnown about = iota
	another
	thisLink
)

// aboutOf judges what something is about by the scopes that it names.
func (s *scout) aboutOf(scopes []projection.Vertex) about {
	switch {
	case len(scopes) == 0:
		return notKnown
	case slices.ContainsFunc(scopes, s.aboutLink):
		return thisLink
	}
	return another
}

// wantedFor returns what the TARGETS edges state that their companies are wanted for, by
// the number of the edge, found once for a picture.
func wantedFor(p *projection.Projection) map[int32][]projection.Vertex {
	type key struct{}
	return p.Memo(key{}, func() any {
		found := map[int32][]projection.Vertex{}
		meant := map[string][]projection.Vertex{}
		for number := range int32(p.EdgeCount(projection.Targets)) {
			edge, _, _ := p.Edge(projection.Targets, number)
			value, _ := edge.Get("link")
			stated, _ := value.(string)
			for _, text := range strings.FieldsFunc(stated, func(r rune) bool { return strings.ContainsRune("、，；,;/", r) }) {
				scopes, known := meant[text]
				if !known {
					scopes = scopesNamed(p, text)
					meant[text] = scopes
				}
				found[number] = append(found[number], scopes...)
			}
		}
		return found
	}).(map[int32][]projection.Vertex)
}

// scopesNamed returns the links that a text names, else the chains, else the ecosystems,
// none where the graph holds nothing of the name.
func scopesNamed(p *projection.Projection, text string) []projection.Vertex {
	for _, kind := range []string{projection.Link, projection.Chain, projection.Ecosystem} {
		v, err := p.Lookup(text, kind)
		if err == nil {
			return []projection.Vertex{v}
		}
		if fault := (*projection.NotFoundError)(nil); errors.As(err, &fault) && fault.Ambiguous {
			var several []projection.Vertex
			for _, hit := range fault.Near {
				several = append(several, hit.Vertex)
			}
			return several
		}
	}
	return nil
}

// charge is what a task force is in charge of, as seen from the region.
type charge struct {
	ours      bool                // a region that is the region asked about, lies in it or around it
	elsewhere bool                // regions, but none of these
	scopes    []projection.Vertex // chains and ecosystems
}

func (s *scout) chargeOf(force projection.Vertex) charge {
	var c charge
	charges := s.Picture.Out(projection.InChargeOf, force)
	for i, object := range charges.Others {
		if !s.Picture.Current(projection.InChargeOf, charges.Edges[i]) {
			continue
		}
		switch s.Picture.Kind(object) {
		case projection.Region:
			area := s.Picture.AreaOf(object)
			c.elsewhere = true
			c.ours = c.ours || projection.Within(s.Code, area) || projection.Within(area, s.Code)
		case projection.Chain, projection.Ecosystem:
			c.scopes = append(c.scopes, object)
		}
	}
	c.elsewhere = c.elsewhere && !c.ours
	return c
}

// speaksOf reports whether a project or a task force speaks of a company by an edge: what
// is invented speaks of invented companies only.
func (s *scout) speaksOf(body projection.Vertex, edge *graph.Edge, company projection.Vertex) bool {
	return s.Picture.Synthetic(company) || !s.Picture.Synthetic(body) && !invented(edge)
}

func invented(edge *graph.Edge) bool {
	value, _ := edge.Get("synthetic")
	return value == true
}
