package meeting

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"liantu/cli/show"
	"liantu/cli/show/sheets"
	"liantu/graph"
	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/schema"
)

// Made says by whom, when and from what the papers are made.
type Made struct {
	At       time.Time
	By       string   // the caller; "" for the user of the machine
	Program  string   // the version of the program
	Asked    []string // the conditions of the question, each as "name: value"
	Language show.Language
}

// foot stands at the foot of each page.
func (w *writer) foot(m *Made) string {
	text := w.sayf("链图 · 数据第 %d 版 · %s 生成", "Liantu · data version %d · made %s", w.Version(), m.At.Format("2006-01-02 15:04"))
	if m.By != "" {
		text += " · " + m.By
	}
	return text
}

// Workbook lays papers out as a workbook of five sheets: what is to be done, whom to approach,
// who opens the door, how other regions stand, and how to read it. Names come before codes.
func (out *Papers) Workbook(p *projection.Projection, m *Made) *sheets.Book {
	w := &writer{m.Language, out, p, out.Rows.Region}
	book := &sheets.Book{Title: w.title(), Made: m.At}
	lines := w.basis()
	line := strings.Join(lines[:min(2, len(lines))], w.say("；", "; "))
	if out.Synthetic() {
		line += w.say("；含虚构的示例数据", "; invented sample data took part")
	}
	if w.p.Past() {
		line = w.sayf("截至 %s 的情况；", "as of %s; ", w.p.AsOf()) + line
	}
	for _, s := range []struct {
		sheets.Sheet
		zh, en string
	}{
		{w.workSheet(), "作战图", "battle map"},
		{w.targetSheet(), "招商目标清单", "targets"},
		{w.doorSheet(), "引荐路径", "introductions"},
		{w.compareSheet(), "对比", "comparison"},
		{w.notesSheet(m), "口径说明", "how to read it"},
	} {
		s.Name = w.say(s.zh, s.en)
		s.Page = &sheets.Page{Title: w.sayf("%s%s", "%s: %s", w.name(w.region), s.Name), Line: line, Foot: w.foot(m)}
		book.Sheets = append(book.Sheets, s.Sheet)
	}
	return book
}

// title is that of the papers.
func (w *writer) title() string {
	return w.sayf("%s产业链补链强链会商材料", "%s: gaps in industry chains, papers for the meeting", w.name(w.region))
}

// figure is a number, nil where it is not known.
func figure(f gaps.Figure) any {
	x, known := f.Get()
	if !known {
		return nil
	}
	return x
}

func (w *writer) workSheet() sheets.Sheet {
	s := sheets.Sheet{Filter: true, Columns: []sheets.Column{
		{Head: w.say("序号", "No.")},
		{Head: w.say("环节", "Link"), Wrap: true},
		{Head: w.say("产业链", "Chain"), Wrap: true},
		{Head: w.say("生态圈", "Ecosystem")},
		{Head: w.say("结论", "Verdict")},
		{Head: w.say("行动", "Action")},
		{Head: w.say("企业", "Firms"), Format: "0"},
		{Head: w.say("应有", "Expected"), Format: "0.0"},
		{Head: w.say("把握", "Sure"), Format: "0%"},
		{Head: w.say("优先", "Priority"), Format: "0.00"},
		{Head: w.say("规划定位", "Planned role")},
		{Head: w.say("责任", "Owner"), Wrap: true},
		{Head: w.say("期限", "Due")},
		{Head: w.say("为什么急", "Why urgent"), Wrap: true},
		{Head: w.say("招引对象（前 3）", "Whom to attract (first 3)"), Wrap: true},
		{Head: w.say("环节编号", "Link code")},
	}}
	for i, v := range w.List {
		first := any(nil)
		if _, searched := w.First[v.Link]; searched {
			first = w.first(v.Link)
		}
		s.Rows = append(s.Rows, []any{
			i + 1, w.name(v.Link), w.name(v.Chain), w.name(v.Ecosystem), w.Text(v.State.Label()), w.Text(v.Action.Label()),
			v.Numbers.Companies, figure(v.Numbers.Expected), v.Confidence, figure(v.Urgency()), w.role(v),
			w.p.Text(v.Link, "declared_owner"), w.p.Text(v.Link, "declared_due"), w.why(v), first, w.p.Code(v.Link),
		})
	}
	return s
}

// role is the role that planners declared, empty for none.
func (w *writer) role(v *gaps.Verdict) string {
	if v.Declared == "" {
		return ""
	}
	return w.Text(v.Declared.Label())
}

func (w *writer) targetSheet() sheets.Sheet {
	s := sheets.Sheet{Filter: true, Columns: []sheets.Column{
		{Head: w.say("序号", "No.")},
		{Head: w.say("企业", "Company"), Wrap: true},
		{Head: w.say("所在地", "Place")},
		{Head: w.say("补什么环节", "Fills"), Wrap: true},
		{Head: w.say("类别", "Kind")},
		{Head: w.say("得分", "Score"), Format: "0.00"},
		{Head: w.say("为什么", "Why"), Wrap: true},
		{Head: w.say("谁在跟", "Pursued by"), Wrap: true},
		{Head: w.say("员工人数", "Employees"), Format: "0"},
		{Head: w.say("注册资本（万元）", "Capital (10,000 CNY)"), Format: "0"},
		{Head: w.say("证券代码", "Stock code"), Text: true},
		{Head: w.say("统一社会信用代码", "USCC"), Text: true},
	}}
	for i, c := range w.Targets {
		var why, forces []string
		for _, r := range c.Reasons {
			if r.Points > 0 {
				why = append(why, w.Text(r.Text))
			}
		}
		for _, x := range c.Pursuits {
			forces = append(forces, w.name(x.TaskForce))
		}
		place := show.PlaceName(w.Language, w.p, w.p.PlaceOf(c.Company))
		s.Rows = append(s.Rows, []any{
			i + 1, w.name(c.Company), place, w.fills(c), w.Text(c.Kind.Label()), c.Score, w.Join(why), w.list(forces),
			w.number(c.Company, "employees"), w.number(c.Company, "registered_capital"),
			w.p.Text(c.Company, "stock_code"), w.p.Text(c.Company, "uscc"),
		})
	}
	return w.orWhy(s, "candidates", w.say("没有找到可补这些环节的企业。", "No company that would fill these links is known."))
}

// number is a number that a node has, nil where it has none.
func (w *writer) number(v projection.Vertex, property string) any {
	switch x, _ := w.p.Value(v, property); x := x.(type) {
	case float64, int64:
		return x
	}
	return nil
}

// orWhy is a sheet, and where it has no rows one that says why.
func (w *writer) orWhy(s sheets.Sheet, question, none string) sheets.Sheet {
	if len(s.Rows) > 0 {
		return s
	}
	if denied := w.denied(question); denied != "" {
		none = denied
	}
	return sheets.Sheet{Columns: []sheets.Column{{Head: w.say("说明", "Note"), Wrap: true}}, Rows: [][]any{{none}}}
}

func (w *writer) doorSheet() sheets.Sheet {
	s := sheets.Sheet{Filter: true, Columns: []sheets.Column{
		{Head: w.say("序号", "No.")},
		{Head: w.say("企业", "Company"), Wrap: true},
		{Head: w.say("补什么环节", "Fills"), Wrap: true},
		{Head: w.say("路径", "Path"), Wrap: true},
		{Head: w.say("强度", "Strength"), Format: "0%"},
		{Head: w.say("由谁出面", "Who asks"), Wrap: true},
		{Head: w.say("缘由", "Why"), Wrap: true},
		{Head: w.say("请求", "What to ask"), Wrap: true},
		{Head: w.say("证据等级", "Grade")},
	}}
	for i, d := range w.Doors {
		grade := graph.Grade("")
		for _, h := range d.Hops {
			grade = max(grade, h.Grade)
		}
		s.Rows = append(s.Rows, []any{
			i + 1, w.name(d.Company), w.name(d.Link), w.way(d), d.Strength, w.Text(d.Ask.Asker), w.Text(d.Ask.Context), w.Text(d.Ask.Request), string(grade),
		})
	}
	return w.orWhy(s, "introductions", w.say("尚不掌握可用的引荐路径。可补充乡贤、商会会员、供货或服务关系，并征得本人同意。",
		"No path is known. Add people with their consent, memberships, supplies or services."))
}

// way is the path of an introduction in sentences.
func (w *writer) way(d Door) string {
	texts := make([]string, len(d.Hops))
	for i, h := range d.Hops {
		texts[i] = w.Text(h.Text)
	}
	return w.Join(texts)
}

func (w *writer) compareSheet() sheets.Sheet {
	s := sheets.Sheet{Filter: true, Columns: []sheets.Column{
		{Head: w.say("环节", "Link"), Wrap: true}, {Head: w.say("产业链", "Chain"), Wrap: true},
	}}
	if c := w.Compared; c != nil {
		for _, r := range c.Regions {
			s.Columns = append(s.Columns, sheets.Column{Head: w.name(r)},
				sheets.Column{Head: w.say("企业", "Firms"), Format: "0"}, sheets.Column{Head: w.say("应有", "Expected"), Format: "0.0"})
		}
		s.Columns = append(s.Columns, sheets.Column{Head: w.say("环节编号", "Link code")})
		for _, v := range w.List {
			i := slices.Index(c.Links, v.Link)
			if i < 0 {
				continue
			}
			row := []any{w.name(v.Link), w.name(v.Chain)}
			for k := range c.Regions {
				there := c.Cells[i][k]
				row = append(row, w.Text(there.State.Label()), there.Numbers.Companies, figure(there.Numbers.Expected))
			}
			s.Rows = append(s.Rows, append(row, w.p.Code(v.Link)))
		}
	}
	return w.orWhy(s, "compare", w.say("没有可比的同级地区。", "There is no region of the same level to compare with."))
}

// notesSheet explains the other sheets.
func (w *writer) notesSheet(m *Made) sheets.Sheet {
	s := sheets.Sheet{Columns: []sheets.Column{{Head: w.say("项目", "Item"), Wrap: true}, {Head: w.say("说明", "Text"), Wrap: true}}}
	add := func(item schema.Text, text string) { s.Rows = append(s.Rows, []any{w.Text(item), text}) }
	for _, line := range w.basis() {
		add(schema.Text{Zh: "口径与日期", En: "basis"}, line)
	}
	for _, line := range m.Asked {
		add(schema.Text{Zh: "条件", En: "condition"}, line)
	}
	add(schema.Text{Zh: "清单", En: "list"}, w.sayf("清单列 %d 个环节，共 %d 个需要办理；招引对象只查前 %d 个，引荐只查前 %d 个",
		"%d links are listed of %d that call for work; companies are sought for the first %d, introductions for the first %d",
		len(w.List), len(w.Asked.Verdicts), ListedTargets, ListedDoors))
	if w.Left > 0 {
		add(schema.Text{Zh: "招商目标清单", En: "targets"}, w.sayf("列前 %d 家，另有 %d 家未列", "the first %d are listed, %d more are not", len(w.Targets), w.Left))
	}
	for _, x := range states {
		add(schema.Text{Zh: "结论：" + x.Label().Zh, En: "verdict: " + x.Label().En}, w.Text(x.Meaning()))
	}
	for _, x := range gaps.Actions() {
		add(schema.Text{Zh: "行动：" + x.Label().Zh, En: "action: " + x.Label().En}, w.Text(x.Meaning()))
	}
	for _, g := range schema.Default().FindRow("grade").Values {
		add(schema.Text{Zh: "证据等级 " + g.Name, En: "grade of evidence " + g.Name}, w.Text(g.Label))
	}
	add(schema.Text{Zh: "应有", En: "expected"}, w.say("按参照范围的构成，本地应有的企业数", "how many companies the make-up of the reference would give here"))
	add(schema.Text{Zh: "空白单元格", En: "empty cells"}, w.say("尚不掌握，不等于零或没有", "not known, which is neither zero nor none"))
	add(schema.Text{Zh: "人员", En: "people"}, w.say("只列编号；姓名与联系方式请向联络责任单位查询", "by code only; names and contacts are with those in charge"))
	if w.Synthetic() {
		add(schema.Text{Zh: "注意", En: "note"}, w.say("统计中含虚构的示例数据", "invented sample data took part"))
	}
	add(schema.Text{Zh: "生成", En: "made"}, fmt.Sprintf("%s · %s", w.foot(m), m.Program))
	return s
}
