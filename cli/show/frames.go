package show

import (
	"fmt"
	"strings"

	"liantu/graph/area"
	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/schema"
)

// frames says by which populations absence and strength are judged, where the question names
// one, or all.
func (l Language) frames(p *projection.Projection, frames []*gaps.Frame, named area.Population) []string {
	if len(frames) == 0 {
		return []string{l.Text(schema.Text{
			Zh: fmt.Sprintf("没有对本地收录完整的%s名录：未见企业的环节一律为不明。加载名录时用 --population、--complete-in 注明口径和完整覆盖的地区", named.Qualifier().Zh),
			En: fmt.Sprintf("no list%s is complete here, so that links without a company are unknown; state --population and --complete-in when you load one", named.Qualifier().En),
		})}
	}
	lines := make([]string, len(frames))
	for i, f := range frames {
		lines[i] = l.Text(schema.Text{
			Zh: fmt.Sprintf("口径：%s，截至 %s 本地 %d 家，%d 家归入环节；%s", l.Frame(p, f), f.Date, f.Coverage.Companies, f.Coverage.Attributed, comparable(f).Zh),
			En: fmt.Sprintf("population: %s, %d here as of %s, %d of them placed at links; %s", l.Frame(p, f), f.Coverage.Companies, f.Date, f.Coverage.Attributed, comparable(f).En),
		})
	}
	return lines
}

// comparable says what a population is good for.
func comparable(f *gaps.Frame) schema.Text {
	switch {
	case f.Comparable && f.Large:
		return schema.Text{Zh: "可认定缺失、评强弱", En: "absence and strength are judged by it"}
	case f.Large:
		return schema.Text{Zh: "可认定缺失；参照地区没有日期相近的同一口径，不能评强弱", En: "absence is judged by it, strength is not: the reference lacks it, or as of a near date"}
	}
	return schema.Text{Zh: "归入环节的太少，不足以认定缺失", En: "too few at links to judge an absence"}
}

// Frame names a population and what it is limited to.
func (l Language) Frame(p *projection.Projection, f *gaps.Frame) string {
	if f == nil {
		return "–"
	}
	name := l.Text(f.Population.Label())
	if len(f.Scope) == 0 {
		return name
	}
	names := make([]string, len(f.Scope))
	for i, v := range f.Scope {
		names[i] = l.Name(p, v)
	}
	return l.Text(schema.Text{
		Zh: fmt.Sprintf("%s（限%s）", name, strings.Join(names, "、")), En: fmt.Sprintf("%s (%s)", name, strings.Join(names, ", ")),
	})
}

// empty counts the links without any company in the country.
func (l Language) empty(answer *gaps.Answer) []string {
	if answer.Empty == 0 {
		return nil
	}
	return []string{l.Text(schema.Text{
		Zh: fmt.Sprintf("另有 %d 个环节全国尚无企业归入，不列（--with-empty 列出）", answer.Empty),
		En: fmt.Sprintf("%s no company in the whole country and not listed (--with-empty lists them)", gaps.Plural(answer.Empty, "more link with", "more links with")),
	})}
}

// notJudged counts the links that hold no companies.
func (l Language) notJudged(answer *gaps.Answer) []string {
	if answer.NotJudged == 0 {
		return nil
	}
	return []string{l.Text(schema.Text{
		Zh: fmt.Sprintf("另有 %d 个环节承载客户、活动或标题而非企业，不评不列（--with-empty 列出）", answer.NotJudged),
		En: fmt.Sprintf("%s customers, an activity or a heading and no companies, and not judged (--with-empty lists them)", gaps.Plural(answer.NotJudged, "more link holds", "more links hold")),
	})}
}

// represented counts the links without a row of their own among all that were asked about.
func (l Language) represented(n, all int, counts schema.Text) []string {
	if n == 0 {
		return nil
	}
	return []string{l.Text(schema.Text{
		Zh: fmt.Sprintf("共 %d 个环节，%d 个不单列，由所列的上级、下级或同一环节代表（--levels all 全部列出）%s", all, n, counts.Zh),
		En: fmt.Sprintf("%d of %s have no row: one above or below, or the same, that is listed stands for them (--levels all lists all)%s", n, gaps.Plural(all, "link", "links"), counts.En),
	})}
}

// FrameChanges says which populations changed, and what followed from that alone.
func (l Language) FrameChanges(p *projection.Projection, c *gaps.Changes) []string {
	var lines []string
	for _, f := range c.Frames {
		var t schema.Text
		switch {
		case f.Before == nil:
			t.Zh = fmt.Sprintf("口径变了：新增%s，截至 %s 本地 %d 家；%s", l.Frame(p, f.After), f.After.Date, f.After.Coverage.Companies, comparable(f.After).Zh)
			t.En = fmt.Sprintf("another population: %s, %d here as of %s; %s", l.Frame(p, f.After), f.After.Coverage.Companies, f.After.Date, comparable(f.After).En)
		case f.After == nil:
			t.Zh = "口径变了：对本地不再收录完整的是" + f.Before.Population.Label().Zh
			t.En = "a population that is complete here no more: " + f.Before.Population.Label().En
		default:
			t.Zh = fmt.Sprintf("口径变了：%s，截至由 %s 改为 %s；%s", l.Frame(p, f.After), f.Before.Date, f.After.Date, comparable(f.After).Zh)
			t.En = fmt.Sprintf("a population as of another day: %s, %s instead of %s; %s", l.Frame(p, f.After), f.After.Date, f.Before.Date, comparable(f.After).En)
		}
		lines = append(lines, l.Text(t))
	}
	if c.ByFrame > 0 {
		lines = append(lines, l.Text(schema.Text{
			Zh: fmt.Sprintf("仅因口径变化而状态或动作改变的环节 %d 个，企业未变，不逐条列", c.ByFrame),
			En: fmt.Sprintf("%s changed by that alone, with the same companies, and not listed", gaps.Plural(c.ByFrame, "link", "links")),
		}))
	}
	return lines
}
