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
				return a.rows(a.tiesHeading(w), a.tiesTable(w), w), nil
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

func (a *asker) tiesTable(w *ties.LayerAnswer) *show.Table {
	t := &show.Table{Columns: []show.Column{
		{Name: "from_code", Head: schema.Text{Zh: "起点编号", En: "FROM CODE"}, Flex: true},
		{Name: "from", Head: schema.Text{Zh: "起点环节", En: "FROM"}, Flex: true},
		{Name: "to_code", Head: schema.Text{Zh: "终点编号", En: "TO CODE"}, Flex: true},
		{Name: "to", Head: schema.Text{Zh: "终点环节", En: "TO"}, Flex: true},
		{Name: "weight", Head: schema.Text{Zh: "权重", En: "WEIGHT"}, Right: true},
		{Name: "count", Head: schema.Text{Zh: "关系条数", En: "EDGES"}, Right: true},
		{Name: "share", Head: schema.Text{Zh: "价值占比", En: "SHARE"}, Right: true},
	}}
	for _, tie := range w.Ties {
		share := show.Unknown()
		if x, ok := tie.Share.Get(); ok {
			share = show.Number(x, 2)
			share.Text = show.Percent(x)
		}
		t.Add(show.Word(a.picture.Code(tie.From)), a.named(tie.From), show.Word(a.picture.Code(tie.To)), a.named(tie.To),
			show.Number(tie.Weight, 2), show.Count(tie.Count), share)
	}
	return t
}
