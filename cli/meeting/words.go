package meeting

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"liantu/cli/show"
	"liantu/graph/candidates"
	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/schema"
)

// writer puts papers into the words of one language.
type writer struct {
	show.Language
	*Papers
	p      *projection.Projection
	region projection.Vertex
}

func (w *writer) say(zh, en string) string { return w.Text(schema.Text{Zh: zh, En: en}) }

func (w *writer) sayf(zh, en string, args ...any) string { return fmt.Sprintf(w.say(zh, en), args...) }

// chosen is what belongs to the language of the papers, where what is empty is meant.
func chosen[T any](w *writer, zh, en T) T {
	if w.Language == show.Chinese {
		return zh
	}
	return en
}

func (w *writer) name(v projection.Vertex) string {
	if v == projection.None {
		return ""
	}
	return w.Name(w.p, v)
}

// short is the short name of a company, else its name.
func (w *writer) short(company projection.Vertex) string {
	if text := w.p.Text(company, "short_name"); text != "" {
		return text
	}
	return w.name(company)
}

func (w *writer) list(texts []string) string { return strings.Join(texts, w.say("、", ", ")) }

// expected is how many companies would be usual, with one decimal; a dash where it is not known.
func expected(v *gaps.Verdict) string {
	x, known := v.Numbers.Expected.Get()
	if !known {
		return "–"
	}
	return fmt.Sprintf("%.1f", x)
}

// counted are the reasons that say again what the columns of numbers say.
var counted = []gaps.Code{gaps.NoneFound, gaps.BelowExpected, gaps.AsExpected, gaps.AboveExpected}

// why are the reasons that add most to the priority of a verdict, beside the numbers: two at
// most. That planners declared no role is none.
func (w *writer) why(v *gaps.Verdict) string {
	reasons := slices.DeleteFunc(slices.Clone(v.Reasons()), func(r gaps.Reason) bool {
		return r.Points <= 0 || slices.Contains(counted, r.Code) || r.Code == gaps.DeclaredRole && v.Declared == ""
	})
	slices.SortStableFunc(reasons, func(a, b gaps.Reason) int { return cmp.Compare(b.Points, a.Points) })
	var texts []string
	for _, r := range reasons[:min(2, len(reasons))] {
		texts = append(texts, w.Text(r.Text))
	}
	return w.Join(texts)
}

// first are the best companies to attract for a link; a dash where there are none.
func (w *writer) first(link projection.Vertex) string {
	var names []string
	for _, c := range w.First[link] {
		names = append(names, w.short(c.Company))
	}
	if len(names) == 0 {
		return "–"
	}
	return w.list(names)
}

// fills are the links that a candidate would fill: three by name, the rest counted.
func (w *writer) fills(c *candidates.Candidate) string {
	var names []string
	for _, f := range c.Links[:min(best, len(c.Links))] {
		names = append(names, w.name(f.Link))
	}
	text := w.list(names)
	if more := len(c.Links) - best; more > 0 {
		text += w.sayf("等 %[1]d 个", " and %[2]d more", len(c.Links), more)
	}
	return text
}

// unknownWhy says why the state of a link is not known.
var unknownWhy = []struct {
	code gaps.Code
	text schema.Text
}{
	{gaps.NotSurveyed, schema.Text{Zh: "未摸底（没有对本地完整的名录）", En: "not surveyed (no list is complete here)"}},
	{gaps.TooFew, schema.Text{Zh: "样本太少", En: "too few companies"}},
	{gaps.Hidden, schema.Text{Zh: "可能另有未见企业", En: "unseen companies are to be expected"}},
}

// unknowns counts the links of unknown state by the reason, in the order of unknownWhy.
func (w *writer) unknowns() (all int, by []int) {
	by = make([]int, len(unknownWhy))
	for _, v := range w.Rows.Verdicts {
		if v.State != gaps.Unknown {
			continue
		}
		all++
		for i, u := range unknownWhy {
			if slices.Contains(v.Flags, u.code) {
				by[i]++
				break
			}
		}
	}
	return all, by
}

// states are those of links that are judged, in the order of a legend.
var states = []gaps.State{gaps.Absent, gaps.Weak, gaps.Present, gaps.Adequate, gaps.Strong, gaps.Unknown}

// ecosystem is what a table of ecosystems says of one.
type ecosystem struct {
	of    projection.Vertex
	links map[gaps.State]int
	first []string // links of the list
}

// ecosystems counts the rows by ecosystem and state, in the order of their codes, those
// without an ecosystem last; each with the first links of the list.
func (w *writer) ecosystems() []*ecosystem {
	var all []*ecosystem
	of := func(v *gaps.Verdict) *ecosystem {
		i := slices.IndexFunc(all, func(e *ecosystem) bool { return e.of == v.Ecosystem })
		if i < 0 {
			all = append(all, &ecosystem{of: v.Ecosystem, links: map[gaps.State]int{}})
			i = len(all) - 1
		}
		return all[i]
	}
	for _, v := range w.Rows.Verdicts {
		of(v).links[v.State]++
	}
	for _, v := range w.List {
		if e := of(v); len(e.first) < best {
			e.first = append(e.first, w.name(v.Link))
		}
	}
	code := func(e *ecosystem) string {
		if e.of == projection.None {
			return "\uffff"
		}
		return w.p.Code(e.of)
	}
	slices.SortStableFunc(all, func(a, b *ecosystem) int { return strings.Compare(code(a), code(b)) })
	return all
}

// denied says which part the caller may not ask for; "" for none.
func (w *writer) denied(question string) string {
	if !slices.Contains(w.Denied, question) {
		return ""
	}
	return w.say("您的角色不能查询这一部分，故未列。", "Your role may not ask for this part, and it is left out.")
}

// basis are the lines that say by what the papers were made: populations, coverage, days.
func (w *writer) basis() []string {
	a := w.Rows
	lines := []string{w.sayf("掌握本地企业 %d 家，已归入环节 %d 家（%s）", "%d companies here are known, %d of them placed at links (%s)",
		a.Coverage.Companies, a.Coverage.Attributed, w.Figure(a.Coverage.Share(), show.Percent))}
	for _, f := range a.Frames {
		lines = append(lines, w.sayf("口径：%s，截至 %s 本地 %d 家", "population: %s, %[3]d here as of %[2]s", w.Frame(w.p, f), f.Date, f.Coverage.Companies))
	}
	if len(a.Frames) == 0 {
		lines = append(lines, w.say("没有对本地收录完整的名录，未见企业的环节一律为不明", "no list is complete here: links without a company are unknown"))
	}
	reference := w.say("全国", "the whole country")
	if len(a.Peers) > 0 {
		names := make([]string, len(a.Peers))
		for i, v := range a.Peers {
			names[i] = w.name(v)
		}
		reference = w.list(names)
	}
	lines = append(lines, w.say("参照：", "reference: ")+reference, w.Data(w.p, string(a.MinGrade), false, a.DataDates))
	if a.Empty > 0 {
		lines = append(lines, w.sayf("另有 %d 个环节全国尚无企业归入，不列", "%d more links have no company in the whole country and are not listed", a.Empty))
	}
	return append(lines, w.Notes(w.p)...)
}
