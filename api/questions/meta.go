package questions

import (
	"slices"
	"strings"

	"github.com/graphql-go/graphql"

	"liantu/api/disclosure"
	"liantu/api/fields"
	"liantu/graph/projection"
	"liantu/schema"
)

// note is what to know before using the answers of a picture, "" for nothing.
func note(p fields.Picture) string {
	var zh, en []string
	for _, t := range p.Graph.Notices() {
		zh, en = append(zh, t.Zh+"。"), append(en, t.En+".")
	}
	if p.Synthetic() {
		zh = append(zh, "图中含演示用的虚构数据，均标有 synthetic。")
		en = append(en, "The graph holds invented data for demonstration, marked synthetic.")
	}
	if len(zh) == 0 {
		return ""
	}
	return fields.Both(strings.Join(en, " "), strings.Join(zh, ""))
}

// metaField asks which data the service answers from.
func metaField(b *fields.Builder) *graphql.Field {
	counts := func(kinds []*schema.Kind, of func(g *projection.Projection, kind string) int) fields.Served {
		return fields.Many(func(rq *fields.Request, _ fields.Picture) []kindCount {
			var out []kindCount
			for _, k := range kinds {
				if rq.MayKnow(k.Name) != nil {
					continue // a count of none would be untrue
				}
				out = append(out, countOf(rq, k, of(rq.Picture.Graph, k.Name)))
			}
			return out
		})
	}
	counted := b.MakeObject("KindCount", fields.Both("How many there are of a kind.", "某一类的数量。"), func() graphql.Fields {
		return graphql.Fields{
			"kind": b.Field(fields.Required(graphql.String), fields.Both("The name of the kind.", "类别名。"),
				fields.Get(func(_ *fields.Request, c kindCount) string { return c.kind.Name })),
			"label": b.Field(fields.Required(graphql.String), fields.Both("Its name for people, in Chinese.", "类别的中文名称。"),
				fields.Get(func(_ *fields.Request, c kindCount) string { return c.kind.Label.Zh })),
			"count": b.Field(b.Scalars.Integer, fields.Both("How many. For a caller that sees persons masked: null where these are fewer than five persons or their edges, and without those of persons where edges of others are of the kind, too.", "数量。对只见脱敏个人信息者：人员及其关系不足五个时为 null；同类关系兼有他者时，不计其中个人的关系。"),
				fields.Get(func(_ *fields.Request, c kindCount) any {
					if c.undisclosed {
						return nil
					}
					return c.count
				})),
		}
	})
	date, purpose := b.Scalars.ByType[schema.TypeDate], purposeType(b)
	meta := b.MakeObject("Meta", fields.Both("Which version of the graph this service answers from, and what it holds.", "服务所依据的数据版本与概况。"), func() graphql.Fields {
		return graphql.Fields{
			"version": b.Field(fields.Required(b.Scalars.Integer), fields.Both("The version of the graph; it only grows.", "图的版本号，只增不减。"),
				fields.Get(func(_ *fields.Request, p fields.Picture) int { return int(p.Version()) })),
			"dataDate": b.Field(date, fields.Both("The newest day that any fact describes; null for an empty graph.", "最新的数据日期；无数据时为 null。"),
				fields.Get(func(_ *fields.Request, p fields.Picture) string { return p.Graph.DataDate() })),
			"dataDateAssumed": b.Field(fields.Required(graphql.Boolean), fields.Both("Whether that day was assumed, since no fact states one.", "该日期是否为推定（所有来源均未写明日期）。"),
				fields.Get(func(_ *fields.Request, p fields.Picture) bool { return p.Graph.DataDateAssumed() })),
			"asOf": b.Field(date, fields.Both("The day whose state is shown.", "所展示状态对应的日期。"),
				fields.Get(func(_ *fields.Request, p fields.Picture) string { return p.Graph.AsOf() })),
			"builtAt": b.Field(fields.Required(b.Scalars.DateTime), fields.Both("When the picture in memory was built.", "本数据版本的生成时刻。"),
				fields.Get(func(_ *fields.Request, p fields.Picture) string { return fields.Instant(p.Graph.BuiltAt()) })),
			"ageSeconds": b.Field(fields.Required(b.Scalars.Float), fields.Both("Seconds since the store last confirmed that there is nothing newer.", "距存储上次确认无更新的秒数。"),
				fields.Volatile(fields.Get(func(_ *fields.Request, p fields.Picture) float64 { return p.AgeSeconds() }))),
			"stale": b.Field(fields.Required(graphql.Boolean), fields.Both("Whether the store is out of reach at present.", "存储目前是否不可达。"),
				fields.Volatile(fields.Get(func(_ *fields.Request, p fields.Picture) bool { return p.Status.Stale }))),
			"synthetic": b.Field(fields.Required(graphql.Boolean), fields.Both("Whether the graph holds invented data.", "图中是否含虚构的演示数据。"),
				fields.Get(func(_ *fields.Request, p fields.Picture) bool { return p.Synthetic() })),
			"temporary": b.Field(fields.Required(graphql.Boolean), fields.Both("Whether the graph ends with the service, as in a demonstration: nothing that is loaded or changed is stored.", "图是否随服务停止而清除（演示）：导入和修改都不保存。"),
				fields.Get(func(rq *fields.Request, _ fields.Picture) bool { return rq.Service.Temporary })),
			"canSetUp": b.Field(fields.Required(graphql.Boolean), fields.Both("Whether POST /setup makes a graph file that is kept, as in a demonstration on this machine.", "能否以 POST /setup 建立长期保存的图库（本机演示时可用）。"),
				fields.Get(func(rq *fields.Request, _ fields.Picture) bool { return rq.Service.CanSetUp })),
			"note": b.Field(graphql.String, fields.Both("What to know before using the answers; null when there is nothing.", "使用须知；无则为 null。"),
				fields.Get(func(_ *fields.Request, p fields.Picture) string {
					return note(p)
				})),
			"purposes": b.Field(fields.ListOf(purpose), fields.Both("The purposes for which personal values are shown; one is stated as extensions.purpose.", "查看个人信息的用途清单，以 extensions.purpose 给出其一。"),
				fields.Many(func(*fields.Request, fields.Picture) []*schema.Purpose { return schema.DefaultPolicy().Purposes })),
			"nodes": b.Field(fields.ListOf(counted), fields.Both("How many nodes there are of each kind.", "各类节点的数量。"),
				counts(b.Model.Nodes, (*projection.Projection).Count)),
			"edges": b.Field(fields.ListOf(counted), fields.Both("How many edges there are of each kind.", "各类关系的数量。"),
				counts(b.Model.Edges, (*projection.Projection).EdgeCount)),
		}
	})
	return b.Field(fields.Required(meta), meta.Description(),
		fields.Resolver(func(rq *fields.Request, _ any, _ fields.Args) (any, error) { return rq.Picture, nil }))
}

// kindCount is how many there are of a kind.
type kindCount struct {
	kind        *schema.Kind
	count       int
	undisclosed bool // the caller may not learn it
}

// countOf is what the caller may learn of the number of a kind.
func countOf(rq *fields.Request, k *schema.Kind, count int) kindCount {
	n, disclosed := rq.Caller.CountOf(rq.Service.Model, k, count, func() int { return disclosure.TiesBesideOthers(rq.Picture.Graph, k) })
	return kindCount{kind: k, count: n, undisclosed: !disclosed}
}

// purposeType makes the type of a purpose for which personal values are shown.
func purposeType(b *fields.Builder) *graphql.Object {
	var codes []fields.EnumValue
	for _, p := range schema.DefaultPolicy().Purposes {
		codes = append(codes, fields.Choice(p.Code, p.Code, p.Description.En, p.Description.Zh))
	}
	code := b.MakeEnum("Purpose", fields.Both("What personal values are shown for.", "查看个人信息的用途。"), codes)
	text := func(en, zh string, of func(*schema.Purpose) string) *graphql.Field {
		return b.Field(fields.Required(graphql.String), fields.Both(en, zh),
			fields.Get(func(_ *fields.Request, p *schema.Purpose) string { return of(p) }))
	}
	return b.MakeObject("StatablePurpose", fields.Both("A purpose that a request may state to see personal values.", "请求可声明的用途。"), func() graphql.Fields {
		return graphql.Fields{
			"code": b.Field(fields.Required(code), fields.Both("What a request states as extensions.purpose.", "在 extensions.purpose 中给出的代码。"),
				fields.Word(func(_ *fields.Request, p *schema.Purpose) string { return p.Code })),
			"label":   text("Its name for people, in Chinese.", "中文名称。", func(p *schema.Purpose) string { return p.Label.Zh }),
			"labelEn": text("Its name for people, in English.", "英文名称。", func(p *schema.Purpose) string { return p.Label.En }),
			"requiresConsent": b.Field(fields.Required(graphql.Boolean), fields.Both("Whether it shows only persons who have consented.", "是否仅限已同意者。"),
				fields.Get(func(_ *fields.Request, p *schema.Purpose) bool { return p.Consent == schema.ConsentGiven })),
			"roles": b.Field(fields.ListOf(graphql.String), fields.Both("The roles that may state it.", "可使用此用途的角色。"),
				fields.Words(func(_ *fields.Request, p *schema.Purpose) []schema.Role { return p.Roles })),
			"opens": b.Field(fields.ListOf(graphql.String), fields.Both("The properties that it shows, as in Person.phone.", "此用途可显示的属性，如 Person.phone。"),
				fields.Words(func(_ *fields.Request, p *schema.Purpose) []string { return slices.Concat(p.Opens...) })),
		}
	})
}
