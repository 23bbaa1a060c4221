package recognise

import (
	"maps"

	"liantu/loaders/mapping"
)

// byLevels makes the rules for a table whose columns name nodes that are part of
// one another, as 产业链, 一级环节 and 二级环节 do: a node for each column that is
// filled, part of that of the nearest filled one before it, and for the lowest the
// properties of the row. It reports false for a table without such columns.
func (t *table) byLevels() bool {
	if len(t.levels) == 0 {
		return false
	}
	code := t.kind.Property(t.kind.Identify[0][0])
	top := t.first(t.path[code.Name][0])
	var columns []string
	for _, heads := range t.levels {
		if c := t.first(heads); c != "" {
			columns = append(columns, c)
		}
	}
	var whole *alongHeads // how the table states what the topmost nodes are part of
	for i := range t.along {
		if t.along[i].Makes() && t.first(t.along[i].columns[0]) == top {
			whole = &t.along[i]
		}
	}
	if top == "" || whole == nil || len(columns) == 0 {
		return false
	}
	t.rule.Emit = append(t.rule.Emit, made(whole, top))
	ends := []*mapping.EndRule{{Kind: whole.Kinds[0].Name, Row: true}}
	for i, c := range columns {
		steps := append([]string{top}, columns[:i+1]...)
		own := map[string]mapping.ValueRule{code.Name: {Steps: steps}, t.kind.Caption: {Column: c}}
		end := &mapping.EndRule{Kind: t.kind.Name, Value: mapping.ValueRule{Steps: steps}}
		t.rule.Emit = append(t.rule.Emit, mapping.EmitRule{Node: t.kind.Name, Optional: true, Properties: own})
		for j, above := range ends { // of which the nearest is filled
			t.rule.Emit = append(t.rule.Emit, mapping.EmitRule{
				Edge: whole.Edge.Name, Optional: true, From: end, To: above, When: unnamed(columns[j:i]),
			})
		}
		ends = append(ends, end)
		if len(t.emit.Properties) == 0 {
			continue
		}
		lowest := mapping.EmitRule{Node: t.kind.Name, Optional: true, Properties: maps.Clone(t.emit.Properties), When: unnamed(columns[i+1:])}
		maps.Copy(lowest.Properties, own)
		t.rule.Emit = append(t.rule.Emit, lowest)
	}
	t.leveled = true
	t.edges(t.heads(whole.Kinds[0]), whole, map[string]bool{top: true})
	return true
}

// unnamed are the conditions that no column names anything.
func unnamed(columns []string) []mapping.Condition {
	var all []mapping.Condition
	for _, c := range columns {
		all = append(all, mapping.Condition{Column: c, Unnamed: true})
	}
	return all
}
