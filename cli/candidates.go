package cli

import (
	"context"

	"github.com/spf13/cobra"

	"liantu/cli/help"
	"liantu/cli/show"
	"liantu/graph/candidates"
	"liantu/graph/projection"
	"liantu/message"
)

// candidatesOptions are the flags of the command.
type candidatesOptions struct {
	asking
	region, opportunity, kind string
	filters                   candidates.Filters
	exclude                   []string
}

func newCandidates(e *env) *cobra.Command {
	var o candidatesOptions
	cmd := &cobra.Command{
		Use:   "candidates --region REGION --link LINK",
		Short: "Ask which companies would fill links: from outside (attract) or from here (grow)",
		Long: `Ask which companies would fill links of a region: those that are named, those that a
city opportunity demands, and those of a chain or an ecosystem that the region lacks.
Every company is listed once, with all links that it would fill; those that a project
of the region has in hand come first. A filter leaves out whom it is not known of.`,
		Example: `  liantu candidates --region 杭州 --link 光刻胶
  liantu candidates --region 330100 --link semiconductor.materials --kind attract --limit 10
  liantu candidates --region 杭州 --chain bio-medicine --ownership private --listed --place 31 --min-employees 500`,
		Args:        help.NoArgs,
		Annotations: mayAsk("candidates"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			q, faults := o.question()
			return e.ask(cmd, &o.asking, faults, func(ctx context.Context, a *asker) (show.Answer, error) {
				var err error
				if q.Scope, err = o.wide(a.picture); err != nil {
					return show.Answer{}, err
				}
				answer, err := candidates.Ask(ctx, a.picture, a.tuned, q)
				if err != nil {
					return show.Answer{}, err
				}
				shown := answer.First(a.shown(answer.Len()))
				return show.Candidates(a.language, a.picture, answer, shown, e.settings.Gaps.CandidatesPerGroup), nil
			})
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&o.region, "region", "", "region asked about: code or name (required)")
	o.addAbout(cmd)
	flags.StringSliceVar(&o.link, "link", nil, "links to fill: codes or names")
	flags.StringSliceVar(&o.chain, "chain", nil, "chains of which to fill what the region lacks")
	flags.StringSliceVar(&o.ecosystem, "ecosystem", nil, "ecosystems of which to fill what the region lacks")
	flags.StringVar(&o.opportunity, "opportunity", "", "city opportunity whose links to fill: code or name")
	flags.StringVar(&o.kind, "kind", "", "only candidates of this kind: attract or grow (default both)")
	flags.BoolVar(&o.filters.Listed, "listed", false, "only companies with a stock code")
	flags.StringSliceVar(&o.filters.Ownership, "ownership", nil, "only companies of these owners: state, central-state, local-state, private, foreign, collective or other")
	flags.StringSliceVar(&o.filters.Places, "place", nil, "only companies in these regions: codes or names; 31 is a province")
	flags.IntVar(&o.filters.Employees, "min-employees", 0, "only companies with at least so many employees")
	flags.Float64Var(&o.filters.CapitalWan, "min-capital", 0, "only companies with at least so much registered capital, in 10,000 yuan")
	o.addGrade(cmd)
	o.addPopulation(cmd)
	flags.StringSliceVar(&o.exclude, "exclude", nil, "companies to leave out: names, codes or ids, separated by commas")
	o.addAsOf(cmd)
	o.addLimit(cmd)
	addForm(cmd, "招商目标清单", "candidates")
	return cmd
}

// question checks what needs no picture, and names every fault.
func (o *candidatesOptions) question() (candidates.Question, []error) {
	q := candidates.Question{Region: o.region, Links: o.link, Opportunity: o.opportunity, About: o.about, Exclude: o.exclude, Filters: o.filters}
	faults := make([]error, 4)
	faults[0] = wantRegion(o.region)
	if len(o.link)+len(o.chain)+len(o.ecosystem)+len(o.about) == 0 && o.opportunity == "" {
		faults[1] = message.Errorf("--link: is missing; say with --about what to fill, or give links, a --chain, an --ecosystem or an --opportunity")
	}
	q.MinGrade, faults[2] = o.minGrade()
	q.Kind, faults[3] = wordOf("--kind", o.kind, candidates.Kinds(), candidates.Kind.Label)
	for i, place := range q.Filters.Places {
		if len(place) == 2 && place[0] >= '0' && place[0] <= '9' {
			q.Filters.Places[i] = place + "0000"
		}
	}
	return q, faults
}

// wide resolves the chains and ecosystems, each by the kind that its flag names.
func (o *candidatesOptions) wide(p *projection.Projection) ([]string, error) {
	scope := asking{chain: o.chain, ecosystem: o.ecosystem}
	return scope.scope(p)
}
