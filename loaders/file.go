package loaders

import (
	"cmp"
	"errors"
	"io"
	"slices"

	"liantu/graph"
	"liantu/loaders/cells"
	"liantu/loaders/inputs"
	"liantu/loaders/rows"
	"liantu/message"
	"liantu/schema"
)

// file is one input with its state in the course of a load.
type file struct {
	in       *inputs.Input
	order    int // among the files of the load
	plan     *plan
	options  rows.Options
	taken    taken    // for rows that do not state it
	columns  []string // as far as they are known before the rows are read
	report   FileReport
	today    string           // after which no as-of date is valid
	language message.Language // of the reasons of its faults
	searched bool             // for a unit below the table
	broken   bool             // it is not read, or not to its end
	ended    bool             // its end was reached
	base1904 bool             // its days count from 1904-01-01
	foreign  bool             // no column means anything

	went   []uint8 // by record: how many drafts of it were stored
	faults faultList
	known  map[string]bool // columns seen so far
	kinds  map[string]*KindCounts

	repeats map[string]map[ref]int    // by kind: the first row that states a node
	pairs   map[string]map[[2]ref]int // by kind: the first row that states an edge
	sums    map[*emitter]map[ref]*sum

	shares   map[string]int  // by code and reason: the fault that stands for several rows
	unitless map[string]bool // columns of amounts without a unit that have a warning
}

// sum adds up values of edges of one node.
type sum struct {
	total float64
	edges int
	row   int
	text  string
}

// rowFault is a fault whose severity may depend on what else its row yields.
type rowFault struct {
	Fault
	ordinal int   // of the record; -1 for the file
	more    []int // ordinals of further records that have it
	fails   bool  // a draft was not made because of it
	skips   bool  // a draft was not made because it would be of a company without a name
}

type faultList []rowFault

// failing marks the faults from the given one on, except warnings, as the cause
// why there is no draft.
func (l faultList) failing(from int, fails bool) {
	for i := from; i < len(l); i++ {
		if l[i].Severity != Warning {
			l[i].fails = l[i].fails || fails
		}
	}
}

// once returns the faults without the repeats that several rules found in one cell.
func (l faultList) once() faultList {
	type found struct { // all of a fault but its choices, which follow from these
		column, value, reason  string
		row, position, ordinal int
		code                   Code
	}
	var all faultList
	at := make(map[found]int, len(l))
	for _, ft := range l {
		this := found{ft.Column, ft.Value, ft.Reason, ft.Row, ft.Position, ft.ordinal, ft.Code}
		i, repeated := at[this]
		if repeated && ft.more == nil {
			all[i].fails = all[i].fails || ft.fails
			continue
		}
		at[this] = len(all)
		all = append(all, ft)
	}
	return all
}

func newFile(in *inputs.Input, order int, p *plan, o rows.Options) *file {
	f := &file{in: in, order: order, plan: p, options: o, known: map[string]bool{}, kinds: map[string]*KindCounts{}}
	f.report.File = in.Name
	f.unitless = map[string]bool{}
	f.repeats = map[string]map[ref]int{}
	f.pairs = map[string]map[[2]ref]int{}
	f.sums = map[*emitter]map[ref]*sum{}
	return f
}

// fault records a fault of the file as a whole.
func (f *file) fault(severity Severity, code Code, row int, reason message.Text) {
	f.faults = append(f.faults, rowFault{
		Fault:   Fault{File: f.in.Name, Row: row, Severity: severity, Code: code, Reason: reason.In(f.language)},
		ordinal: -1,
	})
}

// each calls do for every record that is neither blank nor faulty. In the
// first pass it counts the records and records the faulty ones.
func (f *file) each(first bool, meter func(n int64), do func(*row) error) error {
	opened, err := f.in.Open()
	if err != nil {
		f.breakOff(err)
		return nil
	}
	defer opened.Close() //nolint:errcheck // nothing was written
	metered := &rows.Metered{In: opened, Meter: meter}
	r, err := rows.Open(f.in.Name, metered, f.options)
	if err != nil {
		f.breakOff(err)
		return nil
	}
	defer r.Close() //nolint:errcheck // nothing was written
	f.report.Format, f.report.Encoding, f.report.HeaderRow = r.Format(), r.Encoding(), r.HeaderRow()
	f.base1904 = r.Base1904()
	f.takeUnits(r)
	share := f.share(r, metered)
	for _, c := range r.Columns() {
		f.meet(c)
	}
	for ordinal := 0; !f.broken || ordinal < len(f.went); ordinal++ {
		rec, err := r.Next()
		if errors.Is(err, io.EOF) {
			f.ended = true
			return nil
		}
		if err != nil {
			if first {
				f.breakOff(err)
			}
			return nil
		}
		share()
		note := cells.Note(rec)
		if ordinal == 0 && note.IsZero() {
			if units := cells.RowOfUnits(rec); units != nil {
				f.plan.takeHeads(units)
				note = message.New("the row states the units of the columns; it was skipped")
			}
		}
		if !note.IsZero() {
			rec.Blank, rec.Err = true, nil
		}
		if first {
			if f.count(rec, ordinal); !note.IsZero() {
				f.fault(Warning, CodeNote, rec.Line, note)
			}
		}
		if first && len(f.faults) > maxFaulty {
			f.breakOff(message.Errorf("more than %d faults", maxFaulty))
		}
		if rec.Blank || rec.Err != nil {
			continue
		}
		if err := do(&row{file: f, rec: rec, ordinal: ordinal}); err != nil {
			return err
		}
	}
	return nil
}

// takeUnits takes the units of amounts that stand in heads of groups of columns and
// beside the table, else below it. What stands below is looked for once, and only if
// an amount has no unit.
func (f *file) takeUnits(r *rows.Reader) {
	f.plan.takeHeads(r.Groups())
	unit := cells.Unit(r)
	if unit == "" && !f.searched && r.Columns() != nil && f.plan.lacksUnit() {
		f.searched = true
		if in, err := f.in.Open(); err == nil {
			defer in.Close() //nolint:errcheck // nothing was written
			if below, err := rows.Open(f.in.Name, in, f.options); err == nil {
				defer below.Close() //nolint:errcheck // nothing was written
				unit = cells.UnitBelow(below)
			}
		}
	}
	f.plan.take(func(m *cells.Measure, _ []column) bool { return m.Type == schema.TypeMoney && m.Take(unit) })
}

// count counts a record in the report.
func (f *file) count(rec *rows.Record, ordinal int) {
	f.report.Rows.Read++
	f.went = append(f.went, 0)
	if rec.Blank {
		f.report.Rows.Blank++
		return
	}
	if e := rec.Err; e != nil {
		f.faults = append(f.faults, rowFault{Fault: Fault{
			File: f.in.Name, Row: cmp.Or(e.Line, rec.Line), Position: e.Column,
			Severity: Rejected, Code: codeOf(e), Reason: e.Reason.In(f.language),
		}, ordinal: ordinal, fails: true})
		return
	}
	for i := range rec.Fields {
		f.meet(rec.Fields[i].Name)
	}
}

// meet records a column of the file that is not used.
func (f *file) meet(name string) {
	if f.known[name] {
		return
	}
	f.known[name] = true
	if !f.plan.used[name] && !isNumberColumn(name) {
		f.report.Unmapped = append(f.report.Unmapped, name)
	}
}

// isNumberColumn reports whether a column is the number of an element, which the
// reader adds.
func isNumberColumn(name string) bool { return len(name) > 2 && name[len(name)-2:] == ".#" }

// breakOff records that the rest of the file cannot be read.
func (f *file) breakOff(err error) {
	if f.broken {
		return
	}
	f.broken = true
	row := 0
	reason := message.New("reading stopped after %d rows: %v", f.report.Rows.Read, err)
	var e *rows.ParseError
	if errors.As(err, &e) {
		row, reason = e.Line, e.Reason
	}
	f.fault(Rejected, codeOf(err), row, reason)
}

var codesOfCauses = []struct {
	cause error
	code  Code
}{
	{rows.ErrEmpty, CodeEmptyFile},
	{rows.ErrHeader, CodeHeader},
	{rows.ErrFormat, CodeFormat},
	{rows.ErrLimit, CodeLimit},
	{rows.ErrRagged, CodeRagged},
	{rows.ErrSecondTable, CodeSecondTable},
	{rows.ErrDuplicate, CodeDuplicate},
	{rows.ErrQuote, CodeSyntax},
	{rows.ErrText, CodeSyntax},
	{rows.ErrTooLong, CodeSyntax},
	{rows.ErrJSON, CodeSyntax},
	{rows.ErrGraph, CodeSyntax},
	{rows.ErrEncoding, CodeEncoding},
}

func codeOf(err error) Code {
	for _, c := range codesOfCauses {
		if errors.Is(err, c.cause) {
			return c.code
		}
	}
	return CodeUnread
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// provenance returns the provenance of a row. A date with a question mark behind
// it is an assumed one, see [graph.Provenance.Date]. It reports false, with the fault
// recorded, when source or date is not stated.
func (r *row) provenance() (graph.Provenance, bool) {
	p := r.file.plan.defaults
	var ownSource, ownDay bool
	for _, part := range []struct {
		column *column
		name   string
		set    func(string)
	}{
		{r.file.plan.row.source, "source", func(s string) { p.Source, ownSource = s, true }},
		{r.file.plan.row.asOf, "as_of", func(s string) { p.AsOf, ownDay = s, true }},
		{r.file.plan.row.grade, "grade", func(s string) { p.Grade = graph.Grade(s) }},
	} {
		if part.column == nil {
			continue
		}
		c := r.column(part.column)
		if c.text == "" {
			continue
		}
		if part.name == "as_of" {
			c.text, p.Assumed = graph.SplitDate(c.text)
		}
		property := property{Measure: cells.NewMeasure(r.file.plan.rowProperty[part.name], "", "")}
		v, err := r.value(&property, &c)
		if err == nil && part.name == "as_of" {
			err = schema.InFuture(v.(string), r.file.today)
		}
		if err != nil {
			r.fault(&c, codeOfValue(property.Property, err), reason(err))
			r.file.faults.failing(len(r.file.faults)-1, true)
			return p, false
		}
		part.set(v.(string))
	}
	if p.Source == "" || p.AsOf == "" {
		r.fail(CodeMissing, message.New("the row states no %s, and neither do the file and the load", missing(p)))
		return p, false
	}
	t := &r.file.taken
	t.sourceUsed = t.sourceUsed || !ownSource && t.source != ""
	t.dayUsed = t.dayUsed || !ownDay && t.Day.Day != ""
	return p, true
}

func missing(p graph.Provenance) message.Text {
	if p.Source == "" {
		return message.New("source")
	}
	return message.New("as-of date")
}

// finish decides on the severity of faults and counts rows.
func (f *file) finish() {
	f.faults = f.faults.once()
	for i := range f.faults {
		ft := &f.faults[i]
		if n := len(ft.more) + 1; n > 1 {
			ft.Rows, ft.Reason = n, message.New("%s; %d rows in all, of which this is the first", ft.Reason, n).In(f.language)
		}
		if ft.ordinal >= 0 && ft.fails && f.went[ft.ordinal] == 0 {
			ft.Severity = Rejected
		}
	}
	f.countSkipped()
	for _, n := range f.went {
		if n > 0 {
			f.report.Rows.Accepted++
		}
	}
	f.report.Rows.Rejected = f.report.Rows.Read - f.report.Rows.Accepted - f.report.Rows.Blank
	for _, k := range f.kinds {
		f.report.Kinds = append(f.report.Kinds, *k)
	}
	slices.SortFunc(f.report.Kinds, compareKinds)
}

// reportEmpty records a fault of each file that was read to its end without a row of
// data. Of the sheets of a workbook it is the first if all of them are so.
func reportEmpty(files []*file) {
	full := map[string]bool{"": false}
	for _, f := range files {
		if f.in.Book != "" && (!f.ended || f.report.Rows.Read > f.report.Rows.Blank) {
			full[f.in.Book] = true
		}
	}
	for _, f := range files {
		rows := f.report.Rows
		if !f.ended || f.broken || full[f.in.Book] || rows.Read > rows.Blank {
			continue
		}
		reason := message.New("the file holds heads and no rows")
		if rows.Read > 0 {
			reason = message.New("the file holds no row of data: all %d rows are blank, heads, totals or notes", rows.Read)
		}
		f.fault(Rejected, CodeEmptyFile, 0, reason)
		full[f.in.Book] = f.in.Book != ""
	}
}

// share returns a function to call for every row. A workbook is read as a whole
// before its first row, so its bytes are reported with its rows.
func (f *file) share(r *rows.Reader, m *rows.Metered) func() {
	all := r.Rows()
	if all == 0 {
		return func() {}
	}
	meter, done := m.Meter, int64(0)
	meter(-f.in.Size)
	return func() {
		if done++; done <= int64(all) {
			meter(f.in.Size*done/int64(all) - f.in.Size*(done-1)/int64(all))
		}
	}
}
