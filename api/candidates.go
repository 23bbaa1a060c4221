package api

import (
	"liantu/graph"
	"liantu/graph/gaps"
	"liantu/graph/projection"

	"github.com/graphql-go/graphql"
)

// candidatesField asks which companies would fill a link.
func candidatesField(b *builder) *graphql.Field {
	list := b.connection(connected{
		name: "Candidate", description: both("Companies that would fill a link, the best first.", "可填补环节的企业，得分高者在前。"),
		node: makeCandidate(b),
		around: graphql.Fields{
			"region": b.field(required(b.Kinds[projection.Region]), both("The region asked about.", "所问地区。"),
				get(func(_ *request, p *page) projection.Vertex { return p.around.(*gaps.CandidateAnswer).Region })),
			"link": b.field(required(b.Kinds[projection.Link]), both("The link asked about.", "所问环节。"),
				get(func(_ *request, p *page) projection.Vertex { return p.around.(*gaps.CandidateAnswer).Link })),
			"minGrade": b.field(required(b.Enum("Grade")), both("The weakest grade of evidence that counted.", "计入的最低证据等级。"),
				word(func(_ *request, p *page) graph.Grade { return p.around.(*gaps.CandidateAnswer).MinGrade })),
			"synthetic": b.field(required(graphql.Boolean), both("Whether invented data took part.", "计算中是否用到虚构数据。"),
				get(func(_ *request, p *page) bool { return p.around.(*gaps.CandidateAnswer).Synthetic })),
			"setBack": b.field(required(b.Scalars.Integer), both("How many are listed behind others of lower score, because two of their group stand before them (settings: candidates_per_group).", "因同一集团企业已占前列而后排的候选数（参数 candidates_per_group）。"),
				get(func(_ *request, p *page) int { return p.around.(*gaps.CandidateAnswer).SetBack })),
			"excluded": b.field(listOf(makeExclusion(b)), both("Companies that were left out, and by whom.", "被排除的企业及由谁排除。"),
				many(func(_ *request, p *page) []gaps.Exclusion { return p.around.(*gaps.CandidateAnswer).Excluded })),
		},
	})
	return b.field(list,
		both("Which companies would fill a link in a region: from outside (ATTRACT) or from here (GROW).", "哪些企业可填补某地区的某环节：招引外地企业或培育本地企业。"),
		resolver(askCandidates), append(b.paging(),
			arg("region", required(b.Scalars.ID), "The region. "+identifiedBy[projection.Region].En, "地区："+identifiedBy[projection.Region].Zh),
			arg("link", required(b.Scalars.ID), "The link. "+identifiedBy[projection.Link].En, "环节："+identifiedBy[projection.Link].Zh),
			arg("kind", b.Enum("CandidateKind"), "Only candidates of this kind; both when not given.", "仅此类候选，不填则两类都列。"),
			arg("exclude", graphql.NewList(required(b.Scalars.ID)), "Companies that are not wanted. "+identifiedBy[projection.Company].En, "不予考虑的企业："+identifiedBy[projection.Company].Zh),
			minGrade(b),
		)...)
}

// askCandidates asks for candidates and cuts the page.
func askCandidates(rq *request, _ any, a args) (any, error) {
	q := gaps.CandidateQuestion{Region: a.Text("region"), Link: a.Text("link")}
	q.Kind, _ = a["kind"].(gaps.CandidateKind)
	q.MinGrade = a.Grade()
	q.Exclude = list[string](a, "exclude")
	answer, err := gaps.Candidates(rq.Context, rq.Picture.Graph, rq.Service.Settings, q)
	if err != nil {
		return nil, err
	}
	p := &page{
		total: answer.Len(), version: rq.Picture.Version(), question: questionOf("candidates", "", a), around: answer,
		item: func(i int) any { return answer.Candidate(i) },
		id: func(i int) string {
			kind, company := answer.Key(i)
			return string(kind) + "/" + string(rq.Picture.Graph.ID(company))
		},
	}
	return p, rq.Cut(p, a)
}

// makeCandidate makes the type of a company that would fill a link.
func makeCandidate(b *builder) *graphql.Object {
	return b.makeObject("Candidate", both("A company that would fill a link.", "可填补环节的企业。"), func() graphql.Fields {
		return graphql.Fields{
			"kind": b.field(required(b.Enum("CandidateKind")), both("Where it comes from.", "来路。"),
				word(func(_ *request, c *gaps.Candidate) gaps.CandidateKind { return c.Kind })),
			"company": b.field(required(b.Kinds[projection.Company]), both("The company.", "企业。"),
				get(func(_ *request, c *gaps.Candidate) projection.Vertex { return c.Company })),
			"score": b.field(required(b.Scalars.Float), both("How well it fits; the sum of the terms' points.", "得分，等于各项分值之和。"),
				get(func(_ *request, c *gaps.Candidate) float64 { return c.Score })),
			"terms": b.field(listOf(b.Object("Term")), both("What the score is made of.", "得分的组成。"),
				many(func(_ *request, c *gaps.Candidate) []gaps.Term { return c.Terms[:] })),
			"reasons": b.field(listOf(b.Object("Reason")), both("Why, in sentences.", "理由。"),
				many(func(_ *request, c *gaps.Candidate) []gaps.Reason { return c.Reasons })),
			"evidence": b.field(required(evidenceType(b)), both("What puts it at the link or next to it.", "把它归入该环节或相邻环节的依据。"),
				compute(func(rq *request, c *gaps.Candidate, a args) (any, error) {
					return evidencePage(rq, string(rq.Picture.Graph.ID(c.Company)), c.Evidence, a)
				}), b.paging()...),
			"edges": b.field(listOf(b.Scalars.ID), both("Ids of further edges that the terms rest on.", "得分所依据的其他关系的标识。"),
				words(func(_ *request, c *gaps.Candidate) []graph.ID { return c.Edges })),
			"through": b.field(b.Node, both("For GROW: the neighbouring link or product.", "培育类：相邻的环节或产品。"),
				get(func(_ *request, c *gaps.Candidate) projection.Vertex { return c.Through })),
			"unknowns": b.field(listOf(graphql.String), both("Codes of what is not known of it.", "尚不掌握的情况的代码。"),
				words(func(_ *request, c *gaps.Candidate) []gaps.Code { return c.Unknowns })),
			"pursuits": b.field(listOf(makePursuit(b)), both("Task forces that have it on their lists, ours and others.", "已将其列为目标的专班，含本地与外地。"),
				many(func(_ *request, c *gaps.Candidate) []gaps.Pursuit { return c.Pursuits })),
			"group": b.field(makeGroup(b), both("What it has in common with other candidates near the top; null when no other is of its group.", "与其他靠前候选所属的同一集团；无则为 null。"),
				get(func(_ *request, c *gaps.Candidate) *gaps.Group { return c.Group })),
			"setBack": b.field(required(graphql.Boolean), both("Whether it is listed behind others of lower score, because its group has its places.", "是否因同一集团企业已占前列而后排。"),
				get(func(_ *request, c *gaps.Candidate) bool { return c.SetBack })),
		}
	})
}
