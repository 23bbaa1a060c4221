package loaders

import (
	"context"
	"time"

	"liantu/graph"
	"liantu/loaders/days"
	"liantu/loaders/inputs"
	"liantu/message"
)

// taken is what a load takes as the source and the day of those rows of a file
// for which neither a column nor the mapping nor the options state them.
type taken struct {
	source   string // the name of the file; "" where one is stated for all rows
	days.Day        // none where one is stated for all rows, or none was found

	sourceUsed, dayUsed bool // some row needed it
	ungraded            bool // nothing states the grade of a row
}

// take completes the provenance of a file with what it does not state.
func (l *loader) take(in *inputs.Input, p *graph.Provenance) taken {
	var t taken
	if p.Source == "" {
		for _, r := range l.Model.Row {
			if r.Name == "source" {
				if v, err := r.Parse(in.Stem()); err == nil {
					t.source, _ = v.(string)
				}
			}
		}
		p.Source = t.source
	}
	if p.AsOf == "" {
		about := in.About
		about.Sheet, about.Name = in.Sheet, in.Stem()
		t.Day = about.Day(l.started.Format(time.DateOnly))
		p.AsOf, p.Assumed = t.Day.Day, t.Assumed
	}
	return t
}

// sameDays takes the assumed days from an earlier load of the same files, whose time
// may have changed since, so that loading them again changes nothing; and records
// them in the load. A load that the options name may be of other files.
func (l *loader) sameDays(ctx context.Context) error {
	byName := map[string]*file{}
	for _, f := range l.files {
		if f.taken.Assumed {
			byName[f.in.Name] = f
		}
	}
	if len(byName) == 0 {
		return nil
	}
	var before []string
	if l.Load == "" {
		loads, err := l.Store.Loads(ctx, l.load.ID)
		if err != nil {
			return message.Errorf("load: %w", err)
		}
		if len(loads) > 0 && len(loads[0].Days) == len(l.load.Files) {
			before = loads[0].Days
		}
	}
	l.load.Days = make([]string, len(l.load.Files))
	for i, name := range l.load.Files {
		f := byName[name]
		if f == nil {
			continue
		}
		if before != nil && before[i] != "" && before[i] != f.plan.defaults.AsOf {
			f.taken.From = message.New("the day that an earlier load of the same file took")
			f.plan.defaults.AsOf = before[i]
		}
		l.load.Days[i] = f.plan.defaults.AsOf
	}
	return nil
}

// warnTaken warns of the source and the day that rows of a file did not state.
func (f *file) warnTaken() {
	var parts message.List
	var flags []string
	if t := &f.taken; t.sourceUsed {
		parts, flags = append(parts, message.New("no source is stated: %q, the name of the file, was taken", t.source)), append(flags, "--source")
	}
	if t := &f.taken; t.dayUsed {
		what := message.New("the day %s was read in %s", f.plan.defaults.AsOf, t.From)
		if t.Assumed {
			what = message.New("no day is stated: %s, %s, was assumed and gives way to every stated day", f.plan.defaults.AsOf, t.From)
		}
		parts, flags = append(parts, what), append(flags, "--as-of")
	}
	if f.taken.ungraded && len(parts) > 0 {
		parts = append(parts, message.New("no grade is stated: D, an unverified list, was taken, which verdicts count only with --min-grade D"))
		flags = append(flags, "--grade")
	}
	if len(parts) > 0 {
		f.fault(Warning, CodeAssumed, 0, message.New("%s; state your own with %s", message.Clauses(parts), message.ListOf(flags)))
	}
}
