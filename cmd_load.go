package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"liantu/graph"
	"liantu/graph/filestore"
	"liantu/loaders"
	"liantu/schema"
)

func newLoad(a *app) *cobra.Command {
	var options loaders.Options
	var rejects, mapping, grade, assert string
	cmd := &cobra.Command{
		Use:   "load PATH...",
		Short: "Load files or folders: xlsx, CSV, HTML tables saved as .xls, JSON, also packed",
		Long: `Load files into the graph. Each file of the native layout is named after the kind
that it holds (Company.csv, OPERATES_IN.csv); other files are recognised by their
column heads, or described by a mapping. Of a folder the files directly in it are
loaded, in any order. Loading the same again changes nothing.

Every fault is reported with file, row, column, value and reason. The exit code
is 0 when all went in, 2 when something was left out, 1 when the load failed.`,
		Example: `  liantu load companies.csv --source hz-survey-2026 --as-of 2026-03 --grade B
  liantu load data/ --dry-run
  liantu load chainkg/ --mapping chainkg
  liantu load list.csv --mapping mine.yaml --format csv > faults.csv`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			var err error
			options.Paths, options.Model, options.Grade = args, schema.Default(), graph.Grade(strings.ToUpper(grade))
			if mapping != "" {
				if options.Mapping, err = findMapping(mapping); err != nil {
					return err
				}
			}
			if assert != "" {
				if options.Assert, err = readAssertions(assert); err != nil {
					return err
				}
			}
			return a.load(cmd, options, rejects)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&mapping, "mapping", "", "how to read the files: "+strings.Join(loaders.BuiltIns(), ", ")+", or a YAML file")
	flags.StringVar(&options.Kind, "kind", "", "kind of node or edge that every file holds")
	flags.StringVar(&options.Source, "source", "", "name of the source, where the rows do not tell")
	flags.StringVar(&options.AsOf, "as-of", "", "day of the facts, where the rows do not tell: 2026, 2026-03 or 2026-03-31")
	flags.StringVar(&grade, "grade", "", "grade of evidence A to D, where the rows do not tell (default D)")
	flags.StringVar(&assert, "assert", "", "YAML file of what must hold of the load, or nothing is written")
	flags.StringVar(&options.Load, "batch", "", "name of the load, for liantu undo (default made from the files)")
	flags.StringVar(&options.Encoding, "encoding", "", "of text: utf-8, gb18030 (gbk), utf-16le or utf-16be (default: byte order mark, else UTF-8)")
	flags.StringVar(&options.Sheet, "sheet", "", "sheet of workbooks by name or number (default: all visible ones that hold data)")
	flags.IntVar(&options.HeaderRow, "header-row", 0, "line of the column heads (default: found by the heads)")
	flags.BoolVar(&options.Names, "names", true, "take companies for known ones whose names mean the same; --names=false joins by identifiers and equal names alone")
	flags.BoolVar(&options.Lift, "lift-forgotten", false, "load also persons who were forgotten on request, since they agree anew; it is put on record")
	flags.BoolVar(&options.DryRun, "dry-run", false, "report what would happen and write nothing")
	flags.StringVar(&rejects, "rejects", "", "write the rows that were left out, with the reasons, to this .xlsx or .csv file")
	flags.SetNormalizeFunc(shortFlags)
	addFormatFlag(cmd)
	flags.Lookup("format").Usage = "form of the report: table, json, csv (the faults) or xlsx"
	return cmd
}

// shortFlags lets --map stand for --mapping.
func shortFlags(_ *pflag.FlagSet, name string) pflag.NormalizedName {
	if name == "map" {
		name = "mapping"
	}
	return pflag.NormalizedName(name)
}

// findMapping finds a mapping by the name of a built-in one or in a file.
func findMapping(name string) (*loaders.Mapping, error) {
	if slices.Contains(loaders.BuiltIns(), name) {
		return loaders.BuiltIn(name, schema.Default())
	}
	file, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) && filepath.Ext(name) == "" {
		known := loaders.BuiltIns()
		return nil, hint(fmt.Errorf("mapping %q: %w%s", name, graph.ErrNotFound, didYouMean(name, known)), schema.Text{
			Zh: "内置映射：" + strings.Join(known, "、") + "；也可以给出一个 YAML 文件",
			En: "there are the mappings " + strings.Join(known, ", ") + ", or give a YAML file",
		})
	}
	if err != nil {
		return nil, fmt.Errorf("mapping: %w", err)
	}
	m, err := loaders.ReadMapping(file, schema.Default())
	if err := errors.Join(err, file.Close()); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return m, nil
}

func readAssertions(name string) (*loaders.Assertions, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("assertions: %w", err)
	}
	asserted, err := loaders.ReadAssertions(file, schema.Default())
	if err := errors.Join(err, file.Close()); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return asserted, nil
}

// load runs a load and prints its report, also of one that broke off.
func (a *app) load(cmd *cobra.Command, options loaders.Options, rejects string) (err error) {
	ctx := cmd.Context()
	defer frugal()()
	store, err := a.loadStore(ctx, options.DryRun)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	bar := newProgressBar(a.stderr)
	options.Store, options.Progress = store, bar.show
	var left rejectRows
	if rejects != "" {
		options.Rejects = left.add
	}
	if options.Lift && !options.DryRun {
		if err := a.recordLift(); err != nil {
			return err
		}
	}
	report, err := loaders.Load(ctx, options)
	bar.clear()
	if err == nil && rejects != "" {
		err = left.write(rejects)
	}
	if report != nil {
		err = errors.Join(err, a.printReport(cmd, report))
	}
	if err == nil && !report.Complete() {
		return errPartial
	}
	return err
}

// loadStore opens the store to load into. A dry run on a graph file that is
// not there works on an empty one that is thrown away, so that it leaves nothing.
func (a *app) loadStore(ctx context.Context, dryRun bool) (graph.Store, error) {
	if dryRun && a.cfg.Store.Kind == "file" {
		if _, err := os.Stat(a.cfg.Store.Path); errors.Is(err, fs.ErrNotExist) {
			return throwAway()
		}
	}
	return a.openStore(ctx)
}

// throwAwayStore is a graph file in a folder of its own that goes with it.
type throwAwayStore struct {
	*filestore.Store
	dir string
}

// throwAway makes an empty graph that is removed when it is closed.
func throwAway() (*throwAwayStore, error) {
	dir, err := os.MkdirTemp("", "liantu-")
	if err != nil {
		return nil, err
	}
	store, err := filestore.Open(filepath.Join(dir, "graph.db"), schema.Default())
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return &throwAwayStore{store, dir}, nil
}

// Close frees the graph and removes it.
func (s *throwAwayStore) Close() error {
	return errors.Join(s.Store.Close(), os.RemoveAll(s.dir))
}
