package questions

import (
	"github.com/graphql-go/graphql"

	"liantu/api/fields"
	"liantu/graph"
	"liantu/graph/area"
	"liantu/graph/projection"
	"liantu/graph/quality"
	"liantu/schema"
)

// qualityField asks how good the data are.
func qualityField(b *fields.Builder) *graphql.Field {
	qualityType := b.MakeObject("Quality", fields.Both("The quality of the data about the companies of a region.", "某地区企业数据的质量。"), func() graphql.Fields {
		return graphql.Fields{
			"region": b.Field(fields.Required(b.Kinds[projection.Region]), fields.Both("The region asked about.", "所问地区。"),
				fields.Get(func(_ *fields.Request, q *quality.Answer) projection.Vertex { return q.Region })),
			"ecosystem": b.Field(b.Kinds[projection.Ecosystem], fields.Both("The ecosystem asked about; null for all.", "所问生态圈；不限则为 null。"),
				fields.Get(func(_ *fields.Request, q *quality.Answer) projection.Vertex { return q.Ecosystem })),
			"minGrade": b.Field(fields.Required(b.Enum("Grade")), fields.Both("The weakest grade of evidence that counted.", "计入的最低证据等级。"),
				fields.Word(func(_ *fields.Request, q *quality.Answer) graph.Grade { return q.MinGrade })),
			"staleYears": b.Field(fields.Required(b.Scalars.Integer), fields.Both("The age in years from which data count as stale.", "多少年无新数据即为陈旧。"),
				fields.Get(func(_ *fields.Request, q *quality.Answer) int { return q.StaleYears })),
			"synthetic": b.Field(fields.Required(graphql.Boolean), fields.Both("Whether some of the companies are invented.", "其中是否有虚构企业。"),
				fields.Get(func(_ *fields.Request, q *quality.Answer) bool { return q.Synthetic })),
			"regions": b.Field(fields.ListOf(regionQuality(b)), fields.Both("The region, then those directly below it that have companies.", "该地区及其下一级有企业的地区。"),
				fields.Many(func(_ *fields.Request, q *quality.Answer) []quality.Region { return q.Regions })),
			"populations": b.Field(fields.ListOf(populationQuality(b)), fields.Both("The populations that are complete in the region or in one in it, widest first, whatever the ecosystem.", "在该地区或其下级地区收录完整的口径，由宽到窄；不受所问生态圈限制。"),
				fields.Many(func(_ *fields.Request, q *quality.Answer) []quality.Population { return q.Populations })),
			"advice": b.Field(b.Object("Text"), fields.Both("Which list would help most; null when none is wanted.", "最该补的名录；无需补充则为 null。"),
				fields.Get(func(_ *fields.Request, q *quality.Answer) *schema.Text { return q.Advice })),
			"adviceCommand": b.Field(b.Object("Text"), fields.Both("The command that loads such a list; null when the advice needs none.", "导入此类名录的命令；无需导入则为 null。"),
				fields.Get(func(_ *fields.Request, q *quality.Answer) *schema.Text { return q.AdviceCommand })),
			"ecosystems": b.Field(fields.ListOf(ecosystemQuality(b)), fields.Both("How well the links of each ecosystem are covered here.", "各生态圈的环节覆盖情况。"),
				fields.Many(func(_ *fields.Request, q *quality.Answer) []quality.Ecosystem { return q.Ecosystems })),
			"sources": b.Field(fields.ListOf(sourceQuality(b)), fields.Both("What each source states, most facts first.", "各数据来源的事实数，多者在前。"),
				fields.Many(func(_ *fields.Request, q *quality.Answer) []quality.Source { return q.Sources })),
			"disputes": b.Field(fields.ListOf(dispute(b)), fields.Both("Properties on which sources disagree, the most frequent first.", "来源说法不一之处，多者在前。"),
				fields.Many(func(_ *fields.Request, q *quality.Answer) []quality.Dispute { return q.Disputes })),
		}
	})
	ask := func(rq *fields.Request, _ any, a fields.Args) (any, error) {
		q := quality.Question{Region: a.Text("region"), Ecosystem: a.Text("ecosystem"), MinGrade: a.Grade()}
		q.StaleYears, _ = a["staleYears"].(int)
		return quality.Ask(rq.Context, rq.Picture.Graph, rq.Service.Settings.MinGrade, q)
	}
	return b.Field(qualityType, qualityType.Description(), fields.Resolver(ask),
		idArgument(b, "region", projection.Region, false, "The region; the whole country when omitted.", "所问地区，默认全国："),
		idArgument(b, "ecosystem", projection.Ecosystem, false, "Only companies at links of this ecosystem.", "仅此生态圈的企业："),
		fields.Arg("staleYears", b.Scalars.Integer, "The age in years from which data count as stale; 3 when omitted.", "多少年无新数据即为陈旧，默认 3。"),
		minGrade(b))
}

func regionQuality(b *fields.Builder) *graphql.Object {
	return b.MakeObject("RegionQuality", fields.Both("The quality of the data of one region.", "一个地区的数据质量。"), func() graphql.Fields {
		out := graphql.Fields{
			"region": b.Field(fields.Required(b.Kinds[projection.Region]), fields.Both("The region.", "地区。"),
				fields.Get(func(_ *fields.Request, r quality.Region) projection.Vertex { return r.Region })),
		}
		for _, c := range []struct {
			name, en, zh string
			of           func(quality.Counts) int
		}{
			{"companies", "Companies.", "企业数。", func(q quality.Counts) int { return q.Companies }},
			{"attributed", "Those at some link.", "已归入环节的企业数。", func(q quality.Counts) int { return q.Attributed }},
			{"withUscc", "Those whose unified social credit code is known.", "已知统一社会信用代码的企业数。", func(q quality.Counts) int { return q.WithUSCC }},
			{"nameOnly", "Those that only a name identifies.", "仅凭名称识别的企业数。", func(q quality.Counts) int { return q.NameOnly }},
			{"stale", "Those without a fact younger than staleYears.", "无新数据的企业数。", func(q quality.Counts) int { return q.Stale }},
			{"undated", "Those of which no source states a day, so that their age is not known.", "来源均未写明日期、新旧不明的企业数。", func(q quality.Counts) int { return q.Undated }},
			{"disputed", "Those about which sources state different values.", "来源说法不一的企业数。", func(q quality.Counts) int { return q.Disputed }},
			{"suspected", "Those that may be the same as another company.", "疑似与他者重复的企业数。", func(q quality.Counts) int { return q.Suspected }},
			{"invented", "Those invented for demonstration.", "虚构的企业数。", func(q quality.Counts) int { return q.Synthetic }},
		} {
			of := c.of
			out[c.name] = b.Field(fields.Required(b.Scalars.Integer), fields.Both(c.en, c.zh),
				fields.Get(func(_ *fields.Request, r quality.Region) int { return of(r.Counts) }))
		}
		return out
	})
}

// populationQuality is the type of what is known of a population in the region.
func populationQuality(b *fields.Builder) *graphql.Object {
	return b.MakeObject("PopulationQuality", fields.Both("What is known of a population, within a scope, in the region.", "一个口径（可限产业）在该地区的收录情况。"), func() graphql.Fields {
		regions := fields.ListOf(b.Kinds[projection.Region])
		out := graphql.Fields{
			"population": b.Field(fields.Required(b.Enum("Population")), fields.Both("The population.", "口径。"),
				fields.Word(func(_ *fields.Request, x quality.Population) area.Population { return x.Population })),
			"scope": b.Field(fields.ListOf(b.Node), fields.Both("The ecosystems, chains and links that it is limited to; empty for all links.", "限于哪些生态圈、产业链、环节；空表示不限。"),
				fields.Many(func(_ *fields.Request, x quality.Population) []projection.Vertex { return x.Scope })),
			"complete": b.Field(fields.Required(graphql.Boolean), fields.Both("Whether it is complete in the region.", "在该地区是否收录完整。"),
				fields.Get(func(_ *fields.Request, x quality.Population) bool { return x.Complete })),
			"date": b.Field(b.Scalars.ByType[schema.TypeDate], fields.Both("The day as of which it is complete; null when it is not.", "收录完整的截止日期；不完整为 null。"),
				fields.Get(func(_ *fields.Request, x quality.Population) string { return x.Date })),
			"years": b.Field(b.Scalars.Float, fields.Both("Years from then to the day of the picture; null when it is not complete.", "截止日期距今的年数；不完整为 null。"),
				fields.Get(func(_ *fields.Request, x quality.Population) any { return numberOrNil(x.Years) })),
			"in": b.Field(regions, fields.Both("Where it is complete: the region, or the largest ones in it.", "在哪些地区收录完整：该地区，或其下级中最大者。"),
				fields.Many(func(_ *fields.Request, x quality.Population) []projection.Vertex { return x.In })),
			"lacking": b.Field(regions, fields.Both("The regions directly below in which it is not complete.", "尚未收录完整的下一级地区。"),
				fields.Many(func(_ *fields.Request, x quality.Population) []projection.Vertex { return x.Lacking })),
			"sources": b.Field(fields.ListOf(graphql.String), fields.Both("The names of its lists and placements.", "构成它的名录与挂链结果。"),
				fields.Many(func(_ *fields.Request, x quality.Population) []string { return x.Sources })),
			"share": b.Field(b.Scalars.ByType[schema.TypePercent], fields.Both("attributed/members; null without members.", "已归入环节者占成员的比例；没有成员则为 null。"),
				fields.Get(func(_ *fields.Request, x quality.Population) any { return numberOrNil(x.Share) })),
		}
		for _, c := range []struct {
			name, en, zh string
			of           func(quality.Population) int
		}{
			{"members", "Companies of the region that belong to it.", "属于该口径的本地企业数。", func(x quality.Population) int { return x.Members }},
			{"attributed", "Members at any link by its lists and placements.", "由其名录与挂链结果归入环节的成员数。", func(x quality.Population) int { return x.Attributed }},
			{"read", "Members of which somebody has read what they do.", "已研读的成员数。", func(x quality.Population) int { return x.Read }},
			{"underReview", "Members under review.", "待复核的成员数。", func(x quality.Population) int { return x.UnderReview }},
			{"rejected", "Members that belong to no link.", "已排除的成员数。", func(x quality.Population) int { return x.Rejected }},
			{"unread", "Members at no link that nobody has read.", "未归入环节也未研读的成员数。", func(x quality.Population) int { return x.Unread }},
		} {
			of := c.of
			out[c.name] = b.Field(fields.Required(b.Scalars.Integer), fields.Both(c.en, c.zh),
				fields.Get(func(_ *fields.Request, x quality.Population) int { return of(x) }))
		}
		return out
	})
}

// numberOrNil is a number that may be unknown.
func numberOrNil(x *float64) any {
	if x == nil {
		return nil
	}
	return *x
}

func ecosystemQuality(b *fields.Builder) *graphql.Object {
	return b.MakeObject("EcosystemQuality", fields.Both("How well an ecosystem is covered in the region.", "一个生态圈在该地区的覆盖情况。"), func() graphql.Fields {
		return graphql.Fields{
			"ecosystem": b.Field(fields.Required(b.Kinds[projection.Ecosystem]), fields.Both("The ecosystem.", "生态圈。"),
				fields.Get(func(_ *fields.Request, e quality.Ecosystem) projection.Vertex { return e.Ecosystem })),
			"links": b.Field(fields.Required(b.Scalars.Integer), fields.Both("Its links.", "环节数。"),
				fields.Get(func(_ *fields.Request, e quality.Ecosystem) int { return e.Links })),
			"covered": b.Field(fields.Required(b.Scalars.Integer), fields.Both("Those with at least one company of the region.", "本地有企业的环节数。"),
				fields.Get(func(_ *fields.Request, e quality.Ecosystem) int { return e.Covered })),
			"companies": b.Field(fields.Required(b.Scalars.Integer), fields.Both("Companies of the region at its links.", "本地处于其环节的企业数。"),
				fields.Get(func(_ *fields.Request, e quality.Ecosystem) int { return e.Companies })),
		}
	})
}

func sourceQuality(b *fields.Builder) *graphql.Object {
	return b.MakeObject("SourceQuality", fields.Both("What one source states about these companies and the edges that start at them.", "一个来源所述的企业事实及其关系。"), func() graphql.Fields {
		out := graphql.Fields{
			"name": b.Field(fields.Required(graphql.String), fields.Both("Its name.", "名称。"),
				fields.Get(func(_ *fields.Request, s quality.Source) string { return s.Name })),
			"source": b.Field(b.Kinds[projection.Source], fields.Both("The source; null when the graph has no description of it.", "数据来源；无说明则为 null。"),
				fields.Get(func(_ *fields.Request, s quality.Source) projection.Vertex { return s.Source })),
			"facts": b.Field(fields.Required(b.Scalars.Integer), fields.Both("Its facts.", "事实数。"),
				fields.Get(func(_ *fields.Request, s quality.Source) int { return s.Facts })),
			"oldest": b.Field(fields.Required(graphql.String), fields.Both("The oldest day that they describe.", "最早的数据日期。"),
				fields.Get(func(_ *fields.Request, s quality.Source) string { return s.Oldest })),
			"newest": b.Field(fields.Required(graphql.String), fields.Both("The newest.", "最新的数据日期。"),
				fields.Get(func(_ *fields.Request, s quality.Source) string { return s.Newest })),
			"assumed": b.Field(fields.Required(graphql.Boolean), fields.Both("Whether both days were assumed, since it states none.", "两个日期是否均为推定（来源未写明）。"),
				fields.Get(func(_ *fields.Request, s quality.Source) bool { return s.Assumed })),
		}
		for i, name := range []string{"gradeA", "gradeB", "gradeC", "gradeD"} {
			grade := name[len(name)-1:]
			out[name] = b.Field(fields.Required(b.Scalars.Integer), fields.Both("Facts of grade "+grade+".", grade+" 级事实数。"),
				fields.Get(func(_ *fields.Request, s quality.Source) int { return s.Grades[i] }))
		}
		return out
	})
}

func dispute(b *fields.Builder) *graphql.Object {
	return b.MakeObject("Dispute", fields.Both("On how many elements sources disagree in one property.", "某属性上来源说法不一的数量。"), func() graphql.Fields {
		return graphql.Fields{
			"kind": b.Field(fields.Required(graphql.String), fields.Both("The kind of node or edge.", "类别。"),
				fields.Get(func(_ *fields.Request, d quality.Dispute) string { return d.Kind })),
			"property": b.Field(fields.Required(graphql.String), fields.Both("The property.", "属性。"),
				fields.Get(func(_ *fields.Request, d quality.Dispute) string { return d.Property })),
			"elements": b.Field(fields.Required(b.Scalars.Integer), fields.Both("How many.", "数量。"),
				fields.Get(func(_ *fields.Request, d quality.Dispute) int { return d.Elements })),
		}
	})
}
