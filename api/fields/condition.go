package fields

import (
	"cmp"
	"strings"

	"liantu/graph/projection"
)

// outcome is what a condition says of a node.
type outcome uint8

const (
	fails outcome = iota
	unknown
	holds
)

// condition is what a filter wants of a property. A value that is not known neither meets
// nor fails it.
type condition struct {
	property string
	of       func(value any) outcome
}

// outcomeOf is what all conditions together say of a vertex, where read has the values of
// each: one that fails decides.
func outcomeOf(v projection.Vertex, all []condition, read []func(projection.Vertex) any) outcome {
	sum := holds
	for i, c := range all {
		one := unknown
		if value := read[i](v); value != nil {
			one = c.of(value)
		}
		if sum = min(sum, one); sum == fails {
			break
		}
	}
	return sum
}

// whether is the outcome of a known value.
func whether(is bool) outcome {
	if is {
		return holds
	}
	return fails
}

// numberOf is a number of the graph or of an argument.
func numberOf(value any) (float64, bool) {
	switch n := value.(type) {
	case int:
		return float64(n), true
	case int64:
		return float64(n), true
	case float64:
		return n, true
	}
	return 0, false
}

// number makes a condition on a number; a value that is none is as if not known.
func number(given any, is func(value, bound float64) bool) condition {
	bound, _ := numberOf(given)
	return condition{of: func(value any) outcome {
		n, ok := numberOf(value)
		if !ok {
			return unknown
		}
		return whether(is(n, bound))
	}}
}

func atLeast(given any) condition {
	return number(given, func(value, bound float64) bool { return value >= bound })
}

func atMost(given any) condition {
	return number(given, func(value, bound float64) bool { return value <= bound })
}

// What makes a day of a year or a month: its first, and what is behind its last.
const (
	firstDay = "-01-01"
	lastDay  = "-99-99"
)

// days compares a date, which may be a month or a year of which end makes a day, with a day.
// It reports false for a text that is no date.
func days(date, end, day string) (int, bool) {
	n, tail := len(date), len(date)-len("2016")
	if tail < 0 || n > len(day) {
		return 0, false
	}
	return cmp.Or(strings.Compare(date, day[:n]), strings.Compare(end[tail:], day[n:])), true
}

// dayOf is the day that end makes of a date.
func dayOf(given any, end string) string {
	date, _ := given.(string)
	return date + end[min(len(end), max(0, len(date)-len("2016"))):]
}

// notBefore is met by dates from the first day of the given one. A month or year of which
// only a part is from then on is as if not known.
func notBefore(given any) condition {
	from := dayOf(given, firstDay)
	return condition{of: func(value any) outcome {
		date, _ := value.(string)
		first, ok := days(date, firstDay, from)
		last, _ := days(date, lastDay, from)
		switch {
		case ok && first >= 0:
			return holds
		case ok && last < 0:
			return fails
		}
		return unknown
	}}
}

// notAfter is met by dates until the last day of the given one, as [notBefore] from the first.
func notAfter(given any) condition {
	to := dayOf(given, lastDay)
	return condition{of: func(value any) outcome {
		date, _ := value.(string)
		first, ok := days(date, firstDay, to)
		last, _ := days(date, lastDay, to)
		switch {
		case ok && last <= 0:
			return holds
		case ok && first > 0:
			return fails
		}
		return unknown
	}}
}

func equal(given any) condition {
	return condition{of: func(value any) outcome { return whether(value == given) }}
}

// among is met by each of the given texts; none meets an empty list.
func among(given any) condition {
	list, _ := given.([]any)
	texts := make(map[string]bool, len(list))
	for _, item := range list {
		if text, ok := item.(string); ok {
			texts[text] = true
		}
	}
	return condition{of: func(value any) outcome {
		text, ok := value.(string)
		return whether(ok && texts[text])
	}}
}
