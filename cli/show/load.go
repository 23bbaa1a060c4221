package show

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"liantu/loaders"
	"liantu/loaders/names"
	"liantu/loaders/rehearsal"
	"liantu/message"
	"liantu/schema"
)

// exampleFaults is how many faults of each sort a report on the terminal shows.
const exampleFaults = 3

// Load is the report of a load: for people the outcome of each file and examples of
// faults; as data all faults.
func Load(l Language, report *loaders.Report) Answer {
	files, kinds := fileTable(report), kindTable(report)
	return Answer{
		Table:   faultTable(l, report.Faults),
		More:    []*Table{files, kinds},
		Heading: slices.Concat(totals(l, report), omitted(l, report), report.Remarks),
		Record:  func() any { return report },
		Body: func(t Terminal) error {
			for _, table := range []*Table{files, kinds} {
				if table == kinds && len(kinds.Rows) == 0 {
					continue
				}
				if err := t.Draw(table); err != nil {
					return err
				}
				if err := t.Put(Line{}); err != nil {
					return err
				}
			}
			return t.Put(slices.Concat(ignored(l, report), differences(l, report.Differences), faults(l, report), total(l, report))...)
		},
	}
}

// omitted states how many faults are not listed.
func omitted(l Language, report *loaders.Report) []string {
	if report.Omitted == 0 {
		return nil
	}
	return []string{l.Text(schema.Text{
		Zh: fmt.Sprintf("另有 %d 处问题未列出", report.Omitted), En: fmt.Sprintf("%d more faults are not listed", report.Omitted),
	})}
}

// ignored names the files that hold no data.
func ignored(l Language, report *loaders.Report) (lines []Line) {
	for _, name := range report.Ignored {
		lines = append(lines, Line{Plain, fmt.Sprintf("%s: %s", name, l.Text(schema.Text{Zh: "不是数据，已跳过", En: "holds no data, skipped"}))})
	}
	return lines
}

func fileTable(report *loaders.Report) *Table {
	t := &Table{Title: schema.Text{Zh: "文件", En: "files"}, Columns: []Column{
		{Name: "file", Head: schema.Text{Zh: "文件", En: "FILE"}, Flex: true},
		{Name: "format", Head: schema.Text{Zh: "格式", En: "FORMAT"}},
		{Name: "rows", Head: schema.Text{Zh: "行数", En: "ROWS"}, Right: true},
		{Name: "accepted", Head: schema.Text{Zh: "导入", En: "ACCEPTED"}, Right: true},
		{Name: "rejected", Head: schema.Text{Zh: "未导入", En: "REJECTED"}, Right: true},
		{Name: "blank", Head: schema.Text{Zh: "空行", En: "BLANK"}, Right: true},
		{Name: "unmapped", Head: schema.Text{Zh: "未用到的列", En: "UNUSED COLUMNS"}, Flex: true},
	}}
	for _, f := range report.Files {
		format := f.Format
		if f.Encoding != "" && f.Encoding != "utf-8" {
			format += " " + f.Encoding
		}
		t.Add(Word(f.File), Word(format), Count(f.Rows.Read), Count(f.Rows.Accepted), Count(f.Rows.Rejected),
			Count(f.Rows.Blank), Word(strings.Join(f.Unmapped, ", ")))
	}
	return t
}

// kindTable adds up what became of the drafts, over all files.
func kindTable(report *loaders.Report) *Table {
	t := &Table{Title: schema.Text{Zh: "类别", En: "kinds"}, Columns: []Column{
		{Name: "kind", Head: schema.Text{Zh: "类别", En: "KIND"}},
		{Name: "created", Head: schema.Text{Zh: "新增", En: "CREATED"}, Right: true},
		{Name: "updated", Head: schema.Text{Zh: "更新", En: "UPDATED"}, Right: true},
		{Name: "unchanged", Head: schema.Text{Zh: "不变", En: "UNCHANGED"}, Right: true},
		{Name: "merged", Head: schema.Text{Zh: "合并", En: "MERGED"}, Right: true},
	}}
	sums := map[string]loaders.Counts{}
	var order []string
	add := func(kind string, c loaders.Counts) {
		sum, seen := sums[kind]
		if !seen {
			order = append(order, kind)
		}
		sum.Created += c.Created
		sum.Updated += c.Updated
		sum.Unchanged += c.Unchanged
		sum.Merged += c.Merged
		sums[kind] = sum
	}
	if report.Regions != (loaders.Counts{}) {
		add("Region (GB/T 2260)", report.Regions)
	}
	for _, edges := range []bool{false, true} {
		for _, f := range report.Files {
			for _, k := range f.Kinds {
				if k.Edge == edges {
					add(k.Kind, k.Counts)
				}
			}
		}
	}
	for _, kind := range order {
		c := sums[kind]
		t.Add(Word(kind), Count(c.Created), Count(c.Updated), Count(c.Unchanged), Count(c.Merged))
	}
	return t
}

func faultTable(l Language, faults []loaders.Fault) *Table {
	t := &Table{Columns: []Column{
		{Name: "file", Head: schema.Text{Zh: "文件", En: "FILE"}},
		{Name: "row", Head: schema.Text{Zh: "行", En: "ROW"}, Right: true},
		{Name: "column", Head: schema.Text{Zh: "列", En: "COLUMN"}},
		{Name: "value", Head: schema.Text{Zh: "原值", En: "VALUE"}, Flex: true},
		{Name: "severity", Head: schema.Text{Zh: "处理", En: "OUTCOME"}},
		{Name: "code", Code: schema.Text{Zh: "代码", En: "CODE"}, Head: schema.Text{Zh: "问题", En: "FAULT"}},
		{Name: "reason", Head: schema.Text{Zh: "原因", En: "REASON"}, Flex: true},
	}}
	for _, f := range faults {
		row := Unknown()
		if f.Row > 0 {
			row = Count(f.Row)
		}
		t.Add(Word(f.File), row, Word(f.Column), Word(f.Value), l.Label(string(f.Severity), f.Severity.Label()),
			l.Label(string(f.Code), f.Code.Label()), Word(f.Reason))
	}
	return t
}

// differences lists what a dry run would change of what is there.
func differences(l Language, all []rehearsal.Difference) (lines []Line) {
	for _, d := range all {
		lines = append(lines, Line{Plain, l.Text(schema.Text{
			Zh: fmt.Sprintf("%s.%s：将补上 %d 处，改变 %d 处，有分歧 %d 处", d.Kind, d.Property, d.Filled, d.Changed, d.Conflicting),
			En: fmt.Sprintf("%s.%s: %d filled, %d changed, %d disputed", d.Kind, d.Property, d.Filled, d.Changed, d.Conflicting),
		})})
		for _, e := range d.Examples {
			text := schema.Text{
				Zh: fmt.Sprintf("%s：%s → %s（%s，%s）", e.Name, e.Before, e.After, e.Source, e.Date().Zh),
				En: fmt.Sprintf("%s: %s → %s (%s, %s)", e.Name, e.Before, e.After, e.Source, e.Date().En),
			}
			if e.Stated != "" {
				text = schema.Text{
					Zh: fmt.Sprintf("%s：仍显示 %s，而 %s（%s）称 %s", e.Name, e.After, e.Source, e.Date().Zh, e.Stated),
					En: fmt.Sprintf("%s: still shows %s, while %s (%s) states %s", e.Name, e.After, e.Source, e.Date().En, e.Stated),
				}
			}
			lines = append(lines, Line{Plain, "  " + l.Text(text)})
		}
	}
	if len(lines) > 0 {
		lines = append(lines, Line{})
	}
	return lines
}

// faults lists the sorts of faults, worst first, each with its number and the
// first examples.
func faults(l Language, report *loaders.Report) (lines []Line) {
	count := 0
	for _, c := range report.Codes {
		count += c.Count
		lines = append(lines, Line{faultStyles[c.Severity], l.Text(schema.Text{
			Zh: fmt.Sprintf("%s：%s，%d 处", c.Severity.Label().Zh, c.Code.Label().Zh, c.Count),
			En: fmt.Sprintf("%s: %s (%d)", c.Severity.Label().En, c.Code.Label().En, c.Count),
		})})
		shown := 0
		for _, f := range report.Faults {
			if f.Code == c.Code && f.Severity == c.Severity {
				lines = append(lines, Line{Plain, "  " + f.In(message.Language(l))})
				if shown++; shown == exampleFaults {
					break
				}
			}
		}
	}
	if slices.ContainsFunc(report.Codes, func(c loaders.FaultCount) bool { return c.Code == loaders.CodeUnknownEnd }) {
		lines = append(lines, Line{Plain, l.Text(schema.Text{
			Zh: "表中提到而图谱里没有的，请先导入（如 liantu template 企业），再重新导入本表；重复导入不会重复计算",
			En: "load what the table names and the graph lacks first (see liantu template Company), then the table again; loading twice adds nothing twice",
		})})
	}
	if count > 0 {
		lines = append(lines, Line{Plain, l.Text(schema.Text{
			Zh: "--format csv 或 json 列出每一处", En: "--format csv or json lists every one",
		})}, Line{})
	}
	return lines
}

var faultStyles = map[loaders.Severity]Style{loaders.Rejected: Red, loaders.Dropped: Yellow, loaders.Warning: Dim}

// totals sums up the load in words: joins by name, if any, and how many rows were
// accepted.
func totals(l Language, report *loaders.Report) []string {
	var lines []string
	if n := report.Names; n != nil && *n != (names.Counts{}) {
		lines = append(lines, l.Text(schema.Text{
			Zh: fmt.Sprintf("企业名称：合并 %d 家，待复核 %d 对（liantu review），判定矛盾 %d 处", n.Merged, n.Review, n.Contradicted),
			En: fmt.Sprintf("names of companies: %d merged, %d pairs to review (liantu review), %d judgements contradicted", n.Merged, n.Review, n.Contradicted),
		}))
	}
	lines = append(lines, sharedNames(l, report)...)
	t := report.Total()
	dry := ""
	if report.DryRun {
		dry = l.Text(schema.Text{Zh: "试运行，未写入：", En: "dry run, nothing written: "})
	}
	took := report.Elapsed.Round(10 * time.Millisecond)
	version := ""
	if report.Load != "" && !report.DryRun {
		version = l.Text(schema.Text{Zh: fmt.Sprintf("；版本 %d", report.Version), En: fmt.Sprintf("; version %d", report.Version)})
	}
	return append(lines, l.Text(schema.Text{
		Zh: fmt.Sprintf("%s共 %d 行，导入 %d，未导入 %d；用时 %v，每秒 %.0f 行", dry, t.Read, t.Accepted, t.Rejected, took, report.RowsPerSecond()),
		En: fmt.Sprintf("%s%d rows, %d accepted, %d rejected; %v, %.0f rows/s", dry, t.Read, t.Accepted, t.Rejected, took, report.RowsPerSecond()),
	})+version)
}

// sharedNames states which companies equal names joined, and which names several
// companies have.
func sharedNames(l Language, report *loaders.Report) []string {
	var lines []string
	if n := report.EqualNames; n > 0 {
		lines = append(lines, l.Text(schema.Text{
			Zh: fmt.Sprintf("全称相同的企业：合并 %d 家", n), En: fmt.Sprintf("companies of equal full names: %d joined", n),
		}))
	}
	if n := report.EqualPersons; n > 0 {
		lines = append(lines, l.Text(schema.Text{
			Zh: fmt.Sprintf("同一人的多条记录：合并 %d 条", n), En: fmt.Sprintf("persons stated more than once: %d joined", n),
		}))
	}
	for _, n := range report.SharedNames {
		lines = append(lines, l.Text(n.Text()))
	}
	if n := report.SharedNamesOmitted; n > 0 {
		lines = append(lines, l.Text(schema.Text{
			Zh: fmt.Sprintf("另有 %d 个同名不同码的名称未列出", n), En: fmt.Sprintf("%d more names of several companies are not listed", n),
		}))
	}
	return lines
}

// total sums up the load in a line, and states how to undo it.
func total(l Language, report *loaders.Report) []Line {
	lines := Lines(Plain, totals(l, report)...)
	if !report.DryRun && report.Load != "" {
		lines = append(lines, Line{Dim, l.Text(schema.Text{
			Zh: fmt.Sprintf("批次 %s；撤销：liantu undo %s", report.Load, report.Load),
			En: fmt.Sprintf("load %s; to undo it: liantu undo %s", report.Load, report.Load),
		})})
	}
	return append(lines, Lines(Plain, report.Remarks...)...)
}

// ProgressBar shows how far a load is, on a terminal only.
type ProgressBar struct {
	out   io.Writer
	width int // 0 for no terminal
	last  time.Time
}

// barInterval is the shortest time between two drawings of the bar.
const barInterval = 100 * time.Millisecond

// NewProgressBar returns a bar on a writer. It shows nothing unless the writer is
// a terminal.
func NewProgressBar(out io.Writer) *ProgressBar {
	return &ProgressBar{out: out, width: screenOf(out).width}
}

// Show draws the bar, at most ten times a second.
func (b *ProgressBar) Show(p loaders.Progress) {
	if b.width == 0 || time.Since(b.last) < barInterval {
		return
	}
	b.last = time.Now()
	share := 0.0
	if p.TotalBytes > 0 {
		share = float64(p.Bytes) / float64(p.TotalBytes)
	}
	const length = 24
	done := min(length, int(share*length))
	line := fmt.Sprintf("[%s%s] %3.0f %%  %d  %s",
		strings.Repeat("#", done), strings.Repeat(".", length-done), 100*share, p.Rows, p.File)
	fmt.Fprintf(b.out, "\r\x1b[K%s", measure.Truncate(line, b.width-1, "…"))
}

// Clear wipes the bar.
func (b *ProgressBar) Clear() {
	if b.width > 0 && !b.last.IsZero() {
		fmt.Fprint(b.out, "\r\x1b[K")
	}
}
