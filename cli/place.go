package cli

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"liantu/access"

	"github.com/spf13/cobra"

	"liantu/cli/help"
	"liantu/cli/placing"
	"liantu/cli/service"
	"liantu/cli/show"
	"liantu/graph/placements"
	"liantu/graph/projection"
	"liantu/loaders"
	"liantu/loaders/reviews"
	"liantu/message"
	"liantu/schema"
)

// placeOptions are the flags of the command.
type placeOptions struct {
	loaders.Options
	region, explain, data, scores, review, take, by string
	precision                                       float64
	limit                                           int
}

func newPlace(e *env) *cobra.Command {
	var o placeOptions
	cmd := &cobra.Command{
		Use:   "place [--region REGION]",
		Short: "Place companies at links by their own words: main products, business, scope, industry",
		Long: `Read what companies say of themselves, their main products, main business, business
scope, industry and name, and place them at links. What is sure enough is written as
facts of grade C of the source "placement", each with its evidence and probability;
what is for review counts as such in the gap analysis; a company that fits nowhere
counts as read. A run replaces the one before it, and liantu undo takes it back.

With --review the list of what people should decide is written instead: items and
companies, each with a link, those first that can change most verdicts, then a sample of
confirmed placements to check. Fill in the column verdict with yes, partly or no (是, 部分,
否) and return the list with --take: the judgements are loaded, and companies are placed
anew by them. What is judged counts as it was judged; the points of the score follow
once enough was judged to show that this makes them no less precise.

With --explain the points of one company are shown, and nothing is written. With --data
a folder with companies.csv (company, code, region, source, industry, text) is placed
instead of the graph, and the twenty best links of each company are written to --scores.`,
		Example: `  liantu place --region 杭州 --dry-run
  liantu place
  liantu place --explain 海康威视
  liantu place --region 杭州 --review 挂链复核.xlsx
  liantu place --take 挂链复核.xlsx --by 李工
  liantu place --data texts --scores scores.csv`,
		Args:        help.NoArgs,
		Annotations: mayDo(schema.MaySteward),
		RunE: func(cmd *cobra.Command, _ []string) error {
			switch {
			case (o.data == "") != (o.scores == ""):
				return message.Errorf("--data and --scores: one needs the other")
			case o.data != "":
				return e.placeFolder(cmd, &o)
			case o.explain != "":
				return e.explainPlacement(cmd, &o)
			case o.review != "":
				return e.reviewPlacements(cmd, &o)
			case o.take != "":
				return e.takePlacements(cmd, &o)
			}
			return e.place(cmd, &o)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&o.region, "region", "", "only companies of this region: code or name (default all)")
	flags.Float64Var(&o.precision, "precision", placing.Precision, "part of the confirmed placements that is to be right")
	flags.BoolVar(&o.DryRun, "dry-run", false, "show what would be placed and write nothing")
	flags.StringVar(&o.review, "review", "", "write what is to be judged to this .xlsx, .csv or .json file, - for the terminal")
	flags.StringVar(&o.take, "take", "", "a filled-in list to load, after which companies are placed anew")
	flags.StringVar(&o.by, "by", "", "who judged (required with --take)")
	flags.StringVar(&o.AsOf, "as-of", "", "day of the judgements (default today)")
	flags.StringVar(&o.explain, "explain", "", "show why a company is placed where it is: code or name")
	flags.StringVar(&o.data, "data", "", "folder with companies.csv to place instead of the graph")
	flags.StringVar(&o.scores, "scores", "", "write company,link,probability,outcome of --data to this file")
	flags.IntVar(&o.limit, "limit", -1, "rows to show (default 25 in a table, all in other forms; 0 for all)")
	addForm(cmd, "挂链结果", "placements")
	return cmd
}

// place places the companies of the graph and writes what came of it.
func (e *env) place(cmd *cobra.Command, o *placeOptions) error {
	if o.DryRun {
		if err := e.rehearse("place"); err != nil {
			return err
		}
	}
	return e.askPlacements(cmd, o, func(ctx context.Context, a *asker, answer *placements.Answer) (show.Answer, error) {
		line := schema.Text{Zh: "试运行，未写入", En: "dry run, nothing written"}
		if !o.DryRun {
			var err error
			if line, err = e.writePlacements(ctx, a.picture, answer); err != nil {
				return show.Answer{}, err
			}
		}
		heading := append(a.placementHeading(answer), a.text(line))
		return a.rows(heading, show.Placements(a.language, a.picture, answer), answer), nil
	})
}

// writePlacements writes an answer, on record, and says what became of it.
func (e *env) writePlacements(ctx context.Context, p *projection.Projection, answer *placements.Answer) (line schema.Text, err error) {
	err = e.change("place", func(*access.Entry) (err error) {
		line, err = placing.Write(ctx, &e.settings, p, answer)
		return err
	})
	return line, err
}

// askPlacements places the companies of the region and answers with what use makes of it.
func (e *env) askPlacements(cmd *cobra.Command, o *placeOptions, use func(context.Context, *asker, *placements.Answer) (show.Answer, error)) error {
	return e.ask(cmd, &asking{limit: o.limit}, nil, func(ctx context.Context, a *asker) (show.Answer, error) {
		area, err := placing.Area(a.picture, o.region)
		if err != nil {
			return show.Answer{}, err
		}
		answer, err := placing.Run(ctx, a.picture, area, o.precision)
		if err != nil {
			return show.Answer{}, err
		}
		return use(ctx, a, answer)
	})
}

// reviewPlacements shows what people should judge, on the terminal or in a file.
func (e *env) reviewPlacements(cmd *cobra.Command, o *placeOptions) error {
	if o.review != "-" {
		if err := errors.Join(cmd.Flags().Set("out", o.review), checkForm(cmd)); err != nil {
			return err
		}
	}
	return e.askPlacements(cmd, o, func(ctx context.Context, a *asker, answer *placements.Answer) (show.Answer, error) {
		list, err := answer.Questions(ctx, a.picture)
		if err != nil {
			return show.Answer{}, err
		}
		heading := append(a.placementHeading(answer), a.language.Reviewed(list)...)
		return a.rows(heading, show.PlacementQuestions(a.language, a.picture, list), list), nil
	})
}

// takePlacements loads judgements, prints what came of them, and places anew.
func (e *env) takePlacements(cmd *cobra.Command, o *placeOptions) (err error) {
	if o.by == "" {
		return hint(message.Errorf("--take needs --by"), schema.Text{Zh: "用 --by 写明判定人", En: "name the judge with --by"})
	}
	o.Paths, o.Model = []string{o.take}, schema.Default()
	if strings.EqualFold(filepath.Ext(o.take), ".xlsx") {
		o.Sheet = "1" // the second sheet explains it
	}
	report, err := e.takeList(cmd, o.Options, o.by, reviews.Placements)
	if err != nil && !errors.Is(err, errPartial) || o.DryRun || report.Load == "" {
		return err
	}
	return errors.Join(err, e.placeAgain(cmd, o.precision, func(p *projection.Projection) ([]string, error) {
		return placing.Again(cmd.Context(), &e.settings, p, o.region)
	}))
}

// takeList loads a filled-in list and prints what came of it.
func (e *env) takeList(cmd *cobra.Command, options loaders.Options, by string, take func(context.Context, loaders.Options, string) (*loaders.Report, error)) (report *loaders.Report, err error) {
	store, err := service.LoadStore(cmd.Context(), &e.settings, options.DryRun)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	options.Store = store
	report, err = e.onRecord(commandName(cmd)+" --take", options.DryRun, func() (*loaders.Report, error) { return take(cmd.Context(), options, by) })
	if report != nil {
		err = errors.Join(err, e.print(cmd, show.Load(e.language, report)))
	}
	if err == nil && !report.Complete() {
		err = errPartial
	}
	return report, err
}

// placeAgain places the companies of the areas that again chooses, after a load, and says on
// standard error what came of it, so that a report in another form stays whole.
func (e *env) placeAgain(cmd *cobra.Command, precision float64, again func(*projection.Projection) ([]string, error)) error {
	ctx := cmd.Context()
	picture, err := e.build(ctx)
	if err == nil {
		err = wantLinks(picture)
	}
	if err != nil {
		return err
	}
	areas, err := again(picture)
	if err != nil {
		return explain(cmd, picture, err)
	}
	for _, area := range areas {
		answer, err := placing.Run(ctx, picture, area, precision)
		if err != nil {
			return err
		}
		written, err := e.writePlacements(ctx, picture, answer)
		if err != nil {
			return err
		}
		for _, line := range append(e.language.Placed(answer), e.text(written)) {
			if _, err := fmt.Fprintln(e.stderr, line); err != nil {
				return err
			}
		}
	}
	return nil
}

func (a *asker) placementHeading(answer *placements.Answer) []string {
	where := a.text(schema.Text{Zh: "全部企业", En: "all companies"})
	if answer.Area != projection.Country {
		where = a.place(a.picture.RegionByCode(answer.Area))
	}
	return append([]string{where}, a.language.Placed(answer)...)
}

// explainPlacement shows the points of the best links of one company.
func (e *env) explainPlacement(cmd *cobra.Command, o *placeOptions) error {
	return e.ask(cmd, &asking{limit: o.limit}, nil, func(_ context.Context, a *asker) (show.Answer, error) {
		v, err := a.picture.Lookup(o.explain, projection.Company)
		if err != nil {
			return show.Answer{}, err
		}
		list, err := placing.Explain(a.picture, v, o.precision)
		if err != nil {
			return show.Answer{}, err
		}
		return a.rows([]string{a.place(v)}, show.PlacementPoints(a.language, a.picture, list), list), nil
	})
}
