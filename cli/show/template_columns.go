package show

import (
	"slices"
	"strings"

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
		if p.Required && c.example == "" && (p.Type == schema.TypeText || p.Type == schema.TypeCode) {
			c.example = "（示例）" + p.Label.Zh
		}
		if p.Name == "synthetic" {
			c.example = "是"
		}
		columns = append(columns, c)
	}
	if !kind.IsEdge() {
		columns = alongColumns(model, kind, nil, columns)
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

// alongColumns adds the columns that state edges beside a node; if an edge is
// given that makes the node, only further ones like it.
func alongColumns(model *schema.Model, kind *schema.Kind, of *schema.AlongRow, columns []templateColumn) []templateColumn {
	add := func(c templateColumn, heads []string) {
		if !slices.ContainsFunc(columns, func(o templateColumn) bool { return slices.Contains(heads, o.head) }) {
			c.head = heads[0]
			columns = append(columns, c)
		}
	}
	for _, row := range model.Along(kind) {
		groups := row.Columns()
		switch {
		case of != nil && (row.Edge != of.Edge || row.AsTo() != of.AsTo()):
			continue
		case len(row.Path) > 0:
			groups = row.Path // not the whole place in one column as well
		case row.Pattern != "":
			continue // not what columns of their own state
		}
		for _, heads := range groups {
			add(namingColumn(row, heads[0]), heads)
		}
		if len(row.Within) > 0 {
			add(withinColumn(row), row.Within)
		}
		for _, b := range row.Beside {
			c := propertyColumn(b.Property)
			c.label = schema.Text{Zh: b.Heads[0], En: b.Property.Label.En + " (" + row.Edge.Label.En + ")"}
			if b.Property.Type == schema.TypeMoney {
				c.label.Zh += "（万元）"
			}
			c.example = ""
			add(c, b.Heads)
		}
		if row.Makes() {
			columns = alongColumns(model, row.Kinds[0], &row, columns)
		}
	}
	return columns
}

// namingColumn is the column that names the other end of an edge.
func namingColumn(row schema.AlongRow, head string) templateColumn {
	var zh, en []string
	for _, k := range row.Kinds {
		zh, en = append(zh, k.Label.Zh), append(en, strings.ToLower(k.Label.En))
	}
	c := templateColumn{
		label: schema.Text{Zh: head, En: row.Edge.Label.En + " " + strings.Join(en, " or ")}, about: row.Edge.Description,
		form: schema.Text{Zh: strings.Join(zh, "、") + "的名称或编号", En: "name or code of a " + strings.Join(en, " or ")},
		text: true,
	}
	if !row.One {
		c.form = schema.Text{Zh: c.form.Zh + "，多个用“；”隔开", En: c.form.En + "; several with ； between"}
	}
	return c
}

// withinColumn is the column that says what the other end is part of.
func withinColumn(row schema.AlongRow) templateColumn {
	zh, en := row.Kinds[0].Label.Zh, strings.ToLower(row.Kinds[0].Label.En)
	return templateColumn{
		label: schema.Text{Zh: row.Within[0], En: "chain of the " + en},
		about: schema.Text{Zh: "同名的" + zh + "属于哪条产业链。", En: "The chain of the " + en + ", to distinguish those of one name."},
		form:  schema.Text{Zh: "产业链的名称或编号", En: "name or code of a chain"}, text: true,
	}
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
	c := templateColumn{label: p.Label, head: p.Label.Zh, about: p.Description}
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
	case schema.TypeRegions:
		c.form, c.example, c.text = schema.Text{Zh: "行政区划代码或名称，多个用“；”隔开", En: "GB/T 2260 codes or names with ； between"}, "330100；330200", true
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
