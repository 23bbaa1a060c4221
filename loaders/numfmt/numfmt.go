// Package numfmt reads the number formats of spreadsheets: what a person sees in
// a cell that stores the number 1.2 with the format 0.00"亿元" is 1.2亿元. It
// returns this text with all digits that are stored, not rounded as it is shown,
// so that the unit, the currency, the percent sign and the filling zeros of a
// format count like those of a text.
//
// The form of the formats is that of ECMA-376 part 1, 18.8.30 (the built-in ones)
// and 18.8.31 (their codes); the choice of a section by conditions is that of
// Excel. Only package loaders/rows imports it. It imports nothing of this module.
package numfmt

import (
	"strconv"
	"strings"
)

// Format is a number format, prepared for cells.
type Format struct {
	sections []section // for numbers, at least one
	before   string    // what a text gets before and behind it
	after    string
	plain    bool // numbers are shown as General shows them, but for rounding
}

// form is what a section shows.
type form uint8

const (
	number  form = iota
	literal      // nothing of the number
	day          // a date, perhaps with a time
	clock        // a time of day or a duration
)

// section is the part of a format for some numbers.
type section struct {
	form   form
	when   *condition
	tokens []token

	// Of a number.
	places    int    // by which the point moves to the right
	decimals  int    // least digits behind the point
	whole     int    // least digits before it
	zero      bool   // it shows a digit of a zero
	placed    bool   // texts stand between its digits
	before    string // the texts around its digits
	after     string
	precision int // of a day: 1 for years, 2 for months, 3 for days
}

// condition is one such as [>=10000].
type condition struct {
	operator string
	limit    float64
}

func (c *condition) holds(v float64) bool {
	switch c.operator {
	case ">":
		return v > c.limit
	case ">=":
		return v >= c.limit
	case "<":
		return v < c.limit
	case "<=":
		return v <= c.limit
	case "<>":
		return v != c.limit
	}
	return v == c.limit
}

// General is the format of a cell without one.
var General = Parse("General")

// Parse reads the code of a format. Every text is a code; what has no meaning in
// it is shown as it stands.
func Parse(code string) *Format {
	var all []section
	for _, tokens := range split(code) {
		all = append(all, newSection(tokens))
	}
	f := new(Format)
	if last := &all[len(all)-1]; len(all) > 3 || last.has(text) {
		f.before, f.after = last.around()
		if !last.has(text) { // texts are hidden, which no reader wants
			f.before, f.after = "", ""
		}
		if all = all[:len(all)-1]; len(all) == 0 || len(all) > 3 {
			all = []section{newSection([]token{{kind: general}})}
		}
	}
	f.sections = all
	f.plain = true
	for i := range all {
		f.plain = f.plain && all[i].plain()
	}
	return f
}

// plain reports whether a section shows nothing but the number.
func (s *section) plain() bool {
	return s.form == number && s.before == "" && s.after == "" && s.places == 0 && s.decimals == 0 && s.whole <= 1 && s.zero && !s.placed
}

// choose returns the section for a number and whether it is that of negative
// numbers, in which marks stand for the sign. Without conditions the first section
// is for positive numbers, the second for negative ones and the third for zero; a
// missing one is replaced by the first.
func (f *Format) choose(v float64) (s *section, negative bool) {
	first := &f.sections[0]
	at := func(i int) *section {
		if i < len(f.sections) {
			return &f.sections[i]
		}
		return first
	}
	second := at(1)
	if first.when == nil && second.when == nil {
		switch {
		case v < 0:
			return second, len(f.sections) > 1
		case v == 0:
			return at(2), false
		}
		return first, false
	}
	switch {
	case first.when != nil && first.when.holds(v):
		s = first
	case second.when != nil && second.when.holds(v):
		s = second
	case first.when != nil && second.when != nil:
		s = at(2)
	default:
		s = second
	}
	return s, v < 0 && len(f.sections) > 1
}

// Text returns what is seen of a text in a cell of the format.
func (f *Format) Text(text string) string {
	if f.before == "" && f.after == "" || text == "" {
		return text
	}
	return f.before + text + f.after
}

// Number returns what is seen of a number as a workbook stores it, with all its
// digits. The number of a day is a date in ISO 8601, as precise as it is shown:
// 2016-05 for a format of years and months; with base1904 days count from
// 1904-01-01. A number that the format hides is its digits, a hidden zero "", and so
// is a zero that is shown without a digit, but by a dash, as in accounting, it is 0.
// A text that is no number is returned as it stands.
func (f *Format) Number(raw string, base1904 bool) string {
	if f.plain && isShort(raw) {
		return raw
	}
	d, ok := parseDecimal(raw)
	if !ok {
		return raw
	}
	if f.plain {
		return d.general()
	}
	v, err := strconv.ParseFloat(raw, 64)
	if err != nil {
		return raw
	}
	s, negative := f.choose(v)
	switch s.form {
	case day, clock:
		if shown, ok := s.date(v, base1904); ok {
			return shown
		}
		return d.general()
	case literal:
		return s.only(d)
	}
	return s.number(d, negative)
}

// only returns what a section without digits shows of a number.
func (s *section) only(d decimal) string {
	shown := strings.TrimSpace(s.before)
	switch {
	case strings.ContainsFunc(shown, isWord):
		return shown
	case shown == "" && d.digits == "":
		return ""
	}
	return d.general()
}
