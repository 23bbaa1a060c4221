package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/schema"
)

func newTies(a *app) *cobra.Command {
	var f askedOf
	var layer, region string
	cmd := &cobra.Command{
		Use:   "ties --chain CHAIN [--layer LAYER]",
		Short: "Show how links are tied in one of the four layers: industry, value, supply, finance",
		Long: `Show how links are tied in one layer of the map (招商图谱): what feeds what, with which
share of value, by supplies between companies, or by their holdings. The ids of
the links are the same in all layers.`,
		Example: `  liantu ties --chain smart-vehicle
  liantu ties --ecosystem energy --layer supply --region 浙江`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			grade, err := gradeOf(f.grade)
			faults := []error{err}
			q := gaps.LayerQuestion{Region: region, MinGrade: grade}
			if layer != "" {
				layers, err := wordsOf("--layer", []string{layer}, gaps.Layers(), gaps.Layer.Label)
				if err != nil {
					faults = append(faults, err)
				} else {
					q.Layer = layers[0]
				}
			}
			return a.ask(cmd, f.asOf, faults, func(p *projection.Projection) error {
				var err error
				if q.Scope, err = f.scope(p); err != nil {
					return err
				}
				w, err := gaps.TiesOf(cmd.Context(), p, a.cfg.Gaps, q)
				if err != nil {
					return err
				}
				return a.tell(cmd, p, a.tiesHeading(p, w), a.tiesTable(p, w), recorder{p}.record(w), f.limit)
			})
		},
	}
	cmd.Flags().StringVar(&layer, "layer", "", "industry, value, supply or finance (default industry)")
	cmd.Flags().StringVar(&region, "region", "", "only ties of companies of this region")
	f.add(cmd, true)
	return cmd
}

func (a *app) tiesHeading(p *projection.Projection, w *gaps.LayerAnswer) []string {
	return []string{
		a.text(w.Layer.Label()),
		a.text(schema.Text{
			Zh: fmt.Sprintf("环节 %d 个，联系 %d 条；归并的企业间关系 %d 条", len(w.Links), len(w.Ties), w.Companies),
			En: fmt.Sprintf("%d links, %d ties; %d ties between companies folded to links", len(w.Links), len(w.Ties), w.Companies),
		}),
		a.dataLine(p, string(w.MinGrade), false),
	}
}

func (a *app) tiesTable(p *projection.Projection, w *gaps.LayerAnswer) *table {
	t := &table{columns: []column{
		{name: "from_code", head: schema.Text{Zh: "起点编号", En: "FROM CODE"}, flex: true},
		{name: "from", head: schema.Text{Zh: "起点环节", En: "FROM"}, flex: true},
		{name: "to_code", head: schema.Text{Zh: "终点编号", En: "TO CODE"}, flex: true},
		{name: "to", head: schema.Text{Zh: "终点环节", En: "TO"}, flex: true},
		{name: "weight", head: schema.Text{Zh: "权重", En: "WEIGHT"}, right: true},
		{name: "count", head: schema.Text{Zh: "关系条数", En: "EDGES"}, right: true},
		{name: "share", head: schema.Text{Zh: "价值占比", En: "SHARE"}, right: true},
	}}
	for _, tie := range w.Ties {
		share := cell{"", "–"}
		if x, ok := tie.Share.Get(); ok {
			share = number(x, 2)
			share.text = percent(x)
		}
		t.add(word(p.Code(tie.From)), cell{p.Caption(tie.From), a.name(p, tie.From)}, word(p.Code(tie.To)), cell{p.Caption(tie.To), a.name(p, tie.To)},
			number(tie.Weight, 2), count(tie.Count), share)
	}
	return t
}
