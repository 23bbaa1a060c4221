package cli

import (
	"context"

	"github.com/spf13/cobra"

	"liantu/cli/help"
	"liantu/cli/show"
	"liantu/graph/gaps"
	"liantu/graph/lines"
	"liantu/message"
)

// compareOptions are the flags of the command.
type compareOptions struct {
	asking
	regions, reference []string
	like               int // regions of similar size to add
	levels             string
}

func newCompare(e *env) *cobra.Command {
	var o compareOptions
	cmd := &cobra.Command{
		Use:   "compare --regions REGION,... --chain CHAIN",
		Short: "Compare how regions stand at the links of a chain",
		Long: `Compare how regions stand at the links of a chain, an ecosystem or a link. The first
region is the one in question: each link is rated for it by what is here and what
fits, as a strength, an opportunity, a threat or a weakness.`,
		Example: `  liantu compare --regions 杭州,苏州,深圳 --chain bio-medicine
  liantu compare --regions 330100 --peers 5 --ecosystem energy --format csv`,
		Args:        help.NoArgs,
		Annotations: mayAsk("compare"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			grade, err := o.minGrade()
			levels, fault := wordOf("--levels", o.levels, lines.Choices(), lines.Levels.Label)
			faults := []error{err, fault}
			if len(o.regions) == 0 {
				faults = append(faults, message.Errorf("--regions: is missing; give codes or names, such as 杭州,苏州"))
			}
			if len(o.ecosystem)+len(o.chain)+len(o.link)+len(o.about) == 0 {
				faults = append(faults, message.Errorf("--about: is missing; say what to compare, or give an --ecosystem, a --chain or a --link"))
			}
			q := gaps.CompareQuestion{Regions: o.regions, About: o.about, Peers: o.like, Reference: o.reference, MinGrade: grade, Levels: levels}
			return e.ask(cmd, &o.asking, faults, func(ctx context.Context, a *asker) (show.Answer, error) {
				var err error
				if q.Scope, err = o.scope(a.picture); err != nil {
					return show.Answer{}, err
				}
				c, err := gaps.Compare(ctx, a.picture, a.tuned, q)
				if err != nil {
					return show.Answer{}, err
				}
				heading, table := show.Comparison(a.language, a.picture, c)
				return a.rows(heading, table, c), nil
			})
		},
	}
	flags := cmd.Flags()
	flags.StringSliceVar(&o.regions, "regions", nil, "regions to compare, the one in question first (required)")
	flags.IntVar(&o.like, "peers", 0, "number of regions of similar size to add")
	flags.StringSliceVar(&o.reference, "reference", nil, "regions that form the reference (default the whole country)")
	o.addAbout(cmd)
	o.addScope(cmd)
	addLevels(cmd, &o.levels)
	o.addGrade(cmd)
	o.addPopulation(cmd)
	o.addAsOf(cmd)
	o.addLimit(cmd)
	addForm(cmd, "地区对比", "comparison")
	return cmd
}
