package fields

import (
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

// outcomeOf is what all conditions together say of a vertex: one that fails decides.
func outcomeOf(g *projection.Projection, v projection.Vertex, all []condition) outcome {
	sum := holds
	for _, c := range all {
		value, known := g.Value(v, c.property)
		one := unknown
		if known {
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

// firstDay and lastDay are the ends of a date that may be a month or a year, as text that
// is compared with other ends.
func firstDay(date string) string {
	return date + "-01-01"[min(len("-01-01"), max(0, len(date)-len("2016"))):]
}
func lastDay(date string) string {
	return date + "-99-99"[min(len("-99-99"), max(0, len(date)-len("2016"))):]
}

// notBefore is met by dates from the first day of the given one. A month or year of which
// only a part is from then on is as if not known.
func notBefore(given any) condition {
	text, _ := given.(string)
	from := firstDay(text)
	return condition{of: func(value any) outcome {
		date, ok := value.(string)
		switch {
		case !ok:
			return unknown
		case firstDay(date) >= from:
			return holds
		case lastDay(date) < from:
			return fails
		}
		return unknown
	}}
}

// notAfter is met by dates until the last day of the given one.
func notAfter(given any) condition {
	text, _ := given.(string)
	to := lastDay(text)
	return condition{of: func(value any) outcome {
		date, ok := value.(string)
		switch {
		case !ok:
			return unknown
		case lastDay(date) <= to:
			return holds
		case firstDay(date) > to:
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
