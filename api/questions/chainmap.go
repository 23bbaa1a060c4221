package questions

import (
	"github.com/graphql-go/graphql"

	"liantu/api/fields"
	"liantu/graph"
	"liantu/graph/chainmap"
	"liantu/graph/counts"
	"liantu/graph/dates"
	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/graph/ties"
	"liantu/schema"
)

// countedCandidates is the work of counting the candidates for one link.
const countedCandidates = 5

// chainMapField draws a chain in one answer.
func chainMapField(b *fields.Builder) *graphql.Field {
	ask := func(rq *fields.Request, _ any, a fields.Args) (any, error) {
		return chainmap.Ask(rq.Context, rq.Picture.Graph, settingsFor(rq, a), chainmap.Question{
			Region: a.Text("region"), Chain: a.Text("chain"), Layer: ties.Layer(a.Text("layer")), Peers: fields.Items[string](a, "peers"), MinGrade: a.Grade(),
		})
	}
	return b.Field(makeChainMap(b), fields.Both(
		"A chain in one answer: all its links as a tree, each with its verdict in the region, the ties between them in one layer, and totals. A chain has at most 2,000 links here; larger ones are refused.",
		"一次返回一条产业链的图谱：全部环节（树状）及其在该地区的结论、某一层次的环节联系与各项合计。环节超过 2000 个的产业链不予返回。"),
		fields.Resolver(ask),
		idArgument(b, "region", projection.Region, true, "The region asked about.", "所问地区："),
		idArgument(b, "chain", projection.Chain, true, "The chain.", "产业链："),
		fields.Arg("layer", b.EnumOf(projection.Feeds, "layer"), "The layer of the ties; INDUSTRY when omitted. Supplies and holdings between companies are those of the whole country.", "环节联系的层次，默认产业链层；企业间的供应、投资按全国计。"),
		idsArgument(b, "peers", projection.Region, false, "Regions to compare with; the whole country when omitted.", "参照地区，不填则以全国为参照："),
		minGrade(b), population(b))
}

// inMap serves a function on a map.
func inMap[V any](value func(m *chainmap.Map) V) fields.Served {
	return fields.Get(func(_ *fields.Request, m *chainmap.Map) V { return value(m) })
}

func makeChainMap(b *fields.Builder) *graphql.Object {
	integer := fields.Required(b.Scalars.Integer)
	return b.MakeObject("ChainMap", fields.Both("One chain in one region.", "一条产业链在一个地区的图谱。"), func() graphql.Fields {
		out := withDates(b, mapContext(b), func(m *chainmap.Map) *dates.Lazy { return m.DataDates })
		out["links"] = b.Field(fields.ListOf(makeMapLink(b)), fields.Both("All links: parents before their parts; the parts of one by position, upstream first, then by code.", "全部环节：上级在前、其下级随后，同级按上中下游、再按编号。"),
			fields.Many(func(_ *fields.Request, m *chainmap.Map) []*chainmap.Link { return m.Links }))
		out["states"] = b.Field(fields.ListOf(b.Object("StateCount")), fields.Both("The leaves by state, with those that are kept apart.", "末级环节按状态统计，含另列的（不评、全国未见）。"),
			fields.Many(func(_ *fields.Request, m *chainmap.Map) []counts.StateCount { return m.Leaves.WithApart() }))
		out["actions"] = b.Field(fields.ListOf(b.Object("ActionCount")), fields.Both("The leaves by action.", "末级环节按建议动作统计。"),
			fields.Many(func(_ *fields.Request, m *chainmap.Map) []counts.ActionCount { return m.Leaves.Actions() }))
		out["layer"] = b.Field(fields.Required(b.EnumOf(projection.Feeds, "layer")), fields.Both("The layer of ties.", "ties 所属层次。"),
			fields.Word(func(_ *fields.Request, m *chainmap.Map) string { return string(m.Layer) }))
		out["ties"] = b.Field(fields.ListOf(layerTieType(b)), fields.Both("Ties between links of the chain, the heaviest first, at most 2,000.", "链内环节间的联系，权重大者在前，最多 2000 条。"),
			fields.Many(func(_ *fields.Request, m *chainmap.Map) []ties.LayerTie { return m.Ties }))
		out["tiesLeft"] = b.Field(integer, fields.Both("Lighter ties that are not listed.", "未列出的较弱联系数。"), inMap(func(m *chainmap.Map) int { return m.TiesLeft }))
		out["tiesOutside"] = b.Field(integer, fields.Both("Ties with links of other chains, which are not listed.", "与其他产业链环节的联系数，未列出。"), inMap(func(m *chainmap.Map) int { return m.TiesOutside }))
		out["layers"] = b.Field(fields.ListOf(makeMapLayer(b)), fields.Both("How many ties each layer has; one without any has no data.", "各层次的联系数；为 0 即暂无数据。"),
			fields.Compute(func(rq *fields.Request, m *chainmap.Map, _ fields.Args) (any, error) {
				return m.Layers(rq.Context, rq.Picture.Graph)
			}))
		out["projects"] = b.Guarded(schema.Internal, b.Field(b.Scalars.Integer, fields.Both("Projects of the region that fill links of the chain, each once, without dropped ones; null with FORBIDDEN for who may not see projects.", "本地区填补该链环节的项目数，每个计一次，不含已终止；无权查看项目者为 null 并报 FORBIDDEN。"),
			inMap(func(m *chainmap.Map) int { return m.Projects() })))
		out["targets"] = b.Guarded(schema.Internal, b.Field(b.Scalars.Integer, fields.Both("Companies on the lists of task forces of the region that are wanted for the chain, its ecosystem or a link of it; null with FORBIDDEN for who may not see the lists.", "本地专班目标名单中针对该链、其生态圈或链上环节的企业数；无权查看名单者为 null 并报 FORBIDDEN。"),
			inMap(func(m *chainmap.Map) int { return m.Targets() })))
		return out
	})
}

// mapContext are what a map is drawn of.
func mapContext(b *fields.Builder) graphql.Fields {
	return graphql.Fields{
		"region": b.Field(fields.Required(b.Kinds[projection.Region]), fields.Both("The region asked about.", "所问地区。"),
			inMap(func(m *chainmap.Map) projection.Vertex { return m.Region })),
		"chain": b.Field(fields.Required(b.Kinds[projection.Chain]), fields.Both("The chain.", "产业链。"),
			inMap(func(m *chainmap.Map) projection.Vertex { return m.Chain })),
		"peers": b.Field(fields.ListOf(b.Kinds[projection.Region]), fields.Both("The regions compared with; empty for the whole country.", "参照地区；空表示全国。"),
			fields.Many(func(_ *fields.Request, m *chainmap.Map) []projection.Vertex { return m.Peers })),
		"minGrade": b.Field(fields.Required(b.Enum("Grade")), fields.Both("The weakest grade of evidence that counted.", "计入的最低证据等级。"),
			fields.Word(func(_ *fields.Request, m *chainmap.Map) graph.Grade { return m.MinGrade })),
		"coverage": b.Field(fields.Required(coverageType(b)), fields.Both("How much is known about the companies of the region.", "对所问地区的掌握程度。"),
			inMap(func(m *chainmap.Map) gaps.Coverage { return m.Coverage })),
		"reference": b.Field(fields.Required(coverageType(b)), fields.Both("How much is known about the companies of the reference.", "对参照地区的掌握程度。"),
			inMap(func(m *chainmap.Map) gaps.Coverage { return m.Reference })),
		"frames": b.Field(fields.ListOf(frameType(b)), fields.Both("The populations that are complete in the region, widest first.", "在所问地区收录完整的口径，由宽到窄。"),
			fields.Many(func(_ *fields.Request, m *chainmap.Map) []*gaps.Frame { return m.Frames })),
		"synthetic": b.Field(fields.Required(graphql.Boolean), fields.Both("Whether invented data took part.", "计算中是否用到虚构数据。"),
			inMap(func(m *chainmap.Map) bool { return m.Synthetic })),
	}
}

// onMap serves a function on a link of a map.
func onMap[V any](value func(l *chainmap.Link) V) fields.Served {
	return fields.Get(func(_ *fields.Request, l *chainmap.Link) V { return value(l) })
}

func makeMapLink(b *fields.Builder) *graphql.Object {
	return b.MakeObject("MapLink", fields.Both("A link on the map of a chain.", "图谱上的一个环节。"), func() graphql.Fields {
		return graphql.Fields{
			"verdict": b.Field(fields.Required(verdictType(b)), fields.Both("The verdict on the link, which it names.", "该环节的结论（含环节本身）。"),
				onMap(func(l *chainmap.Link) *gaps.Verdict { return l.Verdict })),
			"parent": b.Field(b.Kinds[projection.Link], fields.Both("The link that it is drawn below; null directly below the chain.", "图谱上的上级环节；直属产业链的为 null。"),
				onMap(func(l *chainmap.Link) projection.Vertex { return l.Parent })),
			"leaf": b.Field(fields.Required(graphql.Boolean), fields.Both("Whether it has a row of its own among the leaves, which states counts.", "是否作为末级环节单列（states 所计）。"),
				onMap(func(l *chainmap.Link) bool { return l.Leaf })),
			"candidates": b.Asking("candidates", b.Field(b.Scalars.Integer, fields.Both("How many companies could be attracted: candidates of kind ATTRACT. Null for a link that is not judged.", "可招引的企业数（candidates 中 ATTRACT 一类）；不评的环节为 null。"),
				fields.Compute(func(rq *fields.Request, l *chainmap.Link, _ fields.Args) (any, error) {
					n, sought, err := l.Candidates(rq.Context)
					if err != nil || !sought {
						return nil, err
					}
					return n, nil
				}))),
			"projects": b.Guarded(schema.Internal, b.Field(b.Scalars.Integer, fields.Both("Projects of the region that fill the link or one below it, without dropped ones; null with FORBIDDEN for who may not see projects.", "本地区填补该环节或其下级的项目数，不含已终止；无权查看项目者为 null 并报 FORBIDDEN。"),
				onMap(func(l *chainmap.Link) int { return l.Projects() }))),
			"targets": b.Guarded(schema.Internal, b.Field(b.Scalars.Integer, fields.Both("Companies on the lists of task forces of the region that are wanted for the link or one below it; null with FORBIDDEN for who may not see the lists.", "本地专班目标名单中针对该环节或其下级的企业数；无权查看名单者为 null 并报 FORBIDDEN。"),
				onMap(func(l *chainmap.Link) int { return l.Targets() }))),
		}
	})
}

func makeMapLayer(b *fields.Builder) *graphql.Object {
	integer := fields.Required(b.Scalars.Integer)
	layer := func(of func(l chainmap.Layer) int) fields.Served {
		return fields.Get(func(_ *fields.Request, l chainmap.Layer) int { return of(l) })
	}
	return b.MakeObject("MapLayer", fields.Both("How many ties a layer of the map has.", "图谱某一层次的联系数。"), func() graphql.Fields {
		return graphql.Fields{
			"layer": b.Field(fields.Required(b.EnumOf(projection.Feeds, "layer")), fields.Both("The layer.", "层次。"),
				fields.Word(func(_ *fields.Request, l chainmap.Layer) string { return string(l.Layer) })),
			"ties":    b.Field(integer, fields.Both("Ties between links of the chain.", "链内联系数。"), layer(func(l chainmap.Layer) int { return l.Ties })),
			"outside": b.Field(integer, fields.Both("Ties with links of other chains.", "与其他产业链的联系数。"), layer(func(l chainmap.Layer) int { return l.Outside })),
		}
	})
}
