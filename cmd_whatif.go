package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/schema"
)

func newWhatIf(a *app) *cobra.Command {
	var f askedOf
	var region string
	var land, leave, gone []string
	cmd := &cobra.Command{
		Use:   "what-if --region REGION --land COMPANY,...",
		Short: "Suppose that companies land, leave or close, and see which verdicts change",
		Long: `Suppose that companies from elsewhere land in a region, or that local ones leave or
close, and see which verdicts would change and which local companies would get a
supplier nearby. Nothing is written.`,
		Example: `  liantu what-if --region 杭州 --land 600519,比亚迪
  liantu what-if --region 330100 --close 300558.SZ`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			grade, err := gradeOf(f.grade)
			faults := []error{err}
			if region == "" {
				faults = append(faults, errors.New("--region: is missing; give a code or a name, such as 330100 or 杭州"))
			}
			if len(land)+len(leave)+len(gone) == 0 {
				faults = append(faults, errors.New("--land: is missing; name companies to --land, --leave or --close"))
			}
			return a.ask(cmd, f.asOf, faults, func(p *projection.Projection) error {
				w, err := gaps.WhatIf(cmd.Context(), p, a.cfg.Gaps, gaps.WhatIfQuestion{Region: region, Peers: f.peers, MinGrade: grade, Land: land, Leave: leave, Close: gone})
				if err != nil {
					return err
				}
				return a.tell(cmd, p, a.whatIfHeading(p, w), a.whatIfTable(p, w), recorder{p}.record(w), f.limit)
			})
		},
	}
	cmd.Flags().StringVar(&region, "region", "", "region asked about: code or name (required)")
	cmd.Flags().StringSliceVar(&land, "land", nil, "companies from elsewhere that come")
	cmd.Flags().StringSliceVar(&leave, "leave", nil, "local companies that move away")
	cmd.Flags().StringSliceVar(&gone, "close", nil, "local companies that are no more")
	cmd.Flags().StringSliceVar(&f.peers, "peers", nil, "regions to compare with (default the whole country)")
	f.add(cmd, false)
	return cmd
}

func (a *app) whatIfHeading(p *projection.Projection, w *gaps.WhatIfAnswer) []string {
	lines := []string{
		fmt.Sprintf("%s %s", p.Code(w.Region), a.name(p, w.Region)),
		a.text(schema.Text{
			Zh: fmt.Sprintf("企业 %d → %d 家，已归入环节 %d → %d 家；结论有变的环节 %d 个", w.Before.Companies, w.After.Companies, w.Before.Attributed, w.After.Attributed, len(w.Shifts)),
			En: fmt.Sprintf("%d → %d companies, %d → %d of them placed at links; the verdict changes at %d links", w.Before.Companies, w.After.Companies, w.Before.Attributed, w.After.Attributed, len(w.Shifts)),
		}),
	}
	for _, n := range w.Nearer {
		lines = append(lines, a.text(schema.Text{
			Zh: fmt.Sprintf("%s 可就近采购：供应商 %s 将在本地", a.name(p, n.Buyer), a.name(p, n.Supplier)),
			En: fmt.Sprintf("%s would have its supplier %s nearby", a.name(p, n.Buyer), a.name(p, n.Supplier)),
		}))
	}
	return append(lines, a.dataLine(p, string(w.MinGrade), w.Synthetic))
}

func (a *app) whatIfTable(p *projection.Projection, w *gaps.WhatIfAnswer) *table {
	t := &table{columns: []column{
		{name: "link_code", head: schema.Text{Zh: "编号", En: "CODE"}, flex: true},
		{name: "link", head: schema.Text{Zh: "环节", En: "LINK"}, flex: true},
		{name: "state_before", head: schema.Text{Zh: "现状", En: "NOW"}},
		{name: "state_after", head: schema.Text{Zh: "之后", En: "THEN"}},
		{name: "companies_before", head: schema.Text{Zh: "企业", En: "HERE"}, right: true},
		{name: "companies_after", head: schema.Text{Zh: "之后", En: "THEN"}, right: true},
		{name: "action_before", head: schema.Text{Zh: "动作", En: "ACTION"}},
		{name: "action_after", head: schema.Text{Zh: "之后", En: "THEN"}},
		{name: "priority_before", head: schema.Text{Zh: "优先级", En: "PRIORITY"}, right: true},
		{name: "priority_after", head: schema.Text{Zh: "之后", En: "THEN"}, right: true},
	}}
	for _, s := range w.Shifts {
		x, y := s.Before, s.After
		t.add(word(p.Code(s.Link)), cell{p.Caption(s.Link), a.name(p, s.Link)},
			cell{string(x.State), a.text(x.State.Label())}, cell{string(y.State), a.text(y.State.Label())},
			count(x.Numbers.Companies), count(y.Numbers.Companies),
			cell{string(x.Action), a.text(x.Action.Label())}, cell{string(y.Action), a.text(y.Action.Label())},
			number(x.Priority, 3), number(y.Priority, 3))
	}
	return t
}
