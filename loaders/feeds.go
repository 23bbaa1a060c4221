package loaders

import (
	"slices"

	"liantu/schema"
)

// feed is a kind of edge that a file of nodes may state beside the nodes:
// companies with their links and their place.
type feed struct {
	edge, to string
	heads    [][]string // of the columns that together name the other end, widest first
	each     bool       // one cell may name several
}

// feeds are tried in order. Places are in up to three columns, which make the
// path of names by which regions are read.
var feeds = []feed{
	{edge: "LOCATED_IN", to: "Region", heads: [][]string{
		{"所在地", "所在地区", "所属地区", "所属区域", "注册地", "注册地区", "企业所在地", "所在区域", "location"},
		{"省份", "所属省份", "所在省份", "注册省份", "省", "所属省", "所在省", "province"},
		{"城市", "所属城市", "所在城市", "注册城市", "市", "地市", "所属市", "所在市", "city"},
		{"区县", "所属区县", "所在区县", "注册区县", "区/县", "县市区", "县（市、区）", "district", "county"},
	}},
	{edge: "OPERATES_IN", to: "Link", each: true, heads: [][]string{
		{"环节", "环节名称", "所属环节", "所处环节", "产业环节", "产业链环节", "环节编号", "环节代码", "link"},
	}},
}

// EdgeColumn is a column of a file of nodes that states an edge of each node.
type EdgeColumn struct {
	Head string // of the column
	Edge string // kind of the edge
	To   string // kind of the node that the column names
	Each bool   // whether one cell may name several
}

// EdgeColumns lists the columns that files of a kind of nodes may have for edges
// of their nodes: a place from the province down, and the links.
func EdgeColumns(model *schema.Model, kind *schema.Kind) []EdgeColumn {
	var all []EdgeColumn
	for _, f := range feeds {
		edge := model.EdgeKind(f.edge)
		if edge == nil || !slices.Contains(edge.Edge.From, kind.Name) {
			continue
		}
		heads := f.heads
		if len(heads) > 1 {
			heads = heads[1:] // the first is the place in one column
		}
		for _, group := range heads {
			all = append(all, EdgeColumn{group[0], f.edge, f.to, f.each})
		}
	}
	return all
}

// feed adds to a rule for nodes the edges that the other columns state.
func (n *nativeHeader) feed(columns []string) []EmitRule {
	var emits []EmitRule
	for _, f := range feeds {
		edge := n.model.EdgeKind(f.edge)
		if edge == nil || !slices.Contains(edge.Edge.From, n.kind.Name) {
			continue
		}
		var parts []string
		for _, group := range f.heads {
			if c := n.free(columns, group); c != "" {
				parts = append(parts, c)
			}
		}
		if len(parts) == 0 {
			continue
		}
		to := &EndRule{Kind: f.to, Each: f.each, Value: ValueRule{Join: parts}}
		if len(parts) == 1 {
			to.Value = ValueRule{Column: parts[0]}
		}
		emits = append(emits, EmitRule{
			Edge: f.edge, Optional: true,
			From: &EndRule{Kind: n.kind.Name, Row: true}, To: to,
		})
	}
	return emits
}

// free returns the first column with one of the heads and no other meaning.
func (n *nativeHeader) free(columns, heads []string) string {
	set := headSet{}
	set.add(heads...)
	for _, c := range columns {
		if findProperty(n.kind, c) == nil && findRow(n.model, c) == nil && set.has(c) {
			return c
		}
	}
	return ""
}
