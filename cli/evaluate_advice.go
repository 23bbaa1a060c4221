package cli

import (
	"github.com/spf13/cobra"

	"liantu/cli/help"
	"liantu/cli/show"
	"liantu/evaluate"
	"liantu/evaluate/arrivals"
	"liantu/graph/projection"
)

func newEvaluateCandidates(e *env) *cobra.Command {
	var window evaluate.EntryQuestion
	cmd := &cobra.Command{
		Use:   "candidates --cutoff DATE --until DATE",
		Short: "How high the candidates of a day placed those who came later",
		Long: `Of the companies that came to a city with a link after the cutoff, by a subsidiary or
a project, how high did the candidates of that day place them? It runs on the graph;
what the graph lacks for it is counted, and too few arrivals get no figures.`,
		Example:     `  liantu evaluate candidates --cutoff 2018 --until 2023`,
		Args:        help.NoArgs,
		Annotations: mayAsk("candidates"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := checkWindow(".", &window); err != nil {
				return err
			}
			now, err := e.build(cmd.Context())
			if err != nil {
				return err
			}
			then, err := e.build(cmd.Context(), projection.AsOf(window.Cutoff))
			if err != nil {
				return err
			}
			r, err := arrivals.Backtest(cmd.Context(), now, then, e.settings.Gaps, arrivals.Question{Cutoff: window.Cutoff, Until: window.Until, Seed: window.Seed})
			if err != nil {
				return err
			}
			return e.print(cmd, show.Arrivals(e.language, r))
		},
	}
	addWindow(cmd, &window)
	addForm(cmd, "回测_候选企业", "back-test of candidates")
	return cmd
}

// addWindow adds the flags of a window of time.
func addWindow(cmd *cobra.Command, window *evaluate.EntryQuestion) {
	flags := cmd.Flags()
	flags.StringVar(&window.Cutoff, "cutoff", "", "last day that may be known: 2013-12-31, 2013-12 or 2013 (required)")
	flags.StringVar(&window.Until, "until", "", "last day of the test (required)")
	flags.Uint64Var(&window.Seed, "seed", 1, "of the bootstraps")
}

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
