package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"liantu/cli/help"
	"liantu/cli/readback"
	"liantu/cli/show"
	"liantu/graph/quality"
	"liantu/message"
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
	regions, more := show.QualityTable(a.picture, q), []*show.Table{show.Populations(a.language, a.picture, q), show.CoverTable(a.language, a.picture, q), show.SourceTable(a.language, q), show.DisputeTable(q)}
	heading := append([]string{show.Title(a.picture, q.Region), a.text(schema.Text{
		Zh: fmt.Sprintf("证据等级 %s 及以上计入环节；%d 年内无新数据即为陈旧；数据截至 %s，版本 %d", q.MinGrade, q.StaleYears, a.language.DataDate(a.picture), q.Version),
		En: fmt.Sprintf("evidence of grade %s or better places at links; stale is what is older than %d years; data to %s, version %d", q.MinGrade, q.StaleYears, a.language.DataDate(a.picture), q.Version),
	})}, show.Advice(a.language, q)...)
	return show.Answer{
		Table: regions, More: more, Heading: heading,
		Record: func() any { return show.Record(a.picture, *q) },
		Above:  show.Above(heading, a.notes()),
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

func newConflicts(e *env) *cobra.Command {
	o := asking{anyGraph: true}
	var kind, property string
	cmd := &cobra.Command{
		Use:   "conflicts",
		Short: "List where sources state different values, and which one is shown",
		Long: `List where sources state different values of one property. Shown is the newest, then
the best graded; the others stay. A day that was assumed, since the source states
none, ranks after every stated one. To settle a conflict load the right value with
a newer date or a better grade. Personal values are masked.`,
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
				reading, err := e.reading(a.picture, readback.Use{})
				if err != nil {
					return show.Answer{}, err
				}
				t := reading.Conflicts(a.language, kind, property)
				heading := []string{a.text(schema.Text{
					Zh: fmt.Sprintf("分歧 %d 处；显示日期最新、等级最好者，其余保留", len(t.Rows)),
					En: fmt.Sprintf("%d conflicts; shown is the newest, then the best graded value, the others stay", len(t.Rows)),
				})}
				return a.rows(heading, t, a.nodes(readback.ConflictRecords(t))), nil
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
