package cli

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"liantu/access"

	"github.com/spf13/cobra"

	"liantu/cli/help"
	"liantu/cli/service"
	"liantu/cli/show"
	"liantu/loaders"
	"liantu/loaders/names"
	"liantu/loaders/reviews"
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
		if err := e.change("review --anew", func(*access.Entry) error {
			_, err := names.JoinAnew(ctx, store, schema.Default())
			return err
		}); err != nil {
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
	return e.print(cmd, show.Answer{Table: show.NamePairs(e.language, items), Record: func() any { return append([]names.ReviewItem{}, items...) }, Below: []string{e.text(schema.Text{
		Zh: fmt.Sprintf("待复核 %d 对，已按名称合并 %d 对，列出 %d 对", total-merged, merged, len(items)),
		En: fmt.Sprintf("%d pairs to review, %d merged by name, %d listed", total-merged, merged, len(items)),
	})}})
}

// takeReview loads judgements and prints what came of them.
func (e *env) takeReview(cmd *cobra.Command, options loaders.Options, by string) error {
	if by == "" {
		return hint(message.Errorf("--take needs --by"), schema.Text{Zh: "用 --by 写明判定人", En: "name the judge with --by"})
	}
	_, err := e.takeList(cmd, options, by, reviews.Names)
	return err
}
