package mapping

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"liantu/message"
	"liantu/schema"
)

// check compiles the regular expressions of the mapping and joins everything
// that is wrong with it.
func (m *Mapping) check(model *schema.Model) error {
	c := &checker{model: model}
	if m.Name == "" {
		c.fail("name is missing")
	}
	if len(m.Files) == 0 {
		c.fail("files is missing")
	}
	c.provenance("", m.Provenance)
	for i, s := range m.Sources {
		c.source(fmt.Sprintf("sources[%d]", i), s)
	}
	for i := range m.Files {
		f := &m.Files[i]
		where := fmt.Sprintf("files[%d]", i)
		if len(f.Match) == 0 {
			c.fail("%s: match is missing", where)
		}
		for _, p := range f.Match {
			if _, err := path.Match(p, ""); err != nil {
				c.fail("%s: match %q: %w", where, p, err)
			}
		}
		c.provenance(where+": ", f.Provenance)
		c.emits(where, f.Emit)
	}
	return errors.Join(c.faults...)
}

// Prepare makes a rule that was not read from YAML ready for use, and returns
// what is wrong with it.
func (f *FileRule) Prepare(model *schema.Model) error {
	c := &checker{model: model}
	c.emits("file", f.Emit)
	return errors.Join(c.faults...)
}

func (c *checker) emits(where string, rules []EmitRule) {
	if len(rules) == 0 {
		c.fail("%s: emit is missing", where)
	}
	for j := range rules {
		c.emit(fmt.Sprintf("%s: emit[%d]", where, j), &rules[j])
	}
	c.paths(where, rules)
	c.rowEnds(where, rules)
}

type checker struct {
	model  *schema.Model
	faults []error
}

func (c *checker) fail(format string, args ...any) {
	c.faults = append(c.faults, message.Errorf(format, args...))
}

// paths checks that what is around a row is a row itself: an element without a
// rule would be skipped silently.
func (c *checker) paths(where string, rules []EmitRule) {
	for _, e := range rules {
		for around := e.Path; around != ""; {
			around = strings.TrimSuffix(around, "[]")
			if i := strings.LastIndex(around, "[]"); i >= 0 {
				around = around[:i+2]
			} else {
				around = ""
			}
			if !slices.ContainsFunc(rules, func(o EmitRule) bool { return o.Path == around }) {
				c.fail("%s: path %q has a rule but %q around it has none", where, e.Path, around)
			}
		}
		if e.Path != "" && !strings.HasSuffix(e.Path, "[]") {
			c.fail("%s: path %q does not end in []", where, e.Path)
		}
	}
}

// rowEnds checks that a row states the nodes that its edges take from it.
func (c *checker) rowEnds(where string, rules []EmitRule) {
	for i := range rules {
		for _, end := range []*EndRule{rules[i].From, rules[i].To} {
			if end != nil && end.Row && !slices.ContainsFunc(rules, func(o EmitRule) bool { return o.Node == end.Kind && o.Path == rules[i].Path }) {
				c.fail("%s: emit[%d]: the row states no %s", where, i, end.Kind)
			}
		}
	}
}

func (c *checker) provenance(where string, p Provenance) {
	if p.Grade != "" && !p.Grade.Valid() {
		c.fail("%sgrade %q is none of A, B, C, D", where, p.Grade)
	}
	if p.AsOf != "" {
		if _, err := (&schema.Property{Name: "as_of", Type: schema.TypeDate}).Parse(p.AsOf); err != nil {
			c.fail("%sas_of: %w", where, err)
		}
	}
}

func (c *checker) source(where string, s SourceRule) {
	kind := c.model.Node("Source")
	for name, text := range s {
		p := kind.Property(name)
		if p == nil {
			c.fail("%s: unknown property %q of Source", where, name)
		} else if _, err := p.Parse(text); err != nil {
			c.fail("%s: %s: %w", where, name, err)
		}
	}
	if s["name"] == "" {
		c.fail("%s: name is missing", where)
	}
}

func (c *checker) emit(where string, e *EmitRule) {
	kind := c.model.Kind(cmp.Or(e.Node, e.Edge))
	switch {
	case (e.Node == "") == (e.Edge == ""):
		c.fail("%s: needs either node or edge", where)
		return
	case kind == nil || kind.IsEdge() != (e.Edge != ""):
		c.fail("%s: unknown kind %q", where, cmp.Or(e.Node, e.Edge))
		return
	case kind.IsEdge() && (e.From == nil || e.To == nil):
		c.fail("%s: an edge needs from and to", where)
	case !kind.IsEdge() && (e.From != nil || e.To != nil || e.Sum != nil || e.NoSelf || e.NoMutual):
		c.fail("%s: from, to, sum, no_self and no_mutual are for edges", where)
	case kind.IsEdge() && e.NoRepeat:
		c.fail("%s: no_repeat is for nodes", where)
	case kind.IsEdge() && e.ID != nil:
		c.fail("%s: id is for nodes", where)
	}
	for i := range e.When {
		c.condition(fmt.Sprintf("%s: when[%d]", where, i), &e.When[i])
	}
	for _, name := range slices.Sorted(maps.Keys(e.Properties)) {
		v := e.Properties[name]
		if kind.Property(name) == nil {
			c.fail("%s: unknown property %q of %s", where, name, kind.Name)
		}
		c.value(where+": "+name, &v)
		e.Properties[name] = v
	}
	if e.From != nil && e.To != nil {
		c.end(where+": from", e.From)
		c.end(where+": to", e.To)
		if kind.IsEdge() && e.From.Kind != "" && e.To.Kind != "" && !kind.Joins(e.From.Kind, e.To.Kind) {
			c.fail("%s: %s does not join %s to %s", where, kind.Name, e.From.Kind, e.To.Kind)
		}
	}
	if e.Sum != nil && !isNumber(kind.Property(e.Sum.Property)) {
		c.fail("%s: sum: property %q of %s is not a number", where, e.Sum.Property, kind.Name)
	}
	if kind.IsEdge() {
		return
	}
	if e.ID != nil {
		c.id(where+": id", kind, e.ID)
		return
	}
	if !slices.ContainsFunc(kind.Identify, func(g []string) bool { _, ok := e.Properties[g[0]]; return ok }) {
		c.fail("%s: no property identifies %s", where, kind.Name)
	}
}

// id checks the id of the nodes of a rule, which may identify them if nothing
// else does.
func (c *checker) id(where string, kind *schema.Kind, id *IDRule) {
	if len(id.Columns) == 0 {
		c.fail("%s: columns is missing", where)
	}
	if p := kind.Property(id.Property); id.Property != "" && (p == nil || p.Type != schema.TypeCode || !Identifies(kind, p.Name)) {
		c.fail("%s: property %q is no code that identifies %s", where, id.Property, kind.Name)
	}
}

func isNumber(p *schema.Property) bool {
	return p != nil && slices.Contains([]schema.Type{schema.TypeFloat, schema.TypeMoney, schema.TypePercent}, p.Type)
}

func (c *checker) end(where string, e *EndRule) {
	kind := c.model.Node(e.Kind)
	for _, name := range e.Kinds {
		if e.Kind != "" || c.model.Node(name) == nil {
			c.fail("%s: kinds lists kinds of nodes instead of kind, not %q", where, name)
		}
	}
	if e.Row {
		if kind == nil || e.KindColumn != "" || len(e.By) > 0 {
			c.fail("%s: row needs a kind and nothing else", where)
		}
		if e.Each {
			c.value(where, &e.Value)
		}
		return
	}
	c.value(where, &e.Value)
	if (e.ID || e.Space != "") && (!e.ID || e.Kind != "" || e.KindColumn != "" || len(e.Kinds) > 0 || e.Each) {
		c.fail("%s: space needs id, and id no kind", where)
	}
	if kind == nil {
		if e.Kind != "" {
			c.fail("%s: unknown kind of node %q", where, e.Kind)
		} else if len(e.By) > 0 {
			c.fail("%s: by needs a kind", where)
		}
		return
	}
	for _, name := range e.By {
		if p := kind.Property(name); p == nil {
			c.fail("%s: unknown property %q of %s", where, name, kind.Name)
		} else if !Identifies(kind, name) && p.Type != schema.TypeText && p.Type != schema.TypeTexts {
			c.fail("%s: property %q neither identifies %s nor is a text", where, name, kind.Name)
		}
	}
}

func (c *checker) condition(where string, w *Condition) {
	if w.Column == "" {
		c.fail("%s: column is missing", where)
	}
	w.matches = c.expression(where+": matches", w.Matches)
	w.differs = c.expression(where+": differs", w.Differs)
}

func (c *checker) value(where string, v *ValueRule) {
	given := 0
	for _, is := range []bool{v.Column != "", len(v.Columns) > 0, len(v.Join) > 0, len(v.Steps) > 0, v.Const != "", v.Template != ""} {
		given += count(is)
	}
	if v.Column != "" && len(v.Steps) > 0 {
		given-- // the steps stand in for a blank column
	}
	if given != 1 {
		c.fail("%s: needs exactly one of column, columns, join, steps, const and template", where)
	}
	if v.Unit != "" {
		if _, _, ok := schema.HeaderUnit(UnitHead(v.Unit)); !ok {
			c.fail("%s: unknown unit %q of money", where, v.Unit)
		}
	}
	v.pattern = c.expression(where+": pattern", v.Pattern)
	v.suspect = c.expression(where+": suspect", v.Suspect)
	if v.pattern != nil && v.pattern.NumSubexp() == 0 {
		c.fail("%s: pattern %q has no group", where, v.Pattern)
	}
	for _, list := range [][]Replacement{v.Repair, v.Replace} {
		for i := range list {
			list[i].pattern = c.expression(where+": pattern", list[i].Pattern)
		}
	}
	if strings.Count(v.Template, "{") != strings.Count(v.Template, "}") {
		c.fail("%s: template %q has an unmatched brace", where, v.Template)
	}
}

func (c *checker) expression(where, text string) *regexp.Regexp {
	if text == "" {
		return nil
	}
	re, err := regexp.Compile(text)
	if err != nil {
		c.fail("%s: %w", where, err)
	}
	return re
}

func count(is bool) int {
	if is {
		return 1
	}
	return 0
}

// Identifies reports whether a value of the property alone can make a key.
func Identifies(kind *schema.Kind, property string) bool {
	return slices.ContainsFunc(kind.Identify, func(g []string) bool { return g[0] == property })
}
