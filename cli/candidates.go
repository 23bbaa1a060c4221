package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"liantu/cli/help"
	"liantu/cli/show"
	"liantu/graph/candidates"
	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/message"
	"liantu/schema"
)

// candidatesOptions are the flags of the command.
type candidatesOptions struct {
	asking
	region, link, kind string
	exclude            []string
}

func newCandidates(e *env) *cobra.Command {
	var o candidatesOptions
	cmd := &cobra.Command{
		Use:   "candidates --region REGION --link LINK",
		Short: "Ask which companies would fill a link: from outside (attract) or from here (grow)",
		Example: `  liantu candidates --region 杭州 --link 光刻胶
  liantu candidates --region 330100 --link semiconductor.materials --kind attract --limit 10`,
		Args:        help.NoArgs,
		Annotations: mayAsk("candidates"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			q, faults := o.question()
			return e.ask(cmd, &o.asking, faults, func(ctx context.Context, a *asker) (show.Answer, error) {
				answer, err := candidates.Ask(ctx, a.picture, e.settings.Gaps, q)
				if err != nil {
					return show.Answer{}, err
				}
				return a.candidates(answer), nil
			})
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&o.region, "region", "", "region asked about: code or name (required)")
	flags.StringVar(&o.link, "link", "", "link to fill: code or name (required)")
	flags.StringVar(&o.kind, "kind", "", "only candidates of this kind: attract or grow (default both)")
	o.addGrade(cmd)
	flags.StringSliceVar(&o.exclude, "exclude", nil, "companies to leave out: names, codes or ids, separated by commas")
	o.addAsOf(cmd)
	o.addLimit(cmd)
	addForm(cmd, "候选企业清单", "candidates")
	return cmd
}

// question checks what needs no picture, and names every fault.
func (o *candidatesOptions) question() (candidates.Question, []error) {
	q := candidates.Question{Region: o.region, Link: o.link, Exclude: o.exclude}
	faults := make([]error, 4)
	faults[0] = wantRegion(o.region)
	if o.link == "" {
		faults[1] = message.Errorf("--link: is missing; give the code or the name of a link")
	}
	q.MinGrade, faults[2] = o.minGrade()
	q.Kind, faults[3] = wordOf("--kind", o.kind, candidates.Kinds(), candidates.Kind.Label)
	return q, faults
}

func (a *asker) candidates(answer *candidates.Answer) show.Answer {
	shown := answer.First(a.shown(answer.Len()))
	heading := []string{
		fmt.Sprintf("%s ← %s", a.place(answer.Region), a.place(answer.Link)),
		a.text(schema.Text{
			Zh: fmt.Sprintf("候选企业 %d 家；证据等级 %s 及以上；数据截至 %s，版本 %d", answer.Len(), answer.MinGrade, a.language.DataDate(a.picture), answer.Version),
			En: fmt.Sprintf("%s; evidence of grade %s or better; data to %s, version %d",
				gaps.Plural(answer.Len(), "candidate", "candidates"), answer.MinGrade, a.language.DataDate(a.picture), answer.Version),
		}),
	}
	return show.Answer{
		Table: a.candidateTable(shown), Heading: heading,
		Record: func() any {
			record := show.Record(a.picture, *answer).(show.Object)
			return append(record, show.Connection(show.Record(a.picture, shown), answer.Len())...)
		},
		Above: show.Above(heading, show.Lines(show.Plain, a.aside(answer)...), a.past()),
		Below: a.language.Unlisted(answer.Len()-len(shown), show.Companies),
	}
}

// aside states which companies were left out and how many are listed last.
func (a *asker) aside(answer *candidates.Answer) (lines []string) {
	if n := answer.SetBack; n > 0 {
		lines = append(lines, a.text(schema.Text{
			Zh: fmt.Sprintf("同一集团只有前 %d 家靠前，其余 %d 家列后", a.settings.Gaps.CandidatesPerGroup, n),
			En: fmt.Sprintf("%d listed last, as only the first %d of a group rank before others", n, a.settings.Gaps.CandidatesPerGroup),
		}))
	}
	for _, x := range answer.Excluded {
		by := schema.Text{Zh: "由 --exclude 指定", En: "by --exclude"}
		if x.Pursuit != nil {
			name := a.name(x.Pursuit.TaskForce)
			by = schema.Text{Zh: "由“" + name + "”排除", En: "by " + name}
		}
		lines = append(lines, a.text(schema.Text{
			Zh: fmt.Sprintf("未列入：%s（%s）", a.name(x.Company), by.Zh),
			En: fmt.Sprintf("left out: %s (%s)", a.name(x.Company), by.En),
		}))
	}
	return lines
}

func (a *asker) candidateTable(candidates []*candidates.Candidate) *show.Table {
	t := &show.Table{Columns: []show.Column{
		{Name: "score", Head: schema.Text{Zh: "得分", En: "SCORE"}, Right: true},
		{Name: "kind", Head: schema.Text{Zh: "路径", En: "KIND"}},
		{Name: "stock_code", Head: schema.Text{Zh: "证券代码", En: "STOCK"}},
		{Name: "company", Head: schema.Text{Zh: "企业", En: "COMPANY"}, Flex: true},
		{Name: "place", Head: schema.Text{Zh: "所在地", En: "PLACE"}},
		{Name: "reasons", Head: schema.Text{Zh: "理由", En: "WHY"}, Flex: true},
		{Name: "uscc", Head: schema.Text{Zh: "统一社会信用代码", En: "USCC"}, File: true},
		{Name: "registered_capital", Head: schema.Text{Zh: "注册资本（万元）", En: "CAPITAL (10,000 CNY)"}, Right: true, File: true},
		{Name: "employees", Head: schema.Text{Zh: "员工人数", En: "EMPLOYEES"}, Right: true, File: true},
	}}
	p := a.picture
	for _, c := range candidates {
		var reasons []string
		for _, r := range c.Reasons {
			reasons = append(reasons, a.text(r.Text))
		}
		place := p.PlaceOf(c.Company)
		t.Add(show.Number(c.Score, 2), a.label(string(c.Kind), c.Kind.Label()), show.Word(p.Text(c.Company, "stock_code")),
			a.named(c.Company), show.Pair(place, a.placeName(place)),
			show.Word(a.language.Join(reasons)), show.Word(p.Text(c.Company, "uscc")),
			valueCell(p, c.Company, "registered_capital", 2), valueCell(p, c.Company, "employees", 0))
	}
	return t
}

// valueCell shows a number that a node has, unknown where it has none.
func valueCell(p *projection.Projection, v projection.Vertex, property string, decimals int) show.Cell {
	switch x, _ := p.Value(v, property); x := x.(type) {
	case float64:
		return show.Number(x, decimals)
	case int64:
		return show.Count(int(x))
	default:
		return show.Unknown()
	}
}

// placeName is the name of a region, a dash where only the country is known.
func (a *asker) placeName(code string) string {
	v := a.picture.RegionByCode(code)
	if v == projection.None || code == "100000" {
		return "–"
	}
	return a.name(v)
}
