package resolve

import (
	"slices"
	"strings"

	"liantu/schema"
)

// agreement says how one part of two names agrees.
type agreement uint8

const (
	silent   agreement = iota // only one of the names has the part
	equal                     // the same
	partial                   // one within the other, or nearly the same
	contrary                  // not the same
	none                      // neither name has the part
)

// evidence is what two names say on whether they mean one company.
type evidence struct {
	core    agreement
	place   agreement
	trade   agreement
	form    agreement
	group   agreement
	branch  agreement
	foreign agreement
	exact   bool // every part is the same
	full    bool // both are registered names
	loose   bool // the one without a trade is a short name
	// national says that a registered name without a place is meant, of which
	// the national register holds only one
	national bool
	siblings bool // both are branches, but different ones
	once     bool // only one has a place
	reformed bool // one is a company by shares, the other a limited one
	nested   bool // both state places, one within the other, and are registered names or common words
	weak     bool // the 字号 is a place, a trade or a public duty
	shares   bool // both are companies by shares
	latin    bool // both are in Latin letters
	unformed bool // only one is a registered name
	length   uint8
	common   float64 // by how many bits the 字号 says less, since many have it
}

// weigh compares two names part by part, except for the foreign name, which is
// compared over all names of a company.
func weigh(a, b *Name) evidence {
	e := evidence{full: a.Full && b.Full, weak: a.CorePlace || b.CorePlace, latin: a.Latin && b.Latin, unformed: a.Full != b.Full}
	e.core, e.length = agreeCore(a.Core, b.Core)
	switch {
	case a.seat != "" && b.seat != "" && a.seat != b.seat:
		e.core = contrary // the bank of 吉林省 and that of 吉林市
	case e.core == equal && e.latin:
		e.length = foreignLength(a.Core)
	case e.core == equal && !approved(a, b):
		e.common = commonness(a.Core)
	}
	e.place = relate(a.Place, b.Place)
	e.nested = (e.full || e.weak) && (e.place == partial || e.place == silent && a.Place != "" && b.Place != "")
	e.trade = agreeTrade(a, b)
	if e.trade == silent {
		e.loose = a.Trade == "" && !a.Full || b.Trade == "" && !b.Full
	}
	e.form = agreeForm(a.Form, b.Form)
	licensed := e.trade == equal && licensedTrades[a.Trade]
	e.reformed = e.full && !licensed && (a.Form == FormStock && b.Form == FormLimited || a.Form == FormLimited && b.Form == FormStock)
	switch {
	case a.Group == b.Group:
		e.group = equal
	case a.hasForm() && b.hasForm():
		e.group = contrary
	}
	if a.Branch != b.Branch {
		e.branch = contrary
		e.siblings = a.Branch != "" && b.Branch != ""
	}
	e.national = a.Place == "" && b.Place == "" && !a.Latin && !b.Latin && (a.Full || b.Full) && (e.trade == equal || e.trade == none)
	e.shares = a.Form == FormStock && b.Form == FormStock
	e.once = (a.Place == "") != (b.Place == "")
	e.exact = a.Marked == b.Marked && a.aside == b.aside && e.core == equal && a.Trade == b.Trade && a.Place == b.Place && a.Form == b.Form &&
		a.Group == b.Group && a.Full == b.Full && e.branch == silent
	return e
}

func (n *Name) hasForm() bool { return n.Form != FormNone || n.Group }

// approved reports whether the state approves the names of both one by one, so that
// a common 字号 is not common among them: names with 中国, which a short name may
// omit, and trades that need a licence.
func approved(a, b *Name) bool {
	national := func(a, b *Name) bool {
		return a.Place == schema.Country && (b.Place == schema.Country || b.Place == "" && !b.Full)
	}
	return national(a, b) || national(b, a) || a.Trade == b.Trade && licensedTrades[a.Trade]
}

// foreignLength returns how many Chinese characters say as much as a foreign
// 字号: two for a word of up to four letters, three for a longer one, four for
// several words.
func foreignLength(core string) uint8 {
	switch {
	case strings.Contains(core, " "):
		return 4
	case runes(core) > 4:
		return 3
	}
	return 2
}

// agreeCore compares two 字号 and returns the length of the shorter too.
func agreeCore(a, b string) (agreement, uint8) {
	if a == "" || b == "" {
		return contrary, 0
	}
	if a == b {
		return equal, uint8(min(runes(a), 255))
	}
	x, y := []rune(a), []rune(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	if near(x, y) {
		return partial, uint8(min(len(x), 255))
	}
	return contrary, uint8(min(len(x), 255))
}

// near reports whether two 字号 differ by one missing or two swapped characters of
// at least three, or by one changed character of at least four. The first is not longer. Names
// with different numbers, such as those of factories, are different names: a
// typo in 第5720工厂 is rarer than a factory with the next number.
func near(x, y []rune) bool {
	if len(y)-len(x) > 1 || len(x) < 3 || !sameFigures(x, y) {
		return false
	}
	i := 0
	for i < len(x) && x[i] == y[i] {
		i++
	}
	j := 0
	for j < len(x)-i && x[len(x)-1-j] == y[len(y)-1-j] {
		j++
	}
	rest := len(x) - i - j
	if len(x) != len(y) {
		return rest == 0 && !isCount(y[i])
	}
	return rest == 1 && len(x) > 3 && !parted(x[i], y[i]) || rest == 2 && x[i] == y[i+1] && x[i+1] == y[i]
}

// isCount reports whether a character is a Chinese numeral: 中铁二局 and 中铁十二局
// are no typo of each other.
func isCount(r rune) bool {
	return strings.ContainsRune("一二三四五六七八九十百壹贰叁肆伍陆柒捌玖拾", r)
}

// parted reports whether two characters part names: numerals, and directions as
// in 中冶北方 and 中冶南方.
func parted(a, b rune) bool {
	const directions = "东南西北中"
	return isCount(a) && isCount(b) || strings.ContainsRune(directions, a) && strings.ContainsRune(directions, b)
}

func isFigure(r rune) bool { return r >= '0' && r <= '9' }

func sameFigures(x, y []rune) bool {
	i := 0
	for _, r := range x {
		if !isFigure(r) {
			continue
		}
		for i < len(y) && !isFigure(y[i]) {
			i++
		}
		if i == len(y) || y[i] != r {
			return false
		}
		i++
	}
	return !slices.ContainsFunc(y[i:], isFigure)
}

// agreeTrade compares the trades of two names. A short name may have the
// beginning or the end of the trade of the registered one, not more.
func agreeTrade(a, b *Name) agreement {
	switch {
	case a.Trade == "" && b.Trade == "":
		return none
	case a.Trade == b.Trade:
		return equal
	case a.Trade == "" || b.Trade == "":
		return silent
	}
	short, long := a, b
	if len(short.Trade) > len(long.Trade) {
		short, long = long, short
	}
	if short.Full && !long.Full {
		return contrary
	}
	if strings.HasPrefix(long.Trade, short.Trade) || strings.HasSuffix(long.Trade, short.Trade) {
		return partial
	}
	return contrary
}

// agreeForm compares two classes of legal forms.
func agreeForm(a, b Form) agreement {
	switch {
	case a == FormNone || b == FormNone:
		return silent
	case a == b:
		return equal
	case a == FormPartnership || b == FormPartnership || a == FormTrader || b == FormTrader:
		return contrary
	case a == "corp ltd" && (b == "corp" || b == "ltd"), b == "corp ltd" && (a == "corp" || a == "ltd"):
		return partial
	case a.foreign() && b.foreign():
		return contrary // GmbH and Inc. are companies of two countries
	}
	return partial
}

// agreeForeign compares the foreign names of two companies: equal, partial where
// the first word or the initials agree, else contrary. A single short word that
// agrees in neither way is no evidence, since brands and stock names are seldom
// part of the registered name.
func agreeForeign(a, b []string) agreement {
	best := silent
	for _, x := range a {
		for _, y := range b {
			switch how := agreeWords(x, y); how {
			case equal:
				return equal
			case partial:
				best = partial
			case contrary:
				if best != partial {
					best = contrary
				}
			}
		}
	}
	return best
}

const shortWord = 5

func agreeWords(x, y string) agreement {
	if len(x) > len(y) {
		x, y = y, x
	}
	first, _, _ := strings.Cut(x, " ")
	other, _, _ := strings.Cut(y, " ")
	switch {
	case strings.ReplaceAll(x, " ", "") == strings.ReplaceAll(y, " ", ""):
		return equal
	case first == other && len(first) > 2, first == x && (initials(y) == x || strings.HasPrefix(initials(y), x) && len(x) > 2):
		return partial
	case first == x && len(x) <= shortWord:
		return silent
	}
	return contrary
}

// initials returns the first letters of the words of a text.
func initials(text string) string {
	var b strings.Builder
	for _, w := range strings.Fields(text) {
		b.WriteByte(w[0])
	}
	return b.String()
}
