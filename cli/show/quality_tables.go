package show

import (
	"fmt"

	"liantu/graph/projection"
	"liantu/graph/quality"
	"liantu/schema"
)

// QualityTable is a table of how complete and old the data of regions are.
func QualityTable(p *projection.Projection, q *quality.Answer) *Table {
	t := &Table{Columns: []Column{
		{Name: "region", Head: schema.Text{Zh: "地区", En: "REGION"}},
		{Name: "companies", Head: schema.Text{Zh: "企业", En: "COMPANIES"}, Right: true},
		{Name: "at_links", Head: schema.Text{Zh: "已归环节", En: "AT LINKS"}, Right: true},
		{Name: "with_uscc", Head: schema.Text{Zh: "有信用代码", En: "USCC"}, Right: true},
		{Name: "name_only", Head: schema.Text{Zh: "仅有名称", En: "NAME ONLY"}, Right: true},
		{Name: "stale", Head: schema.Text{Zh: "陈旧", En: "STALE"}, Right: true},
		{Name: "undated", Head: schema.Text{Zh: "日期不明", En: "UNDATED"}, Right: true},
		{Name: "disputed", Head: schema.Text{Zh: "有分歧", En: "DISPUTED"}, Right: true},
		{Name: "suspected", Head: schema.Text{Zh: "疑似重复", En: "SUSPECTED"}, Right: true},
		{Name: "synthetic", Head: schema.Text{Zh: "虚构", En: "INVENTED"}, Right: true},
	}}
	for _, r := range q.Regions {
		part := func(n int) Cell {
			if r.Companies == 0 {
				return Pair(fmt.Sprint(n), "–")
			}
			return Pair(fmt.Sprint(n), fmt.Sprintf("%d (%.0f%%)", n, 100*float64(n)/float64(r.Companies)))
		}
		t.Add(Pair(p.Code(r.Region), p.Caption(r.Region)), Count(r.Companies), part(r.Attributed), part(r.WithUSCC), part(r.NameOnly),
			part(r.Stale), part(r.Undated), part(r.Disputed), part(r.Suspected), part(r.Synthetic))
	}
	return t
}

// CoverTable is a table of the ecosystems that the data cover.
func CoverTable(l Language, p *projection.Projection, q *quality.Answer) *Table {
	t := &Table{Title: schema.Text{Zh: "生态圈覆盖", En: "ecosystems"}, Columns: []Column{
		{Name: "ecosystem", Head: schema.Text{Zh: "生态圈", En: "ECOSYSTEM"}},
		{Name: "links", Head: schema.Text{Zh: "环节", En: "LINKS"}, Right: true},
		{Name: "covered", Head: schema.Text{Zh: "本地有企业", En: "COVERED"}, Right: true},
		{Name: "companies", Head: schema.Text{Zh: "企业", En: "COMPANIES"}, Right: true},
	}}
	for _, e := range q.Ecosystems {
		t.Add(l.Node(p, e.Ecosystem), Count(e.Links), Count(e.Covered), Count(e.Companies))
	}
	return t
}

// SourceTable is a table of the sources of the data.
func SourceTable(l Language, q *quality.Answer) *Table {
	t := &Table{Title: schema.Text{Zh: "数据来源", En: "sources"}, Columns: []Column{
		{Name: "source", Head: schema.Text{Zh: "数据来源", En: "SOURCE"}, Flex: true},
		{Name: "facts", Head: schema.Text{Zh: "事实", En: "FACTS"}, Right: true},
		{Name: "a", Head: schema.Text{Zh: "A 级", En: "A"}, Right: true},
		{Name: "b", Head: schema.Text{Zh: "B 级", En: "B"}, Right: true},
		{Name: "c", Head: schema.Text{Zh: "C 级", En: "C"}, Right: true},
		{Name: "d", Head: schema.Text{Zh: "D 级", En: "D"}, Right: true},
		{Name: "oldest", Head: schema.Text{Zh: "最早", En: "OLDEST"}},
		{Name: "newest", Head: schema.Text{Zh: "最新", En: "NEWEST"}},
	}}
	for _, s := range q.Sources {
		t.Add(Word(s.Name), Count(s.Facts), Count(s.Grades[0]), Count(s.Grades[1]), Count(s.Grades[2]), Count(s.Grades[3]),
			l.Day(s.Oldest, s.Assumed), l.Day(s.Newest, s.Assumed))
	}
	return t
}

// DisputeTable is a table of the facts on which sources differ.
func DisputeTable(q *quality.Answer) *Table {
	t := &Table{Title: schema.Text{Zh: "来源分歧", En: "conflicts"}, Columns: []Column{
		{Name: "kind", Head: schema.Text{Zh: "类别", En: "KIND"}},
		{Name: "property", Head: schema.Text{Zh: "属性", En: "PROPERTY"}},
		{Name: "elements", Head: schema.Text{Zh: "有分歧", En: "DISPUTED"}, Right: true},
	}}
	for _, d := range q.Disputes {
		t.Add(Word(d.Kind), Word(d.Property), Count(d.Elements))
	}
	return t
}
