package questions

import (
	"github.com/graphql-go/graphql"

	"liantu/api/fields"
	"liantu/graph"
	"liantu/graph/gaps"
	"liantu/graph/offers"
	"liantu/graph/projection"
	"liantu/schema"
)

// makePark makes the type of a park of the region that hosts a link.
func makePark(b *fields.Builder) *graphql.Object {
	return b.MakeObject("HostingPark", fields.Both("A park of the region that hosts the link.", "本地区承接该环节的平台。"), func() graphql.Fields {
		return graphql.Fields{
			"park": b.Field(fields.Required(b.Kinds[projection.Park]), fields.Both("The park.", "承接平台。"),
				fields.Get(func(_ *fields.Request, x offers.Park) projection.Vertex { return x.Park })),
			"hosts": b.Field(fields.Required(b.Node), fields.Both("What it hosts: the link, one above it, or a chain that the link is part of.", "所承接的环节、其上级环节或所属产业链。"),
				fields.Get(func(_ *fields.Request, x offers.Park) projection.Vertex { return x.Hosts })),
			"leading": b.Field(fields.Required(graphql.Boolean), fields.Both("Whether that is its leading industry.", "是否为该平台的主导产业。"),
				fields.Get(func(_ *fields.Request, x offers.Park) bool { return x.Leading })),
			"edge": b.Field(fields.Required(b.Scalars.ID), fields.Both("Id of the HOSTS edge.", "承接关系的标识。"),
				fields.Word(func(_ *fields.Request, x offers.Park) graph.ID { return x.Edge })),
			"synthetic": b.Field(fields.Required(graphql.Boolean), fields.Both("Whether it was invented for demonstration.", "是否为虚构数据。"),
				fields.Get(func(_ *fields.Request, x offers.Park) bool { return x.Synthetic })),
		}
	})
}

// makeOpportunity makes the type of an open opportunity of the region that demands a link.
func makeOpportunity(b *fields.Builder) *graphql.Object {
	return b.MakeObject("DemandingOpportunity", fields.Both("An open city opportunity of the region that demands the link.", "本地区需要该环节、尚未截止的城市机遇。"), func() graphql.Fields {
		return graphql.Fields{
			"opportunity": b.Field(fields.Required(b.Kinds[projection.Opportunity]), fields.Both("The opportunity.", "城市机遇。"),
				fields.Get(func(_ *fields.Request, x offers.Opportunity) projection.Vertex { return x.Opportunity })),
			"link": b.Field(fields.Required(b.Kinds[projection.Link]), fields.Both("The link that it demands: the one asked about, or one below it.", "所需环节：所问环节或其下级环节。"),
				fields.Get(func(_ *fields.Request, x offers.Opportunity) projection.Vertex { return x.Link })),
			"edge": b.Field(fields.Required(b.Scalars.ID), fields.Both("Id of the DEMANDS edge.", "需求关系的标识。"),
				fields.Word(func(_ *fields.Request, x offers.Opportunity) graph.ID { return x.Edge })),
			"deadline": b.Field(b.Scalars.ByType[schema.TypeDate], fields.Both("The last day to respond; null when not stated.", "最后可以响应的日期；未填为 null。"),
				fields.Get(func(_ *fields.Request, x offers.Opportunity) string { return x.Deadline })),
			"synthetic": b.Field(fields.Required(graphql.Boolean), fields.Both("Whether it was invented for demonstration.", "是否为虚构数据。"),
				fields.Get(func(_ *fields.Request, x offers.Opportunity) bool { return x.Synthetic })),
		}
	})
}

// addOffers adds to the fields of a verdict what the region offers at its link.
func addOffers(b *fields.Builder, out graphql.Fields, park, opportunity *graphql.Object) graphql.Fields {
	out["parks"] = b.Field(fields.ListOf(park), fields.Both("The parks of the region that host the link, a chain of it or a link above it: those of which it is the leading industry first, then the nearest.", "本地区承接该环节、其上级环节或所属产业链的平台，以其为主导产业的在前，其次按远近。"),
		verdictList((*gaps.Verdict).Parks))
	out["opportunities"] = b.Field(fields.ListOf(opportunity), fields.Both("The open city opportunities of the region that demand the link or one below it, the earliest deadline first.", "本地区需要该环节或其下级环节、尚未截止的城市机遇，截止早的在前。"),
		verdictList((*gaps.Verdict).Opportunities))
	return out
}
