package cli

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"liantu/cli/settings"
	"liantu/cli/show"
	"liantu/graph"
	"liantu/graph/area"
	"liantu/graph/projection"
	"liantu/message"
	"liantu/schema"
)

// asking are the flags that questions share.
type asking struct {
	ecosystem, chain, link []string
	about                  string
	peers                  []string
	grade, asOf            string
	population             string
	limit                  int

	anyGraph bool // the question is about the data themselves and needs no chain
}

// tableRows is how many rows a table on the terminal has unless the flags say.
const tableRows = 25

// The flags are added one by one, since few questions have them all.

func (f *asking) addScope(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringSliceVar(&f.ecosystem, "ecosystem", nil, "only these ecosystems")
	flags.StringSliceVar(&f.chain, "chain", nil, "only these chains")
	flags.StringSliceVar(&f.link, "link", nil, "only these links and those below them")
}

func (f *asking) addAbout(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.about, "about", "", "only what these words mean: an ecosystem, chain, link, product or company")
}

func (f *asking) addPeers(cmd *cobra.Command) {
	cmd.Flags().StringSliceVar(&f.peers, "peers", nil, "regions to compare with (default the whole country)")
}

func (f *asking) addGrade(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.grade, "min-grade", "", "weakest grade of evidence that counts: A, B, C or D")
}

func (f *asking) addPopulation(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.population, "population", "", "judge absence and strength by this population alone: "+listed(area.Populations()))
}

// addAsOf lets a command ask of a day in the past.
func (f *asking) addAsOf(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.asOf, "as-of", "", "answer with what was known and held on this day: 2024, 2024-06 or 2024-06-30")
}

func (f *asking) addLimit(cmd *cobra.Command) {
	cmd.Flags().IntVar(&f.limit, "limit", -1, fmt.Sprintf("rows at most, 0 for all (default %d in a table, all else)", tableRows))
}

func (f *asking) checkAsOf() error {
	if f.asOf == "" {
		return nil
	}
	day, err := schema.ParseDate(f.asOf)
	if err == nil {
		err = schema.InFuture(day, schema.Today(time.Now()))
	}
	if err != nil {
		return message.Errorf("--as-of: %w", err)
	}
	return nil
}

// minGrade reads the weakest grade of evidence that counts, "" for the default.
func (f *asking) minGrade() (graph.Grade, error) {
	if f.grade == "" {
		return "", nil
	}
	grade := graph.Grade(strings.ToUpper(f.grade))
	if !grade.Valid() {
		return "", message.Errorf("--min-grade: %q is not one of A, B, C, D", f.grade)
	}
	return grade, nil
}

// scope resolves ecosystems, chains and links to ids, each by the kind that its
// flag names, since a chain and a link may share a name.
func (f *asking) scope(p *projection.Projection) ([]string, error) {
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

// wantRegion is an error for a question without its region.
func wantRegion(region string) error {
	if region == "" {
		return message.Errorf("--region: is missing; give a code or a name, such as 330100 or 杭州")
	}
	return nil
}

// addLevels lets a command list links of all levels.
func addLevels(cmd *cobra.Command, levels *string) {
	cmd.Flags().StringVar(levels, "levels", "", "which links have a row: leaves (the default, with what only a whole shows), all")
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
			return nil, message.Errorf("%s: %q is not one of %s%s", flag, text, listed(all), settings.DidYouMean(text, names))
		}
		words = append(words, all[i])
	}
	return words, nil
}

// wordOf is wordsOf for one word, which may be left out.
func wordOf[W ~string](flag, text string, all []W, label func(W) schema.Text) (W, error) {
	if text == "" {
		return "", nil
	}
	words, err := wordsOf(flag, []string{text}, all, label)
	if err != nil {
		return "", err
	}
	return words[0], nil
}

func listed[W ~string](words []W) string {
	texts := make([]string, len(words))
	for i, w := range words {
		texts[i] = string(w)
	}
	return strings.Join(texts, ", ")
}

// addForm lets a command print its answer as a table, JSON, CSV or a workbook,
// and write it to a file, which is called as the answer is.
func addForm(cmd *cobra.Command, zh, en string) {
	cmd.Flags().String("format", show.FormTable, "form of the answer: table, json, csv or xlsx")
	cmd.Flags().String("out", "", "write the answer to this .xlsx, .csv or .json file, or to a folder under a name of its own")
	if cmd.Annotations == nil {
		cmd.Annotations = map[string]string{}
	}
	cmd.Annotations[titleZh], cmd.Annotations[titleEn] = zh, en
}

// addDocument lets a command print its answer as a document too.
func addDocument(cmd *cobra.Command) {
	cmd.Flags().Lookup("format").Usage = "form of the answer: table, json, csv, xlsx or docx"
	cmd.Flags().Lookup("out").Usage = "write the answer to this .docx, .xlsx, .csv or .json file, or to a folder under a name of its own"
	cmd.Annotations[printsDocument] = "true"
}

// formsOf are the forms in which a command prints its answer.
func formsOf(cmd *cobra.Command) []string {
	if _, ok := cmd.Annotations[printsDocument]; ok {
		return append(show.Forms(), show.FormDocument)
	}
	return show.Forms()
}

// flagText is the text of a flag, "" where a command has none of this name.
func flagText(cmd *cobra.Command, name string) string {
	if f := cmd.Flags().Lookup(name); f != nil {
		return f.Value.String()
	}
	return ""
}

// formOf is the form in which a command is to print its answer.
func formOf(cmd *cobra.Command) string { return flagText(cmd, "format") }

// checkForm refuses a --format or an --out that makes no sense before any
// work is done. Without --format the name of the file decides the form, and a
// folder gets a workbook.
func checkForm(cmd *cobra.Command) error {
	f := cmd.Flags().Lookup("format")
	if f == nil || cmd.Annotations[titleEn] == "" { // the command prints no answer
		return nil
	}
	if err := settings.OneOf(formsOf(cmd)...)(f.Value.String()); err != nil {
		return message.Errorf("--format: %q %w", f.Value.String(), err)
	}
	out := flagText(cmd, "out")
	if out == "" {
		return nil
	}
	form := show.FormWorkbook
	if !show.IsFolder(out) {
		form = strings.ToLower(strings.TrimPrefix(filepath.Ext(out), "."))
		if !f.Changed && (form == show.FormTable || !slices.Contains(formsOf(cmd), form)) {
			return hint(message.Errorf("--out: the name %q does not state a form", out), schema.Text{
				Zh: "文件名请以 .xlsx、.csv 或 .json 结尾，或用 --format 指定，或给出一个已有的文件夹",
				En: "end the name in .xlsx, .csv or .json, give a --format, or name a folder that is there",
			})
		}
	}
	if !f.Changed {
		return f.Value.Set(form)
	}
	if f.Value.String() == show.FormTable {
		return message.Errorf("--out: a table is for the terminal; use --format xlsx, csv or json")
	}
	return nil
}
