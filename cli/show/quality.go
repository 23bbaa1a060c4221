package show

import (
	"fmt"
	"strings"

	"liantu/graph/projection"
	"liantu/graph/quality"
	"liantu/schema"
)

// Populations lists the populations of a region: where each is complete, as of when, and
// how far its members are read.
func Populations(l Language, p *projection.Projection, q *quality.Answer) *Table {
	t := &Table{Title: schema.Text{Zh: "口径", En: "populations"}, Columns: []Column{
		{Name: "population", Head: schema.Text{Zh: "口径", En: "POPULATION"}},
		{Name: "scope", Head: schema.Text{Zh: "限定产业", En: "SCOPE"}},
		{Name: "complete", Head: schema.Text{Zh: "完整覆盖", En: "COMPLETE"}, Flex: true},
		{Name: "date", Head: schema.Text{Zh: "截至", En: "AS OF"}},
		{Name: "years", Head: schema.Text{Zh: "距今（年）", En: "YEARS"}, Right: true},
		{Name: "members", Head: schema.Text{Zh: "成员", En: "MEMBERS"}, Right: true},
		{Name: "at_links", Head: schema.Text{Zh: "已归环节", En: "AT LINKS"}, Right: true},
		{Name: "read", Head: schema.Text{Zh: "已研读", En: "READ"}, Right: true},
		{Name: "under_review", Head: schema.Text{Zh: "待复核", En: "REVIEW"}, Right: true},
		{Name: "rejected", Head: schema.Text{Zh: "已排除", En: "REJECTED"}, Right: true},
		{Name: "unread", Head: schema.Text{Zh: "未研读", En: "UNREAD"}, Right: true, Note: schema.Text{
			Zh: "尚无人归入任何环节、也未研读的成员：缺失结论因此存疑", En: "members at no link that nobody has read: they are why an absence is in doubt",
		}},
	}}
	for _, x := range q.Populations {
		years, share := Unknown(), Count(x.Attributed)
		if x.Years != nil {
			years = Number(*x.Years, 1)
		}
		if x.Share != nil {
			share.Text = fmt.Sprintf("%d (%.0f%%)", x.Attributed, 100**x.Share)
		}
		scope, codes := nodes(l, p, x.Scope)
		where := Pair("true", l.Text(schema.Text{Zh: "是", En: "yes"}))
		if !x.Complete {
			in, _ := nodes(l, p, x.In)
			lacking, lackingCodes := nodes(l, p, x.Lacking)
			where = Pair("false: "+lackingCodes, l.Text(schema.Text{
				Zh: fmt.Sprintf("否，仅%s；缺%s", in, lacking), En: fmt.Sprintf("no, in %s only; not in %s", in, lacking),
			}))
		}
		t.Add(l.Label(string(x.Population), x.Population.Label()), Pair(codes, scope), where, Word(x.Date), years, Count(x.Members), share,
			Count(x.Read), Count(x.UnderReview), Count(x.Rejected), Count(x.Unread))
	}
	return t
}

// nodes joins the names of nodes, at most four and the number of the others, and all their codes.
func nodes(l Language, p *projection.Projection, vertices []projection.Vertex) (names, codes string) {
	var some, all []string
	for i, v := range vertices {
		all = append(all, p.Code(v))
		if i < 4 {
			some = append(some, l.Name(p, v))
		}
	}
	comma := l.Text(schema.Text{Zh: "、", En: ", "})
	names = strings.Join(some, comma)
	if more := len(all) - len(some); more > 0 {
		names += l.Text(schema.Text{Zh: fmt.Sprintf("等 %d 个地区", len(all)), En: fmt.Sprintf(" and %d more", more)})
	}
	return names, strings.Join(all, " ")
}

// Advice is the line that says which list would help most, none if none is wanted.
func Advice(l Language, q *quality.Answer) []string {
	if q.Advice == nil {
		return nil
	}
	if q.AdviceCommand == nil {
		return []string{l.Text(*q.Advice)}
	}
	return []string{l.Text(*q.Advice) + l.Text(schema.Text{Zh: "：", En: ": "}) + l.Text(*q.AdviceCommand)}
}
