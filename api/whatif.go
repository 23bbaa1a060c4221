package api

import (
	"liantu/graph/gaps"
	"liantu/graph/projection"

	"github.com/graphql-go/graphql"
)

// whatIfField asks what would be if companies came or went.
func whatIfField(b *builder) *graphql.Field {
	answer := func(p *page) *gaps.WhatIfAnswer { return p.around.(*gaps.WhatIfAnswer) }
	shift := b.makeObject("Shift", both("A verdict now and as it would be.", "结论的现状与假设后的变化。"), func() graphql.Fields {
		gap := required(gapType(b))
		return graphql.Fields{
			"link":   b.field(required(b.Kinds[projection.Link]), both("The link.", "环节。"), get(func(_ *request, s gaps.Shift) projection.Vertex { return s.Link })),
			"before": b.field(gap, both("As it is.", "现状。"), get(func(_ *request, s gaps.Shift) *gaps.Verdict { return s.Before })),
			"after":  b.field(gap, both("As it would be.", "假设之后。"), get(func(_ *request, s gaps.Shift) *gaps.Verdict { return s.After })),
		}
	})
	nearer := b.makeObject("NearerSupplier", both("A local company that would get a supplier nearby.", "将获得就近供应商的本地企业。"), func() graphql.Fields {
		company := required(b.Kinds[projection.Company])
		return graphql.Fields{
			"buyer":    b.field(company, both("The local company.", "本地企业。"), get(func(_ *request, n gaps.Nearer) projection.Vertex { return n.Buyer })),
			"supplier": b.field(company, both("The supplier that would be local too.", "将落地的供应商。"), get(func(_ *request, n gaps.Nearer) projection.Vertex { return n.Supplier })),
			"edge":     b.field(required(b.Scalars.ID), both("The supply that says so.", "供货关系的标识。"), get(func(_ *request, n gaps.Nearer) string { return string(n.Edge) })),
		}
	})
	coverage := required(coverageType(b))
	answers := b.connection(connected{
		name: "Shift", description: both("Verdicts that would change: changes of state first.", "将发生变化的结论，状态变化者在前。"), node: shift,
		around: graphql.Fields{
			"before": b.field(coverage, both("How much is known of the region.", "地区的掌握程度（现状）。"), get(func(_ *request, p *page) gaps.Coverage { return answer(p).Before })),
			"after":  b.field(coverage, both("How much would be known.", "地区的掌握程度（假设之后）。"), get(func(_ *request, p *page) gaps.Coverage { return answer(p).After })),
			"nearer": b.field(listOf(nearer), both("Local companies that would get a supplier nearby.", "将获得就近供应商的本地企业。"),
				many(func(_ *request, p *page) []gaps.Nearer { return answer(p).Nearer })),
			"synthetic": b.field(required(graphql.Boolean), both("Whether invented data took part.", "计算中是否用到虚构数据。"),
				get(func(_ *request, p *page) bool { return answer(p).Synthetic })),
		},
	})
	ask := func(rq *request, _ any, a args) (any, error) {
		w, err := gaps.WhatIf(rq.Context, rq.Picture.Graph, rq.Service.Settings, gaps.WhatIfQuestion{
			Region: a.Text("region"), Peers: list[string](a, "peers"), MinGrade: a.Grade(),
			Land: list[string](a, "land"), Leave: list[string](a, "leave"), Close: list[string](a, "close"),
		})
		if err != nil {
			return nil, err
		}
		return listPage(rq, "whatIf", a, w, w.Shifts, func(s gaps.Shift) string { return string(rq.Picture.Graph.ID(s.Link)) })
	}
	return b.field(answers, both("What would change if companies landed, left or closed; nothing is written.", "假设企业落地、迁出或关停，哪些结论会变；不写入任何数据。"), resolver(ask), append(b.paging(),
		idArgument(b, "region", projection.Region, true, "The region asked about.", "所问地区："),
		idsArgument(b, "land", projection.Company, false, "Companies from elsewhere that come.", "落地的外地企业："),
		idsArgument(b, "leave", projection.Company, false, "Local companies that move away.", "迁出的本地企业："),
		idsArgument(b, "close", projection.Company, false, "Local companies that are no more.", "关停的本地企业："),
		idsArgument(b, "peers", projection.Region, false, "Regions to compare with; the whole country when not given.", "参照地区，不填则以全国为参照："),
		minGrade(b))...)
}
