package questions

import (
	"github.com/graphql-go/graphql"

	"liantu/api/fields"
	"liantu/graph/area"
	"liantu/graph/candidates"
	"liantu/graph/gaps"
	"liantu/graph/lines"
	"liantu/graph/unknowns"
	"liantu/schema"
)

// labelled is a word of the questions that has a label in both languages.
type labelled interface {
	~string
	Label() schema.Text
}

// wordEnum makes the enum of the words of a question.
func wordEnum[W labelled](b *fields.Builder, name, description string, words []W, meaning map[W]schema.Text) {
	var values []fields.EnumValue
	for _, w := range words {
		label := w.Label()
		values = append(values, fields.Choice(string(w), w, fields.Sentence(label.En, meaning[w].En, ": ", "."), fields.Sentence(label.Zh, meaning[w].Zh, "：", "。")))
	}
	b.MakeEnum(name, description, values)
}

// meanings maps words to their meaning.
func meanings[W comparable](words []W, meaning func(W) schema.Text) map[W]schema.Text {
	m := map[W]schema.Text{}
	for _, w := range words {
		m[w] = meaning(w)
	}
	return m
}

// makeWords makes the types that all answers share.
func makeWords(b *fields.Builder) {
	wordEnum(b, "VerdictState", fields.Both("The state of a link in a region.", "环节在该地区的状态。"), gaps.States(), meanings(gaps.States(), gaps.State.Meaning))
	wordEnum(b, "VerdictAction", fields.Both("The recommended action for a link.", "建议动作。"), gaps.Actions(), meanings(gaps.Actions(), gaps.Action.Meaning))
	wordEnum(b, "Population", fields.Both("Which companies a list is meant to hold.", "统计口径：名单应当收录哪些企业。"), area.Populations(), nil)
	wordEnum(b, "CandidateKind", fields.Both("Where a candidate comes from.", "候选企业的来路。"), candidates.Kinds(), map[candidates.Kind]schema.Text{
		candidates.Attract: {Zh: "处在该环节的外地企业", En: "a company at the link, outside the region"},
		candidates.Grow:    {Zh: "有能力做该环节的本地企业", En: "a local company that is capable of the link"},
	})
	wordEnum(b, "LinkLevels", fields.Both("Which links of the tree have a row in a list.", "环节树中哪些环节单列。"), lines.Choices(), meanings(lines.Choices(), lines.Levels.Meaning))
	b.MakeEnum("VerdictOrder", fields.Both("How verdicts are sorted; equal ones are in the order of their links' codes.", "排序方式；相同者按环节编号。"), orderValues)
	b.MakeObject("Text", fields.Both("A phrase in both languages.", "中英文文本。"), func() graphql.Fields {
		return graphql.Fields{
			"zh": b.Field(fields.Required(graphql.String), fields.Both("In Chinese.", "中文。"), fields.Get(func(_ *fields.Request, t schema.Text) string { return t.Zh })),
			"en": b.Field(fields.Required(graphql.String), fields.Both("In English.", "英文。"), fields.Get(func(_ *fields.Request, t schema.Text) string { return t.En })),
		}
	})
	makeReasons(b)
}

// orderValues are the orders of verdicts in the words of GraphQL.
var orderValues = []fields.EnumValue{
	fields.Choice("PRIORITY", gaps.ByPriority, "Highest priority first; the default.", "优先级从高到低（默认）。"),
	fields.Choice("CODE", gaps.ByCode, "In the order of the links' codes.", "按环节编号。"),
	fields.Choice("SEVERITY", gaps.BySeverity, "Most severe first, unknown last.", "严重程度从高到低，不明者居后。"),
	fields.Choice("CONFIDENCE", gaps.ByConfidence, "Most certain first.", "置信度从高到低。"),
	fields.Choice("QUOTIENT", gaps.ByQuotient, "Lowest location quotient, shrunk towards 1, first; unknown last.", "收缩后区位商从低到高，不明者居后。"),
	fields.Choice("COMPANIES", gaps.ByCompanies, "Most local companies first.", "本地企业数从多到少。"),
	fields.Choice("EXPECTED", gaps.ByExpected, "Most expected companies first, unknown last.", "期望企业数从多到少，不明者居后。"),
}

// makeReasons makes the types that say why.
func makeReasons(b *fields.Builder) {
	text := fields.Required(b.Object("Text"))
	code := fields.Both("For machines.", "代码，供程序使用。")
	b.MakeObject("Reason", fields.Both("One sentence that explains an answer.", "结论的一条理由。"), func() graphql.Fields {
		return graphql.Fields{
			"code": b.Field(fields.Required(graphql.String), code, fields.Word(func(_ *fields.Request, r gaps.Reason) gaps.Code { return r.Code })),
			"text": b.Field(text, fields.Both("The sentence.", "理由的文字。"), fields.Get(func(_ *fields.Request, r gaps.Reason) schema.Text { return r.Text })),
			"points": b.Field(fields.Required(b.Scalars.Float), fields.Both("The points that it adds to the score; 0 when it adds none.", "为得分贡献的分值；无贡献为 0。"),
				fields.Get(func(_ *fields.Request, r gaps.Reason) float64 { return r.Points })),
		}
	})
	b.MakeObject("Term", fields.Both("One part of a score; the points of all terms add up to it.", "得分的一个组成项，各项分值之和即为得分。"), func() graphql.Fields {
		return graphql.Fields{
			"code":  b.Field(fields.Required(graphql.String), code, fields.Word(func(_ *fields.Request, t gaps.Term) gaps.Code { return t.Code })),
			"label": b.Field(text, fields.Both("Its name.", "名称。"), fields.Get(func(_ *fields.Request, t gaps.Term) schema.Text { return t.Label })),
			"value": b.Field(b.Scalars.Float, fields.Both("From 0 to 1; null when it is not known, see why.", "0 到 1；不明为 null，原因见 why。"),
				fields.Get(func(_ *fields.Request, t gaps.Term) gaps.Figure { return t.Value })),
			"why": b.Field(graphql.String, fields.Both("Why the value is not known; null when it is.", "数值不明的原因；已知则为 null。"),
				fields.Word(func(_ *fields.Request, t gaps.Term) gaps.Code { return t.Value.Why() })),
			"weight": b.Field(fields.Required(b.Scalars.Float), fields.Both("The weight of the term.", "权重。"),
				fields.Get(func(_ *fields.Request, t gaps.Term) float64 { return t.Weight })),
			"points": b.Field(fields.Required(b.Scalars.Float), fields.Both("Weight times value, to 1/10,000.", "权重与数值之积，精确到万分之一。"),
				fields.Get(func(_ *fields.Request, t gaps.Term) float64 { return t.Points })),
		}
	})
	b.MakeObject("Missing", fields.Both("A number that is not known, and why.", "为 null 的数值及其原因。"), func() graphql.Fields {
		return graphql.Fields{
			"number": b.Field(fields.Required(graphql.String), fields.Both("The name of its field.", "字段名。"),
				fields.Get(func(_ *fields.Request, m missing) string { return m.number })),
			"code": b.Field(fields.Required(graphql.String), code, fields.Word(func(_ *fields.Request, m missing) gaps.Code { return m.why })),
			"text": b.Field(text, fields.Both("Why, in words, without a full stop.", "原因的文字，句末无句号。"),
				fields.Get(func(_ *fields.Request, m missing) schema.Text { return unknowns.Words(m.why) })),
		}
	})
}

// missing is a number of an answer that is not known.
type missing struct {
	number string
	why    gaps.Code
}

// number is one figure of a verdict: the name of its field, what it means, and
// where it is.
type number struct {
	name   string
	en, zh string
	of     func(v *gaps.Verdict) gaps.Figure
}

// numbers are the figures of a verdict, in the order in which they are reported.
var numbers = []number{
	{"severity", "How serious the state is, in [0, 1].", "严重程度，0 到 1。", func(v *gaps.Verdict) gaps.Figure { return v.Severity }},
	{"frameCompanies", "n′, the companies of the region at the link that belong to the comparable population.", "其中属于可比口径的本地企业数 n′。", func(v *gaps.Verdict) gaps.Figure { return v.Numbers.FrameCompanies }},
	{"referenceCompanies", "Companies of that population at the link in the reference.", "参照地区该口径内处在该环节的企业数。", func(v *gaps.Verdict) gaps.Figure { return v.Numbers.ReferenceCompanies }},
	{"referenceAnchors", "Companies of that population that lead at the link in the reference.", "参照地区该口径内的龙头、链主企业数。", func(v *gaps.Verdict) gaps.Figure { return v.Numbers.ReferenceAnchors }},
	{"share", "p′, the share of the companies of that population at links in the reference that are at the link.", "参照地区该口径已归类企业中处在该环节的比例 p′。", func(v *gaps.Verdict) gaps.Figure { return v.Numbers.Share }},
	{"expected", "E′, how many companies of that population the region would have if it were like the reference.", "按参照地区推算的该口径期望企业数 E′。", func(v *gaps.Verdict) gaps.Figure { return v.Numbers.Expected }},
	{"hidden", "Estimated number of local companies at the link that the graph does not hold.", "估计尚未掌握的本地企业数。", func(v *gaps.Verdict) gaps.Figure { return v.Numbers.Hidden }},
	{"prior", "The fitted prior a of the quotient.", "拟合得到的先验参数 a。", func(v *gaps.Verdict) gaps.Figure { return v.Numbers.Prior }},
	{"lq", "The raw location quotient n′/E′.", "原始区位商 n′/E′。", func(v *gaps.Verdict) gaps.Figure { return v.Numbers.LQ }},
	{"mean", "The location quotient, shrunk towards 1.", "收缩后的区位商。", func(v *gaps.Verdict) gaps.Figure { return v.Numbers.Mean }},
	{"low", "Lower end of the credible interval of mean.", "其可信区间下限。", func(v *gaps.Verdict) gaps.Figure { return v.Numbers.Low }},
	{"high", "Upper end of the credible interval of mean.", "其可信区间上限。", func(v *gaps.Verdict) gaps.Figure { return v.Numbers.High }},
	{"probabilityWeak", "Probability that the quotient is below what counts as adequate.", "区位商低于相当下限的概率。", func(v *gaps.Verdict) gaps.Figure { return v.Numbers.ProbabilityWeak }},
	{"probabilityAdequate", "Probability that the quotient counts as adequate.", "区位商处于相当区间的概率。", func(v *gaps.Verdict) gaps.Figure { return v.Numbers.ProbabilityFair }},
	{"probabilityStrong", "Probability that the quotient is above what counts as adequate.", "区位商高于相当上限的概率。", func(v *gaps.Verdict) gaps.Figure { return v.Numbers.ProbabilityStrong }},
	{"probabilityWeakWithAll", "The same as probabilityWeak with the companies outside the population counted too; what WEAK rests on.", "把口径外企业也计入时的薄弱概率，“薄弱”以此认定。", func(v *gaps.Verdict) gaps.Figure { return v.Numbers.WeakWithAll }},
	{"top1", "The largest company's share of the known size at the link.", "最大一家企业占已知规模的比例。", func(v *gaps.Verdict) gaps.Figure { return v.Numbers.Top1 }},
	{"capacityLq", "The raw quotient with companies weighted by size.", "按企业规模加权的原始区位商。", func(v *gaps.Verdict) gaps.Figure { return v.Numbers.CapacityLQ }},
	{"capacityMean", "The quotient with companies weighted by size, shrunk towards 1.", "按企业规模加权的收缩区位商。", func(v *gaps.Verdict) gaps.Figure { return v.Numbers.CapacityMean }},
	{"pullDown", "Local companies one step downstream, which create demand for the link.", "下游一步的本地企业数，即本地需求方。", func(v *gaps.Verdict) gaps.Figure { return v.Numbers.PullDown }},
	{"pullUp", "Local companies one step upstream.", "上游一步的本地企业数。", func(v *gaps.Verdict) gaps.Figure { return v.Numbers.PullUp }},
	{"leaked", "Known purchases of local companies from suppliers at the link outside the region.", "本地企业在该环节向外地供应商的已知采购数。", func(v *gaps.Verdict) gaps.Figure { return v.Numbers.Leaked }},
	{"density", "Relatedness of the link to what the region does.", "该环节与本地产业的关联密度。", func(v *gaps.Verdict) gaps.Figure { return v.Numbers.Density }},
	{"densityMedian", "Median of the density over the reference's regions of this level.", "参照地区同级区域关联密度的中位数。", func(v *gaps.Verdict) gaps.Figure { return v.Numbers.DensityMedian }},
	{"densityRank", "Share of the other links that are less related to the region.", "关联密度低于该环节的其他环节所占比例。", func(v *gaps.Verdict) gaps.Figure { return v.Numbers.DensityRank }},
	{"momentum", "How young the link's companies are in the country; 0.5 is as young as all.", "全国该环节企业的年轻程度，0.5 为平均水平。", func(v *gaps.Verdict) gaps.Figure { return v.Numbers.Momentum }},
	{"chainPresence", "Share of the chain's links that the region has.", "所在产业链已有环节的比例。", func(v *gaps.Verdict) gaps.Figure { return v.Numbers.ChainPresence }},
}

// missingOf lists the numbers of a verdict that are not known, and why.
func missingOf(v *gaps.Verdict) []missing {
	var out []missing
	for _, n := range numbers {
		if why := n.of(v).Why(); why != "" {
			out = append(out, missing{n.name, why})
		}
	}
	return out
}
