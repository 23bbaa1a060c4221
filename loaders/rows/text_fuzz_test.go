package rows_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"io"
	"runtime"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"liantu/loaders/rows"
)

// maxGrowth is what a reader may allocate beyond a multiple of the size of a
// small file: its buffers and the table of a workbook.
const maxGrowth = 256 << 20

// bounded reads a whole file and checks that its allocations are bounded.
func bounded(t *testing.T, name string, data []byte, o rows.Options) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	walk(t, name, data, o, func(rec *rows.Record) {
		if len(rec.Fields) > rows.MaxColumns {
			t.Fatalf("row of %d fields", len(rec.Fields))
		}
	})
	runtime.ReadMemStats(&after)
	if grown := after.TotalAlloc - before.TotalAlloc; grown > maxGrowth+uint64(len(data))*4096 {
		t.Errorf("%d bytes are allocated for a file of %d", grown, len(data))
	}
}

var textSeeds = []string{"企业名称,员工人数\n甲有限公司,1\n", "a\tb\n1\t\"2\n3\"\n", "sep=;\na;b\n", "{\"a\":\"甲\"}\n", "[{\"a\":1}]", "<table><tr><td>a<td>甲</table>", "", "\ufeffa,b\r\n"}

// FuzzEncodings reads any bytes in every encoding and format of text.
func FuzzEncodings(f *testing.F) {
	little := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder()
	for _, s := range textSeeds {
		f.Add([]byte(s))
		if b, err := little.Bytes([]byte(s)); err == nil {
			f.Add(b)
		}
		if b, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(s)); err == nil {
			f.Add(b)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, encoding := range []string{"", "utf-8", "gb18030", "utf-16le", "utf-16be"} {
			for _, format := range []string{"csv", "tsv", "jsonl", "json", "html"} {
				bounded(t, "x", data, rows.Options{Encoding: encoding, Format: format})
			}
		}
	})
}

// FuzzGzip reads any bytes as a packed file, and packed ones.
func FuzzGzip(f *testing.F) {
	for _, s := range textSeeds {
		f.Add([]byte(s))
		f.Add(gzipped(f, []byte(s)))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, name := range []string{"x.csv.gz", "x.jsonl.gz", "x.xls.gz"} {
			bounded(t, name, append([]byte("\x1f\x8b\x08\x00"), data...), rows.Options{})
			bounded(t, name, gzipped(t, data), rows.Options{})
		}
	})
}

func gzipped(t testing.TB, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// FuzzArchive reads any bytes as an archive: what is accepted is within the
// limits, by its directory and when unpacked.
func FuzzArchive(f *testing.F) {
	f.Add(workbook(f))
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, name := range []string{"a.csv", "x/b.jsonl", "../c.txt"} {
		w, err := out.Create(name)
		if err != nil {
			f.Fatal(err)
		}
		if _, err := w.Write([]byte(textSeeds[0])); err != nil {
			f.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Fuzz(func(t *testing.T, data []byte) {
		bounded(t, "x.zip", data, rows.Options{})
		bounded(t, "x.xlsx", data, rows.Options{})
		in := bytes.NewReader(data)
		if _, _, err := rows.Sheets(in, in.Size()); err != nil {
			return
		}
		archive, err := rows.OpenArchive(in, in.Size())
		if err != nil {
			return
		}
		var total int64
		for _, part := range archive.File {
			from, err := part.Open()
			if err != nil {
				continue
			}
			n, _ := io.Copy(io.Discard, from)
			total += n
			if err := from.Close(); err != nil {
				continue
			}
		}
		if total > rows.MaxUnpacked {
			t.Errorf("%d bytes come out of an archive", total)
		}
	})
}
