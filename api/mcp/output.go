package mcp

import (
	"slices"
	"strings"
	"unicode"

	"github.com/google/jsonschema-go/jsonschema"
)

// longestAbout is the most letters that the schema of an answer says of a value.
const longestAbout = 80

// inEnglish returns the first English sentence of a description in both languages, and
// nothing where it is long.
func inEnglish(description string) string {
	end := strings.IndexFunc(description, func(r rune) bool { return unicode.Is(unicode.Han, r) })
	if end < 0 {
		end = len(description)
	}
	words := description[:end]
	if stop := strings.IndexAny(words, ".;:"); stop >= 0 {
		words = words[:stop]
	}
	if words = strings.TrimSpace(words); len(words) > longestAbout {
		return ""
	}
	return words
}

// inBoth splits a description into its two languages.
func inBoth(description string) (en, zh string) {
	start := strings.IndexFunc(description, func(r rune) bool { return unicode.Is(unicode.Han, r) })
	if start < 0 {
		return description, ""
	}
	return strings.TrimSpace(description[:start]), description[start:]
}

// schema returns the schema of a value.
func (f *form) schema() *jsonschema.Schema {
	s := f.element()
	nullable := f.nullable
	if f.list && f.hollow {
		s = orNull(s)
	}
	if f.list && !f.first {
		s = &jsonschema.Schema{Type: "array", Items: s}
	}
	if nullable || f.first {
		s = orNull(s)
	}
	s.Description = f.about
	return s
}

// element returns the schema of a value without its list.
func (f *form) element() *jsonschema.Schema {
	if f.only {
		inner := f.fields[0].schema()
		if f.fields[0].sometimes {
			return orNull(inner)
		}
		return inner
	}
	if f.kind == "" {
		return objectOf(f.fields)
	}
	s := &jsonschema.Schema{Type: f.kind}
	for _, choice := range f.choices {
		s.Enum = append(s.Enum, choice)
	}
	return s
}

// objectOf returns the schema of an object. Of what it requires nothing is ever left out
// of a brief answer.
func objectOf(fields []*form) *jsonschema.Schema {
	s := &jsonschema.Schema{Type: "object", Properties: map[string]*jsonschema.Schema{}}
	for _, f := range fields {
		s.Properties[f.name] = f.schema()
		s.PropertyOrder = append(s.PropertyOrder, f.name)
		if !f.optional() {
			s.Required = append(s.Required, f.name)
		}
	}
	return s
}

// optional reports whether an answer may lack the value.
func (f *form) optional() bool {
	if f.sometimes || f.nullable || f.list || f.only && f.fields[0].optional() {
		return true
	}
	// Of another type than the document asks about nothing is left.
	return f.kind == "" && !slices.ContainsFunc(f.fields, func(field *form) bool { return !field.sometimes })
}

// mayBeNull reports whether a full answer says that the value is unknown.
func (f *form) mayBeNull() bool { return f.nullable || f.only && f.fields[0].mayBeNull() }

// orNull returns a schema that takes null besides.
func orNull(s *jsonschema.Schema) *jsonschema.Schema {
	switch {
	case s.Type == "null" || len(s.Types) > 0:
		return s
	case s.Type != "":
		s.Type, s.Types = "", []string{s.Type, "null"}
	}
	if len(s.Enum) > 0 {
		s.Enum = append(s.Enum, nil)
	}
	return s
}

// envelope returns the schema of an answer of a tool.
func envelope(answer *jsonschema.Schema) *jsonschema.Schema {
	text := func(about string) *jsonschema.Schema { return &jsonschema.Schema{Type: "string", Description: about} }
	return &jsonschema.Schema{
		Type:          "object",
		PropertyOrder: []string{"graph", "answer", "errors"},
		Required:      []string{"graph", "answer"},
		Properties: map[string]*jsonschema.Schema{
			"graph": {
				Type: "object", Description: "What the answer was computed from",
				PropertyOrder: []string{"version", "dataDate", "synthetic", "asOf", "stale"},
				Required:      []string{"version", "synthetic"},
				Properties: map[string]*jsonschema.Schema{
					"version":   {Type: "integer", Description: "Of the graph; grows with every change"},
					"dataDate":  text("Newest day that any fact describes"),
					"synthetic": {Type: "boolean", Description: "Whether the graph holds invented sample data"},
					"asOf":      text("The earlier day of whose knowledge the answer is"),
					"stale":     {Type: "boolean", Description: "Whether the store is out of reach at present"},
				},
			},
			"answer": answer,
			"errors": {
				Type: "array", Description: "Why some values are not in the answer",
				Items: &jsonschema.Schema{
					Type: "object", PropertyOrder: []string{"code", "at", "message"}, Required: []string{"code", "message"},
					Properties: map[string]*jsonschema.Schema{"code": text(""), "at": text("Where in the question"), "message": text("")},
				},
			},
		},
	}
}
