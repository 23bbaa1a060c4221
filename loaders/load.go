package loaders

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"liantu/graph"
	"liantu/loaders/lists"
	"liantu/loaders/names"
	"liantu/loaders/recognise"
	"liantu/message"
	"liantu/schema"
)

// Load reads files into a store. It reads every file once for its nodes, then
// every file once for its edges, so that the order of files and rows has no
// influence; ends of edges must be in the store or in the same load. Loading
// the same again changes nothing, and a load that was interrupted is completed
// by loading again. A store that lacks regions gets the whole table of them
// first.
//
// Faults of rows and files are not errors; they are in the report. An error
// means that the load stopped: the options are wrong (ErrInvalid), a named
// path does not exist (ErrNotFound) or may not be read (ErrDenied), the
// context is done, or the store failed. The report then states how far it got.
//
// With assertions a dry run comes first. If an assertion does not hold, nothing
// is written and the error is an [*assertions.Error].
func Load(ctx context.Context, o Options) (*Report, error) {
	if o.Assert != nil && !o.DryRun {
		trial := o
		trial.DryRun = true
		if report, err := load(ctx, trial); err != nil {
			return report, err
		}
		o.Assert = nil
	}
	return load(ctx, o)
}

// load runs one load without the dry run for assertions.
func load(ctx context.Context, o Options) (*Report, error) {
	l := &loader{Options: o, started: time.Now(), report: new(Report), cited: map[string]place{}, lists: listing{bySource: map[string]*listed{}}}
	if l.Model == nil {
		l.Model = schema.Default()
	}
	l.tables = recognise.New(l.Model)
	l.Today = cmp.Or(o.Today, schema.Today(l.started))
	l.BatchSize = cmp.Or(o.BatchSize, DefaultBatchSize)
	l.MaxFaults = cmp.Or(o.MaxFaults, DefaultMaxFaults)
	l.report.DryRun = o.DryRun
	if o.Mapping != nil {
		l.report.Mapping = o.Mapping.Name
	}
	err := l.run(ctx)
	l.finish()
	if err == nil && o.Rejects != nil {
		err = l.rejects(ctx)
	}
	return l.report, err
}

// loader is one load under way.
type loader struct {
	Options
	started   time.Time
	report    *Report
	index     *index
	files     []*file
	sink      sink
	load      graph.LoadInfo
	cited     map[string]place // by source: where it is named first
	doubt     names.Doubt      // companies whose joins may be wrong after the load
	ending    *names.Finder    // made when an end of an edge first needs it
	relations relations
	lists     listing
	tables    *recognise.Recogniser // of files without a mapping
	progress  Progress
	reported  int64 // bytes at the last call of Progress
}

// place is a row in which something was found.
type place struct {
	file *file
	row  int
}

// sink applies batches: the store, or its substitute in a dry run.
type sink interface {
	Apply(ctx context.Context, batch graph.Batch) (graph.Result, error)
}

// provenance checks that every row has a source and an as-of date, stated or
// taken.
func (l *loader) provenance() error {
	faults := l.wrong()
	for _, f := range l.files {
		if f.plan.rule == nil {
			continue
		}
		p := f.plan
		if p.defaults.Source == "" && p.row.source == nil {
			faults = append(faults, message.Errorf("%s: no source is given: add a column \"source\" or name one for the load", f.in.Name))
		}
		if p.defaults.AsOf == "" && p.row.asOf == nil {
			faults = append(faults, message.Errorf("%s: no as-of date is given: add a column \"as_of\" or give one for the load", f.in.Name))
		}
		if day, err := schema.ParseDate(p.defaults.AsOf); err == nil && p.defaults.AsOf != l.AsOf {
			if err := schema.InFuture(day, l.Today); err != nil {
				faults = append(faults, message.Errorf("%s: as-of date: %w", f.in.Name, err))
			}
		}
	}
	if len(faults) > 0 {
		return message.As(graph.ErrInvalid, "load: %w", errors.Join(faults...))
	}
	return nil
}

// wrong lists what is wrong with the options.
func (l *loader) wrong() []error {
	var faults []error
	fail := func(format string, args ...any) { faults = append(faults, message.Errorf(format, args...)) }
	if l.Store == nil {
		fail("no store is given")
	}
	if l.BatchSize < 0 || l.MaxFaults < 0 {
		fail("batch size %d and number of faults %d must not be negative", l.BatchSize, l.MaxFaults)
	}
	if l.Kind != "" && l.Model.Called(l.Kind) == nil {
		fail("unknown kind %q", l.Kind)
	}
	if l.AsOf != "" {
		day, err := schema.ParseDate(l.AsOf)
		if err == nil {
			err = schema.InFuture(day, l.Today)
		}
		if err != nil {
			fail("as-of date: %w", err)
		}
	}
	declared, listFaults := l.Lists.Read(l.Model.Node(lists.SourceKind), l.Today)
	l.lists.declared = declared
	faults = append(faults, listFaults...)
	if l.Grade != "" && !l.Grade.Valid() {
		fail("grade %q is none of A, B, C, D", l.Grade)
	}
	return faults
}

// pass reads all files for their nodes, or all for their edges: of the nodes
// those that state their codes before those whose codes are made of names, of the
// edges those that say what is part of what before those that may name a part by
// its whole.
func (l *loader) pass(ctx context.Context, edges bool) error {
	files := slices.Clone(l.files)
	slices.SortStableFunc(files, func(a, b *file) int {
		if edges {
			return boolInt(b.composes()) - boolInt(a.composes())
		}
		return boolInt(a.derives()) - boolInt(b.derives())
	})
	for _, f := range files {
		if !f.states(edges) {
			continue
		}
		if err := l.readFile(ctx, f, edges); err != nil {
			return err
		}
	}
	return nil
}

// composes reports whether the rows of a file say what is part of what.
func (f *file) composes() bool {
	return slices.ContainsFunc(f.plan.edges, func(e *emitter) bool { return e.kind.Name == partOf })
}

// derives reports whether rows of a file make codes of names.
func (f *file) derives() bool {
	return slices.ContainsFunc(f.plan.nodes, func(e *emitter) bool { return e.code != nil && e.code.text.own == nil })
}

// states reports whether the rows of a file state edges, or nodes.
func (f *file) states(edges bool) bool {
	if edges {
		return len(f.plan.edges) > 0
	}
	return len(f.plan.nodes) > 0
}

// maxFaulty is the most faults of one file; what is behind them is not read, since most
// likely the file is no such table at all.
const maxFaulty = 1_000_000

// readFile reads a file for its nodes or its edges.
func (l *loader) readFile(ctx context.Context, f *file, edges bool) error {
	first := !edges || len(f.plan.nodes) == 0
	last := edges || len(f.plan.edges) == 0
	w := &writer{loader: l, file: f, pending: map[string]*pending{}, first: first, last: last, ctx: ctx, codes: map[string]madeCode{}}
	l.progress.File = f.in.Name
	l.reportProgress(true)
	emitters := f.plan.nodes
	if edges {
		emitters = f.plan.edges
	}
	err := f.each(first, l.meter, func(r *row) error {
		if r.ordinal%1024 == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
			l.reportProgress(false)
		}
		if first {
			l.progress.Rows++
		}
		return w.row(ctx, r, emitters)
	})
	if err == nil {
		err = w.flushAll(ctx)
	}
	if err != nil {
		return message.Errorf("load: %s: %w", f.in.Name, err)
	}
	f.sumFaults()
	l.reportProgress(true)
	return nil
}

func (l *loader) meter(n int64) { l.progress.Bytes += n }

// reportEvery is how many bytes are read between two calls of Progress.
const reportEvery = 128 << 10

func (l *loader) reportProgress(now bool) {
	if l.Progress == nil || !now && l.progress.Bytes-l.reported < reportEvery {
		return
	}
	l.reported = l.progress.Bytes
	l.Progress(l.progress)
}

// checkSources warns of sources that are cited and that no node describes.
func (l *loader) checkSources() {
	kind := l.Model.Node("Source")
	for _, name := range slices.Sorted(maps.Keys(l.cited)) {
		at := l.cited[name]
		if name == at.file.taken.source {
			continue // which has a warning of its own
		}
		if l.lists.declared.Stated() && l.lists.bySource[name] != nil {
			continue // which the load itself describes
		}
		if found, err := l.index.lookup(kind, "name", name); err != nil || len(found) == 0 {
			at.file.fault(Warning, CodeNoSource, at.row, message.New("source %q is cited and nothing describes it", name))
		}
	}
}

// finish completes the report.
func (l *loader) finish() {
	reportEmpty(l.files)
	r := l.report
	r.Files = make([]FileReport, 0, len(l.files))
	counts := map[FaultCount]int{}
	for _, f := range l.files {
		f.warnTaken()
		f.finish()
		r.Files = append(r.Files, f.report)
		slices.SortFunc(f.faults, compareFaults)
		for i := range f.faults {
			ft := &f.faults[i].Fault
			counts[FaultCount{Severity: ft.Severity, Code: ft.Code}]++
			if len(r.Faults) < l.MaxFaults {
				r.Faults = append(r.Faults, *ft)
			} else {
				r.Omitted++
			}
		}
	}
	for c, n := range counts {
		c.Count = n
		r.Codes = append(r.Codes, c)
	}
	slices.SortFunc(r.Codes, func(a, b FaultCount) int {
		return cmp.Or(cmp.Compare(a.Severity.rank(), b.Severity.rank()), strings.Compare(string(a.Code), string(b.Code)))
	})
	r.Elapsed = time.Since(l.started)
}
