package loaders

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"liantu/graph"
	"liantu/loaders/cells"
	"liantu/loaders/choices"
	"liantu/loaders/rows"
	"liantu/message"
	"liantu/schema"
)

// row is one record that is turned into drafts.
type row struct {
	file    *file
	rec     *rows.Record
	ordinal int // among the records of the file, from 0
	prov    graph.Provenance
	kind    *schema.Kind // by its labels, nil where none state it
	part    [2]int       // of several names in a cell: which one, and of how many
	own     []own        // the nodes that it states, as far as its edges have asked for them
}

// cell is a text that a value rule made of a row.
type cell struct {
	text   string // "" for blank
	raw    string // as it stands in the file
	column string // "" for a constant
	field  *rows.Field
	list   []string
}

// text evaluates a value rule. It reports false, with the fault recorded, when
// there is no text.
func (r *row) text(v *value) (cell, bool) {
	c, ok := r.source(v)
	rule := v.rule
	if !ok {
		return c, false
	}
	if cells.IsError(c.text) {
		r.fault(&c, CodeCellError, cells.ErrorReason(c.text))
		return c, false
	}
	if r.ditto(v, &c) {
		return c, false
	}
	before := c.text
	for i := range rule.Repair {
		c.text = rule.Repair[i].Apply(c.text)
	}
	if c.text != before {
		r.warn(&c, CodeRepaired, message.New("%q was repaired to %q", short(c.raw), short(c.text)))
	}
	for i := range rule.Replace {
		c.text = rule.Replace[i].Apply(c.text)
	}
	blank := schema.Blank(c.text)
	if !blank {
		value, ok := rule.Match(c.text)
		if !ok {
			r.fault(&c, CodeBadValue, message.New("%q does not have the form %s", short(c.raw), rule.Pattern))
			return c, false
		}
		if value != c.text {
			c.text, blank = value, schema.Blank(value)
		}
	}
	if to, ok := rule.Values[c.text]; ok {
		c.text, blank = to, schema.Blank(to)
	}
	if blank {
		c.text = ""
		if rule.Expect {
			text := message.New("value is missing")
			if c.raw != "" {
				text = message.New("value is missing; there is %q", short(c.raw))
			}
			r.warn(&c, CodeExpected, text)
		}
	} else if rule.Suspects(c.text) {
		r.warn(&c, CodeSuspect, message.New("%q is suspect", short(c.raw)))
	}
	return c, true
}

// ditto reports whether a cell of a value stands for the one above it, with the fault
// recorded: rows are read alone, and a list may have been sorted since.
func (r *row) ditto(v *value, c *cell) bool {
	found := *c
	for i := 0; !cells.IsDitto(found.text) && len(v.columns) > 1 && i < len(v.columns); i++ {
		found = r.column(&v.columns[i])
	}
	if !cells.IsDitto(found.text) {
		return false
	}
	r.fault(&found, CodeBadValue, message.New("%q stands for the cell above; write the value itself", found.text))
	return true
}

// source reads the column, the constant or the template of a value.
func (r *row) source(v *value) (cell, bool) {
	if v.rule.Const != "" {
		return cell{text: v.rule.Const, raw: v.rule.Const}, true
	}
	if len(v.rule.Columns) > 0 || len(v.rule.Join) > 0 || len(v.rule.Steps) > 0 {
		return r.several(v), true
	}
	if v.rule.Template == "" {
		c := r.column(&v.columns[0])
		if c.field != nil && c.field.Nested {
			r.fault(&c, CodeBadValue, message.New("holds lists or objects where a value is expected"))
			return c, false
		}
		return c, true
	}
	var b strings.Builder
	var whole cell
	for i := range v.columns {
		c := r.column(&v.columns[i])
		if schema.Blank(c.text) {
			return cell{raw: c.raw, column: c.column, field: c.field}, true
		}
		if !strings.HasPrefix(c.column, "$") || whole.column == "" {
			whole = c // the place of what the row itself adds
		}
		b.WriteString(v.between[i])
		b.WriteString(c.text)
	}
	b.WriteString(v.between[len(v.columns)])
	whole.text = b.String()
	return whole, true
}

// several reads the first of several columns that is not blank, or joins those
// that are not; a path without its first or its last step is blank.
func (r *row) several(v *value) cell {
	if len(v.rule.Steps) > 0 {
		if c, ok := r.ownText(v); ok {
			return c
		}
		return r.steps(v)
	}
	var whole cell
	for i := range v.columns {
		c := r.column(&v.columns[i])
		if i == 0 || !schema.Blank(c.text) {
			before := whole.text
			if whole = c; schema.Blank(c.text) || len(v.rule.Join) > 1 && schema.Unnamed(c.text) {
				whole.text = ""
			}
			if len(v.rule.Join) > 0 {
				whole.text = before + strings.TrimSpace(whole.text)
			} else if whole.text != "" {
				break
			}
		}
	}
	return whole
}

// ownText reads the column of a value that steps may make, too; it reports false where
// there is none or it is blank.
func (r *row) ownText(v *value) (cell, bool) {
	if v.own == nil {
		return cell{}, false
	}
	c := r.column(v.own)
	return c, !schema.Blank(c.text)
}

// steps joins the texts of a path.
func (r *row) steps(v *value) cell {
	whole, parts := cell{}, []string(nil)
	for i := range v.columns {
		c := r.column(&v.columns[i])
		if schema.Unnamed(c.text) {
			if i == 0 || i == len(v.columns)-1 {
				return cell{raw: c.raw, column: c.column, field: c.field}
			}
			continue
		}
		whole, parts = c, append(parts, codeStep(c.text))
	}
	whole.text = strings.Join(parts, stepMark)
	return whole
}

// stepMark divides the steps of a path, in codes that are made of them and in
// names that say what the named node is part of.
const stepMark = "/"

// column reads a column; an absent one is blank.
func (r *row) column(c *column) cell {
	switch c.name {
	case "$file":
		return cell{text: r.file.in.Stem(), raw: r.file.in.Stem(), column: c.name}
	case "$row":
		text := strconv.Itoa(r.rec.Line)
		return cell{text: text, raw: text, column: c.name}
	}
	f := c.in(r.rec)
	if f == nil {
		return cell{column: c.name}
	}
	text := f.Text
	if f.List != nil {
		text = schema.FormatValue(f.List)
	}
	text = cells.Unguarded(text)
	return cell{text: text, raw: text, column: c.name, field: f, list: f.List}
}

// holds reports whether all conditions hold.
func (r *row) holds(when []condition) bool {
	for i := range when {
		text := strings.TrimSpace(r.column(&when[i].column).text)
		if !when[i].rule.Holds(text) {
			return false
		}
	}
	return true
}

// parse reads the text of a cell as a value of a property.
func (p *property) parse(c *cell) (any, error) {
	if len(c.list) > 1 && !p.Type.Set() {
		return nil, message.Errorf("holds %d values where one is expected", len(c.list))
	}
	return p.Parse(c.text)
}

// facts evaluates the values of a rule. It returns false when a value without
// which there is no draft is missing or faulty; badKey reports whether a value
// that identifies was faulty. The name beside the number of an index or a fund is no
// company's, so that there is no draft without another code.
func (r *row) facts(e *emitter) (facts []graph.Fact, props map[string]any, badKey, ok bool) {
	facts = make([]graph.Fact, 1, len(e.values)+1)
	facts[0].Provenance = r.prov
	props = make(map[string]any, len(e.values))
	ok = true
	before, thing := len(r.file.faults), false
	for i := range e.values {
		p := &e.values[i]
		if p.fixed != nil {
			props[p.Name] = p.fixed
			facts = append(facts, graph.Fact{Property: p.Name, Value: p.fixed, Provenance: r.prov})
			continue
		}
		mark := len(r.file.faults)
		c, good := r.text(&p.text)
		if p.names && schema.Unnamed(c.text) {
			c.text = ""
		}
		if p.text.rule.Array && c.text != "" {
			c.array(p)
		}
		if p.text.rule.Each {
			good = r.share(p, &c) && good
		}
		var v any
		switch {
		case good && c.text == "" && p.vital && p.Required:
			r.fault(&c, CodeMissing, message.New("%s is missing", p.Name))
			good = false
		case good && c.text == "":
			continue
		case good:
			var err error
			if v, err = r.value(p, &c); err != nil {
				r.fault(&c, codeOfValue(p.Property, err), reason(err))
				good, thing = false, thing || errors.Is(err, schema.ErrNoCompany)
			}
		}
		if !good {
			ok = ok && !p.vital
			badKey = badKey || p.identify
			r.file.faults.failing(mark, p.vital)
			continue
		}
		props[p.Name] = v
		facts = append(facts, graph.Fact{Property: p.Name, Value: v, Provenance: r.prov})
	}
	if thing && !hasCode(e.kind, props) {
		r.file.faults.failing(before, true)
		ok = false
	}
	return facts, props, badKey, ok
}

// hasCode reports whether properties identify a node without its name.
func hasCode(kind *schema.Kind, props map[string]any) bool {
	return slices.ContainsFunc(kind.Identify, func(group []string) bool {
		return !slices.ContainsFunc(group, func(name string) bool { return props[name] == nil })
	})
}

// share leaves in a cell the value that belongs to the node that is being named,
// of several in the cell beside it. It reports false, with the fault recorded
// for the first of them, if their numbers differ.
func (r *row) share(p *property, c *cell) bool {
	values := schema.SplitTexts(c.text)
	switch {
	case r.part[1] < 2 || c.text == "" || len(values) < 2 && !cells.IsMeasure(p.Type):
	case len(values) == r.part[1]:
		c.text = values[r.part[0]]
	default:
		if r.part[0] == 0 {
			r.fault(c, CodeBadValue, message.New("%q is %s, and the cell beside it holds %d names", short(c.text), cells.Counted(len(values)), r.part[1]))
		}
		return false
	}
	return true
}

// fault records that a value is faulty. The fate of the row is decided later.
func (r *row) fault(c *cell, code Code, reason message.Text) { r.note(c, Dropped, code, reason) }

// warn records something that should be checked.
func (r *row) warn(c *cell, code Code, reason message.Text) { r.note(c, Warning, code, reason) }

// fail records that a rule makes no draft of the row.
func (r *row) fail(code Code, reason message.Text) {
	r.note(&cell{}, Dropped, code, reason)
	r.file.faults.failing(len(r.file.faults)-1, true)
}

func (r *row) note(c *cell, severity Severity, code Code, reason message.Text) {
	f := Fault{
		File: r.file.in.Name, Row: r.rec.Line, Column: c.column, Value: short(c.raw),
		Severity: severity, Code: code, Reason: reason.In(r.file.language),
	}
	r.conceal(&f, c)
	if c.field != nil {
		f.Row, f.Position = r.rec.Position(c.field)
	}
	r.file.faults = append(r.file.faults, rowFault{Fault: f, ordinal: r.ordinal})
}

// offer adds what a cell may mean to the fault of the cell that was recorded last, unless
// the fault does not show the text of the cell, or not as it stands.
func (r *row) offer(c *cell, all []choices.Choice) {
	if f := &r.file.faults[len(r.file.faults)-1]; f.Value == c.text {
		f.Choices = choices.Offered(c.text, all)
	}
}

// short shortens a text for a message.
func short(text string) string { return cells.Short(text) }

// reason is an error as a message.
func reason(err error) message.Text { return message.New("%w", err) }
