package bulk

import (
	"regexp"
	"slices"
	"strings"

	"liantu/loaders/mapping"
	"liantu/loaders/recognise"
	"liantu/message"
	"liantu/schema"
)

// Reading is how a file in one of the formats is loaded.
type Reading struct {
	// Rule is ready for use; nil if no label or type of the file is a kind.
	Rule *mapping.FileRule
	// Left lists, without a rule, the labels that are no kinds.
	Left []Left
	// Unused lists the columns that have values and mean nothing, with the kind
	// for which this is so where they mean something for another.
	Unused []string
	// Doubled are columns that mean what another column states already.
	Doubled []recognise.Doubled
}

// Left is why rows are left out, and how many.
type Left struct {
	Why        message.Text
	Rows, Line int // Line is that of the first
}

// Text says why rows are left out, and which.
func (l Left) Text() message.Text {
	if l.Rows == 1 {
		return message.New("%s; row %d is left out", l.Why, l.Line)
	}
	return message.New("%s; %d rows are left out, the first of them row %d", l.Why, l.Rows, l.Line)
}

// Options say what else is known of a file.
type Options struct {
	Model   *schema.Model
	Kind    string                   // of all rows, stated by the caller, "" for none
	Called  []string                 // names of the file, which may be that of a kind where no column states it
	Neutral func(column string) bool // columns that hold nothing to load
	Space   string                   // of ids that mean nothing in other files
}

// Reading finds how the file is loaded. The error says why it cannot be: it is a
// [*recognise.HeaderError] if a column is missing, and any other if nothing says
// what the rows are, or there are none.
func (c *Content) Reading(o Options) (*Reading, error) {
	m := &maker{Content: c, Options: o, out: &Reading{}, filled: map[*schema.Kind]map[string]bool{}, other: map[*schema.Kind]map[string]bool{}}
	if err := m.lacking(); err != nil {
		return nil, err
	}
	whole, err := m.whole()
	if err != nil {
		return nil, err
	}
	for _, g := range c.sorted() {
		kind, why := whole, message.Text{}
		if kind == nil {
			kind, _, why = KindOf(m.candidates(g.edge), g.labels)
		}
		if kind == nil {
			m.out.Left = append(m.out.Left, Left{Why: why, Rows: g.rows, Line: g.first})
			continue
		}
		m.fill(kind, g)
	}
	if len(m.kinds) == 0 {
		if c.rows == 0 {
			return nil, message.Errorf("its heads are those of neo4j-admin database import and no rows are below them; load it together with the file of the rows, which has the same name but for the word header")
		}
		return m.out, nil
	}
	m.out.Left = nil
	return m.out, m.make(whole == nil)
}

// maker makes the rule of a file.
type maker struct {
	*Content
	Options
	out    *Reading
	kinds  []*schema.Kind // of the rows, in the order of their first
	filled map[*schema.Kind]map[string]bool
	other  map[*schema.Kind]map[string]bool // columns that hold something else than codes of stocks
	row    map[string]string                // by name: the column that describes the row
}

// lacking says which column a table lacks.
func (m *maker) lacking() error {
	if !m.edges() {
		return nil
	}
	for _, need := range []struct {
		role role
		name string
	}{{startID, ":START_ID"}, {endID, ":END_ID"}} {
		if m.with(need.role) == nil {
			return &recognise.HeaderError{Reason: message.New("header has no column %q, which a file of relationships needs", need.name)}
		}
	}
	return nil
}

// whole returns the kind of all rows, which the caller states, or the name of a
// table without a column that does; nil if each row states its own.
func (m *maker) whole() (*schema.Kind, error) {
	kinds := m.candidates(m.edges())
	if m.objects || m.Kind == "" && (m.with(label) != nil || m.with(edgeType) != nil) {
		return nil, nil
	}
	column, what := ":LABEL", message.New("nodes")
	if m.edges() {
		column, what = ":TYPE", message.New("relationships")
	}
	called := m.Called
	if m.Kind != "" {
		called = []string{m.Kind}
	}
	for _, name := range called {
		if k := meant(kinds, name); k != nil {
			return k, nil
		}
	}
	if m.Kind != "" {
		return nil, message.Errorf("the file holds %s, and %q is no kind of them", what, m.Kind)
	}
	return nil, message.Errorf("nothing says of which kind its %s are; needed is a column %q, the name of a kind as that of the file, or --kind", what, column)
}

func (m *maker) candidates(edge bool) []*schema.Kind {
	if edge {
		return m.Model.Edges
	}
	return m.Model.Nodes
}

// fill adds a group to the rows of a kind.
func (m *maker) fill(kind *schema.Kind, g *group) {
	if m.filled[kind] == nil {
		m.filled[kind], m.other[kind] = map[string]bool{}, map[string]bool{}
		m.kinds = append(m.kinds, kind)
	}
	for column := range g.filled {
		m.filled[kind][column] = true
		m.other[kind][column] = m.other[kind][column] || g.other[column]
	}
}

// make makes the rule, with conditions on labels if rows have kinds of their own.
func (m *maker) make(labelled bool) error {
	m.rowColumns()
	rule := &mapping.FileRule{Row: mapping.RowColumns{Source: m.row["source"], AsOf: m.row["as_of"], Grade: m.row["grade"]}}
	if labelled {
		rule.Labels = append(m.with(label), m.with(edgeType)...)
	}
	slices.SortStableFunc(m.kinds, func(a, b *schema.Kind) int { return count(a.IsEdge()) - count(b.IsEdge()) })
	means := map[*schema.Kind]map[string]bool{}
	for _, kind := range m.kinds {
		e, columns := m.emit(kind)
		rule.Emit = append(rule.Emit, e)
		means[kind] = columns
	}
	m.unused(means)
	if err := rule.Prepare(m.Model); err != nil {
		return err
	}
	m.out.Rule = rule
	return nil
}

// rowColumns finds the columns that describe rows: those that are no property of
// any kind of the file.
func (m *maker) rowColumns() {
	m.row = map[string]string{}
	for _, h := range m.heads {
		if h.role != property || slices.ContainsFunc(m.kinds, func(k *schema.Kind) bool { return m.property(k, h) != nil }) {
			continue
		}
		for _, form := range recognise.Forms(h.name) {
			if p := m.Model.FindRow(form); p != nil && m.row[p.Name] == "" {
				m.row[p.Name] = h.column
				break
			}
		}
	}
}

// emit makes the rule for the rows of a kind, and returns which columns it uses.
func (m *maker) emit(kind *schema.Kind) (mapping.EmitRule, map[string]bool) {
	e := mapping.EmitRule{Properties: map[string]mapping.ValueRule{}}
	used := map[string]bool{}
	for pass := range 2 { // exact names win over aliases
		for _, h := range m.heads {
			p := m.property(kind, h)
			if h.name == "" || p == nil || (p.Name == h.name) != (pass == 0) || m.objects && !m.filled[kind][h.column] {
				continue
			}
			used[h.column] = true
			if taken := e.Properties[p.Name].Column; taken != "" {
				if d := (recognise.Doubled{Column: h.column, Means: p.Name, Used: taken}); !slices.Contains(m.out.Doubled, d) {
					m.out.Doubled = append(m.out.Doubled, d)
				}
				continue
			}
			e.Properties[p.Name] = valueOf(h, p)
		}
	}
	if m.objects {
		of := objectNode
		if kind.IsEdge() {
			of = objectEdge
		}
		e.When = []mapping.Condition{{Column: objectType, Is: []string{of}}}
	}
	if kind.IsEdge() {
		e.Edge = kind.Name
		e.From, e.To = m.end(startID), m.end(endID)
		return e, used
	}
	e.Node = kind.Name
	if ids := m.with(id); ids != nil {
		e.ID = &mapping.IDRule{Space: m.idSpace(id), Columns: ids}
		if code := CodeOf(kind); code != nil {
			e.ID.Property = code.Name
		}
	}
	return e, used
}

// property returns the property of a kind that a column means, nil for none: by
// its name, or as the code of a stock if that is what it holds.
func (m *maker) property(kind *schema.Kind, h head) *schema.Property {
	if p := recognise.Property(kind, h.name); p != nil || h.column != m.stocks(kind) {
		return p
	}
	for _, p := range kind.Properties {
		if p.Type == schema.TypeStockCode {
			return p
		}
	}
	return nil
}

// stocks returns the column that holds the codes of stocks without being named so,
// "" for none: code or stock_id, if all its values in rows of the kind are such
// codes and a head of the file names stocks. Either alone says too little.
func (m *maker) stocks(kind *schema.Kind) string {
	named := slices.ContainsFunc(m.heads, func(h head) bool { return strings.Contains(strings.ToLower(h.column), "stock") })
	for _, name := range stockHeads {
		for _, h := range m.heads {
			if named && schema.NormalName(h.name) == name && m.filled[kind][h.column] && !m.other[kind][h.column] {
				return h.column
			}
		}
	}
	return ""
}

// idSpace returns the space of the ids of a role.
func (m *maker) idSpace(r role) string {
	if m.own {
		return m.Space
	}
	return m.space(r)
}

// end finds the node at an end by its id.
func (m *maker) end(r role) *mapping.EndRule {
	e := &mapping.EndRule{ID: true, Space: m.idSpace(r)}
	if columns := m.with(r); len(columns) == 1 {
		e.Value.Column = columns[0]
	} else {
		e.Value.Join = columns
	}
	return e
}

// unused lists the columns with values that mean nothing.
func (m *maker) unused(means map[*schema.Kind]map[string]bool) {
	for _, h := range m.heads {
		if h.role != property || m.isRow(h.column) || m.Neutral(h.name) {
			continue
		}
		var without []string
		known := false
		for _, k := range m.kinds {
			known = known || means[k][h.column]
			if m.filled[k][h.column] && !means[k][h.column] {
				without = append(without, k.Name)
			}
		}
		switch {
		case !known && len(without) > 0:
			m.out.Unused = append(m.out.Unused, h.column)
		case known:
			for _, name := range without {
				m.out.Unused = append(m.out.Unused, h.column+" ("+name+")")
			}
		}
	}
}

func (m *maker) isRow(column string) bool {
	return slices.Contains([]string{m.row["source"], m.row["as_of"], m.row["grade"]}, column)
}

func count(is bool) int {
	if is {
		return 1
	}
	return 0
}

// valueOf makes the rule for a value of a property, whose unit may stand in the
// name, before the type that follows it.
func valueOf(h head, p *schema.Property) mapping.ValueRule {
	v := mapping.ValueRule{Column: h.column, Array: h.array}
	switch {
	case p.Type == schema.TypeMoney && h.name == p.Name:
		v.Unit = "万元"
	case p.Type == schema.TypeMoney:
		if _, unit, ok := schema.HeaderUnit(h.name); ok {
			v.Unit = units[unit]
		}
	case p.Type == schema.TypePercent && percent.MatchString(h.name):
		v.Replace = []mapping.Replacement{{Pattern: `^\s*(-?[0-9.]+)\s*$`, With: "$1%"}}
	}
	return v
}

var units = map[schema.MoneyUnit]string{
	schema.Yuan: "元", schema.ThousandYuan: "千元", schema.Wan: "万元", schema.MillionYuan: "百万元", schema.Yi: "亿元",
}

// percent is a name that ends in a unit of hundredths.
var percent = regexp.MustCompile(`[%％]\s*[)）\]】]?\s*$`)
