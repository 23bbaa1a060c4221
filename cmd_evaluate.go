package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"liantu/evaluate"
	"liantu/graph"
	"liantu/graph/feasibility"
	"liantu/graph/filestore"
	"liantu/schema"
)

// newEvaluate groups the back-tests of the program's advice.
func newEvaluate(a *app) *cobra.Command {
	parent := &cobra.Command{
		Use:   "evaluate",
		Short: "Back-test the advice: hide what came later, and score what was foretold",
		Long: `Back-test the advice on a folder of CSV files (UTF-8, with a header; further columns
are ignored):

  companies.csv  id, region, item, date   who came where with what, and when
  items.csv      item, name, parent       optional: the items and their classes
  feeds.csv      from, to                 materials and the products they go into
  supplies.csv   supplier, buyer          who supplies whom
  products.csv   item, name               optional: names of products`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	parent.AddCommand(newEvaluateEntry(a), newEvaluateTies(a, true), newEvaluateTies(a, false), newEvaluateTrain(), newEvaluateConvert(a), newEvaluateIntermediaries(a), newEvaluateServices(a))
	return parent
}

func newEvaluateEntry(a *app) *cobra.Command {
	var data, scores, weights string
	var why bool
	var q evaluate.EntryQuestion
	cmd := &cobra.Command{
		Use:   "entry --data DIR --cutoff DATE --until DATE",
		Short: "Which empty cells (region, item) of a day were filled later",
		Long: `Which cells (region, item) that no company had filled by the cutoff were filled by
the end. What came after the cutoff is hidden by the picture of that day. Figures are
taken inside each region and averaged over the regions that gained an item, with 95 %
intervals over bootstraps of these regions. The weights of our score are learned from
before the cutoff, unless --weights names a file of them.`,
		Example: `  liantu evaluate entry --data plain --cutoff 2011-12-31 --until 2016-12-31
  liantu evaluate entry --data cities --cutoff 2011 --until 2016 --min-companies 10 --scores cells.csv`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := checkWindow(data, &q); err != nil {
				return err
			}
			if weights != "" {
				if err := readJSON(weights, &q.Weights); err != nil {
					return err
				}
				if err := q.Weights.Check(feasibility.TermNames()); err != nil {
					return fmt.Errorf("%s: %w", weights, err)
				}
			}
			r, err := evaluateEntry(cmd.Context(), data, q)
			if err != nil {
				return err
			}
			var terms []string
			if why {
				terms = feasibility.TermNames()
			}
			if err := writeCells(scores, r.Scores, terms); err != nil {
				return err
			}
			return a.printEntry(cmd, r)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&data, "data", "", "folder in the plain layout (required)")
	flags.StringVar(&q.Cutoff, "cutoff", "", "last day that may be known: 2011-12-31, 2011-12 or 2011 (required)")
	flags.StringVar(&q.Until, "until", "", "last day of the test (required)")
	flags.IntVar(&q.MinCompanies, "min-companies", 1, "ask only about regions with so many companies at the cutoff")
	flags.Uint64Var(&q.Seed, "seed", 1, "of the random method and the bootstraps")
	flags.StringVar(&scores, "scores", "", "write region,item,score of every cell to this file")
	flags.BoolVar(&why, "terms", false, "add a column for the points of each term to --scores; they add up to the score")
	flags.StringVar(&weights, "weights", "", "file of weights to use (default: learned from before the cutoff)")
	addFormatFlag(cmd)
	return cmd
}

// checkWindow names every fault of what needs no data.
func checkWindow(data string, q *evaluate.EntryQuestion) error {
	faults := []error{checkData(data)}
	for _, d := range []struct {
		flag string
		day  *string
	}{{"--cutoff", &q.Cutoff}, {"--until", &q.Until}} {
		day, err := schema.ParseDate(*d.day)
		switch {
		case *d.day == "":
			faults = append(faults, fmt.Errorf("%s: is missing; give a day, such as 2011-12-31", d.flag))
		case err != nil:
			faults = append(faults, fmt.Errorf("%s: %w", d.flag, err))
		default:
			*d.day = day
		}
	}
	return errors.Join(faults...)
}

func checkData(data string) error {
	if data == "" {
		return errors.New("--data: is missing; give a folder with the CSV files, see liantu evaluate --help")
	}
	return nil
}

// readPlain reads files of a folder in the plain layout, with a hint when one
// is not there.
func readPlain(folder string, files ...string) (*evaluate.Folder, error) {
	f, err := evaluate.ReadFolder(folder, files...)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, hint(err, schema.Text{
			Zh: "所需文件及其列见 liantu evaluate --help；liantu evaluate convert 可生成这些文件",
			En: "liantu evaluate --help lists the files and their columns; liantu evaluate convert makes them",
		})
	}
	return f, err
}

// evaluateEntry runs the back-test on a store of its own.
func evaluateEntry(ctx context.Context, folder string, q evaluate.EntryQuestion) (r *evaluate.EntryReport, err error) {
	err = withPlainStore(folder, func(store graph.Store, f *evaluate.Folder) error {
		r, err = evaluate.Entry(ctx, store, f, q)
		return err
	})
	return r, err
}

// withPlainStore reads the companies of a folder and makes an empty store for
// them, which it removes in the end.
func withPlainStore(folder string, do func(graph.Store, *evaluate.Folder) error) (err error) {
	f, err := readPlain(folder, evaluate.CompaniesFile, evaluate.ItemsFile)
	if err != nil {
		return err
	}
	temporary, err := os.MkdirTemp("", "liantu-evaluate-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(temporary)) }()
	store, err := filestore.Open(filepath.Join(temporary, "graph.db"), evaluate.Model())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	return do(store, f)
}

func newEvaluateTrain() *cobra.Command {
	var data, day, out string
	var least int
	cmd := &cobra.Command{
		Use:   "train --data DIR --day DATE --out FILE",
		Short: "Learn the weights of our score from what had happened by a day",
		Long: `Learn the weights of our score from the windows of one to three years that end on
a day, and write them as JSON for liantu evaluate entry --weights. Nothing of after
the day is seen.`,
		Example: `  liantu evaluate train --data provinces --day 2011-12-31 --out weights.json`,
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			day, err := schema.ParseDate(day)
			if err != nil || day == "" {
				return errors.New("--day: give a day, such as 2011-12-31")
			}
			if err := checkData(data); err != nil {
				return err
			}
			if out == "" {
				return errors.New("--out: is missing; give the file to write")
			}
			return withPlainStore(data, func(store graph.Store, f *evaluate.Folder) error {
				past, err := evaluate.NewPast(cmd.Context(), store, f)
				if err != nil {
					return err
				}
				weights, err := past.Learn(cmd.Context(), day, least)
				if err != nil {
					return err
				}
				return writeJSON(out, weights)
			})
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&data, "data", "", "folder in the plain layout (required)")
	flags.StringVar(&day, "day", "", "last day that may be known (required)")
	flags.StringVar(&out, "out", "", "file to write (required)")
	flags.IntVar(&least, "min-companies", 1, "learn only from regions with so many companies")
	return cmd
}

// newEvaluateTies makes the command for supplies, or for materials.
func newEvaluateTies(a *app, supplies bool) *cobra.Command {
	var data, test, scores string
	q := evaluate.TieQuestion{}
	cmd := &cobra.Command{
		Use:   "products --data DIR",
		Short: "Which hidden materials of a product the known ones foretell",
		Long: `Which pairs of feeds.csv (from a material to a product) that are hidden the others
foretell. Ranks are filtered: known and other hidden partners are taken out. AUC and
AP are against pairs of the same product and a material of like many products.`,
		Example: `  liantu evaluate products --data plain --test-share 0.1 --seed 1`,
		Args:    cobra.NoArgs,
	}
	if supplies {
		cmd.Use, cmd.Short = "suppliers --data DIR", "Which hidden suppliers of a company the known ones foretell"
		cmd.Long = `Which pairs of supplies.csv (supplier, buyer) that are hidden the others foretell.
Ranks are filtered: known and other hidden partners are taken out. AUC and AP are
against pairs of the same buyer and a supplier of like many buyers.`
		cmd.Example = `  liantu evaluate suppliers --data plain --test hidden.csv --scores top.csv`
	}
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if err := errors.Join(checkData(data), checkShare(q.Share)); err != nil {
			return err
		}
		f, err := readTies(data, supplies)
		if err != nil {
			return err
		}
		if test != "" {
			if q.Test, err = readTest(test, supplies); err != nil {
				return err
			}
		}
		if scores != "" {
			q.Keep = 200
		}
		ask := evaluate.Products
		if supplies {
			ask = evaluate.Suppliers
		}
		r, err := ask(cmd.Context(), f, q)
		if err != nil {
			return err
		}
		if err := writeTies(scores, r.Scores); err != nil {
			return err
		}
		return a.printTies(cmd, r)
	}
	flags := cmd.Flags()
	flags.StringVar(&data, "data", "", "folder in the plain layout (required)")
	flags.StringVar(&test, "test", "", "file of the hidden pairs, with the columns of the data")
	flags.Float64Var(&q.Share, "test-share", 0.2, "share of the pairs to hide when there is no --test")
	flags.Uint64Var(&q.Seed, "seed", 1, "of the hidden pairs, the random method, the matched pairs and the bootstraps")
	flags.StringVar(&scores, "scores", "", "write supplier,buyer,score of the 200 best for each buyer of the test to this file")
	addFormatFlag(cmd)
	return cmd
}

func checkShare(share float64) error {
	if !(share > 0 && share < 1) {
		return fmt.Errorf("--test-share: %v does not lie between 0 and 1", share)
	}
	return nil
}

func readTies(data string, supplies bool) (*evaluate.Folder, error) {
	if supplies {
		return readPlain(data, evaluate.SuppliesFile)
	}
	return readPlain(data, evaluate.FeedsFile, evaluate.ItemsFile, evaluate.ProductsFile)
}

func readTest(path string, supplies bool) ([]evaluate.Pair, error) {
	if supplies {
		return evaluate.ReadPairs(path, "supplier", "buyer")
	}
	return evaluate.ReadPairs(path, "from", "to")
}

func newEvaluateConvert(a *app) *cobra.Command {
	var c evaluate.Conversion
	cmd := &cobra.Command{
		Use:   "convert --from DIR --to DIR",
		Short: "Turn a folder in the layout of ChainKnowledgeGraph into the plain layout",
		Long: `Write companies.csv, items.csv, feeds.csv and products.csv from the JSON lines of
ChainKnowledgeGraph. Place and listing day of the companies come from a CSV file with
the columns ts_code and list_date and one for the place.`,
		Example: `  liantu evaluate convert --from chainkg --to provinces
  liantu evaluate convert --from chainkg --to cities --places companies_tushare_2024.csv.gz --place-column city`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if c.From == "" || c.To == "" {
				return errors.New("--from and --to: give both folders")
			}
			if c.Places == "" {
				c.Places = filepath.Join(c.From, "stock_basic.csv")
			}
			counts, err := evaluate.Convert(c)
			if err != nil {
				return err
			}
			for _, name := range []string{evaluate.CompaniesFile, evaluate.ItemsFile, evaluate.FeedsFile, evaluate.ProductsFile} {
				fmt.Fprintf(a.stdout, "%-14s %d\n", name, counts[name])
			}
			return nil
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&c.From, "from", "", "folder of ChainKnowledgeGraph, gzipped or not (required)")
	flags.StringVar(&c.To, "to", "", "folder to write (required)")
	flags.StringVar(&c.Places, "places", "", "CSV file of the places (default stock_basic.csv of the folder)")
	flags.StringVar(&c.PlaceColumn, "place-column", "area", "its column of the place")
	return cmd
}

func readJSON(path string, into any) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	d := json.NewDecoder(strings.NewReader(string(text)))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}
