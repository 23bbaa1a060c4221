package main

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/schema"
)

// name is what a node is called in the language of the terminal. Companies and
// places keep the name that they are registered under.
func (a *app) name(p *projection.Projection, v projection.Vertex) string {
	translated := []string{projection.Ecosystem, projection.Chain, projection.Link, projection.Product}
	if a.lang != "zh" && slices.Contains(translated, p.Kind(v)) {
		if english := p.Text(v, "english_name"); english != "" {
			return english
		}
	}
	return openCaption(p, v)
}

// openCaption is what a node is called where the schema calls its caption
// public, else its code or, failing that, its id.
func openCaption(p *projection.Projection, v projection.Vertex) string {
	if k := p.Model().Node(p.Kind(v)); k != nil {
		if caption := k.Property(k.Caption); caption != nil && caption.Sensitivity != schema.Public {
			return cmp.Or(p.Code(v), string(p.ID(v)))
		}
	}
	return p.Caption(v)
}

// invented is the line that says that invented data took part, if they did.
func (a *app) invented(synthetic bool) []string {
	if !synthetic {
		return nil
	}
	return []string{a.text(schema.Text{
		Zh: "注意：统计中含虚构的演示数据", En: "note: invented demonstration data took part in the counts",
	})}
}

// warnOfInvented says that invented data took part, if it did.
func (a *app) warnOfInvented(synthetic bool) {
	for _, line := range a.invented(synthetic) {
		fmt.Fprintln(a.stdout, a.paint(ansiYellow, line))
	}
}

// printGaps writes an answer in the form that --format asks for.
func (a *app) printGaps(cmd *cobra.Command, p *projection.Projection, answer *gaps.Answer, f gapFlags) error {
	format, err := cmd.Flags().GetString("format")
	if err != nil {
		return err
	}
	shown := answer.Verdicts[:limited(f.limit, len(answer.Verdicts), format)]
	switch {
	case format == "json":
		return a.printJSON(gapRecord(p, answer, shown))
	case inFile(format):
		t := a.verdictTable(p, shown, nil)
		t.heading = append(a.gapHeading(p, answer), a.invented(answer.Synthetic)...)
		t.more = []*table{a.summaryTable(p, shownScopes(p, answer.Summaries))}
		return a.print(cmd, t, nil)
	}
	s := screenOf(a.stdout)
	a.printHeading(p, answer)
	if scopes := shownScopes(p, answer.Summaries); len(scopes) > 1 {
		if err := a.draw(a.summaryTable(p, scopes), s); err != nil {
			return err
		}
		fmt.Fprintln(a.stdout)
	}
	if f.why {
		for _, v := range shown {
			a.printWhy(p, v)
		}
	} else if err := a.draw(a.verdictTable(p, shown, askColumns), s); err != nil {
		return err
	}
	if rest := len(answer.Verdicts) - len(shown); rest > 0 {
		fmt.Fprintln(a.stdout, a.text(schema.Text{
			Zh: fmt.Sprintf("另有 %d 个环节未列出，--limit 0 列出全部", rest),
			En: fmt.Sprintf("%d more links; --limit 0 shows all", rest),
		}))
	}
	return nil
}

// limited is how many of n rows to show: as asked, else all but in a table.
func limited(asked, n int, format string) int {
	switch {
	case asked > 0:
		return min(asked, n)
	case asked < 0 && format == "table":
		return min(tableRows, n)
	default:
		return n
	}
}

// shownScopes picks the summaries worth a table: of the ecosystems when there
// are several, else of the chains.
func shownScopes(p *projection.Projection, all []gaps.Summary) []gaps.Summary {
	var ecosystems, chains []gaps.Summary
	for _, s := range all {
		if p.Kind(s.Scope) == projection.Ecosystem {
			ecosystems = append(ecosystems, s)
		} else {
			chains = append(chains, s)
		}
	}
	if len(ecosystems) > 1 {
		return ecosystems
	}
	return chains
}

// printHeading writes what stands above an answer.
func (a *app) printHeading(p *projection.Projection, answer *gaps.Answer) {
	a.printHead(a.gapHeading(p, answer))
	a.printPast(p)
	a.warnOfInvented(answer.Synthetic)
	fmt.Fprintln(a.stdout)
}

// gapHeading says what the answer is about, of which day, and how much of the
// region is known.
func (a *app) gapHeading(p *projection.Projection, answer *gaps.Answer) []string {
	reference := a.text(schema.Text{Zh: "全国", En: "the whole country"})
	if len(answer.Peers) > 0 {
		names := make([]string, len(answer.Peers))
		for i, v := range answer.Peers {
			names[i] = a.name(p, v)
		}
		reference = strings.Join(names, ", ")
	}
	c := answer.Coverage
	share := a.figure(c.Share(), percent)
	return []string{fmt.Sprintf("%s %s", p.Code(answer.Region), a.name(p, answer.Region)), a.text(schema.Text{
		Zh: fmt.Sprintf("企业 %d 家，已归入环节 %d 家（%s）；参照：%s；证据等级 %s 及以上；数据截至 %s，版本 %d",
			c.Companies, c.Attributed, share, reference, answer.MinGrade, answer.DataDate, answer.Version),
		En: fmt.Sprintf("%d companies, %d of them placed at links (%s); reference: %s; evidence of grade %s or better; data to %s, version %d",
			c.Companies, c.Attributed, share, reference, answer.MinGrade, answer.DataDate, answer.Version),
	})}
}

// paint styles text where the output takes styles.
func (a *app) paint(style, text string) string {
	if !screenOf(a.stdout).color || style == "" {
		return text
	}
	return style + text + ansiReset
}

var stateStyles = map[gaps.State]string{
	gaps.Unknown: ansiDim, gaps.Absent: ansiRed, gaps.Weak: ansiYellow, gaps.Strong: ansiGreen,
}

// summaryTable counts links by state and by action, one row a scope.
func (a *app) summaryTable(p *projection.Projection, summaries []gaps.Summary) *table {
	t := &table{title: schema.Text{Zh: "汇总", En: "summary"}, columns: []column{
		{name: "scope", head: schema.Text{Zh: "生态圈/产业链", En: "ECOSYSTEM/CHAIN"}, flex: true},
		{name: "links", head: schema.Text{Zh: "环节", En: "LINKS"}, right: true},
		{name: "present", head: schema.Text{Zh: "已有", En: "PRESENT"}, right: true},
	}}
	for _, s := range gaps.States() {
		t.columns = append(t.columns, column{name: strings.ToLower(string(s)), head: s.Label(), right: true})
	}
	for _, x := range gaps.Actions() {
		t.columns = append(t.columns, column{name: strings.ToLower(string(x)), head: x.Label(), right: true})
	}
	for _, s := range summaries {
		row := []cell{word(a.name(p, s.Scope)), count(s.Links), count(s.Present)}
		for _, state := range gaps.States() {
			row = append(row, count(s.States[state]))
		}
		for _, action := range gaps.Actions() {
			row = append(row, count(s.Actions[action]))
		}
		t.add(row...)
	}
	return t
}

// The columns of verdicts on the terminal, and in the demo, which has several
// ecosystems in one table. As CSV they have all columns.
var (
	askColumns = []string{
		"priority", "action", "state", "confidence", "link", "chain", "companies", "expected", "lq_mean",
		"pull_down", "pull_up", "reason",
	}
	demoColumns = []string{"ecosystem", "action", "state", "confidence", "link", "chain", "companies", "expected", "lq_mean", "reason"}
)

// verdictTable lists verdicts, one row each, with the named columns; with all
// of them for none.
func (a *app) verdictTable(p *projection.Projection, verdicts []*gaps.Verdict, names []string) *table {
	t := &table{}
	var columns []verdictColumn
	for _, c := range a.verdictColumns() {
		if len(names) == 0 || slices.Contains(names, c.name) {
			columns = append(columns, c)
			t.columns = append(t.columns, c.column)
		}
	}
	for _, v := range verdicts {
		row := make([]cell, len(columns))
		for i, c := range columns {
			row[i] = c.of(p, v)
		}
		t.add(row...)
	}
	return t
}

// linkCode is the head of the codes of links in workbooks.
var linkCode = schema.Text{Zh: "环节编号", En: "LINK CODE"}

type verdictColumn struct {
	column
	of func(*projection.Projection, *gaps.Verdict) cell
}

func (a *app) verdictColumns() []verdictColumn {
	stateStyle := func(raw string) string { return stateStyles[gaps.State(raw)] }
	node := func(of func(*gaps.Verdict) projection.Vertex) func(*projection.Projection, *gaps.Verdict) cell {
		return func(p *projection.Projection, v *gaps.Verdict) cell {
			return cell{p.Code(of(v)), a.name(p, of(v))}
		}
	}
	link := func(v *gaps.Verdict) projection.Vertex { return v.Link }
	columns := []verdictColumn{
		{column{name: "ecosystem", head: schema.Text{Zh: "生态圈", En: "ECOSYSTEM"}}, node(func(v *gaps.Verdict) projection.Vertex { return v.Ecosystem })},
		{
			column{name: "priority", head: schema.Text{Zh: "优先级", En: "PRIO"}, right: true, note: schema.Text{
				Zh: "严重程度、供需拉力、可行性与重要性的加权和，0 到 1", En: "weighted sum of severity, pull, feasibility and importance, 0 to 1",
			}},
			func(_ *projection.Projection, v *gaps.Verdict) cell { return number(v.Priority, 2) },
		},
		{
			column{name: "action", head: schema.Text{Zh: "动作", En: "ACTION"}},
			func(_ *projection.Projection, v *gaps.Verdict) cell {
				return cell{string(v.Action), a.text(v.Action.Label())}
			},
		},
		{
			column{name: "state", head: schema.Text{Zh: "状态", En: "STATE"}, paint: stateStyle},
			func(_ *projection.Projection, v *gaps.Verdict) cell {
				return cell{string(v.State), a.text(v.State.Label())}
			},
		},
		{
			column{name: "confidence", head: schema.Text{Zh: "置信", En: "SURE"}, right: true, note: schema.Text{
				Zh: "状态判断的把握", En: "how sure the state is",
			}},
			func(_ *projection.Projection, v *gaps.Verdict) cell {
				return cell{strconv.FormatFloat(v.Confidence, 'g', -1, 64), percent(v.Confidence)}
			},
		},
		{column{name: "link", head: schema.Text{Zh: "环节", En: "LINK"}, code: linkCode, flex: true}, node(link)},
		{column{name: "link_name"}, func(p *projection.Projection, v *gaps.Verdict) cell { return word(p.Caption(v.Link)) }},
		{
			column{name: "chain", head: schema.Text{Zh: "产业链", En: "CHAIN"}, flex: true},
			node(func(v *gaps.Verdict) projection.Vertex { return v.Chain }),
		},
	}
	columns = append(columns, numberColumns()...)
	return append(columns, verdictColumn{
		column{name: "reason", head: schema.Text{Zh: "理由", En: "WHY"}, flex: true},
		func(_ *projection.Projection, v *gaps.Verdict) cell { return word(a.mainReason(v)) },
	})
}

// numberColumns are those of the numbers that a verdict rests on.
func numberColumns() []verdictColumn {
	figure := func(of func(*gaps.Verdict) gaps.Figure, decimals int) func(*projection.Projection, *gaps.Verdict) cell {
		return func(_ *projection.Projection, v *gaps.Verdict) cell { return figureCell(of(v), decimals) }
	}
	return []verdictColumn{
		{
			column{name: "companies", head: schema.Text{Zh: "企业", En: "HERE"}, right: true},
			func(_ *projection.Projection, v *gaps.Verdict) cell { return count(v.Numbers.Companies) },
		},
		{
			column{name: "expected", head: schema.Text{Zh: "预期", En: "EXPECTED"}, right: true, note: schema.Text{
				Zh: "按参照范围的构成，本地应有的企业数", En: "how many companies the make-up of the reference area would give here",
			}},
			figure(func(v *gaps.Verdict) gaps.Figure { return v.Numbers.Expected }, 1),
		},
		{
			column{name: "lq_mean", head: schema.Text{Zh: "区位商", En: "LQ"}, right: true, note: schema.Text{
				Zh: "本地企业数与预期之比，经收缩；上下限为 90% 可信区间", En: "companies here by those expected, shrunken; the bounds are a 90 % credible interval",
			}},
			figure(func(v *gaps.Verdict) gaps.Figure { return v.Numbers.Mean }, 2),
		},
		{column{name: "lq_low", head: schema.Text{Zh: "区位商下限", En: "LQ LOW"}, right: true}, figure(func(v *gaps.Verdict) gaps.Figure { return v.Numbers.Low }, 2)},
		{column{name: "lq_high", head: schema.Text{Zh: "区位商上限", En: "LQ HIGH"}, right: true}, figure(func(v *gaps.Verdict) gaps.Figure { return v.Numbers.High }, 2)},
		{column{name: "hidden", head: schema.Text{Zh: "未见企业", En: "UNSEEN"}, right: true, note: schema.Text{
			Zh: "按未归入环节的本地企业推算，此环节可能另有而未见的企业数", En: "how many local companies not placed at links are to be expected at this one",
		}}, figure(func(v *gaps.Verdict) gaps.Figure { return v.Numbers.Hidden }, 2)},
		{
			column{name: "pull_down", head: schema.Text{Zh: "下游", En: "DOWN"}, right: true, note: schema.Text{
				Zh: "本地下一步环节的企业数", En: "local companies one step downstream",
			}},
			figure(func(v *gaps.Verdict) gaps.Figure { return v.Numbers.PullDown }, 0),
		},
		{
			column{name: "pull_up", head: schema.Text{Zh: "上游", En: "UP"}, right: true, note: schema.Text{
				Zh: "本地上一步环节的企业数", En: "local companies one step upstream",
			}},
			figure(func(v *gaps.Verdict) gaps.Figure { return v.Numbers.PullUp }, 0),
		},
	}
}

// mainReason is the reason that adds most to the priority beside the counts,
// which the columns show already; the finding itself where nothing else does.
func (a *app) mainReason(v *gaps.Verdict) string {
	reasons := v.Reasons()
	if len(reasons) == 0 {
		return ""
	}
	best := reasons[0]
	if v.State == gaps.Unknown {
		return a.text(best.Text) // why it is unknown
	}
	for _, r := range reasons[1:] {
		undeclared := r.Code == gaps.DeclaredRole && v.Declared == ""
		if r.Points > 0 && !undeclared && (best.Code == reasons[0].Code || r.Points > best.Points) {
			best = r
		}
	}
	return a.text(best.Text)
}

// figureCell shows an unknown figure as a dash, never as zero; as data it is
// empty.
func figureCell(f gaps.Figure, decimals int) cell {
	x, known := f.Get()
	if !known {
		return cell{"", "–"}
	}
	return number(x, decimals)
}

func percent(x float64) string { return strconv.FormatFloat(100*x, 'f', 0, 64) + "%" }

// figure shows a figure, or that it is unknown.
func (a *app) figure(f gaps.Figure, show func(float64) string) string {
	x, known := f.Get()
	if !known {
		return a.text(schema.Text{Zh: "不明", En: "unknown"})
	}
	return show(x)
}

// gapRecord is an answer as JSON, with what its verdicts tell when asked.
func gapRecord(p *projection.Projection, answer *gaps.Answer, shown []*gaps.Verdict) object {
	r := recorder{p}
	head := *answer
	head.Verdicts = nil
	var verdicts []any
	for _, v := range shown {
		o := r.record(v).(object)
		verdicts = append(verdicts, append(o,
			member{"reasons", r.record(v.Reasons())},
			member{"evidence", r.record(v.Evidence())},
			member{"sources", r.record(v.Sources())},
			member{"changes", r.record(v.WhatWouldChange())},
		))
	}
	o := r.record(head).(object)
	for i := range o {
		if o[i].name == "verdicts" {
			o[i].value = verdicts
		}
	}
	return o
}

// compareFigures orders figures, unknown ones first.
func compareFigures(x, y gaps.Figure) int {
	return cmp.Compare(x.Or(math.Inf(-1)), y.Or(math.Inf(-1)))
}
