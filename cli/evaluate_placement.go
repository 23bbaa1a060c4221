package cli

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"liantu/cli/help"
	"liantu/cli/placing"
	"liantu/cli/service"
	"liantu/cli/show"
	"liantu/evaluate/placement"
	"liantu/examples/zhejiang"
	"liantu/graph"
	"liantu/graph/placements"
	"liantu/graph/projection"
	"liantu/loaders"
	"liantu/message"
	"liantu/place"
	"liantu/schema"
)

func newEvaluatePlacement(e *env) *cobra.Command {
	var data, labels string
	var precision float64
	cmd := &cobra.Command{
		Use:   "placement --data DIR --labels FILE",
		Short: "How right the placement of companies at links is, on pairs that people judged",
		Long: `Place the companies of a folder by their texts (companies.csv: company, code, region,
source, industry, text; source is main_products, main_business or business_scope) and
compare with pairs that people judged (company, link, label; label is yes, partly or no).
The links are those of the graph, of the sample pack without one.`,
		Example:     `  liantu evaluate placement --data texts --labels labels.csv`,
		Args:        help.NoArgs,
		Annotations: revealsNothing(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if labels == "" {
				return message.Errorf("--labels: is missing; give a file with the columns company, link and label")
			}
			scored, picture, err := e.scoreFolder(cmd.Context(), data, precision)
			if err != nil {
				return err
			}
			judged, err := placement.ReadLabels(labels)
			if err != nil {
				return err
			}
			for i, l := range judged { // a code that a link had before is the link
				if v, err := picture.Lookup(l.Link, projection.Link); err == nil {
					judged[i].Link = picture.Code(v)
				}
			}
			results, left := placement.Measure(scored, judged)
			return e.print(cmd, show.PlacementQuality(e.language, results, left))
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&data, "data", "", "folder with companies.csv (required)")
	flags.StringVar(&labels, "labels", "", "file of the judged pairs (required)")
	flags.Float64Var(&precision, "precision", placing.Precision, "part of the confirmed placements that is to be right")
	addForm(cmd, "挂链质量", "placement quality")
	return cmd
}

// placeFolder places the companies of a folder and writes the best links of each.
func (e *env) placeFolder(cmd *cobra.Command, o *placeOptions) error {
	scored, _, err := e.scoreFolder(cmd.Context(), o.data, o.precision)
	if err != nil {
		return err
	}
	rows := [][]string{{"company", "link", "probability", "outcome"}}
	confirmed := 0
	for i := range scored {
		for _, l := range placement.Best(&scored[i]) {
			rows = append(rows, []string{scored[i].Name, l.Link, strconv.FormatFloat(l.Probability, 'f', 4, 64), string(l.Outcome)})
			if l.Outcome == place.Confirmed {
				confirmed++
			}
		}
	}
	if err := e.writeScores(cmd, o.scores, rows); err != nil {
		return err
	}
	return e.terminal().Say(schema.Text{
		Zh: fmt.Sprintf("读了 %d 家企业；%d 条结果写入 %s，其中挂上 %d 条", len(scored), len(rows)-1, o.scores, confirmed),
		En: fmt.Sprintf("%d companies read; %d links written to %s, %d of them confirmed", len(scored), len(rows)-1, o.scores, confirmed),
	})
}

// scoreFolder places the companies of a folder at the links of the graph, or of the sample
// pack where there is no graph with links, and returns the picture of these links.
func (e *env) scoreFolder(ctx context.Context, data string, precision float64) ([]placement.Scored, *projection.Projection, error) {
	if err := checkData(data); err != nil {
		return nil, nil, err
	}
	companies, err := placement.ReadFolder(data)
	if err != nil {
		return nil, nil, err
	}
	picture, err := e.linksPicture(ctx)
	if err != nil {
		return nil, nil, err
	}
	placer, err := place.Default(placements.Links(picture), precision)
	if err != nil {
		return nil, nil, err
	}
	scored, err := placement.Score(ctx, placer, companies)
	return scored, picture, err
}

// linksPicture is the picture of the graph, or of the sample pack where there is no graph
// with links.
func (e *env) linksPicture(ctx context.Context) (picture *projection.Projection, err error) {
	picture, err = e.build(ctx)
	if err == nil {
		err = wantLinks(picture)
	}
	if !errors.Is(err, service.ErrNoGraph) {
		return picture, err
	}
	fmt.Fprintln(e.stderr, e.text(schema.Text{Zh: "没有可用的图谱，环节取自样例数据", En: "there is no graph with links; those of the sample pack are used"}))
	store, err := service.ThrowAway(graph.Secret{})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	if _, err := loaders.Load(ctx, loaders.Options{Store: store, FS: zhejiang.Links()}); err != nil {
		return nil, message.Errorf("sample pack: %w", err)
	}
	return projection.Build(ctx, schema.Default(), graph.Reader(store))
}
