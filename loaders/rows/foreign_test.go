package rows_test

import (
	"encoding/binary"
	"errors"
	"strings"
	"testing"
	coding "unicode/utf16"

	"liantu/loaders/rows"
)

// compoundOf is the start of a compound file whose directory stands in a sector and
// names streams.
func compoundOf(sector uint32, streams ...string) string {
	data := make([]byte, (sector+1)*512)
	copy(data, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	binary.LittleEndian.PutUint16(data[30:], 9)
	binary.LittleEndian.PutUint32(data[48:], sector)
	for _, name := range append([]string{"Root Entry"}, streams...) {
		entry := make([]byte, 128)
		units := coding.Encode([]rune(name))
		for i, u := range units {
			binary.LittleEndian.PutUint16(entry[2*i:], u)
		}
		binary.LittleEndian.PutUint16(entry[64:], uint16(2*len(units)+2))
		data = append(data, entry...)
	}
	return string(data)
}

// TestForeign: files in formats that are not read are called what they are by their
// contents, whatever their names.
func TestForeign(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"a.xls", compoundOf(1, "Workbook"), "the file is a binary workbook of Excel 97 to 2003 (.xls), which is not read; open it and save it as .xlsx (另存为 .xlsx)"},
		{"a.csv", compoundOf(1, "Book"), "the file is a binary workbook of Excel 97 to 2003 (.xls)"},
		{"a.xls", compoundOf(2000, "Workbook"), "the file is a binary workbook of Excel 97 to 2003 (.xls), which"},
		{"a.et", compoundOf(1, "\x05SummaryInformation", "Workbook"), "the file is a workbook of WPS 表格 (.et), which is not read; open it and save it as .xlsx"},
		{"a.xlsx", compoundOf(1, "EncryptionInfo", "EncryptedPackage"), "the file is a workbook with a password, which is not read; open it and save it as .xlsx without a password"},
		{"a.wps", compoundOf(1, "WordDocument"), "the file is a document of WPS 文字 (.wps)"},
		{"a.xls", compoundOf(1, "WordDocument"), "the file is a document of Word or WPS 文字 (.doc, .wps)"},
		{"a.xls", compoundOf(1, "PowerPoint Document"), "the file is a presentation"},
		{"a.xls", compoundOf(1, "X"), "the file is a binary workbook of Excel 97 to 2003 (.xls), or one with a password"},
		{"a.xls", compoundOf(1, "Workbook")[:700], "the file is a binary workbook of Excel 97 to 2003 (.xls), or one with a password"},
		{"a.csv", "%PDF-1.7\n", "the file is a PDF, which is not read"},
		{"a.zip", "Rar!\x1a\x07\x01\x00", "the file is an archive of RAR, which is not read; unpack it"},
		{"a.xlsx", "7z\xbc\xaf\x27\x1c", "the file is an archive of 7-Zip (.7z)"},
		{"a.csv", "SQLite format 3\x00", "the file is a database of SQLite"},
		{"a.xls", `<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"><table:table>`, "the file is a document of OpenDocument as one XML (.fods)"},
	} {
		_, err := rows.Open(c.name, strings.NewReader(c.text), rows.Options{})
		if !errors.Is(err, rows.ErrFormat) || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %s", c.name, err, c.want)
		}
	}
	for _, text := range []string{"PAR1,name\n1,2\n", "名称,urn:oasis:names:tc:opendocument:xmlns:office\n1,2\n", "7z,a\n1,2\n"} {
		if _, err := rows.Open("a.csv", strings.NewReader(text), rows.Options{}); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
}
