package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"liantu/loaders"
	"liantu/schema"
)

func newReview(a *app) *cobra.Command {
	var take, by string
	var options loaders.Options
	var limit int
	var anew bool
	cmd := &cobra.Command{
		Use:   "review",
		Short: "List the companies that may be one, and take judgements back",
		Long: `List pairs of companies whose names do not settle whether they are one. Fill in the
column verdict with same, different or unsure (同一家, 不同, 不确定) and give the list
back with --take; rows without a verdict stay open. What is judged the same becomes
one company at once; different wins, whoever says same.`,
		Example: `  liantu review
  liantu review --format csv > review.csv
  liantu review --out 复核.xlsx
  liantu review --take 复核.xlsx --by 李工`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if take == "" {
				return a.review(cmd, limit, anew)
			}
			options.Paths, options.Model = []string{take}, schema.Default()
			if strings.EqualFold(filepath.Ext(take), ".xlsx") {
				options.Sheet = "1" // how to read it stands behind it
			}
			return a.takeReview(cmd, options, by)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&take, "take", "", "a filled-in list to take back")
	flags.StringVar(&by, "by", "", "who judged; needed with --take")
	flags.StringVar(&options.Source, "source", "", `name of the source of the judgements (default "review")`)
	flags.StringVar(&options.AsOf, "as-of", "", "day of the judgements (default today)")
	flags.StringVar(&options.Encoding, "encoding", "", "of the list to take back: utf-8 or gb18030 (default: found out)")
	flags.BoolVar(&options.DryRun, "dry-run", false, "with --take: report what would happen and write nothing")
	flags.IntVar(&limit, "limit", 100, "number of pairs at most, 0 for all")
	flags.BoolVar(&anew, "anew", false, "first take back what names joined and join it anew, whatever the order of loads was")
	addFormatFlag(cmd)
	return cmd
}

// review prints the pairs to look at.
func (a *app) review(cmd *cobra.Command, limit int, anew bool) (err error) {
	ctx := cmd.Context()
	store, err := a.openStore(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	if anew {
		if _, err := loaders.JoinAnew(ctx, store, schema.Default()); err != nil {
			return err
		}
	}
	items, err := loaders.Review(ctx, store, schema.Default())
	if err != nil {
		return err
	}
	total := len(items)
	if limit > 0 && total > limit {
		items = items[:limit]
	}
	if err := a.print(cmd, a.reviewTable(items), items); err != nil {
		return err
	}
	if format, err := cmd.Flags().GetString("format"); err == nil && format == "table" {
		fmt.Fprintln(a.stdout, a.text(schema.Text{
			Zh: fmt.Sprintf("待复核 %d 对，列出 %d 对", total, len(items)),
			En: fmt.Sprintf("%d pairs to review, %d listed", total, len(items)),
		}))
	}
	return nil
}

func (a *app) reviewTable(items []loaders.ReviewItem) *table {
	t := &table{columns: []column{
		{name: "left", head: schema.Text{Zh: "名称甲", En: "LEFT"}, flex: true},
		{name: "right", head: schema.Text{Zh: "名称乙", En: "RIGHT"}, flex: true},
		{name: "verdict", head: schema.Text{Zh: "判定", En: "VERDICT"}, choices: a.judgements()},
		{name: "kind", head: schema.Text{Zh: "情形", En: "CASE"}},
		{name: "relation", head: schema.Text{Zh: "可能的关系", En: "RELATION"}},
		{name: "points", head: schema.Text{Zh: "分值", En: "POINTS"}, right: true},
		{name: "left_name", head: schema.Text{Zh: "甲的名称", En: "LEFT NAME"}, flex: true},
		{name: "right_name", head: schema.Text{Zh: "乙的名称", En: "RIGHT NAME"}, flex: true},
		{name: "reasons", head: schema.Text{Zh: "理由", En: "REASONS"}, flex: true},
		{name: "note", head: schema.Text{Zh: "备注", En: "NOTE"}},
	}}
	for _, i := range items {
		var reasons []string
		for _, r := range i.Reasons {
			reasons = append(reasons, fmt.Sprintf("%s %+.1f", a.text(r.Text), r.Points))
		}
		points := word(strconv.FormatFloat(i.Points, 'f', 1, 64))
		t.add(word(i.Left.Ref), word(i.Right.Ref), word(""), word(a.text(i.Kind.Label())), word(a.text(i.Relation.Label())),
			points, word(i.Left.Name), word(i.Right.Name), word(strings.Join(reasons, "; ")), word(""))
	}
	return t
}

// judgements are the words that may be filled in.
func (a *app) judgements() []string {
	if a.lang == "zh" {
		return []string{"同一家", "不同", "不确定"}
	}
	return []string{"same", "different", "unsure"}
}

// takeReview loads judgements and prints what came of them.
func (a *app) takeReview(cmd *cobra.Command, options loaders.Options, by string) (err error) {
	if by == "" {
		return hint(errors.New("--take needs --by"), schema.Text{Zh: "用 --by 写明判定人", En: "say by --by who judged"})
	}
	ctx := cmd.Context()
	store, err := a.loadStore(ctx, options.DryRun)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	options.Store = store
	report, err := loaders.TakeReview(ctx, options, by)
	if report != nil {
		err = errors.Join(err, a.printReport(cmd, report))
	}
	if err == nil && !report.Complete() {
		return errPartial
	}
	return err
}
