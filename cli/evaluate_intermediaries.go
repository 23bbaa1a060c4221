package cli

import (
	"github.com/spf13/cobra"

	"liantu/cli/help"
	"liantu/cli/show"
	"liantu/evaluate"
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
			return e.print(cmd, show.Served(r))
		},
	}
	cmd.Flags().StringVar(&data, "data", "", "folder with services.csv (required)")
	addWindow(cmd, &window)
	addForm(cmd, "回测_中介机构", "back-test of intermediaries")
	return cmd
}
