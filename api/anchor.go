package api

import (
	"liantu/graph"
	"liantu/graph/gaps"
	"liantu/graph/projection"

	"github.com/graphql-go/graphql"
)

// anchorField asks what stands behind an anchor.
func anchorField(b *builder) *graphql.Field {
	b.makeEnum("AnchorBasis", both("How a link was found to stand behind an anchor.", "环节与链主相关的依据。"), []enumValue{
		choice("SUPPLIES", gaps.BySupplies, "Known suppliers of the anchor are at it.", "链主的已知供应商处于该环节。"),
		choice("FEEDS", gaps.ByFeeds, "It feeds a link at which the anchor is.", "该环节供给链主所处的环节。"),
	})
	answer := func(p *page) *gaps.AnchorAnswer { return p.around.(*gaps.AnchorAnswer) }
	node := b.makeObject("AnchorLink", both("A link behind an anchor.", "与链主相关的环节。"), func() graphql.Fields {
		companies := listOf(b.Kinds[projection.Company])
		return graphql.Fields{
			"gap":       b.field(required(gapType(b)), both("What is at the link in the region.", "该环节在地区的结论。"), get(func(_ *request, l gaps.AnchorLink) *gaps.Verdict { return l.Verdict })),
			"basis":     b.field(required(b.Enum("AnchorBasis")), both("How it was found.", "依据。"), word(func(_ *request, l gaps.AnchorLink) gaps.Basis { return l.Basis })),
			"here":      b.field(companies, both("Known suppliers of the anchor at the link that are in the region.", "在本地区的已知供应商。"), many(func(_ *request, l gaps.AnchorLink) []projection.Vertex { return l.Here })),
			"elsewhere": b.field(companies, both("Those that are elsewhere or of unknown place.", "在外地或所在地不明的已知供应商。"), many(func(_ *request, l gaps.AnchorLink) []projection.Vertex { return l.Elsewhere })),
			"through":   b.field(b.Kinds[projection.Link], both("By FEEDS: the link of the anchor that it feeds.", "依据为供给关系时：它所供给的链主环节。"), get(func(_ *request, l gaps.AnchorLink) projection.Vertex { return l.Through })),
			"edges":     b.field(listOf(b.Scalars.ID), both("Ids of the supplies.", "供货关系的标识。"), words(func(_ *request, l gaps.AnchorLink) []graph.ID { return l.Edges })),
		}
	})
	answers := b.connection(connected{
		name: "AnchorLink", description: both("Links behind an anchor: those of known suppliers first, missing ones first.", "与链主相关的环节：已知供应商所处者在前，缺失者在前。"), node: node,
		around: graphql.Fields{
			"company":   b.field(required(b.Kinds[projection.Company]), both("The anchor.", "链主企业。"), get(func(_ *request, p *page) projection.Vertex { return answer(p).Company })),
			"region":    b.field(required(b.Kinds[projection.Region]), both("The region asked about.", "所问地区。"), get(func(_ *request, p *page) projection.Vertex { return answer(p).Region })),
			"suppliers": b.field(b.Scalars.Integer, both("How many suppliers are known; null when none is, which does not mean that it has none.", "已知供应商数；一家也不知为 null，并不表示没有。"), get(func(_ *request, p *page) any { return positiveOrNil(answer(p).Suppliers) })),
		},
	})
	ask := func(rq *request, _ any, a args) (any, error) {
		n, err := gaps.Anchor(rq.Context, rq.Picture.Graph, rq.Service.Settings, gaps.AnchorQuestion{
			Company: a.Text("company"), Region: a.Text("region"), Peers: list[string](a, "peers"), MinGrade: a.Grade(),
		})
		if err != nil {
			return nil, err
		}
		return listPage(rq, "anchor", a, n, n.Links, func(l gaps.AnchorLink) string { return string(rq.Picture.Graph.ID(l.Verdict.Link)) })
	}
	return b.field(answers, both("Which links stand behind an anchor, which of them are missing here, and who supplies it elsewhere.", "围绕链主延链：其供应商处于哪些环节、本地缺哪些、外地由谁供应。"), resolver(ask), append(b.paging(),
		idArgument(b, "company", projection.Company, true, "The anchor.", "链主企业："),
		idArgument(b, "region", projection.Region, false, "The region; that of the company when not given.", "所问地区，默认企业所在地："),
		idsArgument(b, "peers", projection.Region, false, "Regions to compare with; the whole country when not given.", "参照地区，不填则以全国为参照："),
		minGrade(b))...)
}

func positiveOrNil(n int) any {
	if n <= 0 {
		return nil
	}
	return n
}
