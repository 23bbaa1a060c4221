package readback

import (
	"fmt"
	"slices"
	"strings"

	"liantu/api/fields"
	"liantu/cli/show"
	"liantu/graph"
	"liantu/graph/projection"
	"liantu/schema"
)

// nodeView is a node on its way to an answer.
type nodeView struct {
	*Reading
	show.Language
	v      projection.Vertex
	limit  int // edges at most of each kind and direction, below 0 for all
	table  *show.Table
	below  []string
	masked map[string]bool
}

// Node shows a node whole: what its sources state of it, where they differ, and its
// edges in both directions, of each kind at most limit, or all for a limit below 0.
// The edges of a kind are in the order of the nodes at their other ends.
func (r *Reading) Node(l show.Language, v projection.Vertex, limit int) show.Answer {
	n := &nodeView{Reading: r, Language: l, v: v, limit: limit, masked: map[string]bool{}, table: &show.Table{Columns: []show.Column{
		{Name: "part", Head: schema.Text{Zh: "部分", En: "PART"}, File: true},
		{Name: "item", Head: schema.Text{Zh: "项目", En: "ITEM"}},
		{Name: "value", Head: schema.Text{Zh: "内容", En: "VALUE"}, Flex: true},
		{Name: "code", Head: schema.Text{Zh: "编号", En: "CODE"}},
		{Name: "details", Head: schema.Text{Zh: "详情", En: "DETAILS"}, Flex: true},
		{Name: "source", Head: schema.Text{Zh: "来源", En: "SOURCE"}},
		{Name: "as_of", Head: schema.Text{Zh: "数据日期", En: "AS OF"}},
		{Name: "grade", Head: schema.Text{Zh: "证据", En: "GRADE"}},
		{Name: "note", Head: schema.Text{Zh: "备注", En: "NOTE"}},
	}}}
	record := n.properties()
	properties := len(n.table.Rows)
	for _, out := range []bool{true, false} {
		for _, kind := range r.model.Edges {
			record = append(record, n.edges(kind, out)...)
		}
	}
	record = record.With("version", r.picture.Version())
	heading := []string{show.OpenTitle(r.picture, v), n.about()}
	notices := l.Notes(r.picture)
	if r.picture.Synthetic(v) {
		notices = append(notices, l.Text(schema.Text{Zh: "注意：虚构的演示数据", En: "note: invented demonstration data"}))
	}
	if len(n.masked) > 0 {
		notices = append(notices, r.MaskedNote(l, sorted(n.masked)))
	}
	return show.Answer{
		Table: n.table, Heading: append(heading, notices...), Record: func() any { return record },
		Above: show.Above(heading, show.Lines(show.Yellow, notices...)),
		Body: func(t show.Terminal) error {
			return n.draw(t, properties)
		},
		Below: n.below,
	}
}

// about is the line below the name: the kind, the id, the state of the graph.
func (n *nodeView) about() string {
	kind, p := n.model.Node(n.picture.Kind(n.v)), n.picture
	return n.Text(schema.Text{
		Zh: fmt.Sprintf("%s；标识 %s；版本 %d", kind.Label.Zh, p.ID(n.v), p.Version()),
		En: fmt.Sprintf("%s; id %s; version %d", kind.Label.En, p.ID(n.v), p.Version()),
	})
}

// draw draws the properties and the edges as two tables.
func (n *nodeView) draw(t show.Terminal, properties int) error {
	all := *n.table
	for i, rows := range [][][]show.Cell{all.Rows[:properties], all.Rows[properties:]} {
		if len(rows) == 0 {
			continue
		}
		if i > 0 {
			if err := t.Put(show.Line{}); err != nil {
				return err
			}
		}
		if err := t.Draw(&show.Table{Columns: all.Columns, Rows: rows}); err != nil {
			return err
		}
	}
	return nil
}

// properties adds the rows of the properties, and returns the members of the node in
// JSON.
func (n *nodeView) properties() show.Object {
	e, node := n.node(n.v), n.unsourced(n.picture.Node(n.v))
	record := show.Object{
		{Name: "id", Value: node.ID},
		{Name: "kind", Value: node.Kind},
		{Name: "caption", Value: show.OpenCaption(n.picture, n.v)},
		{Name: "synthetic", Value: n.picture.Synthetic(n.v)},
	}
	for _, p := range e.kind.Properties {
		f, ok := node.Winner(p.Name)
		if !ok {
			continue
		}
		if p.Name != "synthetic" {
			record = record.With(fields.LowerCamel(p.Name), n.plain(e, p, f.Value))
		}
		others := lost(node.Conflicts(), p.Name)
		n.fact(e, p, f, notes(len(others) > 0, schema.Text{Zh: "分歧，采用此值", En: "disputed; this is shown"}))
		for _, f := range others {
			n.fact(e, p, f, notes(true, schema.Text{Zh: "另有此说", En: "stated otherwise"}))
		}
	}
	return record.With("facts", n.facts(e, node.Facts)).With("conflicts", n.conflicts(e, node.Conflicts(), node.Winner))
}

// fact adds the row of a fact.
func (n *nodeView) fact(e element, p *schema.Property, f graph.Fact, note schema.Text) {
	n.table.Add(show.Word("property"), n.Label(p.Name, p.Label), n.value(e, p, f.Value), show.Word(""), show.Word(""),
		show.Word(f.Source), show.Word(n.Text(f.DateLabel())), show.Word(string(f.Grade)), show.Word(n.Text(note)))
}

// notes is a note where it applies.
func notes(applies bool, note schema.Text) schema.Text {
	if applies {
		return note
	}
	return schema.Text{}
}

// lost are those of the facts that lost which are about a property.
func lost(facts []graph.Fact, property string) []graph.Fact {
	return slices.DeleteFunc(slices.Clone(facts), func(f graph.Fact) bool { return f.Property != property })
}

// edges adds the rows of the edges of a kind in one direction, and returns their
// member in JSON.
func (n *nodeView) edges(kind *schema.Kind, out bool) show.Object {
	arcs, label, part := n.picture.In(kind.Name, n.v), kind.Edge.Reverse, "in"
	if out {
		arcs, label, part = n.picture.Out(kind.Name, n.v), kind.Label, "out"
	}
	seen, all := n.tiesAt(kind, out, arcs)
	if len(seen) == 0 && all {
		return nil
	}
	shown := len(seen)
	if n.limit >= 0 {
		shown = min(shown, n.limit)
	}
	var records []show.Object
	for _, x := range seen[:shown] {
		edge, other := x.edge, x.other
		e := n.edge(edge)
		n.reveal(x)
		f, _ := edge.Winner("")
		note := schema.Text{}
		if !x.holds {
			note = schema.Text{Zh: "已不成立", En: "no longer holds"}
		}
		raw, details := n.details(e, edge)
		n.table.Add(show.Word(part), n.Label(kind.Name, label), show.Pair(show.OpenCaption(n.picture, other), n.Name(n.picture, other)),
			show.Word(codeOf(n.picture, other)), show.Pair(raw, details), show.Word(f.Source), show.Word(n.Text(f.DateLabel())), show.Word(string(edge.Grade())),
			show.Word(n.Text(note)))
		records = append(records, n.arc(e, edge, other, x.holds))
	}
	var total any = len(seen)
	if !all {
		total = nil
	}
	if rest := len(seen) - shown; rest > 0 && all {
		for _, line := range n.Unlisted(rest, show.Items) {
			n.below = append(n.below, n.Text(label)+n.Text(schema.Text{Zh: "：", En: ": "})+line)
		}
	}
	return show.Object{{Name: n.member(kind, out), Value: show.Object{{Name: "edges", Value: records}, {Name: "totalCount", Value: total}}}}
}

// member is the field of GraphQL that holds the edges of a kind in one direction.
func (n *nodeView) member(kind *schema.Kind, out bool) string {
	own := n.model.Node(n.picture.Kind(n.v))
	if name := fields.LowerCamel(kind.Edge.Reverse.En); !out && name != "" {
		taken := slices.ContainsFunc(own.Properties, func(p *schema.Property) bool { return fields.LowerCamel(p.Name) == name })
		for _, k := range n.model.Edges {
			joins := slices.ContainsFunc(n.model.Nodes, func(o *schema.Kind) bool { return k.Joins(own.Name, o.Name) })
			taken = taken || joins && fields.LowerCamel(k.Name) == name
		}
		if !taken {
			return name
		}
		return fields.LowerCamel(kind.Name) + "From"
	}
	return fields.LowerCamel(kind.Name)
}

// codeOf is the code of a node that may be shown to all.
func codeOf(p *projection.Projection, v projection.Vertex) string {
	for _, property := range []string{"code", "uscc", "stock_code"} {
		if s := p.Text(v, property); s != "" && p.Model().Node(p.Kind(v)).Property(property).Sensitivity == schema.Public {
			return s
		}
	}
	return ""
}

// details are the properties of an edge in one line: as data and for people.
func (n *nodeView) details(e element, edge *graph.Edge) (raw, text string) {
	var raws, texts []string
	for _, p := range e.kind.Properties {
		f, ok := edge.Winner(p.Name)
		if !ok {
			continue
		}
		value := n.value(e, p, f.Value)
		raws = append(raws, p.Name+"="+value.Raw)
		line := n.Text(p.Label) + n.Text(schema.Text{Zh: "：", En: ": "}) + value.Text
		if others := lost(edge.Conflicts(), p.Name); len(others) > 0 {
			line += n.Text(schema.Text{Zh: fmt.Sprintf("（分歧，另有 %s）", n.list(e, p, others)), En: fmt.Sprintf(" (disputed, also %s)", n.list(e, p, others))})
		}
		texts = append(texts, line)
	}
	between := n.Text(schema.Text{Zh: "；", En: "; "})
	return strings.Join(raws, "; "), strings.Join(texts, between)
}

func (n *nodeView) list(e element, p *schema.Property, facts []graph.Fact) string {
	texts := make([]string, len(facts))
	for i, f := range facts {
		texts[i] = n.value(e, p, f.Value).Text
	}
	return strings.Join(texts, n.Text(schema.Text{Zh: "、", En: ", "}))
}
