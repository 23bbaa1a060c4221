package show

import (
	"liantu/cli/show/sheets"
	"liantu/schema"
)

// templateColumn is a column of a template.
type templateColumn struct {
	label, about schema.Text
	head         string      // without a unit
	needs        schema.Text // whether it has to be filled in
	form         schema.Text // what may be filled in
	example      string
	choices      []string
	text, strong bool
}

// Template makes the workbook to fill in for a kind of node or edge. What is
// filled in loads as it is.
func Template(kind *schema.Kind) *sheets.Book {
	columns := templateColumns(schema.Default(), kind)
	data := sheets.Sheet{Name: sheets.Name(kind.Label.Zh)}
	help := sheets.Sheet{Name: "填写说明 how to fill in", Columns: []sheets.Column{
		{Head: "栏 · column"},
		{Head: "要求 · needed", Wrap: true},
		{Head: "填法 · form", Wrap: true},
		{Head: "示例 · for example"},
		{Head: "解释", Wrap: true},
		{Head: "explained", Wrap: true},
	}}
	example := make([]any, len(columns))
	for i, c := range columns {
		// None of these texts is a head, so that a load skips the sheet.
		shown := ""
		if c.example != "" {
			shown = "例：" + c.example
		}
		data.Columns = append(data.Columns, sheets.Column{Head: c.label.Zh, Text: c.text, Strong: c.strong, Choices: c.choices})
		example[i] = c.example
		help.Rows = append(help.Rows, []any{both(c.label), both(c.needs), both(c.form), shown, c.about.Zh, c.about.En})
	}
	data.Rows = [][]any{example}
	for _, note := range []schema.Text{
		{Zh: "第二行是虚构的示例，填写前请改写或删除。", En: "The second row is an invented example; overwrite or delete it."},
		{Zh: "不知道的请留空，不要填 0 或“无”。", En: "Leave unknown values empty; do not write 0 or a dash."},
		{Zh: "表头可用中文或英文，不需要的栏可以删除；填好后用 liantu load 导入。", En: "Heads may be Chinese or English, and columns that are not needed may be deleted; load the file with liantu load."},
	} {
		help.Rows = append(help.Rows, []any{nil, nil, nil, nil, note.Zh, note.En})
	}
	return &sheets.Book{Title: kind.Label.Zh + " " + kind.Label.En, Sheets: []sheets.Sheet{data, help}}
}

func both(t schema.Text) string {
	if t.Zh == "" {
		return ""
	}
	return t.Zh + " · " + t.En
}
