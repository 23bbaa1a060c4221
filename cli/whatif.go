package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"liantu/cli/help"
	"liantu/cli/show"
	"liantu/graph/gaps"
	"liantu/graph/newcomers"
	"liantu/message"
	"liantu/schema"
)

// whatIfOptions are the flags of the command.
type whatIfOptions struct {
	asking
	region             string
	land, leave, close []string
	newcomers          []string
}

func newWhatIf(e *env) *cobra.Command {
	var o whatIfOptions
	cmd := &cobra.Command{
		Use:   "what-if --region REGION --land COMPANY,...",
		Short: "Suppose that companies land, leave or close, and see which verdicts change",
		Long: `Suppose that companies from elsewhere land in a region, or that local ones leave or
close, and see which verdicts would change and which local companies would get a
supplier nearby. Nothing is written.`,
		Example: `  liantu what-if --region 杭州 --land 600519,比亚迪
  liantu what-if --region 330100 --newcomer "某某电池;battery.cells"`,
		Args:        help.NoArgs,
		Annotations: mayAsk("whatIf"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			grade, err := o.minGrade()
			faults := []error{err, wantRegion(o.region)}
			if len(o.land)+len(o.leave)+len(o.close)+len(o.newcomers) == 0 {
				faults = append(faults, message.Errorf("--land: is missing; name companies to --land, --leave or --close"))
			}
			q := gaps.WhatIfQuestion{Region: o.region, Peers: o.peers, MinGrade: grade, Land: o.land, Leave: o.leave, Close: o.close}
			q.Newcomers, err = newcomers.ParseAll(o.newcomers)
			faults = append(faults, err)
			return e.ask(cmd, &o.asking, faults, func(ctx context.Context, a *asker) (show.Answer, error) {
				w, err := gaps.WhatIf(ctx, a.picture, a.tuned, q)
				if err != nil {
					return show.Answer{}, err
				}
				return a.rows(a.whatIfHeading(w), show.WhatIf(a.language, a.picture, w), w), nil
			})
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&o.region, "region", "", "region asked about: code or name (required)")
	flags.StringSliceVar(&o.land, "land", nil, "companies from elsewhere that land here")
	flags.StringArrayVar(&o.newcomers, "newcomer", nil, "company that the graph does not hold and that lands here: name;link,link or name;link,link;region")
	flags.StringSliceVar(&o.leave, "leave", nil, "local companies that move away")
	flags.StringSliceVar(&o.close, "close", nil, "local companies that close down")
	o.addPeers(cmd)
	o.addGrade(cmd)
	o.addPopulation(cmd)
	o.addAsOf(cmd)
	o.addLimit(cmd)
	addForm(cmd, "落地推演", "what if")
	return cmd
}

func (a *asker) whatIfHeading(w *gaps.WhatIfAnswer) []string {
	lines := []string{
		a.place(w.Region),
		a.text(schema.Text{
			Zh: fmt.Sprintf("企业 %d → %d 家，已归入环节 %d → %d 家；结论有变的环节 %d 个", w.Before.Companies, w.After.Companies, w.Before.Attributed, w.After.Attributed, len(w.Shifts)),
			En: fmt.Sprintf("%d → %d companies, %d → %d of them placed at links; the verdict changes at %d links", w.Before.Companies, w.After.Companies, w.Before.Attributed, w.After.Attributed, len(w.Shifts)),
		}),
	}
	lines = append(lines, a.language.Newcomers(a.picture, w.Newcomers)...)
	for _, n := range w.Nearer {
		lines = append(lines, a.text(schema.Text{
			Zh: fmt.Sprintf("%s 可就近采购：供应商 %s 将在本地", a.name(n.Buyer), a.name(n.Supplier)),
			En: fmt.Sprintf("%s would have its supplier %s nearby", a.name(n.Buyer), a.name(n.Supplier)),
		}))
	}
	return append(lines, a.data(w.MinGrade, w.Synthetic, w.DataDates))
}
