package rows_test

import (
	"archive/zip"
	"bytes"
	"slices"
	"strings"
	"testing"

	"liantu/loaders/rows"
)

// part is a part of an archive.
type part struct{ name, text string }

func archiveOf(t *testing.T, parts ...part) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, p := range parts {
		f, err := w.Create(p.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(p.text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

const (
	office    = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
	strict    = `http://purl.oclc.org/ooxml/officeDocument/relationships/`
	main      = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	oneBook   = `<workbook ` + main + `><sheets><sheet name="一" sheetId="1" r:id="rId1"/></sheets></workbook>`
	oneSheet  = `<worksheet ` + main + `><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="s"><v>1</v></c></row></sheetData></worksheet>`
	strings2  = `<sst ` + main + `><si><t>企业名称</t></si><si><t>海棠</t></si></sst>`
	otherBook = `<workbook ` + main + `><sheets><sheet name="旧" sheetId="1" r:id="rId1"/></sheets></workbook>`
)

// links makes the relations of a part of pairs of type and target.
func links(pairs ...string) string {
	var b strings.Builder
	b.WriteString(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for i := 0; i < len(pairs); i += 2 {
		b.WriteString(`<Relationship Id="rId` + string(rune('1'+i/2)) + `" Type="` + pairs[i] + `" Target="` + pairs[i+1] + `"/>`)
	}
	return b.String() + `</Relationships>`
}

// TestParts: the parts of a workbook are found by relation.
func TestParts(t *testing.T) {
	for _, c := range []struct {
		name  string
		parts []part
	}{
		{"the usual names", []part{
			{"_rels/.rels", links(office+"officeDocument", "xl/workbook.xml")},
			{"xl/workbook.xml", oneBook},
			{"xl/_rels/workbook.xml.rels", links(office+"worksheet", "worksheets/sheet1.xml", office+"sharedStrings", "sharedStrings.xml")},
			{"xl/worksheets/sheet1.xml", oneSheet},
			{"xl/sharedStrings.xml", strings2},
		}},
		{"no relations of the archive", []part{
			{"xl/workbook.xml", oneBook},
			{"xl/_rels/workbook.xml.rels", links(office+"worksheet", "worksheets/sheet1.xml", office+"sharedStrings", "sharedStrings.xml")},
			{"xl/worksheets/sheet1.xml", oneSheet},
			{"xl/sharedStrings.xml", strings2},
		}},
		{"another workbook beside the old one", []part{
			{"_rels/.rels", links(office+"officeDocument", "xl/workbook22.xml")},
			{"xl/workbook.xml", otherBook},
			{"xl/workbook22.xml", oneBook},
			{"xl/_rels/workbook.xml.rels", links(office+"worksheet", "worksheets/sheet9.xml")},
			{"xl/_rels/workbook22.xml.rels", links(office+"worksheet", "worksheets/sheet1.xml", office+"sharedStrings", "sharedStrings.xml")},
			{"xl/worksheets/sheet1.xml", oneSheet},
			{"xl/sharedStrings.xml", strings2},
		}},
		{"other folders, absolute targets, the strict variant", []part{
			{"_rels/.rels", links(strict+"officeDocument", "/book/main.xml")},
			{"book/main.xml", oneBook},
			{"book/_rels/main.xml.rels", links(strict+"worksheet", "/book/data/one.xml", strict+"sharedStrings", "/book/texts.xml")},
			{"book/data/one.xml", oneSheet},
			{"book/texts.xml", strings2},
			{"xl/sharedStrings.xml", `<sst ` + main + `><si><t>x</t></si><si><t>y</t></si></sst>`},
		}},
		{"targets with dots", []part{
			{"_rels/.rels", links(office+"officeDocument", "./xl/workbook.xml")},
			{"xl/workbook.xml", oneBook},
			{"xl/_rels/workbook.xml.rels", links(office+"worksheet", "../sheets/one.xml", office+"sharedStrings", "texts/../strings2.xml")},
			{"sheets/one.xml", oneSheet},
			{"xl/strings2.xml", strings2},
		}},
		{"comments", []part{
			{"_rels/.rels", links(office+"officeDocument", "xl/workbook.xml")},
			{"xl/workbook.xml", strings.Replace(oneBook, "<sheets>", "<!-- <sheets> --><sheets>", 1)},
			{"xl/_rels/workbook.xml.rels", links(office+"worksheet", "worksheets/sheet1.xml", office+"sharedStrings", "sharedStrings.xml")},
			{"xl/worksheets/sheet1.xml", strings.Replace(oneSheet, "<row r=\"2\">", "<!-- a > b <row r=\"9\"> ->--><row r=\"2\"><!--"+strings.Repeat("x", 100_000)+"-->", 1)},
			{"xl/sharedStrings.xml", "<!---->" + strings2},
		}},
	} {
		data := archiveOf(t, c.parts...)
		if got := tableOf(t, "x.xlsx", data, rows.Options{}); !slices.Equal(got, []string{"企业名称", "海棠"}) {
			t.Errorf("%s: read as %q", c.name, got)
		}
		sheets, isBook, err := rows.Sheets(strings.NewReader(data), int64(len(data)))
		if err != nil || !isBook || len(sheets) != 1 || sheets[0] != (rows.Sheet{Name: "一", Rows: 2}) {
			t.Errorf("%s: its sheets are %v, %v, %v", c.name, sheets, isBook, err)
		}
	}
}

// TestNoParts: an archive that is no workbook stays none, and a comment without an
// end is damage.
func TestNoParts(t *testing.T) {
	for _, c := range []struct {
		parts []part
		want  string
	}{
		{[]part{{"_rels/.rels", links(office+"officeDocument", "word/document.xml")}, {"word/document.xml", "<document/>"}}, "the file is a document of Word or WPS (.docx)"},
		{[]part{{"_rels/.rels", links(office+"officeDocument", "xl/workbook.bin")}, {"xl/workbook.bin", "\x83\x01"}}, "the file is a binary workbook of Excel (.xlsb)"},
		{[]part{{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, {"content.xml", "<a/>"}}, "the file is a spreadsheet of OpenDocument (.ods)"},
		{[]part{{"mimetype", "application/vnd.oasis.opendocument.text"}, {"content.xml", "<a/>"}}, "the file is a document of OpenDocument"},
		{[]part{{"Index/Document.iwa", "x"}}, "the file is a document of Apple iWork such as Numbers (.numbers)"},
		{[]part{{"ppt/presentation.xml", "<a/>"}}, "the file is a presentation (.pptx)"},
		{[]part{{"mimetype", "application/epub+zip"}}, "the file is a zip archive with nothing that can be read"},
		{[]part{{"_rels/.rels", "<Relationships"}, {"a.bin", "x"}}, "the file is a zip archive with nothing that can be read"},
		{[]part{{"_rels/.rels", links(office+"officeDocument", "xl/none.xml")}}, "the file is a zip archive with nothing that can be read"},
		{[]part{
			{"xl/workbook.xml", oneBook},
			{"xl/_rels/workbook.xml.rels", links(office+"worksheet", "worksheets/sheet1.xml")},
			{"xl/worksheets/sheet1.xml", strings.Replace(oneSheet, "</sheetData>", "<!-- </sheetData>", 1)},
		}, "the part xl/worksheets/sheet1.xml ends after row 2"},
	} {
		_, err := rows.Open("x.xlsx", strings.NewReader(archiveOf(t, c.parts...)), rows.Options{})
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%v: error %v, want %s", c.parts[0], err, c.want)
		}
	}
}
