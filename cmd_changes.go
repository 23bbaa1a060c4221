package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"liantu/graph"
	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/schema"
)

func newChanges(a *app) *cobra.Command {
	var f gapFlags
	var since string
	cmd := &cobra.Command{
		Use:   "changes --since VERSION|DATE --region REGION",
		Short: "Ask which verdicts changed since a version or a day, and because of which source",
		Long: `Ask which links have another state or action in a region than they had, and which
source made the difference. Since a version (v12 or 12; liantu batches lists
them): the graph without what was loaded later; what was taken back since is in
neither. Since a day (2024-06-30, 2024-06 or 2024): what was known on that day,
see --as-of of liantu gaps.`,
		Example: `  liantu changes --since v12 --region 杭州
  liantu changes --since 2025-12-31 --region 330100 --ecosystem biomed`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			question, err := f.question()
			point, fault := sinceOf(since)
			if err := errors.Join(err, fault); err != nil {
				return err
			}
			before, loads, err := a.pictureOf(cmd.Context(), point)
			if err != nil {
				return err
			}
			return a.withPicture(cmd.Context(), func(p *projection.Projection) error {
				return explain(p, a.changes(cmd, before, p, question, &f, point, loads))
			})
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&since, "since", "", "version or day to compare with (required)")
	flags.StringVar(&f.region, "region", "", "region asked about: code or name (required)")
	flags.StringSliceVar(&f.ecosystem, "ecosystem", nil, "only these ecosystems")
	flags.StringSliceVar(&f.chain, "chain", nil, "only these chains")
	flags.StringSliceVar(&f.link, "link", nil, "only these links and those below them")
	flags.StringSliceVar(&f.peers, "peers", nil, "regions to compare with (default the whole country)")
	flags.StringVar(&f.grade, "min-grade", "", "weakest grade of evidence that counts: A, B, C or D")
	flags.IntVar(&f.limit, "limit", -1, fmt.Sprintf("rows at most, 0 for all (default %d in a table, all else)", tableRows))
	addFormatFlag(cmd)
	return cmd
}

// since is a point in the past: a version, or a day.
type since struct {
	version graph.Revision
	day     string
}

// sinceOf reads a version or a day. Four digits that may be a year are one.
func sinceOf(text string) (since, error) {
	if text == "" {
		return since{}, errors.New("--since: is missing; give a version such as v12 or a day such as 2025-12-31")
	}
	digits, marked := strings.CutPrefix(strings.ToLower(text), "v")
	n, err := strconv.ParseInt(digits, 10, 64)
	if year := len(digits) == 4 && (strings.HasPrefix(digits, "19") || strings.HasPrefix(digits, "20")); err == nil && (marked || !year) {
		if n < 0 {
			return since{}, fmt.Errorf("--since: there is no version %d", n)
		}
		return since{version: graph.Revision(n)}, nil
	}
	day, err := schema.ParseDate(text)
	if err != nil {
		return since{}, fmt.Errorf("--since: %q is neither a version nor a day: %w", text, err)
	}
	return since{day: day}, nil
}

// pictureOf builds the picture of a point in the past, and lists the loads that
// came after a version.
func (a *app) pictureOf(ctx context.Context, point since) (picture *projection.Projection, later []graph.Load, err error) {
	err = a.withStore(ctx, func(store graph.Store) error {
		if point.day != "" {
			picture, err = projection.Build(ctx, schema.Default(), store, projection.AsOf(point.day))
			return err
		}
		now, err := store.Revision(ctx)
		if err != nil {
			return err
		}
		if point.version > now {
			return fmt.Errorf("--since: the graph is at version %d and never was at %d: %w", now, point.version, graph.ErrNotFound)
		}
		loads, err := store.Loads(ctx)
		if err != nil {
			return err
		}
		for _, l := range loads {
			if l.Last > point.version {
				later = append(later, l)
			}
		}
		picture, err = replayed(ctx, store, point.version)
		return err
	})
	if err == nil {
		picture, err = a.view(ctx, picture)
	}
	return picture, later, err
}

// replayed builds the picture of a version out of the ledger of a store.
func replayed(ctx context.Context, store graph.Store, version graph.Revision) (picture *projection.Projection, err error) {
	empty, err := throwAway()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, empty.Close()) }()
	if version > 0 {
		if err := graph.Replay(ctx, store.Ledger, version, empty); err != nil {
			return nil, err
		}
	}
	return projection.Build(ctx, schema.Default(), empty)
}

// changes asks both pictures and prints what is different.
func (a *app) changes(cmd *cobra.Command, before, now *projection.Projection, q gaps.Question, f *gapFlags, point since, later []graph.Load) error {
	var err error
	if q.Scope, err = f.scope(now); err != nil {
		return err
	}
	after, err := gaps.Ask(cmd.Context(), now, a.cfg.Gaps, q)
	if err != nil {
		return err
	}
	was, err := a.askBefore(cmd.Context(), before, q, f)
	if err != nil {
		return err
	}
	turns := gaps.Turns(was, after)
	return a.tell(cmd, now, a.changesHeading(now, after, point, later, len(turns)), a.turnTable(now, turns), turnRecords(turns), f.limit)
}

// askBefore asks the earlier picture. Where the region or the scope was not
// known yet there was no verdict.
func (a *app) askBefore(ctx context.Context, before *projection.Projection, q gaps.Question, f *gapFlags) (*gaps.Answer, error) {
	scope, err := f.scope(before)
	if err == nil {
		q.Scope = scope
		var answer *gaps.Answer
		if answer, err = gaps.Ask(ctx, before, a.cfg.Gaps, q); err == nil {
			return answer, nil
		}
	}
	if errors.Is(err, graph.ErrNotFound) {
		return &gaps.Answer{}, nil
	}
	return nil, err
}

func (a *app) changesHeading(p *projection.Projection, answer *gaps.Answer, point since, later []graph.Load, n int) []string {
	from := point.day
	if from == "" {
		from = fmt.Sprint("v", point.version)
	}
	lines := []string{titleOf(p, answer.Region), a.text(schema.Text{
		Zh: fmt.Sprintf("自 %s 至 v%d：%d 个环节的状态或行动有变化", from, answer.Version, n),
		En: fmt.Sprintf("from %s to v%d: %d links have another state or action", from, answer.Version, n),
	})}
	for _, l := range later {
		lines = append(lines, a.text(schema.Text{
			Zh: fmt.Sprintf("其间导入：%s（%s）", l.ID, shortFiles(l.Files)),
			En: fmt.Sprintf("loaded since: %s (%s)", l.ID, shortFiles(l.Files)),
		}))
	}
	return lines
}

func (a *app) turnTable(p *projection.Projection, turns []gaps.Turn) *table {
	t := &table{columns: []column{
		{name: "link", head: schema.Text{Zh: "环节", En: "LINK"}},
		{name: "state_before", head: schema.Text{Zh: "原状态", En: "STATE WAS"}},
		{name: "state", head: schema.Text{Zh: "现状态", En: "STATE"}},
		{name: "action_before", head: schema.Text{Zh: "原行动", En: "ACTION WAS"}},
		{name: "action", head: schema.Text{Zh: "现行动", En: "ACTION"}},
		{name: "sources", head: schema.Text{Zh: "数据来源", En: "SOURCES"}},
		{name: "why", head: schema.Text{Zh: "原因", En: "WHY"}, flex: true},
	}}
	for _, turn := range turns {
		name := turn.Code
		if turn.Link != projection.None {
			name = a.name(p, turn.Link)
		}
		was, is := a.judged(turn.Before), a.judged(turn.After)
		var sources []string
		for _, c := range turn.Causes {
			sources = append(sources, c.Source)
		}
		t.add(cell{turn.Code, name}, was[0], is[0], was[1], is[1], word(strings.Join(sources, ", ")), word(a.text(turn.Text)))
	}
	return t
}

// judged is the state and the action of a verdict, dashes for none.
func (a *app) judged(v *gaps.Verdict) [2]cell {
	if v == nil {
		return [2]cell{{"", "–"}, {"", "–"}}
	}
	return [2]cell{{string(v.State), a.text(v.State.Label())}, {string(v.Action), a.text(v.Action.Label())}}
}

func turnRecords(turns []gaps.Turn) []object {
	records := make([]object, len(turns))
	for i, t := range turns {
		judged := func(v *gaps.Verdict) any {
			if v == nil {
				return nil
			}
			return object{{"state", v.State}, {"action", v.Action}, {"companies", v.Numbers.Companies}}
		}
		causes := make([]object, len(t.Causes))
		for j, c := range t.Causes {
			causes[j] = object{{"source", c.Source}, {"more", c.More}, {"fewer", c.Fewer}}
		}
		records[i] = object{
			{"link", t.Code},
			{"before", judged(t.Before)},
			{"after", judged(t.After)},
			{"causes", causes},
			{"why", object{{"zh", t.Text.Zh}, {"en", t.Text.En}}},
		}
	}
	return records
}
