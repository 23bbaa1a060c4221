package questions

import (
	"github.com/graphql-go/graphql"

	"liantu/api/fields"
	"liantu/graph"
	"liantu/graph/dates"
	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/graph/ties"
)

// anchorField asks which links an anchor depends on.
func anchorField(b *fields.Builder) *graphql.Field {
	b.MakeEnum("AnchorBasis", fields.Both("Why a link is listed for an anchor.", "环节与链主相关的依据。"), []fields.EnumValue{
		fields.Choice("SUPPLIES", ties.BySupplies, "Known suppliers of the anchor are at the link.", "链主的已知供应商处于该环节。"),
		fields.Choice("FEEDS", ties.ByFeeds, "The link feeds one at which the anchor is.", "该环节供给链主所处的环节。"),
	})
	answer := func(p *fields.Page) *ties.AnchorAnswer { return p.Around.(*ties.AnchorAnswer) }
	node := b.MakeObject("AnchorLink", fields.Both("A link that an anchor depends on.", "与链主相关的环节。"), func() graphql.Fields {
		companies := fields.ListOf(b.Kinds[projection.Company])
		return graphql.Fields{
			"verdict":   b.Field(fields.Required(verdictType(b)), fields.Both("The verdict on the link in the region.", "该环节在地区的结论。"), fields.Get(func(_ *fields.Request, l ties.AnchorLink) *gaps.Verdict { return l.Verdict })),
			"basis":     b.Field(fields.Required(b.Enum("AnchorBasis")), fields.Both("Why it is listed.", "依据。"), fields.Word(func(_ *fields.Request, l ties.AnchorLink) ties.Basis { return l.Basis })),
			"here":      b.Field(companies, fields.Both("Known suppliers of the anchor at the link that are in the region.", "在本地区的已知供应商。"), fields.Many(func(_ *fields.Request, l ties.AnchorLink) []projection.Vertex { return l.Here })),
			"elsewhere": b.Field(companies, fields.Both("Those that are elsewhere or whose place is not known.", "在外地或所在地不明的已知供应商。"), fields.Many(func(_ *fields.Request, l ties.AnchorLink) []projection.Vertex { return l.Elsewhere })),
			"through":   b.Field(b.Kinds[projection.Link], fields.Both("With basis FEEDS: the link of the anchor that it feeds.", "依据为供给关系时：它所供给的链主环节。"), fields.Get(func(_ *fields.Request, l ties.AnchorLink) projection.Vertex { return l.Through })),
			"edges":     b.Field(fields.ListOf(b.Scalars.ID), fields.Both("Ids of the SUPPLIES edges.", "供货关系的标识。"), fields.Words(func(_ *fields.Request, l ties.AnchorLink) []graph.ID { return l.Edges })),
		}
	})
	answers := b.Connection(fields.Connected{
		Name: "AnchorLink", Description: fields.Both("Links that an anchor depends on: those of known suppliers first, missing ones first.", "与链主相关的环节：已知供应商所处者在前，缺失者在前。"), Node: node,
		Around: withDates(b, graphql.Fields{
			"company":   b.Field(fields.Required(b.Kinds[projection.Company]), fields.Both("The anchor.", "链主企业。"), fields.Get(func(_ *fields.Request, p *fields.Page) projection.Vertex { return answer(p).Company })),
			"region":    b.Field(fields.Required(b.Kinds[projection.Region]), fields.Both("The region asked about.", "所问地区。"), fields.Get(func(_ *fields.Request, p *fields.Page) projection.Vertex { return answer(p).Region })),
			"suppliers": b.Field(b.Scalars.Integer, fields.Both("How many suppliers are known; null when none is known, which does not mean that there are none.", "已知供应商数；一家也不知为 null，并不表示没有。"), fields.Get(func(_ *fields.Request, p *fields.Page) any { return positiveOrNil(answer(p).Suppliers) })),
		}, func(p *fields.Page) *dates.Lazy { return p.Around.(*ties.AnchorAnswer).DataDates }),
	})
	ask := func(rq *fields.Request, _ any, a fields.Args) (any, error) {
		n, err := ties.Anchor(rq.Context, rq.Picture.Graph, settingsFor(rq, a), ties.AnchorQuestion{
			Company: a.Text("company"), Region: a.Text("region"), Peers: fields.Items[string](a, "peers"), MinGrade: a.Grade(),
		})
		if err != nil {
			return nil, err
		}
		return fields.ListPage(rq, "anchor", a, n, n.Links, func(l ties.AnchorLink) string { return string(rq.Picture.Graph.ID(l.Verdict.Link)) })
	}
	return b.Field(answers, fields.Both("Which links an anchor depends on, which of them are missing here, and who supplies it elsewhere.", "围绕链主延链：其供应商处于哪些环节、本地缺哪些、外地由谁供应。"), fields.Resolver(ask), append(b.Paging(),
		idArgument(b, "company", projection.Company, true, "The anchor.", "链主企业："),
		idArgument(b, "region", projection.Region, false, "The region; that of the company when omitted.", "所问地区，默认企业所在地："),
		idsArgument(b, "peers", projection.Region, false, "Regions to compare with; the whole country when omitted.", "参照地区，不填则以全国为参照："),
		minGrade(b), population(b))...)
}

func positiveOrNil(n int) any {
	if n <= 0 {
		return nil
	}
	return n
}
