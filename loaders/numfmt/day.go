package numfmt

import (
	"fmt"
	"math"
	"strings"
	"time"
)

// precisionOf returns whether the tokens of a section show a date or a time alone,
// and how precise the date is that they show. The letter m is minutes behind hours
// and before seconds, else months.
func precisionOf(tokens []token) (form, int) {
	var parts []string
	for _, t := range tokens {
		if t.kind == date && t.text != "" {
			parts = append(parts, strings.ToLower(t.text))
		}
	}
	years, months, days := false, false, false
	for i, p := range parts {
		switch p[0] {
		case 'y', 'b', 'e', 'g':
			years = true
		case 'd', 'a':
			days = true
		case 'm':
			behind := i > 0 && strings.TrimLeft(parts[i-1], "[")[0] == 'h'
			before := i+1 < len(parts) && strings.TrimLeft(parts[i+1], "[")[0] == 's'
			months = months || !behind && !before
		}
	}
	switch {
	case !years && !months && !days:
		return clock, 0
	case years && !months && !days:
		return day, 1
	case years && months && !days:
		return day, 2
	}
	return day, 3
}

// The days that a spreadsheet shows: 1900-01-00 to 9999-12-31.
const (
	lastDay    = 2_958_465
	leapBug    = 60   // 1900-02-29, which never was
	between    = 1462 // days from the base of 1900 to that of 1904
	dayMinutes = 24 * 60
)

// date returns the day or the time that a number stands for. It reports false for
// numbers that a spreadsheet does not show as one.
func (s *section) date(v float64, base1904 bool) (string, bool) {
	if base1904 {
		v += between
	}
	n := math.Floor(v)
	if v < 0 || n > lastDay {
		return "", false
	}
	if s.form == clock {
		minutes := int(math.Round(v * dayMinutes))
		if !s.elapsed() {
			minutes %= dayMinutes
		}
		return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60), true
	}
	base := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case n == 0:
		return "1900-01-00"[:isoLength[s.precision]], true
	case n == leapBug:
		return "1900-02-29"[:isoLength[s.precision]], true
	case n < leapBug:
		n++
	}
	return base.AddDate(0, 0, int(n)).Format(time.DateOnly)[:isoLength[s.precision]], true
}

// isoLength is how long a date of a precision is.
var isoLength = [...]int{0, len("2016"), len("2016-05"), len("2016-05-31")}

// elapsed reports whether a section shows a duration.
func (s *section) elapsed() bool {
	for i := range s.tokens {
		if s.tokens[i].kind == date && strings.HasPrefix(s.tokens[i].text, "[") {
			return true
		}
	}
	return false
}
