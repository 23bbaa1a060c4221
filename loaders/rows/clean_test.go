package rows_test

import (
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"liantu/loaders/rows"
)

// tableOf returns the header of a table and its rows, each with its line, cells
// divided by bars.
func tableOf(t *testing.T, name, text string, o rows.Options) []string {
	t.Helper()
	r, err := rows.Open(name, strings.NewReader(text), o)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close() //nolint:errcheck // of a text
	got := []string{strings.Join(r.Columns(), "|")}
	for {
		rec, err := r.Next()
		if errors.Is(err, io.EOF) {
			return got
		}
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case rec.Err != nil:
			got = append(got, rec.Err.Error())
		case rec.Blank:
			got = append(got, "blank")
		default:
			got = append(got, strings.Join(rec.Texts(), "|"))
		}
	}
}

// TestLineEnds: carriage returns alone end lines where they are more than the
// line feeds outside quotes.
func TestLineEnds(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"carriage returns", "a,b\r1,2\r3,4", "a|b / 1|2 / 3|4"},
		{"carriage returns, one at the end", "a,b\r1,2\r", "a|b / 1|2"},
		{"carriage returns, line feeds in cells", "a,b\r\"1\n2\",3\r4,\"5\n6\n7\"\r", "a|b / 1\n2|3 / 4|5\n6\n7"},
		{"a header that was put before carriage returns", "a,b\n1,2\r3,4\r5,6\r", "a|b / 1|2 / 3|4 / 5|6"},
		{"both together", "a,b\r\n1,2\r\n", "a|b / 1|2"},
		{"two before each line feed", "a,b\r\r\n1,2\r\r\n", "a|b / 1|2\r"},
		{"line feeds, carriage returns in cells", "a,b\n\"1\r2\r3\r4\",3\n4,5\n", "a|b / 1\r2\r3\r4|3 / 4|5"},
		{"line feeds, a carriage return between", "a,b\n1\r2,3\n", "a|b / 1\r2|3"},
	} {
		if got := strings.Join(tableOf(t, "x.csv", c.text, rows.Options{}), " / "); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	long := strings.Repeat("甲有限公司,12\r\n", 9000) // beyond what decides, cut within a line end
	if got := tableOf(t, "x.csv", "a,b\r"+strings.Repeat("1,2\r", 17000)+long, rows.Options{}); len(got) != 26001 {
		t.Errorf("%d rows of 26000", len(got)-1)
	}
}

// TestGuards: what guards a text in a cell is no part of it.
func TestGuards(t *testing.T) {
	for _, c := range [][2]string{
		{`="0123"`, `0123`},
		{`"=""0123"""`, `0123`},
		{`="a,b"`, `a,b`},
		{`="a""b"`, `a"b`},
		{`=""`, ``},
		{`"=""a""&""b"""`, `="a"&"b"`},
		{`"=""a"`, `="a`},
		{`=1+2`, `=1+2`},
		{`'0123`, `0123`},
		{`'甲有限公司`, `甲有限公司`},
		{`'MA1B2C`, `MA1B2C`},
		{`'s-Hertogenbosch`, `'s-Hertogenbosch`},
		{`'甲'`, `'甲'`},
		{`'`, `'`},
		{`'=1`, `'=1`},
		{"\u200b甲\u200c有\u200d限\u00ad公\u2060司\ufeff", "甲有限公司"},
		{"\u202d13\u200e\u202c", "13"},
		{"甲 乙　丙—“丁”（）", "甲 乙　丙—“丁”（）"},
		{"\u200b'01", "01"},
		{`"=""'0"""`, `0`},
		{"𠂇\u200b𠂇é\u00ad", "𠂇𠂇é"},
	} {
		if got := tableOf(t, "x.csv", "a,b\n"+c[0]+",2\n", rows.Options{}); got[1] != c[1]+"|2" {
			t.Errorf("%s is read as %q, want %q", c[0], got[1], c[1])
		}
	}
	faulty := tableOf(t, "x.csv", "a,b\n=\"1\"2,3\n=\"1,2\n=A(\"1\"),2\n", rows.Options{})
	for _, row := range faulty[1:] {
		if !strings.HasSuffix(row, "quotation mark in a field that does not start with one") {
			t.Errorf("a guard that is none is read as %q", row)
		}
	}
	page := `<table><tr><td>a</td><td>b&#8203;</td></tr><tr><td>="0123"</td><td>&#xFEFF;'7</td></tr><tr><td>&#8203;</td><td> </td></tr></table>`
	if got := tableOf(t, "x.xls", page, rows.Options{}); !slices.Equal(got, []string{"a|b", "0123|7", "blank"}) {
		t.Errorf("a table of HTML is read as %q", got)
	}
	heads := tableOf(t, "x.csv", "\u200b企业名称,=\"统一社会信用代码\"\n甲,乙\n", rows.Options{Heads: func(text string) bool { return text == "企业名称" }})
	if heads[0] != "企业名称|统一社会信用代码" {
		t.Errorf("heads are %q", heads[0])
	}
}
