package loaders_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"io"
	"strings"
	"testing"

	"liantu/loaders"
	"liantu/loaders/rows"
)

// largeFiles are files that would need unbounded memory or do not end, one for
// each documented limit.
func largeFiles(t *testing.T) []nastyFile {
	head := `<row r="1"><c r="A1" t="inlineStr"><is><t>企业名称</t></is></c></row>`
	claim := func(name string, size uint64) string {
		var b bytes.Buffer
		out := zip.NewWriter(&b)
		if _, err := out.CreateRaw(&zip.FileHeader{Name: name, UncompressedSize64: size}); err != nil {
			t.Fatal(err)
		}
		if err := out.Close(); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	return []nastyFile{
		{name: "a cell of 100 MB", file: "a.xlsx", text: withCells(t, head+`<row r="2"><c r="A2" t="inlineStr"><is><t>`+strings.Repeat("a", 100_000_000)+`</t></is></c></row>`)},
		{name: "a sheet of a million columns", file: "a.xlsx", text: withCells(t, `<row r="1">`+strings.Repeat("<c><v>1</v></c>", 1_000_000)+`</row>`)},
		{name: "a value in the last column that a sheet may have", file: "a.xlsx", text: withCells(t, head+`<row r="2"><c r="XFD2"><v>1</v></c></row>`)},
		{name: "a workbook that swells to more than 1 GiB", file: "a.xlsx", text: claim("xl/workbook.xml", rows.MaxUnpacked+1)},
		{name: "an archive that swells to more than 1 GiB", file: "a.zip", text: claim("a.csv", rows.MaxUnpacked+1)},
		{name: "an archive that says less than it holds", file: "a.zip", text: lying(t, "企业名称\n"+strings.Repeat("甲山有限公司\n", 100_000))},
		{name: "an archive of ten thousand and one", file: "a.zip", text: parts(t, rows.MaxParts+1)},
		{name: "a line of 100 MB packed with gzip", file: "a.csv.gz", text: gzipped(t, "企业名称,员工人数\n甲山有限公司,1\n"+strings.Repeat("a", 100_000_000)+"\n乙水有限公司,2\n")},
		{name: "quotes that never end", file: "a.csv", text: "企业名称,员工人数\n\"甲山有限公司,1\n" + strings.Repeat("乙水有限公司,2\n", 3)},
		{name: "a document of 100 MB", file: "a.json", text: `[{"企业名称": "` + strings.Repeat("a", 100_000_000) + `"}]`, o: loaders.Options{Kind: "Company"}},
		{name: "a document nested ten thousand deep", file: "a.json", text: strings.Repeat(`[`, 10_000), o: loaders.Options{Kind: "Company"}},
		{name: "marks that no spreadsheet program writes", file: "a.xlsx", text: withCells(t, head+`<!-- x --><row r="2"/>`)},
		{name: "a table of html that spans a hundred million columns", file: "a.xls", text: "<table><tr><td colspan=100000000>企业名称</td></tr></table>"},
	}
}

// withCells makes a workbook whose only sheet has the given XML for cells.
func withCells(t *testing.T, cells string) string {
	t.Helper()
	whole := book(t, sheet{"名单", nil})
	in, err := zip.NewReader(strings.NewReader(whole), int64(len(whole)))
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
			from = strings.NewReader(`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + cells + `</sheetData></worksheet>`)
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
	return b.String()
}

// lying makes an archive whose directory states 10 bytes for its part.
func lying(t *testing.T, text string) string {
	t.Helper()
	whole := []byte(archive(t, map[string]string{"a.csv": text}))
	at := bytes.LastIndex(whole, []byte("PK\x01\x02"))
	copy(whole[at+24:], []byte{10, 0, 0, 0})
	return string(whole)
}

// parts makes an archive of n empty files.
func parts(t *testing.T, n int) string {
	t.Helper()
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for range n {
		if _, err := out.Create("a.csv"); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func gzipped(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
