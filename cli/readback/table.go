package readback

import (
	"context"
	"slices"
	"strconv"

	"liantu/api/disclosure"
	"liantu/graph"
	"liantu/graph/projection"
	"liantu/message"
	"liantu/schema"
)

// Table makes for kinds of nodes the tables in which an office lists them, under the
// heads of its templates: a row for each node, with the values that hold, and its
// edges in the columns in which the vocabulary lets them stand. Each row has the
// provenance of the newest statement about the node, so that the tables are for work
// and not a copy of who stated what. What has no column is counted. The error is
// that of the context.
func (r *Reading) Table(ctx context.Context, o Options) (*Export, error) {
	x := &export{Reading: r, Export: &Export{NoColumn: map[string]int{}, NoCell: map[string]int{}}, options: o, ends: newEnds(r)}
	for _, kind := range o.Kinds {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		t := &table{export: x, kind: kind, masked: map[string]bool{}}
		if err := t.plan(); err != nil {
			return nil, err
		}
		first, end := x.picture.Range(kind.Name)
		for v := first; v < end; v++ {
			t.node(v)
		}
		t.finish()
	}
	return x.Export, nil
}

// table is the table of a kind of node that is being made.
type table struct {
	*export
	kind   *schema.Kind
	along  []alongColumn
	shared map[string]bool // properties that stand under their very names, see [shared]
	rows   []*row
	masked map[string]bool // by the name of a column
}

// alongColumn is a column of edges, with those of their properties.
type alongColumn struct {
	schema.AlongRow
	head   string
	beside map[string]string // head by property
	set    map[string]any    // what the column itself implies
}

// plan chooses the columns of edges: of each the first head that means nothing else
// in the table, or a property that stands under its very name. The error is that of a vocabulary that its linter does not pass.
func (t *table) plan() error {
	t.shared = shared(t.model, t.kind)
	taken := map[string]bool{}
	free := func(heads []string) string {
		for _, head := range heads {
			p := t.kind.Find(head)
			if normal := schema.NormalName(head); !taken[normal] && (p == nil || t.shared[p.Name]) && t.model.FindRow(head) == nil {
				taken[normal] = true
				return head
			}
		}
		return ""
	}
	for _, a := range t.model.Along(t.kind) {
		if len(a.Heads) == 0 || a.Pattern != "" {
			continue // a column of several texts, or of more than a name
		}
		c := alongColumn{AlongRow: a, head: free(a.Heads), beside: map[string]string{}, set: map[string]any{}}
		if c.head == "" {
			continue
		}
		for name, text := range a.Set {
			value, err := a.Edge.Property(name).Parse(text)
			if err != nil {
				return message.Errorf("%s: along: %w", a.Edge.Name, err)
			}
			c.set[name] = value
		}
		for _, b := range a.Beside {
			if head := free(b.Heads); head != "" {
				c.beside[b.Property.Name] = head
			}
		}
		t.along = append(t.along, c)
	}
	return nil
}

// node adds the row of a node.
func (t *table) node(v projection.Vertex) {
	e, n := t.Reading.node(v), t.picture.Node(v)
	by, _ := n.Winner("")
	if by.Source == builtIn && !t.options.Regions {
		return
	}
	if t.veils(e) {
		by.Source = disclosure.Veil(by.Source)
	}
	r := newRow(by.Provenance)
	for _, p := range e.kind.Properties {
		value, ok := n.Get(p.Name)
		if !ok {
			continue
		}
		if seen, whole := t.see(e, p, value); whole {
			r.values[p.Name] = t.readable(p, seen)
		} else {
			t.masked[p.Name] = true
		}
	}
	if !slices.ContainsFunc(e.kind.Identify, func(g []string) bool { return r.values[g[0]] != nil }) {
		t.Unidentified++
		return
	}
	placed := map[graph.ID]bool{}
	for i := range t.along {
		if c := &t.along[i]; !c.Otherwise || i == 0 || r.values[t.along[i-1].head] == nil {
			t.place(c, v, r, placed)
		}
	}
	for _, kind := range t.model.Edges {
		for _, arcs := range []projection.Arcs{t.picture.Out(kind.Name, v), t.picture.In(kind.Name, v)} {
			for _, number := range arcs.Edges {
				if edge, _, _ := t.picture.Edge(kind.Name, number); !placed[edge.ID] && t.sees(edge) {
					placed[edge.ID] = true // since it may lead to its own beginning
					t.NoColumn[kind.Name]++
				}
			}
		}
	}
	t.rows = append(t.rows, r)
}

// place puts the edges that a column can hold into the cells of a row.
func (t *table) place(c *alongColumn, v projection.Vertex, r *row, placed map[graph.ID]bool) {
	arcs := t.arcs(c, v)
	var names []string
	var list []*graph.Edge
	for i, other := range arcs.Others {
		edge, _, _ := t.picture.Edge(c.Edge.Name, arcs.Edges[i])
		if !t.sees(edge) {
			t.masked[c.head] = true
			continue
		}
		name := t.nameIn(c, other)
		if placed[edge.ID] || name == "" || !t.holds(c, edge) || c.One && len(list) > 0 || t.apart(c, v, other) {
			continue
		}
		placed[edge.ID] = true
		t.writes(edge)
		names, list = append(names, name), append(list, edge)
	}
	if len(list) == 0 {
		return
	}
	r.values[c.head] = joined(names)
	for _, p := range c.Edge.Properties {
		t.beside(c, p, list, r)
	}
}

// arcs are the edges of the kind of a column at a node, in the direction of the column.
func (t *table) arcs(c *alongColumn, v projection.Vertex) projection.Arcs {
	if c.AsTo() {
		return t.picture.In(c.Edge.Name, v)
	}
	return t.picture.Out(c.Edge.Name, v)
}

// apart reports whether the chain in another column of a row, in which a load looks for
// the links that a column names, does not have the link.
func (t *table) apart(c *alongColumn, v, other projection.Vertex) bool {
	if t.picture.Kind(other) != projection.Link {
		return false
	}
	return slices.ContainsFunc(t.along, func(d alongColumn) bool {
		return slices.Contains(c.Within, d.head) && slices.ContainsFunc(t.arcs(&d, v).Others, func(chain projection.Vertex) bool {
			return t.picture.Kind(chain) == projection.Chain && !slices.Contains(t.picture.ChainsOf(other), chain)
		})
	})
}

// nameIn is the text by which a column names a node, "" if it cannot.
func (t *table) nameIn(c *alongColumn, other projection.Vertex) string {
	own := t.picture.Kind(other)
	at := slices.IndexFunc(c.Kinds, func(k *schema.Kind) bool { return k.Name == own })
	if at < 0 {
		return ""
	}
	for _, name := range []string{t.ends.called(other), t.ends.named(other)} {
		found := func(earlier *schema.Kind) bool { return len(t.ends.finds(earlier, name)) > 0 }
		if name != "" && !slices.ContainsFunc(c.Kinds[:at], found) {
			return name
		}
	}
	return ""
}

// holds reports whether a column states an edge: what the column implies is so, and
// what distinguishes the edge has a column or is implied.
func (t *table) holds(c *alongColumn, edge *graph.Edge) bool {
	e := t.edge(edge)
	for name, implied := range c.set {
		value, ok := edge.Get(name)
		if !ok || !same(value, implied) {
			return false
		}
		if _, whole := t.see(e, e.kind.Property(name), value); !whole {
			return false
		}
	}
	for _, name := range c.Edge.Key {
		if _, ok := edge.Get(name); ok && c.set[name] == nil && c.beside[name] == "" {
			return false
		}
	}
	return true
}

// beside puts a property of the edges of a cell into the column beside it: a value
// for each edge, or none.
func (t *table) beside(c *alongColumn, p *schema.Property, list []*graph.Edge, r *row) {
	if c.set[p.Name] != nil {
		return
	}
	head := c.beside[p.Name]
	var texts []string
	stated := 0
	for _, edge := range list {
		value, ok := edge.Get(p.Name)
		if !ok {
			continue
		}
		stated++
		seen, whole := t.see(t.edge(edge), p, value)
		if whole {
			texts = append(texts, schema.FormatValue(t.readable(p, seen)))
		} else if head != "" {
			t.masked[head] = true
		}
	}
	switch {
	case head != "" && len(texts) == len(list):
		r.values[head] = joined(texts)
	case stated > 0:
		t.NoCell[c.Edge.Name+"."+p.Name] += stated
	}
}

// joined joins the texts of a cell as a load divides them. One text alone is not
// divided and stays as it is.
func joined(texts []string) string {
	if len(texts) == 1 {
		return texts[0]
	}
	cell := ""
	for i, s := range texts {
		if i > 0 {
			cell += "；"
		}
		cell += schema.FormatValue([]string{s}) // with a mark before what would divide it
	}
	return cell
}

// readable is a value as an office writes it, in a form that reads back as the value.
func (t *table) readable(p *schema.Property, value any) any {
	text := ""
	switch v := value.(type) {
	case bool:
		if text = "否"; v {
			text = "是"
		}
	case float64:
		if p.Type == schema.TypePercent {
			text = strconv.FormatFloat(100*v, 'g', -1, 64) + "%"
		}
	case string:
		switch p.Type {
		case schema.TypeEnum:
			if i := slices.IndexFunc(p.Values, func(c schema.EnumValue) bool { return c.Name == v }); i >= 0 {
				text = p.Values[i].Label.Zh
			}
		case schema.TypeRegion:
			if region, ok := schema.RegionByCode(v); ok {
				text = region.FullName
			}
		}
	}
	if back, err := p.Parse(text); text != "" && err == nil && same(back, value) {
		return text
	}
	return value
}

// finish makes the sheet of the rows.
func (t *table) finish() {
	if len(t.rows) == 0 {
		return
	}
	s := &Sheet{Kind: t.kind, Name: t.kind.Label.Zh}
	add := func(name, head string, wanted bool) {
		stated := slices.ContainsFunc(t.rows, func(r *row) bool { return r.values[name] != nil })
		if !stated && !t.masked[name] && !wanted {
			return
		}
		s.Columns = append(s.Columns, masked(Column{Name: name, Head: head}, t.masked[name], stated))
	}
	for _, p := range t.kind.Properties {
		head := p.Label.Zh
		switch {
		case t.shared[p.Name]:
			head = p.Name
		case p.Type == schema.TypeMoney:
			head += "（万元）"
		}
		if p.Required && t.masked[p.Name] && !slices.ContainsFunc(t.rows, func(r *row) bool { return r.values[p.Name] != nil }) {
			t.Hidden = append(t.Hidden, t.kind.Name+"."+p.Name)
			continue
		}
		add(p.Name, head, t.besideEdges(p))
	}
	for _, c := range t.along {
		add(c.head, c.head, false)
		for _, p := range c.Edge.Properties {
			if head := c.beside[p.Name]; head != "" {
				shown := head
				if p.Type == schema.TypeMoney {
					shown += "（万元）"
				}
				add(head, shown, false)
			}
		}
	}
	for _, name := range []string{"source", "as_of", "grade"} {
		s.Columns = append(s.Columns, Column{Name: name, Head: t.model.FindRow(name).Label.Zh})
	}
	s.fill(t.rows)
	t.Sheets = append(t.Sheets, s)
}

// besideEdges reports whether a column of edges would be read as the property, too,
// if that had no column of its own.
func (t *table) besideEdges(p *schema.Property) bool {
	return t.shared[p.Name] && slices.ContainsFunc(t.along, func(c alongColumn) bool {
		return t.kind.Find(c.head) == p && slices.ContainsFunc(t.rows, func(r *row) bool { return r.values[c.head] != nil })
	})
}
