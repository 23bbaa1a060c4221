package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"liantu/cli/help"
	"liantu/cli/show"
	"liantu/graph/ties"
	"liantu/message"
	"liantu/schema"
)

// anchorOptions are the flags of the command.
type anchorOptions struct {
	asking
	company, region string
}

func newAnchor(e *env) *cobra.Command {
	var o anchorOptions
	cmd := &cobra.Command{
		Use:   "anchor --company COMPANY",
		Short: "Find the links behind an anchor, which are missing here, and who supplies it elsewhere",
		Long: `Find the links behind an anchor (链主): those of its known suppliers, and
those that feed a link of the anchor; show which of them the region lacks, and
who supplies the anchor from elsewhere (延链).`,
		Example: `  liantu anchor --company 比亚迪 --region 杭州
  liantu anchor --company 002594.SZ`,
		Args:        help.NoArgs,
		Annotations: mayAsk("anchor"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			grade, err := o.minGrade()
			faults := []error{err}
			if o.company == "" {
				faults = append(faults, message.Errorf("--company: is missing; give a stock code, a USCC or a name"))
			}
			q := ties.AnchorQuestion{Company: o.company, Region: o.region, Peers: o.peers, MinGrade: grade}
			return e.ask(cmd, &o.asking, faults, func(ctx context.Context, a *asker) (show.Answer, error) {
				n, err := ties.Anchor(ctx, a.picture, a.tuned, q)
				if err != nil {
					return show.Answer{}, err
				}
				return a.rows(a.anchorHeading(n), show.Anchor(a.language, a.picture, n), n), nil
			})
		},
	}
	cmd.Flags().StringVar(&o.company, "company", "", "the anchor: stock code, USCC or name (required)")
	cmd.Flags().StringVar(&o.region, "region", "", "region asked about (default that of the company)")
	o.addPeers(cmd)
	o.addGrade(cmd)
	o.addPopulation(cmd)
	o.addAsOf(cmd)
	o.addLimit(cmd)
	addForm(cmd, "链主延链清单", "anchor")
	return cmd
}

func (a *asker) anchorHeading(n *ties.AnchorAnswer) []string {
	known := schema.Text{Zh: fmt.Sprintf("已知供应商 %d 家", n.Suppliers), En: fmt.Sprintf("%d suppliers are known", n.Suppliers)}
	if n.Suppliers == 0 {
		known = schema.Text{Zh: "未掌握其供应商（不等于没有），以下按环节间的供给关系推出", En: "none of its suppliers is known, which does not mean that it has none; the links below follow from what feeds what"}
	}
	return []string{
		fmt.Sprintf("%s → %s", a.name(n.Company), a.place(n.Region)),
		a.text(known), a.data(n.MinGrade, n.Synthetic, n.DataDates),
	}
}
