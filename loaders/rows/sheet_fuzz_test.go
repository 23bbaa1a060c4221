package rows_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"liantu/loaders/rows"
)

// FuzzHTML checks that a table of HTML is read or refused within the limits.
func FuzzHTML(f *testing.F) {
	for _, s := range []string{
		"<table><tr><td>a<td>b<tr><td>1<td>2</table>", "<table><tr><td rowspan=3 colspan=2>a</td></tr><tr/><tr><td>x</table>",
		"<table><tr><td rowspan=2>ab<td colspan=2>cd<tr><td>ef<td>gh<tr><td>x<td>1<td>2</table>", "<table><tr><td>ab<td>cd<tr><td>x</table><table><tr><td>t<tr><td>cd<td>ef<tr><td>1</table>",
		"<table><row><cell ss:index=9>a</row></table>", "<html><td>x</td></html>", "<table><tr><td rowspan=99999999 colspan=99999999>",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, heads := range []func(string) bool{nil, func(text string) bool { return len(text)%2 == 0 }} {
			walk(t, "x.xls", data, rows.Options{Format: "html", Heads: heads}, func(rec *rows.Record) {
				if len(rec.Fields) > rows.MaxColumns {
					t.Fatalf("row of %d fields", len(rec.Fields))
				}
			})
		}
	})
}

// FuzzSheet replaces the cells of a sheet by any bytes: it is read or refused,
// and yields no more rows than it holds.
func FuzzSheet(f *testing.F) {
	for _, s := range []string{
		`<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c></row><row r="2"><c r="A2"><v>5</v></c></row>`,
		`<row><c><v>1</v></c><c><v>2</v></c></row><row r="9"/>`, `<row r="1"><c r="XFD1"><v>1</v></c></row>`, `<row r="1"><c r="A1"><v>1`, `<!-- x -->`,
	} {
		f.Add([]byte(s))
	}
	whole := workbook(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		n := 0
		walk(t, "x.xlsx", withCells(t, whole, data), rows.Options{}, func(*rows.Record) { n++ })
		if most := bytes.Count(data, []byte("<")); n > most {
			t.Errorf("%d rows of %d marks", n, most)
		}
	})
}

func workbook(t testing.TB) []byte {
	t.Helper()
	book := excelize.NewFile()
	b, err := book.WriteToBuffer()
	if err = errors.Join(err, book.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// withCells replaces the sheet of a workbook.
func withCells(t testing.TB, whole, cells []byte) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(whole), int64(len(whole)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, part := range in.File {
		w, err := out.Create(part.Name)
		if err != nil {
			t.Fatal(err)
		}
		var from io.Reader
		if strings.HasPrefix(part.Name, "xl/worksheets/") {
			from = io.MultiReader(strings.NewReader(`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`),
				bytes.NewReader(cells), strings.NewReader(`</sheetData></worksheet>`))
		} else if from, err = part.Open(); err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(w, from); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestLimits makes files that would need unbounded memory and checks that each is
// refused by its limit.
func TestLimits(t *testing.T) {
	whole := workbook(t)
	for _, c := range []struct{ name, cells string }{
		{"a cell of 100 MB", `<row r="1"><c r="A1" t="inlineStr"><is><t>` + strings.Repeat("a", 100_000_000) + `</t></is></c></row>`},
		{"a cell of many runs", `<row r="1"><c r="A1" t="inlineStr"><is>` + strings.Repeat("<r><t>a</t></r>", 1<<20) + `</is></c></row>`},
		{"a million columns", `<row r="1">` + strings.Repeat("<c><v>1</v></c>", 1_000_000) + `</row>`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := rows.Open("x.xlsx", bytes.NewReader(withCells(t, whole, []byte(c.cells))), rows.Options{})
			if !errors.Is(err, rows.ErrLimit) {
				t.Errorf("error is %v, want one about a limit", err)
			}
		})
	}
}

// TestArchiveThatClaimsMuch checks that an archive that states a size above the
// limit is refused before any of it is unpacked.
func TestArchiveThatClaimsMuch(t *testing.T) {
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	if _, err := out.CreateRaw(&zip.FileHeader{Name: "xl/workbook.xml", UncompressedSize64: rows.MaxUnpacked + 1}); err != nil {
		t.Fatal(err)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := rows.Open("x.xlsx", bytes.NewReader(b.Bytes()), rows.Options{}); !errors.Is(err, rows.ErrLimit) {
		t.Errorf("error is %v, want one about a limit", err)
	}
}
