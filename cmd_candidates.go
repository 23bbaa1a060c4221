package main

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/schema"
)

func newCandidates(a *app) *cobra.Command {
	var region, link, kind, grade, asOf string
	var exclude []string
	var limit int
	cmd := &cobra.Command{
		Use:   "candidates --region REGION --link LINK",
		Short: "Ask which companies would fill a link: from outside (attract) or from here (grow)",
		Example: `  liantu candidates --region 杭州 --link 光刻胶
  liantu candidates --region 330100 --link semiconductor.materials --kind attract --limit 10`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			q, err := candidateQuestion(region, link, kind, grade)
			if err := errors.Join(err, checkAsOf(asOf)); err != nil {
				return err
			}
			q.Exclude = exclude
			return a.withPicture(cmd.Context(), func(p *projection.Projection) error {
				answer, err := gaps.Candidates(cmd.Context(), p, a.cfg.Gaps, q)
				if err != nil {
					return explain(p, err)
				}
				return a.printCandidates(cmd, p, answer, limit)
			}, projection.AsOf(asOf))
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&region, "region", "", "region asked about: code or name (required)")
	flags.StringVar(&link, "link", "", "link to fill: code or name (required)")
	flags.StringVar(&kind, "kind", "", "only candidates of this kind: attract or grow (default both)")
	flags.StringVar(&grade, "min-grade", "", "weakest grade of evidence that counts: A, B, C or D")
	flags.StringSliceVar(&exclude, "exclude", nil, "companies that are not wanted: names, codes or ids, with commas between")
	addAsOfFlag(cmd, &asOf)
	flags.IntVar(&limit, "limit", -1, fmt.Sprintf("rows at most, 0 for all (default %d in a table, all else)", tableRows))
	addFormatFlag(cmd)
	return cmd
}

func candidateQuestion(region, link, kind, grade string) (gaps.CandidateQuestion, error) {
	q := gaps.CandidateQuestion{Region: region, Link: link}
	var faults []error
	if region == "" {
		faults = append(faults, errors.New("--region: is missing; give a code or a name, such as 330100 or 杭州"))
	}
	if link == "" {
		faults = append(faults, errors.New("--link: is missing; give the code or the name of a link"))
	}
	var err error
	if q.MinGrade, err = gradeOf(grade); err != nil {
		faults = append(faults, err)
	}
	if kind != "" {
		kinds, err := wordsOf("--kind", []string{kind}, gaps.CandidateKinds(), gaps.CandidateKind.Label)
		if err != nil {
			faults = append(faults, err)
		} else {
			q.Kind = kinds[0]
		}
	}
	return q, errors.Join(faults...)
}

func (a *app) printCandidates(cmd *cobra.Command, p *projection.Projection, answer *gaps.CandidateAnswer, limit int) error {
	format, err := cmd.Flags().GetString("format")
	if err != nil {
		return err
	}
	shown := answer.First(limited(limit, answer.Len(), format))
	if format == "json" {
		r := recorder{p}
		record := r.fields(reflect.ValueOf(*answer))
		at := slices.IndexFunc(record, func(m member) bool { return m.name == "set_back" })
		return a.printJSON(slices.Insert(record, at, member{"candidates", r.record(shown)}))
	}
	t := a.candidateTable(p, shown)
	t.heading = []string{
		fmt.Sprintf("%s %s ← %s %s", p.Code(answer.Region), a.name(p, answer.Region), p.Code(answer.Link), a.name(p, answer.Link)),
		a.text(schema.Text{
			Zh: fmt.Sprintf("候选企业 %d 家；证据等级 %s 及以上；数据截至 %s，版本 %d", answer.Len(), answer.MinGrade, answer.DataDate, answer.Version),
			En: fmt.Sprintf("%d candidates; evidence of grade %s or better; data to %s, version %d", answer.Len(), answer.MinGrade, answer.DataDate, answer.Version),
		}),
	}
	if inFile(format) {
		return a.print(cmd, t, nil)
	}
	a.printHead(t.heading)
	a.printAside(p, answer)
	a.printPast(p)
	fmt.Fprintln(a.stdout)
	if err := a.draw(t, screenOf(a.stdout)); err != nil {
		return err
	}
	if rest := answer.Len() - len(shown); rest > 0 {
		fmt.Fprintln(a.stdout, a.text(schema.Text{
			Zh: fmt.Sprintf("另有 %d 家未列出，--limit 0 列出全部", rest),
			En: fmt.Sprintf("%d more; --limit 0 shows all", rest),
		}))
	}
	return nil
}

// printAside says who was left out and who is listed behind.
func (a *app) printAside(p *projection.Projection, answer *gaps.CandidateAnswer) {
	if n := answer.SetBack; n > 0 {
		fmt.Fprintln(a.stdout, a.text(schema.Text{
			Zh: fmt.Sprintf("同一集团只有前 %d 家靠前，其余 %d 家列后", a.cfg.Gaps.CandidatesPerGroup, n),
			En: fmt.Sprintf("%d listed behind, as only the first %d of a group stand before others", n, a.cfg.Gaps.CandidatesPerGroup),
		}))
	}
	for _, x := range answer.Excluded {
		by := schema.Text{Zh: "由 --exclude 指定", En: "by --exclude"}
		if x.Pursuit != nil {
			name := a.name(p, x.Pursuit.TaskForce)
			by = schema.Text{Zh: "由“" + name + "”排除", En: "by " + name}
		}
		fmt.Fprintln(a.stdout, a.text(schema.Text{
			Zh: fmt.Sprintf("未列入：%s（%s）", a.name(p, x.Company), by.Zh),
			En: fmt.Sprintf("left out: %s (%s)", a.name(p, x.Company), by.En),
		}))
	}
}

func (a *app) candidateTable(p *projection.Projection, candidates []*gaps.Candidate) *table {
	t := &table{columns: []column{
		{name: "score", head: schema.Text{Zh: "得分", En: "SCORE"}, right: true},
		{name: "kind", head: schema.Text{Zh: "路径", En: "KIND"}},
		{name: "stock_code", head: schema.Text{Zh: "证券代码", En: "STOCK"}},
		{name: "company", head: schema.Text{Zh: "企业", En: "COMPANY"}, flex: true},
		{name: "place", head: schema.Text{Zh: "所在地", En: "PLACE"}},
		{name: "reasons", head: schema.Text{Zh: "理由", En: "WHY"}, flex: true},
		{name: "uscc", head: schema.Text{Zh: "统一社会信用代码", En: "USCC"}, file: true},
		{name: "registered_capital", head: schema.Text{Zh: "注册资本（万元）", En: "CAPITAL (10,000 CNY)"}, right: true, file: true},
		{name: "employees", head: schema.Text{Zh: "员工人数", En: "EMPLOYEES"}, right: true, file: true},
	}}
	separator := " "
	if a.lang == "zh" {
		separator = "" // a Chinese full stop is wide enough
	}
	for _, c := range candidates {
		var reasons []string
		for _, r := range c.Reasons {
			reasons = append(reasons, a.text(r.Text))
		}
		place := p.PlaceOf(c.Company)
		t.add(number(c.Score, 2), cell{string(c.Kind), a.text(c.Kind.Label())}, word(p.Text(c.Company, "stock_code")),
			cell{p.Caption(c.Company), a.name(p, c.Company)}, cell{place, a.placeName(p, place)},
			word(strings.Join(reasons, separator)), word(p.Text(c.Company, "uscc")),
			valueCell(p, c.Company, "registered_capital", 2), valueCell(p, c.Company, "employees", 0))
	}
	return t
}

// valueCell shows a number that a node has, nothing where it is not known.
func valueCell(p *projection.Projection, v projection.Vertex, property string, decimals int) cell {
	switch x, _ := p.Value(v, property); x := x.(type) {
	case float64:
		return number(x, decimals)
	case int64:
		return count(int(x))
	default:
		return cell{"", "–"}
	}
}

// placeName is the name of a region, and a dash for a company whose place is
// known only to be in the country.
func (a *app) placeName(p *projection.Projection, code string) string {
	v := p.RegionByCode(code)
	if v == projection.None || code == "100000" {
		return "–"
	}
	return a.name(p, v)
}
