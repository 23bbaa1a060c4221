package questions

import (
	"github.com/graphql-go/graphql"

	"liantu/api/fields"
	"liantu/graph"
	"liantu/graph/candidates"
	"liantu/graph/gaps"
	"liantu/graph/projection"
)

// candidatesField asks which companies would fill a link.
func candidatesField(b *fields.Builder) *graphql.Field {
	list := b.Connection(fields.Connected{
		Name: "Candidate", Description: fields.Both("Companies that would fill a link, the best first.", "可填补环节的企业，得分高者在前。"),
		Node: makeCandidate(b),
		Around: graphql.Fields{
			"region": b.Field(fields.Required(b.Kinds[projection.Region]), fields.Both("The region asked about.", "所问地区。"),
				fields.Get(func(_ *fields.Request, p *fields.Page) projection.Vertex {
					return p.Around.(*candidates.Answer).Region
				})),
			"link": b.Field(fields.Required(b.Kinds[projection.Link]), fields.Both("The link asked about.", "所问环节。"),
				fields.Get(func(_ *fields.Request, p *fields.Page) projection.Vertex {
					return p.Around.(*candidates.Answer).Link
				})),
			"minGrade": b.Field(fields.Required(b.Enum("Grade")), fields.Both("The weakest grade of evidence that counted.", "计入的最低证据等级。"),
				fields.Word(func(_ *fields.Request, p *fields.Page) graph.Grade { return p.Around.(*candidates.Answer).MinGrade })),
			"synthetic": b.Field(fields.Required(graphql.Boolean), fields.Both("Whether invented data took part.", "计算中是否用到虚构数据。"),
				fields.Get(func(_ *fields.Request, p *fields.Page) bool { return p.Around.(*candidates.Answer).Synthetic })),
			"setBack": b.Field(fields.Required(b.Scalars.Integer), fields.Both("How many are listed behind others of lower score, because their group already has its places before them (setting candidates_per_group).", "因同一集团企业已占前列而后排的候选数（参数 candidates_per_group）。"),
				fields.Get(func(_ *fields.Request, p *fields.Page) int { return p.Around.(*candidates.Answer).SetBack })),
			"excluded": b.Field(fields.ListOf(makeExclusion(b)), fields.Both("Companies that were left out, and by whom.", "被排除的企业及由谁排除。"),
				fields.Many(func(_ *fields.Request, p *fields.Page) []candidates.Exclusion {
					return p.Around.(*candidates.Answer).Excluded
				})),
		},
	})
	return b.Field(list,
		fields.Both("Which companies would fill a link in a region: from outside (ATTRACT) or from here (GROW).", "哪些企业可填补某地区的某环节：招引外地企业或培育本地企业。"),
		fields.Resolver(askCandidates), append(b.Paging(),
			fields.Arg("region", fields.Required(b.Scalars.ID), "The region. "+identifiedBy[projection.Region].En, "地区："+identifiedBy[projection.Region].Zh),
			fields.Arg("link", fields.Required(b.Scalars.ID), "The link. "+identifiedBy[projection.Link].En, "环节："+identifiedBy[projection.Link].Zh),
			fields.Arg("kind", b.Enum("CandidateKind"), "Only candidates of this kind; both when omitted.", "仅此类候选，不填则两类都列。"),
			fields.Arg("exclude", graphql.NewList(fields.Required(b.Scalars.ID)), "Companies that are not wanted. "+identifiedBy[projection.Company].En, "不予考虑的企业："+identifiedBy[projection.Company].Zh),
			minGrade(b),
		)...)
}

// askCandidates asks for candidates and cuts the page.
func askCandidates(rq *fields.Request, _ any, a fields.Args) (any, error) {
	q := candidates.Question{Region: a.Text("region"), Link: a.Text("link")}
	q.Kind, _ = a["kind"].(candidates.Kind)
	q.MinGrade = a.Grade()
	q.Exclude = fields.Items[string](a, "exclude")
	answer, err := candidates.Ask(rq.Context, rq.Picture.Graph, rq.Service.Settings, q)
	if err != nil {
		return nil, err
	}
	p := &fields.Page{
		Total: answer.Len(), Version: rq.Picture.Version(), Question: fields.QuestionOf("candidates", "", a), Around: answer,
		Item: func(i int) any { return answer.Candidate(i) },
		ID: func(i int) string {
			kind, company := answer.Key(i)
			return string(kind) + "/" + string(rq.Picture.Graph.ID(company))
		},
	}
	return p, rq.Cut(p, a)
}

// makeCandidate makes the type of a company that would fill a link.
func makeCandidate(b *fields.Builder) *graphql.Object {
	return b.MakeObject("Candidate", fields.Both("A company that would fill a link.", "可填补环节的企业。"), func() graphql.Fields {
		return graphql.Fields{
			"kind": b.Field(fields.Required(b.Enum("CandidateKind")), fields.Both("Where it comes from.", "来路。"),
				fields.Word(func(_ *fields.Request, c *candidates.Candidate) candidates.Kind { return c.Kind })),
			"company": b.Field(fields.Required(b.Kinds[projection.Company]), fields.Both("The company.", "企业。"),
				fields.Get(func(_ *fields.Request, c *candidates.Candidate) projection.Vertex { return c.Company })),
			"score": b.Field(fields.Required(b.Scalars.Float), fields.Both("How well the company fits; the sum of the points of its terms.", "得分，等于各项分值之和。"),
				fields.Get(func(_ *fields.Request, c *candidates.Candidate) float64 { return c.Score })),
			"terms": b.Field(fields.ListOf(b.Object("Term")), fields.Both("What the score is made of.", "得分的组成。"),
				fields.Many(func(_ *fields.Request, c *candidates.Candidate) []gaps.Term { return c.Terms[:] })),
			"reasons": b.Field(fields.ListOf(b.Object("Reason")), fields.Both("Why, in sentences.", "理由。"),
				fields.Many(func(_ *fields.Request, c *candidates.Candidate) []gaps.Reason { return c.Reasons })),
			"evidence": b.Field(fields.Required(evidenceType(b)), fields.Both("The statements that put it at the link or next to it.", "把它归入该环节或相邻环节的依据。"),
				fields.Compute(func(rq *fields.Request, c *candidates.Candidate, a fields.Args) (any, error) {
					return evidencePage(rq, string(rq.Picture.Graph.ID(c.Company)), c.Evidence, a)
				}), b.Paging()...),
			"edges": b.Field(fields.ListOf(b.Scalars.ID), fields.Both("Ids of further edges that the terms rest on.", "得分所依据的其他关系的标识。"),
				fields.Words(func(_ *fields.Request, c *candidates.Candidate) []graph.ID { return c.Edges })),
			"through": b.Field(b.Node, fields.Both("For GROW: the neighbouring link or product.", "培育类：相邻的环节或产品。"),
				fields.Get(func(_ *fields.Request, c *candidates.Candidate) projection.Vertex { return c.Through })),
			"unknowns": b.Field(fields.ListOf(graphql.String), fields.Both("Codes of what is not known about it.", "尚不掌握的情况的代码。"),
				fields.Words(func(_ *fields.Request, c *candidates.Candidate) []gaps.Code { return c.Unknowns })),
			"pursuits": b.Field(fields.ListOf(makePursuit(b)), fields.Both("Task forces that have it on their lists, of this region and of others.", "已将其列为目标的专班，含本地与外地。"),
				fields.Many(func(_ *fields.Request, c *candidates.Candidate) []candidates.Pursuit { return c.Pursuits })),
			"group": b.Field(makeGroup(b), fields.Both("The group that it shares with other candidates near the top; null when no other is in its group.", "与其他靠前候选所属的同一集团；无则为 null。"),
				fields.Get(func(_ *fields.Request, c *candidates.Candidate) *candidates.Group { return c.Group })),
			"setBack": b.Field(fields.Required(graphql.Boolean), fields.Both("Whether it is listed behind others of lower score, because its group already has its places before it.", "是否因同一集团企业已占前列而后排。"),
				fields.Get(func(_ *fields.Request, c *candidates.Candidate) bool { return c.SetBack })),
		}
	})
}
