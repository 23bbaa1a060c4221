package loaders

import (
	"context"
	"fmt"
	"strings"
	"time"

	"liantu/graph"
	"liantu/loaders/days"
	"liantu/loaders/rows"
)

// taken is what a load takes as the source and the day of those rows of a file
// for which neither a column nor the mapping nor the options state them.
type taken struct {
	source  string // the name of the file; "" where one is stated for all rows
	day     string // ISO date; "" where one is stated for all rows, or none was found
	from    string // where the day was found
	assumed bool   // in no words of the file

	sourceUsed, dayUsed bool // some row needed it
}

// take completes the provenance of a file with what it does not state.
func (l *loader) take(in *input, p *graph.Provenance) taken {
	var t taken
	if p.Source == "" {
		for _, r := range l.Model.Row {
			if r.Name == "source" {
				if v, err := r.Parse(in.stem()); err == nil {
					t.source, _ = v.(string)
				}
			}
		}
		p.Source = t.source
	}
	if p.AsOf == "" {
		in.findDay(&t, l.started.Format(time.DateOnly))
		p.AsOf, p.Assumed = t.day, t.assumed
	}
	return t
}

// findDay finds the day of a file: in the words above its table, in the name of its
// sheet or in its own; else by when the workbook was saved or the file was changed.
func (in *input) findDay(t *taken, today string) {
	for _, place := range []struct {
		days.Found
		where string
	}{
		{days.Above(in.above, today), "the words %q above the table"},
		{days.Named(in.sheet, today), "the name of the sheet, %q"},
		{days.Named(in.stem(), today), "the name of the file, %q"},
	} {
		if place.Day != "" {
			t.day, t.from = place.Day, fmt.Sprintf(place.where, place.Words)
			return
		}
	}
	t.assumed = true
	if t.day, t.from = in.saved, "the day on which the workbook was last saved"; t.day == "" {
		t.day, t.from = in.changed, "the day on which the file was last changed"
	}
	t.day = min(t.day, today)
}

// note remembers what a table says about itself.
func (in *input) note(r *rows.Reader) { in.above, in.saved = r.Above(), r.Modified() }

// firstChange is the earliest time of a file that is taken for one: archives and
// images of disks set earlier ones where they know none.
var firstChange = time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC)

// changeDay is the day of the last change of a file, "" if that is unknown.
func changeDay(at time.Time) string {
	if at.Before(firstChange) {
		return ""
	}
	return at.Format(time.DateOnly)
}

// sameDays takes the assumed days from an earlier load of the same files, whose time
// may have changed since, so that loading them again changes nothing; and records
// them in the load. A load that the options name may be of other files.
func (l *loader) sameDays(ctx context.Context) error {
	byName := map[string]*file{}
	for _, f := range l.files {
		if f.taken.assumed {
			byName[f.in.name] = f
		}
	}
	if len(byName) == 0 {
		return nil
	}
	var before []string
	if l.Load == "" {
		loads, err := l.Store.Loads(ctx, l.load.ID)
		if err != nil {
			return fmt.Errorf("load: %w", err)
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
		if before != nil && before[i] != "" && before[i] != f.taken.day {
			f.taken.day, f.taken.from = before[i], "the day that an earlier load of the same file took"
			f.plan.defaults.AsOf = f.taken.day
		}
		l.load.Days[i] = f.taken.day
	}
	return nil
}

// warnTaken warns of the source and the day that rows of a file did not state.
func (f *file) warnTaken() {
	var parts, flags []string
	if t := &f.taken; t.sourceUsed {
		parts, flags = append(parts, fmt.Sprintf("no source is stated: %q, the name of the file, was taken", t.source)), append(flags, "--source")
	}
	if t := &f.taken; t.dayUsed {
		what := fmt.Sprintf("the day %s was read in %s", t.day, t.from)
		if t.assumed {
			what = fmt.Sprintf("no day is stated: %s, %s, was assumed and gives way to every stated day", t.day, t.from)
		}
		parts, flags = append(parts, what), append(flags, "--as-of")
	}
	if len(parts) > 0 {
		f.fault(Warning, CodeAssumed, 0, strings.Join(parts, "; ")+"; state your own with "+strings.Join(flags, " and "))
	}
}
