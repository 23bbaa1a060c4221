package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"liantu/cli/help"
	"liantu/cli/show"
	"liantu/evaluate"
	"liantu/schema"
)

func newEvaluateIntermediaries(e *env) *cobra.Command {
	var data string
	var window evaluate.EntryQuestion
	cmd := &cobra.Command{
		Use:   "intermediaries --data DIR --cutoff DATE --until DATE",
		Short: "Who serves the companies that come after a day",
		Long: `Who serves the companies that come after the cutoff, ranked from their region and
industry by what was known at the cutoff, kind by kind, from services.csv: company,
date, region, item, kind, intermediary. A firm under several names over the years is
one; see evaluate/firms.csv. MRR is the mean of 1/rank of the best ranked firm that
served the company, with 95 % intervals over bootstraps of the companies. The weights
are learned on windows before the cutoff.

  popularity      by all services known at the cutoff
  recent          the same, half after three years
  ours            by services to companies of the same place and industry
  ours_next_day   the same weights, but known is what came up to the day before`,
		Example: `  liantu evaluate services --offerings ipo_services.csv.gz --to plain
  liantu evaluate intermediaries --data plain --cutoff 2013-12-31 --until 2016-12-31`,
		Args:        help.NoArgs,
		Annotations: revealsNothing(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := checkWindow(data, &window); err != nil {
				return err
			}
			r, err := evaluate.Intermediaries(data, evaluate.IntermediaryQuestion{Cutoff: window.Cutoff, Until: window.Until, Seed: window.Seed})
			if err != nil {
				return err
			}
			t := &show.Table{Columns: []show.Column{
				{Name: "kind", Head: schema.Text{Zh: "类别", En: "KIND"}},
				{Name: "method", Head: schema.Text{Zh: "方法", En: "METHOD"}},
				{Name: "companies", Head: schema.Text{Zh: "企业", En: "COMPANIES"}, Right: true},
				{Name: "ceiling", Head: schema.Text{Zh: "上限", En: "CEILING"}, Right: true},
			}}
			for _, name := range evaluate.IntermediaryFigures() {
				t.Columns = append(t.Columns, show.Column{Name: name, Head: schema.Text{Zh: name, En: name}, Right: true},
					show.Column{Name: name + "_interval", Head: schema.Text{Zh: "95% 区间", En: "95 %"}})
			}
			for _, k := range r.Kinds {
				for _, m := range k.Methods {
					row := []show.Cell{show.Word(k.Kind), show.Word(m.Name), show.Count(k.Companies), show.Number(k.Ceiling, 3)}
					for _, f := range m.Figures {
						row = append(row, show.Number(f.Value, 3), show.Word(fmt.Sprintf("%.3f–%.3f", f.Low, f.High)))
					}
					t.Add(row...)
				}
			}
			return e.print(cmd, show.Answer{Table: t, Record: func() any { return r }})
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&data, "data", "", "folder with services.csv (required)")
	flags.StringVar(&window.Cutoff, "cutoff", "", "last day that may be known: 2013-12-31, 2013-12 or 2013 (required)")
	flags.StringVar(&window.Until, "until", "", "last day of the test (required)")
	flags.Uint64Var(&window.Seed, "seed", 1, "of the bootstraps")
	addForm(cmd, "回测_中介机构", "back-test of intermediaries")
	return cmd
}
