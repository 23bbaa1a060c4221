package loaders

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"liantu/loaders/rehearsal"
	"liantu/message"
	"liantu/schema"
)

// TextOptions state how a report is written as text.
type TextOptions struct {
	Chinese bool // labels in Chinese; the reasons of faults are in English
	Faults  int  // how many faults of each severity and code are shown; negative for all
}

// WriteJSON writes the report as one JSON object, with all faults it lists.
func (r *Report) WriteJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(r)
}

// WriteText writes the report for people: files with their rows and kinds,
// then the faults by severity and code, worst first, then the totals. It
// omits durations, so that the same load gives the same text.
func (r *Report) WriteText(w io.Writer, o TextOptions) error {
	t := &reportText{Writer: bufio.NewWriter(w), o: o}
	if r.DryRun {
		t.line("试运行：未写入任何内容", "dry run: nothing was written")
	}
	t.counts(schema.Text{Zh: "行政区划表", En: "table of regions"}, r.Regions)
	t.counts(schema.Text{Zh: "数据来源", En: "sources"}, r.Sources)
	for i := range r.Files {
		t.file(&r.Files[i], r.Mapping != "")
	}
	for _, name := range r.Ignored {
		t.line("%s：不是数据文件，已略过", "%s: not a data file, skipped", name)
	}
	t.names(r)
	for _, d := range r.Differences {
		t.difference(d)
	}
	for _, c := range r.Codes {
		t.faults(r, c)
	}
	if r.Omitted > 0 {
		t.line("另有 %d 条问题已计数、未逐条列出", "%d more faults are counted and not listed", r.Omitted)
	}
	t.total(r)
	for _, remark := range r.Remarks {
		t.line("%s", "%s", remark)
	}
	return t.Flush()
}

type reportText struct {
	*bufio.Writer
	o TextOptions
}

// line writes one line in the language wanted.
func (t *reportText) line(zh, en string, args ...any) {
	format := en
	if t.o.Chinese {
		format = zh
	}
	fmt.Fprintf(t, format+"\n", args...) // Flush returns the error
}

func (t *reportText) language() message.Language {
	if t.o.Chinese {
		return message.Chinese
	}
	return message.English
}

func (t *reportText) label(l schema.Text) string {
	return l.In(t.language())
}

func (t *reportText) counts(l schema.Text, c Counts) {
	if c != (Counts{}) {
		t.line("%s：%s", "%s: %s", t.label(l), t.did(c))
	}
}

func (t *reportText) did(c Counts) string {
	parts := []struct {
		n      int
		zh, en string
	}{
		{c.Created, "新增 %d", "%d created"},
		{c.Updated, "更新 %d", "%d updated"},
		{c.Unchanged, "未变 %d", "%d unchanged"},
		{c.Merged, "合并 %d", "%d merged"},
	}
	var texts []string
	for i, p := range parts {
		if p.n == 0 && i == len(parts)-1 {
			continue // merges are rare
		}
		texts = append(texts, fmt.Sprintf(t.label(schema.Text{Zh: p.zh, En: p.en}), p.n))
	}
	return strings.Join(texts, t.label(schema.Text{Zh: "，", En: ", "}))
}

// file writes the result of a file. Without a mapping the columns that are not
// used are among the warnings.
func (t *reportText) file(f *FileReport, mapped bool) {
	t.line("%s：%s", "%s: %s", f.File, t.rows(f.Rows))
	if f.HeaderRow > 1 {
		t.line("    表头在第 %d 行", "    header in row %d", f.HeaderRow)
	}
	for _, k := range f.Kinds {
		t.line("    %s：%s", "    %s: %s", k.Kind, t.did(k.Counts))
	}
	if len(f.Unmapped) > 0 && mapped {
		t.line("    未使用的列：%s", "    columns not used: %s", strings.Join(f.Unmapped, ", "))
	}
}

func (t *reportText) rows(r Rows) string {
	format := schema.Text{Zh: "%d 行，接受 %d，未导入 %d", En: "%d rows, %d accepted, %d rejected"}
	text := fmt.Sprintf(t.label(format), r.Read, r.Accepted, r.Rejected)
	if r.Blank > 0 {
		text += fmt.Sprintf(t.label(schema.Text{Zh: "，空行 %d", En: ", %d blank"}), r.Blank)
	}
	return text
}

func (t *reportText) faults(r *Report, c FaultCount) {
	t.line("%s · %s（%s）：%d", "%s · %s (%s): %d", t.label(c.Severity.Label()), t.label(c.Code.Label()), c.Code, c.Count)
	shown := 0
	for i := range r.Faults {
		f := &r.Faults[i]
		if f.Severity != c.Severity || f.Code != c.Code {
			continue
		}
		if t.o.Faults >= 0 && shown == t.o.Faults {
			t.line("    …… 另有 %d 条", "    … and %d more", c.Count-shown)
			return
		}
		t.line("    %s", "    %s", f.In(t.language()))
		shown++
	}
}

func (t *reportText) total(r *Report) {
	t.line("合计：%s", "total: %s", t.rows(r.Total()))
	t.line("    节点：%s", "    nodes: %s", t.did(r.Nodes()))
	t.line("    关系：%s", "    edges: %s", t.did(r.Edges()))
}

// names states which companies equal names joined, and which they did not.
func (t *reportText) names(r *Report) {
	if r.EqualNames > 0 {
		t.line("全称相同的企业：合并 %d 家", "companies of equal full names: %d joined", r.EqualNames)
	}
	if r.EqualPersons > 0 {
		t.line("同一人的多条记录：合并 %d 条", "persons stated more than once: %d joined", r.EqualPersons)
	}
	for _, n := range r.SharedNames {
		t.line("%s", "%s", t.label(n.Text()))
	}
	if r.SharedNamesOmitted > 0 {
		t.line("另有 %d 个同名不同码的名称未列出", "%d more names of several companies are not listed", r.SharedNamesOmitted)
	}
}

func (t *reportText) difference(d rehearsal.Difference) {
	t.line("%s.%s：将补上 %d 处，改变 %d 处，有分歧 %d 处", "%s.%s: %d filled, %d changed, %d in conflict",
		d.Kind, d.Property, d.Filled, d.Changed, d.Conflicting)
	for _, e := range d.Examples {
		if e.Stated != "" {
			t.line("    %s：仍显示 %s，%s（%s）称 %s", "    %s: still shows %s, %s (%s) states %s", e.Name, e.After, e.Source, t.label(e.Date()), e.Stated)
		} else {
			t.line("    %s：%s → %s（%s，%s）", "    %s: %s → %s (%s, %s)", e.Name, e.Before, e.After, e.Source, t.label(e.Date()))
		}
	}
}
