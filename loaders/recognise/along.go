package recognise

import (
	"slices"

	"liantu/loaders/mapping"
	"liantu/message"
	"liantu/schema"
)

// edges adds the edges that columns state beside a node of the row: all of the
// kind of the table, and of a node that the row makes those like the one that
// makes it, so that the chain of a link may stand with its ecosystem.
func (t *table) edges(k *kindHeads, of *alongHeads, claimed map[string]bool) {
	for i := range k.along {
		a := &k.along[i]
		columns := t.alongColumns(a, claimed)
		if len(columns) == 0 || of != nil && (a.Edge != of.Edge || a.AsTo() != of.AsTo()) {
			continue
		}
		for _, c := range columns {
			claimed[c] = true
		}
		t.rule.Emit = append(t.rule.Emit, t.alongRules(k, a, columns)...)
		if a.Makes() {
			t.edges(t.heads(a.Kinds[0]), a, claimed)
		}
	}
}

// alongColumns returns the columns that name the other end of an edge, which
// states of no other.
func (t *table) alongColumns(a *alongHeads, claimed map[string]bool) []string {
	var columns []string
	for _, heads := range a.columns {
		i := slices.IndexFunc(t.columns, func(c string) bool { return t.has(heads, c) && !claimed[c] && t.rowColumn(c) == "" })
		if i >= 0 && !slices.Contains(columns, t.columns[i]) {
			columns = append(columns, t.columns[i])
		}
	}
	return columns
}

// alongRules makes the rules for an edge that columns state: that of the edge,
// before it that of the node it makes.
func (t *table) alongRules(k *kindHeads, a *alongHeads, columns []string) []mapping.EmitRule {
	var rules []mapping.EmitRule
	own := &mapping.EndRule{Kind: k.kind.Name, Row: true}
	other := &mapping.EndRule{Each: !a.One, Within: t.first(a.within), Value: mapping.ValueRule{Join: columns}}
	if len(columns) == 1 {
		other.Value = mapping.ValueRule{Column: columns[0]}
	}
	if a.Pattern != "" {
		other.Value.Replace = part(a.Pattern)
	}
	kindsOf(other, a.Kinds)
	if a.Makes() {
		rules = append(rules, made(a, columns[0]))
		other = &mapping.EndRule{Kind: a.Kinds[0].Name, Row: true, Each: !a.One, Value: mapping.ValueRule{Column: columns[0]}}
	}
	edge := mapping.EmitRule{Edge: a.Edge.Name, Optional: true, From: own, To: other, Properties: t.alongProperties(a, columns)}
	if a.AsTo() {
		edge.From, edge.To = other, own
	}
	if n := len(t.rule.Emit); a.Otherwise && n > 0 {
		edge.Otherwise = t.rule.Emit[n-1].Edge == a.Edge.Name // that of the column it stands in for
	}
	return append(rules, edge)
}

// made is the rule for the nodes that a column names and that need not be known.
func made(a *alongHeads, column string) mapping.EmitRule {
	kind := a.Kinds[0]
	properties := map[string]mapping.ValueRule{kind.Caption: {Column: column, Each: !a.One}}
	if code := kind.Property(kind.Identify[0][0]); len(code.Path) > 0 {
		properties[code.Name] = mapping.ValueRule{Steps: []string{column}, Each: !a.One}
	}
	for name, text := range a.Make {
		properties[name] = mapping.ValueRule{Const: text}
	}
	return mapping.EmitRule{Node: kind.Name, Optional: true, Each: !a.One, Properties: properties}
}

// alongProperties makes the rules for the properties of an edge that columns
// state.
func (t *table) alongProperties(a *alongHeads, columns []string) map[string]mapping.ValueRule {
	properties := map[string]mapping.ValueRule{}
	for name, text := range a.Set {
		properties[name] = mapping.ValueRule{Const: text}
	}
	for name, pattern := range a.Parts {
		properties[name] = mapping.ValueRule{Column: columns[0], Replace: part(pattern)}
	}
	for i, b := range a.Beside {
		if c := t.first(a.beside[i]); c != "" && !slices.Contains(columns, c) {
			properties[b.Property.Name] = mapping.ValueRule{Column: c, Each: !a.One}
		}
	}
	if len(properties) == 0 {
		return nil
	}
	return properties
}

func kindsOf(end *mapping.EndRule, kinds []*schema.Kind) {
	if len(kinds) == 1 {
		end.Kind = kinds[0].Name
		return
	}
	for _, k := range kinds {
		end.Kinds = append(end.Kinds, k.Name)
	}
}

// ends finds the columns of a file of edges that name the ends: from and to, or
// heads that name an end in tables of nodes, or the only column that means an
// identifying property or the name of a kind that may stand there, such as
// 企业名称 and 环节名称 of OPERATES_IN.
func (t *table) ends() {
	edge := t.kind
	from, to := t.row["from"], t.row["to"]
	var within [2]string
	var makes [2]*alongHeads
	for i := range t.along {
		a := &t.along[i]
		column, end := &to, 1
		if a.AsTo() {
			column, end = &from, 0
		}
		if c := t.first(headsUnion(a.columns)); c != "" && *column == "" && c != from && c != to && t.property(c) == nil {
			*column = c
			if a.Makes() {
				makes[end] = a
			}
			for name, text := range a.Set {
				if _, stated := t.emit.Properties[name]; !stated {
					t.emit.Properties[name] = mapping.ValueRule{Const: text}
				}
			}
		}
	}
	from, to = t.only(from, to, edge.Edge.From), t.only(to, from, edge.Edge.To)
	for i := range t.along {
		if a := &t.along[i]; within[1] == "" && !a.AsTo() {
			within[1] = t.first(a.within)
		} else if within[0] == "" && a.AsTo() {
			within[0] = t.first(a.within)
		}
	}
	t.row["from"], t.row["to"] = from, to
	for _, name := range []string{"from", "to"} {
		if t.row[name] == "" || from == to {
			t.lacks = message.New("header has no column %q, which a file of %s needs", name, edge.Name)
			return
		}
	}
	t.emit.Edge = edge.Name
	t.emit.From, t.emit.To = t.end("from", edge.Edge.From, within[0]), t.end("to", edge.Edge.To, within[1])
	for i, end := range []*mapping.EndRule{t.emit.From, t.emit.To} {
		if a := makes[i]; a != nil {
			t.makes = append(t.makes, made(a, end.Value.Column))
			*end = mapping.EndRule{Kind: a.Kinds[0].Name, Row: true, Each: !a.One, Value: mapping.ValueRule{Column: end.Value.Column}}
		}
	}
}

// only returns the column that is known to name an end, else the only one that
// may name a node of the kinds and does not name the other end.
func (t *table) only(known, other string, kinds []string) string {
	if known != "" {
		return known
	}
	var found []string
	for _, c := range t.columns {
		if c == other || t.property(c) != nil || t.rowColumn(c) != "" {
			continue
		}
		if slices.ContainsFunc(kinds, func(name string) bool { return names(t.model.Node(name), c) }) {
			found = append(found, c)
		}
	}
	if len(found) == 1 {
		return found[0]
	}
	return ""
}

// names reports whether a column may name a node of a kind.
func names(kind *schema.Kind, column string) bool {
	p := Property(kind, column)
	return p != nil && (p.Name == kind.Caption || slices.ContainsFunc(kind.Identify, func(g []string) bool { return len(g) == 1 && g[0] == p.Name }))
}

func (t *table) end(name string, kinds []string, within string) *mapping.EndRule {
	e := &mapping.EndRule{Value: mapping.ValueRule{Column: t.row[name]}, KindColumn: t.row[name+"_kind"]}
	if len(kinds) == 1 && e.KindColumn == "" {
		e.Kind = kinds[0]
	}
	if within != t.row["from"] && within != t.row["to"] {
		e.Within = within
	}
	return e
}

func headsUnion(list []Heads) Heads {
	all := Heads{}
	for _, heads := range list {
		for head := range heads {
			all[head] = true
		}
	}
	return all
}
