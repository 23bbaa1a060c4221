package schema

import (
	"bufio"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// WriteMarkdown writes a page that documents the whole vocabulary: the types,
// the columns of a row, then each kind of node and of edge with its
// properties, column heads and permitted values. The same model gives the same
// bytes. The error is that of w.
func WriteMarkdown(w io.Writer, m *Model) error {
	p := &page{w: bufio.NewWriter(w), model: m}
	p.intro()
	p.types()
	p.line("## Columns of a row · 行列")
	p.line("")
	p.line("Besides the properties, a file may have these columns, which describe the row itself. 除属性外，文件还可以有以下说明整行的列。")
	p.line("")
	p.properties(m.Row)
	p.line("## Nodes · 节点")
	p.line("")
	for _, k := range m.Nodes {
		p.kind(k)
	}
	p.line("## Edges · 关系")
	p.line("")
	for _, k := range m.Edges {
		p.kind(k)
	}
	return p.w.Flush()
}

// page writes Markdown. The buffered writer holds an error until Flush.
type page struct {
	w     *bufio.Writer
	model *Model
}

func (p *page) line(format string, args ...any) {
	if len(args) == 0 {
		fmt.Fprintln(p.w, format)
		return
	}
	fmt.Fprintf(p.w, format+"\n", args...)
}

func (p *page) intro() {
	p.line("<!-- Made from schema/kinds by the tests of package schema; run them with -update after a change. -->")
	p.line("# Vocabulary · 词汇表")
	p.line("")
	p.line("What the graph can say: %d kinds of nodes and %d kinds of edges. Files, stores, questions and the API all use these names; "+
		"a column head may be the name of a property, one of its labels or an alias, whatever its case, width and punctuation.",
		len(p.model.Nodes), len(p.model.Edges))
	p.line("")
	p.line("图谱能表达的全部内容：%d 类节点、%d 类关系。文件、存储、查询和接口使用同一套名称；表头可写属性名、中英文标签或别名，大小写、全半角和标点不计。",
		len(p.model.Nodes), len(p.model.Edges))
	p.line("")
	p.line("| kind | 中文 | English |")
	p.line("|---|---|---|")
	for _, k := range p.model.Nodes {
		p.line("| [%s](#%s) | %s | %s |", k.Name, anchor(k), k.Label.Zh, k.Label.En)
	}
	for _, k := range p.model.Edges {
		p.line("| [%s](#%s) | %s：%s | %s |", k.Name, anchor(k), k.Label.Zh, ends(k), k.Label.En)
	}
	p.line("")
}

// anchor is the address that Markdown gives to the heading of a kind.
func anchor(k *Kind) string {
	return strings.ToLower(k.Name) + "-" + strings.ReplaceAll(k.Label.Zh, " ", "-")
}

// ends lists the kinds an edge may join.
func ends(k *Kind) string {
	if k.Edge.Pairs == nil {
		return strings.Join(k.Edge.From, ", ") + " → " + strings.Join(k.Edge.To, ", ")
	}
	var pairs []string
	for _, pair := range k.Edge.Pairs {
		pairs = append(pairs, pair[0]+" → "+pair[1])
	}
	return strings.Join(pairs, "; ")
}

func (p *page) types() {
	p.line("## Types · 类型")
	p.line("")
	p.line("| type | what it takes | 说明 |")
	p.line("|---|---|---|")
	for _, t := range Types() {
		text := t.Description()
		p.line("| `%s` | %s | %s |", t, cell(text.En), cell(text.Zh))
	}
	p.line("")
}

func (p *page) kind(k *Kind) {
	p.line("### %s %s", k.Name, k.Label.Zh)
	p.line("")
	p.line("%s", k.Description.En)
	p.line("")
	p.line("%s", k.Description.Zh)
	p.line("")
	if k.IsEdge() {
		p.line("- Joins · 连接：%s", ends(k))
		p.line("- Seen from the object · 反向：%s · %s", k.Edge.Reverse.En, k.Edge.Reverse.Zh)
		if len(k.Key) > 0 {
			p.line("- One edge for each · 区分并行关系：%s", names(k.Key))
		}
	} else {
		p.line("- Found by, strongest first · 识别方式（由强到弱）：%s", identity(k))
		p.line("- Shown as · 显示为：`%s`", k.Caption)
		if k.Sensitivity != Public {
			p.line("- Who may know that one exists · 可知范围：%s · %s", k.Sensitivity.Label().En, k.Sensitivity.Label().Zh)
		}
	}
	if !k.IsEdge() && len(k.Typical) > 0 {
		p.line("- A table is recognised as one of these by its columns only with one of · 表格须含以下之一才按列认定为本类：%s", names(k.Typical))
	}
	for i, heads := range k.Levels {
		p.line("- Level %d of a table of parts · 分级表第 %d 级：%s", i+1, i+1, strings.Join(heads, ", "))
	}
	p.line("")
	p.properties(k.Properties)
	p.along(k)
}

// along lists the columns of tables of nodes that state edges: in an edge its
// own, in a node those of all edges.
func (p *page) along(k *Kind) {
	var rows []AlongRow
	if !k.IsEdge() {
		rows = p.model.Along(k)
	}
	if len(rows) == 0 {
		return
	}
	p.line("Columns for edges · 写关系的列：")
	p.line("")
	p.line("| column heads · 表头 | edge · 关系 | names · 所指 | with it · 随附 |")
	p.line("|---|---|---|---|")
	for _, row := range rows {
		var kinds []string
		for _, kind := range row.Kinds {
			kinds = append(kinds, kind.Name)
		}
		which := strings.Join(kinds, ", ")
		if !row.One {
			which += " (several · 可多个)"
		}
		for _, heads := range row.Columns() {
			p.line("| %s | `%s` | %s | %s |", cell(strings.Join(heads, ", ")), row.Edge.Name, which, cell(beside(row)))
		}
	}
	p.line("")
}

// beside lists what else a row states of the edge.
func beside(row AlongRow) string {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(row.Set)) {
		parts = append(parts, "`"+name+"` = "+row.Set[name])
	}
	for _, name := range slices.Sorted(maps.Keys(row.Parts)) {
		parts = append(parts, "`"+name+"`: the rest of the cell · 同一格的其余部分")
	}
	for _, b := range row.Beside {
		parts = append(parts, "`"+b.Property.Name+"`: "+strings.Join(b.Heads, ", "))
	}
	if len(row.Within) > 0 {
		parts = append(parts, "part of · 属于："+strings.Join(row.Within, ", "))
	}
	return strings.Join(parts, "; ")
}

// identity lists the groups of identifying properties.
func identity(k *Kind) string {
	var groups []string
	for i, group := range k.Identify {
		text := names(group)
		if k.Fallbacks(i) {
			text += " (only without those before · 仅在没有前述标识时)"
		}
		groups = append(groups, text)
	}
	if k.Whole {
		groups = append(groups, "a key with a blank or masked part identifies nobody · 任一部分为空或被遮蔽则不构成标识")
	}
	return strings.Join(groups, "; ")
}

func names(list []string) string {
	return "`" + strings.Join(list, "` + `") + "`"
}

func (p *page) properties(list []*Property) {
	p.line("| property | label · 标签 | type | who sees it · 可见范围 | meaning · 含义 | other column heads · 其他表头 |")
	p.line("|---|---|---|---|---|---|")
	for _, property := range list {
		name := "`" + property.Name + "`"
		if property.Required {
			name += " (required · 必填)"
		}
		visible := property.Sensitivity.Label()
		p.line("| %s | %s · %s | `%s` | %s · %s | %s | %s |", name, property.Label.En, property.Label.Zh, property.Type,
			visible.En, visible.Zh, meaning(property), cell(strings.Join(property.Aliases, ", ")))
	}
	p.line("")
}

// meaning joins the description, the reason for personal data, the values and
// which of two values is shown.
func meaning(p *Property) string {
	parts := []string{p.Description.En, p.Description.Zh}
	if p.Reason != (Text{}) {
		parts = append(parts, "Stored because · 保留理由： "+p.Reason.En+" "+p.Reason.Zh)
	}
	for _, v := range p.Values {
		value := "`" + v.Name + "` " + v.Label.En + " · " + v.Label.Zh
		if len(v.Aliases) > 0 {
			value += " (" + strings.Join(v.Aliases, ", ") + ")"
		}
		parts = append(parts, value)
	}
	if len(p.TieBreak) > 0 {
		parts = append(parts, "Among values of the same day and grade, the first in this list wins · 同日同级时先列者优先： `"+strings.Join(p.TieBreak, "`, `")+"`")
	}
	if p.Enum != "" {
		parts = append(parts, "Name of the enum · 枚举名：`"+p.Enum+"`")
	}
	if len(p.EvenAssumed) > 0 {
		parts = append(parts, "Counts by its day even if that is assumed · 日期为推定时也按该日期计： `"+strings.Join(p.EvenAssumed, "`, `")+"`")
	}
	if p.VerifiedFirst {
		parts = append(parts, "A value of grade D is shown only where no source of a better grade states one. 有更高证据等级的取值时，不显示 D 级的取值。A name without a legal form is shown only where there is none with one. 有带组织形式的全称时，不显示简称。")
	}
	for i := range parts {
		parts[i] = cell(parts[i])
	}
	return strings.Join(parts, "<br>")
}

// cell keeps a text from breaking the table it stands in.
func cell(text string) string {
	return strings.NewReplacer("|", `\|`, "\n", "<br>").Replace(text)
}
