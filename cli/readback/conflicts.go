package readback

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"liantu/api/disclosure"
	"liantu/cli/show"
	"liantu/graph"
	"liantu/schema"
)

// ConflictRecords gives the rows of a table of conflicts as objects.
func ConflictRecords(t *show.Table) []show.Object {
	names := []string{"kind", "name", "property", "shown", "shownBy", "other", "otherBy"}
	records := make([]show.Object, len(t.Rows))
	for i, row := range t.Rows {
		for j, c := range row {
			records[i] = records[i].With(names[j], c.Raw)
		}
	}
	return records
}

// Conflicts lists where sources differ, in the order of kinds, names and properties; of
// one kind or property only if it is named. Personal values are masked, sources of facts
// about persons are veiled, and of an edge of a person it is not said between whom it is
// nor what is in dispute.
func (r *Reading) Conflicts(l show.Language, kind, property string) *show.Table {
	p := r.picture
	t := &show.Table{Columns: []show.Column{
		{Name: "kind", Head: schema.Text{Zh: "类别", En: "KIND"}},
		{Name: "name", Head: schema.Text{Zh: "名称", En: "NAME"}, Flex: true},
		{Name: "property", Head: schema.Text{Zh: "属性", En: "PROPERTY"}},
		{Name: "shown", Head: schema.Text{Zh: "显示值", En: "SHOWN"}, Flex: true},
		{Name: "by", Head: schema.Text{Zh: "出自", En: "BY"}},
		{Name: "other", Head: schema.Text{Zh: "另有", En: "OTHER"}, Flex: true},
		{Name: "told_by", Head: schema.Text{Zh: "出自", En: "STATED BY"}},
	}}
	add := func(e element, name string, personal bool, shown func(string) (graph.Fact, bool), conflicts []graph.Fact) {
		for _, f := range conflicts {
			declared := e.kind.Property(f.Property)
			if property != "" && f.Property != property || declared == nil {
				continue
			}
			winner, _ := shown(f.Property)
			of, values := name, [2]show.Cell{r.disputed(e, declared, winner.Value), r.disputed(e, declared, f.Value)}
			if personal {
				winner.Source, f.Source = disclosure.Veil(winner.Source), disclosure.Veil(f.Source)
			}
			if e.kind.IsEdge() && (personal || declared.Sensitivity == schema.Personal) {
				of, values = hidden, [2]show.Cell{show.Word(hidden), show.Word(hidden)}
			}
			t.Add(show.Word(e.kind.Name), show.Word(of), show.Word(f.Property), values[0], statedBy(l, winner), values[1], statedBy(l, f))
		}
	}
	for _, k := range p.Model().Nodes {
		first, end := p.Range(k.Name)
		for v := first; (kind == "" || kind == k.Name) && v < end; v++ {
			add(r.node(v), p.Caption(v), k.Sensitivity == schema.Personal, p.Node(v).Winner, p.Node(v).Conflicts())
		}
	}
	for _, k := range p.Model().Edges {
		for number := range int32(p.EdgeCount(k.Name)) {
			if kind == "" || kind == k.Name {
				edge, from, to := p.Edge(k.Name, number)
				add(r.edge(edge), p.Caption(from)+" → "+p.Caption(to), disclosure.Personal(p.Model(), p.Kind(from), p.Kind(to)), edge.Winner, edge.Conflicts())
			}
		}
	}
	slices.SortStableFunc(t.Rows, func(x, y []show.Cell) int {
		return cmp.Or(strings.Compare(x[0].Raw, y[0].Raw), strings.Compare(x[1].Raw, y[1].Raw), strings.Compare(x[2].Raw, y[2].Raw))
	})
	return t
}

func statedBy(l show.Language, f graph.Fact) show.Cell {
	by := func(day string) string { return fmt.Sprintf("%s %s %s", f.Source, day, f.Grade) }
	return show.Pair(by(f.Date()), by(l.Date(f.AsOf, f.Assumed)))
}

// disputed is a cell of a value as the caller may see it.
func (r *Reading) disputed(e element, p *schema.Property, value any) show.Cell {
	seen, whole := r.see(e, p, value)
	if !whole && seen == nil {
		return show.Word(hidden)
	}
	return show.Word(plainValue(seen))
}

// plainValue is a value as people read it.
func plainValue(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case []string:
		return strings.Join(v, "、")
	}
	return fmt.Sprint(v)
}
