package show

import (
	"fmt"

	"liantu/graph/introductions"
	"liantu/graph/projection"
	"liantu/schema"
)

// Introductions is the answer to who can introduce a region, as far as it is shown.
func Introductions(l Language, p *projection.Projection, answer *introductions.Answer, shown []*introductions.Introduction) Answer {
	companies := answer.Company == projection.None
	wanted := answer.Company
	for _, v := range []projection.Vertex{answer.Link, answer.Person} {
		if v != projection.None {
			wanted = v
		}
	}
	heading := []string{
		fmt.Sprintf("%s %s → %s", p.Code(answer.Region), l.Name(p, answer.Region), l.Name(p, wanted)),
		l.Text(schema.Text{
			Zh: fmt.Sprintf("引荐路径 %d 条；证据等级 %s 及以上；数据截至 %s，版本 %d", len(answer.Introductions), answer.MinGrade, l.DataDate(p), answer.Version),
			En: fmt.Sprintf("introductions: %d; evidence of grade %s or better; data to %s, version %d", len(answer.Introductions), answer.MinGrade, l.DataDate(p), answer.Version),
		}),
	}
	return Answer{
		Table:   introductionTable(l, p, shown, true),
		Heading: append(heading, l.Invented(answer.Synthetic)...),
		Record: func() any {
			short := *answer
			short.Introductions = shown
			return RecordFirst(p, short, len(answer.Introductions))
		},
		Above: Above(heading, Lines(Yellow, l.Notes(p)...), Lines(Yellow, l.Invented(answer.Synthetic)...)),
		Body:  func(t Terminal) error { return t.drawIntroductions(p, shown, companies) },
		Below: l.Unlisted(len(answer.Introductions)-len(shown), Items),
	}
}

// drawIntroductions draws paths, and below them what to ask on the first one.
func (t Terminal) drawIntroductions(p *projection.Projection, shown []*introductions.Introduction, companies bool) error {
	if len(shown) == 0 {
		return t.Say(schema.Text{
			Zh: "尚不掌握可用的引荐路径。可补充乡贤、商会会员、供货或服务关系，并征得本人同意。",
			En: "No path is known. Add people with their consent, memberships, supplies or services.",
		})
	}
	if err := t.Draw(introductionTable(t.Language, p, shown, companies)); err != nil {
		return err
	}
	best := shown[0].Ask
	lines := []Line{{}}
	for _, line := range []struct{ head, text schema.Text }{
		{schema.Text{Zh: "缘由", En: "context"}, best.Context},
		{schema.Text{Zh: "请托", En: "ask"}, best.Request},
		{schema.Text{Zh: "由谁", En: "asked by"}, best.Asker},
	} {
		lines = append(lines, Line{Text: t.Paint(Bold, t.Text(line.head)) + "  " + t.Text(line.text)})
	}
	return t.Put(lines...)
}

// introductionTable lists paths, one row each; with the company and the link
// where they differ.
func introductionTable(l Language, p *projection.Projection, all []*introductions.Introduction, companies bool) *Table {
	t := &Table{Columns: []Column{
		{Name: "strength", Head: schema.Text{Zh: "强度", En: "STRENGTH"}, Right: true},
	}}
	if companies {
		t.Columns = append(t.Columns,
			Column{Name: "score", Head: schema.Text{Zh: "得分", En: "SCORE"}, Right: true},
			Column{Name: "company", Head: schema.Text{Zh: "企业", En: "COMPANY"}, Flex: true},
			Column{Name: "link", Head: schema.Text{Zh: "环节", En: "LINK"}, Flex: true})
	}
	t.Columns = append(t.Columns,
		Column{Name: "way", Head: schema.Text{Zh: "路径", En: "PATH"}, Flex: true},
		Column{Name: "grade", Head: schema.Text{Zh: "证据", En: "GRADE"}},
		Column{Name: "oldest", Head: schema.Text{Zh: "最早数据", En: "OLDEST"}})
	for _, i := range all {
		row := []Cell{Number(i.Strength, 3)}
		if companies {
			link := Cell{}
			if i.Link != projection.None {
				link = l.Node(p, i.Link)
			}
			row = append(row, Number(i.Score, 3), l.Named(p, i.Company), link)
		}
		texts := make([]string, 0, len(i.Hops))
		grade, oldest := "", introductions.Hop{}
		for _, h := range i.Hops {
			texts = append(texts, l.Text(h.Text))
			grade = max(grade, string(h.Grade))
			if oldest.AsOf == "" || h.AsOf < oldest.AsOf {
				oldest = h
			}
		}
		t.Add(append(row, Word(l.Join(texts)), Word(grade), l.Day(oldest.AsOf, oldest.Assumed))...)
	}
	return t
}
