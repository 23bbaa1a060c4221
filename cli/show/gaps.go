package show

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/graph/topics"
	"liantu/schema"
)

// Gaps is the answer to which links are missing, as far as it is shown: with
// whys, each verdict with all that it rests on.
func Gaps(l Language, p *projection.Projection, answer *gaps.Answer, shown []*gaps.Verdict, whys bool) Answer {
	scopes := shownScopes(p, answer.Summaries)
	return Answer{
		Table:   VerdictTable(l, p, shown, nil),
		More:    []*Table{summaryTable(l, p, scopes)},
		Heading: slices.Concat(gapHeading(l, p, answer), l.Notes(p), l.Invented(answer.Synthetic)),
		Record:  func() any { return gapRecord(p, answer, shown) },
		Above:   GapHeading(l, p, answer),
		Body: func(t Terminal) error {
			if len(scopes) > 1 {
				if err := t.Draw(summaryTable(l, p, scopes)); err != nil {
					return err
				}
				if err := t.Put(Line{}); err != nil {
					return err
				}
			}
			if whys {
				return t.whys(p, shown)
			}
			return t.Draw(VerdictTable(l, p, shown, askColumns))
		},
		Below: l.Unlisted(len(answer.Verdicts)-len(shown), Links),
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

// GapHeading are the lines above an answer about gaps.
func GapHeading(l Language, p *projection.Projection, answer *gaps.Answer) []Line {
	return Above(gapHeading(l, p, answer), Lines(Yellow, l.Notes(p)...), Lines(Yellow, l.Invented(answer.Synthetic)...))
}

// gapHeading states what the answer is about, of which day it is, and how much of
// the region is known.
func gapHeading(l Language, p *projection.Projection, answer *gaps.Answer) []string {
	reference := l.Text(schema.Text{Zh: "全国", En: "the whole country"})
	if len(answer.Peers) > 0 {
		names := make([]string, len(answer.Peers))
		for i, v := range answer.Peers {
			names[i] = l.Name(p, v)
		}
		reference = strings.Join(names, ", ")
	}
	c, days := answer.Coverage, dataDates(answer.DataDates.Now())
	share := l.Figure(c.Share(), Percent)
	heading := []string{fmt.Sprintf("%s %s", p.Code(answer.Region), l.Name(p, answer.Region)), l.Text(schema.Text{
		Zh: fmt.Sprintf("企业 %d 家，已归入环节 %d 家（%s）；参照：%s；证据等级 %s 及以上；%s，版本 %d",
			c.Companies, c.Attributed, share, reference, answer.MinGrade, days.Zh, answer.Version),
		En: fmt.Sprintf("%s, %d of them placed at links (%s); reference: %s; evidence of grade %s or better; %s, version %d",
			gaps.Plural(c.Companies, "company", "companies"), c.Attributed, share, reference, answer.MinGrade, days.En, answer.Version),
	})}
	represented := l.represented(answer.Represented, answer.Links, schema.Text{Zh: "；汇总按全部环节计", En: "; the counts are of all links"})
	return slices.Concat(heading, l.Understood(p, answer.About), l.frames(p, answer.Frames, answer.Settings().Population), l.empty(answer), l.notJudged(answer), represented)
}

// Understood is the line that says what words were understood as; none for no topic.
func (l Language) Understood(p *projection.Projection, topic *topics.Topic) []string {
	if topic == nil {
		return nil
	}
	return []string{l.Text(topic.Said(p))}
}

// ratedStates are the states but those of links that are kept apart.
func ratedStates() []gaps.State {
	return slices.DeleteFunc(gaps.States(), gaps.State.Apart)
}

var stateStyles = map[gaps.State]Style{
	gaps.Unknown: Dim, gaps.Absent: Red, gaps.Weak: Yellow, gaps.Strong: Green,
}

// Summary counts links by state and by action, one row a scope: of the ecosystems
// where there are several, else of the chains.
func Summary(l Language, p *projection.Projection, all []gaps.Summary) *Table {
	return summaryTable(l, p, shownScopes(p, all))
}

func summaryTable(l Language, p *projection.Projection, summaries []gaps.Summary) *Table {
	t := &Table{Title: schema.Text{Zh: "汇总", En: "summary"}, Columns: []Column{
		{Name: "scope", Head: schema.Text{Zh: "生态圈/产业链", En: "ECOSYSTEM/CHAIN"}, Flex: true},
		{Name: "links", Head: schema.Text{Zh: "环节", En: "LINKS"}, Right: true},
		{Name: "present", Head: schema.Text{Zh: "已有", En: "PRESENT"}, Right: true},
	}}
	for _, s := range ratedStates() {
		t.Columns = append(t.Columns, Column{Name: strings.ToLower(string(s)), Head: s.Label(), Right: true})
	}
	for _, x := range gaps.Actions() {
		t.Columns = append(t.Columns, Column{Name: strings.ToLower(string(x)), Head: x.Label(), Right: true})
	}
	t.Columns = append(t.Columns, Column{Name: "empty", Head: gaps.Empty.Label(), Right: true})
	t.Columns = append(t.Columns, Column{Name: "not_judged", Head: gaps.NotJudged.Label(), Right: true, File: !slices.ContainsFunc(summaries, func(s gaps.Summary) bool { return s.NotJudged > 0 })})
	for _, s := range summaries {
		row := []Cell{Word(l.Name(p, s.Scope)), Count(s.Links), Count(s.Present)}
		for _, state := range ratedStates() {
			row = append(row, Count(s.States[state]))
		}
		for _, action := range gaps.Actions() {
			row = append(row, Count(s.Actions[action]))
		}
		t.Add(append(row, Count(s.Empty), Count(s.NotJudged))...)
	}
	return t
}

// The columns of verdicts on the terminal, and where several ecosystems stand in
// one table. As CSV they have all columns.
var (
	askColumns = []string{
		"priority", "action", "state", "confidence", "link", "chain", "companies", "expected", "lq_mean",
		"pull_down", "pull_up", "reason",
	}
	EcosystemColumns = []string{"ecosystem", "action", "state", "confidence", "link", "chain", "companies", "expected", "lq_mean", "reason"}
)

// VerdictTable lists verdicts, one row each, with the named columns; with all
// of them for none.
func VerdictTable(l Language, p *projection.Projection, verdicts []*gaps.Verdict, names []string) *Table {
	t := &Table{}
	var columns []verdictColumn
	for _, c := range verdictColumns(l) {
		if len(names) == 0 || slices.Contains(names, c.Name) {
			columns = append(columns, c)
			t.Columns = append(t.Columns, c.Column)
		}
	}
	for _, v := range verdicts {
		row := make([]Cell, len(columns))
		for i, c := range columns {
			row[i] = c.of(p, v)
		}
		t.Add(row...)
	}
	return t
}

// LinkCode is the head of the codes of links in workbooks.
var LinkCode = schema.Text{Zh: "环节编号", En: "LINK CODE"}

type verdictColumn struct {
	Column
	of func(*projection.Projection, *gaps.Verdict) Cell
}

func verdictColumns(l Language) []verdictColumn {
	stateStyle := func(raw string) Style { return stateStyles[gaps.State(raw)] }
	node := func(of func(*gaps.Verdict) projection.Vertex) func(*projection.Projection, *gaps.Verdict) Cell {
		return func(p *projection.Projection, v *gaps.Verdict) Cell {
			return l.Node(p, of(v))
		}
	}
	link := func(v *gaps.Verdict) projection.Vertex { return v.Link }
	columns := []verdictColumn{
		{Column{Name: "ecosystem", Head: schema.Text{Zh: "生态圈", En: "ECOSYSTEM"}}, node(func(v *gaps.Verdict) projection.Vertex { return v.Ecosystem })},
		{
			Column{Name: "priority", Head: schema.Text{Zh: "优先级", En: "PRIO"}, Right: true, Note: schema.Text{
				Zh: "严重程度、供需拉力、可行性与重要性的加权和，0 到 1", En: "weighted sum of severity, pull, feasibility and importance, 0 to 1",
			}},
			func(_ *projection.Projection, v *gaps.Verdict) Cell { return Figure(v.Urgency(), 2) },
		},
		{
			Column{Name: "action", Head: schema.Text{Zh: "动作", En: "ACTION"}},
			func(_ *projection.Projection, v *gaps.Verdict) Cell {
				return l.Label(string(v.Action), v.Action.Label())
			},
		},
		{
			Column{Name: "state", Head: schema.Text{Zh: "状态", En: "STATE"}, Paint: stateStyle},
			func(_ *projection.Projection, v *gaps.Verdict) Cell {
				return l.Label(string(v.State), v.State.Label())
			},
		},
		{
			Column{Name: "confidence", Head: schema.Text{Zh: "置信", En: "SURE"}, Right: true, Note: schema.Text{
				Zh: "状态判断的把握", En: "how sure the state is",
			}},
			func(_ *projection.Projection, v *gaps.Verdict) Cell {
				return Cell{strconv.FormatFloat(v.Confidence, 'g', -1, 64), Percent(v.Confidence)}
			},
		},
		{Column{Name: "link", Head: schema.Text{Zh: "环节", En: "LINK"}, Code: LinkCode, Flex: true}, node(link)},
		{Column{Name: "link_name"}, func(p *projection.Projection, v *gaps.Verdict) Cell { return Word(p.Caption(v.Link)) }},
		{
			Column{Name: "chain", Head: schema.Text{Zh: "产业链", En: "CHAIN"}, Flex: true},
			func(p *projection.Projection, v *gaps.Verdict) Cell { return l.chains(p, v) },
		},
		{Column{Name: "same_links", Head: schema.Text{Zh: "同一环节", En: "SAME LINKS"}}, func(p *projection.Projection, v *gaps.Verdict) Cell { return l.sameLinks(p, v) }},
	}
	columns = append(columns, numberColumns()...)
	columns = append(columns, frameColumns(l)...)
	return append(columns, verdictColumn{
		Column{Name: "reason", Head: schema.Text{Zh: "理由", En: "WHY"}, Flex: true},
		func(_ *projection.Projection, v *gaps.Verdict) Cell { return Word(mainReason(l, v)) },
	})
}

// chains names the chain of a link, and those of the links that are the same.
func (l Language) chains(p *projection.Projection, v *gaps.Verdict) Cell {
	chains := []projection.Vertex{v.Chain}
	for _, same := range v.SameLinks() {
		if chain := p.ChainOf(same); chain != projection.None && !slices.Contains(chains, chain) {
			chains = append(chains, chain)
		}
	}
	cell := l.Node(p, v.Chain)
	for _, chain := range chains[1:] {
		cell.Text += l.Text(schema.Text{Zh: "、", En: ", "}) + l.Name(p, chain)
	}
	return cell
}

// sameLinks lists the codes of the links that are the same.
func (l Language) sameLinks(p *projection.Projection, v *gaps.Verdict) Cell {
	var codes []string
	for _, same := range v.SameLinks() {
		codes = append(codes, p.Code(same))
	}
	return Word(strings.Join(codes, " "))
}

// mainReason is the reason that adds most to the priority beside the counts,
// which the columns show already; the verdict itself where nothing else does.
func mainReason(l Language, v *gaps.Verdict) string {
	reasons := v.Reasons()
	if len(reasons) == 0 {
		return ""
	}
	best := reasons[0]
	if v.State == gaps.Unknown || v.State == gaps.NotJudged {
		return l.Text(best.Text) // why it is so
	}
	for _, r := range reasons[1:] {
		undeclared := r.Code == gaps.DeclaredRole && v.Declared == ""
		if r.Points > 0 && !undeclared && (best.Code == reasons[0].Code || r.Points > best.Points) {
			best = r
		}
	}
	return l.Text(best.Text)
}

// gapRecord is an answer as JSON, with what its verdicts rest on.
func gapRecord(p *projection.Projection, answer *gaps.Answer, shown []*gaps.Verdict) Object {
	r := newRecorder(p)
	head := *answer
	head.Verdicts = nil
	verdicts := []any{}
	for _, v := range shown {
		o := r.record(v).(Object)
		verdicts = append(verdicts, append(o,
			Member{"reasons", r.record(v.Reasons())},
			Member{"evidence", r.record(v.Evidence())},
			Member{"sameLinks", r.record(v.SameLinks())},
			Member{"sources", r.record(v.Sources())},
			Member{"pipeline", r.record(v.Pipeline())},
			Member{"parks", r.record(v.Parks())},
			Member{"opportunities", r.record(v.Opportunities())},
			Member{"wouldChange", r.record(v.WhatWouldChange())},
		))
	}
	return r.record(head).(Object).Set("nodes", verdicts).Set("totalCount", len(answer.Verdicts))
}
