package rows_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"liantu/loaders/rows"
)

// unicodePath is the extra field 0x7075 of a name, for the name that the archive
// has.
func unicodePath(in, name string) []byte {
	b := binary.LittleEndian.AppendUint16(nil, 0x9999) // another field
	b = append(binary.LittleEndian.AppendUint16(b, 2), 1, 2)
	b = binary.LittleEndian.AppendUint16(b, 0x7075)
	b = append(binary.LittleEndian.AppendUint16(b, uint16(5+len(name))), 1)
	b = binary.LittleEndian.AppendUint32(b, crc32.ChecksumIEEE([]byte(in)))
	return append(b, name...)
}

// TestEntryName: which name a file in an archive has.
func TestEntryName(t *testing.T) {
	dos := func(name string) string {
		text, err := charmap.CodePage437.NewEncoder().String(name)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	const unix, ntfs = 3, 10
	for _, c := range []struct {
		what, name string
		flagged    bool // the archive says that the name is UTF-8
		system     uint16
		extra      []byte
		want       string
	}{
		{what: "ASCII", name: "list.csv", want: "list.csv"},
		{what: "GBK", name: gb18030(t, "企业名录.csv"), want: "企业名录.csv"},
		{what: "GBK with signs and a rare character", name: gb18030(t, `一〇年\名单（喆、2026）.csv`), want: "一〇年/名单（喆、2026）.csv"},
		{what: "UTF-8 with its flag", name: "企业名录.csv", flagged: true, want: "企业名录.csv"},
		{what: "UTF-8 without its flag", name: "企业名录.csv", want: "企业名录.csv"},
		{what: "UTF-8 of another script, of Unix", name: "Список.csv", system: unix, want: "Список.csv"},
		{what: "GBK that is valid UTF-8, of Windows", name: gb18030(t, "小一.csv"), system: ntfs, want: "小一.csv"},
		{what: "Western, in the code page of DOS", name: dos("Müller Größe été Año.csv"), want: "Müller Größe été Año.csv"},
		{what: "Western, of rare characters by GBK", name: dos("Müller.csv"), want: "Müller.csv"},
		{what: "Western, with its flag", name: "Müller été.csv", flagged: true, want: "Müller été.csv"},
		{what: "GBK taken for the code page of DOS", name: "╞≤╥╡├√┬╝.csv", flagged: true, want: "企业名录.csv"},
		{what: "boxes that are no GBK", name: "█ list ░.csv", flagged: true, want: "█ list ░.csv"},
		{what: "the extra field", name: "____.csv", extra: unicodePath("____.csv", "企业名录.csv"), want: "企业名录.csv"},
		{what: "the extra field of another name", name: "new.csv", extra: unicodePath("old.csv", "企业名录.csv"), want: "new.csv"},
		{what: "a cut extra field", name: "a.csv", extra: unicodePath("a.csv", "企业名录.csv")[:20], want: "a.csv"},
	} {
		var b bytes.Buffer
		w := zip.NewWriter(&b)
		h := &zip.FileHeader{Name: c.name, NonUTF8: !c.flagged, Extra: c.extra, CreatorVersion: c.system << 8}
		if c.flagged {
			h.Flags |= 0x800
		}
		if _, err := w.CreateRaw(h); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		archive, err := rows.OpenArchive(bytes.NewReader(b.Bytes()), int64(b.Len()))
		if err != nil {
			t.Fatal(err)
		}
		if got := rows.EntryName(archive.File[0]); got != c.want {
			t.Errorf("%s: %q is called %q, want %q", c.what, c.name, got, c.want)
		}
	}
}
