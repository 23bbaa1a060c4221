package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"liantu/cli/help"
	"liantu/cli/show"
	"liantu/graph/ties"
	"liantu/schema"
)

// tiesOptions are the flags of the command.
type tiesOptions struct {
	asking
	layer, region string
}

func newTies(e *env) *cobra.Command {
	var o tiesOptions
	cmd := &cobra.Command{
		Use:   "ties [--chain CHAIN] [--layer LAYER]",
		Short: "Show how links are tied in one of the four layers: industry, value, supply, finance",
		Long: `Show how links are tied in one layer of the map (招商图谱): what feeds what, with which
share of value, by supplies between companies, or by their holdings. The ids of
the links are the same in all layers.`,
		Example: `  liantu ties --chain smart-vehicle
  liantu ties --ecosystem energy --layer supply --region 浙江`,
		Args:        help.NoArgs,
		Annotations: mayAsk("layerTies"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			grade, err := o.minGrade()
			layer, fault := wordOf("--layer", o.layer, ties.Layers(), ties.Layer.Label)
			q := ties.LayerQuestion{Region: o.region, MinGrade: grade, Layer: layer}
			return e.ask(cmd, &o.asking, []error{err, fault}, func(ctx context.Context, a *asker) (show.Answer, error) {
				var err error
				if q.Scope, err = o.scope(a.picture); err != nil {
					return show.Answer{}, err
				}
				w, err := ties.LayerTiesOf(ctx, a.picture, e.settings.Gaps, q)
				if err != nil {
					return show.Answer{}, err
				}
				return a.rows(a.tiesHeading(w), show.LayerTies(a.language, a.picture, w), w), nil
			})
		},
	}
	cmd.Flags().StringVar(&o.layer, "layer", "", "industry, value, supply or finance (default industry)")
	cmd.Flags().StringVar(&o.region, "region", "", "only ties of companies of this region")
	o.addScope(cmd)
	o.addGrade(cmd)
	o.addAsOf(cmd)
	o.addLimit(cmd)
	addForm(cmd, "环节联系", "ties")
	return cmd
}

func (a *asker) tiesHeading(w *ties.LayerAnswer) []string {
	return []string{
		a.text(w.Layer.Label()),
		a.text(schema.Text{
			Zh: fmt.Sprintf("环节 %d 个，联系 %d 条；归并的企业间关系 %d 条", len(w.Links), len(w.Ties), w.Companies),
			En: fmt.Sprintf("%d links, %d ties; %d ties between companies folded to links", len(w.Links), len(w.Ties), w.Companies),
		}),
		a.data(w.MinGrade, false, nil),
	}
}
