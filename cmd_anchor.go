package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/schema"
)

func newAnchor(a *app) *cobra.Command {
	var f askedOf
	var company, region string
	cmd := &cobra.Command{
		Use:   "anchor --company COMPANY",
		Short: "Find the links behind an anchor, which are missing here, and who supplies it elsewhere",
		Long: `Find the links that stand behind an anchor (链主): those of its known suppliers, and
those that feed a link at which it is; say which of them the region lacks, and
who supplies the anchor from elsewhere (延链).`,
		Example: `  liantu anchor --company 比亚迪 --region 杭州
  liantu anchor --company 002594.SZ`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			grade, err := gradeOf(f.grade)
			faults := []error{err}
			if company == "" {
				faults = append(faults, errors.New("--company: is missing; give a stock code, a USCC or a name"))
			}
			return a.ask(cmd, f.asOf, faults, func(p *projection.Projection) error {
				n, err := gaps.Anchor(cmd.Context(), p, a.cfg.Gaps, gaps.AnchorQuestion{Company: company, Region: region, Peers: f.peers, MinGrade: grade})
				if err != nil {
					return err
				}
				return a.tell(cmd, p, a.anchorHeading(p, n), a.anchorTable(p, n), recorder{p}.record(n), f.limit)
			})
		},
	}
	cmd.Flags().StringVar(&company, "company", "", "the anchor: stock code, USCC or name (required)")
	cmd.Flags().StringVar(&region, "region", "", "region asked about (default that of the company)")
	cmd.Flags().StringSliceVar(&f.peers, "peers", nil, "regions to compare with (default the whole country)")
	f.add(cmd, false)
	return cmd
}

func (a *app) anchorHeading(p *projection.Projection, n *gaps.AnchorAnswer) []string {
	known := schema.Text{Zh: fmt.Sprintf("已知供应商 %d 家", n.Suppliers), En: fmt.Sprintf("%d suppliers are known", n.Suppliers)}
	if n.Suppliers == 0 {
		known = schema.Text{Zh: "未掌握其供应商（不等于没有），以下按环节间的供给关系推出", En: "none of its suppliers is known, which does not mean that it has none; the links below follow from what feeds what"}
	}
	return []string{
		fmt.Sprintf("%s → %s %s", a.name(p, n.Company), p.Code(n.Region), a.name(p, n.Region)),
		a.text(known), a.dataLine(p, string(n.MinGrade), n.Synthetic),
	}
}

func (a *app) anchorTable(p *projection.Projection, n *gaps.AnchorAnswer) *table {
	t := &table{columns: []column{
		{name: "link_code", head: schema.Text{Zh: "编号", En: "CODE"}, flex: true},
		{name: "link", head: schema.Text{Zh: "环节", En: "LINK"}, flex: true},
		{name: "basis", head: schema.Text{Zh: "依据", En: "BY"}},
		{name: "state", head: schema.Text{Zh: "状态", En: "STATE"}},
		{name: "action", head: schema.Text{Zh: "动作", En: "ACTION"}},
		{name: "suppliers_here", head: schema.Text{Zh: "本地供应商", En: "SUPPLIERS HERE"}, flex: true},
		{name: "suppliers_elsewhere", head: schema.Text{Zh: "外地供应商", En: "SUPPLIERS ELSEWHERE"}, flex: true},
	}}
	basis := map[gaps.Basis]schema.Text{gaps.BySupplies: {Zh: "供应商", En: "suppliers"}, gaps.ByFeeds: {Zh: "供给关系", En: "feeds"}}
	names := func(list []projection.Vertex) cell {
		var texts []string
		for _, v := range list {
			texts = append(texts, p.Caption(v))
		}
		return word(strings.Join(texts, "; "))
	}
	for _, l := range n.Links {
		v := l.Verdict
		t.add(word(p.Code(v.Link)), cell{p.Caption(v.Link), a.name(p, v.Link)}, cell{string(l.Basis), a.text(basis[l.Basis])},
			cell{string(v.State), a.text(v.State.Label())}, cell{string(v.Action), a.text(v.Action.Label())}, names(l.Here), names(l.Elsewhere))
	}
	return t
}
