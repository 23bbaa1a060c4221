package questions

import (
	"slices"

	"github.com/graphql-go/graphql"

	"liantu/api/disclosure"
	"liantu/api/fields"
	"liantu/graph"
	"liantu/message"
)

// loadsField lists the loads.
func loadsField(b *fields.Builder) *graphql.Field {
	node := b.MakeObject("Load", fields.Both("What one run of a loader brought in; liantu undo takes it back as a whole.", "一次导入的一批数据，可整体撤销。"), func() graphql.Fields {
		number := func(en, zh string, of func(graph.Load) int) *graphql.Field {
			return b.Field(fields.Required(b.Scalars.Integer), fields.Both(en, zh), fields.Get(func(_ *fields.Request, l graph.Load) int { return of(l) }))
		}
		return graphql.Fields{
			"id": b.Field(fields.Required(b.Scalars.ID), fields.Both("Its id, by which liantu undo takes it back.", "批次号，liantu undo 据此撤销。"),
				fields.Get(func(_ *fields.Request, l graph.Load) string { return l.ID })),
			"at": b.Field(fields.Required(b.Scalars.DateTime), fields.Both("When the load began.", "开始导入的时刻。"),
				fields.Get(func(_ *fields.Request, l graph.Load) string { return fields.Instant(l.At) })),
			"done": b.Field(fields.Required(graphql.Boolean), fields.Both("Whether it was completed.", "是否已全部导入。"),
				fields.Get(func(_ *fields.Request, l graph.Load) bool { return l.Done })),
			"source": b.Field(graphql.String, fields.Both("Its source; null when none is named.", "数据来源；未指明则为 null。"),
				fields.Get(func(_ *fields.Request, l graph.Load) any { return nonEmptyText(l.Source) })),
			"files": b.Field(fields.ListOf(graphql.String), fields.Both("The files it was read from.", "来自哪些文件。"),
				fields.Many(func(_ *fields.Request, l graph.Load) []string { return l.Files })),
			"nodes":        number("Statements about nodes.", "关于节点的陈述数。", func(l graph.Load) int { return l.Nodes }),
			"edges":        number("Statements about edges.", "关于关系的陈述数。", func(l graph.Load) int { return l.Edges }),
			"created":      number("Those that created an element.", "其中新增的。", func(l graph.Load) int { return l.Created }),
			"updated":      number("Those that updated one.", "其中更新的。", func(l graph.Load) int { return l.Updated }),
			"unchanged":    number("Those that stated nothing new.", "其中没有新内容的。", func(l graph.Load) int { return l.Unchanged }),
			"firstVersion": number("The first version that contains a part of it.", "首部分导入后的版本。", func(l graph.Load) int { return int(l.First) }),
			"version":      number("The version that contains all of it.", "全部导入后的版本。", func(l graph.Load) int { return int(l.Last) }),
		}
	})
	answers := b.Connection(fields.Connected{
		Name: "Load", Description: fields.Both("The loads, the newest first.", "已导入的批次，新者在前。"), Node: node,
	})
	ask := func(rq *fields.Request, _ any, a fields.Args) (any, error) {
		if rq.Service.Loads == nil {
			return nil, message.As(graph.ErrUnavailable, "loads: this service has no store")
		}
		loads, err := rq.Service.Loads.Loads(rq.Context)
		if err != nil {
			return nil, err
		}
		slices.Reverse(loads)
		for i := range loads {
			loads[i] = disclosure.MaskLoad(rq.Caller.Whole, loads[i])
		}
		return fields.ListPage(rq, "loads", a, nil, loads, func(l graph.Load) string { return l.ID })
	}
	return b.Field(answers, fields.Both("The loads that were not taken back, the newest first, as the store reports them now.", "已导入且未撤销的批次，新者在前；以存储的当前状态为准。"),
		fields.Resolver(ask), b.Paging()...)
}

func nonEmptyText(s string) any {
	if s == "" {
		return nil
	}
	return s
}
