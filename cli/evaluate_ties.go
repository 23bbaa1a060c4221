package cli

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"liantu/cli/help"
	"liantu/cli/show"
	"liantu/evaluate"
)

func newEvaluateSuppliers(e *env) *cobra.Command {
	var o tieOptions
	cmd := &cobra.Command{
		Use:   "suppliers --data DIR",
		Short: "Which hidden suppliers of a company the known ones predict",
		Long: `Hide pairs of supplies.csv (supplier, buyer) and score how well the others predict
them. Ranks are filtered: known and other hidden partners are taken out. AUC and AP are
against pairs of the same buyer and a supplier with a similar number of buyers.`,
		Example:     `  liantu evaluate suppliers --data plain --test hidden.csv --scores top.csv`,
		Args:        help.NoArgs,
		Annotations: revealsNothing(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return e.predictTies(cmd, &o, pairs{
				files: []string{evaluate.SuppliesFile}, from: "supplier", to: "buyer", ask: evaluate.Suppliers,
			})
		},
	}
	o.add(cmd)
	addForm(cmd, "回测_供应商", "back-test of suppliers")
	return cmd
}

func newEvaluateProducts(e *env) *cobra.Command {
	var o tieOptions
	cmd := &cobra.Command{
		Use:   "products --data DIR",
		Short: "Which hidden materials of a product the known ones predict",
		Long: `Hide pairs of feeds.csv (from a material to a product) and score how well the others
predict them. Ranks are filtered: known and other hidden partners are taken out. AUC and
AP are against pairs of the same product and a material of a similar number of
products.`,
		Example:     `  liantu evaluate products --data plain --test-share 0.1 --seed 1`,
		Args:        help.NoArgs,
		Annotations: revealsNothing(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return e.predictTies(cmd, &o, pairs{
				files: []string{evaluate.FeedsFile, evaluate.ItemsFile, evaluate.ProductsFile}, from: "from", to: "to", ask: evaluate.Products,
			})
		},
	}
	o.add(cmd)
	addForm(cmd, "回测_原料", "back-test of products")
	return cmd
}

// tieOptions are the flags of a back-test of pairs.
type tieOptions struct {
	data, test, scores string
	question           evaluate.TieQuestion
}

func (o *tieOptions) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&o.data, "data", "", "folder in the plain layout (required)")
	flags.StringVar(&o.test, "test", "", "file of the hidden pairs, with the columns of the data")
	flags.Float64Var(&o.question.Share, "test-share", 0.2, "share of the pairs to hide when there is no --test")
	flags.Uint64Var(&o.question.Seed, "seed", 1, "of the hidden pairs, the random method, the matched pairs and the bootstraps")
	flags.StringVar(&o.scores, "scores", "", "write supplier,buyer,score,method of the 200 best for each buyer of the test to this file, by the method that is shipped")
}

// writtenScores is how many scores of each buyer are written to a file.
const writtenScores = 200

// pairs are the pairs of a back-test: their files, the columns of their ends,
// and what predicts them.
type pairs struct {
	files    []string
	from, to string
	ask      func(context.Context, *evaluate.Folder, evaluate.TieQuestion) (*evaluate.TieReport, error)
}

// predictTies hides pairs and scores how well the others predict them.
func (e *env) predictTies(cmd *cobra.Command, o *tieOptions, p pairs) error {
	if err := errors.Join(checkData(o.data), evaluate.CheckShare(o.question.Share)); err != nil {
		return err
	}
	f, err := readPlain(o.data, p.files...)
	if err != nil {
		return err
	}
	if o.test != "" {
		if o.question.Test, err = evaluate.ReadPairs(o.test, p.from, p.to); err != nil {
			return err
		}
	}
	if o.scores != "" {
		o.question.Keep = writtenScores
	}
	r, err := p.ask(cmd.Context(), f, o.question)
	if err != nil {
		return err
	}
	if err := e.writeScores(cmd, o.scores, show.Ties(r)); err != nil {
		return err
	}
	return e.print(cmd, show.HiddenTies(e.language, r))
}
