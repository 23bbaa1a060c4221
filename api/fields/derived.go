package fields

import (
	"slices"

	"github.com/graphql-go/graphql"

	"liantu/graph/projection"
	"liantu/schema"
)

// derived is a field of a kind that no file declares because it follows from
// edges over several steps.
type derived struct {
	kind, name, of string // of: the kind of its value
	en, zh         string
	one            func(g *projection.Projection, v projection.Vertex) projection.Vertex
	many           func(g *projection.Projection, v projection.Vertex, a Args) []projection.Vertex
	arguments      []Argument
	narrowed       bool // many: it may be filtered and ordered
}

// derivedFields adds the derived fields of a kind.
func (b *Builder) derivedFields(k *schema.Kind, fields graphql.Fields) {
	for _, d := range derivations {
		if d.kind != k.Name || b.Kinds[d.of] == nil {
			continue
		}
		if fields[d.name] != nil {
			b.Fault("kind %q: the name %q is taken, which the interface uses for a derived field", k.Name, d.name)
			continue
		}
		if d.one != nil {
			fields[d.name] = b.Field(b.Kinds[d.of], Both(d.en, d.zh), Get(func(rq *Request, v projection.Vertex) projection.Vertex {
				return d.one(rq.Picture.Graph, v)
			}))
			continue
		}
		list := func(rq *Request, v projection.Vertex, a Args) (any, error) {
			return rq.listPage(d.name, string(rq.Picture.Graph.ID(v)), d.many(rq.Picture.Graph, v, a), a)
		}
		arguments := append(b.Paging(), d.arguments...)
		if d.narrowed && b.filters[d.of] != nil {
			narrowing, of, plain := b.NarrowKind(d.of), b.Model.Node(d.of), list
			arguments = append(arguments, narrowing.Arguments...)
			list = func(rq *Request, v projection.Vertex, a Args) (any, error) {
				if !Narrows(a) {
					return plain(rq, v, a)
				}
				g := rq.Picture.Graph
				return narrowing.Page(rq, d.name, string(g.ID(v)), of, func() []projection.Vertex { return d.many(g, v, a) }, a)
			}
		}
		fields[d.name] = b.Field(Required(b.PlainConnection(d.of)), Both(d.en, d.zh), Compute(list), arguments...)
	}
}

// PlainConnection is a connection of nodes of one kind whose edges say
// nothing.
func (b *Builder) PlainConnection(kind string) *graphql.Object {
	if made := b.objects[kind+"Connection"]; made != nil {
		return made
	}
	k := b.Model.Node(kind)
	return b.Connection(Connected{
		Name: kind, Description: Both(Capital(k.Plural.En)+".", k.Plural.Zh+"。"), Node: b.Kinds[kind],
		Narrowed: slices.ContainsFunc(derivations, func(d derived) bool { return d.narrowed && d.of == kind }),
	})
}

var derivations = []derived{
	{
		kind: projection.Company, name: "place", of: projection.Region,
		en: "The one region that counts as its place: the registered one before sites and offices; null when it is not known.",
		zh: "计入统计的所在地区：注册地优先，其次生产基地与办公地；不明为 null。",
		one: func(g *projection.Projection, v projection.Vertex) projection.Vertex {
			return g.RegionByCode(g.PlaceOf(v))
		},
	},
	{
		kind: projection.Region, name: "parent", of: projection.Region,
		en: "The region that it is part of; null for the country.", zh: "上一级地区；全国为 null。",
		one: (*projection.Projection).ParentRegion,
	},
	{
		kind: projection.Region, name: "children", of: projection.Region,
		en: "The regions directly below it, by their codes.", zh: "直接下级地区，按代码排列。",
		many: func(g *projection.Projection, v projection.Vertex, _ Args) []projection.Vertex {
			return g.ChildRegions(v)
		},
	},
	{
		kind: projection.Region, name: "companies", of: projection.Company,
		en: "The active companies whose place is in the region or below it, in the order of their places: those that gaps counts in coverage. " +
			"Each has one place, the registered one before sites and offices; locatedHere lists every edge that leads to this very region.",
		zh:   "所在地位于本地区及其下级地区的存续企业，按所在地排列，与 gaps 的 coverage 所计一致。每家企业只计一个所在地：注册地优先，其次生产基地与办公地；locatedHere 则列出直接指向本地区的全部位置关系。",
		many: companiesOf, narrowed: true,
		arguments: []Argument{{
			"below", graphql.Boolean,
			Both("Whether those of the regions below are listed, too; else only those of which no deeper place is known.", "是否含下级地区的企业；否则仅列所在地未细到下级的企业。"), true,
		}},
	},
	{
		kind: projection.Link, name: "chain", of: projection.Chain,
		en: "The chain that it is part of, directly or through other links; the first by code where there are several.", zh: "所属产业链（直接或经上级环节）；有多条时按编号取第一条。",
		one: (*projection.Projection).ChainOf,
	},
	{
		kind: projection.Chain, name: "ecosystem", of: projection.Ecosystem,
		en: "The ecosystem that it is part of; the first by code where there are several.", zh: "所属生态圈；有多个时按编号取第一个。",
		one: (*projection.Projection).EcosystemOf,
	},
}

// companiesOf are the active companies in a region, or those placed no deeper.
func companiesOf(g *projection.Projection, region projection.Vertex, a Args) []projection.Vertex {
	first, end := g.CompaniesIn(g.AreaOf(region))
	if a["below"] == false {
		first, end = g.CompaniesAt(g.AreaOf(region))
	}
	return projection.Among(activeOf(g), first, end)
}

// activeOf lists the active companies of a picture, found once for it.
func activeOf(g *projection.Projection) []projection.Vertex {
	type key struct{}
	return g.Memo(key{}, func() any {
		first, end := g.Range(projection.Company)
		active := make([]projection.Vertex, 0, end-first)
		for v := first; v < end; v++ {
			if g.Active(v) {
				active = append(active, v)
			}
		}
		return active
	}).([]projection.Vertex)
}
