package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"liantu/api/disclosure"
	"liantu/cli/help"
	"liantu/cli/service"
	"liantu/cli/show"
	"liantu/graph"
	"liantu/graph/gaps"
	"liantu/graph/lines"
	"liantu/graph/past"
	"liantu/graph/projection"
	"liantu/message"
	"liantu/schema"
)

// changesOptions are the flags of the command.
type changesOptions struct {
	asking
	region, since string
}

func newChanges(e *env) *cobra.Command {
	var o changesOptions
	cmd := &cobra.Command{
		Use:   "changes --since VERSION|DATE --region REGION",
		Short: "Ask which verdicts changed since a version or a day, and because of which source",
		Long: `Ask which links of a region have a different state or action than before, and which
source made the difference. Since a version (v12 or 12; liantu loads lists
them): the graph without later loads; a load that was undone since is in neither.
Since a day (2024-06-30, 2024-06 or 2024): what was known on that day, see --as-of
of liantu gaps.`,
		Example: `  liantu changes --since v12 --region 杭州
  liantu changes --since 2025-12-31 --region 330100 --ecosystem biomed`,
		Args:        help.NoArgs,
		Annotations: mayAsk("gaps"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			grade, err := o.minGrade()
			point, fault := sinceOf(o.since)
			if err := errors.Join(wantRegion(o.region), err, fault); err != nil {
				return err
			}
			before, loads, err := e.pictureOf(cmd.Context(), point)
			if err != nil {
				return err
			}
			q := gaps.Question{Region: o.region, Peers: o.peers, MinGrade: grade, WithEmpty: true, Levels: lines.All}
			return e.ask(cmd, &o.asking, nil, func(ctx context.Context, a *asker) (show.Answer, error) {
				return a.changes(ctx, &o, q, before, point, loads)
			})
		},
	}
	cmd.Flags().StringVar(&o.since, "since", "", "version or day to compare with (required)")
	cmd.Flags().StringVar(&o.region, "region", "", "region asked about: code or name (required)")
	o.addScope(cmd)
	o.addPeers(cmd)
	o.addGrade(cmd)
	o.addPopulation(cmd)
	o.addLimit(cmd)
	addForm(cmd, "结论变化", "changes")
	return cmd
}

// sinceOf reads a version or a day.
func sinceOf(text string) (past.Point, error) {
	if text == "" {
		return past.Point{}, message.Errorf("--since: is missing; give a version such as v12 or a day such as 2025-12-31")
	}
	point, err := past.Parse(text)
	if err != nil {
		return past.Point{}, message.Errorf("--since: %w", err)
	}
	return point, nil
}

// pictureOf builds the picture of a point in the past, and lists the loads that
// came after a version.
func (e *env) pictureOf(ctx context.Context, point past.Point) (picture *projection.Projection, later []graph.Load, err error) {
	err = service.WithStore(ctx, &e.settings, func(store graph.Store) error {
		picture, err = past.Picture(ctx, store, service.ThrowAway, point)
		if errors.Is(err, graph.ErrNotFound) {
			return message.Errorf("--since: %w", err)
		} else if err != nil {
			return err
		}
		if point.Day != "" {
			return nil
		}
		loads, err := store.Loads(ctx)
		for _, l := range loads {
			if l.Last > point.Version {
				later = append(later, l)
			}
		}
		return err
	})
	if err == nil {
		picture, err = e.view(ctx, picture)
	}
	return picture, later, err
}

// changes asks both pictures and shows the differences.
func (a *asker) changes(ctx context.Context, o *changesOptions, q gaps.Question, before *projection.Projection, point past.Point, later []graph.Load) (show.Answer, error) {
	var err error
	if q.Scope, err = o.scope(a.picture); err != nil {
		return show.Answer{}, err
	}
	after, err := gaps.Ask(ctx, a.picture, a.tuned, q)
	if err != nil {
		return show.Answer{}, err
	}
	was, err := a.askBefore(ctx, o, q, before)
	if err != nil {
		return show.Answer{}, err
	}
	changed := gaps.WhatHasChanged(was, after)
	heading := append(a.changesHeading(after, point, later, len(changed.Links)), a.language.FrameChanges(a.picture, changed)...)
	return a.rows(heading, show.Turns(a.language, a.picture, changed.Links), a.nodes(show.TurnRecords(changed.Links))), nil
}

// askBefore asks the earlier picture. Where the region or the scope was not
// known yet there was no verdict.
func (a *asker) askBefore(ctx context.Context, o *changesOptions, q gaps.Question, before *projection.Projection) (*gaps.Answer, error) {
	scope, err := o.scope(before)
	if err == nil {
		q.Scope = scope
		var answer *gaps.Answer
		if answer, err = gaps.Ask(ctx, before, a.tuned, q); err == nil {
			return answer, nil
		}
	}
	if errors.Is(err, graph.ErrNotFound) {
		return &gaps.Answer{}, nil
	}
	return nil, err
}

func (a *asker) changesHeading(answer *gaps.Answer, point past.Point, later []graph.Load, n int) []string {
	from := point.String()
	lines := []string{show.Title(a.picture, answer.Region), a.text(schema.Text{
		Zh: fmt.Sprintf("自 %s 至 v%d：%d 个环节的状态或动作有变化", from, answer.Version, n),
		En: fmt.Sprintf("from %s to v%d: %d links have another state or action", from, answer.Version, n),
	})}
	for _, l := range later {
		l = disclosure.MaskLoad(a.whole, l)
		lines = append(lines, a.text(schema.Text{
			Zh: "其间导入：" + show.WithFiles(l, "（", "）"),
			En: "loaded since: " + show.WithFiles(l, " (", ")"),
		}))
	}
	return append(lines, a.data(answer.MinGrade, answer.Synthetic, answer.DataDates))
}
