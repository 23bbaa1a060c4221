package api

import (
	"time"

	"liantu/graph/projection"
	"liantu/schema"

	"github.com/graphql-go/graphql"
)

// metaField asks what the service says about its own data.
func metaField(b *builder) *graphql.Field {
	type count struct {
		kind  *schema.Kind
		count int
	}
	counts := func(kinds []*schema.Kind, of func(g *projection.Projection, kind string) int) served {
		return many(func(rq *request, _ Picture) []count {
			var out []count
			for _, k := range kinds {
				if rq.MayKnow(k.Name) != nil {
					continue // a count of none would be untrue
				}
				out = append(out, count{k, of(rq.Picture.Graph, k.Name)})
			}
			return out
		})
	}
	kindCount := b.makeObject("KindCount", both("How many there are of a kind.", "某一类的数量。"), func() graphql.Fields {
		return graphql.Fields{
			"kind": b.field(required(graphql.String), both("The name of the kind.", "类别名。"),
				get(func(_ *request, c count) string { return c.kind.Name })),
			"label": b.field(required(graphql.String), both("Its name for people, in Chinese.", "类别的中文名称。"),
				get(func(_ *request, c count) string { return c.kind.Label.Zh })),
			"count": b.field(required(b.Scalars.Integer), both("How many.", "数量。"),
				get(func(_ *request, c count) int { return c.count })),
		}
	})
	date := b.Scalars.ByType[schema.TypeDate]
	meta := b.makeObject("Meta", both("Which picture of the graph this service answers from.", "服务所依据的数据版本与概况。"), func() graphql.Fields {
		return graphql.Fields{
			"version": b.field(required(b.Scalars.Integer), both("The revision of the graph; it only grows.", "图的版本号，只增不减。"),
				get(func(_ *request, p Picture) int { return int(p.Version()) })),
			"dataDate": b.field(date, both("The newest day that any fact describes; null for an empty graph.", "最新的数据日期；无数据时为 null。"),
				get(func(_ *request, p Picture) string { return p.Graph.DataDate() })),
			"asOf": b.field(date, both("The day whose state is shown.", "所展示状态对应的日期。"),
				get(func(_ *request, p Picture) string { return p.Graph.AsOf() })),
			"builtAt": b.field(required(graphql.String), both("When the picture was made, in RFC 3339.", "本数据版本的生成时刻（RFC 3339）。"),
				get(func(_ *request, p Picture) string { return p.Graph.BuiltAt().UTC().Format(time.RFC3339) })),
			"ageSeconds": b.field(required(b.Scalars.Float), both("Seconds since the store confirmed that there is nothing newer.", "距存储上次确认无更新的秒数。"),
				volatile(get(func(_ *request, p Picture) float64 { return p.AgeSeconds() }))),
			"stale": b.field(required(graphql.Boolean), both("Whether the store cannot be reached now.", "存储目前是否不可达。"),
				volatile(get(func(_ *request, p Picture) bool { return p.Status.Stale }))),
			"synthetic": b.field(required(graphql.Boolean), both("Whether the graph holds invented data.", "图中是否含虚构的演示数据。"),
				get(func(_ *request, p Picture) bool { return p.Synthetic() })),
			"note": b.field(graphql.String, both("What to know before using the answers; null when there is nothing.", "使用须知；无则为 null。"),
				get(func(_ *request, p Picture) string {
					if !p.Synthetic() {
						return ""
					}
					return both("The graph holds invented data for demonstration, marked synthetic.",
						"图中含演示用的虚构数据，均标有 synthetic。")
				})),
			"nodes": b.field(listOf(kindCount), both("How many nodes there are of each kind.", "各类节点的数量。"),
				counts(b.Model.Nodes, (*projection.Projection).Count)),
			"edges": b.field(listOf(kindCount), both("How many edges there are of each kind.", "各类关系的数量。"),
				counts(b.Model.Edges, (*projection.Projection).EdgeCount)),
		}
	})
	return b.field(required(meta), meta.Description(),
		resolver(func(rq *request, _ any, _ args) (any, error) { return rq.Picture, nil }))
}
