package rows_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"liantu/loaders/rows"
)

// walk reads a file and checks the invariants of every file: rows are in order,
// none is empty, and the positions of fields are within the text.
func walk(t *testing.T, name string, data []byte, o rows.Options, do func(*rows.Record)) *rows.Reader {
	t.Helper()
	r, err := rows.Open(name, bytes.NewReader(data), o)
	if err != nil {
		return nil
	}
	last := 0
	for {
		rec, err := r.Next()
		if errors.Is(err, io.EOF) {
			return r
		}
		if err != nil {
			return nil
		}
		if rec.Line < last || rec.Line < 1 {
			t.Fatalf("row of line %d after one of line %d", rec.Line, last)
		}
		last = rec.Line
		if rec.Err != nil && rec.Err.Line < rec.Line {
			t.Fatalf("row of line %d has a fault in line %d", rec.Line, rec.Err.Line)
		}
		for i := range rec.Fields {
			if line, column := rec.Position(&rec.Fields[i]); column < 1 || line < 1 {
				t.Fatalf("field %d of line %d is at %d:%d", i, rec.Line, line, column)
			}
		}
		do(rec)
	}
}

// FuzzTable checks that what is read, written by encoding/csv and read again
// is the same.
func FuzzTable(f *testing.F) {
	for _, c := range tableCases {
		input, _, _ := unmark(c.input)
		f.Add([]byte(input))
	}
	f.Add([]byte("\xc3\xfb\xb3\xc6,b\n\xbc\xd7,2\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		var read [][]string
		r := walk(t, "x.csv", data, rows.Options{Format: "csv"}, func(rec *rows.Record) {
			if rec.Blank || rec.Err != nil {
				return
			}
			var texts []string
			for i := range rec.Fields {
				texts = append(texts, rec.Fields[i].Text)
			}
			read = append(read, texts)
		})
		if r == nil || len(r.Columns()) < 2 || strings.ContainsRune(strings.Join(r.Columns(), ""), '\r') {
			return
		}
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		if err := w.WriteAll(append([][]string{r.Columns()}, read...)); err != nil {
			t.Fatal(err)
		}
		if strings.ContainsRune(b.String(), '\r') || strings.ContainsAny(strings.Join(r.Columns(), ""), "\t;|\"\ufeff") {
			return // a line end of another system, or a header that divides otherwise
		}
		var again [][]string
		walk(t, "x.csv", b.Bytes(), rows.Options{Format: "csv", Encoding: "utf-8"}, func(rec *rows.Record) {
			var texts []string
			for i := range rec.Fields {
				texts = append(texts, rec.Fields[i].Text)
			}
			again = append(again, texts)
		})
		if !slices.EqualFunc(read, again, slices.Equal[[]string]) {
			t.Errorf("read %q, written and read again %q", read, again)
		}
	})
}

var jsonSeeds = []string{
	`{"a": "甲", "b": [1, 2.5e-3, null, true], "c": {"d": ""}}`, `{"a":"\ud83d\ude00\u0041\/"}`, `{"a":1,"a":2}`, `{}`, `[`, `{"a":-0}`, `{"a":1} x`,
	"\xef\xbb\xbf{\"a\":1}", `{"a":"` + "\xff" + `"}`,
}

// FuzzJSONLines compares every line with encoding/json: what is read must be
// valid there, and what is valid there may be refused only for few reasons.
func FuzzJSONLines(f *testing.F) {
	for _, s := range jsonSeeds {
		f.Add([]byte(s + "\n" + s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		data = bytes.ReplaceAll(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), []byte("\r"), []byte(" ")) // which may end lines
		lines := bytes.Split(data, []byte("\n"))
		walk(t, "x.jsonl", data, rows.Options{Encoding: "utf-8"}, func(rec *rows.Record) {
			if rec.Blank {
				return
			}
			valid := json.Valid(lines[rec.Line-1])
			if rec.Err == nil && !valid {
				t.Fatalf("line %d is read and not valid: %q", rec.Line, lines[rec.Line-1])
			}
			if rec.Err == nil || !valid {
				return
			}
			allowed := errors.Is(rec.Err, rows.ErrDuplicate) || errors.Is(rec.Err, rows.ErrTooLong) || errors.Is(rec.Err, rows.ErrText) ||
				strings.Contains(rec.Err.Reason.String(), "surrogate") || strings.Contains(rec.Err.Reason.String(), "not a JSON object")
			if !allowed {
				t.Fatalf("line %d is valid and refused: %q: %v", rec.Line, lines[rec.Line-1], rec.Err)
			}
		})
	})
}

// FuzzDocument checks that a document is read whole or not at all.
func FuzzDocument(f *testing.F) {
	for _, s := range jsonSeeds {
		f.Add([]byte(s))
		f.Add([]byte("[" + s + "]"))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		good, bad := 0, 0
		o := rows.Options{Format: "json", Paths: []string{"", "a[]", "a[].a[]"}}
		walk(t, "x.json", data, o, func(rec *rows.Record) {
			if rec.Err == nil {
				good++
			} else if !strings.Contains(rec.Err.Reason.String(), "element is not") {
				bad++
			}
		})
		if good > 0 && bad > 0 {
			t.Errorf("%d rows are read of a broken document", good)
		}
	})
}

// FuzzGraphML checks that every element read is a node or an edge with its ids.
func FuzzGraphML(f *testing.F) {
	for _, s := range []string{
		`<graphml><key id="k" for="node" attr.name="name"><default>x</default></key><graph edgedefault="directed"><node id="1"><data key="k">a</data></node><edge source="1" target="1" label="A"/></graph></graphml>`,
		`<graphml><graph><node id="1" labels=":A:B"><graph edgedefault="undirected"><node id="2"/><edge source="1" target="2"/></graph></node></graph></graphml>`,
		`<graphml><node><data key="d"><y:NodeLabel>x</y:NodeLabel></data></node></edge></graphml>`,
		`<?xml version="1.0" encoding="GBK"?><graphml><graph><node id="1"><data key="labels">["a"]</data>`,
		`<graphml><graph><hyperedge/></graph></graphml>`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		walk(t, "x.graphml", data, rows.Options{Format: "graphml", Encoding: "utf-8"}, func(rec *rows.Record) {
			if rec.Err != nil {
				return
			}
			kind := rec.Get("type")
			if kind == nil || rec.Get("id") == nil || (kind.Text == "relationship") != (rec.Get("start.id") != nil && rec.Get("end.id") != nil) {
				t.Errorf("an element is read as %v", rec.Fields)
			}
		})
	})
}
