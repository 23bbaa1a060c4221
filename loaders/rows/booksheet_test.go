package rows_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"liantu/loaders/rows"
)

// bookOf makes a workbook of one sheet from the XML of its parts.
func bookOf(t *testing.T, properties, shared, formats, cells string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	const main = ` xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	for _, part := range []struct{ name, text string }{
		{"xl/workbook.xml", `<workbook` + main + ` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">` +
			properties + `<sheets><sheet name="一" sheetId="1" r:id="a"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
			`<Relationship Id="a" Target="worksheets/sheet1.xml"/></Relationships>`},
		{"xl/sharedStrings.xml", `<sst` + main + `>` + shared + `</sst>`},
		{"xl/styles.xml", `<styleSheet` + main + `>` + formats + `</styleSheet>`},
		{"xl/worksheets/sheet1.xml", `<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>` + cells + `</x:sheetData></x:worksheet>`},
	} {
		w, err := z.Create(part.name)
		if err == nil {
			_, err = w.Write([]byte(part.text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const (
	headRow  = `<x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c><x:c t="inlineStr"><x:is><x:t>b</x:t></x:is></x:c></x:row>`
	textOnly = `<cellXfs><xf numFmtId="0"/><xf numFmtId="200"/></cellXfs>`
)

// TestCells reads cells of every form that the standard has, as XML states them.
func TestCells(t *testing.T) {
	for _, c := range []struct {
		name, properties, shared, formats, cells string
		want                                     []string
	}{
		{
			name: "shared texts, of runs, with readings and escapes", shared: `<si><t>甲</t></si><si><r><t>乙</t></r><r><t xml:space="preserve"> 丙</t></r><rPh sb="0" eb="1"><t>イ</t></rPh></si><si><t>a_x000A_b_x005F_c</t></si>`,
			cells: `<x:row r="2"><x:c r="A2" t="s"><x:v>1</x:v></x:c><x:c r="B2" t="s"><x:v> 2 </x:v></x:c></x:row>`, want: []string{"乙 丙", "a\nb_c"},
		},
		{name: "texts of formulas, and yes", cells: `<x:row r="2"><x:c r="A2" t="str"><x:f>X</x:f><x:v>甲&amp;乙</x:v></x:c><x:c r="B2" t="b"><x:v>1</x:v></x:c></x:row>`, want: []string{"甲&乙", "TRUE"}},
		{name: "an error and a day in ISO form", cells: `<x:row r="2"><x:c r="A2" t="e"><x:v>#REF!</x:v></x:c><x:c r="B2" t="d"><x:v>2024-01-01</x:v></x:c></x:row>`, want: []string{"#REF!", "2024-01-01"}},
		{name: "formulas without a result", cells: `<x:row r="2"><x:c r="A2"><x:f>B2</x:f><x:v></x:v></x:c><x:c r="B2" t="str"><x:f>A2</x:f></x:c></x:row>`, want: []string{rows.NoResult, rows.NoResult}},
		{name: "a formula whose result is the empty text", cells: `<x:row r="2"><x:c r="A2"><x:v>1</x:v></x:c><x:c r="B2" t="str"><x:f>A2</x:f><x:v></x:v></x:c></x:row>`, want: []string{"1", ""}},
		{name: "zeros in place of results", properties: `<calcPr fullCalcOnLoad="1"/>`, cells: `<x:row r="2"><x:c r="A2"><x:f>B2</x:f><x:v>0</x:v></x:c><x:c r="B2"><x:v>0</x:v></x:c></x:row>`, want: []string{rows.NoResult, "0"}},
		{name: "a result of zero", cells: `<x:row r="2"><x:c r="A2"><x:f>B2</x:f><x:v>0</x:v></x:c></x:row>`, want: []string{"0", ""}},
		{name: "days from 1904", properties: `<workbookPr date1904="true"/>`, formats: `<cellXfs><xf numFmtId="14"/></cellXfs>`, cells: `<x:row r="2"><x:c r="A2"><x:v>0</x:v></x:c><x:c r="B2"><x:v>43830</x:v></x:c></x:row>`, want: []string{"1904-01-01", "2024-01-01"}},
		{name: "built-in formats that the workbook states anew", formats: `<numFmts><numFmt numFmtId="44" formatCode="0&quot;元&quot;"/></numFmts><cellXfs><xf numFmtId="44"/></cellXfs>`, cells: `<x:row r="2"><x:c r="A2"><x:v>7</x:v></x:c></x:row>`, want: []string{"7元", ""}},
		{name: "texts in a format of texts", formats: `<numFmts><numFmt numFmtId="200" formatCode="0;0;0;@&quot;有限公司&quot;"/></numFmts>` + textOnly, cells: `<x:row r="2"><x:c r="A2" s="1" t="str"><x:v>甲</x:v></x:c><x:c r="B2" s="1" t="inlineStr"><x:is><x:t>乙</x:t></x:is></x:c></x:row>`, want: []string{"甲有限公司", "乙有限公司"}},
		{name: "texts that a format hides", formats: `<numFmts><numFmt numFmtId="200" formatCode="0;0;0;&quot;×&quot;"/></numFmts>` + textOnly, cells: `<x:row r="2"><x:c r="B2" s="1" t="inlineStr"><x:is><x:t>乙</x:t></x:is></x:c></x:row>`, want: []string{"", "乙"}},
		{name: "rows and cells without places", cells: `<x:row><x:c><x:v>1</x:v></x:c><x:c><x:v>2</x:v></x:c></x:row>`, want: []string{"1", "2"}},
		{name: "a style that is not there", cells: `<x:row r="2"><x:c r="B2" s="9"><x:v>2</x:v></x:c></x:row>`, want: []string{"", "2"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, err := rows.Open("x.xlsx", bytes.NewReader(bookOf(t, c.properties, c.shared, c.formats, headRow+c.cells)), rows.Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer r.Close() //nolint:errcheck // it is in memory
			rec, err := r.Next()
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range rec.Fields {
				got = append(got, f.Text)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestDamagedSheets checks that what cannot be read of a sheet is an error.
func TestDamagedSheets(t *testing.T) {
	for _, c := range []struct{ name, cells, want string }{
		{"a text that is not there", `<x:row r="2"><x:c r="A2" t="s"><x:v>7</x:v></x:c></x:row>`, `names the text "7"`},
		{"a place that is none", `<x:row r="2"><x:c r="2A"><x:v>7</x:v></x:c></x:row>`, `a cell "2A"`},
		{"a row beyond the last", `<x:row r="1048577"><x:c><x:v>7</x:v></x:c></x:row>`, `a row "1048577"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, err := rows.Open("x.xlsx", bytes.NewReader(bookOf(t, "", "", "", headRow+c.cells)), rows.Options{})
			if err == nil {
				defer r.Close() //nolint:errcheck // it is in memory
				_, err = r.Next()
			}
			if !errors.Is(err, rows.ErrFormat) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error is %v, want one with %s", err, c.want)
			}
		})
	}
}
