package api

import (
	"liantu/graph"
	"liantu/graph/gaps"
	"liantu/graph/projection"

	"github.com/graphql-go/graphql"
)

// qualityField asks how good the data are.
func qualityField(b *builder) *graphql.Field {
	quality := b.makeObject("Quality", both("How good the data about the companies of a region are.", "某地区企业数据的质量。"), func() graphql.Fields {
		return graphql.Fields{
			"region": b.field(required(b.Kinds[projection.Region]), both("The region asked about.", "所问地区。"),
				get(func(_ *request, q *gaps.Quality) projection.Vertex { return q.Region })),
			"ecosystem": b.field(b.Kinds[projection.Ecosystem], both("The ecosystem asked about; null for all.", "所问生态圈；不限则为 null。"),
				get(func(_ *request, q *gaps.Quality) projection.Vertex { return q.Ecosystem })),
			"minGrade": b.field(required(b.Enum("Grade")), both("The weakest grade of evidence that counted.", "计入的最低证据等级。"),
				word(func(_ *request, q *gaps.Quality) graph.Grade { return q.MinGrade })),
			"staleYears": b.field(required(b.Scalars.Integer), both("From which age on data count as stale.", "多少年无新数据即为陈旧。"),
				get(func(_ *request, q *gaps.Quality) int { return q.StaleYears })),
			"synthetic": b.field(required(graphql.Boolean), both("Whether there are invented companies among them.", "其中是否有虚构企业。"),
				get(func(_ *request, q *gaps.Quality) bool { return q.Synthetic })),
			"regions": b.field(listOf(regionQuality(b)), both("The region, then those directly below it that have companies.", "该地区及其下一级有企业的地区。"),
				many(func(_ *request, q *gaps.Quality) []gaps.RegionQuality { return q.Regions })),
			"ecosystems": b.field(listOf(ecosystemQuality(b)), both("How well the links of each ecosystem are covered here.", "各生态圈的环节覆盖情况。"),
				many(func(_ *request, q *gaps.Quality) []gaps.EcosystemQuality { return q.Ecosystems })),
			"sources": b.field(listOf(sourceQuality(b)), both("What each source tells, most facts first.", "各数据来源的事实数，多者在前。"),
				many(func(_ *request, q *gaps.Quality) []gaps.SourceQuality { return q.Sources })),
			"disputes": b.field(listOf(dispute(b)), both("Where sources tell different values, most first.", "来源说法不一之处，多者在前。"),
				many(func(_ *request, q *gaps.Quality) []gaps.Dispute { return q.Disputes })),
		}
	})
	ask := func(rq *request, _ any, a args) (any, error) {
		q := gaps.QualityQuestion{Region: a.Text("region"), Ecosystem: a.Text("ecosystem"), MinGrade: a.Grade()}
		q.StaleYears, _ = a["staleYears"].(int)
		return gaps.QualityOf(rq.Context, rq.Picture.Graph, rq.Service.Settings, q)
	}
	return b.field(quality, quality.Description(), resolver(ask),
		idArgument(b, "region", projection.Region, false, "The region; the whole country when not given.", "所问地区，默认全国："),
		idArgument(b, "ecosystem", projection.Ecosystem, false, "Only companies at links of this ecosystem.", "仅此生态圈的企业："),
		arg("staleYears", b.Scalars.Integer, "From which age in years on data count as stale; 3 when not given.", "多少年无新数据即为陈旧，默认 3。"),
		minGrade(b))
}

func regionQuality(b *builder) *graphql.Object {
	return b.makeObject("RegionQuality", both("How good the data of one region are.", "一个地区的数据质量。"), func() graphql.Fields {
		out := graphql.Fields{
			"region": b.field(required(b.Kinds[projection.Region]), both("The region.", "地区。"),
				get(func(_ *request, r gaps.RegionQuality) projection.Vertex { return r.Region })),
		}
		for _, c := range []struct {
			name, en, zh string
			of           func(gaps.CompanyQuality) int
		}{
			{"companies", "Companies.", "企业数。", func(q gaps.CompanyQuality) int { return q.Companies }},
			{"attributed", "Those at some link.", "已归入环节的企业数。", func(q gaps.CompanyQuality) int { return q.Attributed }},
			{"withUscc", "Those whose unified social credit code is known.", "已知统一社会信用代码的企业数。", func(q gaps.CompanyQuality) int { return q.WithUSCC }},
			{"nameOnly", "Those that only a name identifies.", "仅凭名称识别的企业数。", func(q gaps.CompanyQuality) int { return q.NameOnly }},
			{"stale", "Those of which no fact is younger than staleYears.", "无新数据的企业数。", func(q gaps.CompanyQuality) int { return q.Stale }},
			{"disputed", "Those of which sources tell different values.", "来源说法不一的企业数。", func(q gaps.CompanyQuality) int { return q.Disputed }},
			{"suspected", "Those that may be one with another company.", "疑似与他者重复的企业数。", func(q gaps.CompanyQuality) int { return q.Suspected }},
			{"invented", "Those invented for demonstration.", "虚构的企业数。", func(q gaps.CompanyQuality) int { return q.Synthetic }},
		} {
			of := c.of
			out[c.name] = b.field(required(b.Scalars.Integer), both(c.en, c.zh),
				get(func(_ *request, r gaps.RegionQuality) int { return of(r.CompanyQuality) }))
		}
		return out
	})
}

func ecosystemQuality(b *builder) *graphql.Object {
	return b.makeObject("EcosystemQuality", both("How well an ecosystem is covered in the region.", "一个生态圈在该地区的覆盖情况。"), func() graphql.Fields {
		return graphql.Fields{
			"ecosystem": b.field(required(b.Kinds[projection.Ecosystem]), both("The ecosystem.", "生态圈。"),
				get(func(_ *request, e gaps.EcosystemQuality) projection.Vertex { return e.Ecosystem })),
			"links": b.field(required(b.Scalars.Integer), both("Its links.", "环节数。"),
				get(func(_ *request, e gaps.EcosystemQuality) int { return e.Links })),
			"covered": b.field(required(b.Scalars.Integer), both("Those with at least one company of the region.", "本地有企业的环节数。"),
				get(func(_ *request, e gaps.EcosystemQuality) int { return e.Covered })),
			"companies": b.field(required(b.Scalars.Integer), both("Companies of the region at its links.", "本地处于其环节的企业数。"),
				get(func(_ *request, e gaps.EcosystemQuality) int { return e.Companies })),
		}
	})
}

func sourceQuality(b *builder) *graphql.Object {
	return b.makeObject("SourceQuality", both("What one source tells of these companies and of the edges that lead from them.", "一个来源所述的企业事实及其关系。"), func() graphql.Fields {
		out := graphql.Fields{
			"name": b.field(required(graphql.String), both("Its name.", "名称。"),
				get(func(_ *request, s gaps.SourceQuality) string { return s.Name })),
			"source": b.field(b.Kinds[projection.Source], both("The source; null when nothing describes it.", "数据来源；无说明则为 null。"),
				get(func(_ *request, s gaps.SourceQuality) projection.Vertex { return s.Source })),
			"facts": b.field(required(b.Scalars.Integer), both("Its facts.", "事实数。"),
				get(func(_ *request, s gaps.SourceQuality) int { return s.Facts })),
			"oldest": b.field(required(graphql.String), both("The oldest day that they describe.", "最早的数据日期。"),
				get(func(_ *request, s gaps.SourceQuality) string { return s.Oldest })),
			"newest": b.field(required(graphql.String), both("The newest.", "最新的数据日期。"),
				get(func(_ *request, s gaps.SourceQuality) string { return s.Newest })),
		}
		for i, name := range []string{"gradeA", "gradeB", "gradeC", "gradeD"} {
			grade := name[len(name)-1:]
			out[name] = b.field(required(b.Scalars.Integer), both("Facts of grade "+grade+".", grade+" 级事实数。"),
				get(func(_ *request, s gaps.SourceQuality) int { return s.Grades[i] }))
		}
		return out
	})
}

func dispute(b *builder) *graphql.Object {
	return b.makeObject("Dispute", both("How many elements sources dispute in one property.", "某属性上来源说法不一的数量。"), func() graphql.Fields {
		return graphql.Fields{
			"kind": b.field(required(graphql.String), both("The kind of node or edge.", "类别。"),
				get(func(_ *request, d gaps.Dispute) string { return d.Kind })),
			"property": b.field(required(graphql.String), both("The property.", "属性。"),
				get(func(_ *request, d gaps.Dispute) string { return d.Property })),
			"elements": b.field(required(b.Scalars.Integer), both("How many.", "数量。"),
				get(func(_ *request, d gaps.Dispute) int { return d.Elements })),
		}
	})
}
