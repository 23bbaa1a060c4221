package questions

import (
	"github.com/graphql-go/graphql"

	"liantu/api/fields"
	"liantu/graph/projection"
	"liantu/graph/topics"
	"liantu/schema"
)

// aboutArgument names what a question is about in words.
func aboutArgument() fields.Argument {
	return fields.Arg("about", graphql.String,
		"Only what these words mean: an ecosystem, chain, link, product or company, such as 动力电池 or CAR-T; the answer says what they were understood as, and words that may mean several things are an error with the choices.",
		"仅此词语所指的范围：可写生态圈、产业链、环节、产品或企业的任意叫法，如“动力电池”“CAR-T”；回答会说明按什么理解，词语有多种所指时报错并列出可选项。")
}

// aboutField is what the words of a question were understood as.
func aboutField(b *fields.Builder, topic func(p *fields.Page) *topics.Topic) *graphql.Field {
	return b.Field(topicType(b), fields.Both("What the words of about were understood as; null without any.", "about 中的词语按什么理解；未填为 null。"),
		fields.Get(func(_ *fields.Request, p *fields.Page) *topics.Topic { return topic(p) }))
}

// topicType is the type of what words mean.
func topicType(b *fields.Builder) *graphql.Object {
	return b.Once("Topic", func() *graphql.Object {
		wordEnum(b, "TopicBy", fields.Both("By what words were understood.", "词语是按什么理解的。"), topics.Ways(), map[topics.By]schema.Text{
			topics.Code:    {Zh: "词语是其编号或标识", En: "the words are its code or id"},
			topics.Name:    {Zh: "词语是其名称或别名", En: "the words are its name or another name of it"},
			topics.Keyword: {Zh: "词语是环节的关键词", En: "the words are a keyword of the link"},
			topics.Product: {Zh: "词语是产品，代表其所属环节", En: "the words are a product, which stands for its links"},
			topics.Company: {Zh: "词语是企业，代表其所处环节", En: "the words are a company, which stands for its links"},
			topics.Part:    {Zh: "名称或产品名以这些词语结尾", En: "a name, or the name of a product, ends in the words"},
		})
		return b.MakeObject("Topic", fields.Both("What words were understood as.", "词语所指的对象。"), func() graphql.Fields {
			return graphql.Fields{
				"text": b.Field(fields.Required(graphql.String), fields.Both("The words.", "词语。"), fields.Get(func(_ *fields.Request, t *topics.Topic) string { return t.Text })),
				"by":   b.Field(fields.Required(b.Enum("TopicBy")), fields.Both("By what they were understood.", "按什么理解。"), fields.Word(func(_ *fields.Request, t *topics.Topic) topics.By { return t.By })),
				"node": b.Field(fields.Required(b.Node), fields.Both("The ecosystem, chain, link, product or company that is meant.", "所指的生态圈、产业链、环节、产品或企业。"),
					fields.Get(func(_ *fields.Request, t *topics.Topic) projection.Vertex { return t.Node })),
				"scope": b.Field(fields.ListOf(b.Node), fields.Both("What the question is limited to: the node itself, or the links of the product or the company.", "问题的范围：该对象本身，或该产品、企业所在的环节。"),
					fields.Many(func(_ *fields.Request, t *topics.Topic) []projection.Vertex { return t.Scope })),
				"others": b.Field(fields.ListOf(b.Node), fields.Both("Other ecosystems, chains and links that are called so.", "同名的其他生态圈、产业链和环节。"),
					fields.Many(func(_ *fields.Request, t *topics.Topic) []projection.Vertex { return t.Others })),
				"said": b.Field(fields.Required(b.Object("Text")), fields.Both("All this in a sentence.", "用一句话说明。"),
					fields.Get(func(rq *fields.Request, t *topics.Topic) schema.Text { return t.Said(rq.Picture.Graph) })),
			}
		})
	})
}
