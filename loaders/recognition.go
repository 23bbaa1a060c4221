package loaders

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"liantu/loaders/bulk"
	"liantu/loaders/inputs"
	"liantu/loaders/mapping"
	"liantu/loaders/recognise"
	"liantu/loaders/rows"
	"liantu/message"
	"liantu/schema"
)

// recogniseAll finds the rules for the files. It ends with the context, however
// long the file is that is being read then.
func (l *loader) recogniseAll(ctx context.Context, ins []*inputs.Input) error {
	for i, in := range ins {
		l.recognise(ctx, in, i)
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	l.setAside()
	return nil
}

// recognise finds the rule for a file and makes its plan.
func (l *loader) recognise(ctx context.Context, in *inputs.Input, order int) {
	o := rows.Options{Encoding: l.Encoding, Sheet: in.Sheet, HeaderRow: l.HeaderRow, Header: in.Header, Heads: l.tables.Known().Has, Stop: ctx.Err}
	var rule *mapping.FileRule
	var columns []string
	var twice []rows.RepeatedHead
	var faults []Fault
	var foreign bool // no column means anything
	var ready bool   // a mapping that comes with the program has a rule for its heads
	var t taken
	var x *exchanged // of a file in a format of Neo4j
	var err error
	if l.Mapping != nil {
		heads := func() []string { // one that cannot be read has none, which is reported below
			columns, _, _ := columnsOf(in, o, false)
			return columns
		}
		if rule = l.Mapping.Rule(in.Base(), in.Sheet, heads); rule == nil {
			faults = []Fault{{
				File: in.Name, Severity: Rejected, Code: CodeUnknownFile,
				Reason: message.New("no file rule of the mapping %q matches %q", l.Mapping.Name, in.Base()).In(l.Language),
			}}
		} else {
			ruleOptions(rule, &o, l.Model)
			columns, twice, err = columnsOf(in, o, false)
		}
	} else if x = l.exchanged(in, o); x != nil {
		rule, columns, twice, faults, o.Heads = x.rule, x.columns, x.twice, x.faults, bulk.IsHead
	} else if columns, twice, err = columnsOf(in, o, true); err == nil {
		if rule, err = mapping.ByHeads(columns, l.Model); rule != nil && l.Kind == "" {
			ready = true
			ruleOptions(rule, &o, l.Model)
		} else if err == nil {
			rule, faults, foreign = l.native(in, columns)
		}
	}
	p := &plan{used: map[string]bool{}}
	if rule != nil && err == nil {
		from := defaultProvenance(&l.Options, rule)
		t = l.take(in, &from)
		p = newPlan(l.Model, rule, from, columns)
		t.ungraded = l.Grade == "" && rule.Grade == "" && rule.Row.Grade == "" && (l.Mapping == nil || l.Mapping.Grade == "")
		o.Paths = p.paths
		if unclear := p.unclear(twice); unclear != nil {
			err, faults, rule, p = unclear, nil, nil, &plan{used: map[string]bool{}}
		}
	}
	if rule != nil && err == nil && l.Mapping == nil && x == nil && !ready {
		if unused := l.unused(in, p, columns, faults); unused != nil {
			if faults = append(faults, *unused); l.Strict {
				rule, p = nil, &plan{used: map[string]bool{}}
			}
		}
	}
	f := newFile(in, order, p, o)
	f.language = l.Language
	f.columns, f.foreign, f.taken, f.today = columns, foreign, t, l.Today
	if err != nil {
		f.breakOff(err)
	}
	f.broken = f.broken || rule == nil
	for _, ft := range faults {
		f.faults = append(f.faults, rowFault{Fault: ft, ordinal: -1})
	}
	l.files = append(l.files, f)
}

// native finds the rule for a file without a mapping. It also reports whether no
// column of a file of unknown kind means anything.
func (l *loader) native(in *inputs.Input, columns []string) (rule *mapping.FileRule, faults []Fault, foreign bool) {
	reading, err := l.tables.Recognise(recognise.Table{Kind: l.Kind, Called: in.Called(), Columns: columns, Nested: in.Nested})
	if err != nil {
		code := CodeHeader
		if unclear := new(recognise.UnclearError); errors.As(err, &unclear) {
			code, foreign = CodeUnknownFile, len(unclear.Understood) == 0
		}
		return nil, []Fault{{File: in.Name, Severity: Rejected, Code: code, Reason: message.Of(err, l.Language)}}, foreign
	}
	return reading.Rule, doubled(in, l.Language, reading.Doubled), false
}

// unused returns the fault of columns that mean nothing, nil if there are none.
// Running numbers and remarks are not among them, nor what has a fault already.
func (l *loader) unused(in *inputs.Input, p *plan, columns []string, faults []Fault) *Fault {
	names := slices.DeleteFunc(p.unused(columns), func(name string) bool {
		return l.tables.Neutral(name) || slices.ContainsFunc(faults, func(f Fault) bool { return f.Column == name })
	})
	if len(names) == 0 {
		return nil
	}
	f := l.unusedFault(in, names)
	return &f
}

// unusedFault is the fault of columns that mean nothing.
func (l *loader) unusedFault(in *inputs.Input, names []string) Fault {
	f := Fault{
		File: in.Name, Severity: Warning, Code: CodeUnused,
		Reason: message.New("nothing is loaded of the columns %s", recognise.Quoted(names)).In(l.Language),
	}
	if l.Strict {
		f.Severity, f.Code = Rejected, CodeUnusedStrict
		f.Reason = message.New("the columns %s mean nothing, so nothing of the file is loaded", recognise.Quoted(names)).In(l.Language)
	}
	return f
}

// ruleOptions are how the files of a rule are read.
func ruleOptions(r *mapping.FileRule, o *rows.Options, model *schema.Model) {
	o.Format = r.Format
	o.Encoding = cmp.Or(o.Encoding, r.Encoding)
	o.HeaderRow = cmp.Or(o.HeaderRow, r.HeaderRow)
	o.Heads = ruleHeads(r, model).Has
}

// setAside removes sheets of which no column means anything from the load, such
// as instructions, and lists them, where other sheets of the same workbook are
// read.
func (l *loader) setAside() {
	read := map[string]bool{}
	for _, f := range l.files {
		read[f.in.Book] = read[f.in.Book] || f.plan.rule != nil
	}
	l.files = slices.DeleteFunc(l.files, func(f *file) bool {
		aside := f.in.Book != "" && f.plan.rule == nil && read[f.in.Book] && f.foreign
		if aside {
			l.report.Ignored = append(l.report.Ignored, f.in.Name)
		}
		return aside
	})
	slices.Sort(l.report.Ignored)
}
