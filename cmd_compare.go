package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/schema"
)

// askedOf are the flags that the questions beyond the gaps share.
type askedOf struct {
	ecosystem, chain, link []string
	peers                  []string
	grade, asOf            string
	limit                  int
}

func (f *askedOf) add(cmd *cobra.Command, scope bool) {
	flags := cmd.Flags()
	if scope {
		flags.StringSliceVar(&f.ecosystem, "ecosystem", nil, "only these ecosystems")
		flags.StringSliceVar(&f.chain, "chain", nil, "only these chains")
		flags.StringSliceVar(&f.link, "link", nil, "only these links and those below them")
	}
	flags.StringVar(&f.grade, "min-grade", "", "weakest grade of evidence that counts: A, B, C or D")
	addAsOfFlag(cmd, &f.asOf)
	flags.IntVar(&f.limit, "limit", -1, fmt.Sprintf("rows at most, 0 for all (default %d in a table, all else)", tableRows))
	addFormatFlag(cmd)
}

// scope turns ecosystems, chains and links into ids.
func (f *askedOf) scope(p *projection.Projection) ([]string, error) {
	return (&gapFlags{ecosystem: f.ecosystem, chain: f.chain, link: f.link}).scope(p)
}

// ask builds the picture and asks a question of it, after the faults of the
// flags are named.
func (a *app) ask(cmd *cobra.Command, asOf string, faults []error, do func(p *projection.Projection) error) error {
	if err := errors.Join(append(faults, checkAsOf(asOf))...); err != nil {
		return err
	}
	return a.withPicture(cmd.Context(), func(p *projection.Projection) error {
		return explain(p, do(p))
	}, projection.AsOf(asOf))
}

// look is ask for questions about the data themselves.
func (a *app) look(cmd *cobra.Command, asOf string, faults []error, do func(p *projection.Projection) error) error {
	if err := errors.Join(append(faults, checkAsOf(asOf))...); err != nil {
		return err
	}
	return a.withData(cmd.Context(), func(p *projection.Projection) error {
		return explain(p, do(p))
	}, projection.AsOf(asOf))
}

// tell writes an answer in the form asked for: a heading and the table for
// people, the table as CSV, or the record as JSON. The table holds all rows; of
// more than are shown the rest is counted.
func (a *app) tell(cmd *cobra.Command, p *projection.Projection, heading []string, t *table, record any, limit int) error {
	format, err := cmd.Flags().GetString("format")
	if err != nil {
		return err
	}
	total := len(t.rows)
	t.rows = t.rows[:limited(limit, total, format)]
	t.heading = heading
	if format != "table" {
		return a.print(cmd, t, record)
	}
	a.printHead(heading)
	a.printPast(p)
	fmt.Fprintln(a.stdout)
	if err := a.print(cmd, t, nil); err != nil {
		return err
	}
	if rest := total - len(t.rows); rest > 0 {
		fmt.Fprintln(a.stdout, a.text(schema.Text{
			Zh: fmt.Sprintf("另有 %d 行未列出，--limit 0 列出全部", rest), En: fmt.Sprintf("%d more rows; --limit 0 shows all", rest),
		}))
	}
	return nil
}

// printHead writes the lines above a table, the first of them bold.
func (a *app) printHead(heading []string) {
	for i, line := range heading {
		if i == 0 {
			line = a.paint(ansiBold, line)
		}
		fmt.Fprintln(a.stdout, line)
	}
}

// dataLine says of which day and version an answer is, and whether invented
// data took part.
func (a *app) dataLine(p *projection.Projection, grade string, synthetic bool) string {
	line := a.text(schema.Text{
		Zh: fmt.Sprintf("证据等级 %s 及以上；数据截至 %s，版本 %d", grade, p.DataDate(), p.Version()),
		En: fmt.Sprintf("evidence of grade %s or better; data to %s, version %d", grade, p.DataDate(), p.Version()),
	})
	if synthetic {
		line += a.text(schema.Text{Zh: "；含虚构的演示数据", En: "; invented demonstration data took part"})
	}
	return line
}

func newCompare(a *app) *cobra.Command {
	var f askedOf
	var regions, reference []string
	var peers int
	cmd := &cobra.Command{
		Use:   "compare --regions REGION,... --chain CHAIN",
		Short: "Compare how regions stand at the links of a chain",
		Long: `Compare how regions stand at the links of a chain, an ecosystem or a link. The first
region is the one that asks: each link is placed for it between what is here and
what fits, as a strength, an opportunity, a threat or a weakness.`,
		Example: `  liantu compare --regions 杭州,苏州,深圳 --chain bio-medicine
  liantu compare --regions 330100 --peers 5 --ecosystem energy --format csv`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			grade, err := gradeOf(f.grade)
			faults := []error{err}
			if len(regions) == 0 {
				faults = append(faults, errors.New("--regions: is missing; give codes or names, such as 杭州,苏州"))
			}
			if len(f.ecosystem)+len(f.chain)+len(f.link) == 0 {
				faults = append(faults, errors.New("--chain: is missing; give a chain, an --ecosystem or a --link to compare"))
			}
			return a.ask(cmd, f.asOf, faults, func(p *projection.Projection) error {
				scope, err := f.scope(p)
				if err != nil {
					return err
				}
				c, err := gaps.Compare(cmd.Context(), p, a.cfg.Gaps, gaps.CompareQuestion{Scope: scope, Regions: regions, Peers: peers, Reference: reference, MinGrade: grade})
				if err != nil {
					return err
				}
				return a.tell(cmd, p, a.compareHeading(p, c), a.compareTable(p, c), recorder{p}.record(c), f.limit)
			})
		},
	}
	cmd.Flags().StringSliceVar(&regions, "regions", nil, "regions to compare, the one that asks first (required)")
	cmd.Flags().IntVar(&peers, "peers", 0, "add so many regions that are like the first one in size")
	cmd.Flags().StringSliceVar(&reference, "reference", nil, "regions that make the reference (default the whole country)")
	f.add(cmd, true)
	return cmd
}

func (a *app) compareHeading(p *projection.Projection, c *gaps.Comparison) []string {
	lines := []string{a.text(schema.Text{Zh: "地区对比", En: "Regions side by side"})}
	for i, region := range c.Regions {
		cover := c.Coverage[i]
		lines = append(lines, a.text(schema.Text{
			Zh: fmt.Sprintf("%s %s：企业 %d 家，已归入环节 %d 家", p.Code(region), a.name(p, region), cover.Companies, cover.Attributed),
			En: fmt.Sprintf("%s %s: %d companies, %d of them placed at links", p.Code(region), a.name(p, region), cover.Companies, cover.Attributed),
		}))
	}
	return append(lines, a.dataLine(p, string(c.MinGrade), c.Synthetic))
}

// compareTable has one row a link and, for each region, its state, its location
// quotient with bounds, and its companies.
func (a *app) compareTable(p *projection.Projection, c *gaps.Comparison) *table {
	t := &table{columns: []column{
		{name: "link_code", head: schema.Text{Zh: "编号", En: "CODE"}, flex: true},
		{name: "link", head: schema.Text{Zh: "环节", En: "LINK"}, flex: true},
		{name: "quadrant", head: schema.Text{Zh: "象限", En: "QUADRANT"}},
	}}
	for _, region := range c.Regions {
		code, name := p.Code(region), a.name(p, region)
		t.columns = append(t.columns,
			column{name: "state_" + code, head: schema.Text{Zh: name, En: name}},
			column{name: "companies_" + code, head: schema.Text{Zh: "企业", En: "HERE"}, right: true},
			column{name: "lq_" + code, head: schema.Text{Zh: "区位商", En: "LQ"}, right: true})
	}
	for i, link := range c.Links {
		quadrant := c.Quadrants[i].Quadrant
		row := []cell{word(p.Code(link)), {p.Caption(link), a.name(p, link)}, {string(quadrant), a.text(quadrant.Label())}}
		for k := range c.Regions {
			v := c.Cells[i][k]
			row = append(row, cell{string(v.State), a.text(v.State.Label())}, count(v.Numbers.Companies), a.quotient(v))
		}
		t.rows = append(t.rows, row)
	}
	return t
}

// quotient is the shrunken location quotient of a verdict with its bounds.
func (a *app) quotient(v *gaps.Verdict) cell {
	mean, known := v.Numbers.Mean.Get()
	if !known {
		return cell{"", "–"}
	}
	c := number(mean, 2)
	c.text = fmt.Sprintf("%.2f (%.2f–%.2f)", mean, v.Numbers.Low.Or(mean), v.Numbers.High.Or(mean))
	return c
}
