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

// rights are the rights of the policy, and what they permit.
var rights = []fields.EnumValue{
	fields.Choice("WORK", schema.MayWork, "To record introductions, the status of targets and declared roles of links.", "登记引荐进展、目标企业推进状态与环节定位。"),
	fields.Choice("LOAD", schema.MayLoad, "To load files.", "导入数据文件。"),
	fields.Choice("STEWARD", schema.MaySteward, "To maintain the data: judgements, consent, undoing loads, forgetting.", "维护数据：判定、同意情况、撤销批次、删除个人。"),
	fields.Choice("MANAGE", schema.MayManage, "To manage users, keys and the audit log.", "管理账号、密钥与审计日志。"),
}

// viewerField asks who the caller is, and what it may see and do. Its answer is that of
// one caller and is never cached.
func viewerField(b *fields.Builder) *graphql.Field {
	roles := make([]fields.EnumValue, 0, len(schema.Roles))
	for _, r := range schema.DefaultPolicy().Roles {
		roles = append(roles, fields.Choice(strings.ToUpper(string(r.Name)), r.Name, r.Description.En, r.Description.Zh))
	}
	role := b.MakeEnum("Role", fields.Both("The roles of callers.", "使用者的角色。"), roles)
	right := b.MakeEnum("Right", fields.Both("What a role may do besides asking.", "查询之外的权限。"), rights)
	viewer := b.MakeObject("Viewer", fields.Both("Who is asking, and what it may see and do; nothing of anybody else.", "当前使用者及其权限，不含他人信息。"), func() graphql.Fields {
		return graphql.Fields{
			"name": b.Field(fields.Required(graphql.String), fields.Both("The name of the caller.", "名称。"),
				fields.Get(func(_ *fields.Request, c *disclosure.Caller) string { return c.Identity.Name })),
			"role": b.Field(fields.Required(role), fields.Both("Its role.", "角色。"),
				fields.Word(func(_ *fields.Request, c *disclosure.Caller) schema.Role { return c.Identity.Role })),
			"roleLabel": b.Field(fields.Required(b.Object("Text")), fields.Both("The name of the role.", "角色名称。"),
				fields.Get(func(_ *fields.Request, c *disclosure.Caller) schema.Text { return c.Identity.Policy().Label })),
			"rights": b.Field(fields.ListOf(right), fields.Both("What it may do besides asking.", "查询之外的权限。"),
				fields.Words(func(_ *fields.Request, c *disclosure.Caller) []schema.Right { return c.Identity.Policy().May })),
			"purposes": b.Field(fields.ListOf(b.Object("StatablePurpose")), fields.Both("The purposes that it may state to see personal values.", "可声明的查看个人信息的用途。"),
				fields.Many(func(_ *fields.Request, c *disclosure.Caller) []*schema.Purpose { return purposesOf(c.Identity.Role) })),
			"scoped": b.Field(fields.Required(graphql.Boolean), fields.Both("Whether its role is limited to a scope: regions and ecosystems, or one intermediary; see there.", "其角色是否限定范围：所属地区与生态圈，或机构自身。"),
				fields.Get(func(_ *fields.Request, c *disclosure.Caller) bool {
					return c.Identity.Policy().Scope != schema.ScopeEverything
				})),
			"regions": b.Field(fields.ListOf(b.Kinds[projection.Region]), fields.Both("The regions of its scope, each with all below it.", "所属地区（含其下级）。"),
				fields.Many(scopeRegions)),
			"ecosystems": b.Field(fields.ListOf(b.Kinds[projection.Ecosystem]), fields.Both("The ecosystems of its scope.", "所属生态圈。"),
				fields.Many(scopeEcosystems)),
			"intermediary": b.Field(graphql.String, fields.Both("The intermediary that the caller is, as its account names it; null for all others.", "机构使用者所属的中介机构（按账号所登记）；其他使用者为 null。"),
				fields.Get(func(_ *fields.Request, c *disclosure.Caller) string { return c.Identity.Scope.Intermediary })),
		}
	})
	ask := fields.Resolver(func(rq *fields.Request, _ any, _ fields.Args) (any, error) { return &rq.Caller, nil })
	return b.Field(fields.Required(viewer), viewer.Description(), fields.Volatile(ask))
}

// purposesOf are the purposes that a role may state.
func purposesOf(role schema.Role) []*schema.Purpose {
	return slices.DeleteFunc(slices.Clone(schema.DefaultPolicy().Purposes), func(p *schema.Purpose) bool { return !p.Permits(role) })
}

func scopeRegions(rq *fields.Request, c *disclosure.Caller) []projection.Vertex {
	var found []projection.Vertex
	for _, code := range c.Identity.Scope.Regions {
		if v := rq.Picture.Graph.RegionByCode(code); v != projection.None {
			found = append(found, v)
		}
	}
	return found
}

func scopeEcosystems(rq *fields.Request, c *disclosure.Caller) []projection.Vertex {
	var found []projection.Vertex
	g := rq.Picture.Graph
	for v, end := g.Range(projection.Ecosystem); v < end; v++ {
		if c.Identity.Scope.HasEcosystem(g.Code(v)) {
			found = append(found, v)
		}
	}
	return found
}
