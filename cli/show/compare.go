package show

import (
	"fmt"

	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/schema"
)

// Comparison is the heading and the table of a comparison: one row a link and, for each
// region, its state, its location quotient with bounds, and its companies.
func Comparison(l Language, p *projection.Projection, c *gaps.Comparison) (heading []string, t *Table) {
	heading = []string{l.Text(schema.Text{Zh: "地区对比", En: "Regions side by side"})}
	for i, region := range c.Regions {
		cover := c.Coverage[i]
		heading = append(heading, l.Text(schema.Text{
			Zh: fmt.Sprintf("%s %s：企业 %d 家，已归入环节 %d 家", p.Code(region), l.Name(p, region), cover.Companies, cover.Attributed),
			En: fmt.Sprintf("%s %s: %d companies, %d of them placed at links", p.Code(region), l.Name(p, region), cover.Companies, cover.Attributed),
		}))
	}
	heading = append(heading, l.Understood(p, c.About)...)
	heading = append(heading, l.represented(c.Represented, len(c.Links)+c.Represented, schema.Text{})...)
	heading = append(heading, l.Data(p, string(c.MinGrade), c.Synthetic, c.DataDates))
	heading = append(heading, l.Notes(p)...)
	t = &Table{Columns: []Column{
		{Name: "link_code", Head: schema.Text{Zh: "编号", En: "CODE"}, Flex: true},
		{Name: "link", Head: schema.Text{Zh: "环节", En: "LINK"}, Flex: true},
		{Name: "quadrant", Head: schema.Text{Zh: "象限", En: "QUADRANT"}},
	}}
	for _, region := range c.Regions {
		code, name := p.Code(region), l.Name(p, region)
		t.Columns = append(t.Columns,
			Column{Name: "state_" + code, Head: schema.Text{Zh: name, En: name}},
			Column{Name: "companies_" + code, Head: schema.Text{Zh: "企业", En: "HERE"}, Right: true},
			Column{Name: "lq_" + code, Head: schema.Text{Zh: "区位商", En: "LQ"}, Right: true})
	}
	for i, link := range c.Links {
		quadrant := c.Quadrants[i].Quadrant
		row := []Cell{Word(p.Code(link)), l.Named(p, link), l.Label(string(quadrant), quadrant.Label())}
		for k := range c.Regions {
			v := c.Cells[i][k]
			row = append(row, l.Label(string(v.State), v.State.Label()), Count(v.Numbers.Companies), quotient(v))
		}
		t.Rows = append(t.Rows, row)
	}
	return heading, t
}

// quotient is the shrunk location quotient of a verdict with its bounds.
func quotient(v *gaps.Verdict) Cell {
	mean, known := v.Numbers.Mean.Get()
	if !known {
		return Unknown()
	}
	c := Number(mean, 2)
	c.Text = fmt.Sprintf("%.2f (%.2f–%.2f)", mean, v.Numbers.Low.Or(mean), v.Numbers.High.Or(mean))
	return c
}
