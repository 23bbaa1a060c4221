package questions

import (
	"time"

	"github.com/graphql-go/graphql"

	"liantu/api/fields"
	"liantu/graph"
	"liantu/graph/gaps"
	"liantu/graph/introductions"
	"liantu/graph/projection"
	"liantu/schema"
)

// introductionList is the type of a list of introduction paths.
func introductionList(b *fields.Builder) *graphql.Object {
	return b.Once("IntroductionConnection", func() *graphql.Object { return makeIntroductionList(b) })
}

func makeIntroductionList(b *fields.Builder) *graphql.Object {
	of := func(v func(a *introductions.Answer) projection.Vertex) fields.Served {
		return fields.Get(func(_ *fields.Request, p *fields.Page) projection.Vertex {
			return v(p.Around.(*introductions.Answer))
		})
	}
	return b.Connection(fields.Connected{
		Name: "Introduction", Description: fields.Both("Introduction paths, the strongest first.", "引荐路径，强者在前。"),
		Node: makeIntroduction(b),
		Around: graphql.Fields{
			"region": b.Field(fields.Required(b.Kinds[projection.Region]), fields.Both("The region asked about.", "所问地区。"),
				of(func(a *introductions.Answer) projection.Vertex { return a.Region })),
			"company": b.Field(b.Kinds[projection.Company], fields.Both("The company asked about.", "所问企业。"),
				of(func(a *introductions.Answer) projection.Vertex { return a.Company })),
			"link": b.Field(b.Kinds[projection.Link], fields.Both("The link asked about.", "所问环节。"),
				of(func(a *introductions.Answer) projection.Vertex { return a.Link })),
			"person": b.Field(b.Kinds[projection.Person], fields.Both("The person asked about.", "所问的人。"),
				of(func(a *introductions.Answer) projection.Vertex { return a.Person })),
			"minGrade": b.Field(fields.Required(b.Enum("Grade")), fields.Both("The weakest grade of evidence that counted.", "计入的最低证据等级。"),
				fields.Word(func(_ *fields.Request, p *fields.Page) graph.Grade {
					return p.Around.(*introductions.Answer).MinGrade
				})),
			"synthetic": b.Field(fields.Required(graphql.Boolean), fields.Both("Whether any path uses invented data.", "路径中是否有虚构数据。"),
				fields.Get(func(_ *fields.Request, p *fields.Page) bool { return p.Around.(*introductions.Answer).Synthetic })),
		},
	})
}

// introductionsField asks who can introduce a region to a company.
func introductionsField(b *fields.Builder) *graphql.Field {
	id := func(name, kind, en, zh string) fields.Argument {
		return fields.Arg(name, b.Scalars.ID, en+" "+identifiedBy[kind].En, zh+identifiedBy[kind].Zh)
	}
	return b.Field(introductionList(b), fields.Both(
		"Who can introduce the region: paths of at most four hops from a region to a company, to any candidate for a link, or from one person to the companies that would fill missing links of the region. Give exactly one of company, link and person. Nobody who has not consented is on any path.",
		"谁能牵线：从某地区到某企业、到某环节任一候选企业，或从某人出发到可填补本地缺口企业的引荐路径，最多四步。company、link、person 只填一项。未经本人同意者不出现在任何路径中。"),
		fields.Resolver(askIntroductions), append(b.Paging(),
			fields.Arg("region", fields.Required(b.Scalars.ID), "The region. "+identifiedBy[projection.Region].En, "地区："+identifiedBy[projection.Region].Zh),
			id("company", projection.Company, "The company to reach.", "要联系的企业："),
			id("link", projection.Link, "The link to fill.", "要填补的环节："),
			id("person", projection.Person, "The person who could make introductions.", "可能帮忙的人："),
			minGrade(b),
		)...)
}

// withIntroductions adds the introductions to the fields of a verdict, where the model has
// what they need.
func withIntroductions(b *fields.Builder, out graphql.Fields) graphql.Fields {
	if has(b, introductionKinds) {
		out["introductions"] = b.Asking("introductions", verdictIntroductions(b))
	}
	return out
}

// verdictIntroductions lists who can introduce the region of a verdict to companies at its
// link. It is null for who may not ask, so that the verdict around it remains.
func verdictIntroductions(b *fields.Builder) *graphql.Field {
	return b.Field(introductionList(b), fields.Both(
		"Who can introduce this region to any candidate for the link, in the graph as it is, as the question introductions answers for region and link; null with FORBIDDEN for who may not ask that.",
		"谁能为该地区牵线到该环节任一候选企业，按图谱现状，与按 region、link 提问 introductions 相同；无权提问者为 null 并报 FORBIDDEN。"),
		fields.Compute(func(rq *fields.Request, v *gaps.Verdict, a fields.Args) (any, error) {
			id := rq.Picture.Graph.ID
			q := introductions.Question{Region: string(id(v.Region())), Link: string(id(v.Link))}
			return introductionPage(rq, q, q.Link+"/"+q.Region, a)
		}), append(b.Paging(), minGrade(b))...)
}

// askIntroductions asks for introductions.
func askIntroductions(rq *fields.Request, _ any, a fields.Args) (any, error) {
	q := introductions.Question{
		Region: a.Text("region"), Company: a.Text("company"), Link: a.Text("link"), Person: a.Text("person"),
	}
	return introductionPage(rq, q, "", a)
}

// introductionPage cuts a page of the introductions that a question of an owner asks for.
// Consent must hold on the present day, also where the picture is of an earlier one.
func introductionPage(rq *fields.Request, q introductions.Question, owner string, a fields.Args) (any, error) {
	q.Today, q.MinGrade = time.Now().Format(time.DateOnly), a.Grade()
	answer, err := introductions.Ask(rq.Context, rq.Picture.Graph, rq.Service.Settings, q)
	if err != nil {
		return nil, err
	}
	list := answer.Introductions
	page := &fields.Page{
		Total: len(list), Version: rq.Picture.Version(), Question: fields.QuestionOf("introductions", owner, a), Around: answer,
		Item: func(i int) any { return list[i] },
		ID: func(i int) string {
			text := ""
			for _, h := range list[i].Hops {
				text += string(h.Edge) + "/"
			}
			return text + string(rq.Picture.Graph.ID(list[i].Link))
		},
	}
	return page, rq.Cut(page, a)
}

// makeIntroduction makes the type of one path to a company.
func makeIntroduction(b *fields.Builder) *graphql.Object {
	text := fields.Required(b.Object("Text"))
	ask := b.MakeObject("Recommendation", fields.Both("A draft of the request: what to ask for, and of whom.", "建议的请托内容。"), func() graphql.Fields {
		return graphql.Fields{
			"context": b.Field(text, fields.Both("Why, and by which path.", "缘由和路径。"),
				fields.Get(func(_ *fields.Request, r introductions.Recommendation) schema.Text { return r.Context })),
			"request": b.Field(text, fields.Both("What to ask the first contact for.", "向第一位联系人提出的请求。"),
				fields.Get(func(_ *fields.Request, r introductions.Recommendation) schema.Text { return r.Request })),
			"asker": b.Field(text, fields.Both("Who should make the request.", "由谁出面。"),
				fields.Get(func(_ *fields.Request, r introductions.Recommendation) schema.Text { return r.Asker })),
		}
	})
	hop := makeHop(b)
	return b.MakeObject("Introduction", fields.Both("One introduction path to a company.", "一条引荐路径。"), func() graphql.Fields {
		return graphql.Fields{
			"company": b.Field(fields.Required(b.Kinds[projection.Company]), fields.Both("The company it leads to.", "到达的企业。"),
				fields.Get(func(_ *fields.Request, i *introductions.Introduction) projection.Vertex { return i.Company })),
			"link": b.Field(b.Kinds[projection.Link], fields.Both("The link that the company would fill; null when the question names a company.", "该企业可填补的环节；按企业提问时为 null。"),
				fields.Get(func(_ *fields.Request, i *introductions.Introduction) projection.Vertex { return i.Link })),
			"strength": b.Field(fields.Required(b.Scalars.Float), fields.Both("The product of the strengths of the hops.", "路径强度，等于各步强度之积。"),
				fields.Get(func(_ *fields.Request, i *introductions.Introduction) float64 { return i.Strength })),
			"score": b.Field(fields.Required(b.Scalars.Float), fields.Both("What the list is sorted by: the strength; from a person, times the priority of the link.", "排序依据：路径强度；按人提问时再乘以缺口优先级。"),
				fields.Get(func(_ *fields.Request, i *introductions.Introduction) float64 { return i.Score })),
			"hops": b.Field(fields.ListOf(hop), fields.Both("The introduction ties, from the region to the company.", "自地区至企业的各步。"),
				fields.Many(func(_ *fields.Request, i *introductions.Introduction) []introductions.Hop { return i.Hops })),
			"ask": b.Field(fields.Required(ask), fields.Both("What to ask for, and of whom.", "建议的请托内容。"),
				fields.Get(func(_ *fields.Request, i *introductions.Introduction) introductions.Recommendation { return i.Ask })),
			"synthetic": b.Field(fields.Required(graphql.Boolean), fields.Both("Whether the path uses invented data.", "路径中是否有虚构数据。"),
				fields.Get(func(_ *fields.Request, i *introductions.Introduction) bool { return i.Synthetic })),
		}
	})
}

// makeHop makes the type of one introduction tie of a path.
func makeHop(b *fields.Builder) *graphql.Object {
	date := b.Scalars.ByType[schema.TypeDate]
	day := func(en, zh string, of func(h introductions.Hop) string) *graphql.Field {
		return b.Field(date, fields.Both(en, zh), fields.Get(func(_ *fields.Request, h introductions.Hop) string { return of(h) }))
	}
	return b.MakeObject("Hop", fields.Both("One introduction tie of a path.", "引荐路径中的一步。"), func() graphql.Fields {
		return graphql.Fields{
			"kind": b.Field(fields.Required(graphql.String), fields.Both("The kind of the tie: NATIVE_OF, COVERS, LOCATED_IN, WORKS_AT, MEMBER_OF, KNOWS, SUPPLIES, INVESTS_IN or SERVES.", "关系类别。"),
				fields.Word(func(_ *fields.Request, h introductions.Hop) edgeKind { return edgeKind(h.Kind) })),
			"text": b.Field(fields.Required(b.Object("Text")), fields.Both("In a sentence without personal data.", "不含个人信息的文字说明。"),
				fields.Get(func(_ *fields.Request, h introductions.Hop) schema.Text { return h.Text })),
			"from": b.Field(fields.Required(b.Node), fields.Both("Where it starts.", "起点。"),
				fields.Get(func(_ *fields.Request, h introductions.Hop) projection.Vertex { return h.From })),
			"to": b.Field(fields.Required(b.Node), fields.Both("Where it leads.", "终点。"),
				fields.Get(func(_ *fields.Request, h introductions.Hop) projection.Vertex { return h.To })),
			"edge": b.Field(fields.Required(b.Scalars.ID), fields.Both("The id of the edge.", "对应关系的标识。"),
				fields.Word(func(_ *fields.Request, h introductions.Hop) graph.ID { return h.Edge })),
			"forward": b.Field(fields.Required(graphql.Boolean), fields.Both("Whether the edge points from from to to.", "关系方向是否由起点指向终点。"),
				fields.Get(func(_ *fields.Request, h introductions.Hop) bool { return h.Forward })),
			"strength": b.Field(fields.Required(b.Scalars.Float), fields.Both("Its strength, in (0, 1].", "强度，0 到 1。"),
				fields.Get(func(_ *fields.Request, h introductions.Hop) float64 { return h.Strength })),
			"recency": b.Field(fields.Required(b.Scalars.Float), fields.Both("The share of the strength that remains after ageing, in (0, 1].", "时效，0 到 1。"),
				fields.Get(func(_ *fields.Request, h introductions.Hop) float64 { return h.Recency })),
			"former": b.Field(fields.Required(graphql.Boolean), fields.Both("Whether it is a post or membership that has ended.", "是否为曾任职务或曾经的会员。"),
				fields.Get(func(_ *fields.Request, h introductions.Hop) bool { return h.Former })),
			"since": day("Its first day; null when unknown.", "起始日期；不详为 null。", func(h introductions.Hop) string { return h.Since }),
			"until": day("Its last day; null while it holds.", "终止日期；仍成立为 null。", func(h introductions.Hop) string { return h.Until }),
			"date":  day("The date of a service, otherwise the newest date of the facts that state the tie.", "服务日期，或该关系最近的数据日期。", func(h introductions.Hop) string { return h.Date }),
			"provenance": b.Field(fields.Required(b.Object("Provenance")), fields.Both("Where it comes from.", "出处。"),
				fields.Get(func(_ *fields.Request, h introductions.Hop) graph.Provenance {
					return graph.Provenance{Source: h.Source, AsOf: h.AsOf, Grade: h.Grade, Assumed: h.Assumed}
				})),
			"synthetic": b.Field(fields.Required(graphql.Boolean), fields.Both("Whether it was invented for demonstration.", "是否为虚构数据。"),
				fields.Get(func(_ *fields.Request, h introductions.Hop) bool { return h.Synthetic })),
		}
	})
}

// edgeKind is the name of a kind of edge.
type edgeKind string
