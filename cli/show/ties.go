package show

import (
	"strings"

	"liantu/graph/projection"
	"liantu/graph/ties"
	"liantu/schema"
)

// LayerTies is a table of the ties of links in a layer.
func LayerTies(l Language, p *projection.Projection, w *ties.LayerAnswer) *Table {
	t := &Table{Columns: []Column{
		{Name: "from_code", Head: schema.Text{Zh: "起点编号", En: "FROM CODE"}, Flex: true},
		{Name: "from", Head: schema.Text{Zh: "起点环节", En: "FROM"}, Flex: true},
		{Name: "to_code", Head: schema.Text{Zh: "终点编号", En: "TO CODE"}, Flex: true},
		{Name: "to", Head: schema.Text{Zh: "终点环节", En: "TO"}, Flex: true},
		{Name: "weight", Head: schema.Text{Zh: "权重", En: "WEIGHT"}, Right: true},
		{Name: "count", Head: schema.Text{Zh: "关系条数", En: "EDGES"}, Right: true},
		{Name: "share", Head: schema.Text{Zh: "价值占比", En: "SHARE"}, Right: true},
	}}
	for _, tie := range w.Ties {
		share := Unknown()
		if x, ok := tie.Share.Get(); ok {
			share = Number(x, 2)
			share.Text = Percent(x)
		}
		t.Add(Word(p.Code(tie.From)), l.Named(p, tie.From), Word(p.Code(tie.To)), l.Named(p, tie.To),
			Number(tie.Weight, 2), Count(tie.Count), share)
	}
	return t
}

// Anchor is a table of the links behind an anchor.
func Anchor(l Language, p *projection.Projection, n *ties.AnchorAnswer) *Table {
	t := &Table{Columns: []Column{
		{Name: "link_code", Head: schema.Text{Zh: "编号", En: "CODE"}, Flex: true},
		{Name: "link", Head: schema.Text{Zh: "环节", En: "LINK"}, Flex: true},
		{Name: "basis", Head: schema.Text{Zh: "依据", En: "BY"}},
		{Name: "state", Head: schema.Text{Zh: "状态", En: "STATE"}},
		{Name: "action", Head: schema.Text{Zh: "动作", En: "ACTION"}},
		{Name: "suppliers_here", Head: schema.Text{Zh: "本地供应商", En: "SUPPLIERS HERE"}, Flex: true},
		{Name: "suppliers_elsewhere", Head: schema.Text{Zh: "外地供应商", En: "SUPPLIERS ELSEWHERE"}, Flex: true},
	}}
	basis := map[ties.Basis]schema.Text{ties.BySupplies: {Zh: "供应商", En: "suppliers"}, ties.ByFeeds: {Zh: "供给关系", En: "feeds"}}
	names := func(list []projection.Vertex) Cell {
		var texts []string
		for _, v := range list {
			texts = append(texts, p.Caption(v))
		}
		return Word(strings.Join(texts, "; "))
	}
	for _, at := range n.Links {
		v := at.Verdict
		t.Add(Word(p.Code(v.Link)), l.Named(p, v.Link), l.Label(string(at.Basis), basis[at.Basis]),
			l.Label(string(v.State), v.State.Label()), l.Label(string(v.Action), v.Action.Label()), names(at.Here), names(at.Elsewhere))
	}
	return t
}
