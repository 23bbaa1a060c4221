package gaps

import (
	"fmt"
	"math"
	"strings"

	"liantu/graph/area"
	"liantu/graph/projection"
	"liantu/schema"
)

// lowCoverage is the share of attributed companies below which a verdict states
// that it rests on few.
const lowCoverage = 0.5

// Reasons returns the sentences that explain a verdict: first what is at the
// link, then what asks for it, how near it is to what the region does, what a
// planner declared, and what the data lack. Their points add up to the
// priority. They are shared with other callers and must not be changed.
func (v *Verdict) Reasons() []Reason {
	if known := v.reasons.Load(); known != nil {
		return *known
	}
	w := &writer{v: v, a: v.assessor, n: &v.Numbers, reasons: make([]Reason, 0, 8)}
	w.state()
	if v.State == NotJudged {
		v.reasons.Store(&w.reasons)
		return w.reasons
	}
	w.pipeline()
	w.offers()
	w.inactive()
	w.holds()
	w.pull()
	w.chain()
	w.feasibility()
	w.declared()
	w.data()
	v.reasons.Store(&w.reasons)
	return w.reasons
}

// writer puts a verdict into words.
type writer struct {
	v       *Verdict
	a       *Assessor
	n       *Numbers
	reasons []Reason
}

func (w *writer) say(code Code, points float64, zh, en string) {
	w.reasons = append(w.reasons, Reason{Code: code, Points: points, Text: schema.Text{Zh: zh, En: en}})
}

// names are the words for the region and the reference area.
type names struct {
	place, pattern schema.Text
	synthetic      bool
}

func newNames(a *Assessor) names {
	n := names{pattern: schema.Text{Zh: "对标地区", En: "peer"}, synthetic: area.Synthetic(a.Picture, a.Grade)}
	n.place.Zh, n.place.En = NameOf(a.Picture, a.Region)
	if len(a.codes) == 1 && a.codes[0] == projection.Country {
		n.pattern = schema.Text{Zh: "全国", En: "national"}
	}
	return n
}

// place is the name of the region.
func (w *writer) place() (zh, en string) { return w.a.names.place.Zh, w.a.names.place.En }

// pattern names the reference area.
func (w *writer) pattern() (zh, en string) { return w.a.names.pattern.Zh, w.a.names.pattern.En }

// tiny is a number that would look like zero.
const tiny = "<0.1"

// about words an expected number in Chinese.
func about(f Figure) string {
	if n := number(f); n != tiny {
		return "约 " + n + " "
	}
	return "不足 0.1 "
}

// number writes a figure to a few digits, never as a false zero.
func number(f Figure) string {
	x := f.Or(0)
	switch {
	case x > 0 && x < 0.05:
		return tiny
	case x < 100:
		return fmt.Sprintf("%.1f", x)
	}
	return fmt.Sprintf("%.0f", x)
}

// inactive names up to three companies of the region that are left out at the link.
func (w *writer) inactive() {
	left := w.a.Here(w.a.Presence.Inactive(w.v.Link))
	if len(left) == 0 {
		return
	}
	var names []string
	for _, company := range left[:min(3, len(left))] {
		name, _ := NameOf(w.a.Picture, company)
		names = append(names, name)
	}
	zh, en := w.place()
	more := ""
	if len(left) > len(names) {
		more = " …"
	}
	w.say(Inactive, 0,
		fmt.Sprintf("%s该环节另有 %d 家企业已注销、吊销、迁出、停业或清算，未计入：%s%s。", zh, len(left), strings.Join(names, "、"), strings.TrimSpace(more)),
		fmt.Sprintf("%s of %s at this link, deregistered, without a licence, moved away, suspended or in liquidation, %s not counted: %s%s.",
			Plural(len(left), "more company", "more companies"), en, map[bool]string{true: "is", false: "are"}[len(left) == 1], strings.Join(names, ", "), more))
}

// holds states what rests on few companies and who leads.
func (w *writer) holds() {
	zh, en := w.place()
	areaZh, areaEn := w.pattern()
	heldZh, heldEn := "", ""
	if w.held() {
		heldZh, heldEn = "，因此不评为优势", ", which keeps it from being strong"
	}
	ofZh, ofEn := w.population(w.v.Comparable)
	anchors := int(w.n.ReferenceAnchors.Or(0))
	for _, flag := range w.v.Flags {
		switch flag {
		case SingleFirm:
			measureZh, measureEn := "员工数", "employees"
			if w.n.Measure == measures[1] {
				measureZh, measureEn = "注册资本", "registered capital"
			}
			if w.n.FrameCompanies.Or(0) == 1 {
				w.say(SingleFirm, 0,
					fmt.Sprintf("%s口径内该环节仅有一家本地企业，系于一家%s。", ofZh, heldZh),
					fmt.Sprintf("Of the %s here it is the only one at this link: the link hangs on one firm%s.", ofEn, heldEn))
				continue
			}
			share := Percent(w.n.Top1.Or(0))
			w.say(SingleFirm, 0,
				fmt.Sprintf("最大一家占%s已知%s的 %s，环节系于一家企业%s。", ofZh, measureZh, share, heldZh),
				fmt.Sprintf("The largest company has %s of the known %s of the %s: the link hangs on one firm%s.", share, measureEn, ofEn, heldEn))
		case NoAnchor:
			w.say(NoAnchor, 0,
				fmt.Sprintf("%s%s中该环节有龙头（链主）企业 %d 家，%s尚无%s。", areaZh, ofZh, anchors, zh, heldZh),
				fmt.Sprintf("The %s reference has %s among its %s at this link, %s none%s.", areaEn, Plural(anchors, "anchor", "anchors"), ofEn, en, heldEn))
		}
	}
	if w.n.Anchors > 0 {
		names := w.leaders()
		w.say(HasAnchor, 0,
			fmt.Sprintf("本地有龙头（链主）企业 %d 家：%s。", w.n.Anchors, strings.Join(names, "、")),
			fmt.Sprintf("%s here: %s.", Plural(w.n.Anchors, "anchor is", "anchors are"), strings.Join(names, ", ")))
	}
}

// held reports whether a flag alone keeps the link from being strong.
func (w *writer) held() bool {
	strong := w.n.ProbabilityStrong.Or(0)
	return w.v.State == Adequate && strong >= half-Slack
}

// leaders names up to three local leaders, the largest first.
func (w *writer) leaders() []string {
	var names []string
	for _, company := range w.v.Companies()[:min(3, w.n.Anchors)] {
		name, _ := NameOf(w.a.Picture, company)
		names = append(names, name)
	}
	return names
}

func (w *writer) pull() {
	down, up := w.n.PullDown.Or(0), w.n.PullUp.Or(0)
	points := w.v.Terms[1].Points
	demand := Round(points * down / max(down+up, 1))
	if down > 0 {
		w.say(Demand, demand,
			fmt.Sprintf("下游环节有本地企业 %.0f 家，是现成的市场。", down),
			fmt.Sprintf("%s one step downstream: a market at hand.", Plural(int(down), "local company is", "local companies are")))
	}
	if up > 0 {
		w.say(Supply, Round(points-demand),
			fmt.Sprintf("上游环节有本地企业 %.0f 家，可就近配套。", up),
			fmt.Sprintf("%s one step upstream and could supply it.", Plural(int(up), "local company is", "local companies are")))
	}
	if leaked := w.n.Leaked.Or(0); leaked > 0 {
		w.say(LeakedPurchases, 0,
			fmt.Sprintf("已知有 %.0f 笔本地采购流向外地的该环节企业。", leaked),
			fmt.Sprintf("%s of local companies at this link go to suppliers elsewhere.", Plural(int(leaked), "known purchase", "known purchases")))
	}
}

// chain states for an absent link whether the region has its chain.
func (w *writer) chain() {
	presence, ok := w.n.ChainPresence.Get()
	if w.v.State != Absent || !ok {
		return
	}
	zh, en := NameOf(w.a.Picture, w.v.Chain)
	if w.a.established(w.v) {
		w.say(ChainEstablished, 0,
			fmt.Sprintf("“%s”产业链已有 %s 的环节有本地企业，链条基本成形。", zh, Percent(presence)),
			fmt.Sprintf("%s of the links of the chain %s have local companies: the region has this chain.", Percent(presence), en))
		return
	}
	if presence == 0 {
		w.say(ChainThin, 0,
			fmt.Sprintf("“%s”产业链各环节均未见本地企业。", zh),
			fmt.Sprintf("No link of the chain %s has a local company.", en))
		return
	}
	w.say(ChainThin, 0,
		fmt.Sprintf("“%s”产业链仅 %s 的环节有本地企业，链条尚未成形。", zh, Percent(presence)),
		fmt.Sprintf("Only %s of the links of the chain %s have local companies: the region hardly has this chain.", Percent(presence), en))
}

func (w *writer) feasibility() {
	points := w.v.Terms[2].Points
	rank, ranked := w.n.DensityRank.Get()
	young, moving := w.n.Momentum.Get()
	forRank, forYouth := points, 0.0
	switch {
	case ranked && moving:
		forRank = points
		if rank+young > 0 {
			forRank = Round(points * rank / (rank + young))
		}
		forYouth = Round(points - forRank)
	case moving:
		forRank, forYouth = 0, points
	}
	if ranked {
		w.relatedness(rank, forRank)
	}
	if moving {
		wordZh, wordEn := "不高于", "not younger than"
		if young > 0.5+Slack {
			wordZh, wordEn = "高于", "younger than"
		}
		w.say(Young, forYouth,
			fmt.Sprintf("全国该环节近 %d 年新设企业的占比%s各环节总体。", w.a.settings.MomentumYears, wordZh),
			fmt.Sprintf("In the country the companies of this link are %s those of all links (founded within %d years).", wordEn, w.a.settings.MomentumYears))
	}
}

// relatedness states how near the link is to what the region does.
func (w *writer) relatedness(rank, points float64) {
	zh, en := w.place()
	switch {
	case rank > 1-Slack:
		w.say(Related, points,
			fmt.Sprintf("与%s现有产业的关联度为同级环节中最高。", zh),
			fmt.Sprintf("Of the links of its level it is the closest to what %s does.", en))
	case rank >= 0.5:
		w.say(Related, points,
			fmt.Sprintf("与%s现有产业的关联度高于 %s 的同级环节。", zh, Percent(rank)),
			fmt.Sprintf("It is closer to what %s does than %s of the links of its level.", en, Percent(rank)))
	case rank < Slack:
		w.say(Unrelated, points,
			fmt.Sprintf("与%s现有产业的关联度为同级环节中最低。", zh),
			fmt.Sprintf("No link of its level is further from what %s does.", en))
	default:
		w.say(Unrelated, points,
			fmt.Sprintf("与%s现有产业的关联度偏低，仅高于 %s 的同级环节。", zh, Percent(rank)),
			fmt.Sprintf("It is closer to what %s does than only %s of the links of its level.", en, Percent(rank)))
	}
}

func (w *writer) declared() {
	points := w.v.Terms[3].Points
	declared, computed := w.v.Declared.Label(), w.v.Computed.Label()
	if w.v.Declared == "" {
		w.say(DeclaredRole, points, "规划未对该环节定位，按一般环节计。", "No planner declared a role for this link; it counts as an ordinary one.")
		return
	}
	if w.v.Declared == Restricted {
		w.say(PolicyRestricted, points,
			"规划列为限制环节（产业政策、能耗或排放），不建议招引。",
			"Planners declared it restricted, by policy, energy or emissions: it is not to be filled.")
		return
	}
	w.say(DeclaredRole, points,
		fmt.Sprintf("规划定位为%s环节。", declared.Zh), fmt.Sprintf("Planners declared it a %s link.", declared.En))
	if w.v.Computed != "" && w.v.Computed != w.v.Declared {
		w.say(DeclaredDiffers, 0,
			fmt.Sprintf("规划定位为%s，数据显示更接近%s，两者不一致，值得会商。", declared.Zh, computed.Zh),
			fmt.Sprintf("Declared %s, but the data suggest %s: worth discussing.", declared.En, computed.En))
	}
}

// data states what the data lack.
func (w *writer) data() {
	zh, en := w.place()
	if share, ok := w.a.coverage.Share().Get(); ok && share < lowCoverage && share > 0 {
		w.say(LowCoverage, 0,
			fmt.Sprintf("%s已知企业中仅 %s 归入环节，结论宜谨慎使用。", zh, Percent(share)),
			fmt.Sprintf("Only %s of the known companies of %s are attributed to links; take the verdict with care.", Percent(math.Max(share, 0.01)), en))
	}
	if w.a.names.synthetic {
		w.say(SyntheticData, 0, "计算中含示例（虚构）数据。", "Invented demonstration data took part in the counts.")
	}
}
