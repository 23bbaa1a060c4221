package cli

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"liantu/api/disclosure"
	"liantu/cli/help"
	"liantu/cli/show"
	"liantu/graph"
	"liantu/graph/projection"
	"liantu/message"
	"liantu/schema"
)

func newConflicts(e *env) *cobra.Command {
	o := asking{anyGraph: true}
	var kind, property string
	cmd := &cobra.Command{
		Use:   "conflicts",
		Short: "List where sources state different values, and which one is shown",
		Long: `List where sources state different values of one property. Shown is the newest, then
the best graded; the others stay. A day that was assumed, since the source states
none, ranks after every stated one. To settle a conflict load the right value with
a newer date or a better grade. Personal data are counted and not printed.`,
		Example: `  liantu conflicts --kind Company --property employees
  liantu conflicts --format csv > conflicts.csv`,
		Args:        help.NoArgs,
		Annotations: mayAsk("quality"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			var fault error
			if kind != "" {
				if k, err := kindNamed(kind); err != nil {
					fault = message.Errorf("--kind: %w", err)
				} else {
					kind = k.Name
				}
			}
			return e.ask(cmd, &o, []error{fault}, func(_ context.Context, a *asker) (show.Answer, error) {
				t := conflictTable(a.language, a.picture, kind, property)
				heading := []string{a.text(schema.Text{
					Zh: fmt.Sprintf("分歧 %d 处；显示日期最新、等级最好者，其余保留", len(t.Rows)),
					En: fmt.Sprintf("%d conflicts; shown is the newest, then the best graded value, the others stay", len(t.Rows)),
				})}
				return a.rows(heading, t, a.nodes(conflictRecords(t))), nil
			})
		},
	}
	cmd.Flags().StringVar(&kind, "kind", "", "only conflicts of this kind of node or edge")
	cmd.Flags().StringVar(&property, "property", "", "only conflicts of this property")
	o.addLimit(cmd)
	o.addAsOf(cmd)
	addForm(cmd, "数据分歧", "conflicts")
	return cmd
}

// conflictRecords gives the rows of the table as objects.
func conflictRecords(t *show.Table) []show.Object {
	names := []string{"kind", "name", "property", "shown", "shownBy", "other", "otherBy"}
	records := make([]show.Object, len(t.Rows))
	for i, row := range t.Rows {
		for j, c := range row {
			records[i] = records[i].With(names[j], c.Raw)
		}
	}
	return records
}

// conflictTable lists conflicts in the order of kinds, names and properties.
func conflictTable(l show.Language, p *projection.Projection, kind, property string) *show.Table {
	t := &show.Table{Columns: []show.Column{
		{Name: "kind", Head: schema.Text{Zh: "类别", En: "KIND"}},
		{Name: "name", Head: schema.Text{Zh: "名称", En: "NAME"}, Flex: true},
		{Name: "property", Head: schema.Text{Zh: "属性", En: "PROPERTY"}},
		{Name: "shown", Head: schema.Text{Zh: "显示值", En: "SHOWN"}, Flex: true},
		{Name: "by", Head: schema.Text{Zh: "出自", En: "BY"}},
		{Name: "other", Head: schema.Text{Zh: "另有", En: "OTHER"}, Flex: true},
		{Name: "told_by", Head: schema.Text{Zh: "出自", En: "STATED BY"}},
	}}
	add := func(k *schema.Kind, name string, personal bool, shown func(string) (graph.Fact, bool), conflicts []graph.Fact) {
		for _, f := range conflicts {
			declared := k.Property(f.Property)
			if property != "" && f.Property != property || declared == nil {
				continue
			}
			winner, _ := shown(f.Property)
			values := [2]string{plainValue(winner.Value), plainValue(f.Value)}
			if personal {
				winner.Source, f.Source = disclosure.Veil(winner.Source), disclosure.Veil(f.Source)
			}
			if personal || declared.Sensitivity == schema.Personal {
				values, name = [2]string{"***", "***"}, "***"
			}
			t.Add(show.Word(k.Name), show.Word(name), show.Word(f.Property), show.Word(values[0]), statedBy(l, winner), show.Word(values[1]), statedBy(l, f))
		}
	}
	for _, k := range p.Model().Nodes {
		first, end := p.Range(k.Name)
		for v := first; (kind == "" || kind == k.Name) && v < end; v++ {
			add(k, show.OpenCaption(p, v), k.Sensitivity == schema.Personal, p.Node(v).Winner, p.Node(v).Conflicts())
		}
	}
	for _, k := range p.Model().Edges {
		for number := range int32(p.EdgeCount(k.Name)) {
			if kind == "" || kind == k.Name {
				edge, from, to := p.Edge(k.Name, number)
				add(k, show.OpenCaption(p, from)+" → "+show.OpenCaption(p, to), disclosure.Personal(p.Model(), p.Kind(from), p.Kind(to)), edge.Winner, edge.Conflicts())
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
