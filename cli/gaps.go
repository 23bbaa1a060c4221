package cli

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"liantu/cli/help"
	"liantu/cli/show"
	"liantu/graph/gaps"
	"liantu/graph/lines"
)

// gapsOptions are the flags of the command.
type gapsOptions struct {
	asking
	region          string
	states, actions []string
	order, levels   string
	empty, why      bool
}

func newGaps(e *env) *cobra.Command {
	var o gapsOptions
	cmd := &cobra.Command{
		Use:   "gaps --region REGION",
		Short: "Ask which links are missing, weak, strong or unknown in a region, and why",
		Long: `Ask which links of the chains are missing, weak, strong or unknown in a region.
Regions are given by GB/T 2260 code or name, ecosystems, chains and links by code
or name; lists are separated by commas.`,
		Example: `  liantu gaps --region 杭州 --about 动力电池
  liantu gaps --region 杭州 --ecosystem biomed
  liantu gaps --region 330000 --state ABSENT --action FILL,BUILD --limit 10
  liantu gaps --region 330100 --link 光刻胶 --why
  liantu gaps --region 330100 --peers 320500,440300 --format csv > gaps.csv`,
		Args:        help.NoArgs,
		Annotations: mayAsk("gaps"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			question, err := o.question()
			return e.ask(cmd, &o.asking, []error{err}, func(ctx context.Context, a *asker) (show.Answer, error) {
				return a.gaps(ctx, &o, question)
			})
		},
	}
	o.addFlags(cmd)
	cmd.Flags().BoolVar(&o.why, "why", false, "show for each link its numbers, reasons, companies, sources and what would change it")
	addForm(cmd, "补链清单", "gaps")
	return cmd
}

// addFlags adds the flags that say which verdicts are wanted.
func (o *gapsOptions) addFlags(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&o.region, "region", "", "region asked about: code or name (required)")
	o.addAbout(cmd)
	o.addScope(cmd)
	flags.Lookup("ecosystem").Usage = "only these ecosystems: aiot, biomed, equipment, materials, energy"
	o.addPeers(cmd)
	o.addGrade(cmd)
	o.addPopulation(cmd)
	flags.StringSliceVar(&o.states, "state", nil, "only these states: "+listed(gaps.States()))
	flags.StringSliceVar(&o.actions, "action", nil, "only these actions: "+listed(gaps.Actions()))
	flags.StringVar(&o.order, "order-by", "", "how to sort: "+listed(gaps.Orders()))
	addLevels(cmd, &o.levels)
	flags.BoolVar(&o.empty, "with-empty", false, "list the links without any company in the country too, and those that hold no companies")
	o.addAsOf(cmd)
	o.addLimit(cmd)
}

// question checks what needs no picture, and names every fault.
func (o *gapsOptions) question() (gaps.Question, error) {
	q := gaps.Question{Region: o.region, About: o.about, Peers: o.peers, WithEmpty: o.empty}
	faults := make([]error, 6)
	faults[0] = wantRegion(o.region)
	q.MinGrade, faults[1] = o.minGrade()
	q.States, faults[2] = wordsOf("--state", o.states, gaps.States(), gaps.State.Label)
	q.Actions, faults[3] = wordsOf("--action", o.actions, gaps.Actions(), gaps.Action.Label)
	q.OrderBy, faults[4] = wordOf("--order-by", o.order, gaps.Orders(), nil)
	q.Levels, faults[5] = wordOf("--levels", o.levels, lines.Choices(), lines.Levels.Label)
	return q, errors.Join(faults...)
}

// gaps asks for the verdicts on the links in scope.
func (a *asker) gaps(ctx context.Context, o *gapsOptions, q gaps.Question) (show.Answer, error) {
	var err error
	if q.Scope, err = o.scope(a.picture); err != nil {
		return show.Answer{}, err
	}
	answer, err := gaps.Ask(ctx, a.picture, a.tuned, q)
	if err != nil {
		return show.Answer{}, err
	}
	shown := answer.Verdicts[:a.shown(len(answer.Verdicts))]
	return show.Gaps(a.language, a.picture, answer, shown, o.why), nil
}
