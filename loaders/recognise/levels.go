package recognise

import (
	"maps"

	"liantu/loaders/mapping"
)

// blanks are the texts of a cell that has no value.
var blanks = []string{"", "-", "--", "—", "——", "/", "无"}

// byLevels makes the rules for a table whose columns name nodes that are part of
// one another, as 产业链, 一级环节 and 二级环节 do: a node for each column, and for
// the lowest that is filled the properties of the row. It reports false for a
// table without such columns.
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
	above := &mapping.EndRule{Kind: whole.Kinds[0].Name, Row: true}
	t.rule.Emit = append(t.rule.Emit, made(whole, top))
	for i, c := range columns {
		steps := append([]string{top}, columns[:i+1]...)
		own := map[string]mapping.ValueRule{code.Name: {Steps: steps}, t.kind.Caption: {Column: c}}
		end := &mapping.EndRule{Kind: t.kind.Name, Value: mapping.ValueRule{Steps: steps}}
		t.rule.Emit = append(t.rule.Emit,
			mapping.EmitRule{Node: t.kind.Name, Optional: true, Properties: own},
			mapping.EmitRule{Edge: whole.Edge.Name, Optional: true, From: end, To: above},
		)
		above = end
		if len(t.emit.Properties) == 0 {
			continue
		}
		lowest := mapping.EmitRule{Node: t.kind.Name, Optional: true, Properties: maps.Clone(t.emit.Properties)}
		maps.Copy(lowest.Properties, own)
		if i+1 < len(columns) {
			lowest.When = []mapping.Condition{{Column: columns[i+1], Is: blanks}}
		}
		t.rule.Emit = append(t.rule.Emit, lowest)
	}
	t.leveled = true
	t.edges(t.heads(whole.Kinds[0]), whole, map[string]bool{top: true})
	return true
}
