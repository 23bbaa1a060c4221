package cli

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"liantu/cli/help"
	"liantu/cli/show"
	"liantu/graph/introductions"
	"liantu/graph/projection"
	"liantu/message"
	"liantu/schema"
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
				return a.introductions(answer), nil
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
	o.addLimit(cmd)
	help.OneOf(cmd, "company", "link", "person")
	addForm(cmd, "引荐路径", "introductions")
	return cmd
}

func (a *asker) introductions(answer *introductions.Answer) show.Answer {
	shown := answer.Introductions[:a.shown(len(answer.Introductions))]
	wanted := answer.Company
	for _, v := range []projection.Vertex{answer.Link, answer.Person} {
		if v != projection.None {
			wanted = v
		}
	}
	heading := []string{
		fmt.Sprintf("%s → %s", a.place(answer.Region), a.name(wanted)),
		a.text(schema.Text{
			Zh: fmt.Sprintf("引荐路径 %d 条；证据等级 %s 及以上；数据截至 %s，版本 %d", len(answer.Introductions), answer.MinGrade, a.language.DataDate(a.picture), answer.Version),
			En: fmt.Sprintf("introductions: %d; evidence of grade %s or better; data to %s, version %d", len(answer.Introductions), answer.MinGrade, a.language.DataDate(a.picture), answer.Version),
		}),
	}
	return show.Answer{
		Table:   a.introductionTable(shown, true),
		Heading: append(heading, a.language.Invented(answer.Synthetic)...),
		Record: func() any {
			short := *answer
			short.Introductions = shown
			return show.RecordFirst(a.picture, short, len(answer.Introductions))
		},
		Above: show.Above(heading, a.notes(), a.invented(answer.Synthetic)),
		Body:  func(t show.Terminal) error { return a.drawIntroductions(t, shown, answer.Company == projection.None) },
		Below: a.language.Unlisted(len(answer.Introductions)-len(shown), show.Items),
	}
}

// drawIntroductions draws paths, and below them what to ask on the first one.
func (a *asker) drawIntroductions(t show.Terminal, shown []*introductions.Introduction, companies bool) error {
	if len(shown) == 0 {
		return t.Say(schema.Text{
			Zh: "尚不掌握可用的引荐路径。可补充乡贤、商会会员、供货或服务关系，并征得本人同意。",
			En: "No path is known. Add people with their consent, memberships, supplies or services.",
		})
	}
	if err := t.Draw(a.introductionTable(shown, companies)); err != nil {
		return err
	}
	best := shown[0].Ask
	lines := []show.Line{{}}
	for _, line := range []struct{ head, text schema.Text }{
		{schema.Text{Zh: "缘由", En: "context"}, best.Context},
		{schema.Text{Zh: "请托", En: "ask"}, best.Request},
		{schema.Text{Zh: "由谁", En: "asked by"}, best.Asker},
	} {
		lines = append(lines, show.Line{Text: t.Paint(show.Bold, t.Text(line.head)) + "  " + t.Text(line.text)})
	}
	return t.Put(lines...)
}

// introductionTable lists paths, one row each; with the company and the link
// where they differ.
func (a *asker) introductionTable(all []*introductions.Introduction, companies bool) *show.Table {
	t := &show.Table{Columns: []show.Column{
		{Name: "strength", Head: schema.Text{Zh: "强度", En: "STRENGTH"}, Right: true},
	}}
	if companies {
		t.Columns = append(t.Columns,
			show.Column{Name: "score", Head: schema.Text{Zh: "得分", En: "SCORE"}, Right: true},
			show.Column{Name: "company", Head: schema.Text{Zh: "企业", En: "COMPANY"}, Flex: true},
			show.Column{Name: "link", Head: schema.Text{Zh: "环节", En: "LINK"}, Flex: true})
	}
	t.Columns = append(t.Columns,
		show.Column{Name: "way", Head: schema.Text{Zh: "路径", En: "PATH"}, Flex: true},
		show.Column{Name: "grade", Head: schema.Text{Zh: "证据", En: "GRADE"}},
		show.Column{Name: "oldest", Head: schema.Text{Zh: "最早数据", En: "OLDEST"}})
	for _, i := range all {
		row := []show.Cell{show.Number(i.Strength, 3)}
		if companies {
			link := show.Cell{}
			if i.Link != projection.None {
				link = a.node(i.Link)
			}
			row = append(row, show.Number(i.Score, 3), a.named(i.Company), link)
		}
		texts := make([]string, 0, len(i.Hops))
		grade, oldest := "", introductions.Hop{}
		for _, h := range i.Hops {
			texts = append(texts, a.text(h.Text))
			grade = max(grade, string(h.Grade))
			if oldest.AsOf == "" || h.AsOf < oldest.AsOf {
				oldest = h
			}
		}
		t.Add(append(row, show.Word(a.language.Join(texts)), show.Word(grade), a.language.Day(oldest.AsOf, oldest.Assumed))...)
	}
	return t
}
