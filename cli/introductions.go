package cli

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"liantu/cli/help"
	"liantu/cli/show"
	"liantu/graph/introductions"
	"liantu/message"
)

func newIntroductions(e *env) *cobra.Command {
	var o asking
	var q introductions.Question
	cmd := &cobra.Command{
		Use:   "introductions --region REGION (--company COMPANY | --link LINK | --person CODE)",
		Short: "Ask who can introduce you: to a company, to any candidate for a link, or through one person",
		Long: `Ask who can introduce you. A path leads from the region over people who come from
there, intermediaries that cover it and local companies to a company, in at most
four hops, the strongest first. People are named by their code in the roster; only
people who consented are on a path.`,
		Example: `  liantu introductions --region 嵊州 --company 阳光电源
  liantu introductions --region 330100 --link semiconductor.materials.photoresist --limit 5
  liantu introductions --region 嵊州 --person V001`,
		Args:        help.NoArgs,
		Annotations: mayAsk("introductions"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			var err error
			if q.MinGrade, err = o.minGrade(); err != nil {
				return err
			}
			if q.Region == "" {
				return message.Errorf("--region: is missing; give a code or a name, such as 330683 or 嵊州")
			}
			q.Today = time.Now().Format(time.DateOnly)
			return e.ask(cmd, &o, nil, func(ctx context.Context, a *asker) (show.Answer, error) {
				answer, err := introductions.Ask(ctx, a.picture, e.settings.Gaps, q)
				if err != nil {
					return show.Answer{}, err
				}
				shown := answer.Introductions[:a.shown(len(answer.Introductions))]
				return show.Introductions(a.language, a.picture, answer, shown), nil
			})
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&q.Region, "region", "", "region asked about: code or name (required)")
	flags.StringVar(&q.Company, "company", "", "company to reach: stock code, USCC or name")
	flags.StringVar(&q.Link, "link", "", "reach any company from outside that would fill this link: code or name")
	flags.StringVar(&q.Person, "person", "", "which gaps of the region this person could help with: code in the roster")
	o.addGrade(cmd)
	flags.Lookup("min-grade").Usage = "weakest grade of evidence of a tie: A, B, C or D (default D)"
	o.addAsOf(cmd)
	o.addLimit(cmd)
	help.OneOf(cmd, "company", "link", "person")
	addForm(cmd, "引荐路径", "introductions")
	return cmd
}
