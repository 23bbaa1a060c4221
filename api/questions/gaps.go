package questions

import (
	"slices"

	"github.com/graphql-go/graphql"

	"liantu/api/fields"
	"liantu/graph"
	"liantu/graph/counts"
	"liantu/graph/dates"
	"liantu/graph/gaps"
	"liantu/graph/lines"
	"liantu/graph/projection"
	"liantu/graph/topics"
	"liantu/schema"
)

// gapsField asks which links are missing, weak, strong or unknown.
func gapsField(b *fields.Builder) *graphql.Field {
	list := b.Connection(fields.Connected{
		Name: "Verdict", Description: fields.Both("The verdicts on the links asked about.", "所问各环节的结论。"), Node: verdictType(b),
		Around: withDates(b, answerFields(b), func(p *fields.Page) *dates.Lazy { return p.Around.(*gaps.Answer).DataDates }),
	})
	arguments := append(b.Paging(), idArgument(b, "region", projection.Region, true, "The region asked about.", "所问地区："))
	arguments = append(append(arguments, scopeArguments(b)...), aboutArgument(),
		idsArgument(b, "peers", projection.Region, false, "Regions to compare with; the whole country when omitted.", "参照地区，不填则以全国为参照："),
		minGrade(b), population(b),
		levelsArgument(b),
		fields.Arg("withEmpty", graphql.Boolean, "Whether links without any company in the country are listed too, and those that hold no companies and are not judged.", "是否连全国尚无企业的环节、承载客户、活动或标题而不评的环节一并列出。"),
		fields.Arg("states", graphql.NewList(fields.Required(b.Enum("VerdictState"))), "Only verdicts with these states.", "仅这些状态。"),
		fields.Arg("actions", graphql.NewList(fields.Required(b.Enum("VerdictAction"))), "Only verdicts with these actions.", "仅这些建议动作。"),
		fields.Arg("minDepth", b.Scalars.Integer, "Only links of this level or a deeper one, 1 directly below the chain.", "层级下限，链下第一级为 1。"),
		fields.Arg("maxDepth", b.Scalars.Integer, "Only links of this level or a higher one.", "层级上限。"),
		fields.Arg("positions", wordsOf(b, "position"), "Only links of these positions in their chain.", "仅处于产业链这些位置（上游、中游、下游）的环节。"),
		fields.Arg("declaredRoles", wordsOf(b, "declared_role"), "Only links with these roles in a plan.", "仅规划定位为此的环节。"),
		fields.Arg("hasPipeline", graphql.Boolean, "Only links with projects in progress, or only those without.", "true 仅有在途项目的环节，false 仅无在途项目的环节。"),
		fields.Arg("orderBy", b.Enum("VerdictOrder"), "How to sort; by priority when omitted.", "排序方式，默认按优先级。"))
	return b.Field(list,
		fields.Both("Which links are missing, weak, strong or unknown in a region, and why.", "某地区哪些环节缺失、薄弱、优势或不明，为什么。"),
		fields.Resolver(askGaps), arguments...)
}

// wordsOf is the type of an argument that lists values of a property of links.
func wordsOf(b *fields.Builder, property string) graphql.Input {
	k := b.Model.Node(projection.Link)
	if i := slices.IndexFunc(k.Properties, func(p *schema.Property) bool { return p.Name == property && p.Type == schema.TypeEnum }); i >= 0 {
		return graphql.NewList(fields.Required(b.PropertyType(k, k.Properties[i])))
	}
	return graphql.NewList(fields.Required(graphql.String))
}

// filtersOf reads the filters of rows besides states and actions.
func filtersOf(a fields.Args) counts.Filters {
	f := counts.Filters{Positions: fields.Items[string](a, "positions")}
	for _, role := range fields.Items[string](a, "declaredRoles") {
		f.Declared = append(f.Declared, gaps.Class(role))
	}
	for argument, to := range map[string]**int{"minDepth": &f.MinDepth, "maxDepth": &f.MaxDepth} {
		if n, given := a.Number(argument); given {
			*to = &n
		}
	}
	if has, given := a["hasPipeline"].(bool); given {
		f.HasPipeline = &has
	}
	return f
}

// askGaps asks for verdicts and cuts the page.
func askGaps(rq *fields.Request, _ any, a fields.Args) (any, error) {
	q := gaps.Question{
		Region: a.Text("region"), About: a.Text("about"), Peers: fields.Items[string](a, "peers"),
		States: fields.Items[gaps.State](a, "states"), Actions: fields.Items[gaps.Action](a, "actions"),
	}
	q.MinGrade = a.Grade()
	q.WithEmpty, _ = a["withEmpty"].(bool)
	q.OrderBy, _ = a["orderBy"].(gaps.Order)
	q.Levels, _ = a["levels"].(lines.Levels)
	var err error
	if q.Scope, err = scopeOf(rq, a); err != nil {
		return nil, err
	}
	if q.Where, err = filtersOf(a).Where(); err != nil {
		return nil, err
	}
	answer, err := gaps.Ask(rq.Context, rq.Picture.Graph, settingsFor(rq, a), q)
	if err != nil {
		return nil, err
	}
	return fields.ListPage(rq, "gaps", a, answer, answer.Verdicts, func(v *gaps.Verdict) string { return string(rq.Picture.Graph.ID(v.Link)) })
}

// answerFields are what an answer says besides its verdicts.
func answerFields(b *fields.Builder) graphql.Fields {
	answer := func(p *fields.Page) *gaps.Answer { return p.Around.(*gaps.Answer) }
	coverage := coverageType(b)
	return graphql.Fields{
		"about": aboutField(b, func(p *fields.Page) *topics.Topic { return answer(p).About }),
		"region": b.Field(fields.Required(b.Kinds[projection.Region]), fields.Both("The region asked about.", "所问地区。"),
			fields.Get(func(_ *fields.Request, p *fields.Page) projection.Vertex { return answer(p).Region })),
		"peers": b.Field(fields.ListOf(b.Kinds[projection.Region]), fields.Both("The regions compared with; empty for the whole country.", "参照地区；空表示全国。"),
			fields.Many(func(_ *fields.Request, p *fields.Page) []projection.Vertex { return answer(p).Peers })),
		"minGrade": b.Field(fields.Required(b.Enum("Grade")), fields.Both("The weakest grade of evidence that counted.", "计入的最低证据等级。"),
			fields.Word(func(_ *fields.Request, p *fields.Page) graph.Grade { return answer(p).MinGrade })),
		"coverage": b.Field(fields.Required(coverage), fields.Both("How much is known about the companies of the region.", "对所问地区的掌握程度。"),
			fields.Get(func(_ *fields.Request, p *fields.Page) gaps.Coverage { return answer(p).Coverage })),
		"reference": b.Field(fields.Required(coverage), fields.Both("How much is known about the companies of the reference.", "对参照地区的掌握程度。"),
			fields.Get(func(_ *fields.Request, p *fields.Page) gaps.Coverage { return answer(p).Reference })),
		"frames": b.Field(fields.ListOf(frameType(b)), fields.Both("The populations that are complete in the region, widest first.", "在所问地区收录完整的口径，由宽到窄。"),
			fields.Many(func(_ *fields.Request, p *fields.Page) []*gaps.Frame { return answer(p).Frames })),
		"empty": b.Field(fields.Required(b.Scalars.Integer), fields.Both("Links asked about at which nobody in the country is known.", "所问环节中全国尚无企业的个数。"),
			fields.Get(func(_ *fields.Request, p *fields.Page) int { return answer(p).Empty })),
		"notJudged": b.Field(fields.Required(b.Scalars.Integer), fields.Both("Links asked about that hold customers, an activity or a heading and no companies, so that they are not judged.", "所问环节中承载客户、活动或标题而非企业、不作判断的个数。"),
			fields.Get(func(_ *fields.Request, p *fields.Page) int { return answer(p).NotJudged })),
		"links": b.Field(fields.Required(b.Scalars.Integer), fields.Both("Links asked about, those of empty and notJudged only if they are listed too; before filtering by levels, states and actions.", "所问环节数（列出全国未见和不评的环节时含之），未按层级、状态和动作筛选。"),
			fields.Get(func(_ *fields.Request, p *fields.Page) int { return answer(p).Links })),
		"represented": b.Field(fields.Required(b.Scalars.Integer), fields.Both("Of them, those without a row of their own: one above or below, or the same, stands for them, see levels.", "其中不单列、由其上级、下级或同一环节代表的个数，见 levels。"),
			fields.Get(func(_ *fields.Request, p *fields.Page) int { return answer(p).Represented })),
		"synthetic": b.Field(fields.Required(graphql.Boolean), fields.Both("Whether invented data took part.", "计算中是否用到虚构数据。"),
			fields.Get(func(_ *fields.Request, p *fields.Page) bool { return answer(p).Synthetic })),
		"states":    statesField(b, func(p *fields.Page) []counts.StateCount { return tallyOf(answer(p)).WithApart() }),
		"actions":   actionsField(b, func(p *fields.Page) []counts.ActionCount { return tallyOf(answer(p)).Actions() }),
		"summaries": summariesField(b),
	}
}

// coverageType is the type that says how much is known about the companies of an
// area.
func coverageType(b *fields.Builder) *graphql.Object {
	return b.Once("Coverage", func() *graphql.Object {
		return b.MakeObject("Coverage", fields.Both("How much is known about the companies of an area.", "对某地区企业的掌握程度。"), func() graphql.Fields {
			return graphql.Fields{
				"companies": b.Field(fields.Required(b.Scalars.Integer), fields.Both("N, companies in the area.", "地区内企业数 N。"),
					fields.Get(func(_ *fields.Request, c gaps.Coverage) int { return c.Companies })),
				"attributed": b.Field(fields.Required(b.Scalars.Integer), fields.Both("A, those that are at some link.", "已归入环节的企业数 A。"),
					fields.Get(func(_ *fields.Request, c gaps.Coverage) int { return c.Attributed })),
				"unattributed": b.Field(fields.Required(b.Scalars.Integer), fields.Both("U = N − A, those that are at none.", "尚未归入环节的企业数 U。"),
					fields.Get(func(_ *fields.Request, c gaps.Coverage) int { return c.Unattributed })),
				"share": b.Field(b.Scalars.ByType[schema.TypePercent], fields.Both("A/N; null when there is no company.", "A/N；无企业时为 null。"),
					fields.Get(func(_ *fields.Request, c gaps.Coverage) gaps.Figure { return c.Share() })),
			}
		})
	})
}
