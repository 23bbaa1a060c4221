// Package choices holds what a text of a cell may mean, for people to choose from: each
// choice with what to write instead, so that the text means it alone.
//
// Package loaders imports it, and who shows its faults; it imports graph, message and schema.
package choices

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"liantu/graph"
	"liantu/message"
	"liantu/schema"
)

// Choice is a node that a text may mean.
type Choice struct {
	// Text is what to write instead of the text: the code of the node, or its name
	// where that suffices.
	Text string `json:"text"`
	Name string `json:"name,omitempty"` // of the node; "" where it is not known or is the text
	// Within are the names of what the node is part of, the outermost first; what is
	// not known is left out.
	Within []string `json:"within,omitempty"`
}

// Most is the most choices of a text.
const Most = 8

// Of describes a node by its strongest key and its name.
func Of(key graph.Key, name string) Choice {
	c := Choice{Text: strings.Join(key.Values(), ", "), Name: name}
	if c.Name != "" && (len(key.Values()) != 1 || c.Text == c.Name || c.Text == schema.NormalName(c.Name)) {
		c.Text, c.Name = c.Name, ""
	}
	return c
}

// Within describes a node, with what it is part of: of several wholes the first.
func Within[Node any](at Node, wholes func(Node) []Node, of func(Node) Choice) Choice {
	c := of(at)
	for next := wholes(at); len(next) > 0 && len(c.Within) < mostWithin; next = wholes(next[0]) {
		whole := of(next[0])
		c.Within = slices.Insert(c.Within, 0, cmp.Or(whole.Name, whole.Text))
	}
	return c
}

// mostWithin is how many wholes of a node are named.
const mostWithin = 6

// String is the name in quotation marks, and the code behind it where there is one.
func (c Choice) String() string {
	if c.Name == "" {
		return fmt.Sprintf("%q", c.Text)
	}
	return fmt.Sprintf("%q (%s)", c.Name, c.Text)
}

// Words lists choices in a sentence.
func Words(all []Choice) message.List {
	var words message.List
	for i, c := range all {
		if i == Most {
			return append(words, message.New("%d more", len(all)-Most))
		}
		words = append(words, c.String())
	}
	return words
}

// Offered are the choices of a text that people can choose from: each has a text of its
// own and not the given one, since neither would say which is meant. At most [Most].
func Offered(text string, all []Choice) []Choice {
	count := map[string]int{text: 2}
	for _, c := range all {
		count[c.Text]++
	}
	var offered []Choice
	for _, c := range all {
		if len(offered) < Most && count[c.Text] == 1 {
			offered = append(offered, c)
		}
	}
	return offered
}

// Regions are the regions that a text may mean.
func Regions(text string) []Choice {
	var all []Choice
	for _, r := range schema.RegionsMeant(text) {
		all = append(all, Choice{Text: r.Code, Name: r.FullName})
	}
	return all
}
