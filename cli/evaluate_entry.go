package cli

import (
	"context"
	"encoding/json"

	"github.com/spf13/cobra"

	"liantu/cli/help"
	"liantu/cli/show"
	"liantu/evaluate"
	"liantu/graph"
	"liantu/graph/feasibility"
	"liantu/message"
	"liantu/schema"
)

// entryOptions are the flags of the command.
type entryOptions struct {
	data, scores, weights string
	terms                 bool
	question              evaluate.EntryQuestion
}

func newEvaluateEntry(e *env) *cobra.Command {
	var o entryOptions
	cmd := &cobra.Command{
		Use:   "entry --data DIR --cutoff DATE --until DATE",
		Short: "Which empty cells (region, item) of a day were filled later",
		Long: `Which cells (region, item) that no company had filled by the cutoff were filled by
the end. What came after the cutoff is hidden by the picture of that day. Figures are
taken inside each region and averaged over the regions that gained an item, with 95 %
intervals over bootstraps of these regions. The weights of our score are learned from
before the cutoff, unless --weights names a file of them.`,
		Example: `  liantu evaluate entry --data plain --cutoff 2011-12-31 --until 2016-12-31
  liantu evaluate entry --data cities --cutoff 2011 --until 2016 --min-companies 10 --scores cells.csv`,
		Args:        help.NoArgs,
		Annotations: revealsNothing(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := checkWindow(o.data, &o.question); err != nil {
				return err
			}
			if o.weights != "" {
				if err := readJSON(o.weights, &o.question.Weights); err != nil {
					return err
				}
				if err := o.question.Weights.Check(feasibility.TermNames()); err != nil {
					return message.Errorf("%s: %w", o.weights, err)
				}
			}
			r, err := evaluateEntry(cmd.Context(), o.data, o.question)
			if err != nil {
				return err
			}
			var terms []string
			if o.terms {
				terms = feasibility.TermNames()
			}
			if err := e.writeScores(cmd, o.scores, show.Cells(r.Scores, terms)); err != nil {
				return err
			}
			return e.print(cmd, show.Entry(e.language, r))
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&o.data, "data", "", "folder in the plain layout (required)")
	flags.StringVar(&o.question.Cutoff, "cutoff", "", "last day that may be known: 2011-12-31, 2011-12 or 2011 (required)")
	flags.StringVar(&o.question.Until, "until", "", "last day of the test (required)")
	flags.IntVar(&o.question.MinCompanies, "min-companies", 1, "ask only about regions with so many companies at the cutoff")
	flags.Uint64Var(&o.question.Seed, "seed", 1, "of the random method and the bootstraps")
	flags.StringVar(&o.scores, "scores", "", "write region,item,score of every cell to this file")
	flags.BoolVar(&o.terms, "terms", false, "add a column for the points of each term to --scores; they add up to the score")
	flags.StringVar(&o.weights, "weights", "", "file of weights to use (default: learned from before the cutoff)")
	addForm(cmd, "回测_企业进入", "back-test of entries")
	return cmd
}

// evaluateEntry runs the back-test on a store of its own.
func evaluateEntry(ctx context.Context, folder string, q evaluate.EntryQuestion) (r *evaluate.EntryReport, err error) {
	err = withPlainStore(folder, func(store graph.Store, f *evaluate.Folder) error {
		r, err = evaluate.Entry(ctx, store, f, q)
		return err
	})
	return r, err
}

func newEvaluateTrain(e *env) *cobra.Command {
	var data, day, out string
	var least int
	cmd := &cobra.Command{
		Use:   "train --data DIR --day DATE --out FILE",
		Short: "Learn the weights of our score from data up to a day",
		Long: `Learn the weights of our score from the windows of one to three years that end on
a day, and write them as JSON for liantu evaluate entry --weights. Later data is
not used.`,
		Example:     `  liantu evaluate train --data provinces --day 2011-12-31 --out weights.json`,
		Args:        help.NoArgs,
		Annotations: revealsNothing(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			day, err := schema.ParseDate(day)
			if err != nil || day == "" {
				return message.Errorf("--day: give a day, such as 2011-12-31")
			}
			if err := checkData(data); err != nil {
				return err
			}
			if out == "" {
				return message.Errorf("--out: is missing; give the file to write")
			}
			return withPlainStore(data, func(store graph.Store, f *evaluate.Folder) error {
				past, err := evaluate.NewPast(cmd.Context(), store, f)
				if err != nil {
					return err
				}
				weights, err := past.Learn(cmd.Context(), day, least)
				if err != nil {
					return err
				}
				text, err := json.MarshalIndent(weights, "", "  ")
				if err != nil {
					return err
				}
				return e.writeFile(cmd, "json", out, append(text, '\n'), 0)
			})
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&data, "data", "", "folder in the plain layout (required)")
	flags.StringVar(&day, "day", "", "last day that may be known (required)")
	flags.StringVar(&out, "out", "", "file to write (required)")
	flags.IntVar(&least, "min-companies", 1, "learn only from regions with so many companies")
	return cmd
}
