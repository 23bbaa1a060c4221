package gaps

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"liantu/graph/projection"
	"liantu/schema"
)

// HasChanged is a link whose state or action is not what it was.
type HasChanged struct {
	Link   projection.Vertex // in the later picture; projection.None if it is gone
	Code   string            // of the link
	Before *Verdict          // nil if the link was not there
	After  *Verdict          // nil if the link is gone
	// Causes are the sources that state more or fewer local companies at the link
	// than before, those with most statements first. None means that the verdict
	// changed because of data elsewhere.
	Causes []Cause
	Text   schema.Text // why, in a sentence
}

// Cause counts the statements of one source about a link that are new or gone.
type Cause struct {
	Source string
	More   int // statements that a company is at the link which are new
	Fewer  int // statements that are gone
}

// Changes are what differs between two answers to the same question.
type Changes struct {
	// Links are those whose state or action changed, in the order of their codes, but
	// those that ByFrame counts.
	Links []HasChanged
	// Frames are the populations that are complete in the region and were not, are no
	// longer, or are as of another day (口径变了).
	Frames []FrameChange
	// ByFrame counts the links whose state or action changed only because the population
	// that their verdicts rest on did: the companies there are the same.
	ByFrame int
}

// FrameChange is a population before and after; one of them may be nil.
type FrameChange struct{ Before, After *Frame }

// days are the days of two pictures. A population of the day of its picture is mostly of
// no stated day.
type days struct{ before, after string }

func (a *Answer) day() string {
	if a.assessor == nil {
		return ""
	}
	return a.assessor.Picture.AsOf()
}

// same reports whether two frames are one population as of the same days.
func (d days) same(before, after *Frame) bool {
	if before == nil || after == nil {
		return before == after
	}
	equal := func(x, y string) bool { return x == y || x == d.before && y == d.after }
	return before.Name == after.Name && equal(before.Date, after.Date) && before.Comparable == after.Comparable &&
		equal(before.ReferenceDate, after.ReferenceDate)
}

// framesChanged compares the populations of two answers.
func (d days) framesChanged(before, after *Answer) []FrameChange {
	var changes []FrameChange
	at := func(frames []*Frame, name string) *Frame {
		i := slices.IndexFunc(frames, func(f *Frame) bool { return f.Name == name })
		if i < 0 {
			return nil
		}
		return frames[i]
	}
	for _, f := range after.Frames {
		if was := at(before.Frames, f.Name); !d.same(was, f) {
			changes = append(changes, FrameChange{was, f})
		}
	}
	for _, f := range before.Frames {
		if at(after.Frames, f.Name) == nil {
			changes = append(changes, FrameChange{f, nil})
		}
	}
	return changes
}

// byFrame reports whether only the populations behind a verdict changed.
func (d days) byFrame(t *HasChanged) bool {
	return t.Before != nil && t.After != nil && len(t.Causes) == 0 && t.Before.Numbers.Companies == t.After.Numbers.Companies && t.Before.Declared == t.After.Declared &&
		(!d.same(t.Before.Naming, t.After.Naming) || !d.same(t.Before.Comparable, t.After.Comparable))
}

// WhatHasChanged compares two answers to the same question from two pictures. Links are
// the same when their codes are.
func WhatHasChanged(before, after *Answer) *Changes {
	d := days{before.day(), after.day()}
	changes := &Changes{Frames: d.framesChanged(before, after)}
	was, is := byCode(before), byCode(after)
	codes := map[string]bool{}
	for code := range was {
		codes[code] = true
	}
	for code := range is {
		codes[code] = true
	}
	for _, code := range slices.Sorted(maps.Keys(codes)) {
		t := HasChanged{Link: projection.None, Code: code, Before: was[code], After: is[code]}
		if t.After != nil {
			t.Link = t.After.Link
			if t.Before != nil && t.Before.State == t.After.State && t.Before.Action == t.After.Action {
				continue
			}
		}
		t.Causes = causes(t.Before.statements(), t.After.statements())
		moved := progressed(t.Before, t.After)
		if len(moved) == 0 && d.byFrame(&t) {
			changes.ByFrame++
			continue
		}
		t.Text = t.why(moved)
		changes.Links = append(changes.Links, t)
	}
	return changes
}

func byCode(a *Answer) map[string]*Verdict {
	found := make(map[string]*Verdict, len(a.Verdicts))
	for _, v := range a.Verdicts {
		found[a.assessor.Picture.Code(v.Link)] = v
	}
	return found
}

// statement says by which source a company is at a link.
type statement struct{ company, link, source, asOf string }

// statements returns what puts the local companies at the link or below it; none
// for a nil verdict.
func (v *Verdict) statements() map[statement]bool {
	found := map[statement]bool{}
	if v == nil {
		return found
	}
	a := v.assessor
	below := a.Picture.CountedAt(v.Link)
	for _, company := range a.local(a.Presence.At(v.Link)) {
		arcs := a.Picture.Out(projection.OperatesIn, company)
		for i, at := range arcs.Others {
			number := arcs.Edges[i]
			if _, ok := slices.BinarySearch(below, at); !ok || !a.Picture.Current(projection.OperatesIn, number) {
				continue
			}
			edge, _, _ := a.Picture.Edge(projection.OperatesIn, number)
			for _, f := range edge.Facts {
				if f.Property == "" && f.Grade <= a.Grade {
					found[statement{string(a.Picture.Node(company).Keys[0]), a.Picture.Code(at), f.Source, f.Date()}] = true
				}
			}
		}
	}
	return found
}

// causes compares statements.
func causes(before, after map[statement]bool) []Cause {
	bySource := map[string]Cause{}
	for s := range after {
		if !before[s] {
			c := bySource[s.source]
			c.More++
			bySource[s.source] = c
		}
	}
	for s := range before {
		if !after[s] {
			c := bySource[s.source]
			c.Fewer++
			bySource[s.source] = c
		}
	}
	var list []Cause
	for name, c := range bySource {
		c.Source = name
		list = append(list, c)
	}
	slices.SortFunc(list, func(a, b Cause) int {
		return cmp.Or(cmp.Compare(b.More+b.Fewer, a.More+a.Fewer), strings.Compare(a.Source, b.Source))
	})
	return list
}

// why states the causes in a sentence, with what became of projects.
func (t *HasChanged) why(projects []schema.Text) schema.Text {
	var zh, en []string
	for _, c := range t.Causes {
		if c.More > 0 {
			zh = append(zh, fmt.Sprintf("%s 新增 %d 条", c.Source, c.More))
			en = append(en, fmt.Sprintf("%s states %d more", c.Source, c.More))
		}
		if c.Fewer > 0 {
			zh = append(zh, fmt.Sprintf("%s 减少 %d 条", c.Source, c.Fewer))
			en = append(en, fmt.Sprintf("%s states %d fewer", c.Source, c.Fewer))
		}
	}
	switch {
	case t.Before == nil:
		zh, en = append(zh, "环节是新增的"), append(en, "the link is new")
	case t.After == nil:
		zh, en = append(zh, "环节已不在图谱中"), append(en, "the link is gone")
	default:
		if was, is := declared(t.Before), declared(t.After); was != is {
			zh, en = append(zh, fmt.Sprintf("规划定位 %s → %s", was.Zh, is.Zh)), append(en, fmt.Sprintf("role in the plan %s → %s", was.En, is.En))
		}
		b, a := t.Before.Numbers, t.After.Numbers
		if b.Companies != a.Companies {
			zh = append(zh, fmt.Sprintf("本地企业 %d → %d", b.Companies, a.Companies))
			en = append(en, fmt.Sprintf("companies here %d → %d", b.Companies, a.Companies))
		}
		if was, is := expected(b.Expected), expected(a.Expected); was != is {
			zh = append(zh, fmt.Sprintf("预期 %s → %s", was.Zh, is.Zh))
			en = append(en, fmt.Sprintf("expected %s → %s", was.En, is.En))
		}
	}
	for _, text := range projects {
		zh, en = append(zh, text.Zh), append(en, text.En)
	}
	if len(zh) == 0 {
		zh, en = []string{"本环节数据未变，周边环节或参照地区有变化"}, []string{"nothing at the link itself; its neighbours or the reference changed"}
	}
	return schema.Text{Zh: strings.Join(zh, "；"), En: strings.Join(en, "; ")}
}

// declared words what a planner declared.
func declared(v *Verdict) schema.Text {
	if v.Declared == "" {
		return schema.Text{Zh: "未定位", En: "none"}
	}
	return v.Declared.Label()
}

// expected words an expected number, which may be unknown.
func expected(f Figure) schema.Text {
	if _, known := f.Get(); !known {
		return Unknown.Label()
	}
	n := number(f)
	return schema.Text{Zh: strings.Replace(n, tiny, "不足 0.1", 1), En: n}
}
