package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"liantu/cli/help"
	"liantu/cli/show"
	"liantu/graph/quality"
	"liantu/schema"
)

func newQuality(e *env) *cobra.Command {
	o := asking{anyGraph: true}
	var q quality.Question
	cmd := &cobra.Command{
		Use:   "quality",
		Short: "Show how good the data are: coverage, identifiers, age, conflicts, sources",
		Long: `Show how good the data are, by region and ecosystem: how many companies are placed
at links, have a unified social credit code, are known by name alone, stale, of unknown age,
disputed by sources or suspected to be one with another; which populations are
complete, as of when and how far read; and what each source states, by grade. CSV holds the table of regions, JSON everything.`,
		Example: `  liantu quality --region 浙江
  liantu quality --region 330100 --ecosystem biomed --stale-years 2`,
		Args:        help.NoArgs,
		Annotations: mayAsk("quality"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			var err error
			q.MinGrade, err = o.minGrade()
			return e.ask(cmd, &o, []error{err}, func(ctx context.Context, a *asker) (show.Answer, error) {
				answer, err := quality.Ask(ctx, a.picture, e.settings.Gaps.MinGrade, q)
				if err != nil {
					return show.Answer{}, err
				}
				return a.quality(answer), nil
			})
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&q.Region, "region", "", "region asked about: code or name (default the whole country)")
	flags.StringVar(&q.Ecosystem, "ecosystem", "", "only companies at links of this ecosystem")
	o.addGrade(cmd)
	flags.IntVar(&q.StaleYears, "stale-years", quality.DefaultStaleYears, "years after its newest fact at which a company is stale")
	o.addAsOf(cmd)
	addForm(cmd, "数据质量", "quality")
	return cmd
}

func (a *asker) quality(q *quality.Answer) show.Answer {
	regions, more := a.qualityTable(q), []*show.Table{show.Populations(a.language, a.picture, q), a.coverTable(q), sourceTable(a.language, q), disputeTable(q)}
	heading := append([]string{show.Title(a.picture, q.Region), a.text(schema.Text{
		Zh: fmt.Sprintf("证据等级 %s 及以上计入环节；%d 年内无新数据即为陈旧；数据截至 %s，版本 %d", q.MinGrade, q.StaleYears, a.language.DataDate(a.picture), q.Version),
		En: fmt.Sprintf("evidence of grade %s or better places at links; stale is what is older than %d years; data to %s, version %d", q.MinGrade, q.StaleYears, a.language.DataDate(a.picture), q.Version),
	})}, show.Advice(a.language, q)...)
	return show.Answer{
		Table: regions, More: more, Heading: heading,
		Record: func() any { return show.Record(a.picture, *q) },
		Above:  show.Above(heading, a.past()),
		Body: func(t show.Terminal) error {
			for i, table := range append([]*show.Table{regions}, more...) {
				if len(table.Rows) == 0 {
					continue
				}
				if i > 0 {
					if err := t.Put(show.Line{}); err != nil {
						return err
					}
				}
				if err := t.Draw(table); err != nil {
					return err
				}
			}
			return nil
		},
	}
}

func (a *asker) qualityTable(q *quality.Answer) *show.Table {
	t := &show.Table{Columns: []show.Column{
		{Name: "region", Head: schema.Text{Zh: "地区", En: "REGION"}},
		{Name: "companies", Head: schema.Text{Zh: "企业", En: "COMPANIES"}, Right: true},
		{Name: "at_links", Head: schema.Text{Zh: "已归环节", En: "AT LINKS"}, Right: true},
		{Name: "with_uscc", Head: schema.Text{Zh: "有信用代码", En: "USCC"}, Right: true},
		{Name: "name_only", Head: schema.Text{Zh: "仅有名称", En: "NAME ONLY"}, Right: true},
		{Name: "stale", Head: schema.Text{Zh: "陈旧", En: "STALE"}, Right: true},
		{Name: "undated", Head: schema.Text{Zh: "日期不明", En: "UNDATED"}, Right: true},
		{Name: "disputed", Head: schema.Text{Zh: "有分歧", En: "DISPUTED"}, Right: true},
		{Name: "suspected", Head: schema.Text{Zh: "疑似重复", En: "SUSPECTED"}, Right: true},
		{Name: "synthetic", Head: schema.Text{Zh: "虚构", En: "INVENTED"}, Right: true},
	}}
	for _, r := range q.Regions {
		part := func(n int) show.Cell {
			if r.Companies == 0 {
				return show.Pair(fmt.Sprint(n), "–")
			}
			return show.Pair(fmt.Sprint(n), fmt.Sprintf("%d (%.0f%%)", n, 100*float64(n)/float64(r.Companies)))
		}
		t.Add(show.Pair(a.picture.Code(r.Region), a.picture.Caption(r.Region)), show.Count(r.Companies), part(r.Attributed), part(r.WithUSCC), part(r.NameOnly),
			part(r.Stale), part(r.Undated), part(r.Disputed), part(r.Suspected), part(r.Synthetic))
	}
	return t
}

func (a *asker) coverTable(q *quality.Answer) *show.Table {
	t := &show.Table{Title: schema.Text{Zh: "生态圈覆盖", En: "ecosystems"}, Columns: []show.Column{
		{Name: "ecosystem", Head: schema.Text{Zh: "生态圈", En: "ECOSYSTEM"}},
		{Name: "links", Head: schema.Text{Zh: "环节", En: "LINKS"}, Right: true},
		{Name: "covered", Head: schema.Text{Zh: "本地有企业", En: "COVERED"}, Right: true},
		{Name: "companies", Head: schema.Text{Zh: "企业", En: "COMPANIES"}, Right: true},
	}}
	for _, e := range q.Ecosystems {
		t.Add(a.node(e.Ecosystem), show.Count(e.Links), show.Count(e.Covered), show.Count(e.Companies))
	}
	return t
}

func sourceTable(l show.Language, q *quality.Answer) *show.Table {
	t := &show.Table{Title: schema.Text{Zh: "数据来源", En: "sources"}, Columns: []show.Column{
		{Name: "source", Head: schema.Text{Zh: "数据来源", En: "SOURCE"}, Flex: true},
		{Name: "facts", Head: schema.Text{Zh: "事实", En: "FACTS"}, Right: true},
		{Name: "a", Head: schema.Text{Zh: "A 级", En: "A"}, Right: true},
		{Name: "b", Head: schema.Text{Zh: "B 级", En: "B"}, Right: true},
		{Name: "c", Head: schema.Text{Zh: "C 级", En: "C"}, Right: true},
		{Name: "d", Head: schema.Text{Zh: "D 级", En: "D"}, Right: true},
		{Name: "oldest", Head: schema.Text{Zh: "最早", En: "OLDEST"}},
		{Name: "newest", Head: schema.Text{Zh: "最新", En: "NEWEST"}},
	}}
	for _, s := range q.Sources {
		t.Add(show.Word(s.Name), show.Count(s.Facts), show.Count(s.Grades[0]), show.Count(s.Grades[1]), show.Count(s.Grades[2]), show.Count(s.Grades[3]),
			l.Day(s.Oldest, s.Assumed), l.Day(s.Newest, s.Assumed))
	}
	return t
}

func disputeTable(q *quality.Answer) *show.Table {
	t := &show.Table{Title: schema.Text{Zh: "来源分歧", En: "conflicts"}, Columns: []show.Column{
		{Name: "kind", Head: schema.Text{Zh: "类别", En: "KIND"}},
		{Name: "property", Head: schema.Text{Zh: "属性", En: "PROPERTY"}},
		{Name: "elements", Head: schema.Text{Zh: "有分歧", En: "DISPUTED"}, Right: true},
	}}
	for _, d := range q.Disputes {
		t.Add(show.Word(d.Kind), show.Word(d.Property), show.Count(d.Elements))
	}
	return t
}
