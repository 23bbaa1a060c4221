package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"liantu/graph"
	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/schema"
)

func newQuality(a *app) *cobra.Command {
	var q gaps.QualityQuestion
	var grade, asOf string
	cmd := &cobra.Command{
		Use:   "quality",
		Short: "Show how good the data are: coverage, identifiers, age, conflicts, sources",
		Long: `Show how good the data are, by region and ecosystem: how many companies are placed
at links, have a unified social credit code, are known by name alone, stale,
disputed by sources or suspected to be one with another; and what each source
tells, by grade of evidence. CSV holds the table of regions, JSON all.`,
		Example: `  liantu quality --region 浙江
  liantu quality --region 330100 --ecosystem biomed --stale-years 2`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			var err error
			q.MinGrade, err = gradeOf(grade)
			return a.look(cmd, asOf, []error{err}, func(p *projection.Projection) error {
				answer, err := gaps.QualityOf(cmd.Context(), p, a.cfg.Gaps, q)
				if err != nil {
					return err
				}
				return a.printQuality(cmd, p, answer)
			})
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&q.Region, "region", "", "region asked about: code or name (default the whole country)")
	flags.StringVar(&q.Ecosystem, "ecosystem", "", "only companies at links of this ecosystem")
	flags.StringVar(&grade, "min-grade", "", "weakest grade of evidence that counts: A, B, C or D")
	flags.IntVar(&q.StaleYears, "stale-years", gaps.DefaultStaleYears, "a company is stale when nothing about it is younger")
	addAsOfFlag(cmd, &asOf)
	addFormatFlag(cmd)
	return cmd
}

func (a *app) printQuality(cmd *cobra.Command, p *projection.Projection, q *gaps.Quality) error {
	format, err := cmd.Flags().GetString("format")
	if err != nil {
		return err
	}
	t := a.qualityTable(p, q)
	t.more = []*table{a.coverTable(p, q), sourceTable(q), disputeTable(q)}
	t.heading = []string{titleOf(p, q.Region), a.text(schema.Text{
		Zh: fmt.Sprintf("证据等级 %s 及以上计入环节；%d 年内无新数据即为陈旧；数据截至 %s，版本 %d", q.MinGrade, q.StaleYears, q.DataDate, q.Version),
		En: fmt.Sprintf("evidence of grade %s or better places at links; stale is what is older than %d years; data to %s, version %d", q.MinGrade, q.StaleYears, q.DataDate, q.Version),
	})}
	if format != "table" {
		return a.print(cmd, t, recorder{p}.record(*q))
	}
	a.printHead(t.heading)
	a.printPast(p)
	for _, t := range append([]*table{t}, t.more...) {
		if len(t.rows) == 0 {
			continue
		}
		fmt.Fprintln(a.stdout)
		if err := a.draw(t, screenOf(a.stdout)); err != nil {
			return err
		}
	}
	return nil
}

func (a *app) qualityTable(p *projection.Projection, q *gaps.Quality) *table {
	t := &table{columns: []column{
		{name: "region", head: schema.Text{Zh: "地区", En: "REGION"}},
		{name: "companies", head: schema.Text{Zh: "企业", En: "COMPANIES"}, right: true},
		{name: "at_links", head: schema.Text{Zh: "已归环节", En: "AT LINKS"}, right: true},
		{name: "with_uscc", head: schema.Text{Zh: "有信用代码", En: "USCC"}, right: true},
		{name: "name_only", head: schema.Text{Zh: "仅有名称", En: "NAME ONLY"}, right: true},
		{name: "stale", head: schema.Text{Zh: "陈旧", En: "STALE"}, right: true},
		{name: "disputed", head: schema.Text{Zh: "有分歧", En: "DISPUTED"}, right: true},
		{name: "suspected", head: schema.Text{Zh: "疑似重复", En: "SUSPECTED"}, right: true},
		{name: "synthetic", head: schema.Text{Zh: "虚构", En: "INVENTED"}, right: true},
	}}
	for _, r := range q.Regions {
		part := func(n int) cell {
			if r.Companies == 0 {
				return cell{fmt.Sprint(n), "–"}
			}
			return cell{fmt.Sprint(n), fmt.Sprintf("%d (%.0f%%)", n, 100*float64(n)/float64(r.Companies))}
		}
		t.add(cell{p.Code(r.Region), p.Caption(r.Region)}, count(r.Companies), part(r.Attributed), part(r.WithUSCC), part(r.NameOnly),
			part(r.Stale), part(r.Disputed), part(r.Suspected), part(r.Synthetic))
	}
	return t
}

func (a *app) coverTable(p *projection.Projection, q *gaps.Quality) *table {
	t := &table{title: schema.Text{Zh: "生态圈覆盖", En: "ecosystems"}, columns: []column{
		{name: "ecosystem", head: schema.Text{Zh: "生态圈", En: "ECOSYSTEM"}},
		{name: "links", head: schema.Text{Zh: "环节", En: "LINKS"}, right: true},
		{name: "covered", head: schema.Text{Zh: "本地有企业", En: "COVERED"}, right: true},
		{name: "companies", head: schema.Text{Zh: "企业", En: "COMPANIES"}, right: true},
	}}
	for _, e := range q.Ecosystems {
		t.add(cell{p.Code(e.Ecosystem), a.name(p, e.Ecosystem)}, count(e.Links), count(e.Covered), count(e.Companies))
	}
	return t
}

func sourceTable(q *gaps.Quality) *table {
	t := &table{title: schema.Text{Zh: "数据来源", En: "sources"}, columns: []column{
		{name: "source", head: schema.Text{Zh: "数据来源", En: "SOURCE"}, flex: true},
		{name: "facts", head: schema.Text{Zh: "事实", En: "FACTS"}, right: true},
		{name: "a", head: schema.Text{Zh: "A 级", En: "A"}, right: true},
		{name: "b", head: schema.Text{Zh: "B 级", En: "B"}, right: true},
		{name: "c", head: schema.Text{Zh: "C 级", En: "C"}, right: true},
		{name: "d", head: schema.Text{Zh: "D 级", En: "D"}, right: true},
		{name: "oldest", head: schema.Text{Zh: "最早", En: "OLDEST"}},
		{name: "newest", head: schema.Text{Zh: "最新", En: "NEWEST"}},
	}}
	for _, s := range q.Sources {
		t.add(word(s.Name), count(s.Facts), count(s.Grades[0]), count(s.Grades[1]), count(s.Grades[2]), count(s.Grades[3]), word(s.Oldest), word(s.Newest))
	}
	return t
}

func disputeTable(q *gaps.Quality) *table {
	t := &table{title: schema.Text{Zh: "来源分歧", En: "conflicts"}, columns: []column{
		{name: "kind", head: schema.Text{Zh: "类别", En: "KIND"}},
		{name: "property", head: schema.Text{Zh: "属性", En: "PROPERTY"}},
		{name: "elements", head: schema.Text{Zh: "有分歧", En: "DISPUTED"}, right: true},
	}}
	for _, d := range q.Disputes {
		t.add(word(d.Kind), word(d.Property), count(d.Elements))
	}
	return t
}

func newConflicts(a *app) *cobra.Command {
	var kind, property, asOf string
	var limit int
	cmd := &cobra.Command{
		Use:   "conflicts",
		Short: "List where sources tell different values, and which one is shown",
		Long: `List where sources tell different values of one property. Shown is the newest, then
the best graded; the others stay. To settle a conflict load the right value with
a newer date or a better grade. Personal data are counted and not printed.`,
		Example: `  liantu conflicts --kind Company --property employees
  liantu conflicts --format csv > conflicts.csv`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			var fault error
			if kind != "" {
				if k, err := kindNamed(kind); err != nil {
					fault = fmt.Errorf("--kind: %w", err)
				} else {
					kind = k.Name
				}
			}
			return a.look(cmd, asOf, []error{fault}, func(p *projection.Projection) error {
				t := conflictTable(p, kind, property)
				heading := []string{a.text(schema.Text{
					Zh: fmt.Sprintf("分歧 %d 处；显示日期最新、等级最好者，其余保留", len(t.rows)),
					En: fmt.Sprintf("%d conflicts; shown is the newest, then the best graded value, the others stay", len(t.rows)),
				})}
				return a.tell(cmd, p, heading, t, conflictRecords(t), limit)
			})
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&kind, "kind", "", "only conflicts of this kind of node or edge")
	flags.StringVar(&property, "property", "", "only conflicts of this property")
	flags.IntVar(&limit, "limit", -1, fmt.Sprintf("rows at most, 0 for all (default %d in a table, all else)", tableRows))
	addAsOfFlag(cmd, &asOf)
	addFormatFlag(cmd)
	return cmd
}

// conflictRecords gives the rows of the table as objects.
func conflictRecords(t *table) []object {
	records := make([]object, len(t.rows))
	for i, row := range t.rows {
		for j, c := range row {
			records[i] = append(records[i], member{t.columns[j].name, c.raw})
		}
	}
	return records
}

// conflictTable lists conflicts in the order of kinds, names and properties.
func conflictTable(p *projection.Projection, kind, property string) *table {
	t := &table{columns: []column{
		{name: "kind", head: schema.Text{Zh: "类别", En: "KIND"}},
		{name: "name", head: schema.Text{Zh: "名称", En: "NAME"}, flex: true},
		{name: "property", head: schema.Text{Zh: "属性", En: "PROPERTY"}},
		{name: "shown", head: schema.Text{Zh: "显示值", En: "SHOWN"}, flex: true},
		{name: "by", head: schema.Text{Zh: "出自", En: "BY"}},
		{name: "other", head: schema.Text{Zh: "另有", En: "OTHER"}, flex: true},
		{name: "told_by", head: schema.Text{Zh: "出自", En: "TOLD BY"}},
	}}
	add := func(k *schema.Kind, name string, shown func(string) (graph.Fact, bool), conflicts []graph.Fact) {
		for _, f := range conflicts {
			declared := k.Property(f.Property)
			if property != "" && f.Property != property || declared == nil {
				continue
			}
			winner, _ := shown(f.Property)
			values := [2]string{plainValue(winner.Value), plainValue(f.Value)}
			if declared.Sensitivity == schema.Personal || k.Sensitivity == schema.Personal {
				values, name = [2]string{"***", "***"}, "***"
			}
			t.add(word(k.Name), word(name), word(f.Property), word(values[0]), word(toldBy(winner)), word(values[1]), word(toldBy(f)))
		}
	}
	for _, k := range p.Model().Nodes {
		first, end := p.Range(k.Name)
		for v := first; (kind == "" || kind == k.Name) && v < end; v++ {
			add(k, openCaption(p, v), p.Node(v).Winner, p.Node(v).Conflicts())
		}
	}
	for _, k := range p.Model().Edges {
		for number := range int32(p.EdgeCount(k.Name)) {
			if kind == "" || kind == k.Name {
				edge, from, to := p.Edge(k.Name, number)
				add(k, openCaption(p, from)+" → "+openCaption(p, to), edge.Winner, edge.Conflicts())
			}
		}
	}
	slices.SortStableFunc(t.rows, func(x, y []cell) int {
		return cmp.Or(strings.Compare(x[0].raw, y[0].raw), strings.Compare(x[1].raw, y[1].raw), strings.Compare(x[2].raw, y[2].raw))
	})
	return t
}

func toldBy(f graph.Fact) string {
	return fmt.Sprintf("%s %s %s", f.Source, f.AsOf, f.Grade)
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
