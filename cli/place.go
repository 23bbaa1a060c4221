package cli

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"liantu/cli/help"
	"liantu/cli/service"
	"liantu/cli/show"
	"liantu/graph"
	"liantu/graph/placements"
	"liantu/graph/projection"
	"liantu/message"
	"liantu/place"
	"liantu/schema"
)

// placeOptions are the flags of the command.
type placeOptions struct {
	region, explain, data, scores string
	precision                     float64
	dryRun                        bool
	limit                         int
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

With --explain the points of one company are shown, and nothing is written. With --data
a folder with companies.csv (company, code, region, source, industry, text) is placed
instead of the graph, and the twenty best links of each company are written to --scores.`,
		Example: `  liantu place --region 杭州 --dry-run
  liantu place
  liantu place --explain 海康威视
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
			}
			return e.place(cmd, &o)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&o.region, "region", "", "only companies of this region: code or name (default all)")
	flags.Float64Var(&o.precision, "precision", defaultPrecision, "part of the confirmed placements that is to be right")
	flags.BoolVar(&o.dryRun, "dry-run", false, "show what would be placed and write nothing")
	flags.StringVar(&o.explain, "explain", "", "show why a company is placed where it is: code or name")
	flags.StringVar(&o.data, "data", "", "folder with companies.csv to place instead of the graph")
	flags.StringVar(&o.scores, "scores", "", "write company,link,probability,outcome of --data to this file")
	flags.IntVar(&o.limit, "limit", -1, "rows to show (default 25 in a table, all in other forms; 0 for all)")
	addForm(cmd, "挂链结果", "placements")
	return cmd
}

// place places the companies of the graph and writes what came of it.
func (e *env) place(cmd *cobra.Command, o *placeOptions) error {
	return e.ask(cmd, &asking{limit: o.limit}, nil, func(ctx context.Context, a *asker) (show.Answer, error) {
		area, err := areaOf(a.picture, o.region)
		if err != nil {
			return show.Answer{}, err
		}
		answer, err := runPlacement(ctx, a.picture, area, o.precision)
		if err != nil {
			return show.Answer{}, err
		}
		line := a.text(schema.Text{Zh: "试运行，未写入", En: "dry run, nothing written"})
		if !o.dryRun {
			if line, err = e.writePlacements(ctx, a.picture, answer); err != nil {
				return show.Answer{}, err
			}
		}
		heading := append(a.placementHeading(answer), line)
		return a.rows(heading, show.Placements(a.language, a.picture, answer), answer), nil
	})
}

// placeAll places all companies of the graph after a load, and says on standard error
// what came of it, so that a report in another form stays whole.
func (e *env) placeAll(cmd *cobra.Command) error {
	ctx := cmd.Context()
	picture, err := e.build(ctx)
	if err == nil {
		err = wantLinks(picture)
	}
	if err != nil {
		return err
	}
	answer, err := runPlacement(ctx, picture, projection.Country, defaultPrecision)
	if err != nil {
		return err
	}
	written, err := e.writePlacements(ctx, picture, answer)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(e.stderr, "%s\n%s\n", e.language.Placed(answer), written)
	return err
}

// defaultPrecision is the part of the confirmed placements that is to be right.
const defaultPrecision = .9

// runPlacement places the companies of an area.
func runPlacement(ctx context.Context, p *projection.Projection, area string, precision float64) (*placements.Answer, error) {
	placer, err := place.Default(placements.Links(p), precision)
	if err != nil {
		return nil, err
	}
	return placements.Run(ctx, p, placer, area)
}

// areaOf is the area code of a region, that of the country for none asked for.
func areaOf(p *projection.Projection, region string) (string, error) {
	if region == "" {
		return projection.Country, nil
	}
	v, err := p.Lookup(region, projection.Region)
	if err != nil {
		return "", err
	}
	return p.AreaOf(v), nil
}

// writePlacements writes an answer to the store, and says what became of it.
func (e *env) writePlacements(ctx context.Context, p *projection.Projection, answer *placements.Answer) (string, error) {
	var id string
	var again bool
	err := service.WithStore(ctx, &e.settings, func(store graph.Store) (err error) {
		id, again, err = placements.Write(ctx, store, p, answer, placements.Frames(p), time.Now())
		return err
	})
	switch {
	case err != nil:
		return "", err
	case again:
		return e.text(schema.Text{Zh: "图谱中已是这些挂链结果，未改动", En: "the graph holds these placements already; nothing was changed"}), nil
	case id == "":
		return e.text(schema.Text{
			Zh: "没有可读的企业自述，未写入；请导入主营产品、主营业务或经营范围",
			En: "no company says anything of itself, so nothing was written; load main products, main business or business scope",
		}), nil
	}
	return e.text(schema.Text{
		Zh: fmt.Sprintf("已写入批次 %s；撤回：liantu undo %s", id, id),
		En: fmt.Sprintf("written as load %s; liantu undo %s takes it back", id, id),
	}), nil
}

func (a *asker) placementHeading(answer *placements.Answer) []string {
	where := a.text(schema.Text{Zh: "全部企业", En: "all companies"})
	if answer.Area != projection.Country {
		where = a.place(a.picture.RegionByCode(answer.Area))
	}
	return []string{where, a.language.Placed(answer)}
}

// explainPlacement shows the points of the best links of one company.
func (e *env) explainPlacement(cmd *cobra.Command, o *placeOptions) error {
	return e.ask(cmd, &asking{limit: o.limit}, nil, func(_ context.Context, a *asker) (show.Answer, error) {
		v, err := a.picture.Lookup(o.explain, projection.Company)
		if err != nil {
			return show.Answer{}, err
		}
		company, _, ok := placements.Company(a.picture, v)
		if !ok {
			return show.Answer{}, message.As(graph.ErrInvalid, "company %q: the graph holds no main products, main business or business scope of it", a.picture.Caption(v))
		}
		placer, err := place.Default(placements.Links(a.picture), o.precision)
		if err != nil {
			return show.Answer{}, err
		}
		list := placer.Explain(company)
		return a.rows([]string{a.place(v)}, show.PlacementPoints(a.language, a.picture, list), list), nil
	})
}
