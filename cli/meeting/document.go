package meeting

import (
	"fmt"
	"slices"
	"strings"

	"liantu/cli/show"
	"liantu/cli/show/documents"
	"liantu/graph/gaps"
	"liantu/graph/projection"
)

// How much of each part the document has, so that it keeps to four pages.
const (
	shownLinks = 10
	shownDoors = 4
	shownCheck = 5
)

// Document lays papers out as a document of a few pages: what is missing and why, whom to
// approach, who opens the door, how others stand, and what is not known.
func (out *Papers) Document(p *projection.Projection, m *Made) *documents.Document {
	w := &writer{m.Language, out, p, out.Rows.Region}
	d := &documents.Document{
		Title: w.title(), Line: w.dateLine(m), Foot: w.foot(m), Made: m.At,
		Page: documents.Words{Before: w.say("第 ", "page "), Between: w.say(" 页，共 ", " of "), After: chosen(w, " 页", "")},
		Box:  []documents.Run{{Text: w.say("口径与日期　", "Basis  "), Bold: true}, {Text: strings.Join(w.basis(), w.say("；", "; ")) + w.say("。", ".")}},
	}
	d.Sections = []documents.Section{
		{Head: w.say("一　结论", "1  What is found"), Blocks: w.found()},
		{Head: w.say("二　缺什么、为什么、找谁", "2  What is missing, why, and whom to approach"), Blocks: w.missing()},
		{Head: w.say("三　谁能引见", "3  Who opens the door"), Blocks: w.openers()},
		{Head: w.say("四　几地并看", "4  How others stand"), Blocks: w.others()},
		{Head: w.say("五　还不知道什么", "5  What is not known"), Blocks: w.notKnown()},
	}
	return d
}

var weekdays = []string{"日", "一", "二", "三", "四", "五", "六"}

func (w *writer) dateLine(m *Made) string {
	line := m.At.Format("2 January 2006, Monday")
	if w.Language == show.Chinese {
		line = fmt.Sprintf("%s（周%s）", m.At.Format("2006 年 1 月 2 日"), weekdays[m.At.Weekday()])
	}
	if w.p.Past() {
		line += w.sayf(" · 截至 %s 的情况", " · as of %s", w.p.AsOf())
	}
	line += w.say(" · 内部资料", " · internal")
	if w.Synthetic() {
		line += w.say(" · 含虚构的示例数据", " · with invented sample data")
	}
	return line
}

// found counts the links by state, and by ecosystem.
func (w *writer) found() []documents.Block {
	sum := map[gaps.State]int{}
	for _, v := range w.Rows.Verdicts {
		sum[v.State]++
	}
	actions := map[gaps.Action]int{}
	for _, v := range w.List {
		actions[v.Action]++
	}
	var counts, work []string
	for _, s := range states {
		if sum[s] > 0 {
			counts = append(counts, w.sayf("%s %d 个", "%[2]d %[1]s", w.Text(s.Label()), sum[s]))
		}
	}
	for _, a := range gaps.Actions() {
		if actions[a] > 0 {
			work = append(work, w.sayf("%s %d 个", "%[2]d to %[1]s", w.Text(a.Label()), actions[a]))
		}
	}
	text := w.sayf("%s %d 个环节中，%s。", "Of %[2]d links in %[1]s, %[3]s.", w.name(w.region), len(w.Rows.Verdicts), w.list(counts))
	switch {
	case len(w.List) == 0:
		text += w.say("所问范围内没有需要办理的环节。", " None of those asked about calls for work.")
	default:
		text += w.sayf("需要办理的 %d 个：%s；按优先次序列于附表“作战图”，前 %d 个见下。", " %d call for work: %s. The workbook lists them by priority; the first %d are below.",
			len(w.List), w.list(work), min(shownLinks, len(w.List)))
	}
	t := &documents.Table{Columns: []documents.Column{{Head: w.say("生态圈", "Ecosystem"), Width: chosen(w, 16, 20)}}}
	for _, s := range states {
		t.Columns = append(t.Columns, documents.Column{Head: w.Text(s.Label()), Width: chosen(w, 9, 13), Right: true})
	}
	t.Columns = append(t.Columns, documents.Column{Head: w.say("最急的环节", "Most urgent"), Width: chosen(w, 38, 30)})
	for _, e := range w.ecosystems() {
		name := w.name(e.of)
		if name == "" {
			name = w.say("不属任何生态圈", "none")
		}
		row := []documents.Cell{{{Text: name, Bold: true}}}
		for _, s := range states {
			row = append(row, documents.Cell{{Text: fmt.Sprint(e.links[s])}})
		}
		t.Rows = append(t.Rows, append(row, documents.Cell{{Text: w.list(e.first)}}))
	}
	return []documents.Block{documents.Plain(text), {Table: t}}
}

// missing lists the first links of the list.
func (w *writer) missing() []documents.Block {
	if len(w.List) == 0 {
		return []documents.Block{documents.Plain(w.say("无。", "None."))}
	}
	t := &documents.Table{Columns: []documents.Column{
		{Head: w.say("序", "#"), Width: 7, Right: true},
		{Head: w.say("环节", "Link"), Width: 22},
		{Head: w.say("结论与行动", "Verdict, action"), Width: chosen(w, 11, 19)},
		{Head: w.say("企业/应有", "Firms / expected"), Width: chosen(w, 12, 14), Right: true},
		{Head: w.say("把握", "Sure"), Width: 10, Right: true},
		{Head: w.say("为什么急", "Why urgent"), Width: 36},
		{Head: w.say("招引对象（前 3）", "Whom to attract"), Width: 26},
	}}
	for i, v := range w.List[:min(shownLinks, len(w.List))] {
		t.Rows = append(t.Rows, []documents.Cell{
			{{Text: fmt.Sprint(i + 1)}},
			{{Text: w.name(v.Link), Bold: true}, {Text: w.name(v.Chain)}},
			{{Text: w.Text(v.State.Label()), Bold: true}, {Text: w.Text(v.Action.Label())}},
			{{Text: fmt.Sprintf("%d / %s", v.Numbers.Companies, expected(v))}},
			{{Text: show.Percent(v.Confidence)}},
			{{Text: w.why(v)}},
			{{Text: w.first(v.Link)}},
		})
	}
	blocks := []documents.Block{{Table: t}}
	if denied := w.denied("candidates"); denied != "" {
		blocks = append(blocks, documents.Plain(w.say("招引对象：", "Whom to attract: ")+denied))
	}
	return blocks
}

// openers puts the strongest introductions into words.
func (w *writer) openers() []documents.Block {
	if len(w.Doors) == 0 {
		text := w.denied("introductions")
		if text == "" {
			text = w.say("对以上环节，尚不掌握可用的引荐路径。请补充乡贤、商会会员、供货或服务关系，并征得本人同意。",
				"No path to a company for these links is known. Add people with their consent, memberships, supplies or services.")
		}
		return []documents.Block{documents.Plain(text)}
	}
	var blocks []documents.Block
	for _, d := range w.Doors[:min(shownDoors, len(w.Doors))] {
		blocks = append(blocks, documents.Block{Text: []documents.Run{
			{Text: w.sayf("%s（可补“%s”，强度 %s）：", "%s (for %s, strength %s): ", w.short(d.Company), w.name(d.Link), show.Percent(d.Strength)), Bold: true},
			{Text: w.Join([]string{w.way(d), w.Text(d.Ask.Asker), w.Text(d.Ask.Request)})},
		}})
	}
	return append(blocks, documents.Plain(w.say("人员只列编号，姓名与联系方式不入材料，请向联络责任单位查询。", "People appear by code; names and contacts are with those in charge.")))
}

// others shows the states of other regions at the first links of the list.
func (w *writer) others() []documents.Block {
	c := w.Compared
	if c == nil {
		text := w.denied("compare")
		if text == "" {
			text = w.say("没有可比的同级地区。", "There is no region of the same level to compare with.")
		}
		return []documents.Block{documents.Plain(text)}
	}
	t := &documents.Table{Columns: []documents.Column{{Head: w.say("环节", "Link"), Width: 30}}}
	for _, r := range c.Regions {
		t.Columns = append(t.Columns, documents.Column{Head: w.name(r), Width: 22})
	}
	for _, v := range w.List[:min(shownLinks, len(w.List))] {
		i := slices.Index(c.Links, v.Link)
		if i < 0 {
			continue
		}
		row := []documents.Cell{{{Text: w.name(v.Link)}}}
		for k := range c.Regions {
			there := c.Cells[i][k]
			row = append(row, documents.Cell{{Text: w.sayf("%s，%d 家", "%s, %d", w.Text(there.State.Label()), there.Numbers.Companies)}})
		}
		t.Rows = append(t.Rows, row)
	}
	return []documents.Block{{Table: t}}
}

// notKnown says what the answers cannot say.
func (w *writer) notKnown() []documents.Block {
	all, by := w.unknowns()
	var parts []string
	for i, u := range unknownWhy {
		if by[i] > 0 {
			parts = append(parts, w.sayf("%s的 %d 个", "%s: %d", w.Text(u.text), by[i]))
		}
	}
	text := w.say("没有结论不明的环节。", "No link is of unknown state.")
	if all > 0 {
		text = w.sayf("结论不明的环节 %d 个", "%d links are of unknown state", all)
		if len(parts) > 0 {
			text += w.say("：", ": ") + strings.Join(parts, w.say("；", "; "))
		}
		text += w.say("。不明不等于缺失。", ". Unknown does not mean absent.")
	}
	blocks := []documents.Block{documents.Plain(text)}
	if n := w.Rows.Coverage.Unattributed; n > 0 {
		blocks = append(blocks, documents.Plain(w.sayf("本地另有 %d 家企业尚未归入任何环节，归类后结论可能改变。", "%d more companies here are not placed at any link; placing them may change verdicts.", n)))
	}
	var check []string
	for _, v := range w.Rows.Verdicts {
		if v.Action == gaps.Check && len(check) < shownCheck {
			check = append(check, w.name(v.Link))
		}
	}
	if len(check) > 0 {
		blocks = append(blocks, documents.Plain(w.sayf("建议先摸底：%s。", "Find out first about %s.", w.list(check))))
	}
	for _, v := range w.List[:min(best, len(w.List))] {
		if changes := v.WhatWouldChange(); len(changes) > 0 {
			blocks = append(blocks, documents.Plain(w.sayf("“%s”的结论会因此改变：%s", "What would change the verdict on %s: %s", w.name(v.Link), w.Text(changes[0].Text))))
		}
	}
	return blocks
}
