package candidates

import (
	"fmt"
	"strings"

	"liantu/graph"
	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/schema"
)

// How far a known way to a company carries.
const (
	reachPerson       = 1.0 // a native of the region who consented works there
	reachIntermediary = 0.5 // an intermediary that covers the region serves it
)

// reach finds somebody one step from the company who is connected with the
// region: a person who comes from it, has consented and works at the company
// now, or an intermediary that covers it and has served the company.
func (s *scout) reach(c *Candidate) gaps.Valuation {
	if s.native(c.Company) {
		return gaps.Valuation{Value: gaps.Known(reachPerson), Text: schema.Text{
			Zh: "有本地籍人士在该企业任职，并已同意牵线。",
			En: "Somebody who comes from the region works there and has agreed to introduce.",
		}}
	}
	if names, edges := s.servers(c.Company); len(edges) > 0 {
		shown := names[:min(len(names), 3)]
		return gaps.Valuation{Value: gaps.Known(reachIntermediary), Edges: edges, Text: schema.Text{
			Zh: fmt.Sprintf("服务本地的中介机构曾服务该企业：%s。", strings.Join(shown, "、")),
			En: fmt.Sprintf("Intermediaries that cover the region have served it: %s.", strings.Join(shown, ", ")),
		}}
	}
	return gaps.Unvalued(gaps.NoPathKnown)
}

// native reports whether a native of the region works at the company whose consent
// holds, see [projection.Projection.ConsentOn]. Who it is, and so which edges say so, is for
// introductions to disclose.
func (s *scout) native(company projection.Vertex) bool {
	posts := s.Picture.In(projection.WorksAt, company)
	for i, person := range posts.Others {
		if !s.Picture.Current(projection.WorksAt, posts.Edges[i]) || !s.consents(person) {
			continue
		}
		origins := s.Picture.Out(projection.NativeOf, person)
		for k, region := range origins.Others {
			if s.Picture.Current(projection.NativeOf, origins.Edges[k]) && projection.Within(s.Picture.AreaOf(region), s.Code) {
				return true
			}
		}
	}
	return false
}

func (s *scout) consents(person projection.Vertex) bool {
	until := s.Picture.Text(person, "consent_until")
	return s.Picture.Text(person, "consent") == "GIVEN" && (until == "" || schema.LastDay(until) >= s.Picture.ConsentOn())
}

// servers returns the names of the intermediaries that have served the company
// and cover the region, and the edges that say so.
func (s *scout) servers(company projection.Vertex) (names []string, edges []graph.ID) {
	served := s.Picture.In(projection.Serves, company)
	last := projection.None
	for i, intermediary := range served.Others {
		covers := s.Picture.Out(projection.Covers, intermediary)
		for k, region := range covers.Others {
			if !s.Picture.Current(projection.Covers, covers.Edges[k]) || !projection.Within(s.Code, s.Picture.AreaOf(region)) {
				continue
			}
			service, _, _ := s.Picture.Edge(projection.Serves, served.Edges[i])
			cover, _, _ := s.Picture.Edge(projection.Covers, covers.Edges[k])
			edges = append(edges, service.ID, cover.ID)
			if intermediary != last {
				name, _ := gaps.NameOf(s.Picture, intermediary)
				names = append(names, name)
				last = intermediary
			}
		}
	}
	return names, edges
}
