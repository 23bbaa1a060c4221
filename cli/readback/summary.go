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
// numbers of persons and of their edges, as [disclosure.Caller.CountOf] has it, and from which
// contents the digest is made.
func MaskSummary(s *show.StoreSummary, model *schema.Model, namer *graph.Namer, id *access.Identity) {
	caller := disclosure.Caller{Identity: id, Role: disclosure.RoleOf(id, disclosure.Stated{})}
	s.Digest = namer.Key(s.Digest)
	mask := func(counts map[string]int, kinds []*schema.Kind) {
		for _, k := range kinds {
			count, some := counts[k.Name]
			if !some {
				continue
			}
			n, disclosed := caller.CountOf(model, k, count, func() int { return s.Ties[k.Name] })
			if counts[k.Name] = n; !disclosed {
				delete(counts, k.Name)
				s.Undisclosed = append(s.Undisclosed, k.Name)
			}
		}
	}
	mask(s.Nodes, model.Nodes)
	mask(s.Edges, model.Edges)
	slices.Sort(s.Undisclosed)
}
