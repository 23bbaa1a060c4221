package candidates

import (
	"cmp"
	"slices"

	"liantu/graph"
	"liantu/graph/projection"
	"liantu/graph/projects"
)

// InHand says that a project of the region fills the link with a candidate.
type InHand struct {
	Project   projection.Vertex
	Link      projection.Vertex // that it fills: the link asked about, or one below it
	Stage     string            // a value of the property stage of Project; "" if none is stated
	Alive     bool              // signed, with news of late; see package gaps
	News      string            // the day of its last news, an ISO date
	Involves  graph.ID          // the edge from the project to the company
	Fills     graph.ID          // the edge from the project to the link
	Synthetic bool              // the project, or that it involves the company, is invented
}

// rank is 0 for a candidate that is not in hand; the further its project, the greater.
func (h *InHand) rank() int8 {
	if h == nil {
		return 0
	}
	return int8(projects.Rank(h.Stage) + 2)
}

// better orders projects of a company: that which counts first.
func (h *InHand) better(other *InHand) int {
	return cmp.Or(cmp.Compare(other.rank(), h.rank()), cmp.Compare(other.News, h.News), cmp.Compare(h.Project, other.Project))
}

// involvement is a project that is not dropped and involves a company.
type involvement struct {
	*projects.Project
	edge *graph.Edge
}

// involvements returns the projects of a company, in the order of the picture.
func (s *scout) involvements(company projection.Vertex) []involvement {
	var found []involvement
	arcs := s.Picture.In(projection.Involves, company)
	for i, project := range arcs.Others {
		if !s.Picture.Current(projection.Involves, arcs.Edges[i]) {
			continue
		}
		if x := projects.Find(s.Picture, project); x != nil {
			edge, _, _ := s.Picture.Edge(projection.Involves, arcs.Edges[i])
			found = append(found, involvement{x, edge})
		}
	}
	return found
}

// inHand returns the project by which a company is in hand, nil if it is not.
func (s *scout) inHand(involved []involvement) *InHand {
	var best *InHand
	for _, x := range involved {
		if !x.In(s.Code) {
			continue
		}
		i := slices.IndexFunc(x.Fills, func(f projects.Fill) bool {
			return slices.Contains(s.Picture.CountedAt(s.link), f.Link)
		})
		if i < 0 {
			continue
		}
		fills, _, _ := s.Picture.Edge(projection.Fills, x.Fills[i].Edge)
		h := &InHand{
			Project: x.Project.Project, Link: x.Fills[i].Link, Stage: x.Stage, News: x.News, Alive: x.Alive(s.since),
			Involves: x.edge.ID, Fills: fills.ID, Synthetic: x.Synthetic || invented(x.edge),
		}
		if best == nil || h.better(best) < 0 {
			best = h
		}
	}
	return best
}

// aboutProject judges whether a project is about the link.
func (s *scout) aboutProject(x *projects.Project) about {
	if len(x.Fills) == 0 {
		return s.aboutOf(x.Chains)
	}
	links := make([]projection.Vertex, len(x.Fills))
	for i, f := range x.Fills {
		links[i] = f.Link
	}
	return s.aboutOf(links)
}
