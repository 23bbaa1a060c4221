package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/schema"
)

func newIntroductions(a *app) *cobra.Command {
	var q gaps.IntroductionQuestion
	var grade string
	var limit int
	cmd := &cobra.Command{
		Use:   "introductions --region REGION (--company COMPANY | --link LINK | --person CODE)",
		Short: "Ask who can open a door: to a company, to any candidate for a link, or by one person",
		Long: `Ask who can open a door. A path leads from the region over people who come from
there, intermediaries that cover it and local companies to a company, in at most
four hops, the strongest first. People go by their code in the roster; nobody who
has not consented is on any path.`,
		Example: `  liantu introductions --region 嵊州 --company 阳光电源
  liantu introductions --region 330100 --link semiconductor.materials.photoresist --limit 5
  liantu introductions --region 嵊州 --person V001`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			var err error
			if q.MinGrade, err = gradeOf(grade); err != nil {
				return err
			}
			if q.Region == "" {
				return errors.New("--region: is missing; give a code or a name, such as 330683 or 嵊州")
			}
			q.Today = time.Now().Format(time.DateOnly)
			return a.withPicture(cmd.Context(), func(p *projection.Projection) error {
				answer, err := gaps.Introductions(cmd.Context(), p, a.cfg.Gaps, q)
				if err != nil {
					return explain(p, err)
				}
				return a.printIntroductions(cmd, p, answer, limit)
			})
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&q.Region, "region", "", "region asked about: code or name (required)")
	flags.StringVar(&q.Company, "company", "", "company to reach: stock code, USCC or name")
	flags.StringVar(&q.Link, "link", "", "reach any company from outside that would fill this link: code or name")
	flags.StringVar(&q.Person, "person", "", "which gaps of the region this person could help with: code in the roster")
	flags.StringVar(&grade, "min-grade", "", "weakest grade of evidence of a tie: A, B, C or D (default D)")
	flags.IntVar(&limit, "limit", -1, fmt.Sprintf("rows at most, 0 for all (default %d in a table, all else)", tableRows))
	cmd.MarkFlagsOneRequired("company", "link", "person")
	cmd.MarkFlagsMutuallyExclusive("company", "link", "person")
	addFormatFlag(cmd)
	return cmd
}

func (a *app) printIntroductions(cmd *cobra.Command, p *projection.Projection, answer *gaps.IntroductionAnswer, limit int) error {
	format, err := cmd.Flags().GetString("format")
	if err != nil {
		return err
	}
	shown := answer.Introductions[:limited(limit, len(answer.Introductions), format)]
	if format == "json" {
		short := *answer
		short.Introductions = shown
		return a.printJSON(recorder{p}.record(short))
	}
	wanted := answer.Company
	for _, v := range []projection.Vertex{answer.Link, answer.Person} {
		if v != projection.None {
			wanted = v
		}
	}
	heading := []string{
		fmt.Sprintf("%s %s → %s", p.Code(answer.Region), a.name(p, answer.Region), a.name(p, wanted)),
		a.text(schema.Text{
			Zh: fmt.Sprintf("引荐路径 %d 条；证据等级 %s 及以上；数据截至 %s，版本 %d", len(answer.Introductions), answer.MinGrade, answer.DataDate, answer.Version),
			En: fmt.Sprintf("introductions: %d; evidence of grade %s or better; data to %s, version %d", len(answer.Introductions), answer.MinGrade, answer.DataDate, answer.Version),
		}),
	}
	if inFile(format) {
		t := a.introductionTable(p, shown, true)
		t.heading = append(heading, a.invented(answer.Synthetic)...)
		return a.print(cmd, t, nil)
	}
	a.printHead(heading)
	a.warnOfInvented(answer.Synthetic)
	fmt.Fprintln(a.stdout)
	if len(shown) == 0 {
		fmt.Fprintln(a.stdout, a.text(schema.Text{
			Zh: "尚不掌握可用的引荐路径。可补充乡贤、商会会员、供货或服务关系，并征得本人同意。",
			En: "No way is known. Add people with their consent, memberships, supplies or services.",
		}))
		return nil
	}
	if err := a.draw(a.introductionTable(p, shown, answer.Company == projection.None), screenOf(a.stdout)); err != nil {
		return err
	}
	fmt.Fprintln(a.stdout)
	best := shown[0].Ask
	for _, line := range []struct{ head, text schema.Text }{
		{schema.Text{Zh: "缘由", En: "context"}, best.Context},
		{schema.Text{Zh: "请托", En: "ask"}, best.Request},
		{schema.Text{Zh: "由谁", En: "who asks"}, best.Asker},
	} {
		fmt.Fprintf(a.stdout, "%s  %s\n", a.paint(ansiBold, a.text(line.head)), a.text(line.text))
	}
	if rest := len(answer.Introductions) - len(shown); rest > 0 {
		fmt.Fprintln(a.stdout, a.text(schema.Text{
			Zh: fmt.Sprintf("另有 %d 条未列出，--limit 0 列出全部", rest),
			En: fmt.Sprintf("%d more; --limit 0 shows all", rest),
		}))
	}
	return nil
}

// introductionTable lists ways, one row each; with the company and the link
// where they differ.
func (a *app) introductionTable(p *projection.Projection, all []*gaps.Introduction, companies bool) *table {
	t := &table{columns: []column{
		{name: "strength", head: schema.Text{Zh: "强度", En: "STRENGTH"}, right: true},
	}}
	if companies {
		t.columns = append(t.columns,
			column{name: "score", head: schema.Text{Zh: "得分", En: "SCORE"}, right: true},
			column{name: "company", head: schema.Text{Zh: "企业", En: "COMPANY"}, flex: true},
			column{name: "link", head: schema.Text{Zh: "环节", En: "LINK"}, flex: true})
	}
	t.columns = append(t.columns,
		column{name: "way", head: schema.Text{Zh: "路径", En: "WAY"}, flex: true},
		column{name: "grade", head: schema.Text{Zh: "证据", En: "GRADE"}},
		column{name: "oldest", head: schema.Text{Zh: "最早数据", En: "OLDEST"}})
	for _, i := range all {
		row := []cell{number(i.Strength, 3)}
		if companies {
			link := cell{}
			if i.Link != projection.None {
				link = cell{p.Code(i.Link), a.name(p, i.Link)}
			}
			row = append(row, number(i.Score, 3), cell{p.Caption(i.Company), a.name(p, i.Company)}, link)
		}
		texts := make([]string, 0, len(i.Hops))
		grade, oldest := "", ""
		for _, h := range i.Hops {
			texts = append(texts, a.text(h.Text))
			grade = max(grade, string(h.Grade))
			if oldest == "" || h.AsOf < oldest {
				oldest = h.AsOf
			}
		}
		separator := " "
		if a.lang == "zh" {
			separator = ""
		}
		t.add(append(row, word(strings.Join(texts, separator)), word(grade), word(oldest))...)
	}
	return t
}
