package place_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"liantu/message"
	"liantu/place"
)

// links are a small taxonomy; the tables know some of its codes.
func links() []place.Link {
	return []place.Link{
		{Code: "general-machinery.mid", Name: "整机", Chain: "general-machinery", Closed: true},
		{Code: "general-machinery.fluid-machinery", Name: "流体机械", Chain: "general-machinery", Parent: "general-machinery.mid"},
		{Code: "general-machinery.fluid-machinery.pumps", Name: "泵", Chain: "general-machinery", Parent: "general-machinery.fluid-machinery", Keywords: []string{"水泵", "离心泵", "真空泵", "=泵"}},
		{Code: "general-machinery.fluid-machinery.valves", Name: "阀门", Chain: "general-machinery", Parent: "general-machinery.fluid-machinery", Keywords: []string{"球阀", "减压阀"}},
		{Code: "software.it-services", Name: "信息技术服务", Chain: "software"},
		{Code: "software.it-services.system-integration", Name: "系统集成", Chain: "software", Parent: "software.it-services", Keywords: []string{"信息系统集成"}},
		{Code: "software.development", Name: "软件开发", Chain: "software", Keywords: []string{"软件"}},
		{Code: "healthcare.drug-distribution.drug-wholesale", Name: "医药批发", Chain: "healthcare"},
		{Code: "general-machinery.plant-engineering.equipment-rental-and-repair", Name: "设备租赁与维修", Chain: "general-machinery", Keywords: []string{"塔吊租赁"}},
		{Code: "smart-home.home-scenes.furniture", Name: "家具", Chain: "smart-home"},
		{Code: "auto-parts.two-wheelers", Name: "两轮车辆", Chain: "auto-parts"},
		{Code: "auto-parts.two-wheelers.motorcycles", Name: "摩托车", Chain: "auto-parts", Parent: "auto-parts.two-wheelers"},
		{Code: "smart-vehicle.parts.motorcycles", Name: "两轮摩托", Chain: "smart-vehicle", Same: []string{"auto-parts.two-wheelers.motorcycles"}},
		{Code: "bio.patients", Name: "肿瘤患者", Chain: "bio", Closed: true},
	}
}

func placer(t testing.TB) *place.Placer {
	t.Helper()
	p, err := place.Default(links(), .9)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// at returns the placement at a link, the zero value where it is not named.
func at(list []place.Placement, code string) place.Placement {
	for _, pl := range list {
		if pl.Link == code {
			return pl
		}
	}
	return place.Placement{}
}

const (
	fluid   = "general-machinery.fluid-machinery"
	pumps   = fluid + ".pumps"
	valves  = fluid + ".valves"
	integ   = "software.it-services.system-integration"
	drugs   = "healthcare.drug-distribution.drug-wholesale"
	home    = "smart-home.home-scenes.furniture"
	cycles  = "auto-parts.two-wheelers.motorcycles"
	cycles2 = "smart-vehicle.parts.motorcycles"
)

func TestOutcomes(t *testing.T) {
	for _, c := range []struct {
		name    string
		company place.Company
		link    string
		outcome place.Outcome // "" for a link that is not named
		bar     string
	}{
		{"made and first", place.Company{Name: "清河泵业有限公司", Industry: "泵及真空设备制造", Products: "离心泵、真空泵"}, pumps, place.Confirmed, ""},
		{"a group with its link", place.Company{Name: "清河泵业有限公司", Industry: "泵及真空设备制造", Products: "离心泵、真空泵"}, fluid, place.Confirmed, ""},
		{"an item of the register", place.Company{Name: "青山信息有限公司", Industry: "软件和信息技术服务业", Scope: "一般项目：信息系统集成服务；软件开发；网络技术服务"}, integ, place.Confirmed, ""},
		{"trade alone", place.Company{Name: "清河泵业有限公司", Industry: "泵及真空设备制造", Scope: "离心泵销售；真空泵批发"}, pumps, place.Review, place.BarTrade},
		{"repair alone", place.Company{Name: "清河泵业有限公司", Industry: "泵及真空设备制造", Scope: "离心泵安装、维修"}, pumps, place.Review, place.BarTrade},
		{"dealing that is the link", place.Company{Name: "清河医药有限公司", Industry: "医药制造业", Scope: "药品批发"}, drugs, place.Confirmed, ""},
		{"rental that is the link", place.Company{Name: "清河有限公司", Scope: "塔吊租赁"}, "general-machinery.plant-engineering.equipment-rental-and-repair", place.Confirmed, ""},
		{"the class alone", place.Company{Name: "清河有限公司", Industry: "泵及真空设备制造", Scope: "企业管理"}, pumps, place.Review, place.BarClass},
		{"the name alone", place.Company{Name: "清河阀门有限公司", Scope: "企业管理咨询"}, valves, place.Review, place.BarName},
		{"a word within an item", place.Company{Name: "清河有限公司", Industry: "通用设备制造业", Products: "离心泵密封"}, pumps, place.Review, place.BarPart},
		{"another industry, and nothing said of making", place.Company{Name: "清河有限公司", Industry: "汽车零部件", Products: "离心泵"}, pumps, place.Review, place.BarOther},
		{"another industry, but made", place.Company{Name: "清河有限公司", Industry: "汽车零部件", Products: "离心泵的研发、生产和销售"}, pumps, place.Confirmed, ""},
		{"parts of a thing", place.Company{Name: "清河有限公司", Industry: "摩托车", Products: "摩托车零配件的生产"}, cycles, place.Review, place.BarPart},
		{"a thing and its parts", place.Company{Name: "清河有限公司", Industry: "摩托车", Products: "摩托车及配件的生产"}, cycles, place.Confirmed, ""},
		{"what a thing is for", place.Company{Name: "清河有限公司", Industry: "金属制品业", Products: "离心泵用密封"}, pumps, "", ""},
		{"a template", place.Company{Name: "清河有限公司", Scope: "技术服务、技术开发、技术咨询、技术交流"}, integ, "", ""},
		{"a closed link", place.Company{Name: "清河有限公司", Products: "肿瘤患者"}, "bio.patients", "", ""},
		{"a trader of goods", place.Company{Name: "清河家具销售有限公司", Industry: "零售业", Scope: "家具销售；日用百货销售"}, home, place.Rejected, place.BarWider},
	} {
		got := at(placer(t).Place(c.company), c.link)
		if got.Outcome != c.outcome || got.Evidence.Barred != c.bar {
			t.Errorf("%s: %s %q at %.2f, want %s %q (%s)", c.name, got.Outcome, got.Evidence.Barred, got.Probability, c.outcome, c.bar, got.Evidence.In(message.English))
		}
	}
}

func TestALinkIsAsProbableAsThoseBelow(t *testing.T) {
	var list []place.Placement
	lifted := false
	for _, words := range []string{"离心泵、真空泵", "离心泵", "食品、离心泵", "离心泵；离心泵的研发、生产", "离心泵、真空泵、流体机械", "离心泵、服装、玩具、流体机械销售"} {
		c := place.Company{Name: "清河泵业有限公司", Industry: "泵及真空设备制造", Products: words}
		for _, x := range placer(t).Explain(c) {
			lifted = lifted || x.Link == fluid && x.Lifted
		}
		list = placer(t).Place(c)
		below, above := at(list, pumps), at(list, fluid)
		if below.Probability > above.Probability || !below.Finest || above.Finest {
			t.Errorf("%s: below %+v, above %+v", words, below, above)
		}
	}
	if !lifted {
		t.Error("no link owes its probability to one below it, so nothing was tested")
	}
	for i := 1; i < len(list); i++ {
		if list[i-1].Probability < list[i].Probability {
			t.Errorf("not in order: %v before %v", list[i-1], list[i])
		}
	}
}

func TestEqualLinksAreOne(t *testing.T) {
	list := placer(t).Place(place.Company{Name: "清河摩托车有限公司", Industry: "摩托车", Products: "摩托车"})
	a, b := at(list, cycles), at(list, cycles2)
	if a.Outcome != place.Confirmed || b.Outcome != place.Confirmed || a.Probability != b.Probability {
		t.Errorf("%+v and %+v differ", a, b)
	}
	if !a.Finest || b.Finest {
		t.Errorf("the first of equal links is the one to state: %v, %v", a.Finest, b.Finest)
	}
}

func TestEvidence(t *testing.T) {
	list := placer(t).Place(place.Company{Name: "青山有限公司", Industry: "软件和信息技术服务业", Scope: "一般项目：日用百货销售；信息系统集成服务；软件开发"})
	got := at(list, integ).Evidence
	if zh := got.In(message.Chinese); zh != "经营范围第 2/3 项“信息系统集成服务”合“信息系统集成服务”；服务；行业相符" {
		t.Error(zh)
	}
	if en := got.In(message.English); !strings.HasPrefix(en, "item 2 of 3 of the business scope") {
		t.Error(en)
	}
}

// TestTheSameWordsGiveTheSame: what other companies said before, and an industry or a name that
// shares its words with an item, change nothing.
func TestTheSameWordsGiveTheSame(t *testing.T) {
	one := place.Company{Name: "清河软件开发有限公司", Industry: "水泵销售", Products: "软件"}
	other := place.Company{Name: "青山有限公司", Scope: "水泵销售"}
	first, second := placer(t), placer(t)
	a, b := first.Place(one), second.Place(other)
	if at(b, pumps).Link == "" {
		t.Fatal("the item names no link, so nothing is tested")
	}
	if c := second.Place(one); !slices.Equal(a, c) {
		t.Errorf("%v\nand after another company\n%v", a, c)
	}
	if c := first.Place(other); !slices.Equal(b, c) {
		t.Errorf("%v\nand after another company\n%v", b, c)
	}
}

func TestPointsAddUp(t *testing.T) {
	for _, x := range placer(t).Explain(place.Company{Name: "清河泵业有限公司", Industry: "泵及真空设备制造", Products: "离心泵、真空泵", Scope: "泵销售；软件开发"}) {
		sum := 0.0
		for _, p := range x.Points {
			sum += p.Points
		}
		if want := 1 / (1 + math.Exp(-sum)); math.Abs(want-x.Own) > 1e-12 {
			t.Errorf("%s: the points give %v, the probability is %v", x.Link, want, x.Own)
		}
		if x.Lifted == (x.Own == x.Probability) {
			t.Errorf("%s: lifted %v at %v and %v", x.Link, x.Lifted, x.Own, x.Probability)
		}
	}
}

func TestPrecisionChoosesTheThreshold(t *testing.T) {
	c := place.Company{Name: "青山有限公司", Industry: "科技推广和应用服务业", Scope: "软件开发；信息系统集成服务；网络技术服务；电子产品销售；办公设备销售；物业管理"}
	count := func(precision float64) (n int) {
		p, err := place.Default(links(), precision)
		if err != nil {
			t.Fatal(err)
		}
		for _, pl := range p.Place(c) {
			if pl.Outcome == place.Confirmed {
				n++
			}
		}
		return n
	}
	if low, high := count(.7), count(.94); low <= high {
		t.Errorf("%d links at .70, %d at .94", low, high)
	}
	if _, err := place.Default(links(), .999); err == nil {
		t.Error("a precision that was not reached is no error")
	}
}

func TestTaxonomyFaults(t *testing.T) {
	for name, list := range map[string][]place.Link{
		"twice":   {{Code: "a"}, {Code: "a"}},
		"missing": {{Code: "a", Parent: "b"}},
		"circle":  {{Code: "a", Parent: "b"}, {Code: "b", Parent: "a"}},
	} {
		if _, err := place.NewTaxonomy(list); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
