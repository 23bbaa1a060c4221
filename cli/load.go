package cli

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"liantu/access"
	"liantu/cli/help"
	"liantu/cli/placing"
	"liantu/cli/service"
	"liantu/cli/show"
	"liantu/graph"
	"liantu/graph/projection"
	"liantu/loaders"
	"liantu/loaders/assertions"
	"liantu/loaders/mapping"
	"liantu/message"
	"liantu/schema"
)

// reading are the flags that say how files are to be read.
type reading struct {
	loaders.Options
	mapping, grade string
}

// add adds the flags whose meaning is the same wherever files are read.
func (r *reading) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&r.Kind, "kind", "", "kind of node or edge that every file holds")
	flags.StringVar(&r.Encoding, "encoding", "", "of text: utf-8, gb18030 (gbk), utf-16le or utf-16be (default: byte order mark, else UTF-8)")
	flags.StringVar(&r.Sheet, "sheet", "", "sheet of workbooks by name or number (default: all visible ones that hold data)")
	flags.IntVar(&r.HeaderRow, "header-row", 0, "line of the column heads (default: found by the heads)")
	flags.SetNormalizeFunc(shortFlags)
}

// read completes the options for some files.
func (r *reading) read(paths []string) (err error) {
	r.Paths, r.Model, r.Grade = paths, schema.Default(), graph.Grade(strings.ToUpper(r.grade))
	if r.mapping != "" {
		r.Mapping, err = findMapping(r.mapping)
	}
	return err
}

// loadOptions are the flags of the command.
type loadOptions struct {
	reading
	rejects, assert string
	place           bool
}

func newLoad(e *env) *cobra.Command {
	var o loadOptions
	cmd := &cobra.Command{
		Use:   "load PATH...",
		Short: "Load files or folders: xlsx, CSV, HTML tables saved as .xls, JSON, also packed",
		Long: `Load files into the graph. Each file of the native layout is named after the kind
that it holds (Company.csv, OPERATES_IN.csv); other files are recognised by their
column heads, or described by a mapping. Of a folder the files directly in it are
loaded, in any order. Loading the same again changes nothing.

Where neither the rows nor a mapping nor --source and --as-of state them, the name
of the file is the source, and the day is read in the words above the table or in
the name of the file; else the day of the workbook or the file is assumed, which
never outranks a day that is stated. A warning says what was taken.

A list proves that companies are missing only where it says that it holds them all:
--population and --complete-in state that of the source, --population SELECTION that
it holds some only.

Every fault is reported with file, row, column, value and reason. The exit code
is 0 when all was loaded, 2 when something was left out, 1 when the load failed.`,
		Example: `  liantu load companies.csv --source hz-survey-2026 --as-of 2026-03 --grade B
  liantu load list.xlsx --population ABOVE_SCALE --complete-in 330100 --complete-on 2025-12-31
  liantu load data/ --dry-run
  liantu load chainkg/ --mapping chainkg
  liantu load list.csv --mapping mine.yaml --format csv > faults.csv`,
		Args:        help.MinimumNArgs(1),
		Annotations: mayDo(schema.MayLoad),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.read(args); err != nil {
				return err
			}
			if o.assert != "" {
				var err error
				if o.Assert, err = assertions.ReadFile(o.assert, schema.Default()); err != nil {
					return err
				}
			}
			if o.place && o.DryRun {
				return message.Errorf("--place: a dry run loads nothing that could be placed")
			}
			err := e.load(cmd, o.Options, o.rejects)
			if o.place && (err == nil || errors.Is(err, errPartial)) {
				err = errors.Join(err, e.placeAgain(cmd, placing.Precision, func(*projection.Projection) ([]string, error) { return []string{projection.Country}, nil }))
			}
			return err
		},
	}
	o.add(cmd)
	flags := cmd.Flags()
	flags.StringVar(&o.mapping, "mapping", "", "how to read the files: "+strings.Join(mapping.BuiltIns(), ", ")+", or a YAML file")
	flags.StringVar(&o.Source, "source", "", "name of the source, where the rows do not state it (default the name of the file)")
	flags.StringVar(&o.AsOf, "as-of", "", "day of the facts, where the rows do not state it: 2026, 2026-03 or 2026-03-31 (default what the file states, else its own day)")
	flags.StringVar(&o.grade, "grade", "", "grade of evidence A to D, where the rows do not state it (default D)")
	flags.StringVar(&o.Lists.Population, "population", "", "companies that the list is meant to hold: REGISTERED, ABOVE_SCALE, CERTIFIED, LISTED or SELECTION, or their names in Chinese")
	flags.StringVar(&o.Lists.CompleteIn, "complete-in", "", "regions whose companies of the population the list holds all, by codes or names with commas between")
	flags.StringVar(&o.Lists.Scope, "scope", "", "ecosystems, chains or links that a complete list is limited to, by codes or names with commas between (default none)")
	flags.StringVar(&o.Lists.CompleteOn, "complete-on", "", "day as of which a complete list is whole (default the newest day of its rows)")
	flags.StringVar(&o.assert, "assert", "", "YAML file of what must hold of the load, else nothing is written")
	flags.StringVar(&o.Load, "batch", "", "name of the load, for liantu undo (default made from the files)")
	flags.BoolVar(&o.Names, "names", true, "join companies whose names mean the same; --names=false joins by identifiers and equal names alone")
	flags.BoolVar(&o.Lift, "lift-forgotten", false, "load also persons who were forgotten on request and have consented again; this is recorded")
	flags.BoolVar(&o.Strict, "strict", false, "refuse a file of which a column means nothing, instead of a warning")
	flags.BoolVar(&o.place, "place", false, "afterwards place all companies of the graph at links by their own words, as liantu place does")
	flags.BoolVar(&o.DryRun, "dry-run", false, "report what would happen and write nothing")
	flags.StringVar(&o.rejects, "rejects", "", "write the rows that were left out, with the reasons, to this .xlsx or .csv file")
	addForm(cmd, "导入问题清单", "faults")
	flags.Lookup("format").Usage = "form of the report: table, json, csv (the faults) or xlsx"
	return cmd
}

// shortFlags makes --map a short form of --mapping.
func shortFlags(_ *pflag.FlagSet, name string) pflag.NormalizedName {
	if name == "map" {
		name = "mapping"
	}
	return pflag.NormalizedName(name)
}

// load runs a load and prints its report, also when the load broke off.
func (e *env) load(cmd *cobra.Command, options loaders.Options, rejects string) (err error) {
	ctx := cmd.Context()
	defer service.Frugal()()
	options.Language = message.Language(e.language)
	store, err := service.LoadStore(ctx, &e.settings, options.DryRun)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	bar := show.NewProgressBar(e.stderr)
	options.Store, options.Progress = store, bar.Show
	left := show.Rejects{IsKind: func(name string) bool { return schema.Default().Called(name) != nil }}
	if rejects != "" {
		options.Rejects = left.Add
	}
	if options.Lift {
		if err := e.recordLift(options.DryRun); err != nil {
			return err
		}
	}
	report, err := e.onRecord("load", options.DryRun, func() (*loaders.Report, error) { return loaders.Load(ctx, options) })
	bar.Clear()
	if err == nil && rejects != "" {
		err = e.writeRejects(cmd, &left, rejects)
	}
	if report != nil {
		err = errors.Join(err, e.print(cmd, show.Load(e.language, report)))
	}
	if err == nil && !report.Complete() {
		return errPartial
	}
	return err
}

// onRecord runs a load on record; of a dry run the record says that it was tried only.
func (e *env) onRecord(what string, dryRun bool, load func() (*loaders.Report, error)) (report *loaders.Report, err error) {
	if dryRun {
		if err := e.rehearse(what); err != nil {
			return nil, err
		}
		return load()
	}
	err = e.change(what, func(outcome *access.Entry) (err error) {
		if report, err = load(); report != nil && report.Load != "" {
			outcome.Version, outcome.Detail = int64(report.Version), what+" "+access.Nameable(report.Load)
		}
		return err
	})
	return report, err
}

// writeRejects writes the rows that were left out, as they were.
func (e *env) writeRejects(cmd *cobra.Command, left *show.Rejects, name string) error {
	data, err := left.File(name)
	if err != nil {
		return err
	}
	return e.writeFile(cmd, "rejected rows", name, data, left.Count())
}

// recordLift records that persons who were forgotten may be loaded again, in every mode of
// access.
func (e *env) recordLift(dryRun bool) error {
	entry := e.entry(schema.RoleSteward, access.Change, "load with --lift-forgotten: persons who were forgotten may come back")
	if dryRun {
		entry = service.Tried(entry)
	}
	return e.log().Append(entry)
}
