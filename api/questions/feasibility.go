package questions

import (
	"github.com/graphql-go/graphql"

	"liantu/api/fields"
	"liantu/graph/gaps"
	"liantu/schema"
)

// makeFeasibility makes the type of the learned score of a verdict and that of its
// terms.
func makeFeasibility(b *fields.Builder) *graphql.Object {
	number := func(en, zh string, of func(t gaps.FeasibilityTerm) float64) *graphql.Field {
		return b.Field(fields.Required(b.Scalars.Float), fields.Both(en, zh), fields.Get(func(_ *fields.Request, t gaps.FeasibilityTerm) float64 { return of(t) }))
	}
	term := b.MakeObject("FeasibilityTerm", fields.Both("One part of a feasibility: weight times (value − mean) / deviation.", "可行性得分的一个组成项：权重×（数值－均值）÷标准差。"), func() graphql.Fields {
		text := fields.Required(b.Object("Text"))
		return graphql.Fields{
			"code":   b.Field(fields.Required(graphql.String), fields.Both("Its code.", "代码。"), fields.Word(func(_ *fields.Request, t gaps.FeasibilityTerm) gaps.Code { return t.Code })),
			"label":  b.Field(text, fields.Both("Its name.", "名称。"), fields.Get(func(_ *fields.Request, t gaps.FeasibilityTerm) schema.Text { return t.Label })),
			"reason": b.Field(text, fields.Both("What it says, in a sentence.", "文字说明。"), fields.Get(func(_ *fields.Request, t gaps.FeasibilityTerm) schema.Text { return t.Text })),
			"value":  number("The value, in most cases a logarithm.", "数值，多为对数。", func(t gaps.FeasibilityTerm) float64 { return t.Value }),
			"weight": number("How much it counts.", "权重。", func(t gaps.FeasibilityTerm) float64 { return t.Weight }),
			"mean": number("The mean over the links of the same level that the region lacks.", "该地区同级缺失环节的均值。",
				func(t gaps.FeasibilityTerm) float64 { return t.Mean }),
			"deviation": number("The standard deviation over the cells that the weight was learned from.", "学习样本中的标准差。", func(t gaps.FeasibilityTerm) float64 { return t.Deviation }),
			"points":    number("What it adds to the score, to 1/10,000; negative if it speaks against.", "对得分的贡献，精确到万分之一；为负即不利。", func(t gaps.FeasibilityTerm) float64 { return t.Points }),
		}
	})
	return b.MakeObject("Feasibility", fields.Both("A learned score of how likely a region is to gain a link that it lacks.", "某地区补上所缺环节的可行性得分。"), func() graphql.Fields {
		return graphql.Fields{
			"score": b.Field(b.Scalars.Float, fields.Both("The sum of the points of the terms. It compares missing links of one region and level; 0 is their average. Null when it is not known, see why.", "各项分值之和，用于比较同一地区的同级缺口，平均水平为 0；不明为 null，原因见 why。"),
				fields.Get(func(_ *fields.Request, f *gaps.Feasibility) gaps.Figure { return f.Score })),
			"why": b.Field(graphql.String, fields.Both("Why there is no score, such as ALREADY_HERE; null when there is one.", "没有得分的原因，如 ALREADY_HERE；有则为 null。"),
				fields.Word(func(_ *fields.Request, f *gaps.Feasibility) gaps.Code { return f.Score.Why() })),
			"rank": b.Field(b.Scalars.Float, fields.Both("The share of the other missing links of the level that score lower.", "得分高于同级其他所缺环节的比例。"),
				fields.Get(func(_ *fields.Request, f *gaps.Feasibility) gaps.Figure { return f.Rank })),
			"terms": b.Field(fields.ListOf(term), fields.Both("What the score is made of.", "得分的组成。"),
				fields.Many(func(_ *fields.Request, f *gaps.Feasibility) []gaps.FeasibilityTerm { return f.Terms })),
		}
	})
}
