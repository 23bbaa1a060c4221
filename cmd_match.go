package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"liantu/graph"
	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/schema"
)

func newMatch(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "match",
		Short: "Match intermediaries with what a region needs, one by one or all at once",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.newMatchNeed(), a.newMatchNeeds(), a.newMatchPlan(), a.newMatchPartners(), a.newMatchRecord())
	return cmd
}

func (a *app) newMatchNeed() *cobra.Command {
	var q gaps.MatchQuestion
	var limit int
	var asOf string
	cmd := &cobra.Command{
		Use:   "need (--region REGION [--link LINK] | --task-force FORCE)",
		Short: "Ask which intermediaries fit one need, or the needs of a task force",
		Example: `  liantu match need --region 330100 --link 光刻胶
  liantu match need --task-force T01 --limit 20`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.askMatches(cmd, limit, asOf, func(ctx context.Context, p *projection.Projection) (*gaps.MatchAnswer, error) {
				return gaps.Matching(ctx, p, a.cfg.Gaps, q)
			})
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&q.Region, "region", "", "region of the need: code or name")
	flags.StringVar(&q.Link, "link", "", "link that is needed: code or name (default all that the region lacks)")
	flags.StringVar(&q.TaskForce, "task-force", "", "all needs of this task force: code or name")
	cmd.MarkFlagsOneRequired("region", "task-force")
	cmd.MarkFlagsMutuallyExclusive("region", "task-force")
	addLimitFlag(cmd, &limit)
	addAsOfFlag(cmd, &asOf)
	addFormatFlag(cmd)
	return cmd
}

func (a *app) newMatchNeeds() *cobra.Command {
	var q gaps.MatchQuestion
	var limit int
	var asOf string
	cmd := &cobra.Command{
		Use:     "needs --partner INTERMEDIARY",
		Short:   "Ask which needs fit the specialties of an intermediary",
		Example: `  liantu match needs --partner 浙江天册律师事务所 --region 杭州`,
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if q.Intermediary == "" {
				return errors.New("--partner: is missing; give the name of an intermediary")
			}
			return a.askMatches(cmd, limit, asOf, func(ctx context.Context, p *projection.Projection) (*gaps.MatchAnswer, error) {
				return gaps.Needs(ctx, p, a.cfg.Gaps, q)
			})
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&q.Intermediary, "partner", "", "intermediary: name, USCC or id (required)")
	flags.StringVar(&q.Region, "region", "", "only needs of this region (default those of all task forces)")
	flags.StringVar(&q.TaskForce, "task-force", "", "only needs of this task force")
	cmd.MarkFlagsMutuallyExclusive("region", "task-force")
	addLimitFlag(cmd, &limit)
	addAsOfFlag(cmd, &asOf)
	addFormatFlag(cmd)
	return cmd
}

func addLimitFlag(cmd *cobra.Command, limit *int) {
	cmd.Flags().IntVar(limit, "limit", -1, fmt.Sprintf("rows at most, 0 for all (default %d in a table, all else)", tableRows))
}

// askMatches asks and prints in the form that --format asks for.
func (a *app) askMatches(
	cmd *cobra.Command, limit int, asOf string, ask func(context.Context, *projection.Projection) (*gaps.MatchAnswer, error),
) error {
	format, err := cmd.Flags().GetString("format")
	if err := errors.Join(err, checkAsOf(asOf)); err != nil {
		return err
	}
	return a.withPicture(cmd.Context(), func(p *projection.Projection) error {
		answer, err := ask(cmd.Context(), p)
		if err != nil {
			return explain(p, err)
		}
		shown := answer.Matches[:limited(limit, len(answer.Matches), format)]
		if format == "json" {
			short := *answer
			short.Matches = shown
			return a.printJSON(recorder{p}.record(short))
		}
		t := &table{columns: matchColumns()}
		for _, x := range shown {
			t.add(a.matchRow(p, x, a.reasonsOf(x.Reasons))...)
		}
		if inFile(format) {
			t.heading = a.invented(answer.Synthetic)
			return a.print(cmd, t, nil)
		}
		a.warnOfInvented(answer.Synthetic)
		if err := a.draw(t, screenOf(a.stdout)); err != nil {
			return err
		}
		a.tellRest(len(answer.Matches) - len(shown))
		return nil
	}, projection.AsOf(asOf))
}

func matchColumns() []column {
	return []column{
		{name: "score", head: schema.Text{Zh: "得分", En: "SCORE"}, right: true},
		{name: "partner", head: schema.Text{Zh: "中介机构", En: "PARTNER"}, flex: true},
		{name: "grade", head: schema.Text{Zh: "等级", En: "GRADE"}},
		{name: "free", head: schema.Text{Zh: "余力", En: "FREE"}, right: true},
		{name: "region", head: schema.Text{Zh: "地区", En: "REGION"}},
		{name: "link", head: schema.Text{Zh: "环节", En: "LINK"}, code: linkCode, flex: true},
		{name: "why", head: schema.Text{Zh: "理由", En: "WHY"}, flex: true},
	}
}

func (a *app) matchRow(p *projection.Projection, x *gaps.Match, why string) []cell {
	return []cell{
		number(x.Score, 2),
		{p.Caption(x.Partner.Intermediary), a.name(p, x.Partner.Intermediary)},
		word(x.Partner.Grade),
		count(x.Partner.Free()),
		{p.Code(x.Need.Region), a.name(p, x.Need.Region)},
		{p.Code(x.Need.Link), a.name(p, x.Need.Link)},
		word(why),
	}
}

func (a *app) reasonsOf(reasons []gaps.Reason) string {
	texts := make([]string, 0, len(reasons))
	for _, r := range reasons {
		texts = append(texts, a.text(r.Text))
	}
	if a.lang == "zh" {
		return strings.Join(texts, "")
	}
	return strings.Join(texts, " ")
}

func (a *app) tellRest(rest int) {
	if rest > 0 {
		fmt.Fprintln(a.stdout, a.text(schema.Text{
			Zh: fmt.Sprintf("另有 %d 条未列出，--limit 0 列出全部", rest), En: fmt.Sprintf("%d more; --limit 0 shows all", rest),
		}))
	}
}

func (a *app) newMatchPlan() *cobra.Command {
	var q gaps.PlanQuestion
	var least float64
	var asOf string
	cmd := &cobra.Command{
		Use:   "plan (--task-force FORCE | --region REGION)",
		Short: "Assign intermediaries to all needs at once, at the best total, nobody above capacity",
		Example: `  liantu match plan --task-force T01 --per-need 1
  liantu match plan --region 330100 --min-score 0.5 --format csv > plan.csv`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			q.MinScore = gaps.Known(a.cfg.Gaps.Matching.MinScore)
			if cmd.Flags().Changed("min-score") {
				q.MinScore = gaps.Known(least)
			}
			if err := checkAsOf(asOf); err != nil {
				return err
			}
			return a.withPicture(cmd.Context(), func(p *projection.Projection) error {
				plan, err := gaps.MatchPlan(cmd.Context(), p, a.cfg.Gaps, q)
				if err != nil {
					return explain(p, err)
				}
				return a.printPlan(cmd, p, plan)
			}, projection.AsOf(asOf))
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&q.TaskForce, "task-force", "", "needs of this task force: code or name")
	flags.StringVar(&q.Region, "region", "", "all that this region lacks: code or name")
	flags.IntVar(&q.PerNeed, "per-need", 0, "partners a need at most (default as set)")
	flags.Float64Var(&least, "min-score", 0, "no match below this score, 0 to 1 (default as set)")
	addAsOfFlag(cmd, &asOf)
	cmd.MarkFlagsOneRequired("region", "task-force")
	cmd.MarkFlagsMutuallyExclusive("region", "task-force")
	addFormatFlag(cmd)
	return cmd
}

func (a *app) printPlan(cmd *cobra.Command, p *projection.Projection, plan *gaps.PlanAnswer) error {
	format, err := cmd.Flags().GetString("format")
	if err != nil {
		return err
	}
	if format == "json" {
		return a.printJSON(recorder{p}.record(*plan))
	}
	t := &table{columns: matchColumns()}
	for _, need := range plan.Needs {
		for _, x := range need.Partners {
			t.add(a.matchRow(p, x.Match, a.text(x.Text))...)
		}
		if len(need.Partners) == 0 {
			t.add(cell{}, cell{}, cell{}, cell{}, cell{p.Code(need.Need.Region), a.name(p, need.Need.Region)},
				cell{p.Code(need.Need.Link), a.name(p, need.Need.Link)}, word(a.text(need.Why)))
		}
	}
	summary := a.text(schema.Text{
		Zh: fmt.Sprintf("需求 %d 项，已安排 %d 项；总分 %.3f（得分×优先级），为各种安排中最高", len(plan.Needs), plan.Met, plan.Total),
		En: fmt.Sprintf("%d needs, %d with a partner; total %.3f (score × priority), the highest that is possible", len(plan.Needs), plan.Met, plan.Total),
	})
	if inFile(format) {
		t.heading = append([]string{summary}, a.invented(plan.Synthetic)...)
		return a.print(cmd, t, nil)
	}
	fmt.Fprintln(a.stdout, summary)
	a.warnOfInvented(plan.Synthetic)
	fmt.Fprintln(a.stdout)
	return a.draw(t, screenOf(a.stdout))
}

func (a *app) newMatchPartners() *cobra.Command {
	var asOf string
	cmd := &cobra.Command{
		Use:   "partners",
		Short: "List the intermediaries with the grade that their record earns",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := checkAsOf(asOf); err != nil {
				return err
			}
			return a.withPicture(cmd.Context(), func(p *projection.Projection) error {
				t := &table{columns: []column{
					{name: "partner", head: schema.Text{Zh: "中介机构", En: "PARTNER"}, flex: true},
					{name: "category", head: schema.Text{Zh: "类别", En: "CATEGORY"}},
					{name: "grade", head: schema.Text{Zh: "等级", En: "GRADE"}},
					{name: "introduced", head: schema.Text{Zh: "引荐", En: "INTRODUCED"}, right: true},
					{name: "landed", head: schema.Text{Zh: "落地", En: "LANDED"}, right: true},
					{name: "track", head: schema.Text{Zh: "落地率下限", En: "AT LEAST"}, right: true},
					{name: "capacity", head: schema.Text{Zh: "承接上限", En: "CAPACITY"}, right: true},
					{name: "free", head: schema.Text{Zh: "余力", En: "FREE"}, right: true},
				}}
				partners := gaps.Partners(p, a.cfg.Gaps)
				for _, x := range partners {
					category := p.Text(x.Intermediary, "category")
					t.add(cell{p.Caption(x.Intermediary), a.name(p, x.Intermediary)}, word(category), word(x.Grade),
						count(x.Introduced), count(x.Landed), figureCell(x.Track, 2), count(x.Capacity), count(x.Free()))
				}
				return a.print(cmd, t, recorder{p}.record(partners))
			}, projection.AsOf(asOf))
		},
	}
	addAsOfFlag(cmd, &asOf)
	addFormatFlag(cmd)
	return cmd
}

func (a *app) newMatchRecord() *cobra.Command {
	r := gaps.Record{Date: time.Now().Format(time.DateOnly)}
	var outcome, grade string
	cmd := &cobra.Command{
		Use:   "record --by PARTNER --project PROJECT --outcome OUTCOME",
		Short: "Record what came of an introduction: introduced, met, negotiating, signed, landed or lost",
		Example: `  liantu match record --by 某商会 --project X01 --outcome met --date 2026-05-31
  liantu match record --by V001 --project X01 --outcome lost --reason 选址他处`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			words, err := wordsOf("--outcome", []string{outcome}, gaps.Outcomes(), gaps.Outcome.Label)
			if err != nil {
				return err
			}
			r.Outcome, r.Grade = words[0], graph.Grade(strings.ToUpper(grade))
			return a.record(cmd.Context(), r)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&r.By, "by", "", "who introduced it: name of an intermediary, or code of a person (required)")
	flags.StringVar(&r.Project, "project", "", "project: code or name (required)")
	flags.StringVar(&outcome, "outcome", "", "what came of it: introduced, met, negotiating, signed, landed or lost (required)")
	flags.StringVar(&r.Date, "date", r.Date, "day of the step")
	flags.StringVar(&r.Reason, "reason", "", "why it was lost; with --outcome lost only")
	flags.StringVar(&r.Source, "source", "office", "who tells it: name of a source")
	flags.StringVar(&grade, "grade", "B", "grade of the evidence: A, B, C or D")
	return cmd
}

// record applies the step to the store.
func (a *app) record(ctx context.Context, r gaps.Record) error {
	var batch graph.Batch
	if err := a.withPicture(ctx, func(p *projection.Projection) (err error) {
		if batch, err = gaps.RecordIntroduction(p, r); err != nil {
			return explain(p, err)
		}
		return nil
	}); err != nil {
		return err
	}
	var result graph.Result
	if err := a.withStore(ctx, func(store graph.Store) (err error) {
		result, err = store.Apply(ctx, batch)
		return err
	}); err != nil {
		return err
	}
	fmt.Fprintln(a.stdout, a.text(schema.Text{
		Zh: fmt.Sprintf("已记录：%s；版本 %d", r.Outcome.Label().Zh, result.Revision), En: fmt.Sprintf("recorded: %s; version %d", r.Outcome.Label().En, result.Revision),
	}))
	return nil
}
