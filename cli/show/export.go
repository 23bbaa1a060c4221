package show

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"liantu/cli/files"
	"liantu/message"
	"liantu/schema"
	"liantu/spreadsheet"
)

// deliver writes an answer to its destination: the file or folder of
// --out, else the standard output. A workbook, which no terminal can show,
// goes to a file in the current folder instead. The file appears whole or not
// at all, and its name is printed on the standard error.
func (p *Printer) deliver(write func(w io.Writer, file bool) error) error {
	out := p.File
	if out == "" && (p.Form == FormWorkbook || p.Form == FormDocument) && onTerminal(p.Out) {
		out = "."
	}
	if out == "" {
		return write(p.Out, false)
	}
	if IsFolder(out) {
		if err := files.MakeFolder(out); err != nil {
			return message.Errorf("--out: %w", err)
		}
		out = filepath.Join(out, p.FileName(time.Now())+"."+p.Form)
	}
	var b bytes.Buffer
	if err := write(&b, true); err != nil {
		return err
	}
	if err := p.Exporting(); err != nil {
		return err
	}
	if err := files.Write(out, b.Bytes()); err != nil {
		return message.Errorf("--out: %w", err)
	}
	_, err := fmt.Fprintln(p.Stderr, p.Text(Wrote(out)))
	return err
}

// Wrote is the line that names the file that was written.
func Wrote(file string) schema.Text { return schema.Text{Zh: "已写入 " + file, En: "wrote " + file} }

// IsFolder reports whether a name is that of a folder, or is to be one.
func IsFolder(name string) bool {
	info, err := os.Stat(name)
	return strings.HasSuffix(name, "/") || strings.HasSuffix(name, string(filepath.Separator)) || err == nil && info.IsDir()
}

// writeCSV writes the table as programs read it. A file begins with the
// byte order mark by which Excel detects UTF-8; a stream for programs does not.
func (t *Table) writeCSV(out io.Writer, file bool) error {
	if file {
		if _, err := io.WriteString(out, "\ufeff"); err != nil {
			return err
		}
	}
	w := csv.NewWriter(out)
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = c.Name
	}
	records := [][]string{names}
	for _, row := range t.Rows {
		record := make([]string, len(row))
		for i, c := range row {
			record[i] = spreadsheet.Plain(c.Raw)
			if _, number := t.Columns[i].number(c); number {
				record[i] = c.Raw
			}
		}
		records = append(records, record)
	}
	return w.WriteAll(records)
}

// number returns the number in a cell of a column of numbers. Digits in other
// columns are codes.
func (c *Column) number(x Cell) (float64, bool) {
	if !c.Right {
		return 0, false
	}
	n, err := strconv.ParseFloat(x.Raw, 64)
	return n, err == nil
}

// FileName names the file of an answer without its extension: by what is asked
// about, what the answer is, and the day.
func (p *Printer) FileName(today time.Time) string {
	asked := p.Asked()
	parts := append(slices.Clone(asked.Subjects), asked.Title, today.Format("20060102"))
	const unwanted = `/\:*?"<>|'`
	clean := func(r rune) rune {
		switch {
		case r < ' ' || strings.ContainsRune(unwanted, r):
			return -1
		case r == ' ':
			return '-'
		}
		return r
	}
	for i, p := range parts {
		const longest = 30
		if short := []rune(strings.Map(clean, p)); len(short) > longest {
			parts[i] = string(short[:longest])
		} else {
			parts[i] = string(short)
		}
	}
	return strings.Join(parts, "_")
}
