package questions

import (
	"github.com/graphql-go/graphql"

	"liantu/api/engine"
	"liantu/api/fields"
	"liantu/graph"
	"liantu/graph/candidates"
	"liantu/graph/dates"
	"liantu/graph/gaps"
	"liantu/graph/landing"
	"liantu/graph/projection"
	"liantu/graph/topics"
	"liantu/schema"
)

// The work of candidates: of one link, for each link that is named beside it, and for the
// links of an opportunity, a chain or an ecosystem, whose number is known only later.
const (
	nestedCandidates   = 4_000
	moreCandidates     = 1_000
	demandedCandidates = 10_000
	chainCandidates    = 30_000
	systemCandidates   = 60_000
)

func candidatesWork() *engine.Work {
	return &engine.Work{Always: 5_000, Also: []engine.Extra{
		{Argument: "links", More: moreCandidates, Each: true},
		{Argument: "opportunity", More: demandedCandidates},
		{Argument: "about", More: chainCandidates},
		{Argument: "chain", More: chainCandidates},
		{Argument: "ecosystem", More: systemCandidates},
	}}
}

// candidatesField asks which companies would fill links.
func candidatesField(b *fields.Builder) *graphql.Field {
	arguments := append(b.Paging(), idArgument(b, "region", projection.Region, true, "The region.", "地区："),
		idArgument(b, "link", projection.Link, false, "The link to fill.", "要补的环节："),
		idsArgument(b, "links", projection.Link, false, "Several links to fill.", "要补的多个环节："),
		idArgument(b, "chain", projection.Chain, false, "Those links of this chain that the region lacks.", "某产业链中本地要补的环节："),
		idArgument(b, "ecosystem", projection.Ecosystem, false, "Those links of this ecosystem that the region lacks.", "某生态圈中本地要补的环节："),
		idArgument(b, "opportunity", projection.Opportunity, false, "The links that this city opportunity demands.", "某城市机遇需要的环节："),
		aboutArgument(),
		fields.Arg("kind", b.Enum("CandidateKind"), "Only candidates of this kind; both when omitted.", "仅此类候选，不填则两类都列。"),
		fields.Arg("listed", graphql.Boolean, "Whether only companies with a stock code are wanted.", "是否只要有证券代码的企业。"),
		fields.Arg("ownership", graphql.NewList(fields.Required(graphql.String)), "Only companies of these owners: values of CompanyOwnership, or STATE for CENTRAL_STATE and LOCAL_STATE. Whose owner is not known is left out.", "仅此类所有制：取值同 CompanyOwnership，STATE 兼指中央国有和地方国有；所有制不明的不列。"),
		idsArgument(b, "places", projection.Region, false, "Only companies that are there.", "仅所在地在这些地区的企业："),
		fields.Arg("minEmployees", b.Scalars.Integer, "Only companies with at least so many employees.", "员工人数下限。"),
		fields.Arg("minCapital", b.Scalars.Float, "Only companies with at least so much registered capital, in 10,000 yuan.", "注册资本下限（万元）。"),
		idsArgument(b, "exclude", projection.Company, false, "Companies that are not wanted.", "不予考虑的企业："),
		minGrade(b), population(b))
	return b.Field(candidateList(b),
		fields.Both("Which companies would fill links in a region: from outside (ATTRACT) or from here (GROW). Every company is listed once; those in hand come first.",
			"哪些企业可填补某地区的环节：招引外地企业或培育本地企业。每家企业只列一次，在手企业在前。"),
		fields.Resolver(askCandidates), arguments...)
}

// candidateList is the type of a list of candidates.
func candidateList(b *fields.Builder) *graphql.Object {
	return b.Once("CandidateConnection", func() *graphql.Object { return makeCandidateList(b) })
}

// ofCandidates serves a function on an answer.
func ofCandidates[V any](value func(a *candidates.Answer) V) fields.Served {
	return fields.Get(func(_ *fields.Request, p *fields.Page) V { return value(p.Around.(*candidates.Answer)) })
}

func makeCandidateList(b *fields.Builder) *graphql.Object {
	return b.Connection(fields.Connected{
		Name: "Candidate", Description: fields.Both("Companies that would fill links, those in hand first, then the best.", "可填补环节的企业，在手的在前，其余得分高者在前。"),
		Node: makeCandidate(b),
		Around: withDates(b, graphql.Fields{
			"about": aboutField(b, func(p *fields.Page) *topics.Topic { return p.Around.(*candidates.Answer).About }),
			"region": b.Field(fields.Required(b.Kinds[projection.Region]), fields.Both("The region asked about.", "所问地区。"),
				ofCandidates(func(a *candidates.Answer) projection.Vertex { return a.Region })),
			"link": b.Field(b.Kinds[projection.Link], fields.Both("The link asked about; null if there is not just one.", "所问环节；不止一个或没有时为 null。"),
				ofCandidates(func(a *candidates.Answer) projection.Vertex { return a.Link })),
			"links": b.Field(fields.ListOf(b.Kinds[projection.Link]), fields.Both("The links asked about; of a chain or an ecosystem those that the region lacks, the most urgent first.", "所问环节；按产业链或生态圈提问时为本地要补的环节，优先级高者在前。"),
				fields.Many(func(_ *fields.Request, p *fields.Page) []projection.Vertex {
					return p.Around.(*candidates.Answer).Links
				})),
			"linksLeft": b.Field(fields.Required(b.Scalars.Integer), fields.Both("How many more links the region lacks that were not searched for.", "另有多少要补的环节因数量过多未查。"),
				ofCandidates(func(a *candidates.Answer) int { return a.LinksLeft })),
			"notSought": b.Field(fields.ListOf(makeNotSought(b)), fields.Both("Links asked about for which no companies are sought, since they hold none, and why.", "所问环节中不找候选企业的：它们不承载企业，附理由。"),
				fields.Many(func(_ *fields.Request, p *fields.Page) []candidates.NotSought {
					return p.Around.(*candidates.Answer).NotSought
				})),
			"minGrade": b.Field(fields.Required(b.Enum("Grade")), fields.Both("The weakest grade of evidence that counted.", "计入的最低证据等级。"),
				fields.Word(func(_ *fields.Request, p *fields.Page) graph.Grade { return p.Around.(*candidates.Answer).MinGrade })),
			"synthetic": b.Field(fields.Required(graphql.Boolean), fields.Both("Whether invented data took part.", "计算中是否用到虚构数据。"),
				ofCandidates(func(a *candidates.Answer) bool { return a.Synthetic })),
			"inHand": b.Field(fields.Required(b.Scalars.Integer), fields.Both("How many are in hand; they are the first.", "在手企业数，排在最前。"),
				ofCandidates(func(a *candidates.Answer) int { return a.InHand })),
			"setBack": b.Field(fields.Required(b.Scalars.Integer), fields.Both("How many are listed behind others of lower score, because their group already has its places before them (setting candidates_per_group).", "因同一集团企业已占前列而后排的候选数（参数 candidates_per_group）。"),
				ofCandidates(func(a *candidates.Answer) int { return a.SetBack })),
			"filtered": b.Field(fields.ListOf(makeFiltered(b)), fields.Both("The filters of the question, with how many companies each removed.", "各筛选条件及其筛去的企业数。"),
				fields.Many(func(_ *fields.Request, p *fields.Page) []candidates.Filtered {
					return p.Around.(*candidates.Answer).Filtered
				})),
			"excluded": b.Field(fields.ListOf(makeExclusion(b)), fields.Both("Companies that were left out, and by whom.", "被排除的企业及由谁排除。"),
				fields.Many(func(_ *fields.Request, p *fields.Page) []candidates.Exclusion {
					return p.Around.(*candidates.Answer).Excluded
				})),
		}, func(p *fields.Page) *dates.Lazy { return p.Around.(*candidates.Answer).DataDates }),
	})
}

// makeNotSought makes the type of a link for which no companies are sought.
func makeNotSought(b *fields.Builder) *graphql.Object {
	return b.MakeObject("NotSought", fields.Both("A link for which no companies are sought.", "不找候选企业的环节。"), func() graphql.Fields {
		return graphql.Fields{
			"link": b.Field(fields.Required(b.Kinds[projection.Link]), fields.Both("The link.", "环节。"),
				fields.Get(func(_ *fields.Request, x candidates.NotSought) projection.Vertex { return x.Link })),
			"text": b.Field(fields.Required(b.Object("Text")), fields.Both("Why.", "理由。"),
				fields.Get(func(_ *fields.Request, x candidates.NotSought) schema.Text { return x.Text })),
		}
	})
}

// askCandidates asks for candidates and cuts the page.
func askCandidates(rq *fields.Request, _ any, a fields.Args) (any, error) {
	q := candidates.Question{
		Region: a.Text("region"), Link: a.Text("link"), Links: fields.Items[string](a, "links"), Opportunity: a.Text("opportunity"), About: a.Text("about"),
		Exclude: fields.Items[string](a, "exclude"), MinGrade: a.Grade(),
		Filters: candidates.Filters{Ownership: fields.Items[string](a, "ownership"), Places: fields.Items[string](a, "places")},
	}
	q.Kind, _ = a["kind"].(candidates.Kind)
	q.Filters.Listed, _ = a["listed"].(bool)
	q.Filters.Employees, _ = a.Number("minEmployees")
	q.Filters.CapitalWan, _ = a["minCapital"].(float64)
	for argument, kind := range map[string]string{"chain": projection.Chain, "ecosystem": projection.Ecosystem} {
		if text := a.Text(argument); text != "" {
			v, err := rq.Picture.Graph.Lookup(text, kind)
			if err != nil {
				return nil, err
			}
			q.Scope = append(q.Scope, string(rq.Picture.Graph.ID(v)))
		}
	}
	answer, err := candidates.Ask(rq.Context, rq.Picture.Graph, settingsFor(rq, a), q)
	if err != nil {
		return nil, err
	}
	return candidatePage(rq, "", answer, a)
}

// candidatePage cuts a page of an answer.
func candidatePage(rq *fields.Request, owner string, answer *candidates.Answer, a fields.Args) (*fields.Page, error) {
	p := &fields.Page{
		Total: answer.Len(), Version: rq.Picture.Version(), Question: fields.QuestionOf("candidates", owner, a), Around: answer,
		Item: func(i int) any { return answer.Candidate(i) },
		ID: func(i int) string {
			kind, company := answer.Key(i)
			return string(kind) + "/" + string(rq.Picture.Graph.ID(company))
		},
	}
	return p, rq.Cut(p, a)
}

// withCandidates adds the candidates to the fields of a verdict, where the model has what
// they need.
func withCandidates(b *fields.Builder, out graphql.Fields) graphql.Fields {
	if has(b, candidateKinds) {
		out["candidates"] = b.Asking("candidates", verdictCandidates(b))
	}
	return out
}

// verdictCandidates lists the companies that would fill the link of a verdict.
func verdictCandidates(b *fields.Builder) *graphql.Field {
	return b.Field(fields.Required(candidateList(b)), fields.Both("The companies that would fill the link in this region, in the graph as it is.", "可为该地区填补该环节的企业，按图谱现状。"),
		fields.Compute(func(rq *fields.Request, v *gaps.Verdict, a fields.Args) (any, error) {
			kind, _ := a["kind"].(candidates.Kind)
			answer, err := candidates.Of(rq.Context, rq.Picture.Graph, rq.Service.Settings, v, kind)
			if err != nil {
				return nil, err
			}
			id := rq.Picture.Graph.ID
			return candidatePage(rq, string(id(v.Link))+"/"+string(id(v.Region())), answer, a)
		}), append(b.Paging(), fields.Arg("kind", b.Enum("CandidateKind"), "Only candidates of this kind; both when omitted.", "仅此类候选，不填则两类都列。"))...)
}

// makeCandidate makes the type of a company that would fill a link.
func makeCandidate(b *fields.Builder) *graphql.Object {
	return b.MakeObject("Candidate", fields.Both("A company that would fill a link.", "可填补环节的企业。"), func() graphql.Fields {
		return graphql.Fields{
			"kind": b.Field(fields.Required(b.Enum("CandidateKind")), fields.Both("Where it comes from.", "来路。"),
				fields.Word(func(_ *fields.Request, c *candidates.Candidate) candidates.Kind { return c.Kind })),
			"company": b.Field(fields.Required(b.Kinds[projection.Company]), fields.Both("The company.", "企业。"),
				fields.Get(func(_ *fields.Request, c *candidates.Candidate) projection.Vertex { return c.Company })),
			"link": b.Field(fields.Required(b.Kinds[projection.Link]), fields.Both("The link of its best score; what follows from the score is of this link.", "得分最高的环节；得分、理由等均就该环节而言。"),
				fields.Get(func(_ *fields.Request, c *candidates.Candidate) projection.Vertex { return c.Link })),
			"links": b.Field(fields.ListOf(makeFilling(b)), fields.Both("All links asked about that it would fill, the best score first.", "它可填补的所问环节，得分高者在前。"),
				fields.Many(func(_ *fields.Request, c *candidates.Candidate) []candidates.Filling { return c.Links })),
			"inHand": b.Field(makeInHand(b), fields.Both("The project of the region by which it is in hand; null when it is not.", "使其“在手”的本地项目；不在手为 null。"),
				fields.Get(func(_ *fields.Request, c *candidates.Candidate) *candidates.InHand { return c.InHand })),
			"score": b.Field(fields.Required(b.Scalars.Float), fields.Both("How well the company fits; the sum of the points of its terms.", "得分，等于各项分值之和。"),
				fields.Get(func(_ *fields.Request, c *candidates.Candidate) float64 { return c.Score })),
			"terms": b.Field(fields.ListOf(b.Object("Term")), fields.Both("What the score is made of.", "得分的组成。"),
				fields.Many(func(_ *fields.Request, c *candidates.Candidate) []gaps.Term { return c.Terms[:] })),
			"reasons": b.Field(fields.ListOf(b.Object("Reason")), fields.Both("Why, in sentences.", "理由。"),
				fields.Many(func(_ *fields.Request, c *candidates.Candidate) []gaps.Reason { return c.Reasons })),
			"evidence": b.Field(fields.Required(evidenceType(b)), fields.Both("The statements that put it at the link, or for GROW at the link of through.", "把它归入该环节的依据；培育类为归入 through 所指环节的依据。"),
				fields.Compute(func(rq *fields.Request, c *candidates.Candidate, a fields.Args) (any, error) {
					return evidencePage(rq, string(rq.Picture.Graph.ID(c.Company)), c.Evidence, a)
				}), b.Paging()...),
			"edges": b.Field(fields.ListOf(b.Scalars.ID), fields.Both("Ids of further edges that the terms rest on.", "得分所依据的其他关系的标识。"),
				fields.Words(func(_ *fields.Request, c *candidates.Candidate) []graph.ID { return c.Edges })),
			"through": b.Field(b.Node, fields.Both("For GROW: the product, project or link that shows that it is capable of this one.", "培育类：说明其具备能力的产品、项目或环节。"),
				fields.Get(func(_ *fields.Request, c *candidates.Candidate) projection.Vertex { return c.Through })),
			"landing": b.Field(makeLanding(b), fields.Both("For ATTRACT: what kind of landing is plausible by what is known of the company; null for GROW.", "招引类：按已知情况可争取的落地方式；培育类为 null。"),
				fields.Get(func(_ *fields.Request, c *candidates.Candidate) *landing.Landing { return c.Landing })),
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
