package cli

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"liantu/cli/help"
	"liantu/cli/meeting"
	"liantu/cli/show"
	"liantu/cli/show/documents"
	"liantu/cli/show/sheets"
	"liantu/graph/gaps"
)

func newMeeting(e *env) *cobra.Command {
	var o gapsOptions
	var against, declared []string
	cmd := &cobra.Command{
		Use:   "meeting --region REGION --out FOLDER",
		Short: "Make the papers of a meeting: a workbook, or a document of a few pages",
		Long: `Make the papers of a meeting about the gaps of a region. The workbook has five sheets:
what is to be done, whom to approach, who opens the door, how other regions stand, and
how to read it; the document (--format docx) says the same in short. People appear by
their codes. Without --action the list is of what calls for work.`,
		Example: `  liantu meeting --region 杭州 --out 材料.docx
  liantu meeting --region 330000 --ecosystem biomed --against 江苏,广东 --out 材料.xlsx`,
		Args:        help.NoArgs,
		Annotations: mayAsk("gaps"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			question, err := o.question()
			roles, unknown := wordsOf("--declared-role", declared, meeting.Roles(), gaps.Class.Label)
			return e.ask(cmd, &o.asking, []error{err, unknown}, func(ctx context.Context, a *asker) (show.Answer, error) {
				if question.Scope, err = o.scope(a.picture); err != nil {
					return show.Answer{}, err
				}
				papers, err := meeting.Ask(ctx, a.picture, a.tuned, meeting.Question{
					Gaps: question, Against: against, Roles: roles, Limit: max(a.limit, 0), Today: time.Now().Format(time.DateOnly), May: e.mayAsk,
				})
				if err != nil {
					return show.Answer{}, err
				}
				answer := show.Gaps(a.language, a.picture, papers.Asked, papers.List[:a.shown(len(papers.List))], false)
				answer.Workbook = func(q show.Asked) *sheets.Book { return papers.Workbook(a.picture, e.made(q)) }
				answer.Document = func(q show.Asked) *documents.Document { return papers.Document(a.picture, e.made(q)) }
				return answer, nil
			})
		},
	}
	o.addFlags(cmd)
	cmd.Flags().StringSliceVar(&against, "against", nil, "regions to compare with (default the two of the same level most like it)")
	cmd.Flags().StringSliceVar(&declared, "declared-role", nil, "only links with these roles in a plan: "+listed(meeting.Roles()))
	addForm(cmd, "会商材料", "meeting papers")
	addDocument(cmd)
	return cmd
}

// mayAsk reports whether the caller may ask a question.
func (e *env) mayAsk(question string) bool {
	return e.identity == nil || e.identity.Policy().MayAsk(question)
}

// made says by whom and when papers are made.
func (e *env) made(q show.Asked) *meeting.Made {
	m := &meeting.Made{At: time.Now(), Program: q.Program, Asked: q.Conditions, Language: e.language}
	if e.identity != nil {
		m.By = e.identity.Subject
	}
	return m
}
