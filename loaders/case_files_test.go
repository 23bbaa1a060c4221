package loaders_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/text/encoding/simplifiedchinese"

	"liantu/loaders"
)

// zipped makes an archive of names and texts in turn. Names that are not ASCII are
// written as they are, without the flag of UTF-8.
func zipped(t *testing.T, pairs ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(pairs); i += 2 {
		f, err := w.CreateHeader(&zip.FileHeader{Name: pairs[i], NonUTF8: true, Method: zip.Deflate})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(pairs[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestCases loads files that cannot be written in the archives of TestLoads.
func TestCases(t *testing.T) {
	const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	link := func(id, kind, target string) string {
		return fmt.Sprintf(`<Relationship Id="%s" Type="%s" Target="%s"/>`, id, office+kind, target)
	}
	links := func(list ...string) string {
		return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + strings.Join(list, "") + `</Relationships>`
	}
	sheet := func(name string) string {
		return `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><!-- made by hand --><sheetData>` +
			`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>` +
			`<row r="2"><c r="A2" t="inlineStr"><is><t>` + name + `</t></is></c><c r="B2"><v>12</v></c></row></sheetData></worksheet>`
	}
	gbk, err := simplifiedchinese.GB18030.NewEncoder().String("企业名录.csv")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, file string
		data       []byte
		want       []string // in the report or the graph
	}{
		{
			"16-workbook-part-by-relation", "list.xlsx",
			zipped(t,
				"_rels/.rels", links(link("a", "officeDocument", "xl/workbook2.xml")),
				"xl/workbook2.xml", `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="`+office[:len(office)-1]+
					`"><sheets><sheet name="甲" sheetId="1" r:id="r1"/><sheet name="乙" sheetId="2" r:id="r2"/></sheets></workbook>`,
				"xl/_rels/workbook2.xml.rels", links(link("r1", "worksheet", "worksheets/sheet1.xml"), link("r2", "worksheet", "/data/list.xml"), link("r3", "sharedStrings", "texts.xml")),
				"xl/worksheets/sheet1.xml", sheet("海棠精密有限公司"),
				"data/list.xml", sheet("白榆电子有限公司"),
				"xl/texts.xml", `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>企业名称</t></si><si><t>员工人数</t></si></sst>`,
			),
			[]string{"list.xlsx#甲: 1 rows, 1 accepted", "list.xlsx#乙: 1 rows, 1 accepted", "employees=12 name=海棠精密有限公司", "employees=12 name=白榆电子有限公司"},
		},
		{
			"24-zip-names-of-windows", "lists.zip",
			zipped(t, gbk, "企业名称,员工人数\n海棠精密有限公司,x\n"),
			[]string{"lists.zip/企业名录.csv: 1 rows, 1 accepted", `lists.zip/企业名录.csv:2: column "员工人数"`},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			store := openStore(t)
			r, err := loaders.Load(t.Context(), loaders.Options{
				FS: fstest.MapFS{c.file: {Data: c.data}}, Store: store, Source: "list", AsOf: "2026-03",
			})
			if err != nil {
				t.Fatal(err)
			}
			got := text(t, r) + dump(t, store)
			for _, want := range c.want {
				if !strings.Contains(got, want) {
					t.Errorf("%q is missing in\n%s", want, got)
				}
			}
		})
	}
}
