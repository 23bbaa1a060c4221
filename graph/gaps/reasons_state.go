package gaps

import (
	"fmt"
	"strings"

	"liantu/graph/area"
	"liantu/graph/holds"
	"liantu/graph/projection"
	"liantu/graph/projects"
)

// population names a frame: its population, and its scope if it has one.
func (w *writer) population(f *Frame) (zh, en string) {
	if f == nil {
		return "", ""
	}
	zh, en = f.Population.Label().Zh, f.Population.Label().En
	if len(f.Scope) == 0 {
		return zh, en
	}
	var inZh, inEn []string
	for _, v := range f.Scope {
		nameZh, nameEn := NameOf(w.a.Picture, v)
		inZh, inEn = append(inZh, nameZh), append(inEn, nameEn)
	}
	return zh + "（限" + strings.Join(inZh, "、") + "）", en + " of " + strings.Join(inEn, ", ")
}

// state says what is at the link.
func (w *writer) state() {
	zh, en := w.place()
	points := w.v.Terms[0].Points
	switch w.v.State {
	case NotJudged:
		why := holds.Why(w.a.Picture, w.v.Link)
		w.say(HoldsNone, 0, why.Zh, why.En)
	case Empty:
		w.say(NoCompany, points, "全国尚无企业归入该环节，另列不评。", "No company in the country is known at this link; it is listed apart.")
	case Absent:
		w.absent(points)
	case Unknown:
		w.unknown(points)
	case Present:
		w.unrated(points)
	default:
		w.rated(zh, en, points)
	}
}

// absent words an absence, by the population that it rests on.
func (w *writer) absent(points float64) {
	zh, en := w.place()
	areaZh, areaEn := w.pattern()
	f := w.v.Naming
	ofZh, ofEn := w.population(f)
	expectZh := "；没有可比的口径，应有多少家不明"
	expectEn := "; how many would be expected is not known, since no population can be compared"
	if _, known := w.n.Expected.Get(); known {
		expectZh = fmt.Sprintf("；按%s结构应有%s家", areaZh, about(w.n.Expected))
		expectEn = fmt.Sprintf("; %s would be expected from the %s pattern", number(w.n.Expected), areaEn)
	}
	if f.Population == area.Listed {
		w.say(NoneFound, points,
			fmt.Sprintf("%s在该环节无上市公司（截至 %s 的 %d 家中）%s。先核对本地名录，看有无未上市企业。", zh, f.Date, f.Coverage.Companies, expectZh),
			fmt.Sprintf("None of the %d listed companies of %s as of %s is at this link%s. Look through a local directory for others first.", f.Coverage.Companies, en, f.Date, expectEn))
		return
	}
	w.say(NoneFound, points,
		fmt.Sprintf("%s在该环节未见企业，依据是截至 %s 的%s名录，共 %d 家%s。", zh, f.Date, ofZh, f.Coverage.Companies, expectZh),
		fmt.Sprintf("None of the %d %s of %s as of %s is at this link%s.", f.Coverage.Companies, ofEn, en, f.Date, expectEn))
}

// unknown words why nothing can be said of a link.
func (w *writer) unknown(points float64) {
	zh, en := w.place()
	switch w.v.Flags[0] {
	case NotSurveyed:
		w.say(NotSurveyed, points,
			fmt.Sprintf("没有一份对%s完整的%s名录覆盖该环节，有无企业无从认定；加载一份注明口径（如规上企业）和完整覆盖地区的名录即可判断。", zh, w.a.settings.Population.Qualifier().Zh),
			fmt.Sprintf("No list%s that is complete in %s covers this link, so whether anybody is there cannot be said; load one that states its population and where it is complete.", w.a.settings.Population.Qualifier().En, en))
	case TooFew:
		w.tooFew(points)
	default:
		names, more := w.namesOf(w.a.reviews[w.v.Link].companies)
		lookZh, lookEn := "", ""
		if len(names) > 0 {
			lookZh = fmt.Sprintf("先看待复核的：%s%s。", strings.Join(names, "、"), more)
			lookEn = fmt.Sprintf(" Look at those under review first: %s%s.", strings.Join(names, ", "), more)
		}
		w.say(Hidden, points,
			fmt.Sprintf("%s在该环节未见企业，但尚有未归类、待复核或所在地不详的企业，推算其中%s家应在该环节，暂不能认定缺失。%s", zh, about(w.n.Hidden), lookZh),
			fmt.Sprintf("No company of %s is known at this link, but about %s of those not yet attributed, reviewed or placed should be here, so it may not be missing.%s", en, number(w.n.Hidden), lookEn))
	}
}

// namesOf names up to three companies.
func (w *writer) namesOf(companies []projection.Vertex) (names []string, more string) {
	for _, company := range companies[:min(3, len(companies))] {
		name, _ := NameOf(w.a.Picture, company)
		names = append(names, name)
	}
	if len(companies) > len(names) {
		more = "…"
	}
	return names, more
}

// tooFew says that the populations of the region are too small, and what is said of the
// first region above in which one is not.
func (w *writer) tooFew(points float64) {
	zh, en := w.place()
	var largest *Frame
	for _, b := range w.a.bases {
		if b.frame.Has(w.v.Link) && (largest == nil || b.shown.Coverage.Attributed > largest.Coverage.Attributed) {
			largest = b.shown
		}
	}
	ofZh, ofEn := w.population(largest)
	aboveZh, aboveEn := "", ""
	if above := w.v.Above(); above != nil {
		nameZh, nameEn := NameOf(w.a.Picture, above.Region())
		aboveZh = fmt.Sprintf("扩大到%s：%s。", nameZh, above.State.Label().Zh)
		aboveEn = fmt.Sprintf(" In %s it is %s.", nameEn, above.State.Label().En)
	}
	w.say(TooFew, points,
		fmt.Sprintf("%s的%s中仅有 %d 家归入环节，样本太少，该环节未见企业不能说明缺失。%s", zh, ofZh, largest.Coverage.Attributed, aboveZh),
		fmt.Sprintf("Of the %s of %s only %s at any link, too few for nobody at this one to mean anything.%s",
			ofEn, en, Plural(largest.Coverage.Attributed, "company is", "companies are"), aboveEn))
}

// unrated words a link at which somebody is and of which the strength is not known.
func (w *writer) unrated(points float64) {
	zh, en := w.place()
	areaZh, areaEn := w.pattern()
	ofZh, ofEn := w.population(w.v.Comparable)
	hereZh, hereEn := fmt.Sprintf("%s在该环节有 %d 家企业", zh, w.n.Companies), fmt.Sprintf("%s has %s at this link", en, Plural(w.n.Companies, "company", "companies"))
	code := w.v.Flags[0]
	switch code {
	case NoFrame:
		w.say(code, points,
			fmt.Sprintf("%s；本地与%s没有同一口径、日期相近的完整%s名录，强弱暂不评。", hereZh, areaZh, w.a.settings.Population.Qualifier().Zh),
			fmt.Sprintf("%s; no population%s is complete both here and in the %s reference as of near dates, so how strong it is cannot be said.", hereEn, w.a.settings.Population.Qualifier().En, areaEn))
	case TooFew:
		w.say(code, points,
			fmt.Sprintf("%s；%s口径内归入环节的企业过少（本地 %d 家），强弱暂不评。", hereZh, ofZh, w.v.Comparable.Coverage.Attributed),
			fmt.Sprintf("%s; of the %s here only %s at any link, too few to say how strong it is.",
				hereEn, ofEn, Plural(w.v.Comparable.Coverage.Attributed, "one is", "are")))
	case NoReference:
		w.say(code, points,
			fmt.Sprintf("%s；%s的%s无一在该环节，无从比较强弱。", hereZh, areaZh, ofZh),
			fmt.Sprintf("%s; none of the %s of the %s reference is, so that there is nothing to compare with.", hereEn, ofEn, areaEn))
	default:
		members := int(w.n.FrameCompanies.Or(0))
		if members == 0 {
			w.say(code, points,
				fmt.Sprintf("%s，但不在%s口径内（该口径按%s结构应有%s家），强弱暂不评。", hereZh, ofZh, areaZh, about(w.n.Expected)),
				fmt.Sprintf("%s, none of the %s, of which %s would be expected from the %s pattern; how strong it is cannot be said.",
					hereEn, ofEn, number(w.n.Expected), areaEn))
			return
		}
		w.say(code, points,
			fmt.Sprintf("%s在该环节有%s %d 家，按%s结构应有%s家，偏少；另有 %d 家其他企业，强弱暂不评。",
				zh, ofZh, members, areaZh, about(w.n.Expected), w.n.Companies-members),
			fmt.Sprintf("Of the %s %s has %d at this link where %s would be expected from the %s pattern, few; %s, so how strong it is cannot be said.",
				ofEn, en, members, number(w.n.Expected), areaEn, Plural(w.n.Companies-members, "other company is there too", "other companies are there too")))
	}
}

// rated words a link of known strength.
func (w *writer) rated(zh, en string, points float64) {
	areaZh, areaEn := w.pattern()
	code, endZh, endEn := AsExpected, "与"+areaZh+"结构大体相当", "about as many as expected"
	switch {
	case w.v.State == Weak:
		code, endZh, endEn = BelowExpected, "低于"+areaZh+"水平", "fewer than expected"
	case w.v.State == Strong || w.held():
		code, endZh, endEn = AboveExpected, "高于"+areaZh+"水平", "more than expected"
	case w.v.has(Undecided):
		endZh, endEn = "强弱难分", "neither weak nor strong can be shown"
	}
	ofZh, ofEn := w.population(w.v.Comparable)
	members, othersZh, othersEn := int(w.n.FrameCompanies.Or(0)), "", ""
	if others := w.n.Companies - members; others > 0 {
		othersZh, othersEn = fmt.Sprintf("（另有 %d 家其他企业）", others), fmt.Sprintf(" (and %s)", Plural(others, "other company", "other companies"))
	}
	quotient := fmt.Sprintf("%.2f", w.n.Mean.Or(0))
	low, high := w.n.Low.Or(0), w.n.High.Or(0)
	mass := Percent(w.a.settings.Interval)
	w.say(code, points,
		fmt.Sprintf("%s在该环节有%s %d 家%s，按%s结构应有%s家；区位商（收缩估计）%s，%s 区间 %.2f–%.2f，%s。",
			zh, ofZh, members, othersZh, areaZh, about(w.n.Expected), quotient, mass, low, high, endZh),
		fmt.Sprintf("Of the %s %s has %d at this link%s where %s would be expected from the %s pattern; location quotient %s (shrunk towards 1; %s interval %.2f to %.2f): %s.",
			ofEn, en, members, othersEn, number(w.n.Expected), areaEn, quotient, mass, low, high, endEn))
}

// pipeline names the first project of the region that fills the link.
func (w *writer) pipeline() {
	list := w.v.Pipeline()
	if len(list) == 0 {
		return
	}
	x := list[0]
	zh, en := NameOf(w.a.Picture, x.Project)
	stage := projects.StageLabel(w.a.Picture, x.Stage)
	detailZh, detailEn := stage.Zh, stage.En
	if money, known := x.Investment.Get(); known {
		detailZh += fmt.Sprintf("，总投资 %s 亿元", trimmed(money/1e4))
		detailEn += fmt.Sprintf(", %s million yuan", trimmed(money/100))
	}
	if x.Due != "" {
		detailZh, detailEn = detailZh+"，计划 "+x.Due, detailEn+", planned for "+x.Due
	}
	if x.Synthetic {
		detailZh, detailEn = detailZh+"，虚构数据", detailEn+", invented"
	}
	all := map[projection.Vertex]bool{} // one may fill several links below
	for _, y := range list {
		all[y.Project] = true
	}
	moreZh, moreEn := "", ""
	if n := len(all) - 1; n > 0 {
		moreZh, moreEn = fmt.Sprintf("等 %d 个项目", len(all)), fmt.Sprintf(" and %s", Plural(n, "more project", "more projects"))
	}
	kindZh, verbZh, verbEn := "储备项目", "拟填补", "would fill"
	switch {
	case x.Stage == projects.Producing:
		kindZh, verbZh, verbEn = "投产项目", "已在", "produces at"
	case x.Alive:
		kindZh, verbZh, verbEn = "在途项目", "将填补", "will fill"
	}
	endZh, endEn := "", ""
	if w.v.Action == Wait {
		endZh, endEn = "，先盯其落地", ": see it through first"
	}
	w.say(InPipeline, 0,
		fmt.Sprintf("%s“%s”（%s）%s%s该环节%s。", kindZh, zh, detailZh, moreZh, verbZh, endZh),
		fmt.Sprintf("The project %s (%s)%s %s this link%s.", en, detailEn, moreEn, verbEn, endEn))
}

// trimmed writes a number to two decimals at most.
func trimmed(x float64) string {
	return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%.2f", x), "0"), ".")
}
