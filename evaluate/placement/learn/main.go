// Command learn makes the points of placement anew from the pairs in
// evaluate/placement/labels and the texts of the data folder, and prints how they do on
// the companies that taught nothing:
//
//	go run ./evaluate/placement/learn -data ../shared/data
//
// It writes place/tables/points.csv, thresholds.csv and certainty.csv, the same bytes for the same input.
package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/csv"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"liantu/evaluate/placement"
	"liantu/examples/zhejiang/picture"
	"liantu/graph/placements"
	"liantu/graph/projection"
	"liantu/message"
	"liantu/place"
)

func main() {
	data := flag.String("data", "../shared/data", "folder with placement/ and today/")
	labels := flag.String("labels", "evaluate/placement/labels/labels.csv", "the judged pairs")
	out := flag.String("out", "place/tables", "folder of the tables")
	precision := flag.Float64("precision", .9, "part of the confirmed that is to be right, in the report")
	wrong := flag.Bool("wrong", false, "list the pairs of the half that teaches on which the labels and the placements differ")
	check := flag.Bool("check", false, "write nothing; fail if the tables would change")
	flag.Parse()
	if err := learn(context.Background(), *data, *labels, *out, *check, *precision, *wrong); err != nil {
		fmt.Fprintln(os.Stderr, "learn:", err)
		os.Exit(1)
	}
}

func learn(ctx context.Context, data, labels, out string, check bool, precision float64, wrong bool) error {
	live, err := picture.New(ctx)
	if err != nil {
		return err
	}
	p := live.Current()
	words, err := newWords(data)
	if err != nil {
		return err
	}
	companies, err := words.judged(codesOf(p), labels, filepath.Join(data, "placement", "labels.csv"))
	if err != nil {
		return err
	}
	links := placements.Links(p)
	model, err := teach(links, companies)
	if err != nil {
		return err
	}
	if err := write(model, out, check); err != nil {
		return err
	}
	placer, err := place.With(links, model, precision)
	if err != nil {
		return err
	}
	if wrong {
		listWrong(placer, companies)
	}
	return report(ctx, placer, companies)
}

// listWrong prints the pairs of the half that teaches on which labels and placements differ.
func listWrong(placer *place.Placer, companies []company) {
	for _, c := range companies {
		if !placement.Teaches(c.Name) {
			continue
		}
		found := map[string]place.Placement{}
		for _, pl := range placer.Place(c.Company) {
			found[pl.Link] = pl
		}
		for _, link := range slices.Sorted(maps.Keys(c.pairs)) {
			pl, verdict := found[link], c.pairs[link]
			if (pl.Outcome == place.Confirmed) != (verdict == place.Yes) {
				fmt.Printf("%-9s %-6s %.2f %s %s %s | %s %s\n", pl.Outcome, verdict, pl.Probability, c.Name, link, pl.Evidence.Barred, c.Industry, pl.Evidence.In(message.Chinese))
			}
		}
	}
}

// teach learns from the half of the companies that teach.
func teach(links []place.Link, companies []company) (*place.Model, error) {
	t, err := place.NewTaxonomy(links)
	if err != nil {
		return nil, err
	}
	pupil := place.NewPupil(t)
	for _, c := range companies {
		if placement.Teaches(c.Name) {
			pupil.Add(c.Company, c.pairs)
		}
	}
	return pupil.Learn()
}

// write writes the three tables, or compares them with those that are there.
func write(m *place.Model, folder string, check bool) error {
	var points, thresholds, certainty bytes.Buffer
	if err := errors.Join(m.Write(&points, &thresholds), m.WriteCertainty(&certainty)); err != nil {
		return err
	}
	for name, text := range map[string][]byte{"points.csv": points.Bytes(), "thresholds.csv": thresholds.Bytes(), "certainty.csv": certainty.Bytes()} {
		path := filepath.Join(folder, name)
		if !check {
			if err := os.WriteFile(path, text, 0o644); err != nil {
				return err
			}
			continue
		}
		is, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if !bytes.Equal(is, text) {
			return fmt.Errorf("%s is not what the labels give; run learn without -check", path)
		}
	}
	return nil
}

// report prints the measures on the companies that taught nothing, and on those that did.
func report(ctx context.Context, placer *place.Placer, companies []company) error {
	for _, part := range parts {
		var texts []placement.Text
		var labels []placement.Label
		for _, c := range companies {
			if !part.holds(&c) {
				continue
			}
			texts = append(texts, placement.Text{Company: c.Company})
			for _, link := range slices.Sorted(maps.Keys(c.pairs)) {
				labels = append(labels, placement.Label{Company: c.Name, Link: link, Verdict: c.pairs[link]})
			}
		}
		scored, err := placement.Score(ctx, placer, texts)
		if err != nil {
			return err
		}
		results, _ := placement.Measure(scored, labels)
		fmt.Println(part.name)
		for _, r := range results {
			fmt.Printf("  %-15s companies %3d pairs %4d yes %3d confirmed %3d strict %.3f lenient %.3f recall %.3f recall@5 %.3f AP %.3f ECE %.3f\n",
				r.Group, r.Companies, r.Pairs, r.Yes, r.Confirmed, r.Strict.Value, r.Lenient.Value, r.Recall.Value, r.RecallAt5.Value, r.AP, r.ECE)
		}
	}
	return nil
}

// parts are the parts of the companies that the report shows apart.
var parts = []struct {
	name  string
	holds func(*company) bool
}{
	{"taught nothing, and nobody had looked at them", func(c *company) bool { return !placement.Teaches(c.Name) && c.fresh }},
	{"taught nothing", func(c *company) bool { return !placement.Teaches(c.Name) }},
	{"taught the points", func(c *company) bool { return placement.Teaches(c.Name) }},
}

// company is a company with its judged pairs by code of link.
type company struct {
	place.Company
	pairs map[string]place.Verdict
	fresh bool // it was first judged when the rules and the terms stood
}

// firstFresh is the first reading of companies that nobody had looked at while the rules
// and the terms were written.
const firstFresh = "3"

// words finds the texts of companies, by name and source.
type words map[[2]string]place.Company

// newWords reads the texts of a data folder.
func newWords(data string) (words, error) {
	w := words{}
	add := func(name, source, industry, text string) {
		c := place.Company{Name: name, Industry: industry}
		if source == "main_business" {
			c.Business = text
		} else {
			c.Scope = text
		}
		if _, ok := w[[2]string{name, source}]; !ok {
			w[[2]string{name, source}] = c
		}
	}
	return w, errors.Join(
		eachRow(filepath.Join(data, "placement", "companies.csv"), func(r map[string]string) { add(r["company"], r["source"], r["industry"], r["text"]) }),
		eachRow(filepath.Join(data, "today", "private_companies_2025.csv.gz"), func(r map[string]string) {
			add(r["name"], "business_scope", r["industry"], r["business_scope"])
		}),
		eachRow(filepath.Join(data, "today", "companies_business_2022.csv"), func(r map[string]string) {
			add(r["name"], "main_business", r["industry"], r["product_types"]+"；"+r["main_business"])
		}))
}

// codesOf returns what finds the code of a link by a code that it has or had.
func codesOf(p *projection.Projection) func(string) string {
	return func(code string) string {
		if v, err := p.Lookup(code, projection.Link); err == nil {
			return p.Code(v)
		}
		return code
	}
}

// judged returns the companies of some files of pairs with their texts, sorted by name.
// Codes that a link had before count for it; of two verdicts the better one counts. A
// company without a text is an error.
func (w words) judged(codeOf func(string) string, paths ...string) ([]company, error) {
	found := map[[2]string]*company{}
	var faults []error
	for _, path := range paths {
		faults = append(faults, eachRow(path, func(r map[string]string) {
			key := [2]string{r["company"], r["source"]}
			text, ok := w[key]
			if !ok {
				faults = append(faults, fmt.Errorf("%s: no text of %s", path, key))
				return
			}
			if found[key] == nil {
				found[key] = &company{text, map[string]place.Verdict{}, r["reading"] >= firstFresh}
			}
			link := codeOf(r["link"])
			order := []place.Verdict{"", place.No, place.Partly, place.Yes}
			if v := place.Verdict(r["label"]); slices.Index(order, v) > slices.Index(order, found[key].pairs[link]) {
				found[key].pairs[link] = v
			}
		}))
	}
	var out []company
	for _, key := range slices.SortedFunc(maps.Keys(found), func(a, b [2]string) int { return slices.Compare(a[:], b[:]) }) {
		out = append(out, *found[key])
	}
	return out, errors.Join(faults...)
}

// eachRow calls use for every row of a CSV file with a header, packed or not.
func eachRow(path string, use func(map[string]string)) (err error) {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	var from io.Reader = f
	if strings.HasSuffix(path, ".gz") {
		if from, err = gzip.NewReader(f); err != nil {
			return err
		}
	}
	rows, err := csv.NewReader(from).ReadAll()
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	for _, cells := range rows[1:] {
		row := map[string]string{}
		for i, head := range rows[0] {
			row[strings.TrimPrefix(head, "\ufeff")] = strings.TrimSpace(cells[i])
		}
		use(row)
	}
	return nil
}
