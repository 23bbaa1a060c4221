package candidates

import (
	"context"
	"fmt"
	"slices"

	"liantu/graph"
	"liantu/graph/capability"
	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/graph/projects"
	"liantu/schema"
)

// handedFit is the fit of a company whose own project fills the link, whatever it is known
// to do today; that of [capability.Project].
const handedFit = 0.9

// handed returns the companies of the projects of the region that fill the link and do not
// produce yet, but those that are known to be at the link; ascending, each once.
func (s *scout) handed() []projection.Vertex {
	var found []projection.Vertex
	below := s.Picture.CountedAt(s.link)
	for _, x := range projects.Of(s.Picture) {
		if x.Stage == projects.Producing || !x.In(s.Code) {
			continue
		}
		if slices.ContainsFunc(x.Fills, func(f projects.Fill) bool { return slices.Contains(below, f.Link) }) {
			found = append(found, x.Companies...)
		}
	}
	slices.Sort(found)
	return slices.DeleteFunc(slices.Compact(found), s.isAt)
}

// handed offers the companies from elsewhere that have a project of the region in hand and
// are not known to be at the link.
func (w *walk) handed(ctx context.Context) error {
	s, weights := w.s, w.s.settings.Candidates
	spread, err := expansions(ctx, s.Picture)
	if err != nil {
		return err
	}
	first, _ := s.Picture.Range(projection.Company)
	for _, v := range s.handed() {
		if err := ctx.Err(); err != nil {
			return err
		}
		if v >= s.First && v < s.End {
			continue
		}
		w.ahead(v)
		w.special(v, pointsOf(weights.Fit, handedFit)+pointsOf(weights.Expansion, spread[v-first])+s.sizePoints(v))
	}
	return nil
}

// handedWays are the ways of the local companies among those: one for each, in their order.
func (s *scout) handedWays() (companies []projection.Vertex, ways []nearness) {
	for _, v := range s.handed() {
		if v < s.First || v >= s.End {
			continue
		}
		hand := s.inHand(s.involvements(v))
		companies = append(companies, v)
		ways = append(ways, nearness{
			Way: capability.Way{Basis: capability.Project}, fit: handedFit, through: hand.Project, edges: []graph.ID{hand.Involves, hand.Fills},
		})
	}
	return companies, ways
}

// handFit is the fit of a candidate from elsewhere that is not known to be at the link.
func (s *scout) handFit(c *Candidate) gaps.Valuation {
	hand := s.inHand(s.involvements(c.Company))
	zh, en := gaps.NameOf(s.Picture, hand.Project)
	return gaps.Valuation{
		Value: gaps.Known(handedFit), Edges: []graph.ID{hand.Involves, hand.Fills},
		Text: schema.Text{
			Zh: fmt.Sprintf("是本地项目“%s”的企业，该项目将填补该环节；现有业务是否在该环节不详。", zh),
			En: fmt.Sprintf("It is the company of the local project %s, which fills the link; whether it is at the link today is not known.", en),
		},
	}
}

// isAt reports whether a company is known to be at the link.
func (s *scout) isAt(company projection.Vertex) bool {
	_, known := slices.BinarySearch(s.Presence.At(s.link), company)
	return known
}
