// Package erasure checks that a forgotten node has left no trace: it lists the
// personal values of the node, and searches a store and files for them. Its
// reports name properties and places, never a value.
//
// Only the program imports it; it imports graph and schema.
package erasure

import (
	"slices"
	"strings"
	"unicode/utf8"

	"liantu/graph"
	"liantu/schema"
)

// Value is a personal value that must not be found anywhere.
type Value struct {
	Kind     string   // of the element that has it
	Property string   // "" for a key that finds the node
	text     string   // as it was stated
	forms    []string // that it may have in texts and files
}

// Name is the name of the value in reports, such as Person.phone.
func (v *Value) Name() string {
	if v.Property == "" {
		return v.Kind + " (key)"
	}
	return v.Kind + "." + v.Property
}

// minSearched is the length of the shortest text, in characters, that is not
// likely to occur by chance.
const minSearched = 2

// Values lists the personal values of a node and of its edges: the values of
// properties that are personal in the model, all values of edges whose existence
// is personal, whatever their source, and the keys of the node. Left out, and
// counted, are values that many nodes share (regions, days, numbers and the words
// of enums) and texts of one character.
func Values(model *schema.Model, n *graph.Node, edges []*graph.Edge) (values []*Value, leftOut int) {
	seen := map[string]bool{}
	add := func(kind, property, text string) {
		if seen[property+"\x00"+text] {
			return
		}
		seen[property+"\x00"+text] = true
		if utf8.RuneCountInString(text) < minSearched {
			leftOut++
			return
		}
		values = append(values, &Value{Kind: kind, Property: property, text: text, forms: formsOf(text)})
	}
	addFacts := func(kind *schema.Kind, all bool, facts []graph.Fact) {
		for _, f := range facts {
			p := kind.Property(f.Property)
			if p == nil || !all && p.Sensitivity != schema.Personal {
				continue
			}
			texts, searched := textsOf(p, f.Value)
			if !searched {
				leftOut++
			}
			for _, text := range texts {
				add(kind.Name, f.Property, text)
			}
		}
	}
	if kind := model.Node(n.Kind); kind != nil {
		addFacts(kind, false, n.Facts)
	}
	for _, e := range edges {
		if kind := model.EdgeKind(e.Kind); kind != nil {
			addFacts(kind, kind.Sensitivity == schema.Personal, e.Facts)
		}
	}
	for _, k := range n.Keys {
		if k.Kind() != "" {
			add(n.Kind, "", string(k))
		}
	}
	return values, leftOut
}

// textsOf returns the texts of a value that can be searched for.
func textsOf(p *schema.Property, value any) ([]string, bool) {
	switch p.Type {
	case schema.TypeText, schema.TypeCode, schema.TypePhone, schema.TypeEmail, schema.TypeURL, schema.TypeTexts:
	default:
		return nil, false
	}
	switch v := value.(type) {
	case string:
		return []string{v}, true
	case []string:
		return v, true
	}
	return nil, false
}

// formsOf returns a text as it is, normalised as a name and in lower case, and
// each of these as it is escaped in JSON, in keys and in workbooks.
func formsOf(text string) []string {
	forms := []string{text, schema.NormalName(text), strings.ToLower(text)}
	for _, f := range slices.Clone(forms) {
		forms = append(forms, jsonEscaper.Replace(f), percentEscaper.Replace(f), xmlEscaper.Replace(f))
	}
	forms = slices.DeleteFunc(forms, func(f string) bool { return utf8.RuneCountInString(f) < minSearched })
	slices.Sort(forms)
	return slices.Compact(forms)
}

var (
	jsonEscaper    = strings.NewReplacer(`"`, `\"`, `\`, `\\`, "\n", `\n`, "<", `\u003c`, ">", `\u003e`, "&", `\u0026`)
	xmlEscaper     = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;")
	percentEscaper = strings.NewReplacer("%", "%25", "/", "%2F", "&", "%26", "=", "%3D") // as in keys
)

// in reports whether a text holds the value in any form.
func (v *Value) in(text string) bool {
	return slices.ContainsFunc(v.forms, func(f string) bool { return strings.Contains(text, f) })
}

// Mentions reports whether a text holds any of the values.
func Mentions(values []*Value, text string) bool {
	return slices.ContainsFunc(values, func(v *Value) bool { return v.in(text) })
}
