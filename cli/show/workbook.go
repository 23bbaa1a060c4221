package show

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"liantu/cli/show/sheets"
	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/schema"
)

// workbook lays an answer out as a workbook: its table, how to read it, and
// the tables that go with it.
func (p *Printer) workbook(asked Asked, a *Answer) *sheets.Book {
	book := &sheets.Book{Title: asked.Title}
	book.Sheets = append(book.Sheets, p.sheet(asked.Title, a.Table), p.notes(&asked, a))
	for _, more := range a.More {
		if len(more.Rows) > 0 {
			book.Sheets = append(book.Sheets, p.sheet(p.Text(more.Title), more))
		}
	}
	return book
}

// sheet lays a table out. Cells hold what people read, numbers as numbers; a cell
// of an unknown value is empty. A column whose cells have codes gets a further
// column for them.
func (l Language) sheet(name string, t *Table) sheets.Sheet {
	s := sheets.Sheet{Name: sheets.Name(name), Filter: true}
	var values []func(row []Cell) any
	for i, c := range t.Columns {
		if code := l.Text(c.Code); code != "" {
			s.Columns = append(s.Columns, sheets.Column{Head: code, Text: true})
			values = append(values, func(row []Cell) any { return row[i].Raw })
		}
		if head := l.Text(c.Head); head != "" {
			s.Columns = append(s.Columns, sheets.Column{Head: head, Format: t.numberFormat(i), Wrap: c.Flex, Choices: c.Choices})
			values = append(values, func(row []Cell) any { return c.value(row[i]) })
		}
	}
	for _, row := range t.Rows {
		cells := make([]any, len(values))
		for i, value := range values {
			cells[i] = value(row)
		}
		s.Rows = append(s.Rows, cells)
	}
	return s
}

// value is what a cell of a workbook holds.
func (c *Column) value(x Cell) any {
	switch n, number := c.number(x); {
	case number:
		return n
	case x.Raw == "" && x.Text == "–":
		return nil
	default:
		return x.Text
	}
}

// shownNumber is a number as the terminal shows it, with what may follow.
var shownNumber = regexp.MustCompile(`^[+-]?\d+(\.\d+)?(%?)`)

// numberFormat shows the numbers of a column as the terminal does: with as many
// decimals, and as shares of a hundred where they are.
func (t *Table) numberFormat(i int) string {
	for _, row := range t.Rows {
		if _, number := t.Columns[i].number(row[i]); !number {
			continue
		}
		m := shownNumber.FindStringSubmatch(row[i].Text)
		switch {
		case m == nil:
			return ""
		case m[2] == "%":
			return "0%"
		case m[1] != "":
			return "0." + strings.Repeat("0", len(m[1])-1)
		default:
			return "0"
		}
	}
	return ""
}

// Asked is the question of an answer. It names the file of an answer, and is among
// the notes of a workbook.
type Asked struct {
	Title      string   // the title of the answer
	Subjects   []string // what it is about, by short names
	Conditions []string // each as "name: value"
	Command    string   // the command that asks it again
	Reference  string   // the area that numbers are compared with, "" for none
	Program    string   // the version of the program

	Picture *projection.Projection // what the answer is computed from, nil for none
}

// notes is the sheet that explains an answer: what was asked, of which
// data, and what the words mean.
func (p *Printer) notes(asked *Asked, a *Answer) sheets.Sheet {
	n := notes{Language: p.Language}
	n.add(schema.Text{Zh: "内容", En: "what it is"}, asked.Title)
	for _, line := range a.Heading {
		n.add(schema.Text{Zh: "说明", En: "in short"}, line)
	}
	for _, line := range asked.Conditions {
		n.add(schema.Text{Zh: "条件", En: "condition"}, line)
	}
	n.add(schema.Text{Zh: "命令", En: "command"}, asked.Command)
	if asked.Reference != "" {
		n.add(schema.Text{Zh: "参照范围", En: "reference area"}, asked.Reference)
	}
	if p := asked.Picture; p != nil {
		n.add(schema.Text{Zh: "图谱最新数据", En: "newest data in the graph"}, n.DataDate(p))
		n.add(schema.Text{Zh: "图谱版本", En: "version of the graph"}, fmt.Sprint(p.Version()))
		for _, notice := range p.Notices() {
			n.add(schema.Text{Zh: "使用提示", En: "notice"}, n.Text(notice))
		}
		if p.Past() {
			n.add(schema.Text{Zh: "截至", En: "as of"}, p.AsOf())
		}
	}
	n.add(schema.Text{Zh: "导出时间", En: "exported"}, time.Now().Format("2006-01-02 15:04"))
	n.add(schema.Text{Zh: "程序版本", En: "version of the program"}, asked.Program)
	n.add(schema.Text{Zh: "行数", En: "rows"}, fmt.Sprint(len(a.Table.Rows)))
	n.add(schema.Text{Zh: "空白单元格", En: "empty cells"}, p.Text(schema.Text{
		Zh: "尚不掌握，不等于零或没有", En: "not known, which is neither zero nor none",
	}))
	n.legend(a.Table, asked.Picture != nil)
	return sheets.Sheet{
		Name: p.Text(schema.Text{Zh: "口径说明", En: "how to read it"}),
		Columns: []sheets.Column{
			{Head: p.Text(schema.Text{Zh: "项目", En: "ITEM"}), Wrap: true},
			{Head: p.Text(schema.Text{Zh: "说明", En: "TEXT"}), Wrap: true},
		},
		Rows: n.rows,
	}
}

// notes are the rows of the sheet that explains an answer.
type notes struct {
	Language
	rows [][]any
}

func (n *notes) add(item schema.Text, text string) {
	n.rows = append(n.rows, []any{n.Text(item), text})
}

// legend explains the words of the table: its columns and, where it is about a
// picture, grades of evidence, states and actions.
func (n *notes) legend(t *Table, picture bool) {
	states, actions := false, false
	for _, c := range t.Columns {
		states = states || strings.HasPrefix(c.Name, "state") && picture
		actions = actions || strings.HasPrefix(c.Name, "action") && picture
		if note := n.Text(c.Note); note != "" {
			n.add(c.Head, note)
		}
	}
	if picture {
		for _, g := range schema.Default().FindRow("grade").Values {
			n.add(schema.Text{Zh: "证据等级 " + g.Name, En: "grade of evidence " + g.Name}, n.Text(g.Label))
		}
	}
	if states {
		for _, s := range gaps.States() {
			n.add(prefixed("状态：", "state: ", s.Label()), n.Text(s.Meaning()))
		}
	}
	if actions {
		for _, x := range gaps.Actions() {
			n.add(prefixed("动作：", "action: ", x.Label()), n.Text(x.Meaning()))
		}
	}
}

func prefixed(zh, en string, label schema.Text) schema.Text {
	return schema.Text{Zh: zh + label.Zh, En: en + label.En}
}
