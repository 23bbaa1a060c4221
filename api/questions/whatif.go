package questions

import (
	"github.com/graphql-go/graphql"

	"liantu/api/fields"
	"liantu/graph/dates"
	"liantu/graph/gaps"
	"liantu/graph/newcomers"
	"liantu/graph/projection"
)

// whatIfField asks which verdicts would change if companies landed, left or closed.
func whatIfField(b *fields.Builder) *graphql.Field {
	answer := func(p *fields.Page) *gaps.WhatIfAnswer { return p.Around.(*gaps.WhatIfAnswer) }
	shift := b.MakeObject("Shift", fields.Both("A verdict before and after the assumed changes.", "结论的现状与假设后的变化。"), func() graphql.Fields {
		either := fields.Required(verdictType(b))
		return graphql.Fields{
			"link":   b.Field(fields.Required(b.Kinds[projection.Link]), fields.Both("The link.", "环节。"), fields.Get(func(_ *fields.Request, s gaps.Shift) projection.Vertex { return s.Link })),
			"before": b.Field(either, fields.Both("The verdict now.", "现状。"), fields.Get(func(_ *fields.Request, s gaps.Shift) *gaps.Verdict { return s.Before })),
			"after":  b.Field(either, fields.Both("The verdict after the assumed changes.", "假设之后。"), fields.Get(func(_ *fields.Request, s gaps.Shift) *gaps.Verdict { return s.After })),
		}
	})
	nearer := b.MakeObject("NearerSupplier", fields.Both("A local company one of whose suppliers would become local.", "将获得就近供应商的本地企业。"), func() graphql.Fields {
		company := fields.Required(b.Kinds[projection.Company])
		return graphql.Fields{
			"buyer":    b.Field(company, fields.Both("The local company.", "本地企业。"), fields.Get(func(_ *fields.Request, n newcomers.Nearer) projection.Vertex { return n.Buyer })),
			"supplier": b.Field(company, fields.Both("The supplier that would become local.", "将落地的供应商。"), fields.Get(func(_ *fields.Request, n newcomers.Nearer) projection.Vertex { return n.Supplier })),
			"edge":     b.Field(fields.Required(b.Scalars.ID), fields.Both("The id of the SUPPLIES edge.", "供货关系的标识。"), fields.Get(func(_ *fields.Request, n newcomers.Nearer) string { return string(n.Edge) })),
		}
	})
	coverage := fields.Required(coverageType(b))
	answers := b.Connection(fields.Connected{
		Name: "Shift", Description: fields.Both("Verdicts that would change: changes of state first.", "将发生变化的结论，状态变化者在前。"), Node: shift,
		Around: withDates(b, graphql.Fields{
			"before": b.Field(coverage, fields.Both("How much is known about the companies of the region now.", "地区的掌握程度（现状）。"), fields.Get(func(_ *fields.Request, p *fields.Page) gaps.Coverage { return answer(p).Before })),
			"after":  b.Field(coverage, fields.Both("The same after the assumed changes.", "地区的掌握程度（假设之后）。"), fields.Get(func(_ *fields.Request, p *fields.Page) gaps.Coverage { return answer(p).After })),
			"nearer": b.Field(fields.ListOf(nearer), fields.Both("Local companies one of whose suppliers would become local.", "将获得就近供应商的本地企业。"),
				fields.Many(func(_ *fields.Request, p *fields.Page) []newcomers.Nearer { return answer(p).Nearer })),
			"newcomers": b.Field(fields.ListOf(newcomerType(b)), fields.Both("The companies supposed that the graph does not hold.", "假设落地的、图谱中没有的企业。"),
				fields.Many(func(_ *fields.Request, p *fields.Page) []*newcomers.Found { return answer(p).Newcomers })),
			"synthetic": b.Field(fields.Required(graphql.Boolean), fields.Both("Whether invented data took part.", "计算中是否用到虚构数据。"),
				fields.Get(func(_ *fields.Request, p *fields.Page) bool { return answer(p).Synthetic })),
		}, func(p *fields.Page) *dates.Lazy { return p.Around.(*gaps.WhatIfAnswer).DataDates }),
	})
	ask := func(rq *fields.Request, _ any, a fields.Args) (any, error) {
		w, err := gaps.WhatIf(rq.Context, rq.Picture.Graph, settingsFor(rq, a), gaps.WhatIfQuestion{
			Region: a.Text("region"), Peers: fields.Items[string](a, "peers"), MinGrade: a.Grade(),
			Land: fields.Items[string](a, "land"), Leave: fields.Items[string](a, "leave"), Close: fields.Items[string](a, "close"),
			Newcomers: newcomersOf(a),
		})
		if err != nil {
			return nil, err
		}
		return fields.ListPage(rq, "whatIf", a, w, w.Shifts, func(s gaps.Shift) string { return string(rq.Picture.Graph.ID(s.Link)) })
	}
	return b.Field(answers, fields.Both("What would change if companies landed, left or closed; nothing is written.", "假设企业落地、迁出或关停，哪些结论会变；不写入任何数据。"), fields.Resolver(ask), append(b.Paging(),
		idArgument(b, "region", projection.Region, true, "The region asked about.", "所问地区："),
		idsArgument(b, "land", projection.Company, false, "Companies from elsewhere that land in the region.", "落地的外地企业："),
		newcomersArgument(b),
		idsArgument(b, "leave", projection.Company, false, "Local companies that move away.", "迁出的本地企业："),
		idsArgument(b, "close", projection.Company, false, "Local companies that close.", "关停的本地企业："),
		idsArgument(b, "peers", projection.Region, false, "Regions to compare with; the whole country when omitted.", "参照地区，不填则以全国为参照："),
		minGrade(b), population(b))...)
}
