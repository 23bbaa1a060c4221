package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"liantu/cli/help"
	"liantu/cli/show"
	"liantu/graph/gaps"
	"liantu/message"
	"liantu/schema"
)

// compareOptions are the flags of the command.
type compareOptions struct {
	asking
	regions, reference []string
	like               int // regions of similar size to add
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
			faults := []error{err}
			if len(o.regions) == 0 {
				faults = append(faults, message.Errorf("--regions: is missing; give codes or names, such as 杭州,苏州"))
			}
			if len(o.ecosystem)+len(o.chain)+len(o.link)+len(o.about) == 0 {
				faults = append(faults, message.Errorf("--about: is missing; say what to compare, or give an --ecosystem, a --chain or a --link"))
			}
			q := gaps.CompareQuestion{Regions: o.regions, About: o.about, Peers: o.like, Reference: o.reference, MinGrade: grade}
			return e.ask(cmd, &o.asking, faults, func(ctx context.Context, a *asker) (show.Answer, error) {
				var err error
				if q.Scope, err = o.scope(a.picture); err != nil {
					return show.Answer{}, err
				}
				c, err := gaps.Compare(ctx, a.picture, e.settings.Gaps, q)
				if err != nil {
					return show.Answer{}, err
				}
				return a.rows(a.compareHeading(c), a.compareTable(c), c), nil
			})
		},
	}
	flags := cmd.Flags()
	flags.StringSliceVar(&o.regions, "regions", nil, "regions to compare, the one in question first (required)")
	flags.IntVar(&o.like, "peers", 0, "number of regions of similar size to add")
	flags.StringSliceVar(&o.reference, "reference", nil, "regions that form the reference (default the whole country)")
	o.addAbout(cmd)
	o.addScope(cmd)
	o.addGrade(cmd)
	o.addAsOf(cmd)
	o.addLimit(cmd)
	addForm(cmd, "地区对比", "comparison")
	return cmd
}

func (a *asker) compareHeading(c *gaps.Comparison) []string {
	lines := []string{a.text(schema.Text{Zh: "地区对比", En: "Regions side by side"})}
	for i, region := range c.Regions {
		cover := c.Coverage[i]
		lines = append(lines, a.text(schema.Text{
			Zh: fmt.Sprintf("%s %s：企业 %d 家，已归入环节 %d 家", a.picture.Code(region), a.name(region), cover.Companies, cover.Attributed),
			En: fmt.Sprintf("%s %s: %d companies, %d of them placed at links", a.picture.Code(region), a.name(region), cover.Companies, cover.Attributed),
		}))
	}
	lines = append(lines, a.language.Understood(a.picture, c.About)...)
	return append(lines, a.data(c.MinGrade, c.Synthetic))
}

// compareTable has one row a link and, for each region, its state, its location
// quotient with bounds, and its companies.
func (a *asker) compareTable(c *gaps.Comparison) *show.Table {
	t := &show.Table{Columns: []show.Column{
		{Name: "link_code", Head: schema.Text{Zh: "编号", En: "CODE"}, Flex: true},
		{Name: "link", Head: schema.Text{Zh: "环节", En: "LINK"}, Flex: true},
		{Name: "quadrant", Head: schema.Text{Zh: "象限", En: "QUADRANT"}},
	}}
	for _, region := range c.Regions {
		code, name := a.picture.Code(region), a.name(region)
		t.Columns = append(t.Columns,
			show.Column{Name: "state_" + code, Head: schema.Text{Zh: name, En: name}},
			show.Column{Name: "companies_" + code, Head: schema.Text{Zh: "企业", En: "HERE"}, Right: true},
			show.Column{Name: "lq_" + code, Head: schema.Text{Zh: "区位商", En: "LQ"}, Right: true})
	}
	for i, link := range c.Links {
		quadrant := c.Quadrants[i].Quadrant
		row := []show.Cell{show.Word(a.picture.Code(link)), a.named(link), a.label(string(quadrant), quadrant.Label())}
		for k := range c.Regions {
			v := c.Cells[i][k]
			row = append(row, a.label(string(v.State), v.State.Label()), show.Count(v.Numbers.Companies), quotient(v))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// quotient is the shrunk location quotient of a verdict with its bounds.
func quotient(v *gaps.Verdict) show.Cell {
	mean, known := v.Numbers.Mean.Get()
	if !known {
		return show.Unknown()
	}
	c := show.Number(mean, 2)
	c.Text = fmt.Sprintf("%.2f (%.2f–%.2f)", mean, v.Numbers.Low.Or(mean), v.Numbers.High.Or(mean))
	return c
}
