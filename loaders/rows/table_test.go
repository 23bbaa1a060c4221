package rows_test

import (
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"liantu/loaders/rows"
)

// The marks in the input of a case, as in the tests of encoding/csv: § stands
// where a field starts, ∑ where an error is. They are not part of the input.
const (
	fieldMark = '§'
	errorMark = '∑'
)

type mark struct{ line, column int }

// unmark removes the marks from a text and returns their positions, as an editor
// counts.
func unmark(text string) (plain string, fields, faults []mark) {
	var b strings.Builder
	at := mark{1, 1}
	for _, r := range text {
		switch r {
		case fieldMark:
			fields = append(fields, at)
			continue
		case errorMark:
			faults = append(faults, at)
			continue
		case '\n':
			at = mark{at.line + 1, 1}
		case '\r':
		default:
			at.column++
		}
		b.WriteRune(r)
	}
	return b.String(), fields, faults
}

var tableCases = []struct {
	name  string
	file  string // "" is x.csv
	input string
	want  [][]string // of the rows without error that are not blank
	cause []error    // of the rows with error, in order
	blank int
}{
	{
		name:  "plain",
		input: "code,name\n§1,§甲公司\n§2,§乙公司\n",
		want:  [][]string{{"1", "甲公司"}, {"2", "乙公司"}},
	},
	{
		name:  "no line end at the end",
		input: "a,b\n§1,§2",
		want:  [][]string{{"1", "2"}},
	},
	{
		name:  "line ends of Windows and a byte order mark",
		input: "\uFEFFa,b\r\n§1,§2\r\n",
		want:  [][]string{{"1", "2"}},
	},
	{
		name:  "quoted line ends move the positions",
		input: "a,b,c\n§\"one\ntwo\",§x,§\"three\n\nfour\"\n§1,§2,§3\n",
		want:  [][]string{{"one\ntwo", "x", "three\n\nfour"}, {"1", "2", "3"}},
	},
	{
		name:  "doubled quotes, marks in quotes, empty fields",
		input: "a,b,c\n§\"say \"\"hi\"\"\",§\",\",§\n§,§\"\",§ x \n",
		want:  [][]string{{`say "hi"`, ",", ""}, {"", "", " x "}},
	},
	{
		name:  "columns are counted in characters",
		input: "a,b\n§“光刻胶”,§x\n",
		want:  [][]string{{"“光刻胶”", "x"}},
	},
	{
		name:  "ragged rows are rows with errors",
		input: "a,b\n1\n§1,§2\n1,2,3\n§3,§4,,\n",
		want:  [][]string{{"1", "2"}, {"3", "4"}},
		cause: []error{rows.ErrRagged, rows.ErrRagged},
	},
	{
		name:  "blank lines and lines of blank fields",
		input: "a,b\n\n§1,§2\n,\n  ,\t\n",
		want:  [][]string{{"1", "2"}},
		blank: 3,
	},
	{
		name:  "quotation mark in a plain field",
		input: "a,b\n1,5∑\" disk\n§1,§2\n",
		want:  [][]string{{"1", "2"}},
		cause: []error{rows.ErrQuote},
	},
	{
		name:  "text after a quoted field",
		input: "a,b\n\"x∑\"y,2\n§1,§2\n",
		want:  [][]string{{"1", "2"}},
		cause: []error{rows.ErrQuote},
	},
	{
		name:  "a quote that never ends costs one row",
		input: "a,b\n1,∑\"two\n§3,§4\n§5,§6",
		want:  [][]string{{"3", "4"}, {"5", "6"}},
		cause: []error{rows.ErrQuote},
	},
	{
		name:  "NUL",
		input: "a,b\n1,x∑\x00y\n§3,§4\n",
		want:  [][]string{{"3", "4"}},
		cause: []error{rows.ErrText},
	},
	{
		name:  "tabs by name",
		file:  "x.tsv",
		input: "a\tb\n§1,5\t§2\n",
		want:  [][]string{{"1,5", "2"}},
	},
	{
		name:  "semicolons by the header",
		input: "a;b;c\n§1,5;§2;§3\n",
		want:  [][]string{{"1,5", "2", "3"}},
	},
	{
		name:  "header below blank lines, heads trimmed",
		input: "\n\n a ,\"b\nb\"\n§1,§2\n",
		want:  [][]string{{"1", "2"}},
	},
}

func TestTable(t *testing.T) {
	for _, c := range tableCases {
		t.Run(c.name, func(t *testing.T) {
			input, fields, faults := unmark(c.input)
			if c.file == "" {
				c.file = "x.csv"
			}
			r, err := rows.Open(c.file, strings.NewReader(input), rows.Options{})
			if err != nil {
				t.Fatal(err)
			}
			var got [][]string
			var at, bad []mark
			var causes []error
			blank := 0
			for {
				rec, err := r.Next()
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					t.Fatal(err)
				}
				switch {
				case rec.Blank:
					blank++
				case rec.Err != nil:
					causes = append(causes, rec.Err.Err)
					if rec.Err.Column > 0 {
						bad = append(bad, mark{rec.Err.Line, rec.Err.Column})
					}
				default:
					var texts []string
					for i := range rec.Fields {
						texts = append(texts, rec.Fields[i].Text)
						line, column := rec.Position(&rec.Fields[i])
						at = append(at, mark{line, column})
					}
					got = append(got, texts)
				}
			}
			if !slices.EqualFunc(got, c.want, slices.Equal[[]string]) {
				t.Errorf("rows are %q, want %q", got, c.want)
			}
			if !slices.Equal(at, fields) {
				t.Errorf("fields are at %v, want %v", at, fields)
			}
			if !slices.Equal(causes, c.cause) {
				t.Errorf("causes are %q, want %q", causes, c.cause)
			}
			if !slices.Equal(bad, faults) {
				t.Errorf("faults are at %v, want %v", bad, faults)
			}
			if blank != c.blank {
				t.Errorf("%d blank rows, want %d", blank, c.blank)
			}
		})
	}
}

func TestTableHeaders(t *testing.T) {
	for _, c := range []struct {
		name, input string
		columns     []string
		cause       error
		text        string
	}{
		{"nothing", "", nil, rows.ErrEmpty, "the file is empty"},
		{"only blank lines", "\n \n\n", nil, rows.ErrEmpty, "the file is empty"},
		{"only a header", "a,b\n", []string{"a", "b"}, nil, ""},
		{"a column twice", "a,b, a\n1,2,3\n", nil, rows.ErrHeader, `line 1, column 5: header has the column "a" twice, as column 1 and as column 3`},
		{"a head without a name", "a,,c\n", []string{"a", "column 2", "c"}, nil, ""},
		{"empty heads at the end", "a,b,,\n", []string{"a", "b"}, nil, ""},
		{"a quote that never ends", "a,\"b\n1,2\n", nil, rows.ErrQuote, "line 1, column 3: header: unterminated quoted field"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, err := rows.Open("x.csv", strings.NewReader(c.input), rows.Options{})
			if !errors.Is(err, c.cause) {
				t.Fatalf("error is %v, want %v", err, c.cause)
			}
			if err != nil {
				if err.Error() != c.text {
					t.Errorf("error is %q, want %q", err, c.text)
				}
				return
			}
			if !slices.Equal(r.Columns(), c.columns) {
				t.Errorf("columns are %q, want %q", r.Columns(), c.columns)
			}
		})
	}
}

// TestBoundedRecords reads files that would not fit into memory if records were
// not limited.
func TestBoundedRecords(t *testing.T) {
	if got := all(t, "x.jsonl", `{"a":[`+strings.Repeat("1,", rows.MaxValues)+"1]}\n{\"a\":1}", rows.Options{}); len(got) != 2 || got[1] != "line 2: a=1" {
		t.Errorf("after a list of too many values come %.200q", got)
	}
	long := strings.Repeat("x", rows.MaxRecord)
	for _, c := range []struct {
		name, input string
		want        int // rows without error
	}{
		{"a long line", "a,b\n1," + long + "\n3,4\n", 1},
		{"a quote over many lines", "a,b\n1,\"" + strings.Repeat("2\n", rows.MaxLines+5) + "3,4\n", 1},
		{"a quote over long lines", "a,b\n1,\"" + long[:rows.MaxRecord/2] + "\n" + long[:rows.MaxRecord/2] + "\n3,4\n", 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, err := rows.Open("x.csv", strings.NewReader(c.input), rows.Options{})
			if err != nil {
				t.Fatal(err)
			}
			rec, err := r.Next()
			if err != nil || rec.Err == nil || !errors.Is(rec.Err, rows.ErrTooLong) || rec.Err.Line != 2 {
				t.Fatalf("first row: %v, %v; want one that is too long in line 2", rec, err)
			}
			good := 0
			for {
				rec, err := r.Next()
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					t.Fatal(err)
				}
				if rec.Err == nil {
					good++
				}
			}
			if good != c.want {
				t.Errorf("%d good rows after it, want %d", good, c.want)
			}
		})
	}
}
