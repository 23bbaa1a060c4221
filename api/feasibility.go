package api

import (
	"liantu/graph/gaps"
	"liantu/schema"

	"github.com/graphql-go/graphql"
)

// makeFeasibility makes the type of the learned score of a gap and that of its
// terms.
func makeFeasibility(b *builder) *graphql.Object {
	number := func(en, zh string, of func(t gaps.FeasibilityTerm) float64) *graphql.Field {
		return b.field(required(b.Scalars.Float), both(en, zh), get(func(_ *request, t gaps.FeasibilityTerm) float64 { return of(t) }))
	}
	term := b.makeObject("FeasibilityTerm", both("One part of a feasibility: weight times (value − mean) / deviation.", "可行性得分的一个组成项：权重×（数值－均值）÷标准差。"), func() graphql.Fields {
		text := required(b.Object("Text"))
		return graphql.Fields{
			"code":   b.field(required(graphql.String), both("Its code.", "代码。"), word(func(_ *request, t gaps.FeasibilityTerm) gaps.Code { return t.Code })),
			"label":  b.field(text, both("Its name.", "名称。"), get(func(_ *request, t gaps.FeasibilityTerm) schema.Text { return t.Label })),
			"reason": b.field(text, both("What it says, in a sentence.", "文字说明。"), get(func(_ *request, t gaps.FeasibilityTerm) schema.Text { return t.Text })),
			"value":  number("What was found, mostly as a logarithm.", "数值，多为对数。", func(t gaps.FeasibilityTerm) float64 { return t.Value }),
			"weight": number("How much it counts.", "权重。", func(t gaps.FeasibilityTerm) float64 { return t.Weight }),
			"mean": number("The mean among the links of the level that the region lacks.", "该地区同级缺失环节的均值。",
				func(t gaps.FeasibilityTerm) float64 { return t.Mean }),
			"deviation": number("The deviation among the cells that the weight was learned from.", "学习样本中的标准差。", func(t gaps.FeasibilityTerm) float64 { return t.Deviation }),
			"points":    number("What it adds to the score, to 1/10,000; below 0 if it speaks against.", "对得分的贡献，精确到万分之一；为负即不利。", func(t gaps.FeasibilityTerm) float64 { return t.Points }),
		}
	})
	return b.makeObject("Feasibility", both("A learned score of how likely a region is to gain a link that it lacks.", "某地区补上所缺环节的可行性得分。"), func() graphql.Fields {
		return graphql.Fields{
			"score": b.field(b.Scalars.Float, both("The sum of the terms' points, 0 for the average gap of the region and level, whose gaps it compares. Null when it is not known, see why.", "各项分值之和，用于比较同一地区的同级缺口，平均水平为 0；不明为 null，原因见 why。"),
				get(func(_ *request, f *gaps.Feasibility) gaps.Figure { return f.Score })),
			"why": b.field(graphql.String, both("Why there is no score, such as ALREADY_HERE; null when there is one.", "没有得分的原因，如 ALREADY_HERE；有则为 null。"),
				word(func(_ *request, f *gaps.Feasibility) gaps.Code { return f.Score.Why() })),
			"rank": b.field(b.Scalars.Float, both("The share of the other links of the level that the region lacks and that score less.", "得分高于同级其他所缺环节的比例。"),
				get(func(_ *request, f *gaps.Feasibility) gaps.Figure { return f.Rank })),
			"terms": b.field(listOf(term), both("What the score is made of.", "得分的组成。"),
				many(func(_ *request, f *gaps.Feasibility) []gaps.FeasibilityTerm { return f.Terms })),
		}
	})
}
