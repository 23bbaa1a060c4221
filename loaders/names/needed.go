package names

import (
	"slices"
	"strings"

	"liantu/message"
	"liantu/schema"
)

// Needed says what identifies a node of a kind of which only whole keys do.
func Needed(kind *schema.Kind) message.Text {
	if !kind.Whole {
		return message.Text{}
	}
	var ways []string
	for _, group := range kind.Identify {
		wider := func(other []string) bool {
			return len(other) < len(group) && !slices.ContainsFunc(other, func(p string) bool { return !slices.Contains(group, p) })
		}
		if !slices.ContainsFunc(kind.Identify, wider) {
			ways = append(ways, strings.Join(group, "+"))
		}
	}
	return message.New("; it takes %s, none of them blank or masked", message.Either(message.ListOf(ways)))
}
