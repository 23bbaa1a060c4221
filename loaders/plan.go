package loaders

import (
	"maps"
	"reflect"
	"regexp"
	"slices"

	"liantu/graph"
	"liantu/loaders/bulk"
	"liantu/loaders/cells"
	"liantu/loaders/locate"
	"liantu/loaders/mapping"
	"liantu/loaders/names"
	"liantu/loaders/recognise"
	"liantu/loaders/rows"
	"liantu/schema"
)

// plan is a rule for a file, prepared for its rows.
type plan struct {
	rule     *mapping.FileRule
	defaults graph.Provenance // of rows that do not state their own
	row      struct{ source, asOf, grade *column }
	// rowProperty holds the columns of the model that describe rows.
	rowProperty map[string]*schema.Property
	nodes       []*emitter
	edges       []*emitter
	paths       []string          // of the rows of a nested document
	used        map[string]bool   // columns that are used
	bound       recognise.Binding // the names of the columns in the file
	reads       map[string]int    // how often the rule reads a column
	units       map[string]string // of amounts by column, where they stand beside the table
	labels      []column          // that state the kinds of rows
	personal    map[string]bool   // columns whose cells are personal
}

// emitter makes drafts of one kind from rows.
type emitter struct {
	rule   *mapping.EmitRule
	kind   *schema.Kind
	when   []condition
	values []property // in order of their names
	from   *end
	to     *end
	id     *value    // of a node that edges of the load find by it
	code   *property // of a node whose code is made of steps
	name   *property // the caption of a node
}

// divides reports whether what the rule makes depends on which of several names in
// a cell is meant.
func (e *emitter) divides() bool {
	return e.rule.Each || slices.ContainsFunc(e.values, func(p property) bool { return p.text.rule.Each })
}

// property is a value of a draft.
type property struct {
	cells.Measure
	text     value
	fixed    any  // the value of a constant, nil where each row must be read
	vital    bool // without it there is no draft
	identify bool // it may make a key of a node
	names    bool // it names a node
}

// column finds its field in the rows of a file, which mostly have it in the same
// place.
type column struct {
	name  string
	guess int
}

func (c *column) in(rec *rows.Record) *rows.Field {
	if c.guess < len(rec.Fields) && rec.Fields[c.guess].Name == c.name {
		return &rec.Fields[c.guess]
	}
	for i := range rec.Fields {
		if rec.Fields[i].Name == c.name {
			c.guess = i
			return &rec.Fields[i]
		}
	}
	return nil
}

type condition struct {
	column column
	rule   *mapping.Condition
}

// end finds the node at an end of an edge.
type end struct {
	rule       *mapping.EndRule
	text       value
	node       *emitter // of the node that the row itself states, for EndRule.Row
	kindColumn *column
	within     *column
	kinds      []*schema.Kind
	place      bool                    // a place within the named region is meant, too
	placed     map[string]schema.Place // by its cells: the place found before
	by         map[string][]string     // by kind: the properties to search
	known      map[[2]string]found     // by text and what it is within: the node found before
	wasted     bool                    // a whole was named without a part, and it was warned of
	whole      map[string]bool         // by text with marks that divide names: whether it is one name
}

// newPlan prepares a rule for a file with the given columns; none are given where
// the columns come with the rows. The rule was checked against the model.
func newPlan(model *schema.Model, rule *mapping.FileRule, defaults graph.Provenance, columns []string) *plan {
	p := &plan{
		rule: rule, defaults: defaults, used: map[string]bool{}, rowProperty: map[string]*schema.Property{}, bound: recognise.Bind(columns),
		reads: map[string]int{}, units: map[string]string{},
	}
	for _, r := range model.Row {
		p.rowProperty[r.Name] = r
	}
	p.row.source = p.optional(rule.Row.Source)
	p.row.asOf = p.optional(rule.Row.AsOf)
	p.row.grade = p.optional(rule.Row.Grade)
	for _, name := range rule.Labels {
		p.labels = append(p.labels, p.column(name))
	}
	for i := range rule.Emit {
		e := p.emitter(model, &rule.Emit[i])
		if e.kind.IsEdge() {
			p.edges = append(p.edges, e)
		} else {
			p.nodes = append(p.nodes, e)
		}
		if path := e.rule.Path; !slices.Contains(p.paths, path) {
			p.paths = append(p.paths, path)
		}
	}
	for _, e := range p.edges {
		for _, end := range []*end{e.from, e.to} {
			if end.rule.Row {
				end.node = p.nodeOf(end.rule.Kind, e.rule.Path)
			}
		}
	}
	p.notePersonal()
	return p
}

// nodeOf returns the emitter of the node of a kind that a row states.
func (p *plan) nodeOf(kind, path string) *emitter {
	for _, e := range p.nodes {
		if e.kind.Name == kind && e.rule.Path == path {
			return e
		}
	}
	return nil
}

func (p *plan) column(name string) column {
	name = p.bound.Column(name)
	p.used[name] = true
	p.reads[name]++
	return column{name: name}
}

func (p *plan) optional(name string) *column {
	if name == "" {
		return nil
	}
	c := p.column(name)
	return &c
}

func (p *plan) emitter(model *schema.Model, rule *mapping.EmitRule) *emitter {
	e := &emitter{rule: rule, kind: model.Kind(rule.Node + rule.Edge)}
	for i := range rule.When {
		e.when = append(e.when, condition{p.column(rule.When[i].Column), &rule.When[i]})
	}
	for _, name := range slices.Sorted(maps.Keys(rule.Properties)) {
		e.values = append(e.values, p.property(e.kind, name, rule.Properties[name]))
	}
	if rule.ID != nil {
		id := p.value(&mapping.ValueRule{Join: rule.ID.Columns})
		e.id = &id
	}
	for i := range e.values {
		if len(e.values[i].text.rule.Steps) > 0 {
			e.code = &e.values[i]
		}
		if e.values[i].Name == e.kind.Caption {
			e.name = &e.values[i]
		}
	}
	if e.kind.IsEdge() {
		e.from = p.end(model, rule.From, e.kind.Edge.From)
		e.to = p.end(model, rule.To, e.kind.Edge.To)
		e.to.place = locate.Holds(e.kind.Name) && len(e.to.kinds) == 1 && !e.to.rule.ID && len(e.to.rule.By) == 0
	}
	return e
}

func (p *plan) property(kind *schema.Kind, name string, rule mapping.ValueRule) property {
	head := p.bound.Column(rule.Column)
	v := property{Measure: cells.NewMeasure(kind.Property(name), head, mapping.UnitHead(rule.Unit)), text: p.value(&rule)}
	v.vital = v.Required || slices.Contains(kind.Key, name)
	v.identify = slices.ContainsFunc(kind.Identify, func(g []string) bool { return slices.Contains(g, name) })
	v.names = !kind.IsEdge() && (v.identify || name == kind.Caption) && v.Type != schema.TypeEnum
	v.fixed = v.constant(rule)
	return v
}

// constant returns the value of a rule that is nothing but a valid constant, else
// nil. Amounts are left out, since their unit may stand in the file.
func (p *property) constant(rule mapping.ValueRule) any {
	if schema.Blank(rule.Const) || cells.IsError(rule.Const) || p.Type == schema.TypeMoney || !reflect.DeepEqual(rule, mapping.ValueRule{Const: rule.Const}) {
		return nil
	}
	v, err := p.parse(&cell{text: rule.Const})
	if err != nil {
		return nil // which is a fault of each row
	}
	return v
}

func (p *plan) end(model *schema.Model, rule *mapping.EndRule, allowed []string) *end {
	e := &end{rule: rule, text: p.value(&rule.Value), by: map[string][]string{}, known: map[[2]string]found{}, placed: map[string]schema.Place{}, whole: map[string]bool{}}
	e.kindColumn, e.within = p.optional(rule.KindColumn), p.optional(rule.Within)
	switch {
	case rule.Kind != "":
		allowed = []string{rule.Kind}
	case len(rule.Kinds) > 0:
		allowed = rule.Kinds
	}
	for _, name := range allowed {
		kind := model.Node(name)
		e.kinds = append(e.kinds, kind)
		if e.by[name] = rule.By; len(rule.By) > 0 {
			continue
		}
		e.by[name] = findBy(kind)
	}
	return e
}

// findBy lists the properties by which a node is found where nothing else is
// said: those that identify its kind, codes of earlier use, its caption, and its other names, except
// those of companies, which are resolved in their own way.
func findBy(kind *schema.Kind) []string {
	var by []string
	for _, group := range kind.Identify {
		if !slices.Contains(by, group[0]) {
			by = append(by, group[0])
		}
	}
	if kind.Property(formerCodes) != nil {
		by = append(by, formerCodes)
	}
	if !slices.Contains(by, kind.Caption) {
		by = append(by, kind.Caption)
	}
	if kind.Name != names.CompanyKind && kind.Property(aliases) != nil {
		by = append(by, aliases)
	}
	return by
}

// aliases is the property of other names in use, formerCodes that of codes of earlier use.
const (
	aliases     = "aliases"
	formerCodes = "former_codes"
)

// prepare registers with the index what the ends of the plan's edges will look
// up.
func (p *plan) prepare(x *index) {
	for _, e := range p.nodes {
		if e.code != nil {
			x.wantNames(e.kind)
		}
	}
	for _, e := range p.edges {
		for _, end := range []*end{e.from, e.to} {
			for _, kind := range end.kinds {
				if end.rule.ID {
					break
				}
				if mayBePart(x.model, kind) {
					x.wantNames(kind)
				}
				if !end.rule.FreeText {
					x.names.Choose(kind.Name)
				}
				for _, name := range end.by[kind.Name] {
					if !solelyIdentifies(kind, name) {
						x.want(kind.Name, name)
					}
				}
			}
		}
	}
}

// solelyIdentifies reports whether a value of the property is always a whole key.
func solelyIdentifies(kind *schema.Kind, name string) bool {
	return slices.ContainsFunc(kind.Identify, func(g []string) bool { return len(g) == 1 && g[0] == name })
}

var templateColumn = regexp.MustCompile(`\{([^{}]*)\}`)

// value makes a text of a row.
type value struct {
	rule    *mapping.ValueRule
	own     *column  // of Column where there are Steps too
	columns []column // one of Column, or those of Template in order
	between []string // the texts around those of Template
}

func (p *plan) value(rule *mapping.ValueRule) value {
	v := value{rule: rule}
	switch {
	case rule.Column != "" && len(rule.Steps) > 0:
		v.own = p.optional(rule.Column)
	case rule.Column != "":
		v.columns = []column{p.column(rule.Column)}
		return v
	}
	if columns := slices.Concat(rule.Columns, rule.Join, rule.Steps); len(columns) > 0 {
		for _, name := range columns {
			v.columns = append(v.columns, p.column(name))
		}
		return v
	}
	last := 0
	for _, at := range templateColumn.FindAllStringSubmatchIndex(rule.Template, -1) {
		v.columns = append(v.columns, p.column(rule.Template[at[2]:at[3]]))
		v.between = append(v.between, rule.Template[last:at[0]])
		last = at[1]
	}
	v.between = append(v.between, rule.Template[last:])
	return v
}

// unclear returns the fault of the first used column whose head is that of
// another one too; nil if there is none. Columns that are not used may share a
// head.
func (p *plan) unclear(twice []rows.RepeatedHead) error {
	for _, t := range twice {
		if p.used[t.Name] && !bulk.MayRepeat(t.Name) {
			return t.Err
		}
	}
	return nil
}

// take lets the properties take a unit that stands outside of their heads, and records
// it by column.
func (p *plan) take(unit func(m *cells.Measure, columns []column) bool) {
	for _, e := range slices.Concat(p.nodes, p.edges) {
		for i := range e.values {
			v := &e.values[i]
			if !unit(&v.Measure, v.text.columns) {
				continue
			}
			for _, c := range v.text.columns {
				p.units[c.name] = v.Unit()
			}
		}
	}
}

// takeHeads takes the units that texts state by column.
func (p *plan) takeHeads(units map[string]string) {
	p.take(func(m *cells.Measure, columns []column) bool {
		return len(columns) == 1 && m.Take(units[columns[0].name])
	})
}

// lacksUnit reports whether an amount of a column has no unit.
func (p *plan) lacksUnit() (lacks bool) {
	p.take(func(m *cells.Measure, columns []column) bool {
		lacks = lacks || len(columns) > 0 && m.Lacks("0")
		return false
	})
	return lacks
}
