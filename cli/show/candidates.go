package show

import (
	"fmt"
	"strings"

	"liantu/graph/candidates"
	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/schema"
)

// Candidates is the answer to which companies would fill links, as far as it is shown: a
// list of targets. perGroup is how many of one group rank before others.
func Candidates(l Language, p *projection.Projection, answer *candidates.Answer, shown []*candidates.Candidate, perGroup int) Answer {
	heading := candidateHeading(l, p, answer)
	return Answer{
		Table: candidateTable(l, p, answer, shown), Heading: append(heading, candidateNotes(l, p, answer, perGroup)...),
		Record: func() any {
			record := Record(p, *answer).(Object)
			return append(record, Connection(Record(p, shown), answer.Len())...)
		},
		Above: Above(heading, Lines(Plain, candidateNotes(l, p, answer, perGroup)...), Lines(Yellow, l.Notes(p)...)),
		Below: l.Unlisted(answer.Len()-len(shown), Companies),
	}
}

func candidateHeading(l Language, p *projection.Projection, answer *candidates.Answer) []string {
	place := func(v projection.Vertex) string { return p.Code(v) + " " + l.Name(p, v) }
	of := l.Text(schema.Text{
		Zh: fmt.Sprintf("%d 个环节", len(answer.Links)), En: gaps.Plural(len(answer.Links), "link", "links"),
	})
	switch {
	case answer.Link != projection.None:
		of = place(answer.Link)
	case len(answer.Links) == 0:
		of = l.Text(schema.Text{Zh: "该范围内没有要补的环节", En: "no link of the scope is to be filled"})
	}
	inHand, days := schema.Text{}, dataDates(answer.DataDates.Now())
	if n := answer.InHand; n > 0 {
		inHand = schema.Text{Zh: fmt.Sprintf("，其中在手 %d 家", n), En: fmt.Sprintf(", %d of them in hand", n)}
	}
	return append([]string{fmt.Sprintf("%s ← %s", place(answer.Region), of), l.Text(schema.Text{
		Zh: fmt.Sprintf("候选企业 %d 家%s；证据等级 %s 及以上；%s，版本 %d", answer.Len(), inHand.Zh, answer.MinGrade, days.Zh, answer.Version),
		En: fmt.Sprintf("%s%s; evidence of grade %s or better; %s, version %d",
			gaps.Plural(answer.Len(), "candidate", "candidates"), inHand.En, answer.MinGrade, days.En, answer.Version),
	})}, l.Understood(p, answer.About)...)
}

// candidateNotes state what was not searched for, whom the filters removed, which companies
// are listed last, and which were left out.
func candidateNotes(l Language, p *projection.Projection, answer *candidates.Answer, perGroup int) (lines []string) {
	say := func(zh, en string) { lines = append(lines, l.Text(schema.Text{Zh: zh, En: en})) }
	for _, x := range answer.NotSought {
		name := p.Code(x.Link) + " " + l.Name(p, x.Link)
		say(name+"："+x.Text.Zh, name+": "+x.Text.En)
	}
	if n := answer.LinksLeft; n > 0 {
		say(fmt.Sprintf("要补的环节过多，优先级较低的 %d 个未查", n), fmt.Sprintf("%s of lower priority not searched for", gaps.Plural(n, "link", "links")))
	}
	for _, f := range answer.Filtered {
		label := filterLabels[f.Filter]
		say(fmt.Sprintf("按%s筛去 %d 家，另有 %d 家%s不明", label.Zh, f.Removed, f.Unknown, label.Zh),
			fmt.Sprintf("%d removed by %s, %d more of which it is not known", f.Removed, label.En, f.Unknown))
	}
	if n := answer.SetBack; n > 0 {
		say(fmt.Sprintf("同一集团只有前 %d 家靠前，其余 %d 家列后", perGroup, n),
			fmt.Sprintf("%d listed last, as only the first %d of a group rank before others", n, perGroup))
	}
	for _, x := range answer.Excluded {
		by := schema.Text{Zh: "由 --exclude 指定", En: "by --exclude"}
		if x.Pursuit != nil {
			name := l.Name(p, x.Pursuit.TaskForce)
			by = schema.Text{Zh: "由“" + name + "”排除", En: "by " + name}
		}
		name := l.Name(p, x.Company)
		say(fmt.Sprintf("未列入：%s（%s）", name, by.Zh), fmt.Sprintf("left out: %s (%s)", name, by.En))
	}
	return lines
}

var filterLabels = map[candidates.Filter]schema.Text{
	candidates.ByListing:   {Zh: "上市", En: "listing"},
	candidates.ByOwnership: {Zh: "所有制", En: "ownership"},
	candidates.ByPlace:     {Zh: "所在地", En: "place"},
	candidates.ByEmployees: {Zh: "员工人数", En: "employees"},
	candidates.ByCapital:   {Zh: "注册资本", En: "capital"},
}

// candidateTable lists candidates. The links and who is in hand have columns on a terminal
// where there is something to say; files have them always.
func candidateTable(l Language, p *projection.Projection, answer *candidates.Answer, shown []*candidates.Candidate) *Table {
	t := &Table{Columns: []Column{
		{Name: "number", Head: schema.Text{Zh: "序号", En: "NO."}, Right: true, File: true},
		{Name: "score", Head: schema.Text{Zh: "得分", En: "SCORE"}, Right: true},
		{Name: "kind", Head: schema.Text{Zh: "路径", En: "KIND"}},
		{Name: "stock_code", Head: schema.Text{Zh: "证券代码", En: "STOCK"}},
		{Name: "company", Head: schema.Text{Zh: "企业", En: "COMPANY"}, Flex: true},
		{Name: "place", Head: schema.Text{Zh: "所在地", En: "PLACE"}},
		{Name: "links", Head: schema.Text{Zh: "补什么环节", En: "FILLS"}, Flex: true, File: len(answer.Links) < 2},
		{Name: "in_hand", Head: schema.Text{Zh: "在手", En: "IN HAND"}, Flex: true, File: answer.InHand == 0},
		{Name: "landing", Head: schema.Text{Zh: "落地方式", En: "LANDING"}},
		{Name: "reasons", Head: schema.Text{Zh: "理由", En: "WHY"}, Flex: true},
		{Name: "pursued_by", Head: schema.Text{Zh: "谁在跟", En: "PURSUED BY"}, File: true},
		{Name: "ownership", Head: schema.Text{Zh: "所有制", En: "OWNERSHIP"}, File: true},
		{Name: "uscc", Head: schema.Text{Zh: "统一社会信用代码", En: "USCC"}, File: true},
		{Name: "registered_capital", Head: schema.Text{Zh: "注册资本（万元）", En: "CAPITAL (10,000 CNY)"}, Right: true, File: true},
		{Name: "employees", Head: schema.Text{Zh: "员工人数", En: "EMPLOYEES"}, Right: true, File: true},
	}}
	for i, c := range shown {
		var reasons, links, forces []string
		for _, r := range c.Reasons {
			reasons = append(reasons, l.Text(r.Text))
		}
		for _, x := range c.Links {
			links = append(links, l.Name(p, x.Link))
		}
		for _, x := range c.Pursuits {
			forces = append(forces, l.Name(p, x.TaskForce))
		}
		list := l.Text(schema.Text{Zh: "、", En: ", "})
		place := p.PlaceOf(c.Company)
		t.Add(Count(i+1), Number(c.Score, 2), l.Label(string(c.Kind), c.Kind.Label()), Word(p.Text(c.Company, "stock_code")),
			l.Named(p, c.Company), Pair(place, PlaceName(l, p, place)), Word(strings.Join(links, list)), Word(handText(l, p, c.InHand)),
			landingCell(l, c), Word(l.Join(reasons)), Word(strings.Join(forces, list)), choiceCell(l, p, c.Company, "ownership"), Word(p.Text(c.Company, "uscc")),
			ValueCell(p, c.Company, "registered_capital", 2), ValueCell(p, c.Company, "employees", 0))
	}
	return t
}

// landingCell shows the kind of landing of a candidate, a dash for one from here.
func landingCell(l Language, c *candidates.Candidate) Cell {
	if c.Landing == nil {
		return Word("–")
	}
	return l.Label(string(c.Landing.Kind), c.Landing.Kind.Label())
}

// handText names the project by which a candidate is in hand, its stage and its last news.
func handText(l Language, p *projection.Projection, h *candidates.InHand) string {
	if h == nil {
		return ""
	}
	var words []string
	if v := p.Model().Node(projection.Project).Property("stage").Value(h.Stage); v != nil {
		words = append(words, l.Text(v.Label))
	}
	if h.Synthetic {
		words = append(words, l.Text(schema.Text{Zh: "虚构", En: "invented"}))
	}
	words = append(words, h.News)
	return l.Text(schema.Text{
		Zh: fmt.Sprintf("%s（%s）", l.Name(p, h.Project), strings.Join(words, "，")),
		En: fmt.Sprintf("%s (%s)", l.Name(p, h.Project), strings.Join(words, ", ")),
	})
}

// choiceCell shows a value of a fixed set by its label.
func choiceCell(l Language, p *projection.Projection, v projection.Vertex, property string) Cell {
	code := p.Text(v, property)
	if value := p.Model().Node(p.Kind(v)).Property(property).Value(code); value != nil {
		return l.Label(code, value.Label)
	}
	return Word("")
}

// ValueCell shows a number that a node has, unknown where it has none.
func ValueCell(p *projection.Projection, v projection.Vertex, property string, decimals int) Cell {
	switch x, _ := p.Value(v, property); x := x.(type) {
	case float64:
		return Number(x, decimals)
	case int64:
		return Count(int(x))
	default:
		return Unknown()
	}
}

// PlaceName is the name of a region, a dash where only the country is known.
func PlaceName(l Language, p *projection.Projection, code string) string {
	v := p.RegionByCode(code)
	if v == projection.None || code == projection.Country {
		return "–"
	}
	return l.Name(p, v)
}
