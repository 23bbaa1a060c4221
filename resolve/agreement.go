package resolve

import (
	"slices"
	"strings"
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
	weak     bool // the 字号 is a place or a trade
	length   uint8
}

// weigh compares two names part by part, except for the foreign name, which is
// compared over all names of a company.
func weigh(a, b *Name) evidence {
	e := evidence{full: a.Full && b.Full, weak: a.CorePlace || b.CorePlace}
	e.core, e.length = agreeCore(a.Core, b.Core)
	e.place = relate(a.Place, b.Place)
	e.trade = agreeTrade(a, b)
	if e.trade == silent {
		e.loose = a.Trade == "" && !a.Full || b.Trade == "" && !b.Full
	}
	e.form = agreeForm(a.Form, b.Form)
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
	e.once = (a.Place == "") != (b.Place == "")
	e.exact = a.Marked == b.Marked && e.core == equal && a.Trade == b.Trade && a.Place == b.Place && a.Form == b.Form &&
		a.Group == b.Group && a.Full == b.Full && e.branch == silent
	return e
}

func (n *Name) hasForm() bool { return n.Form != FormNone || n.Group }

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

// near reports whether two 字号 of at least three characters differ by one
// changed, one missing or two swapped characters. The first is not longer. Names
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
		return rest == 0
	}
	return rest == 1 || rest == 2 && x[i] == y[i+1] && x[i+1] == y[i]
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
