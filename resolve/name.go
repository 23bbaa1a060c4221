package resolve

import (
	"strings"
	"unicode"

	"liantu/schema"
)

// Name is a company's name parsed into its parts. The zero Name is no name.
type Name struct {
	// Plain is the folded name without what stands in brackets beside it; two
	// names with the same Plain are written the same.
	Plain string
	// Place is the code of the narrowest region in the name, "" for
	// none and schema.Country for 中国.
	Place string
	// Core is the 字号, the part that is the company's own. It is never empty
	// in a name that has letters.
	Core string
	// CorePlace says that the 字号 is the name of a region, as in 北京银行, or
	// consists of words of trade and of public duties, as in 国有资本运营, and so
	// says little by itself.
	CorePlace bool
	// seat is the code of the region that the 字号 names, if it names one.
	seat string
	// aside is a text in brackets behind a short name that may name another
	// company: 砚澜电池（浙江云岫）. Behind a registered name it is a note.
	aside string
	// Trade is the trade in the name, without spaces.
	Trade string
	// Form is the class of the legal form, Group whether the name calls the
	// company a 集团, and Full whether its form is that of a registered name.
	Form  Form
	Group bool
	Full  bool
	// Branch names the branch of the company that is meant, "" for the
	// company itself.
	Branch string
	// Foreign is the distinctive part of the foreign name: of a name in Latin
	// letters, or of one in brackets. Latin says that there is no other name.
	Foreign string
	Latin   bool
	// Marked says that the exchange had put a mark such as ST before a short
	// name, which often costs the name its end: ST曙光 is 曙光股份.
	Marked bool
	// Also holds further names in brackets, such as a former one.
	Also []string
}

// maxName is the most bytes of a name that are parsed; the rest of a longer one
// is ignored.
const maxName = 600

// Parse parses a name into its parts. Any text is a name; one without letters
// gives a Name whose Core is empty and which agrees with no other.
func Parse(text string) Name {
	if len(text) > maxName {
		text = strings.ToValidUTF8(text[:maxName], "")
	}
	var n Name
	plain := n.brackets(Fold(text))
	plain = strings.Join(strings.Fields(plain), " ")
	n.Plain = plain
	if isForeign(plain) {
		n.foreign(plain)
		return n
	}
	stem := n.trimMarks(plain)
	stem, n.Branch = cutBranch(stem)
	stem, form := cutForm(stem)
	n.Form, n.Full = form.class, form.full
	if n.Full {
		n.aside = ""
	}
	n.Group = n.Group || form.group
	if f, more := cutForm(stem); more.text == "集团" && atLeastTwo(f) { // 集团控股有限公司 and similar are trades
		stem, n.Group = f, true
	}
	n.parts(stem)
	return n
}

// brackets removes what stands in brackets and stores what it states: a place,
// a part of the legal form, a foreign name, a further name.
func (n *Name) brackets(folded string) string {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(folded, "(")
		b.WriteString(strings.ReplaceAll(before, ")", ""))
		if !ok {
			break
		}
		inner, after := closing(rest)
		part := n.bracket(inner, b.Len() == 0, strings.ContainsFunc(after, unicode.IsLetter))
		if part == "" && after != "" && isASCII(after[:1]) {
			part = " " // Borea(Beijing)Trading is two words
		}
		b.WriteString(part)
		folded = after
	}
	return b.String()
}

// closing splits what follows an opening bracket at the one that closes it.
// Without such a one, the bracket ends with the text.
func closing(rest string) (inner, after string) {
	depth := 1
	for at, r := range rest {
		switch r {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return rest[:at], rest[at+1:]
			}
		}
	}
	if inner, after, ok := strings.Cut(rest, ")"); ok {
		return strings.ReplaceAll(inner, "(", " "), after
	}
	return strings.ReplaceAll(rest, "(", " "), ""
}

// bracket reads the contents of one pair of brackets and returns the part of
// them that belongs to the name itself. Brackets are within a name if text
// follows them.
func (n *Name) bracket(inner string, first, within bool) string {
	foreign := isForeign(inner)
	place := gazetteer().bracketed(inner)
	if foreign {
		place = foreignPlaces[strings.ReplaceAll(twoWords.Replace(inner), " ", "")]
	}
	switch {
	case inner == "":
		return ""
	case place != "":
		if n.Place == "" || n.Place == schema.Country {
			n.Place = place
		}
		return ""
	case bracketForms[inner]:
		return inner
	case inner == "group", inner == "holding", inner == "holdings":
		return " " + inner + " "
	case foreign:
		if n.Foreign == "" {
			n.Foreign = withoutPlaces(foreignCore(inner))
		}
		return ""
	case first: // a name that begins with a bracket begins inside it
		return inner
	}
	for _, mark := range []string{"曾用名", "原名", "原"} {
		if old, ok := strings.CutPrefix(inner, mark); ok && atLeastTwo(old) {
			n.Also = append(n.Also, old)
			return ""
		}
	}
	if within && !strings.ContainsAny(inner, " (") && runes(inner) <= longestBracket {
		return inner // 湖北乡投(某地)农业开发有限公司: what is not understood makes a name another one
	}
	if atLeastTwo(inner) && !strings.ContainsAny(inner, " ") && strings.HasSuffix(inner, "公司") {
		n.Also = append(n.Also, inner)
		return ""
	}
	n.aside = inner
	return ""
}

// longestBracket is how many characters in brackets may be part of a name.
const longestBracket = 6

// trimMarks removes the marks that exchanges put before and after the short
// names of stocks: *ST, ST, N, XD, and the A or B of a class of shares.
func (n *Name) trimMarks(plain string) string {
	for _, mark := range []string{"*st", "st", "s*st", "xd", "xr", "dr", "n"} {
		rest, ok := strings.CutPrefix(plain, mark)
		if ok && atLeastTwo(rest) && isHan([]rune(rest)[0]) {
			plain, n.Marked = rest, true
			break
		}
	}
	for _, class := range []string{"a", "b", "b股", "a股"} {
		rest, ok := strings.CutSuffix(plain, class)
		if ok && atLeastTwo(rest) && isHan([]rune(lastRune(rest))[0]) {
			return rest
		}
	}
	return plain
}

// parts finds place, 字号 and trade in what is left of a name.
func (n *Name) parts(stem string) {
	type step struct{ code, rest string }
	steps := []step{{"", stem}}
	for len(steps) < 5 {
		at := steps[len(steps)-1]
		code, length := gazetteer().next(at.rest, at.code)
		if length == 0 || length == len(at.rest) {
			break
		}
		steps = append(steps, step{code, at.rest[length:]})
	}
	// Where nothing but a trade would be left, or a single character, the last
	// place is the 字号: 北京银行, 江山化工.
	last := len(steps) - 1
	for last > 0 && (isTrade(steps[last].rest) || !atLeastTwo(steps[last].rest)) {
		last--
		n.CorePlace = true
	}
	if code := steps[last].code; code != "" && (n.Place == "" || n.Place == schema.Country || relate(code, n.Place) == partial && rank(code) > rank(n.Place)) {
		n.Place = code
	}
	stem = steps[last].rest
	if n.CorePlace {
		length := len(stem) - len(steps[last+1].rest)
		n.Core, n.Trade = stem[:length], stem[length:]
		n.seat = steps[last+1].code
		if r, ok := schema.RegionByCode(n.seat); ok && strings.HasPrefix(n.Core, r.ShortName) {
			n.Core = r.ShortName // 湖北省 is 湖北
		}
		return
	}
	n.Core, n.Trade = cutTrade(stem)
	n.CorePlace = isGeneric(n.Core) || gazetteer().exact(n.Core) != ""
}
