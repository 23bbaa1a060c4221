package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"liantu/api/disclosure"
	"liantu/cli/help"
	"liantu/cli/show"
	"liantu/graph/gaps"
	"liantu/graph/matching"
	"liantu/graph/projection"
	"liantu/message"
	"liantu/schema"
)

func newMatch(e *env) *cobra.Command {
	cmd := newGroup("match", "Match intermediaries with what a region needs, one by one or all at once",
		newMatchNeed(e), newMatchNeeds(e), newMatchPlan(e), newMatchIntermediaries(e), newMatchRecord(e))
	return cmd
}

func newMatchNeed(e *env) *cobra.Command {
	var o asking
	var q matching.Question
	cmd := &cobra.Command{
		Use:   "need (--region REGION [--link LINK] | --task-force FORCE)",
		Short: "Ask which intermediaries fit one need, or the needs of a task force",
		Example: `  liantu match need --region 330100 --link 光刻胶
  liantu match need --task-force T01 --limit 20`,
		Args:        help.NoArgs,
		Annotations: mayAsk("match"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return e.ask(cmd, &o, nil, func(ctx context.Context, a *asker) (show.Answer, error) {
				answer, err := matching.Ask(ctx, a.picture, e.settings.Gaps, q)
				if err != nil {
					return show.Answer{}, err
				}
				return a.matches(answer), nil
			})
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&q.Region, "region", "", "region of the need: code or name")
	flags.StringVar(&q.Link, "link", "", "link that is needed: code or name (default all that the region lacks)")
	flags.StringVar(&q.TaskForce, "task-force", "", "all needs of this task force: code or name")
	help.OneOf(cmd, "region", "task-force")
	o.addLimit(cmd)
	o.addAsOf(cmd)
	addForm(cmd, "中介匹配清单", "matches")
	return cmd
}

func newMatchNeeds(e *env) *cobra.Command {
	var o asking
	var q matching.Question
	cmd := &cobra.Command{
		Use:         "needs --partner INTERMEDIARY",
		Short:       "Ask which needs match the specialties of an intermediary",
		Example:     `  liantu match needs --partner 浙江天册律师事务所 --region 杭州`,
		Args:        help.NoArgs,
		Annotations: mayAsk("needs"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if q.Intermediary == "" {
				return message.Errorf("--partner: is missing; give the name of an intermediary")
			}
			return e.ask(cmd, &o, nil, func(ctx context.Context, a *asker) (show.Answer, error) {
				if err := a.itself(cmd, q.Intermediary); err != nil {
					return show.Answer{}, err
				}
				answer, err := matching.Needs(ctx, a.picture, e.settings.Gaps, q)
				if err != nil {
					return show.Answer{}, err
				}
				return a.matches(answer), nil
			})
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&q.Intermediary, "partner", "", "intermediary: name, USCC or id (required)")
	flags.StringVar(&q.Region, "region", "", "only needs of this region (default those of all task forces)")
	flags.StringVar(&q.TaskForce, "task-force", "", "only needs of this task force")
	help.OneAtMost(cmd, "region", "task-force")
	o.addLimit(cmd)
	o.addAsOf(cmd)
	addForm(cmd, "中介可接需求", "needs")
	return cmd
}

// itself refuses an intermediary that asks for another one.
func (a *asker) itself(cmd *cobra.Command, text string) error {
	if a.identity == nil {
		return nil
	}
	err := disclosure.NewScope(a.whole, a.identity).Itself(a.picture, text)
	var unknown *projection.NotFoundError
	if err == nil || errors.As(err, &unknown) {
		return err
	}
	return a.refuse(cmd)
}

// matches lists matches, one row each.
func (a *asker) matches(answer *matching.Answer) show.Answer {
	shown := answer.Matches[:a.shown(len(answer.Matches))]
	t := &show.Table{Columns: matchColumns()}
	for _, x := range shown {
		t.Add(a.matchRow(x, a.reasons(x.Reasons))...)
	}
	return show.Answer{
		Table: t, Heading: a.language.Invented(answer.Synthetic), Above: a.invented(answer.Synthetic),
		Record: func() any {
			short := *answer
			short.Matches = shown
			return show.RecordFirst(a.picture, short, len(answer.Matches))
		},
		Below: a.language.Unlisted(len(answer.Matches)-len(shown), show.Items),
	}
}

func matchColumns() []show.Column {
	return []show.Column{
		{Name: "score", Head: schema.Text{Zh: "得分", En: "SCORE"}, Right: true},
		{Name: "partner", Head: schema.Text{Zh: "中介机构", En: "INTERMEDIARY"}, Flex: true},
		{Name: "grade", Head: schema.Text{Zh: "等级", En: "GRADE"}},
		{Name: "free", Head: schema.Text{Zh: "余力", En: "FREE"}, Right: true},
		{Name: "region", Head: schema.Text{Zh: "地区", En: "REGION"}},
		{Name: "link", Head: schema.Text{Zh: "环节", En: "LINK"}, Code: show.LinkCode, Flex: true},
		{Name: "why", Head: schema.Text{Zh: "理由", En: "WHY"}, Flex: true},
	}
}

func (a *asker) matchRow(x *matching.Match, why string) []show.Cell {
	return []show.Cell{
		show.Number(x.Score, 2),
		a.named(x.Standing.Intermediary),
		show.Word(x.Standing.Grade),
		show.Count(x.Standing.Free()),
		a.node(x.Need.Region),
		a.node(x.Need.Link),
		show.Word(why),
	}
}

// reasons puts reasons into sentences.
func (a *asker) reasons(reasons []gaps.Reason) string {
	texts := make([]string, 0, len(reasons))
	for _, r := range reasons {
		texts = append(texts, a.text(r.Text))
	}
	return a.language.Join(texts)
}

func newMatchPlan(e *env) *cobra.Command {
	var o asking
	var q matching.PlanQuestion
	var least float64
	cmd := &cobra.Command{
		Use:   "plan (--task-force FORCE | --region REGION)",
		Short: "Assign intermediaries to all needs at once, at the best total, nobody above capacity",
		Example: `  liantu match plan --task-force T01 --per-need 1
  liantu match plan --region 330100 --min-score 0.5 --format csv > plan.csv`,
		Args:        help.NoArgs,
		Annotations: mayAsk("matchPlan"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			q.MinScore = gaps.Known(e.settings.Gaps.Matching.MinScore)
			if cmd.Flags().Changed("min-score") {
				q.MinScore = gaps.Known(least)
			}
			return e.ask(cmd, &o, nil, func(ctx context.Context, a *asker) (show.Answer, error) {
				plan, err := matching.Plan(ctx, a.picture, e.settings.Gaps, q)
				if err != nil {
					return show.Answer{}, err
				}
				return a.plan(plan), nil
			})
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&q.TaskForce, "task-force", "", "needs of this task force: code or name")
	flags.StringVar(&q.Region, "region", "", "all that this region lacks: code or name")
	flags.IntVar(&q.PerNeed, "per-need", 0, "intermediaries per need at most (default as set)")
	flags.Float64Var(&least, "min-score", 0, "leave out matches below this score, 0 to 1 (default as set)")
	o.addAsOf(cmd)
	help.OneOf(cmd, "region", "task-force")
	addForm(cmd, "中介匹配方案", "match plan")
	return cmd
}

// plan lists needs with the intermediaries assigned to them, one row per pair.
func (a *asker) plan(plan *matching.PlanAnswer) show.Answer {
	t := &show.Table{Columns: matchColumns()}
	for _, need := range plan.Needs {
		for _, x := range need.Intermediaries {
			t.Add(a.matchRow(x.Match, a.text(x.Text))...)
		}
		if len(need.Intermediaries) == 0 {
			t.Add(show.Cell{}, show.Cell{}, show.Cell{}, show.Cell{}, a.node(need.Need.Region),
				a.node(need.Need.Link), show.Word(a.text(need.Why)))
		}
	}
	summary := a.text(schema.Text{
		Zh: fmt.Sprintf("需求 %d 项，已安排 %d 项；总分 %.3f（得分×优先级），为各种安排中最高", len(plan.Needs), plan.Met, plan.Total),
		En: fmt.Sprintf("%d needs, %d with an intermediary; total %.3f (score × priority), the highest that is possible", len(plan.Needs), plan.Met, plan.Total),
	})
	return show.Answer{
		Table: t, Heading: append([]string{summary}, a.language.Invented(plan.Synthetic)...),
		Record: func() any { return show.Record(a.picture, *plan) },
		Above:  show.Above(nil, show.Lines(show.Plain, summary), a.notes(), a.invented(plan.Synthetic)),
	}
}

func newMatchIntermediaries(e *env) *cobra.Command {
	var o asking
	cmd := &cobra.Command{
		Use:         "intermediaries",
		Aliases:     []string{"partners"},
		Short:       "List the intermediaries with the grade of their record",
		Args:        help.NoArgs,
		Annotations: mayAsk("match"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return e.ask(cmd, &o, nil, func(_ context.Context, a *asker) (show.Answer, error) {
				all := matching.Standings(a.picture, e.settings.Gaps)
				invented := slices.ContainsFunc(all, func(x *matching.Standing) bool { return x.Synthetic })
				return a.rows(a.language.Invented(invented), a.intermediaryTable(all), a.nodes(a.standings(all))), nil
			})
		},
	}
	o.addAsOf(cmd)
	addForm(cmd, "中介机构名录", "intermediaries")
	return cmd
}

// standings are intermediaries as JSON, with what each is.
func (a *asker) standings(all []*matching.Standing) []show.Object {
	records := make([]show.Object, len(all))
	for i, x := range all {
		records[i] = show.Record(a.picture, *x).(show.Object).With("category", a.category(x.Intermediary).Raw)
	}
	return records
}

func (a *asker) intermediaryTable(all []*matching.Standing) *show.Table {
	t := &show.Table{Columns: []show.Column{
		{Name: "partner", Head: schema.Text{Zh: "中介机构", En: "INTERMEDIARY"}, Flex: true},
		{Name: "category", Head: schema.Text{Zh: "类别", En: "CATEGORY"}},
		{Name: "grade", Head: schema.Text{Zh: "等级", En: "GRADE"}},
		{Name: "introduced", Head: schema.Text{Zh: "引荐", En: "INTRODUCED"}, Right: true},
		{Name: "landed", Head: schema.Text{Zh: "落地", En: "LANDED"}, Right: true},
		{Name: "track", Head: schema.Text{Zh: "落地率下限", En: "AT LEAST"}, Right: true},
		{Name: "capacity", Head: schema.Text{Zh: "承接上限", En: "CAPACITY"}, Right: true},
		{Name: "free", Head: schema.Text{Zh: "余力", En: "FREE"}, Right: true},
	}}
	for _, x := range all {
		t.Add(a.named(x.Intermediary), a.category(x.Intermediary), show.Word(x.Grade),
			show.Count(x.Introduced), show.Count(x.Landed), show.Figure(x.Track, 2), show.Count(x.Capacity), show.Count(x.Free()))
	}
	return t
}

// category is a cell of what an intermediary is.
func (a *asker) category(v projection.Vertex) show.Cell {
	code := a.picture.Text(v, "category")
	if value := a.picture.Model().Node(projection.Intermediary).Property("category").Value(code); value != nil {
		return a.label(code, value.Label)
	}
	return show.Word(code)
}
