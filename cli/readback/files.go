package readback

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"unicode/utf16"

	"liantu/cli/files"
	"liantu/cli/show"
	"liantu/message"
	"liantu/schema"
)

// File is a file that is about to be written.
type File struct {
	Name string
	Data []byte
}

// ErrExists is in the error of a file that is there already.
var ErrExists = message.Errorf("is there already")

// Files makes the files of an export in a form of package show: as CSV one for each
// sheet, in the folder out, as a workbook one, which is out or lies in that folder.
// Without out they are called title. Nothing is written yet. The error of a text that is
// too long for a workbook wraps [ErrCell].
func (x *Export) Files(form, out, title string, notes []string) ([]File, error) {
	var b bytes.Buffer
	if form == show.FormWorkbook {
		if out == "" || show.IsFolder(out) {
			out = filepath.Join(out, title+".xlsx")
		}
		if err := x.fits(); err != nil {
			return nil, err
		}
		err := Book(title, x.Sheets, notes).Write(&b)
		return []File{{out, b.Bytes()}}, err
	}
	if out == "" {
		out = title
	}
	var files []File
	for _, s := range x.Sheets {
		var b bytes.Buffer
		if err := s.WriteCSV(&b); err != nil {
			return nil, err
		}
		files = append(files, File{filepath.Join(out, s.Name+".csv"), b.Bytes()})
	}
	return files, nil
}

// maxCell is how many characters, as UTF-16 counts them, a cell of a workbook holds.
const maxCell = 32_767

// ErrCell is in the error of a text that no cell of a workbook can hold.
var ErrCell = message.Errorf("a cell of a workbook holds 32,767 characters")

// fits returns an error for a text that a cell of a workbook would cut short.
func (x *Export) fits() error {
	for _, s := range x.Sheets {
		for _, row := range s.Rows {
			for i, value := range row {
				if text := schema.FormatValue(value); len(text) > maxCell && len(utf16.Encode([]rune(text))) > maxCell {
					return message.Errorf("%s.%s: %w", s.Kind.Name, s.Columns[i].Name, ErrCell)
				}
			}
		}
	}
	return nil
}

// Absent returns an error with [ErrExists] for the first file that is there already,
// and any error that stands in the way of knowing.
func Absent(files []File) error {
	for _, f := range files {
		if _, err := os.Stat(f.Name); err == nil {
			return message.Errorf("%q %w", f.Name, ErrExists)
		} else if !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// Write writes a file, in a folder that is made if need be. It appears whole or not at
// all.
func (f File) Write() error {
	if err := files.MakeFolder(filepath.Dir(f.Name)); err != nil {
		return err
	}
	return files.Write(f.Name, f.Data)
}

// Form checks the form and the destination of an export, and returns the form: that
// which is stated, else the workbook that the name of out ends in, else CSV.
func Form(form, out string) (string, error) {
	isBook := filepath.Ext(out) == ".xlsx"
	switch {
	case form == "" && isBook:
		return show.FormWorkbook, nil
	case form == "":
		return show.FormCSV, nil
	case form != show.FormCSV && form != show.FormWorkbook:
		return "", message.Errorf("--format: %q is not one of csv, xlsx", form)
	case form == show.FormCSV && isBook:
		return "", message.Errorf("--out: %q is a workbook, and --format is csv", out)
	case form == show.FormWorkbook && !isBook && out != "" && !show.IsFolder(out):
		return "", message.Errorf("--out: %q neither ends in .xlsx nor is a folder", out)
	}
	return form, nil
}

// Nodes returns an error for kinds that are not those of nodes, or for none, of which
// no table can be made.
func Nodes(kinds []*schema.Kind) error {
	if len(kinds) == 0 {
		return message.Errorf("--as-table: name the kinds of nodes")
	}
	for _, k := range kinds {
		if k.IsEdge() {
			return message.Errorf("--as-table: %s is a kind of edge; it stands in columns of its nodes", k.Name)
		}
	}
	return nil
}
