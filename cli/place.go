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
	ctx := cmd.Context()
	return e.ask(cmd, &asking{limit: o.limit}, nil, func(_ context.Context, a *asker) (show.Answer, error) {
		area, err := areaOf(a.picture, o.region)
		if err != nil {
			return show.Answer{}, err
		}
		placer, err := place.Default(placements.Links(a.picture), o.precision)
		if err != nil {
			return show.Answer{}, err
		}
		answer, err := placements.Run(ctx, a.picture, placer, area)
		if err != nil {
			return show.Answer{}, err
		}
		heading := a.placementHeading(answer, o)
		if !o.dryRun {
			line, err := e.writePlacements(ctx, a.picture, answer)
			if err != nil {
				return show.Answer{}, err
			}
			heading = append(heading, line)
		}
		return a.rows(heading, show.Placements(a.language, a.picture, answer), answer), nil
	})
}

// placeAll places all companies of the graph after a load, and says on standard error
// what came of it, so that a report in another form stays whole.
func (e *env) placeAll(cmd *cobra.Command) error {
	picture, err := e.build(cmd.Context())
	if err != nil {
		return err
	}
	if err := wantLinks(picture); err != nil {
		return err
	}
	placer, err := place.Default(placements.Links(picture), defaultPrecision)
	if err != nil {
		return err
	}
	answer, err := placements.Run(cmd.Context(), picture, placer, "")
	if err != nil {
		return err
	}
	written, err := e.writePlacements(cmd.Context(), picture, answer)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(e.stderr, "%s\n%s\n", e.language.Placed(answer), written)
	return err
}

// defaultPrecision is the part of the confirmed placements that is to be right.
const defaultPrecision = .9

// areaOf is the area code of a region, "" for none asked for.
func areaOf(p *projection.Projection, region string) (string, error) {
	if region == "" {
		return "", nil
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
		id, again, err = placements.Write(ctx, store, placements.Batches(p, answer, placements.Frames(p)), time.Now())
		return err
	})
	if err != nil {
		return "", err
	}
	if again {
		return e.text(schema.Text{Zh: "图谱中已是这些挂链结果，未改动", En: "the graph holds these placements already; nothing was changed"}), nil
	}
	return e.text(schema.Text{
		Zh: fmt.Sprintf("已写入批次 %s；撤回：liantu undo %s", id, id),
		En: fmt.Sprintf("written as load %s; liantu undo %s takes it back", id, id),
	}), nil
}

func (a *asker) placementHeading(answer *placements.Answer, o *placeOptions) []string {
	where := a.text(schema.Text{Zh: "全部企业", En: "all companies"})
	if o.region != "" {
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
