package cli

import (
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"liantu/cli/help"
	"liantu/cli/service"
	"liantu/cli/show"
	"liantu/loaders"
	"liantu/loaders/names"
	"liantu/message"
	"liantu/schema"
)

// reviewOptions are the flags of the command.
type reviewOptions struct {
	loaders.Options
	take, by string
	limit    int
	anew     bool
}

func newReview(e *env) *cobra.Command {
	var o reviewOptions
	cmd := &cobra.Command{
		Use:   "review",
		Short: "List companies that may be the same or were merged by name, and load judgements",
		Long: `List pairs of companies whose names do not settle whether they are one, then those that
were merged because of their names, the weakest first, with the reasons. Fill in the
column verdict with same, different or unsure (同一家, 不同, 不确定) and return the list
with --take; rows without a verdict stay open. Companies judged the same become one at
once, and those judged different are separated; different overrides same.`,
		Example: `  liantu review
  liantu review --format csv > review.csv
  liantu review --out 复核.xlsx
  liantu review --take 复核.xlsx --by 李工`,
		Args:        help.NoArgs,
		Annotations: mayDo(schema.MaySteward),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if o.take == "" {
				return e.review(cmd, o.limit, o.anew)
			}
			o.Paths, o.Model = []string{o.take}, schema.Default()
			if strings.EqualFold(filepath.Ext(o.take), ".xlsx") {
				o.Sheet = "1" // the second sheet explains it
			}
			return e.takeReview(cmd, o.Options, o.by)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&o.take, "take", "", "a filled-in list to load")
	flags.StringVar(&o.by, "by", "", "who judged (required with --take)")
	flags.StringVar(&o.Source, "source", "", `name of the source of the judgements (default "review")`)
	flags.StringVar(&o.AsOf, "as-of", "", "day of the judgements (default today)")
	flags.StringVar(&o.Encoding, "encoding", "", "of the list to load: utf-8 or gb18030 (default: detected)")
	flags.BoolVar(&o.DryRun, "dry-run", false, "with --take: report what would happen and write nothing")
	flags.IntVar(&o.limit, "limit", 100, "number of pairs at most, 0 for all")
	flags.BoolVar(&o.anew, "anew", false, "first undo all joins by name and join again, independent of the order of loads")
	addForm(cmd, "同名复核清单", "review")
	return cmd
}

// review prints the pairs to judge.
func (e *env) review(cmd *cobra.Command, limit int, anew bool) (err error) {
	ctx := cmd.Context()
	store, err := service.OpenStore(ctx, &e.settings)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	if anew {
		if _, err := names.JoinAnew(ctx, store, schema.Default()); err != nil {
			return err
		}
	}
	items, err := names.Review(ctx, store, schema.Default())
	if err != nil {
		return err
	}
	total, merged := len(items), 0
	for i := range items {
		if items[i].Kind == names.ReviewMerged {
			merged++
		}
	}
	if limit > 0 && total > limit {
		items = items[:limit]
	}
	return e.print(cmd, show.Answer{Table: e.reviewTable(items), Record: func() any { return append([]names.ReviewItem{}, items...) }, Below: []string{e.text(schema.Text{
		Zh: fmt.Sprintf("待复核 %d 对，已按名称合并 %d 对，列出 %d 对", total-merged, merged, len(items)),
		En: fmt.Sprintf("%d pairs to review, %d merged by name, %d listed", total-merged, merged, len(items)),
	})}})
}

func (e *env) reviewTable(items []names.ReviewItem) *show.Table {
	t := &show.Table{Columns: []show.Column{
		{Name: "left", Head: schema.Text{Zh: "名称甲", En: "LEFT"}, Flex: true},
		{Name: "right", Head: schema.Text{Zh: "名称乙", En: "RIGHT"}, Flex: true},
		{Name: "verdict", Head: schema.Text{Zh: "判定", En: "VERDICT"}, Choices: e.judgements()},
		{Name: "kind", Head: schema.Text{Zh: "情形", En: "CASE"}},
		{Name: "relation", Head: schema.Text{Zh: "可能的关系", En: "RELATION"}},
		{Name: "points", Head: schema.Text{Zh: "分值", En: "POINTS"}, Right: true},
		{Name: "left_name", Head: schema.Text{Zh: "甲的名称", En: "LEFT NAME"}, Flex: true},
		{Name: "right_name", Head: schema.Text{Zh: "乙的名称", En: "RIGHT NAME"}, Flex: true},
		{Name: "reasons", Head: schema.Text{Zh: "理由", En: "REASONS"}, Flex: true},
		{Name: "note", Head: schema.Text{Zh: "备注", En: "NOTE"}},
	}}
	for _, i := range items {
		var reasons []string
		for _, r := range i.Reasons {
			if text := e.text(r.Text); r.Part == names.PartRelation {
				reasons = append(reasons, text)
			} else {
				reasons = append(reasons, fmt.Sprintf("%s %+.1f", text, r.Points))
			}
		}
		points := show.Word(strconv.FormatFloat(i.Points, 'f', 1, 64))
		t.Add(show.Word(i.Left.Ref), show.Word(i.Right.Ref), show.Word(""), show.Word(e.text(i.Kind.Label())), show.Word(e.text(i.Relation.Label())),
			points, show.Word(i.Left.Name), show.Word(i.Right.Name), show.Word(strings.Join(reasons, "; ")), show.Word(""))
	}
	return t
}

// judgements are the words that may be filled in.
func (e *env) judgements() []string {
	if e.language == show.Chinese {
		return []string{"同一家", "不同", "不确定"}
	}
	return []string{"same", "different", "unsure"}
}

// takeReview loads judgements and prints what came of them.
func (e *env) takeReview(cmd *cobra.Command, options loaders.Options, by string) (err error) {
	if by == "" {
		return hint(message.Errorf("--take needs --by"), schema.Text{Zh: "用 --by 写明判定人", En: "name the judge with --by"})
	}
	ctx := cmd.Context()
	store, err := service.LoadStore(ctx, &e.settings, options.DryRun)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	options.Store = store
	report, err := loaders.TakeReview(ctx, options, by)
	if report != nil {
		err = errors.Join(err, e.print(cmd, show.Load(e.language, report)))
	}
	if err == nil && !report.Complete() {
		return errPartial
	}
	return err
}
