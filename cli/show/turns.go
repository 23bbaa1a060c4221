package show

import (
	"strings"

	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/schema"
)

// WhatIf is a table of the verdicts that a supposition changes.
func WhatIf(l Language, p *projection.Projection, w *gaps.WhatIfAnswer) *Table {
	t := &Table{Columns: []Column{
		{Name: "link_code", Head: schema.Text{Zh: "编号", En: "CODE"}, Flex: true},
		{Name: "link", Head: schema.Text{Zh: "环节", En: "LINK"}, Flex: true},
		{Name: "state_before", Head: schema.Text{Zh: "现状", En: "NOW"}},
		{Name: "state_after", Head: schema.Text{Zh: "之后", En: "THEN"}},
		{Name: "companies_before", Head: schema.Text{Zh: "企业", En: "HERE"}, Right: true},
		{Name: "companies_after", Head: schema.Text{Zh: "之后", En: "THEN"}, Right: true},
		{Name: "action_before", Head: schema.Text{Zh: "动作", En: "ACTION"}},
		{Name: "action_after", Head: schema.Text{Zh: "之后", En: "THEN"}},
		{Name: "priority_before", Head: schema.Text{Zh: "优先级", En: "PRIORITY"}, Right: true},
		{Name: "priority_after", Head: schema.Text{Zh: "之后", En: "THEN"}, Right: true},
	}}
	for _, s := range w.Shifts {
		x, y := s.Before, s.After
		t.Add(Word(p.Code(s.Link)), l.Named(p, s.Link),
			l.Label(string(x.State), x.State.Label()), l.Label(string(y.State), y.State.Label()),
			Count(x.Numbers.Companies), Count(y.Numbers.Companies),
			l.Label(string(x.Action), x.Action.Label()), l.Label(string(y.Action), y.Action.Label()),
			Number(x.Priority, 3), Number(y.Priority, 3))
	}
	return t
}

// Turns is a table of the verdicts that have changed.
func Turns(l Language, p *projection.Projection, turns []gaps.HasChanged) *Table {
	t := &Table{Columns: []Column{
		{Name: "link", Head: schema.Text{Zh: "环节", En: "LINK"}},
		{Name: "state_before", Head: schema.Text{Zh: "原状态", En: "STATE WAS"}},
		{Name: "state", Head: schema.Text{Zh: "现状态", En: "STATE"}},
		{Name: "action_before", Head: schema.Text{Zh: "原动作", En: "ACTION WAS"}},
		{Name: "action", Head: schema.Text{Zh: "现动作", En: "ACTION"}},
		{Name: "sources", Head: schema.Text{Zh: "数据来源", En: "SOURCES"}},
		{Name: "why", Head: schema.Text{Zh: "原因", En: "WHY"}, Flex: true},
	}}
	for _, turn := range turns {
		name := turn.Code
		if turn.Link != projection.None {
			name = l.Name(p, turn.Link)
		}
		was, is := l.judged(turn.Before), l.judged(turn.After)
		var sources []string
		for _, c := range turn.Causes {
			sources = append(sources, c.Source)
		}
		t.Add(Pair(turn.Code, name), was[0], is[0], was[1], is[1], Word(strings.Join(sources, ", ")), Word(l.Text(turn.Text)))
	}
	return t
}

// judged is the state and the action of a verdict, dashes for none.
func (l Language) judged(v *gaps.Verdict) [2]Cell {
	if v == nil {
		return [2]Cell{Unknown(), Unknown()}
	}
	return [2]Cell{l.Label(string(v.State), v.State.Label()), l.Label(string(v.Action), v.Action.Label())}
}

// TurnRecords are the verdicts that have changed as JSON.
func TurnRecords(turns []gaps.HasChanged) []Object {
	judged := func(v *gaps.Verdict) any {
		if v == nil {
			return nil
		}
		return Object{}.With("state", v.State).With("action", v.Action).With("companies", v.Numbers.Companies)
	}
	records := make([]Object, len(turns))
	for i, t := range turns {
		causes := make([]Object, len(t.Causes))
		for j, c := range t.Causes {
			causes[j] = Object{}.With("source", c.Source).With("more", c.More).With("fewer", c.Fewer)
		}
		records[i] = Object{}.
			With("link", t.Code).
			With("before", judged(t.Before)).
			With("after", judged(t.After)).
			With("causes", causes).
			With("why", Object{}.With("zh", t.Text.Zh).With("en", t.Text.En))
	}
	return records
}
