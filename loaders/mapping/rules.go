package mapping

import (
	"maps"
	"regexp"
	"slices"

	"go.yaml.in/yaml/v3"

	"liantu/schema"
)

// UnitHead is a column head that ends in a unit, by which amounts are read; ""
// for none.
func UnitHead(unit string) string {
	if unit == "" {
		return ""
	}
	return "x(" + unit + ")"
}

// Apply replaces all matches in a text.
func (r *Replacement) Apply(text string) string {
	return r.pattern.ReplaceAllString(text, r.With)
}

// Match returns the part of a text that is the value by the pattern of the rule,
// the text itself without one. It reports false for a text without a match.
func (v *ValueRule) Match(text string) (string, bool) {
	if v.pattern == nil {
		return text, true
	}
	m := v.pattern.FindStringSubmatch(text)
	if m == nil {
		return "", false
	}
	return m[1], true
}

// Suspects reports whether a text is suspect by the rule.
func (v *ValueRule) Suspects(text string) bool {
	return v.suspect != nil && v.suspect.MatchString(text)
}

// Holds reports whether the condition holds for the text of its column.
func (w *Condition) Holds(text string) bool {
	if w.Unnamed && !schema.Unnamed(text) {
		return false
	}
	is := len(w.Is) == 0
	for _, t := range w.Is {
		is = is || t == text
	}
	for _, t := range w.Not {
		is = is && t != text
	}
	return is && (w.matches == nil || w.matches.MatchString(text)) && (w.differs == nil || !w.differs.MatchString(text))
}

// Columns lists the columns that a rule reads, each once.
func (f *FileRule) Columns() []string {
	c := &columns{seen: map[string]bool{}}
	c.add(f.Row.Source, f.Row.AsOf, f.Row.Grade)
	c.add(f.Labels...)
	for i := range f.Emit {
		e := &f.Emit[i]
		for j := range e.When {
			c.add(e.When[j].Column)
		}
		if e.ID != nil {
			c.add(e.ID.Columns...)
		}
		for _, end := range []*EndRule{e.From, e.To} {
			if end != nil {
				c.add(end.KindColumn, end.Within)
				c.value(&end.Value)
			}
		}
		for _, name := range slices.Sorted(maps.Keys(e.Properties)) {
			v := e.Properties[name]
			c.value(&v)
		}
	}
	return c.list
}

type columns struct {
	list []string
	seen map[string]bool
}

func (c *columns) add(names ...string) {
	for _, name := range names {
		if name != "" && !c.seen[name] {
			c.seen[name] = true
			c.list = append(c.list, name)
		}
	}
}

func (c *columns) value(v *ValueRule) {
	c.add(v.Column)
	c.add(v.Columns...)
	c.add(v.Join...)
	c.add(v.Steps...)
	for _, m := range templateColumn.FindAllStringSubmatch(v.Template, -1) {
		c.add(m[1])
	}
}

var templateColumn = regexp.MustCompile(`\{([^{}]*)\}`)

// MarshalYAML writes a value that is only a column as the name of the column.
func (v ValueRule) MarshalYAML() (any, error) {
	type plain ValueRule // without this method
	if rest := (plain)(v); v.Column != "" {
		rest.Column = ""
		rest.pattern, rest.suspect = nil, nil
		if n := new(yaml.Node); n.Encode(rest) == nil && len(n.Content) == 0 {
			return v.Column, nil
		}
	}
	return plain(v), nil
}

// MarshalYAML writes the fields of an end beside those of its value.
func (e EndRule) MarshalYAML() (any, error) {
	type own EndRule // without this method
	type value ValueRule
	out := new(yaml.Node)
	if err := out.Encode(own(e)); err != nil {
		return nil, err
	}
	rest := new(yaml.Node)
	if err := rest.Encode(value(e.Value)); err != nil {
		return nil, err
	}
	out.Content = append(out.Content, rest.Content...)
	out.Style = 0
	return out, nil
}
