package loaders

import (
	"context"
	"errors"
	"io"
	"slices"

	"liantu/loaders/rows"
	"liantu/message"
	"liantu/schema"
)

// Reject is a row of which something was left out, as it stands in its file.
type Reject struct {
	File   string            // as the faults name it
	Sheet  string            // of a workbook
	Heads  []string          // of the columns; of JSON those of this row
	Units  map[string]string // by head, of amounts whose unit stands beside the table in the file
	Row    int               // its first line
	Cells  []string          // as they stand in the file, the numbers of identity cards blank; the line itself where it has no columns
	Faults []Fault           // the reasons, including those of the row as a whole; no warnings
}

// rejects reads the files again and passes on the rows that have faults.
func (l *loader) rejects(ctx context.Context) error {
	for _, f := range l.files {
		if err := l.rejectsOf(ctx, f); err != nil {
			return message.Errorf("rejects: %s: %w", f.in.Name, err)
		}
	}
	return nil
}

func (l *loader) rejectsOf(ctx context.Context, f *file) error {
	faults := map[int][]Fault{}
	for i := range f.faults {
		if ft := &f.faults[i]; ft.ordinal >= 0 && ft.Severity != Warning {
			for _, ordinal := range append(ft.more, ft.ordinal) {
				faults[ordinal] = append(faults[ordinal], ft.Fault)
			}
		}
	}
	if len(faults) == 0 {
		return nil
	}
	opened, err := f.in.Open()
	if err != nil {
		return err
	}
	defer opened.Close() //nolint:errcheck // nothing was written
	r, err := rows.Open(f.in.Name, opened, f.options)
	if err != nil {
		return err
	}
	defer r.Close() //nolint:errcheck // nothing was written
	for ordinal := 0; len(faults) > 0; ordinal++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		rec, err := r.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		found, ok := faults[ordinal]
		if !ok {
			continue
		}
		delete(faults, ordinal)
		reject := Reject{File: f.in.Name, Sheet: f.in.Sheet, Heads: slices.Clone(r.Columns()), Units: f.plan.units, Row: rec.Line, Cells: slices.Clone(rec.Texts()), Faults: found}
		if slices.ContainsFunc(found, func(f Fault) bool { return f.Code == CodePersonal }) {
			for i, text := range reject.Cells {
				if schema.IsIdentityNumber(text) {
					reject.Cells[i] = ""
				}
			}
		}
		if reject.Heads == nil {
			for i := range rec.Fields {
				reject.Heads = append(reject.Heads, rec.Fields[i].Name)
			}
		}
		if err := l.Rejects(reject); err != nil {
			return err
		}
	}
	return nil
}
