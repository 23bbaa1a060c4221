package show

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"liantu/evaluate/placement"
	"liantu/graph/placements"
	"liantu/graph/projection"
	"liantu/message"
	"liantu/place"
	"liantu/schema"
)

// placementGroups are the names of the groups of pairs.
var placementGroups = map[string]schema.Text{
	placement.All:           {Zh: "全部", En: "all"},
	placement.Listed:        {Zh: "有主营业务", En: "main business known"},
	placement.Registered:    {Zh: "只有经营范围", En: "business scope only"},
	placement.Manufacturers: {Zh: "其中制造企业", En: "of these, manufacturers"},
}

// PlacementQuality shows how right the placement of companies is.
func PlacementQuality(l Language, results []placement.Result, left int) Answer {
	t := &Table{Columns: []Column{
		{Name: "group", Head: schema.Text{Zh: "范围", En: "GROUP"}},
		{Name: "companies", Head: schema.Text{Zh: "企业", En: "COMPANIES"}, Right: true},
		{Name: "pairs", Head: schema.Text{Zh: "标注对", En: "PAIRS"}, Right: true},
		{Name: "yes", Head: schema.Text{Zh: "其中为是", En: "YES"}, Right: true},
		{Name: "confirmed", Head: schema.Text{Zh: "挂上", En: "CONFIRMED"}, Right: true},
		{Name: "strict", Head: schema.Text{Zh: "严格准确率", En: "STRICT"}, Right: true},
		{Name: "lenient", Head: schema.Text{Zh: "宽松准确率", En: "LENIENT"}, Right: true},
		{Name: "recall", Head: schema.Text{Zh: "召回率", En: "RECALL"}, Right: true},
		{Name: "recall_at_5", Head: schema.Text{Zh: "前五召回率", En: "RECALL@5"}, Right: true},
		{Name: "lines_at_5", Head: schema.Text{Zh: "前五召回率（上下级合算）", En: "LINES@5"}, Right: true},
		{Name: "ap", Head: schema.Text{Zh: "AP", En: "AP"}, Right: true},
		{Name: "ece", Head: schema.Text{Zh: "校准误差", En: "ECE"}, Right: true},
	}}
	records := make([]Object, len(results))
	for i, r := range results {
		t.Add(l.Label(r.Group, placementGroups[r.Group]), Count(r.Companies), Count(r.Pairs), Count(r.Yes), Count(r.Confirmed),
			interval(r.Strict), interval(r.Lenient), interval(r.Recall), interval(r.RecallAt5), interval(r.LinesAt5), Number(r.AP, 3), Number(r.ECE, 3))
		records[i] = Object{}.
			With("group", r.Group).With("companies", r.Companies).With("pairs", r.Pairs).With("yes", r.Yes).With("confirmed", r.Confirmed).
			With("strict", figure(r.Strict)).With("lenient", figure(r.Lenient)).With("recall", figure(r.Recall)).With("recallAt5", figure(r.RecallAt5)).With("linesAt5", figure(r.LinesAt5)).
			With("ap", r.AP).With("ece", r.ECE)
	}
	a := Answer{Table: t, Record: func() any { return Connection(records, len(records)) }}
	if left > 0 {
		a.Below = []string{l.Text(schema.Text{
			Zh: fmt.Sprintf("%d 对标注的企业不在数据中，未计入", left),
			En: fmt.Sprintf("%d labels are of companies that are not among the data and count nowhere", left),
		})}
	}
	return a
}

// interval is a cell of a share with its interval.
func interval(f placement.Figure) Cell {
	c := Number(f.Value, 3)
	if f.Value == f.Value {
		c.Text += fmt.Sprintf(" [%.3f, %.3f]", f.Low, f.High)
	}
	return c
}

// figure is a share with its interval as JSON; null of nothing.
func figure(f placement.Figure) any {
	if f.Value != f.Value {
		return nil
	}
	return Object{}.With("value", f.Value).With("low", f.Low).With("high", f.High)
}

// Placed says what came of placing companies, and what judgements did.
func (l Language) Placed(answer *placements.Answer) []string {
	confirmed, review, read := answer.Count()
	return append([]string{l.Text(schema.Text{
		Zh: fmt.Sprintf("读了 %d 家企业的自述：挂上环节 %d 家，待复核 %d 家，不在链上 %d 家；另有 %d 家没有自述可读", len(answer.Rows), confirmed, review, read, answer.Silent),
		En: fmt.Sprintf("read the words of %d companies: %d placed, %d for review, %d at no link; %d more say nothing of themselves", len(answer.Rows), confirmed, review, read, answer.Silent),
	})}, l.Taught(answer.Method)...)
}

// Placements is a table of the links of companies by their own words, with the evidence.
func Placements(l Language, p *projection.Projection, answer *placements.Answer) *Table {
	t := &Table{Columns: []Column{
		{Name: "company", Head: schema.Text{Zh: "企业", En: "COMPANY"}, Flex: true},
		{Name: "link_code", Head: schema.Text{Zh: "环节编号", En: "LINK CODE"}, Flex: true},
		{Name: "link", Head: schema.Text{Zh: "环节", En: "LINK"}, Flex: true},
		{Name: "probability", Head: schema.Text{Zh: "概率", En: "PROBABILITY"}, Right: true},
		{Name: "outcome", Head: schema.Text{Zh: "结果", En: "OUTCOME"}},
		{Name: "evidence", Head: schema.Text{Zh: "依据", En: "EVIDENCE"}, Flex: true},
	}}
	for i := range answer.Rows {
		row := &answer.Rows[i]
		for at := range row.Links() {
			t.Add(l.Named(p, row.Company), Word(at.Link), l.linkCell(p, at.Link), Number(at.Stated(), 2), l.outcome(at.Outcome), Word(at.Evidence.In(message.Language(l))))
		}
	}
	return t
}

// explained is how many links of a company are explained.
const explained = 3

// PlacementPoints is a table of the best links of one company, each with the points of its
// terms.
func PlacementPoints(l Language, p *projection.Projection, list []place.Explanation) *Table {
	t := &Table{Columns: []Column{
		{Name: "link", Head: schema.Text{Zh: "环节", En: "LINK"}, Flex: true},
		{Name: "term", Head: schema.Text{Zh: "项目", En: "TERM"}, Flex: true},
		{Name: "value", Head: schema.Text{Zh: "取值", En: "VALUE"}, Right: true},
		{Name: "points", Head: schema.Text{Zh: "分值", En: "POINTS"}, Right: true},
	}}
	for _, x := range list[:min(len(list), explained)] {
		link := l.linkCell(p, x.Link)
		t.Add(link, Word(x.Evidence.In(message.Language(l))), Number(x.Stated(), 2), l.outcome(x.Outcome))
		for _, points := range x.Points {
			t.Add(link, Pair(points.Term.Name, l.Text(schema.Text{Zh: points.Term.Zh, En: points.Term.En})), Number(points.Value, 2), Number(points.Points, 2))
		}
	}
	return t
}

// linkCell is a cell of a link by its code: the code as data, the name for people.
func (l Language) linkCell(p *projection.Projection, code string) Cell {
	v, err := p.Lookup(code, projection.Link)
	if err != nil {
		return Word(code)
	}
	return l.Named(p, v)
}

// outcome is a cell of the outcome of a placement.
func (l Language) outcome(o place.Outcome) Cell { return l.Label(string(o), place.OutcomeLabel(o)) }

// byCode is a link as JSON by its code.
func (r recorder) byCode(code string) any {
	v, err := r.picture.Lookup(code, projection.Link)
	if err != nil {
		return Object{{"code", code}}
	}
	return r.vertex(v)
}

// placementEvidence is the evidence of a placement in words: that of the industry is AGREES,
// DIFFERS or null, that of a person YES, PARTLY, NO or null.
func placementEvidence(e place.Evidence) []Member {
	var industry, barred, judged any
	switch {
	case e.Class > 0:
		industry = "AGREES"
	case e.Class < 0:
		industry = "DIFFERS"
	}
	if e.Barred != "" {
		barred = e.Barred
	}
	if e.Judged != "" {
		judged = strings.ToUpper(string(e.Judged))
	}
	return Object{{"from", e.Kind.String()}, {"how", e.How.String()}, {"acts", e.Acts.Names()}, {"industry", industry}, {"barred", barred}, {"judged", judged}}.
		With("said", Object{{"zh", e.In(message.Chinese)}, {"en", e.In(message.English)}})
}

// placementShapes are the shapes of placements.
func placementShapes() map[reflect.Type]shape {
	return map[reflect.Type]shape{
		reflect.TypeFor[placements.Answer](): {names: map[string]string{"Rows": "nodes"}},
		reflect.TypeFor[placements.Row](): {
			names: map[string]string{"Judged": elsewhere},
			more: func(r recorder, v any) []Member {
				row := v.(placements.Row)
				var judged any
				if row.Judged.AsOf != "" {
					judged = r.record(*row.Judged)
				}
				return Object{{"judged", judged}, {"links", r.record(slices.Collect(row.Links()))}}
			},
		},
		reflect.TypeFor[place.Lesson](): {
			names: map[string]string{"Refused": elsewhere},
			more: func(_ recorder, v any) []Member {
				var refused any
				if lesson := v.(place.Lesson); lesson.Refused != place.NoRefusal && lesson.Teach+lesson.HeldBack > 0 {
					refused = string(lesson.Refused)
				}
				return Object{{"refused", refused}}
			},
		},
		reflect.TypeFor[place.Placement](): {
			names: map[string]string{"Link": elsewhere, "One": elsewhere, "Finest": elsewhere},
			more:  func(r recorder, v any) []Member { return Object{{"link", r.byCode(v.(place.Placement).Link)}} },
		},
		reflect.TypeFor[place.Evidence](): {
			names: map[string]string{"Kind": elsewhere, "How": elsewhere, "Acts": elsewhere, "Class": elsewhere, "Barred": elsewhere, "Judged": elsewhere},
			more:  func(_ recorder, v any) []Member { return placementEvidence(v.(place.Evidence)) },
		},
	}
}
