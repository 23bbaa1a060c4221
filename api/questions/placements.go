package questions

import (
	"strconv"

	"github.com/graphql-go/graphql"

	"liantu/api/engine"
	"liantu/api/fields"
	"liantu/graph/placements"
	"liantu/graph/projection"
	"liantu/message"
	"liantu/place"
	"liantu/schema"
)

// The work of placing the companies of a region, and of preparing the words of the links.
const (
	placeRegion = 40_000
	placeWords  = 10_000
)

// placementsWork is the work of the questions about placements.
func placementsWork() *engine.Work { return &engine.Work{Always: placeRegion} }

// placementsField asks at which links companies are by their own words.
func placementsField(b *fields.Builder) *graphql.Field {
	placementEnums(b)
	list := b.Connection(fields.Connected{
		Name: "Placement", Description: fields.Both("Companies at links by their own words, in the order of the graph, the most probable links of each first.", "企业按自述所处的环节，按图谱次序，同一企业概率高者在前。"),
		Node: makePlacement(b),
		Around: graphql.Fields{
			"region": b.Field(fields.Required(b.Kinds[projection.Region]), fields.Both("The region asked about.", "所问地区。"), ofListed(func(l *placements.Listed) projection.Vertex { return l.Region })),
			"confirmed": b.Field(fields.Required(b.Scalars.Integer), fields.Both("Companies asked about that are confirmed at a link.", "所问企业中已挂上环节的家数。"),
				ofListed(func(l *placements.Listed) int { n, _, _ := l.Count(); return n })),
			"underReview": b.Field(fields.Required(b.Scalars.Integer), fields.Both("Of the others, those for review.", "其余企业中待复核的家数。"),
				ofListed(func(l *placements.Listed) int { _, n, _ := l.Count(); return n })),
			"read": b.Field(fields.Required(b.Scalars.Integer), fields.Both("Those that were read and fit nowhere.", "读过而不在链上的家数。"),
				ofListed(func(l *placements.Listed) int { _, _, n := l.Count(); return n })),
			"silent": b.Field(fields.Required(b.Scalars.Integer), fields.Both("Those that say nothing of themselves.", "没有自述可读的家数。"),
				ofListed(func(l *placements.Listed) int { return l.Silent })),
		},
	})
	return b.Field(list,
		fields.Both("At which links companies are by their own words, as of now: CONFIRMED or REVIEW, the finest links only. What the graph holds was written by liantu place.",
			"企业按自述所处的环节（即时计算，只列最末级）：已挂链或待复核。写入图谱由 liantu place 完成。"),
		fields.Resolver(askPlacements), append(b.Paging(),
			idArgument(b, "region", projection.Region, false, "Only companies of this region; the whole country when omitted.", "仅此地区的企业，默认全国："),
			idArgument(b, "company", projection.Company, false, "Only this company.", "仅此企业："),
			idArgument(b, "link", projection.Link, false, "Only at this link, or one that is the same or below it.", "仅此环节（含相同环节及下级）："),
			fields.Arg("outcome", b.Enum("PlacementOutcome"), "Only this outcome; both when omitted.", "仅此结果，不填则都列。"))...)
}

func ofListed[V any](value func(*placements.Listed) V) fields.Served {
	return fields.Get(func(_ *fields.Request, p *fields.Page) V { return value(p.Around.(*placements.Listed)) })
}

// placementEnums makes the enums of placements.
func placementEnums(b *fields.Builder) {
	b.MakeEnum("PlacementOutcome", fields.Both("What becomes of a company and a link.", "企业与环节的挂链结果。"), []fields.EnumValue{
		fields.Choice("CONFIRMED", place.Confirmed, "The company is put at the link.", "已挂链。"),
		fields.Choice("REVIEW", place.Review, "A person is to decide.", "待复核。"),
	})
	b.MakeEnum("PlacementPurpose", fields.Both("Why something is to be judged.", "请人判断的用途。"), []fields.EnumValue{
		fields.Choice("SETTLE", placements.Settle, "It is for review.", "待定。"),
		fields.Choice("CHECK", placements.Check, "It was confirmed, and a sample is checked to measure the precision.", "抽查已挂链者，以测准确率。"),
	})
}

func makePlacement(b *fields.Builder) *graphql.Object {
	return b.MakeObject("Placement", fields.Both("A company at a link by its own words.", "企业按自述所处的一个环节。"), func() graphql.Fields {
		return graphql.Fields{
			"company": b.Field(fields.Required(b.Kinds[projection.Company]), fields.Both("The company.", "企业。"),
				fields.Get(func(_ *fields.Request, f placements.Found) projection.Vertex { return f.Company })),
			"link": b.Field(fields.Required(b.Kinds[projection.Link]), fields.Both("The link.", "环节。"),
				fields.Get(func(_ *fields.Request, f placements.Found) projection.Vertex { return f.Link })),
			"outcome": b.Field(fields.Required(b.Enum("PlacementOutcome")), fields.Both("What becomes of it.", "结果。"),
				fields.Word(func(_ *fields.Request, f placements.Found) place.Outcome { return f.Outcome })),
			"probability": b.Field(fields.Required(b.Scalars.Float), fields.Both("How probable it is, .99 at most.", "概率，至多 .99。"),
				fields.Get(func(_ *fields.Request, f placements.Found) float64 { return f.Stated() })),
			"evidence": b.Field(fields.Required(b.Object("Text")), fields.Both("The words it rests on, or the judgement.", "所依据的自述词条，或人工判定。"),
				fields.Get(func(_ *fields.Request, f placements.Found) schema.Text { return said(f.Evidence) })),
			"item": b.Field(graphql.String, fields.Both("The item of the words, as judgePlacement takes it; null where only the industry speaks.", "所依据的词条，可直接用于 judgePlacement；仅凭行业时为 null。"),
				fields.Get(func(_ *fields.Request, f placements.Found) any { return textOrNil(f.Evidence.Text) })),
		}
	})
}

// said is evidence in both languages.
func said(e place.Evidence) schema.Text {
	return schema.Text{Zh: e.In(message.Chinese), En: e.In(message.English)}
}

func askPlacements(rq *fields.Request, _ any, a fields.Args) (any, error) {
	q := placements.Query{Region: a.Text("region"), Company: a.Text("company"), Link: a.Text("link")}
	q.Outcome, _ = a["outcome"].(place.Outcome)
	list, err := placements.Ask(rq.Context, rq.Picture.Graph, q)
	if err != nil {
		return nil, err
	}
	p := &fields.Page{
		Total: len(list.Found), Version: rq.Picture.Version(), Question: fields.QuestionOf("placements", "", a), Around: list,
		Item: func(i int) any { return list.Found[i] },
		ID: func(i int) string {
			return string(rq.Picture.Graph.ID(list.Found[i].Company)) + "/" + string(rq.Picture.Graph.ID(list.Found[i].Link))
		},
	}
	return p, rq.Cut(p, a)
}

// placementQuestionsField asks what people should judge.
func placementQuestionsField(b *fields.Builder) *graphql.Field {
	type around struct{ list []placements.Question }
	list := b.Connection(fields.Connected{
		Name:        "PlacementQuestion",
		Description: fields.Both("What people should judge, those first that can change most verdicts, then a sample to check.", "请人判断的事项，可改判断最多者在前，其后为抽查。"),
		Node:        makePlacementQuestion(b),
		Around: graphql.Fields{
			"pairs": b.Field(fields.Required(b.Scalars.Integer), fields.Both("Pairs of company and link for review that all of them settle.", "全部事项可了结的待复核对数（企业与环节）。"),
				fields.Get(func(_ *fields.Request, p *fields.Page) int {
					n := 0
					for _, q := range p.Around.(around).list {
						if q.Purpose == placements.Settle {
							n += len(q.Companies)
						}
					}
					return n
				})),
		},
	})
	ask := func(rq *fields.Request, _ any, a fields.Args) (any, error) {
		g := rq.Picture.Graph
		list, err := placements.QuestionsOf(rq.Context, g, a.Text("region"))
		if err != nil {
			return nil, err
		}
		p := &fields.Page{
			Total: len(list), Version: rq.Picture.Version(), Question: fields.QuestionOf("placementQuestions", "", a), Around: around{list},
			Item: func(i int) any { return list[i] },
			ID: func(i int) string {
				return string(list[i].Purpose) + "/" + strconv.Quote(list[i].Item) + "/" + string(g.ID(list[i].Company)) + "/" + string(g.ID(list[i].Link))
			},
		}
		return p, rq.Cut(p, a)
	}
	return b.Field(list,
		fields.Both("What people should judge about placements: items that several companies state, or companies, each with a link. Answer with judgePlacement.",
			"挂链中请人判断的事项：多家企业写有的词条，或单个企业，各对一个环节。用 judgePlacement 作答。"),
		fields.Resolver(ask), append(b.Paging(),
			idArgument(b, "region", projection.Region, false, "Only companies of this region; the whole country when omitted.", "仅此地区的企业，默认全国："))...)
}

// ofQuestion serves a function on a question.
func ofQuestion[V any](value func(q placements.Question) V) fields.Served {
	return fields.Get(func(_ *fields.Request, q placements.Question) V { return value(q) })
}

func makePlacementQuestion(b *fields.Builder) *graphql.Object {
	return b.MakeObject("PlacementQuestion", fields.Both("Whether whoever states an item, or one company, is at a link.", "写有某词条的企业，或某一企业，是否处在某环节。"), func() graphql.Fields {
		return graphql.Fields{
			"purpose": b.Field(fields.Required(b.Enum("PlacementPurpose")), fields.Both("Why it is to be judged.", "用途。"),
				fields.Word(func(_ *fields.Request, q placements.Question) placements.Purpose { return q.Purpose })),
			"item": b.Field(graphql.String, fields.Both("The item to judge; null where the company itself is judged.", "所判词条；判的是企业本身时为 null。"),
				ofQuestion(func(q placements.Question) any { return textOrNil(q.Item) })),
			"company": b.Field(fields.Required(b.Kinds[projection.Company]), fields.Both("The company to judge, or of an item the example.", "所判企业；判词条时为所见企业。"),
				ofQuestion(func(q placements.Question) projection.Vertex { return q.Company })),
			"link": b.Field(fields.Required(b.Kinds[projection.Link]), fields.Both("The link.", "环节。"),
				ofQuestion(func(q placements.Question) projection.Vertex { return q.Link })),
			"companies": b.Field(fields.Required(b.Scalars.Integer), fields.Both("Companies whose review the answer settles.", "作答可了结的企业数。"),
				ofQuestion(func(q placements.Question) int { return len(q.Companies) })),
			"flips": b.Field(fields.Required(b.Scalars.Integer), fields.Both("Cities of these companies in which nobody is at the link yet.", "这些企业所在城市中，该环节尚无企业的城市数。"),
				ofQuestion(func(q placements.Question) int { return q.Flips })),
			"probability": b.Field(fields.Required(b.Scalars.Float), fields.Both("The mean probability.", "平均概率。"),
				ofQuestion(func(q placements.Question) float64 { return q.Probability })),
			"evidence": b.Field(fields.Required(b.Object("Text")), fields.Both("The words of the company.", "企业的自述词条。"),
				ofQuestion(func(q placements.Question) schema.Text { return said(q.Evidence) })),
		}
	})
}
