package show

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"liantu/cli/show/sheets"
	"liantu/loaders"
	"liantu/spreadsheet"
)

// RejectHead is the column that a sheet of rejected rows has at its end.
const RejectHead = "错误原因"

// isReasons reports whether a column holds reasons: of this load, or of an earlier
// one that wrote the file.
func isReasons(head string) bool {
	return head == RejectHead || strings.HasPrefix(head, RejectHead+" (")
}

// Rejects are the rows that a load left out, in whole or in part, as the sheets
// of their files.
type Rejects struct {
	IsKind func(name string) bool // whether a name is that of a kind, so that a load understands it

	files []*rejectFile
}

type rejectFile struct {
	name, sheetName string
	heads           []string
	rows            []loaders.Reject
}

// Add takes a row; those of a file come one after the other.
func (r *Rejects) Add(row loaders.Reject) error {
	row.Heads, row.Cells = withoutReasons(row.Heads, row.Cells)
	if n := len(r.files); n == 0 || r.files[n-1].name != row.File {
		r.files = append(r.files, &rejectFile{name: row.File, sheetName: row.Sheet, heads: row.Heads})
	}
	f := r.files[len(r.files)-1]
	f.rows = append(f.rows, row)
	return nil
}

// withoutReasons leaves the reasons of an earlier load out.
func withoutReasons(heads, cells []string) (keptHeads, keptCells []string) {
	for i, text := range cells {
		if i >= len(heads) || !isReasons(heads[i]) {
			keptCells = append(keptCells, text)
		}
	}
	return slices.DeleteFunc(slices.Clone(heads), isReasons), keptCells
}

// reasonsOf lists why a row was rejected, each reason with its code.
func reasonsOf(row loaders.Reject) string {
	var texts []string
	for _, f := range row.Faults {
		text := fmt.Sprintf("%s %s: %s", f.Code, f.Code.Label().Zh, f.Reason)
		if f.Column != "" {
			text = f.Column + ": " + text
		}
		texts = append(texts, text)
	}
	return strings.Join(texts, "\n")
}

// cells is a row under the heads of the file with the reasons behind it, and
// behind them what stood to the right of the last head.
func (f *rejectFile) cells(row loaders.Reject) []string {
	cells := make([]string, len(f.heads))
	extra := []string{reasonsOf(row)}
	for i, text := range row.Cells {
		at := i
		if !slices.Equal(row.Heads, f.heads) && i < len(row.Heads) { // JSON, whose rows have names of their own
			at = slices.Index(f.heads, row.Heads[i])
		}
		if at >= 0 && at < len(cells) {
			cells[at] = text
		} else {
			extra = append(extra, text)
		}
	}
	return append(cells, extra...)
}

// Count is how many rows there are.
func (r *Rejects) Count() int {
	n := 0
	for _, f := range r.files {
		n += len(f.rows)
	}
	return n
}

// File is the rows as a workbook, with the cells at fault marked, or as CSV, by the
// extension of the name of the file.
func (r *Rejects) File(name string) ([]byte, error) {
	var b bytes.Buffer
	if strings.EqualFold(filepath.Ext(name), ".xlsx") {
		err := r.book().Write(&b)
		return b.Bytes(), err
	}
	b.WriteString("\ufeff") // so that Excel reads UTF-8
	w := csv.NewWriter(&b)
	for _, f := range r.files {
		records := [][]string{append(f.headsWithUnits(), RejectHead)}
		for _, row := range f.rows {
			records = append(records, f.cells(row))
		}
		for _, record := range records {
			for i := range record {
				record[i] = spreadsheet.Plain(record[i])
			}
		}
		if err := w.WriteAll(records); err != nil {
			return nil, err
		}
	}
	return b.Bytes(), nil
}

// book has a sheet for each file, called as the sheet or the file that the rows are
// from, by which a load knows what they hold.
func (r *Rejects) book() *sheets.Book {
	var book sheets.Book
	for _, f := range r.files {
		book.Sheets = append(book.Sheets, f.sheet(r.IsKind))
	}
	if len(book.Sheets) == 0 { // nothing was left out
		book.Sheets = []sheets.Sheet{{Name: RejectHead, Columns: []sheets.Column{{Head: RejectHead}}}}
	}
	sheets.Apart(book.Sheets)
	return &book
}

// sheet lays the rows out under their heads, with the cells at fault marked.
func (f *rejectFile) sheet(isKind func(string) bool) sheets.Sheet {
	s := sheets.Sheet{Name: f.title(isKind), Filter: true}
	for _, head := range f.headsWithUnits() {
		s.Columns = append(s.Columns, sheets.Column{Head: head, Text: true})
	}
	s.Columns = append(s.Columns, sheets.Column{Head: RejectHead, Wrap: true})
	for _, row := range f.rows {
		var cells []any
		for column, text := range f.cells(row) {
			atFault := func(ft loaders.Fault) bool { return column < len(f.heads) && ft.Column == f.heads[column] }
			cells = append(cells, sheets.Text{Text: text, Marked: slices.ContainsFunc(row.Faults, atFault)})
		}
		s.Rows = append(s.Rows, cells)
	}
	return s
}

// headsWithUnits are the heads with the units that stand beside the table in the
// file, since they stand beside none in the file of rejects.
func (f *rejectFile) headsWithUnits() []string {
	heads := slices.Clone(f.heads)
	for i, head := range heads {
		if unit := f.rows[0].Units[head]; unit != "" {
			heads[i] = head + "（" + unit + "）"
		}
	}
	return heads
}

// title is the name by which a load recognises the kind of the rows: that of the
// file or of its sheet, the sheet alone where the workbook has several.
func (f *rejectFile) title(isKind func(string) bool) string {
	name, _, _ := strings.Cut(filepath.Base(f.name), ".")
	if f.sheetName != "" {
		if !isKind(name) || strings.HasSuffix(f.name, "#"+f.sheetName) {
			name = f.sheetName
		}
	}
	return cmp.Or(sheets.Name(name), RejectHead)
}
