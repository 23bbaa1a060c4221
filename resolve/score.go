package resolve

import (
	"fmt"

	"liantu/schema"
)

// Band is the decision about two companies.
type Band string

// The bands, from the surest yes to the surest no.
const (
	Same      Band = "same"      // one company: merge
	Review    Band = "review"    // perhaps: a person should review it
	Different Band = "different" // two companies
)

// Label returns the name of the band in both languages.
func (b Band) Label() schema.Text { return bandLabels[b] }

var bandLabels = map[Band]schema.Text{
	Same:      {Zh: "同一家", En: "same"},
	Review:    {Zh: "待复核", En: "to review"},
	Different: {Zh: "不同", En: "different"},
}

// The limits of the bands in bits: from SameFrom points on two names mean one
// company, from ReviewFrom on a person should review them. They and the weights
// below were chosen on one half of the labelled pairs; see the README.
const (
	SameFrom   = 16.5
	ReviewFrom = 8.0
)

// The weights of the parts in bits; see the package comment.
const (
	coreShort, coreThree, coreLong = 8.0, 11.0, 13.0 // 字号 of two, three and more characters agree
	coreWeak                       = 4.0             // the 字号 is a place or a trade
	coreNear                       = 2.0             // one character differs
	coreOther                      = -40.0
	formUnknown                    = -6.0 // of two names in Latin letters only one has a legal form
	placeEqual, placeWithin        = 4.0, 3.0
	placeOther                     = -40.0
	placeNational, placeOnce       = 4.0, -3.0
	placeNested, placeOnceForeign  = -8.0, -6.0
	tradeEqual, tradeNone          = 6.0, 0.0
	tradePartial, tradeLoose       = 1.0, -2.0
	tradeSub, tradeOtherFull       = -4.0, -14.0 // of two registered names: one trade within the other, other trades
	tradeSilent, tradeOther        = -8.0, -9.0
	formEqual, formKin, formOther  = 2.0, -1.0, -16.0
	formReformed                   = -8.0
	groupLoose, groupOther         = -0.5, -12.0
	groupShares                    = -8.0
	branchOther                    = -60.0
	foreignEqual, foreignPartial   = 11.0, 4.0
	foreignOther                   = -2.0
	exactName                      = 10.0
)

// points adds up the weights.
func (e *evidence) points() float64 {
	sum := 0.0
	e.each(func(_ Part, _ agreement, points float64) { sum += points })
	return sum
}

// Part names the part of a name that a reason is about.
type Part string

// The parts.
const (
	PartCode    Part = "code"    // USCC, stock code, LEI
	PartCore    Part = "core"    // 字号
	PartPlace   Part = "place"   // 行政区划
	PartTrade   Part = "trade"   // 行业
	PartForm    Part = "form"    // 组织形式
	PartGroup   Part = "group"   // 集团
	PartBranch  Part = "branch"  // 分支机构
	PartForeign Part = "foreign" // 外文名
	PartExact   Part = "exact"   // the whole name
)

// each calls do for every part that has a weight, in fixed order.
func (e *evidence) each(do func(Part, agreement, float64)) {
	do(PartCore, e.core, e.corePoints())
	switch {
	case e.place == equal:
		do(PartPlace, equal, placeEqual)
	case e.nested && (e.weak || e.common > 0):
		do(PartPlace, contrary, placeOther) // the firm of the province and that of its city
	case e.nested:
		do(PartPlace, partial, placeNested)
	case e.place == partial && !e.full:
		do(PartPlace, partial, placeWithin)
	case e.place == contrary:
		do(PartPlace, contrary, placeOther)
	case e.place == silent && e.full && e.once && e.latin:
		do(PartPlace, silent, placeOnceForeign)
	case e.place == silent && e.full && e.once:
		do(PartPlace, silent, placeOnce)
	case e.national && e.core == equal:
		do(PartPlace, none, placeNational)
	}
	if p := e.tradePoints(); p != 0 {
		do(PartTrade, e.trade, p)
	}
	switch {
	case e.form == equal:
		do(PartForm, equal, formEqual)
	case e.reformed:
		do(PartForm, partial, formReformed)
	case e.form == partial:
		do(PartForm, partial, formKin)
	case e.form == contrary:
		do(PartForm, contrary, formOther)
	case e.latin && e.unformed && e.core == equal:
		do(PartForm, silent, formUnknown)
	}
	switch {
	case e.group == contrary && e.shares:
		do(PartGroup, contrary, groupShares) // a company by shares that was renamed is more common than two of them
	case e.group == contrary:
		do(PartGroup, contrary, groupOther)
	case e.group == silent:
		do(PartGroup, silent, groupLoose)
	}
	if e.branch == contrary {
		do(PartBranch, contrary, branchOther)
	}
	switch e.foreign {
	case equal:
		do(PartForeign, equal, foreignEqual)
	case partial:
		do(PartForeign, partial, foreignPartial)
	case contrary:
		do(PartForeign, contrary, foreignOther)
	}
	if e.exact {
		do(PartExact, equal, exactName)
	}
}

func (e *evidence) corePoints() float64 {
	switch {
	case e.core == partial:
		return coreNear
	case e.core != equal:
		return coreOther
	case e.weak:
		return coreWeak
	case e.length <= 2:
		return max(coreShort-e.common, coreWeak)
	case e.length == 3:
		return max(coreThree-e.common, coreWeak)
	}
	return coreLong
}

func (e *evidence) tradePoints() float64 {
	switch {
	case e.trade == equal:
		return tradeEqual
	case e.trade == none:
		return tradeNone
	case e.weak:
		return coreOther // 北京 and 中国 identify nobody without the trade
	case e.trade == partial && e.full:
		return tradeSub
	case e.trade == partial:
		return tradePartial
	case e.trade == contrary && e.full:
		return tradeOtherFull
	case e.trade == contrary:
		return tradeOther
	case e.loose:
		return tradeLoose
	}
	return tradeSilent
}

// Reason says how one part counts for or against one company.
type Reason struct {
	Part   Part        `json:"part"`
	Points float64     `json:"points"` // bits for, or against if negative
	Text   schema.Text `json:"text"`
}

// reasons explains the weights of two names.
func (e *evidence) reasons(a, b *Name) []Reason {
	var list []Reason
	e.each(func(part Part, how agreement, points float64) {
		list = append(list, Reason{part, points, e.explain(part, how, a, b)})
	})
	return list
}

// explain puts the agreement of one part into words.
func (e *evidence) explain(part Part, how agreement, a, b *Name) schema.Text {
	say := func(zh, en string, args ...any) schema.Text {
		return schema.Text{Zh: fmt.Sprintf(zh, args...), En: fmt.Sprintf(en, args...)}
	}
	switch part {
	case PartCore:
		if how == equal && (e.weak || e.common > 0) {
			return say("字号同为“%s”，使用者众多", "both are called %q, as many companies are", a.Core)
		}
		return pick(how, say("字号同为“%s”", "both are called %q", a.Core), say("字号“%s”与“%s”相差一字", "%q and %q differ by one character", a.Core, b.Core),
			say("字号“%s”与“%s”不同", "%q and %q are different names", a.Core, b.Core))
	case PartPlace:
		if how == silent {
			return say("只有一方冠地区", "only one of the registered names has a place")
		}
		if how == none {
			return say("均不冠地区，全国范围内唯一", "a registered name without a place, of which there is one in the country")
		}
		return pick(how, say("地区一致", "the same place"), say("一地属于另一地", "one place lies in the other"), say("地区不同", "different places"))
	case PartTrade:
		if how == silent {
			return say("只有一方写明行业“%s”", "only one states the trade %q", a.Trade+b.Trade)
		}
		return pick(how, say("行业同为“%s”", "both state the trade %q", a.Trade), say("行业“%s”与“%s”部分相同", "the trades %q and %q agree in part", a.Trade, b.Trade),
			say("行业“%s”与“%s”不同", "the trades %q and %q differ", a.Trade, b.Trade))
	case PartForm:
		if how == silent {
			return say("只有一方写明组织形式", "only one states a legal form")
		}
		return pick(how, say("组织形式一致", "the same legal form"), say("组织形式相近，可能改制", "legal forms that one company may have had one after the other"), say("组织形式不同", "different legal forms"))
	case PartGroup:
		return say("只有一方称“集团”", "only one is called a group")
	case PartBranch:
		return say("一方是分支机构“%s”", "one is the branch %q", a.Branch+b.Branch)
	case PartForeign:
		return pick(how, say("外文名一致", "the same foreign name"), say("外文名部分相同", "foreign names that agree in part"), say("外文名不同", "different foreign names"))
	}
	return say("名称完全一致", "the names are the same")
}

func pick(how agreement, same, part, other schema.Text) schema.Text {
	switch how {
	case equal:
		return same
	case partial:
		return part
	}
	return other
}
