package questions

import (
	"github.com/graphql-go/graphql"

	"liantu/api/fields"
	"liantu/graph/placements"
	"liantu/place"
)

// placementQualityField asks how right placements are, by the judgements of the graph.
func placementQualityField(b *fields.Builder) *graphql.Field {
	b.MakeEnum("PlacementRefusal", fields.Both("Why the points of placement are not learned anew.", "挂链分值为何没有据判定修正。"), []fields.EnumValue{
		fields.Choice("TOO_FEW", place.TooFew, "Fewer than 15 of the judged pairs that are held back are confirmed.", "留出检验的已挂链对不足 15 对。"),
		fields.Choice("LESS_PRECISE", place.LessPrecise, "It would make a smaller part of the pairs held back right.", "修正后准确率会下降。"),
	})
	tally := makeTally(b)
	of := func(outcome place.Outcome) fields.Served {
		return fields.Get(func(_ *fields.Request, m *placements.Method) place.Tally { return m.Lesson.Outcomes[outcome] })
	}
	count := func(value func(*placements.Method) int) fields.Served {
		return fields.Get(func(_ *fields.Request, m *placements.Method) int { return value(m) })
	}
	integer := fields.Required(b.Scalars.Integer)
	quality := b.MakeObject("PlacementQuality", fields.Both("How right placements are by words alone, and what judgements taught.", "仅凭自述的挂链有多准，以及判定起了什么作用。"), func() graphql.Fields {
		return graphql.Fields{
			"precision": b.Field(fields.Required(b.Scalars.Float), fields.Both("The part of the confirmed that is to be right.", "要求的已挂链准确率。"),
				fields.Get(func(_ *fields.Request, m *placements.Method) float64 { return m.Precision })),
			"judgements": b.Field(integer, fields.Both("Judgements that count.", "起作用的判定条数。"), count(func(m *placements.Method) int { return m.Judgements.Count })),
			"lost":       b.Field(integer, fields.Both("Judgements of which the graph lacks the link, or the company.", "所指环节或企业不在图谱中的判定条数。"), count(func(m *placements.Method) int { return len(m.Judgements.Lost) })),
			"missed": b.Field(integer, fields.Both("Pairs judged yes whose link no word of the company names.", "判为是、而企业自述中没有词指向该环节的对数。"),
				count(func(m *placements.Method) int { return m.Lesson.Missed })),
			"confirmed": b.Field(fields.Required(tally), fields.Both("Judged pairs that did not teach and that the words alone confirm.", "未用于学习、仅凭自述即挂链的已判对。"), of(place.Confirmed)),
			"review":    b.Field(fields.Required(tally), fields.Both("Those that the words leave for review.", "凭自述待复核的已判对。"), of(place.Review)),
			"rejected":  b.Field(fields.Required(tally), fields.Both("Those that the words reject.", "凭自述不挂链的已判对。"), of(place.Rejected)),
			"teach":     b.Field(integer, fields.Both("Judged pairs that teach.", "用于学习的已判对。"), count(func(m *placements.Method) int { return m.Lesson.Teach })),
			"heldBack":  b.Field(integer, fields.Both("Judged pairs held back to measure.", "留出检验的已判对。"), count(func(m *placements.Method) int { return m.Lesson.HeldBack })),
			"before": b.Field(fields.Required(tally), fields.Both("Of those held back, the confirmed by the points as delivered.", "留出检验者中，按原分值挂链的对。"),
				fields.Get(func(_ *fields.Request, m *placements.Method) place.Tally { return m.Lesson.Before })),
			"after": b.Field(fields.Required(tally), fields.Both("The same by points learned anew.", "按修正后的分值挂链的对。"),
				fields.Get(func(_ *fields.Request, m *placements.Method) place.Tally { return m.Lesson.After })),
			"refused": b.Field(b.Enum("PlacementRefusal"), fields.Both("Why the points stay as delivered; null where they were learned anew, or nothing was judged.", "分值为何不改；已修正或尚无判定时为 null。"),
				fields.Word(func(_ *fields.Request, m *placements.Method) place.Refusal {
					if m.Judgements.Count == 0 {
						return place.NoRefusal
					}
					return m.Lesson.Refused
				})),
		}
	})
	ask := func(rq *fields.Request, _ any, _ fields.Args) (any, error) {
		return placements.MethodOf(rq.Context, rq.Picture.Graph, 0)
	}
	return b.Field(quality, quality.Description(), fields.Resolver(ask))
}

// makeTally makes the type of a count of judged pairs.
func makeTally(b *fields.Builder) *graphql.Object {
	return b.MakeObject("PlacementTally", fields.Both("A count of judged pairs of company and link.", "已判的企业与环节对的计数。"), func() graphql.Fields {
		out := graphql.Fields{
			"strict": b.Field(b.Scalars.Float, fields.Both("yes/pairs; null of none.", "判为是者所占比例；没有则为 null。"),
				fields.Get(func(_ *fields.Request, t place.Tally) any { return shareOrNil(t.Right, t.Of) })),
			"lenient": b.Field(b.Scalars.Float, fields.Both("(yes+partly)/pairs; null of none.", "判为是或部分者所占比例；没有则为 null。"),
				fields.Get(func(_ *fields.Request, t place.Tally) any { return shareOrNil(t.Right+t.Partly, t.Of) })),
		}
		for _, c := range []struct {
			name, en, zh string
			of           func(place.Tally) int
		}{
			{"pairs", "Pairs.", "对数。", func(t place.Tally) int { return t.Of }},
			{"yes", "Those judged yes.", "判为是的对数。", func(t place.Tally) int { return t.Right }},
			{"partly", "Those judged partly.", "判为部分的对数。", func(t place.Tally) int { return t.Partly }},
		} {
			out[c.name] = b.Field(fields.Required(b.Scalars.Integer), fields.Both(c.en, c.zh),
				fields.Get(func(_ *fields.Request, t place.Tally) int { return c.of(t) }))
		}
		return out
	})
}

func shareOrNil(part, whole int) any {
	if whole == 0 {
		return nil
	}
	return float64(part) / float64(whole)
}
