package questions

import (
	"github.com/graphql-go/graphql"

	"liantu/api/fields"
	"liantu/graph"
	"liantu/graph/dates"
	"liantu/graph/gaps"
	"liantu/graph/lines"
	"liantu/graph/projection"
	"liantu/graph/topics"
	"liantu/schema"
)

// quadrantMeanings are what the quadrants say of a link and a region.
var quadrantMeanings = map[gaps.Quadrant]schema.Text{
	gaps.Strength:    {Zh: "本地已有，且与本地产业契合", En: "here, and it fits what the region does"},
	gaps.Opportunity: {Zh: "薄弱或缺失，但与本地产业契合", En: "thin or absent, and it fits"},
	gaps.Threat:      {Zh: "本地已有，但与本地其他产业联系少", En: "here, but little ties it to the rest"},
	gaps.Weakness:    {Zh: "薄弱或缺失，且与本地产业不契合", En: "thin or absent, and it does not fit"},
}

// compareField asks how regions stand at the same links.
func compareField(b *fields.Builder) *graphql.Field {
	wordEnum(b, "Quadrant", fields.Both("What a link means for a region, by what is there and how well it fits.", "环节对地区而言属于哪一象限（已有 × 契合）。"), gaps.Quadrants(), quadrantMeanings)
	type row struct {
		answer *gaps.Comparison
		i      int
	}
	answer := func(p *fields.Page) *gaps.Comparison { return p.Around.(*gaps.Comparison) }
	node := b.MakeObject("ComparedLink", fields.Both("One link in several regions.", "同一环节在各地区的情况。"), func() graphql.Fields {
		at := func(r row) gaps.Placement { return r.answer.Quadrants[r.i] }
		return graphql.Fields{
			"link": b.Field(fields.Required(b.Kinds[projection.Link]), fields.Both("The link.", "环节。"),
				fields.Get(func(_ *fields.Request, r row) projection.Vertex { return r.answer.Links[r.i] })),
			"quadrant": b.Field(b.Enum("Quadrant"), fields.Both("What it means for the first region; null when that is not known, see why.", "对首个地区而言所属象限；无法判断为 null，原因见 why。"),
				fields.Word(func(_ *fields.Request, r row) gaps.Quadrant { return at(r).Quadrant })),
			"presence": b.Field(b.Scalars.Float, fields.Both("What is there in the first region: its location quotient, shrunk towards 1; 0 where nothing is there.", "首个地区的收缩后区位商，缺失为 0。"),
				fields.Get(func(_ *fields.Request, r row) gaps.Figure { return at(r).Presence })),
			"fit": b.Field(b.Scalars.Float, fields.Both("How well it fits what the first region does: its density rank.", "与首个地区现有产业的契合度（关联密度的位次）。"),
				fields.Get(func(_ *fields.Request, r row) gaps.Figure { return at(r).Fit })),
			"why": b.Field(graphql.String, fields.Both("Why there is no quadrant; null when there is one.", "无法归入象限的原因代码。"),
				fields.Word(func(_ *fields.Request, r row) gaps.Code { return at(r).Why })),
			"cells": b.Field(fields.ListOf(verdictType(b)), fields.Both("The verdict in each region, in the order of regions.", "各地区的结论，顺序同 regions。"),
				fields.Many(func(_ *fields.Request, r row) []*gaps.Verdict { return r.answer.Cells[r.i] })),
		}
	})
	answers := b.Connection(fields.Connected{
		Name: "ComparedLink", Description: fields.Both("Links side by side.", "各环节的地区对比。"), Node: node,
		Around: withDates(b, graphql.Fields{
			"about": aboutField(b, func(p *fields.Page) *topics.Topic { return answer(p).About }), "datesByRegion": datesByRegion(b),
			"regions": b.Field(fields.ListOf(b.Kinds[projection.Region]), fields.Both("The regions in the order given, then added peers, the most similar first.", "所比地区：先按所问顺序，后为规模相近地区。"),
				fields.Many(func(_ *fields.Request, p *fields.Page) []projection.Vertex { return answer(p).Regions })),
			"coverages": b.Field(fields.ListOf(coverageType(b)), fields.Both("How much is known of each region.", "对各地区的掌握程度。"),
				fields.Many(func(_ *fields.Request, p *fields.Page) []gaps.Coverage { return answer(p).Coverage })),
			"minGrade": b.Field(fields.Required(b.Enum("Grade")), fields.Both("The weakest grade of evidence that counted.", "计入的最低证据等级。"),
				fields.Word(func(_ *fields.Request, p *fields.Page) graph.Grade { return answer(p).MinGrade })),
			"represented": b.Field(fields.Required(b.Scalars.Integer), fields.Both("Links without a row: in each region one above or below stands for them, see levels.", "不单列的环节数：在各地区均由其上级或下级环节代表，见 levels。"),
				fields.Get(func(_ *fields.Request, p *fields.Page) int { return answer(p).Represented })),
			"synthetic": b.Field(fields.Required(graphql.Boolean), fields.Both("Whether invented data took part.", "计算中是否用到虚构数据。"),
				fields.Get(func(_ *fields.Request, p *fields.Page) bool { return answer(p).Synthetic })),
		}, func(p *fields.Page) *dates.Lazy { return p.Around.(*gaps.Comparison).DataDates }),
	})
	arguments := append(b.Paging(), scopeArguments(b)...)
	arguments = append(arguments, aboutArgument(),
		idsArgument(b, "regions", projection.Region, true, "The regions; quadrants are for the first one.", "所比地区，提问地区在前："),
		fields.Arg("peers", b.Scalars.Integer, "How many regions similar in size to the first one to add.", "另加多少个规模相近的地区。"),
		idsArgument(b, "reference", projection.Region, false, "Regions to compare with; the whole country when omitted.", "参照地区，不填则以全国为参照："),
		levelsArgument(b),
		minGrade(b), population(b))
	ask := func(rq *fields.Request, _ any, a fields.Args) (any, error) {
		scope, err := scopeOf(rq, a)
		if err != nil {
			return nil, err
		}
		q := gaps.CompareQuestion{Scope: scope, About: a.Text("about"), Regions: fields.Items[string](a, "regions"), Reference: fields.Items[string](a, "reference"), MinGrade: a.Grade()}
		q.Peers, _ = a["peers"].(int)
		q.Levels, _ = a["levels"].(lines.Levels)
		c, err := gaps.Compare(rq.Context, rq.Picture.Graph, settingsFor(rq, a), q)
		if err != nil {
			return nil, err
		}
		rows := make([]row, len(c.Links))
		for i := range rows {
			rows[i] = row{c, i}
		}
		return fields.ListPage(rq, "compare", a, c, rows, func(r row) string { return string(rq.Picture.Graph.ID(c.Links[r.i])) })
	}
	return b.Field(answers, fields.Both("How regions stand at the links of a chain, side by side.", "一条产业链（或生态圈、环节）在多个地区的对比。"), fields.Resolver(ask), arguments...)
}
