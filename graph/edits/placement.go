package edits

import (
	"slices"

	"liantu/graph"
	"liantu/graph/projection"
	"liantu/schema"
)

// PlacementVerdict is what somebody decided about an item or a company and a link.
type PlacementVerdict struct {
	Item    string // "" where the company itself was judged
	Company string // identifier or name; of an item the example, which may be ""
	Link    string // code, name or id
	Verdict string // YES, PARTLY or NO
	By      string
	Note    string // "" for none
}

// JudgePlacement returns the batch that states a judgement. It replaces an earlier one of
// the same item or company and link by the same person; where a later one stands in the
// way the error is [graph.ErrConflict]. A link or company that the picture lacks is a
// *projection.NotFoundError.
func JudgePlacement(p *projection.Projection, j PlacementVerdict, s Statement) (graph.Batch, error) {
	by, err := s.provenance()
	if err != nil {
		return graph.Batch{}, err
	}
	link, err := p.Lookup(j.Link, projection.Link)
	if err != nil {
		return graph.Batch{}, err
	}
	if j.Company != "" {
		company, err := p.Lookup(j.Company, projection.Company)
		if err != nil {
			return graph.Batch{}, err
		}
		j.Company = p.Reference(company)
	}
	texts := map[string]string{"about": "ITEM", "subject": j.Item, "link": p.Code(link), "verdict": j.Verdict, "by": j.By, "example": j.Company, "note": j.Note}
	if j.Item == "" {
		texts["about"], texts["subject"], texts["example"] = "COMPANY", j.Company, ""
	}
	kind := schema.Default().Node(projection.PlacementJudgement)
	props, err := valuesOf(kind, texts)
	if err != nil {
		return graph.Batch{}, err
	}
	var before []graph.Fact
	for v, end := p.Range(projection.PlacementJudgement); v < end; v++ {
		if !slices.ContainsFunc([]string{"about", "subject", "link", "by"}, func(name string) bool {
			stated, _ := p.Node(v).Get(name)
			return stated != props[name]
		}) {
			before = p.Node(v).Facts
		}
	}
	return judged(kind, props, before, by)
}
