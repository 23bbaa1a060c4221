package readback

import (
	"slices"

	"liantu/access"
	"liantu/api/disclosure"
	"liantu/cli/show"
	"liantu/graph"
	"liantu/schema"
)

// MaskSummary hides in the report on a store what a user may not learn from it: small
// numbers of persons and of their edges, as [disclosure.Caller.Count] has it, and from which
// contents the digest is made.
func MaskSummary(s *show.StoreSummary, model *schema.Model, namer *graph.Namer, id *access.Identity) {
	caller := disclosure.Caller{Identity: id, Role: disclosure.RoleOf(id, disclosure.Stated{})}
	s.Digest = namer.Key(s.Digest)
	hide := func(counts map[string]int, kind string) {
		delete(counts, kind)
		s.Undisclosed = append(s.Undisclosed, kind)
	}
	for _, k := range model.Nodes {
		if n, some := s.Nodes[k.Name]; some && disclosure.Personal(model, k.Name) && !caller.Count(n) {
			hide(s.Nodes, k.Name)
		}
	}
	for _, k := range model.Edges {
		n, some := s.Edges[k.Name]
		switch {
		case !some || !disclosure.Ties(model, k) || !caller.MasksPersons():
		case disclosure.OnlyTies(model, k) && !caller.Count(n):
			hide(s.Edges, k.Name)
		case !disclosure.OnlyTies(model, k):
			s.Edges[k.Name] -= s.Ties[k.Name]
		}
	}
	slices.Sort(s.Undisclosed)
}
