package show

import (
	"fmt"
	"strconv"
	"strings"

	"liantu/graph/placements"
	"liantu/graph/projection"
	"liantu/loaders/names"
	"liantu/message"
	"liantu/place"
	"liantu/schema"
)

// NamePairs is a table of pairs of names to judge, with a column for the verdict.
func NamePairs(l Language, items []names.ReviewItem) *Table {
	t := &Table{Columns: []Column{
		{Name: "left", Head: schema.Text{Zh: "名称甲", En: "LEFT"}, Flex: true},
		{Name: "right", Head: schema.Text{Zh: "名称乙", En: "RIGHT"}, Flex: true},
		{Name: "verdict", Head: schema.Text{Zh: "判定", En: "VERDICT"}, Choices: l.choices("同一家 不同 不确定", "same different unsure")},
		{Name: "kind", Head: schema.Text{Zh: "情形", En: "CASE"}},
		{Name: "relation", Head: schema.Text{Zh: "可能的关系", En: "RELATION"}},
		{Name: "points", Head: schema.Text{Zh: "分值", En: "POINTS"}, Right: true},
		{Name: "left_name", Head: schema.Text{Zh: "甲的名称", En: "LEFT NAME"}, Flex: true},
		{Name: "right_name", Head: schema.Text{Zh: "乙的名称", En: "RIGHT NAME"}, Flex: true},
		{Name: "reasons", Head: schema.Text{Zh: "理由", En: "REASONS"}, Flex: true},
		{Name: "note", Head: schema.Text{Zh: "备注", En: "NOTE"}},
	}}
	for _, i := range items {
		var reasons []string
		for _, r := range i.Reasons {
			if text := l.Text(r.Text); r.Part == names.PartRelation {
				reasons = append(reasons, text)
			} else {
				reasons = append(reasons, fmt.Sprintf("%s %+.1f", text, r.Points))
			}
		}
		points := Word(strconv.FormatFloat(i.Points, 'f', 1, 64))
		t.Add(Word(i.Left.Ref), Word(i.Right.Ref), Word(""), Word(l.Text(i.Kind.Label())), Word(l.Text(i.Relation.Label())),
			points, Word(i.Left.Name), Word(i.Right.Name), Word(strings.Join(reasons, "; ")), Word(""))
	}
	return t
}

// choices are the words that may be filled in, in the language of the list.
func (l Language) choices(zh, en string) []string {
	return strings.Fields(l.Text(schema.Text{Zh: zh, En: en}))
}

// namedCompanies is how many companies of a question are named.
const namedCompanies = 5

// PlacementQuestions is a table of what people should judge, with a column for the verdict.
func PlacementQuestions(l Language, p *projection.Projection, list []placements.Question) *Table {
	t := &Table{Columns: []Column{
		{Name: "about", Head: schema.Text{Zh: "对象", En: "ABOUT"}},
		{Name: "subject", Head: schema.Text{Zh: "企业或词条", En: "SUBJECT"}, Flex: true},
		{Name: "link_code", Head: schema.Text{Zh: "环节编号", En: "LINK CODE"}, Flex: true},
		{Name: "link", Head: schema.Text{Zh: "环节", En: "LINK"}, Flex: true},
		{Name: "verdict", Head: schema.Text{Zh: "判断", En: "VERDICT"}, Choices: l.choices("是 部分 否", "yes partly no")},
		{Name: "purpose", Head: schema.Text{Zh: "用途", En: "PURPOSE"}},
		{Name: "companies", Head: schema.Text{Zh: "可了结企业", En: "SETTLES"}, Right: true},
		{Name: "flips", Head: schema.Text{Zh: "可改判断的城市", En: "CITIES"}, Right: true},
		{Name: "probability", Head: schema.Text{Zh: "平均概率", En: "PROBABILITY"}, Right: true},
		{Name: "names", Head: schema.Text{Zh: "涉及企业", En: "COMPANIES"}, Flex: true},
		{Name: "evidence", Head: schema.Text{Zh: "依据", En: "EVIDENCE"}, Flex: true},
		{Name: "example", Head: schema.Text{Zh: "所见企业", En: "EXAMPLE"}, Flex: true},
		{Name: "note", Head: schema.Text{Zh: "备注", En: "NOTE"}},
	}}
	for i := range list {
		q := &list[i]
		about, example := l.Label("COMPANY", schema.Text{Zh: "企业", En: "company"}), ""
		if q.Item != "" {
			about, example = l.Label("ITEM", schema.Text{Zh: "词条", En: "item"}), p.Reference(q.Company)
		}
		var captions []string
		for _, c := range q.Companies[:min(namedCompanies, len(q.Companies))] {
			captions = append(captions, p.Caption(c))
		}
		if len(q.Companies) > namedCompanies {
			captions = append(captions, "…")
		}
		t.Add(about, Word(q.Subject(p)), Word(p.Code(q.Link)), l.Named(p, q.Link), Word(""), l.purpose(q.Purpose), Count(len(q.Companies)), Count(q.Flips),
			Number(q.Probability, 2), Word(strings.Join(captions, l.Text(schema.Text{Zh: "、", En: ", "}))), Word(q.Evidence.In(message.Language(l))), Word(example), Word(""))
	}
	return t
}

func (l Language) purpose(p placements.Purpose) Cell {
	if p == placements.Check {
		return l.Label(string(p), schema.Text{Zh: "抽查", En: "check"})
	}
	return l.Label(string(p), schema.Text{Zh: "待定", En: "settle"})
}

// firstQuestions is of how many questions the share of all review work is stated.
const firstQuestions = 100

// Reviewed says how many questions there are, and how much of what is for review the first of
// them settle.
func (l Language) Reviewed(list []placements.Question) []string {
	questions, checks, all, first := 0, 0, 0, 0
	for i := range list {
		if list[i].Purpose == placements.Check {
			checks++
			continue
		}
		if questions++; questions <= firstQuestions {
			first += len(list[i].Companies)
		}
		all += len(list[i].Companies)
	}
	lines := []string{l.Text(schema.Text{
		Zh: fmt.Sprintf("待定 %d 问，涉及 %d 对企业与环节；抽查已挂 %d 对", questions, all, checks),
		En: fmt.Sprintf("%d questions about %d pairs of company and link; %d confirmed pairs to check", questions, all, checks),
	})}
	if questions > firstQuestions {
		share := Percent(float64(first) / float64(all))
		lines = append(lines, l.Text(schema.Text{
			Zh: fmt.Sprintf("前 %d 问可了结其中 %s", firstQuestions, share),
			En: fmt.Sprintf("the first %d settle %s of them", firstQuestions, share),
		}))
	}
	return lines
}

// Taught says what the judgements of a graph did to placement; nothing where there are none.
func (l Language) Taught(m *placements.Method) []string {
	if m.Judgements.Count == 0 && len(m.Judgements.Lost) == 0 {
		return nil
	}
	lesson := &m.Lesson
	counted := schema.Text{Zh: fmt.Sprintf("依判定 %d 条", m.Judgements.Count), En: fmt.Sprintf("%d judgements count", m.Judgements.Count)}
	if n := len(m.Judgements.Lost); n > 0 {
		counted.Zh += fmt.Sprintf("；另有 %d 条所指的企业或环节不在图谱中", n)
		counted.En += fmt.Sprintf("; %d more name a company or link that the graph lacks", n)
	}
	lines := []string{l.Text(counted)}
	figures := schema.Text{
		Zh: fmt.Sprintf("留出检验的已挂链对：原分值 %d 对中 %d 对为是，新分值 %d 对中 %d 对为是", lesson.Before.Of, lesson.Before.Right, lesson.After.Of, lesson.After.Right),
		En: fmt.Sprintf("of the pairs held back, %d of %d confirmed by the points before are right, and %d of %d by the new ones", lesson.Before.Right, lesson.Before.Of, lesson.After.Right, lesson.After.Of),
	}
	switch lesson.Refused {
	case place.NoRefusal:
		lines = append(lines, l.Text(schema.Text{Zh: "分值已据此修正；" + figures.Zh, En: "the points were learned anew; " + figures.En}))
	case place.LessPrecise:
		lines = append(lines, l.Text(schema.Text{Zh: "分值未改，因为准确率会下降；" + figures.Zh, En: "the points stay, since learning would make them less precise; " + figures.En}))
	case place.TooFew:
		lines = append(lines, l.Text(schema.Text{
			Zh: fmt.Sprintf("分值未改：留出检验的已挂链对不足 15 对（原 %d，新 %d），请多判抽查部分", lesson.Before.Of, lesson.After.Of),
			En: fmt.Sprintf("the points stay: fewer than 15 confirmed pairs are held back (%d before, %d after); judge more of those to check", lesson.Before.Of, lesson.After.Of),
		}))
	}
	return lines
}
