package rows_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"liantu/loaders/rows"
)

func gb18030(t *testing.T, text string) string {
	t.Helper()
	b, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func utf16(t *testing.T, order unicode.Endianness, text string) string {
	t.Helper()
	b, err := unicode.UTF16(order, unicode.IgnoreBOM).NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// repeated are equal rows of the table of 名称 and 城市.
func repeated(name, city string, line, n int) (rows []string) {
	for i := range n {
		rows = append(rows, fmt.Sprintf("line %d: 名称=%s 城市=%s", line+i, name, city))
	}
	return rows
}

func packed(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestEncodings(t *testing.T) {
	table := "名称,城市\n杭州甲公司,杭州\n"
	want := []string{"line 2: 名称=杭州甲公司 城市=杭州"}
	// A character of two bytes crosses the end of the bytes that are inspected.
	ascii := strings.Repeat("a", 256<<10)
	for _, c := range []struct {
		name, input, encoding string // declared
		found                 string
		want                  []string
	}{
		{"UTF-8", table, "", "utf-8", want},
		{"UTF-8 with a byte order mark", "\uFEFF" + table, "", "utf-8", want},
		{"GB18030 declared", gb18030(t, table), "gb18030", "gb18030", want},
		{"UTF-16 with a byte order mark", utf16(t, unicode.LittleEndian, "\uFEFF"+table), "", "utf-16le", want},
		{"UTF-16 of the other order", utf16(t, unicode.BigEndian, "\uFEFF"+table), "", "utf-16be", want},
		{"UTF-16 declared, without a byte order mark", utf16(t, unicode.LittleEndian, table), "UTF-16LE", "utf-16le", want},
		{"a byte order mark against what is declared", "\uFEFF" + table, "gbk", "utf-8", want},
		{"GB18030 with a byte order mark", gb18030(t, "\uFEFF"+table), "", "gb18030", want},
		{"GB18030 declared by another name", gb18030(t, table), "GBK", "gb18030", want},
		{"GB18030, cut in a character", gb18030(t, "甲\n"+ascii[:256<<10-4]+"甲乙\n"), "gb18030", "gb18030", []string{"line 2: 甲=" + ascii[:256<<10-4] + "甲乙"}},
		{"UTF-8, cut in a character", "甲\n" + ascii[:256<<10-5] + "甲乙\n", "", "utf-8", []string{"line 2: 甲=" + ascii[:256<<10-5] + "甲乙"}},
		{"UTF-8 with one bad byte", "a\n甲\xff乙\nb\n", "utf-8", "utf-8", []string{"line 2, column 2: line holds bytes that are not valid in the encoding of the file", "line 3: a=b"}},
		{"GB18030 with one bad byte", gb18030(t, "名\n甲") + "\xff\nb\n", "gb18030", "gb18030", []string{"line 2, column 2: line holds bytes that are not valid in the encoding of the file", "line 3: 名=b"}},
		{"GB18030 after much that is neither", "a\n" + ascii + "\n" + gb18030(t, "甲") + "\nb\n", "", "utf-8", []string{"line 2: a=" + ascii, "line 3, column 1: line holds bytes that are not valid in the encoding of the file", "line 4: a=b"}},
		{"UTF-8 with one bad byte, not declared", table + "\xff,x\n" + strings.Repeat("甲乙丙,丁\n", 9), "", "utf-8", append(append(slices.Clone(want), "line 3, column 1: line holds bytes that are not valid in the encoding of the file"), repeated("甲乙丙", "丁", 4, 9)...)},
		{"a mark of damage in UTF-8 is text", "a\n甲\uFFFD\n", "", "utf-8", []string{"line 2: a=甲\uFFFD"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, input := range []string{c.input, packed(t, c.input)} {
				o := rows.Options{Encoding: c.encoding}
				if got := all(t, "x.csv.gz", input, o); !slices.Equal(got, c.want) {
					t.Errorf("got %.300q, want %.300q", got, c.want)
				}
				r, err := rows.Open("x.csv", strings.NewReader(input), o)
				if err != nil {
					t.Fatal(err)
				}
				if r.Encoding() != c.found {
					t.Errorf("encoding is %q, want %q", r.Encoding(), c.found)
				}
			}
		})
	}
}

func TestFilesThatAreNoText(t *testing.T) {
	for _, c := range []struct {
		name, file, input string
		options           rows.Options
		cause             error
	}{
		{"a damaged workbook", "x.csv", "PK\x03\x04xyz", rows.Options{}, rows.ErrFormat},
		{"a binary workbook of Excel 97", "x.xls", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1abc", rows.Options{}, rows.ErrFormat},
		{"text that calls itself a workbook by option", "x.xlsx", "a,b", rows.Options{Format: "xlsx"}, rows.ErrFormat},
		{"GB18030 that is not declared", "x.csv", gb18030(t, "名称,城市\n甲,杭州\n"), rows.Options{}, rows.ErrEncoding},
		{"UTF-16 without a byte order mark", "x.csv", utf16(t, unicode.LittleEndian, "name,city\n"), rows.Options{}, rows.ErrEncoding},
		{"neither UTF-8 nor GB18030", "x.csv", "a\xff\xff\xfe\xff,b\xff\n", rows.Options{}, rows.ErrEncoding},
		{"unknown extension", "x.dbf", "a", rows.Options{}, rows.ErrFormat},
		{"unknown format", "x.csv", "a", rows.Options{Format: "xml"}, rows.ErrFormat},
		{"unknown encoding", "x.csv", "a", rows.Options{Encoding: "latin1"}, rows.ErrEncoding},
		{"an empty archive", "x.csv.gz", packed(t, ""), rows.Options{}, rows.ErrEmpty},
		{"a broken archive", "x.csv.gz", "\x1f\x8b", rows.Options{}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := rows.Open(c.file, strings.NewReader(c.input), c.options)
			if err == nil || c.cause != nil && !errors.Is(err, c.cause) {
				t.Errorf("error is %v, want %v", err, c.cause)
			}
		})
	}
}

func TestArchiveThatBreaksOff(t *testing.T) {
	whole := packed(t, "a\n"+strings.Repeat("some text that is packed\n", 5000))
	got := all(t, "x.csv.gz", whole[:len(whole)-20], rows.Options{})
	if n := len(got); n == 0 || !strings.HasPrefix(got[n-1], "broke off: ") {
		t.Errorf("the last of %d rows is %q, want a report of the break", n, got[max(n-1, 0):])
	}
}
