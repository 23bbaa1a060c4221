package show

import (
	"fmt"
	"io"
	"strings"

	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/schema"
)

// whyCompanies is how many companies of a link are named.
const whyCompanies = 8

// whys explains some verdicts in full.
func (t Terminal) whys(p *projection.Projection, verdicts []*gaps.Verdict) error {
	var b strings.Builder
	for _, v := range verdicts {
		t.why(&b, p, v)
	}
	_, err := io.WriteString(t.Out, b.String())
	return err
}

// why explains one verdict in full: numbers with bounds, reasons, what the
// priority is made of, companies, sources, and what would change it.
func (t Terminal) why(b *strings.Builder, p *projection.Projection, v *gaps.Verdict) {
	line := func(zh, en, format string, args ...any) {
		fmt.Fprintf(b, "  %s  %s\n", t.Paint(Dim, t.Text(schema.Text{Zh: zh, En: en})), fmt.Sprintf(format, args...))
	}
	fmt.Fprintf(b, "%s %s  %s · %s (%s)\n", p.Code(v.Link), t.Paint(Bold, t.Name(p, v.Link)),
		t.Paint(stateStyles[v.State], t.Text(v.State.Label())), t.Text(v.Action.Label()), Percent(v.Confidence))
	n := v.Numbers
	two := func(x float64) string { return fmt.Sprintf("%.2f", x) }
	whole := func(x float64) string { return fmt.Sprintf("%.0f", x) }
	counted := fmt.Sprintf(t.Text(schema.Text{Zh: "本地 %d 家", En: "%d here"}), n.Companies)
	if _, comparable := n.FrameCompanies.Get(); comparable {
		counted += fmt.Sprintf(t.Text(schema.Text{Zh: "，其中%s %s 家，预期 %s 家", En: ", %[2]s of them %[1]s, %[3]s expected"}),
			t.Frame(p, v.Comparable), t.Figure(n.FrameCompanies, whole), t.Figure(n.Expected, two))
	}
	line("数字", "numbers", "%s", counted+fmt.Sprintf(t.Text(schema.Text{
		Zh: "，可能未见 %s 家；区位商 %s（90%% 区间 %s–%s）", En: ", %s possibly unseen; location quotient %s (interval %s–%s)",
	}), t.Figure(n.Hidden, two), t.Figure(n.Mean, two), t.Figure(n.Low, two), t.Figure(n.High, two)))
	for _, r := range v.Reasons() {
		line("理由", "because", "%s", t.Text(r.Text))
	}
	var terms []string
	for _, term := range v.Terms {
		terms = append(terms, fmt.Sprintf("%s %.2f", t.Text(term.Label), term.Points))
	}
	if v.State != gaps.NotJudged {
		line("优先级", "priority", "%.2f = %s", v.Priority, strings.Join(terms, " + "))
	}
	t.feasibility(v, line)
	if names := t.companies(p, v.Evidence()); names != "" {
		line("企业", "companies", "%s", names)
	}
	var sources []string
	for _, s := range v.Sources() {
		sources = append(sources, fmt.Sprintf("%s (%d)", s.Name, s.Statements))
	}
	if len(sources) > 0 {
		line("来源", "sources", "%s", strings.Join(sources, ", "))
	}
	for _, c := range v.WhatWouldChange() {
		line("若有变化", "would change", "%s", t.Text(c.Text))
	}
	b.WriteByte('\n')
}

// whyTerms is how many terms of a feasibility are put into words.
const whyTerms = 3

// feasibility states the learned score of a gap and what counts most in it.
func (t Terminal) feasibility(v *gaps.Verdict, line func(zh, en, format string, args ...any)) {
	f := v.Feasibility()
	score, known := f.Score.Get()
	if !known {
		return
	}
	above := ""
	if rank, known := f.Rank.Get(); known {
		above = fmt.Sprintf(t.Text(schema.Text{Zh: "，高于 %s 的其他同级环节", En: ", more than %s of the other links of its level"}), Percent(rank))
	}
	rest := score
	var terms []string
	for _, term := range f.Main(whyTerms) {
		rest -= term.Points
		terms = append(terms, fmt.Sprintf("%s (%+.2f)", t.Text(term.Text), term.Points))
	}
	line("可行性评分", "feasibility score", "%+.2f%s", score, above)
	for _, term := range terms {
		line("其中", "of which", "%s", term)
	}
	line("其中", "of which", t.Text(schema.Text{Zh: "其余 %d 项合计（%+.2f）", En: "the other %d terms together (%+.2f)"}), len(f.Terms)-len(terms), rest)
}

// companies names the first companies of the evidence, each once with its best
// grade, invented ones marked.
func (l Language) companies(p *projection.Projection, evidence []gaps.Evidence) string {
	var order []projection.Vertex
	best := map[projection.Vertex]gaps.Evidence{}
	for _, e := range evidence {
		known, seen := best[e.Company]
		if !seen {
			order = append(order, e.Company)
		}
		if !seen || e.Grade < known.Grade {
			best[e.Company] = e
		}
	}
	var names []string
	for _, v := range order[:min(len(order), whyCompanies)] {
		mark := ""
		if best[v].Synthetic {
			mark = l.Text(schema.Text{Zh: "，虚构", En: ", invented"})
		}
		names = append(names, fmt.Sprintf("%s [%s%s]", l.Name(p, v), best[v].Grade, mark))
	}
	if rest := len(order) - whyCompanies; rest > 0 {
		names = append(names, fmt.Sprintf("+%d", rest))
	}
	return strings.Join(names, ", ")
}
