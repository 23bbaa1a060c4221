package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"liantu/loaders"
	"liantu/schema"
)

// exampleFaults is how many faults of each sort a report on the terminal shows.
const exampleFaults = 3

// printReport writes the report of a load in the form that --format asks for.
func (a *app) printReport(cmd *cobra.Command, report *loaders.Report) error {
	format, err := cmd.Flags().GetString("format")
	if err != nil {
		return err
	}
	switch {
	case format == "json":
		return a.printJSON(report)
	case inFile(format):
		return a.print(cmd, a.reportTables(report), nil)
	}
	s := screenOf(a.stdout)
	if err := a.draw(a.fileTable(report), s); err != nil {
		return err
	}
	fmt.Fprintln(a.stdout)
	if kinds := a.kindTable(report); len(kinds.rows) > 0 {
		if err := a.draw(kinds, s); err != nil {
			return err
		}
		fmt.Fprintln(a.stdout)
	}
	for _, name := range report.Ignored {
		fmt.Fprintf(a.stdout, "%s: %s\n", name, a.text(schema.Text{Zh: "不是数据，已跳过", En: "holds no data, skipped"}))
	}
	a.printDifferences(report.Differences)
	a.printFaults(report)
	a.printTotal(report)
	return nil
}

// reportTables is the report as data: the faults, and with them, for a
// workbook, what became of the files and of each kind.
func (a *app) reportTables(report *loaders.Report) *table {
	t := a.faultTable(report.Faults)
	t.heading = a.totals(report)
	if report.Omitted > 0 {
		t.heading = append(t.heading, a.text(schema.Text{
			Zh: fmt.Sprintf("另有 %d 处问题未列出", report.Omitted), En: fmt.Sprintf("%d more faults are not listed", report.Omitted),
		}))
	}
	t.more = []*table{a.fileTable(report), a.kindTable(report)}
	return t
}

func (a *app) fileTable(report *loaders.Report) *table {
	t := &table{title: schema.Text{Zh: "文件", En: "files"}, columns: []column{
		{name: "file", head: schema.Text{Zh: "文件", En: "FILE"}, flex: true},
		{name: "format", head: schema.Text{Zh: "格式", En: "FORMAT"}},
		{name: "rows", head: schema.Text{Zh: "行数", En: "ROWS"}, right: true},
		{name: "accepted", head: schema.Text{Zh: "导入", En: "ACCEPTED"}, right: true},
		{name: "rejected", head: schema.Text{Zh: "未导入", En: "REJECTED"}, right: true},
		{name: "blank", head: schema.Text{Zh: "空行", En: "BLANK"}, right: true},
		{name: "unmapped", head: schema.Text{Zh: "未用到的列", En: "UNUSED COLUMNS"}, flex: true},
	}}
	for _, f := range report.Files {
		format := f.Format
		if f.Encoding != "" && f.Encoding != "utf-8" {
			format += " " + f.Encoding
		}
		t.add(word(f.File), word(format), count(f.Rows.Read), count(f.Rows.Accepted), count(f.Rows.Rejected),
			count(f.Rows.Blank), word(strings.Join(f.Unmapped, ", ")))
	}
	return t
}

// kindTable adds up what became of the drafts, over all files.
func (a *app) kindTable(report *loaders.Report) *table {
	t := &table{title: schema.Text{Zh: "类别", En: "kinds"}, columns: []column{
		{name: "kind", head: schema.Text{Zh: "类别", En: "KIND"}},
		{name: "created", head: schema.Text{Zh: "新增", En: "CREATED"}, right: true},
		{name: "updated", head: schema.Text{Zh: "更新", En: "UPDATED"}, right: true},
		{name: "unchanged", head: schema.Text{Zh: "不变", En: "UNCHANGED"}, right: true},
		{name: "merged", head: schema.Text{Zh: "合并", En: "MERGED"}, right: true},
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
		t.add(word(kind), count(c.Created), count(c.Updated), count(c.Unchanged), count(c.Merged))
	}
	return t
}

func (a *app) faultTable(faults []loaders.Fault) *table {
	t := &table{columns: []column{
		{name: "file", head: schema.Text{Zh: "文件", En: "FILE"}},
		{name: "row", head: schema.Text{Zh: "行", En: "ROW"}, right: true},
		{name: "column", head: schema.Text{Zh: "列", En: "COLUMN"}},
		{name: "value", head: schema.Text{Zh: "原值", En: "VALUE"}, flex: true},
		{name: "severity", head: schema.Text{Zh: "处理", En: "WHAT BECAME OF IT"}},
		{name: "code", code: schema.Text{Zh: "代码", En: "CODE"}, head: schema.Text{Zh: "问题", En: "FAULT"}},
		{name: "reason", head: schema.Text{Zh: "原因", En: "REASON"}, flex: true},
	}}
	for _, f := range faults {
		row := cell{"", "–"}
		if f.Row > 0 {
			row = count(f.Row)
		}
		t.add(word(f.File), row, word(f.Column), word(f.Value), cell{string(f.Severity), a.text(f.Severity.Label())},
			cell{string(f.Code), a.text(f.Code.Label())}, word(f.Reason))
	}
	return t
}

// printDifferences lists what a dry run would change of what is there.
func (a *app) printDifferences(differences []loaders.Difference) {
	for _, d := range differences {
		fmt.Fprintln(a.stdout, a.text(schema.Text{
			Zh: fmt.Sprintf("%s.%s：将补上 %d 处，改变 %d 处，有分歧 %d 处", d.Kind, d.Property, d.Filled, d.Changed, d.Disputed),
			En: fmt.Sprintf("%s.%s: %d filled, %d changed, %d disputed", d.Kind, d.Property, d.Filled, d.Changed, d.Disputed),
		}))
		for _, e := range d.Examples {
			text := schema.Text{
				Zh: fmt.Sprintf("%s：%s → %s（%s，%s）", e.Name, e.Before, e.After, e.Source, e.AsOf),
				En: fmt.Sprintf("%s: %s → %s (%s, %s)", e.Name, e.Before, e.After, e.Source, e.AsOf),
			}
			if e.Told != "" {
				text = schema.Text{
					Zh: fmt.Sprintf("%s：仍显示 %s，而 %s（%s）称 %s", e.Name, e.After, e.Source, e.AsOf, e.Told),
					En: fmt.Sprintf("%s: still shows %s, while %s (%s) tells %s", e.Name, e.After, e.Source, e.AsOf, e.Told),
				}
			}
			fmt.Fprintf(a.stdout, "  %s\n", a.text(text))
		}
	}
	if len(differences) > 0 {
		fmt.Fprintln(a.stdout)
	}
}

// printFaults lists the sorts of faults, worst first, each with its number and
// the first examples.
func (a *app) printFaults(report *loaders.Report) {
	total := 0
	for _, c := range report.Codes {
		total += c.Count
		fmt.Fprintln(a.stdout, a.paint(faultStyles[c.Severity], a.text(schema.Text{
			Zh: fmt.Sprintf("%s：%s，%d 处", c.Severity.Label().Zh, c.Code.Label().Zh, c.Count),
			En: fmt.Sprintf("%s: %s (%d)", c.Severity.Label().En, c.Code.Label().En, c.Count),
		})))
		shown := 0
		for _, f := range report.Faults {
			if f.Code == c.Code && f.Severity == c.Severity {
				fmt.Fprintf(a.stdout, "  %s\n", f)
				if shown++; shown == exampleFaults {
					break
				}
			}
		}
	}
	if total > 0 {
		fmt.Fprintf(a.stdout, "%s\n\n", a.text(schema.Text{
			Zh: "--format csv 或 json 列出每一处", En: "--format csv or json lists every one",
		}))
	}
}

var faultStyles = map[loaders.Severity]string{loaders.Rejected: ansiRed, loaders.Dropped: ansiYellow, loaders.Warning: ansiDim}

// totals says in words what the load came to: what the names of companies did,
// if anything, and how many rows went in.
func (a *app) totals(report *loaders.Report) []string {
	var lines []string
	if n := report.Names; n != nil && *n != (loaders.NameCounts{}) {
		lines = append(lines, a.text(schema.Text{
			Zh: fmt.Sprintf("企业名称：合并 %d 家，待复核 %d 对（liantu review），判定矛盾 %d 处", n.Merged, n.Review, n.Contradicted),
			En: fmt.Sprintf("names of companies: %d merged, %d pairs to review (liantu review), %d judgements contradicted", n.Merged, n.Review, n.Contradicted),
		}))
	}
	t := report.Total()
	dry := ""
	if report.DryRun {
		dry = a.text(schema.Text{Zh: "试运行，未写入：", En: "dry run, nothing written: "})
	}
	took := report.Elapsed.Round(10 * time.Millisecond)
	return append(lines, a.text(schema.Text{
		Zh: fmt.Sprintf("%s共 %d 行，导入 %d，未导入 %d；用时 %v，每秒 %.0f 行；版本 %d",
			dry, t.Read, t.Accepted, t.Rejected, took, report.RowsPerSecond(), report.Revision),
		En: fmt.Sprintf("%s%d rows, %d accepted, %d rejected; %v, %.0f rows/s; version %d",
			dry, t.Read, t.Accepted, t.Rejected, took, report.RowsPerSecond(), report.Revision),
	}))
}

func (a *app) printTotal(report *loaders.Report) {
	for _, line := range a.totals(report) {
		fmt.Fprintln(a.stdout, line)
	}
	if !report.DryRun && report.Load != "" {
		fmt.Fprintln(a.stdout, a.paint(ansiDim, a.text(schema.Text{
			Zh: fmt.Sprintf("批次 %s；撤销：liantu undo %s", report.Load, report.Load),
			En: fmt.Sprintf("batch %s; to take it back: liantu undo %s", report.Load, report.Load),
		})))
	}
}

// progressBar shows how far a load is, on a terminal only.
type progressBar struct {
	out   io.Writer
	width int // 0 for no terminal
	last  time.Time
}

// barInterval is how often the bar is drawn anew.
const barInterval = 100 * time.Millisecond

func newProgressBar(out io.Writer) *progressBar {
	return &progressBar{out: out, width: screenOf(out).width}
}

func (b *progressBar) show(p loaders.Progress) {
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

func (b *progressBar) clear() {
	if b.width > 0 && !b.last.IsZero() {
		fmt.Fprint(b.out, "\r\x1b[K")
	}
}
