package cli

import (
	"fmt"
	"strings"
	"time"

	"liantu/access"

	"github.com/spf13/cobra"

	"liantu/cli/help"
	"liantu/cli/service"
	"liantu/graph"
	"liantu/graph/edits"
	"liantu/schema"
)

func newMatchRecord(e *env) *cobra.Command {
	r := edits.Record{Date: time.Now().Format(time.DateOnly), Today: schema.Today(time.Now())}
	var outcome, grade string
	cmd := &cobra.Command{
		Use:   "record --by INTERMEDIARY|PERSON --project PROJECT --outcome OUTCOME",
		Short: "Record what came of an introduction: introduced, met, negotiating, signed, landed or lost",
		Example: `  liantu match record --by 某商会 --project X01 --outcome met --date 2026-05-31
  liantu match record --by V001 --project X01 --outcome lost --reason 选址他处`,
		Args:        help.NoArgs,
		Annotations: mayDo(schema.MaySteward), // unlike the mutation, which checks the scope too
		RunE: func(cmd *cobra.Command, _ []string) error {
			words, err := wordsOf("--outcome", []string{outcome}, edits.Outcomes(), edits.Outcome.Label)
			if err != nil {
				return err
			}
			r.Outcome, r.Grade = words[0], graph.Grade(strings.ToUpper(grade))
			return e.recordIntroduction(cmd, r)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&r.By, "by", "", "who introduced it: name of an intermediary, or code of a person (required)")
	flags.StringVar(&r.Project, "project", "", "project: code or name (required)")
	flags.StringVar(&outcome, "outcome", "", "what came of it: introduced, met, negotiating, signed, landed or lost (required)")
	flags.StringVar(&r.Date, "date", r.Date, "day of the step")
	flags.StringVar(&r.Reason, "reason", "", "why it was lost; with --outcome lost only")
	flags.StringVar(&r.Source, "source", graph.EditSource, "name of the source")
	flags.StringVar(&grade, "grade", "B", "grade of the evidence: A, B, C or D")
	return cmd
}

// recordIntroduction applies the step to the store.
func (e *env) recordIntroduction(cmd *cobra.Command, r edits.Record) error {
	ctx := cmd.Context()
	picture, err := e.build(ctx)
	if err != nil {
		return err
	}
	if err := wantLinks(picture); err != nil {
		return err
	}
	batch, err := edits.RecordIntroduction(picture, r)
	if err != nil {
		return explain(cmd, picture, err)
	}
	var result graph.Result
	if err := e.change("match record", func(outcome *access.Entry) error {
		return service.WithStore(ctx, &e.settings, func(store graph.Store) (err error) {
			result, err = store.Apply(ctx, batch)
			outcome.Version = int64(result.Version)
			return err
		})
	}); err != nil {
		return err
	}
	return e.terminal().Say(schema.Text{
		Zh: fmt.Sprintf("已记录：%s；版本 %d", r.Outcome.Label().Zh, result.Version),
		En: fmt.Sprintf("recorded: %s; version %d", r.Outcome.Label().En, result.Version),
	})
}
