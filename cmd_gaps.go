package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"liantu/graph"
	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/schema"
)

// tableRows is how many rows a table on the terminal has unless told otherwise.
const tableRows = 25

// gapFlags are what a person asks on the command line.
type gapFlags struct {
	region                 string
	ecosystem, chain, link []string
	peers                  []string
	grade, order, asOf     string
	states, actions        []string
	limit                  int
	why                    bool
}

func newGaps(a *app) *cobra.Command {
	var f gapFlags
	cmd := &cobra.Command{
		Use:   "gaps --region REGION",
		Short: "Ask which links are missing, weak, strong or unknown in a region, and why",
		Long: `Ask which links of the chains are missing, weak, strong or unknown in a region.
Regions are given by GB/T 2260 code or name, ecosystems, chains and links by code
or name; lists are separated by commas.`,
		Example: `  liantu gaps --region 杭州 --ecosystem biomed
  liantu gaps --region 330000 --state ABSENT --action FILL,BUILD --limit 10
  liantu gaps --region 330100 --link 光刻胶 --why
  liantu gaps --region 330100 --peers 320500,440300 --format csv > gaps.csv`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			question, err := f.question()
			if err != nil {
				return err
			}
			return a.withPicture(cmd.Context(), func(p *projection.Projection) error {
				if question.Scope, err = f.scope(p); err != nil {
					return explain(p, err)
				}
				answer, err := gaps.Ask(cmd.Context(), p, a.cfg.Gaps, question)
				if err != nil {
					return explain(p, err)
				}
				return a.printGaps(cmd, p, answer, f)
			}, projection.AsOf(f.asOf))
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.region, "region", "", "region asked about: code or name (required)")
	flags.StringSliceVar(&f.ecosystem, "ecosystem", nil, "only these ecosystems: aiot, biomed, equipment, materials, energy")
	flags.StringSliceVar(&f.chain, "chain", nil, "only these chains")
	flags.StringSliceVar(&f.link, "link", nil, "only these links and those below them")
	flags.StringSliceVar(&f.peers, "peers", nil, "regions to compare with (default the whole country)")
	flags.StringVar(&f.grade, "min-grade", "", "weakest grade of evidence that counts: A, B, C or D")
	flags.StringSliceVar(&f.states, "state", nil, "only these states: "+listed(gaps.States()))
	flags.StringSliceVar(&f.actions, "action", nil, "only these actions: "+listed(gaps.Actions()))
	flags.StringVar(&f.order, "order-by", "", "how to sort: "+listed(gaps.Orders()))
	addAsOfFlag(cmd, &f.asOf)
	flags.IntVar(&f.limit, "limit", -1, fmt.Sprintf("rows at most, 0 for all (default %d in a table, all else)", tableRows))
	flags.BoolVar(&f.why, "why", false, "tell for each link its numbers, reasons, companies, sources and what would change it")
	addFormatFlag(cmd)
	return cmd
}

// addAsOfFlag lets a command ask of a day in the past.
func addAsOfFlag(cmd *cobra.Command, asOf *string) {
	cmd.Flags().StringVar(asOf, "as-of", "", "answer with what was known and held on this day: 2024, 2024-06 or 2024-06-30")
}

func checkAsOf(text string) error {
	if text == "" {
		return nil
	}
	if _, err := schema.ParseDate(text); err != nil {
		return fmt.Errorf("--as-of: %w", err)
	}
	return nil
}

// printPast says of an answer from the past which day it shows.
func (a *app) printPast(p *projection.Projection) {
	if p.Past() {
		fmt.Fprintln(a.stdout, a.paint(ansiYellow, a.text(schema.Text{
			Zh: fmt.Sprintf("按 %s 当日已知的情况回答，此后的数据未计入", p.AsOf()),
			En: fmt.Sprintf("as of %s: what was told of a later day is left out", p.AsOf()),
		})))
	}
}

// question checks what needs no picture, and names every fault.
func (f *gapFlags) question() (gaps.Question, error) {
	q := gaps.Question{Region: f.region, Peers: f.peers}
	var faults []error
	if f.region == "" {
		faults = append(faults, errors.New("--region: is missing; give a code or a name, such as 330100 or 杭州"))
	}
	note := func(err error) {
		if err != nil {
			faults = append(faults, err)
		}
	}
	var err error
	q.MinGrade, err = gradeOf(f.grade)
	note(err)
	note(checkAsOf(f.asOf))
	q.States, err = wordsOf("--state", f.states, gaps.States(), gaps.State.Label)
	note(err)
	q.Actions, err = wordsOf("--action", f.actions, gaps.Actions(), gaps.Action.Label)
	note(err)
	if f.order != "" {
		orders, err := wordsOf("--order-by", []string{f.order}, gaps.Orders(), nil)
		note(err)
		if err == nil {
			q.OrderBy = orders[0]
		}
	}
	return q, errors.Join(faults...)
}

// scope turns ecosystems, chains and links into ids, so that a name shared by
// a chain and a link finds what its flag says.
func (f *gapFlags) scope(p *projection.Projection) ([]string, error) {
	var ids []string
	for _, s := range []struct {
		kind  string
		texts []string
	}{{projection.Ecosystem, f.ecosystem}, {projection.Chain, f.chain}, {projection.Link, f.link}} {
		for _, text := range s.texts {
			v, err := p.Lookup(text, s.kind)
			if err != nil {
				return nil, err
			}
			ids = append(ids, string(p.ID(v)))
		}
	}
	return ids, nil
}

func gradeOf(text string) (graph.Grade, error) {
	if text == "" {
		return "", nil
	}
	grade := graph.Grade(strings.ToUpper(text))
	if !grade.Valid() {
		return "", fmt.Errorf("--min-grade: %q is not one of A, B, C, D", text)
	}
	return grade, nil
}

// wordsOf reads words of a fixed set as people write them: in any case, with
// a hyphen for an underscore, or as the label in either language.
func wordsOf[W ~string](flag string, texts []string, all []W, label func(W) schema.Text) ([]W, error) {
	var words []W
	for _, text := range texts {
		i := slices.IndexFunc(all, func(w W) bool {
			if strings.EqualFold(strings.ReplaceAll(text, "-", "_"), string(w)) {
				return true
			}
			return label != nil && (text == label(w).Zh || strings.EqualFold(text, label(w).En))
		})
		if i < 0 {
			names := strings.Split(listed(all), ", ")
			return nil, fmt.Errorf("%s: %q is not one of %s%s", flag, text, listed(all), didYouMean(text, names))
		}
		words = append(words, all[i])
	}
	return words, nil
}

func listed[W ~string](words []W) string {
	texts := make([]string, len(words))
	for i, w := range words {
		texts[i] = string(w)
	}
	return strings.Join(texts, ", ")
}

// explain adds to an error about an unknown name what may have been meant.
func explain(p *projection.Projection, err error) error {
	var missing *projection.NotFoundError
	if !errors.As(err, &missing) {
		return err
	}
	var near []string
	for _, hit := range missing.Near {
		near = append(near, titleOf(p, hit.Vertex))
	}
	if len(near) == 0 {
		return err
	}
	return hint(err, schema.Text{
		Zh: "您要找的是否为：" + strings.Join(near, "、"),
		En: "did you mean " + strings.Join(near, ", ") + "?",
	})
}

// titleOf is the code and the name of a node.
func titleOf(p *projection.Projection, v projection.Vertex) string {
	return strings.TrimSpace(p.Code(v) + " " + p.Caption(v))
}
