package place_test

import (
	"fmt"
	"math"
	"testing"

	"liantu/message"
	"liantu/place"
)

// reviewed is a company whose words leave a link for review.
var reviewed = place.Company{Name: "清河泵业有限公司", Industry: "泵及真空设备制造", Scope: "离心泵批发；企业管理"}

func TestVerdictsOnItems(t *testing.T) {
	trader := place.Company{Name: "清河有限公司", Industry: "通用设备制造业", Scope: "离心泵、真空泵、水泵的销售"}
	for _, c := range []struct {
		name    string
		company place.Company
		judged  []place.Judged
		link    string
		outcome place.Outcome
	}{
		{"nobody judged", reviewed, nil, pumps, place.Review},
		{"yes", reviewed, []place.Judged{{"离心泵批发", pumps, place.Yes}}, pumps, place.Confirmed},
		{"yes, of another width", reviewed, []place.Judged{{"离心泵批发 ", pumps, place.Yes}}, pumps, place.Confirmed},
		{"yes, of the group too", reviewed, []place.Judged{{"离心泵批发", pumps, place.Yes}}, fluid, place.Confirmed},
		{"no, but the class names it", reviewed, []place.Judged{{"离心泵批发", pumps, place.No}}, pumps, place.Review},
		{"no, and nothing else names it", reviewed, []place.Judged{{"离心泵批发", pumps, place.No}}, fluid, ""},
		{"the last of two counts", reviewed, []place.Judged{{"离心泵批发", pumps, place.No}, {"离心泵批发", pumps, place.Yes}}, pumps, place.Confirmed},
		{"the last of two counts, a no too", reviewed, []place.Judged{{"离心泵批发", pumps, place.Yes}, {"离心泵批发", pumps, place.No}}, pumps, place.Review},
		{"an item that it does not state", reviewed, []place.Judged{{"真空泵批发", pumps, place.Yes}}, pumps, place.Review},
		{"a link that no word names", reviewed, []place.Judged{{"企业管理", integ, place.Yes}}, integ, place.Confirmed},
		{"a link that is unknown", reviewed, []place.Judged{{"企业管理", "none.such", place.Yes}}, integ, ""},
		{"the verb of a list is not of the item", trader, []place.Judged{{"离心泵", pumps, place.Yes}}, pumps, place.Review},
		{"an item of another text", place.Company{Name: "清河阀门有限公司", Scope: "企业管理咨询"}, []place.Judged{{"阀门", valves, place.Yes}}, valves, place.Review},
		{"the same link of another chain", place.Company{Name: "清河有限公司", Scope: "二轮车；企业管理"}, []place.Judged{{"二轮车", cycles2, place.Yes}}, cycles, place.Confirmed},
	} {
		got := at(placer(t).Under(c.judged).Place(c.company), c.link)
		if got.Outcome != c.outcome {
			t.Errorf("%s: %q at %.2f, want %q", c.name, got.Outcome, got.Probability, c.outcome)
		}
	}
}

func TestARefusedItemNamesNothing(t *testing.T) {
	c := place.Company{Name: "清河有限公司", Industry: "仪器仪表制造业", Products: "离心泵、真空泵"}
	if got := at(placer(t).Place(c), pumps); got.Outcome == "" {
		t.Fatal("the link is not named at all, so nothing is tested")
	}
	both := []place.Judged{{"离心泵", pumps, place.No}, {"真空泵", pumps, place.Partly}}
	if got := at(placer(t).Under(both).Place(c), pumps); got.Outcome != "" {
		t.Errorf("both items are refused: %+v", got)
	}
	if got := at(placer(t).Under(both).Place(c), fluid); got.Outcome != "" {
		t.Errorf("what a refused item implies stays: %+v", got)
	}
	if got := at(placer(t).Under(both[:1]).Place(c), pumps); got.Evidence.Text != "真空泵" {
		t.Errorf("the other item does not speak: %+v", got)
	}
	group := []place.Judged{{"离心泵", fluid, place.No}, {"真空泵", fluid, place.No}}
	if got := at(placer(t).Under(group).Place(c), pumps); got.Outcome != "" {
		t.Errorf("a no to the group leaves the link below it: %+v", got)
	}
	part := []place.Judged{{"离心泵", fluid, place.Partly}, {"真空泵", fluid, place.Partly}}
	if got := at(placer(t).Under(part).Place(c), pumps); got.Outcome == "" {
		t.Error("partly at the group takes the link below it away")
	}
}

func TestVerdictsOnCompanies(t *testing.T) {
	maker := place.Company{Name: "清河泵业有限公司", Industry: "泵及真空设备制造", Products: "离心泵、真空泵"}
	for _, c := range []struct {
		name    string
		company place.Company
		judged  []place.Judged
		link    string
		outcome place.Outcome
		p       float64
	}{
		{"yes", reviewed, []place.Judged{{"", pumps, place.Yes}}, pumps, place.Confirmed, 1},
		{"yes, of the group too", reviewed, []place.Judged{{"", pumps, place.Yes}}, fluid, place.Confirmed, 1},
		{"yes, where no word names the link", reviewed, []place.Judged{{"", integ, place.Yes}}, integ, place.Confirmed, 1},
		{"yes, without any words", place.Company{Name: "清河有限公司"}, []place.Judged{{"", cycles2, place.Yes}}, cycles, place.Confirmed, 1},
		{"no", maker, []place.Judged{{"", pumps, place.No}}, pumps, place.Rejected, 0},
		{"no to the group", maker, []place.Judged{{"", fluid, place.No}}, pumps, "", 0},
		{"partly", maker, []place.Judged{{"", pumps, place.Partly}}, pumps, place.Rejected, 0},
		{"yes, without any words, of the group too", place.Company{Name: "清河有限公司"}, []place.Judged{{"", pumps, place.Yes}}, fluid, place.Confirmed, 1},
		{"no to one of the same links, of the group of the other", place.Company{Name: "清河有限公司", Industry: "汽车零部件", Products: "摩托车"}, []place.Judged{{"", cycles2, place.No}}, "auto-parts.two-wheelers", "", 0},
		{"no to one of the same links", place.Company{Name: "清河有限公司", Industry: "摩托车", Products: "摩托车"}, []place.Judged{{"", cycles2, place.No}}, cycles, place.Rejected, 0},
		{"a verdict on an item is not one on the company", maker, []place.Judged{{"离心泵", integ, place.Yes}}, integ, "", 0},
	} {
		c.company.Judged = c.judged
		got := at(placer(t).Place(c.company), c.link)
		if got.Outcome != c.outcome || got.Outcome != "" && got.Probability != c.p {
			t.Errorf("%s: %q at %.2f, want %q at %v", c.name, got.Outcome, got.Probability, c.outcome, c.p)
		}
	}
	maker.Judged = []place.Judged{{"", pumps, place.No}}
	list := placer(t).Under([]place.Judged{{"离心泵", pumps, place.Yes}}).Place(maker)
	if got := at(list, pumps); got.Outcome != place.Rejected || got.Evidence.In(message.Chinese) != "经人工判定不在该环节" {
		t.Errorf("a verdict on an item wins over one on the company: %+v", got)
	}
	if got := at(list, fluid); got.Outcome == place.Confirmed {
		t.Errorf("what was refused confirms the group: %+v", got)
	}
}

func TestAJudgedItemSaysSo(t *testing.T) {
	got := at(placer(t).Under([]place.Judged{{"离心泵批发", pumps, place.Yes}}).Place(reviewed), pumps)
	if zh := got.Evidence.In(message.Chinese); zh != "经营范围第 1/2 项“离心泵批发”，经人工判定属于该环节" || got.Evidence.ByPerson {
		t.Errorf("%s, %v", zh, got.Evidence.ByPerson)
	}
	reviewed := reviewed
	reviewed.Judged = []place.Judged{{"", pumps, place.Yes}}
	got = at(placer(t).Place(reviewed), pumps)
	if en := got.Evidence.In(message.English); en != "judged to be at the link" || !got.Evidence.ByPerson || got.Stated() != .99 {
		t.Errorf("%s, %v, %v", en, got.Evidence.ByPerson, got.Stated())
	}
}

// class returns companies that say the same, each of another name, and how a reader judges
// them.
func class(u *place.Pupil, n int, c place.Company, link string, verdict func(i int) place.Verdict) {
	for i := range n {
		c.Name = fmt.Sprintf("青山%d号有限公司", i)
		u.Add(c, map[string]place.Verdict{link: verdict(i)})
	}
}

func pupil(t *testing.T) *place.Pupil {
	t.Helper()
	taxonomy, err := place.NewTaxonomy(links())
	if err != nil {
		t.Fatal(err)
	}
	return place.NewPupil(taxonomy)
}

func TestJudgementsTeach(t *testing.T) {
	sure := place.Company{Industry: "泵及真空设备制造", Products: "离心泵、真空泵"}
	doubtful := place.Company{Industry: "科技推广和应用服务业", Scope: "物业管理；食品销售；服装销售；日用百货销售；信息系统集成服务"}
	always := func(v place.Verdict) func(int) place.Verdict { return func(int) place.Verdict { return v } }
	u := pupil(t)
	class(u, 60, sure, pumps, always(place.Yes))
	class(u, 200, doubtful, integ, always(place.Yes))
	model, lesson, err := u.Relearn(place.BuiltIn(), .9)
	if err != nil {
		t.Fatal(err)
	}
	if lesson.Refused != place.NoRefusal || lesson.Teach+lesson.HeldBack != 260 || lesson.HeldBack < 60 || lesson.HeldBack > 200 {
		t.Fatalf("%+v", lesson)
	}
	if lesson.After.Of <= lesson.Before.Of || lesson.After.Right != lesson.After.Of || lesson.Outcomes[place.Confirmed] != lesson.After {
		t.Errorf("what was judged yes is confirmed no more often: %+v", lesson)
	}
	p, err := place.With(links(), model, .9)
	if err != nil {
		t.Fatal(err)
	}
	doubtful.Name = "黄石有限公司"
	if before, after := at(placer(t).Place(doubtful), integ), at(p.Place(doubtful), integ); after.Probability <= before.Probability {
		t.Errorf("%v before and %v after", before.Probability, after.Probability)
	}
}

func TestTeachingIsRefused(t *testing.T) {
	sure := place.Company{Industry: "泵及真空设备制造", Products: "离心泵、真空泵"}
	doubtful := place.Company{Industry: "科技推广和应用服务业", Scope: "物业管理；食品销售；服装销售；日用百货销售；信息系统集成服务"}
	yes := func(int) place.Verdict { return place.Yes }
	few := pupil(t)
	class(few, 20, sure, pumps, yes)
	if m, lesson, err := few.Relearn(place.BuiltIn(), .9); err != nil || lesson.Refused != place.TooFew || m != place.BuiltIn() || lesson.Outcomes[place.Confirmed].Of != 20 {
		t.Errorf("few judgements: %+v, %v", lesson, err)
	}
	// nothing was confirmed before, so that nothing says whether that is better
	unsure := pupil(t)
	class(unsure, 200, doubtful, integ, yes)
	if m, lesson, err := unsure.Relearn(place.BuiltIn(), .9); err != nil || lesson.Refused != place.TooFew || m != place.BuiltIn() || lesson.HeldBack < 60 {
		t.Errorf("nothing to compare with: %+v, %v", lesson, err)
	}
	// those that teach say yes to what those held back say no to
	taught := map[int]bool{}
	for i := range 300 {
		sure.Name = fmt.Sprintf("青山%d号有限公司", i)
		taught[i] = teaches(t, sure, map[string]place.Verdict{pumps: place.Yes})
	}
	u := pupil(t)
	class(u, 60, sure, pumps, yes)
	class(u, 300, doubtful, integ, func(i int) place.Verdict {
		if taught[i] {
			return place.Yes
		}
		return place.No
	})
	m, lesson, err := u.Relearn(place.BuiltIn(), .9)
	if err != nil || lesson.Refused != place.LessPrecise || m != place.BuiltIn() || lesson.After.Of <= lesson.Before.Of {
		t.Errorf("a lesson that makes the points less precise: %+v, %v", lesson, err)
	}
	if _, _, err := u.Relearn(place.BuiltIn(), .999); err == nil {
		t.Error("a precision that was not reached is no error")
	}
}

// TestTeachingIsLearningTogether: learning from examples and then from more of them gives
// about what learning from all at once gives.
func TestTeachingIsLearningTogether(t *testing.T) {
	companies := []place.Company{
		{Industry: "泵及真空设备制造", Products: "离心泵、真空泵"},
		{Industry: "零售业", Scope: "离心泵销售；水泵批发"},
		{Industry: "软件和信息技术服务业", Scope: "信息系统集成服务；软件开发"},
		{Industry: "科技推广和应用服务业", Scope: "物业管理；食品销售；软件开发；信息系统集成服务"},
	}
	codes := []string{pumps, pumps, integ, integ}
	verdicts := []place.Verdict{place.Yes, place.No, place.Yes, place.No}
	first, second, both := pupil(t), pupil(t), pupil(t)
	for i, c := range companies {
		for n := range 120 {
			c.Name = fmt.Sprintf("白水%d号有限公司", n)
			pair := map[string]place.Verdict{codes[i]: verdicts[i]}
			if n%7 == 0 {
				pair[codes[i]] = place.Partly
			}
			switch {
			case n < 60:
				first.Add(c, pair)
				both.Add(c, pair)
			case teaches(t, c, pair):
				second.Add(c, pair)
				both.Add(c, pair)
			default:
				second.Add(c, pair)
			}
		}
	}
	base, err := first.Learn()
	if err != nil {
		t.Fatal(err)
	}
	after, lesson, err := second.Relearn(base, .7)
	if err != nil || lesson.Refused != place.NoRefusal {
		t.Fatal(lesson, err)
	}
	together, err := both.Learn()
	if err != nil {
		t.Fatal(err)
	}
	c := companies[3]
	c.Name = "黄石有限公司"
	probability := func(m *place.Model) float64 {
		p, err := place.With(links(), m, .7)
		if err != nil {
			t.Fatal(err)
		}
		return at(p.Place(c), integ).Probability
	}
	a, b, z := probability(after), probability(together), probability(base)
	if apart := math.Abs(a - b); apart > .01 || apart > math.Abs(z-b)/3 {
		t.Errorf("%v one after the other, %v together, %v before", a, b, z)
	}
}

// teaches reports whether the judgements of a company teach rather than measure.
func teaches(t *testing.T, c place.Company, pair map[string]place.Verdict) bool {
	t.Helper()
	one := pupil(t)
	one.Add(c, pair)
	_, lesson, err := one.Relearn(place.BuiltIn(), .9)
	if err != nil || lesson.Teach+lesson.HeldBack != 1 {
		t.Fatal(lesson, err)
	}
	return lesson.Teach == 1
}
