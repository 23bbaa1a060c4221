package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"liantu/graph"
	"liantu/graph/gaps"
	"liantu/schema"
	"liantu/sheets"
)

// workbook lays an answer out as a workbook: its table, how to read it, and
// the tables that go with it.
func (a *app) workbook(cmd *cobra.Command, t *table) *sheets.Book {
	title := a.title(cmd)
	book := &sheets.Book{Title: title}
	book.Sheets = append(book.Sheets, a.sheet(title, t), a.notes(cmd, t))
	for _, more := range t.more {
		if len(more.rows) > 0 {
			book.Sheets = append(book.Sheets, a.sheet(a.text(more.title), more))
		}
	}
	return book
}

// sheet lays a table out. What people read stands in the cells, numbers as
// numbers, and what is unknown leaves its cell empty. A column that has a code
// behind its text gets a column for the code.
func (a *app) sheet(name string, t *table) sheets.Sheet {
	s := sheets.Sheet{Name: sheets.Name(name), Filter: true}
	var values []func(row []cell) any
	for i, c := range t.columns {
		if code := a.text(c.code); code != "" {
			s.Columns = append(s.Columns, sheets.Column{Head: code, Text: true})
			values = append(values, func(row []cell) any { return row[i].raw })
		}
		if head := a.text(c.head); head != "" {
			s.Columns = append(s.Columns, sheets.Column{Head: head, Format: t.numberFormat(i), Wrap: c.flex, Choices: c.choices})
			values = append(values, func(row []cell) any { return c.value(row[i]) })
		}
	}
	for _, row := range t.rows {
		cells := make([]any, len(values))
		for i, value := range values {
			cells[i] = value(row)
		}
		s.Rows = append(s.Rows, cells)
	}
	return s
}

// value is what a cell of a workbook holds.
func (c *column) value(x cell) any {
	switch n, number := c.number(x); {
	case number:
		return n
	case x.raw == "" && x.text == "–":
		return nil
	default:
		return x.text
	}
}

// shownNumber is a number as the terminal shows it, with what may follow.
var shownNumber = regexp.MustCompile(`^[+-]?\d+(\.\d+)?(%?)`)

// numberFormat shows the numbers of a column as the terminal does: with as many
// decimals, and as shares of a hundred where they are.
func (t *table) numberFormat(i int) string {
	for _, row := range t.rows {
		if _, number := t.columns[i].number(row[i]); !number {
			continue
		}
		m := shownNumber.FindStringSubmatch(row[i].text)
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

// flagNames are what the conditions of a question are called in Chinese.
var flagNames = map[string]string{
	"region": "地区", "regions": "地区", "ecosystem": "生态圈", "chain": "产业链", "link": "环节", "peers": "参照地区",
	"reference": "参照地区", "min-grade": "最低证据等级", "state": "状态", "action": "动作", "order-by": "排序", "limit": "行数上限",
	"as-of": "截至日期", "since": "起点", "company": "企业", "person": "人员编号", "layer": "图层", "land": "落地企业",
	"leave": "迁出企业", "close": "注销企业", "kind": "类别", "property": "属性", "task-force": "专班", "partner": "中介机构",
	"per-need": "每项需求的机构数", "min-score": "最低得分", "stale-years": "陈旧年限",
	"source": "数据来源", "grade": "证据等级", "batch": "批次名称", "mapping": "映射", "sheet": "工作表", "header-row": "表头行",
	"encoding": "编码", "assert": "导入断言", "rejects": "退回文件", "dry-run": "试运行", "names": "按名称认企业",
}

// notes is the sheet that says how to read an answer: what was asked, of which
// data, and what the words mean.
func (a *app) notes(cmd *cobra.Command, t *table) sheets.Sheet {
	n := notes{app: a}
	n.add(schema.Text{Zh: "内容", En: "what it is"}, a.title(cmd))
	for _, line := range t.heading {
		n.add(schema.Text{Zh: "说明", En: "in short"}, line)
	}
	command := strings.Join(append([]string{cmd.CommandPath()}, cmd.Flags().Args()...), " ")
	settings := cmd.InheritedFlags()
	cmd.Flags().Visit(func(f *pflag.Flag) {
		if f.Name == "format" || f.Name == "out" || settings.Lookup(f.Name) != nil {
			return
		}
		text := strings.Trim(f.Value.String(), "[]")
		command += " --" + f.Name + " " + text
		name := flagNames[f.Name]
		if name == "" || a.lang != "zh" {
			name = f.Name
		}
		n.add(schema.Text{Zh: "条件", En: "condition"}, name+": "+text)
	})
	n.add(schema.Text{Zh: "命令", En: "command"}, command)
	n.reference(cmd)
	if p := a.picture; p != nil {
		n.add(schema.Text{Zh: "数据截至", En: "data to"}, p.DataDate())
		n.add(schema.Text{Zh: "图谱版本", En: "version of the graph"}, fmt.Sprint(p.Version()))
		if p.Past() {
			n.add(schema.Text{Zh: "回看日期", En: "as of"}, p.AsOf())
		}
	}
	n.add(schema.Text{Zh: "导出时间", En: "exported"}, time.Now().Format("2006-01-02 15:04"))
	n.add(schema.Text{Zh: "程序版本", En: "version of the program"}, buildVersion())
	n.add(schema.Text{Zh: "行数", En: "rows"}, fmt.Sprint(len(t.rows)))
	n.add(schema.Text{Zh: "空白单元格", En: "empty cells"}, a.text(schema.Text{
		Zh: "尚不掌握，不等于零或没有", En: "not known, which is neither zero nor none",
	}))
	n.legend(t)
	return sheets.Sheet{
		Name: a.text(schema.Text{Zh: "口径说明", En: "how to read it"}),
		Columns: []sheets.Column{
			{Head: a.text(schema.Text{Zh: "项目", En: "ITEM"}), Wrap: true},
			{Head: a.text(schema.Text{Zh: "说明", En: "TEXT"}), Wrap: true},
		},
		Rows: n.rows,
	}
}

// notes are the rows of the sheet that says how to read an answer.
type notes struct {
	app  *app
	rows [][]any
}

func (n *notes) add(item schema.Text, text string) {
	n.rows = append(n.rows, []any{n.app.text(item), text})
}

// reference says what the numbers are compared with, where they are.
func (n *notes) reference(cmd *cobra.Command) {
	for _, name := range []string{"reference", "peers"} {
		f := cmd.Flags().Lookup(name)
		if f == nil || f.Value.Type() != "stringSlice" {
			continue
		}
		area := n.app.text(schema.Text{Zh: "全国", En: "the whole country"})
		if f.Changed {
			area = n.app.subject("Region", f)
		}
		n.add(schema.Text{Zh: "参照范围", En: "reference area"}, area)
		return
	}
}

// legend explains the words of the table: its columns, grades of evidence,
// states and actions.
func (n *notes) legend(t *table) {
	states, actions := false, false
	for _, c := range t.columns {
		states = states || strings.HasPrefix(c.name, "state") && n.app.picture != nil
		actions = actions || strings.HasPrefix(c.name, "action") && n.app.picture != nil
		if note := n.app.text(c.note); note != "" {
			n.add(c.head, note)
		}
	}
	if n.app.picture != nil {
		for _, g := range []graph.Grade{graph.GradeA, graph.GradeB, graph.GradeC, graph.GradeD} {
			n.add(schema.Text{Zh: "证据等级 " + string(g), En: "grade of evidence " + string(g)}, n.app.text(gradeNotes[g]))
		}
	}
	if states {
		for _, s := range gaps.States() {
			n.add(prefixed("状态：", "state: ", s.Label()), n.app.text(s.Meaning()))
		}
	}
	if actions {
		for _, x := range gaps.Actions() {
			n.add(prefixed("动作：", "action: ", x.Label()), n.app.text(x.Meaning()))
		}
	}
}

func prefixed(zh, en string, label schema.Text) schema.Text {
	return schema.Text{Zh: zh + label.Zh, En: en + label.En}
}

var gradeNotes = map[graph.Grade]schema.Text{
	graph.GradeA: {Zh: "登记机关或官方公告", En: "a public register or an official filing"},
	graph.GradeB: {Zh: "企业自行披露", En: "the company's own disclosure"},
	graph.GradeC: {Zh: "按成文规则由其他事实推出", En: "derived from other facts by a written rule"},
	graph.GradeD: {Zh: "未经核实的名单", En: "an unverified list"},
}

// inFile reports whether a form is the table as data, which a heading on the
// standard output would spoil.
func inFile(format string) bool { return slices.Contains([]string{"csv", "xlsx"}, format) }
