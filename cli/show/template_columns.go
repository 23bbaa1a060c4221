package show

import (
	"slices"
	"strings"

	"liantu/loaders"
	"liantu/schema"
)

// templateColumns lists the columns of the template of a kind: the ends of an
// edge, what identifies, all other properties, columns of further edges, and the
// provenance of the row.
func templateColumns(model *schema.Model, kind *schema.Kind) []templateColumn {
	row := map[string]*schema.Property{}
	for _, p := range model.Row {
		row[p.Name] = p
	}
	var columns []templateColumn
	if kind.IsEdge() {
		columns = append(columns, endColumns(model, row["from"], row["from_kind"], kind.Edge.From)...)
		columns = append(columns, endColumns(model, row["to"], row["to_kind"], kind.Edge.To)...)
	}
	for _, p := range kind.Properties {
		c := propertyColumn(p)
		switch {
		case p.Required:
			c.needs, c.strong = schema.Text{Zh: "必填", En: "required"}, true
		case slices.ContainsFunc(kind.Identify, func(g []string) bool { return g[0] == p.Name }):
			c.needs, c.strong = schema.Text{Zh: "标识，至少填一个", En: "identifies; at least one of these"}, true
		}
		if p.Name == kind.Caption && (p.Type == schema.TypeText || p.Type == schema.TypeCode) {
			c.example = "（示例）" + kind.Label.Zh
		}
		if p.Name == "synthetic" {
			c.example = "是"
		}
		columns = append(columns, c)
	}
	for _, along := range loaders.EdgeColumns(model, kind) {
		edge, to := model.EdgeKind(along.Edge), model.Node(along.To)
		c := templateColumn{
			label: schema.Text{Zh: along.Head, En: to.Label.En}, about: edge.Description,
			form: schema.Text{Zh: to.Label.Zh + "的名称或编号", En: "name or code of a " + strings.ToLower(to.Label.En)},
			text: true,
		}
		if along.Each {
			c.form = schema.Text{Zh: c.form.Zh + "，多个用“；”隔开", En: c.form.En + "; several with ； between"}
		}
		columns = append(columns, c)
	}
	for _, name := range []string{"source", "as_of", "grade"} {
		c := propertyColumn(row[name])
		c.needs = schema.Text{Zh: "请填写，或导入时用参数给出，否则按文件推定", En: "fill in, or give once for the load; else taken from the file"}
		if name == "grade" {
			c.needs = schema.Text{Zh: "可填，或导入时用参数给出，否则为 D", En: "may be filled in, or given once for the load; else D"}
		}
		c.strong = name != "grade"
		if name == "source" {
			c.example = "示例"
		}
		columns = append(columns, c)
	}
	return columns
}

// endColumns are the columns for one end of an edge.
func endColumns(model *schema.Model, end, kind *schema.Property, kinds []string) []templateColumn {
	var zh, en []string
	for _, name := range kinds {
		k := model.Node(name)
		zh, en = append(zh, k.Label.Zh), append(en, strings.ToLower(k.Label.En))
	}
	c := propertyColumn(end)
	c.needs, c.strong, c.text = schema.Text{Zh: "必填", En: "required"}, true, true
	c.form = schema.Text{Zh: strings.Join(zh, "或") + "的名称或编号", En: "name or code of a " + strings.Join(en, " or ")}
	c.example = "（示例）" + zh[0]
	columns := []templateColumn{c}
	if len(kinds) > 1 {
		which := propertyColumn(kind)
		which.choices, which.example = kinds, kinds[0]
		which.needs = schema.Text{Zh: "主体可为多类时请填", En: "where several kinds are possible"}
		columns = append(columns, which)
	}
	return columns
}

// propertyColumn is the column of a property.
func propertyColumn(p *schema.Property) templateColumn {
	c := templateColumn{label: p.Label, about: p.Description}
	switch p.Type {
	case schema.TypeText:
		c.form = schema.Text{Zh: "文字", En: "text"}
	case schema.TypeCode:
		c.form, c.text = schema.Text{Zh: "编号", En: "code"}, true
	case schema.TypeTexts:
		c.form, c.text = schema.Text{Zh: "文字，多个用“；”隔开", En: "texts with ； between"}, true
	case schema.TypeInt:
		c.form, c.example = schema.Text{Zh: "整数", En: "whole number"}, "100"
	case schema.TypeFloat:
		c.form = schema.Text{Zh: "数字", En: "number"}
	case schema.TypeMoney:
		c.label.Zh += "（万元）"
		c.form, c.example = schema.Text{Zh: "金额，万元；或写明单位，如 1.2 亿元", En: "amount in 万元, or with its unit"}, "1000"
	case schema.TypePercent:
		c.form, c.example = schema.Text{Zh: "比例，如 30% 或 0.3", En: "share, 30% or 0.3"}, "30%"
	case schema.TypeBool:
		c.form, c.choices = schema.Text{Zh: "是或否", En: "是 (yes) or 否 (no)"}, []string{"是", "否"}
	case schema.TypeDate:
		c.form, c.example, c.text = schema.Text{Zh: "日期，如 2026-03-31、2026-03 或 2026", En: "2026-03-31, 2026-03 or 2026"}, "2026-03-31", true
	case schema.TypeRegion:
		c.form, c.example, c.text = schema.Text{Zh: "行政区划代码或名称", En: "GB/T 2260 code or name"}, "330100", true
	case schema.TypeUSCC:
		c.form, c.text = schema.Text{Zh: "18 位统一社会信用代码", En: "18 characters"}, true
	case schema.TypeLEI:
		c.form, c.text = schema.Text{Zh: "20 位代码", En: "20 characters"}, true
	case schema.TypeStockCode:
		c.form, c.text = schema.Text{Zh: "证券代码，如 600519.SH", En: "with its exchange, such as 600519.SH"}, true
	case schema.TypePhone:
		c.form, c.text = schema.Text{Zh: "号码", En: "digits"}, true
	case schema.TypeEmail:
		c.form, c.text = schema.Text{Zh: "邮箱", En: "address"}, true
	case schema.TypeURL:
		c.form, c.example, c.text = schema.Text{Zh: "网址", En: "http or https address"}, "https://example.com", true
	case schema.TypeEnum:
		c.form = schema.Text{Zh: "从列表中选", En: "choose from the list"}
		for _, v := range p.Values {
			c.choices = append(c.choices, v.Label.Zh)
		}
		c.example = c.choices[0]
	}
	return c
}
