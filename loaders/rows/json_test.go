package rows_test

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"liantu/loaders/rows"
)

// all reads a file into lines such as
//
//	2:1 环节[] 环节.#=1 环节.名称=硅片
//
// for the records, with the positions of errors.
func all(t *testing.T, name, input string, o rows.Options) []string {
	t.Helper()
	r, err := rows.Open(name, strings.NewReader(input), o)
	if err != nil {
		return []string{"open: " + err.Error()}
	}
	var out []string
	for {
		rec, err := r.Next()
		if errors.Is(err, io.EOF) {
			return out
		}
		switch {
		case err != nil:
			return append(out, "broke off: "+err.Error())
		case rec.Err != nil:
			out = append(out, rec.Err.Error())
		case rec.Blank:
			out = append(out, fmt.Sprintf("line %d: blank", rec.Line))
		default:
			text := fmt.Sprintf("line %d:", rec.Line)
			if rec.Path != "" {
				text += " " + rec.Path
			}
			for _, f := range rec.Fields {
				value := f.Text
				if f.List != nil {
					value = fmt.Sprint(f.List)
				}
				if f.Nested {
					value = "(nested)"
				}
				text += " " + f.Name + "=" + value
			}
			out = append(out, text)
		}
	}
}

var jsonCases = []struct {
	name, file, input string
	paths             []string
	want              []string
}{
	{
		name: "lines", file: "x.jsonl",
		input: `{"a": "甲", "b": 1.50, "c": null, "d": true}` + "\n\n" + ` {"a":"\u7532\n\ud83d\ude00"} ` + "\r\n",
		want:  []string{"line 1: a=甲 b=1.50 c= d=true", "line 2: blank", "line 3: a=甲\n😀"},
	},
	{
		name: "lines in a file called json", file: "x.json",
		input: "{\"a\": 1}\n{\"a\": 2}\n",
		want:  []string{"line 1: a=1", "line 2: a=2"},
	},
	{
		name: "lines of which the first is broken", file: "x.json",
		input: "{\"a\": 1\n{\"a\": 2}\n",
		want:  []string{`line 1, column 8: end of text where a comma or "}" should stand`, "line 2: a=2"},
	},
	{
		name: "faulty lines cost one row each", file: "x.jsonl",
		input: "{\"a\": 1} x\n{\"a\": 1, \"a\": 2}\n[1]\n{\"a\": 01}\n{\"甲\": tru}\n{\"a\": \"x\ty\"}\n{\"a\": \"\\ud800\"}\n{\"a\": 1,}\n{\"a\"}\n{\"a\": 3}\n",
		want: []string{
			`line 1, column 10: 'x' after the end of the JSON value`,
			`line 2, column 10: object has the name "a" twice`,
			`line 3, column 1: line is not a JSON object`,
			`line 4, column 9: faulty number "01"`,
			`line 5, column 7: 't' where a JSON value should start`,
			`line 6, column 9: control character '\t' in a string`,
			`line 7, column 8: half a surrogate pair in a string`,
			`line 8, column 9: '}' where a name in quotes should start`,
			`line 9, column 5: '}' where a colon should stand after the name "a"`,
			"line 10: a=3",
		},
	},
	{
		name: "objects in objects, lists of plain values, other lists", file: "x.jsonl",
		input: `{"a": {"b": {"c": 1}, "d": 2}, "e": ["x", 1, null], "f": [], "g": [[1]], "h": [{"i": 1}]}`,
		want:  []string{"line 1: a.b.c=1 a.d=2 e=[x 1 ] f= g=(nested) h=(nested)"},
	},
	{
		name: "a list of objects", file: "x.json",
		input: "[\n  {\"a\": 1},\n  {\"a\":\n    2}, 3\n]\n",
		want:  []string{"line 2: a=1", "line 3: a=2", "line 4, column 9: element is not a JSON object"},
	},
	{
		name: "one object", file: "x.json",
		input: "{\n \"a\": 1\n}\n",
		want:  []string{"line 1: a=1"},
	},
	{
		name: "a broken document", file: "x.json",
		input: "[{\"a\": 1},\n {\"a\" 2}]\n",
		want:  []string{`line 2, column 7: '2' where a colon should stand after the name "a"`},
	},
	{
		name: "a nested document", file: "x.json",
		input: "{\"链\": \"半导体\",\n \"环节\": [\n  {\"子\": [\n    {\"企业\": [\"甲\", \"乙\"], \"名\": \"硅片\"}],\n   \"名\": \"上游\"},\n  {\"名\": \"中游\", \"子\": []}]}",
		paths: []string{"", "环节[]", "环节[].子[]", "环节[].子[].企业[]"},
		want: []string{
			"line 1: 链=半导体",
			"line 3: 环节[] 链=半导体 环节.#=1 环节.名=上游",
			"line 4: 环节[].子[] 链=半导体 环节.#=1 环节.名=上游 环节.子.#=1 环节.子.名=硅片",
			"line 4: 环节[].子[].企业[] 链=半导体 环节.#=1 环节.名=上游 环节.子.#=1 环节.子.名=硅片 环节.子.企业.#=1 环节.子.企业=甲",
			"line 4: 环节[].子[].企业[] 链=半导体 环节.#=1 环节.名=上游 环节.子.#=1 环节.子.名=硅片 环节.子.企业.#=2 环节.子.企业=乙",
			"line 6: 环节[] 链=半导体 环节.#=2 环节.名=中游",
		},
	},
	{
		name: "only the inner rows of a nested document", file: "x.json",
		input: `{"a": [{"b": [1, 2]}, {"b": 3}, {"b": [[4]]}]}`,
		paths: []string{"a[].b[]"},
		want: []string{
			"line 1: a[].b[] a.#=1 a.b.#=1 a.b=1",
			"line 2: a[].b[] a.#=1 a.b.#=2 a.b=2",
			"line 3: element is not a JSON object",
		},
	},
	{
		name: "rows in one line are numbered", file: "x.json",
		input: `[{"a": 1}, {"a": 2},` + "\n" + `{"a": 3}, 4]`,
		want:  []string{"line 1: a=1", "line 2: a=2", "line 3: a=3", "line 4: element is not a JSON object"},
	},
	{
		name: "rows in lines of their own have these lines", file: "x.json",
		input: "[\n{\"a\": 1},\n\n{\"a\": 2}]",
		want:  []string{"line 2: a=1", "line 4: a=2"},
	},
	{
		name: "an empty list", file: "x.json", input: "[ ]\n",
		want: []string{"broke off: the file is empty: it holds a list without elements"},
	},
	{
		name: "an empty object", file: "x.json", input: "{}",
		want: []string{"broke off: the file is empty: it holds an object without members"},
	},
	{
		name: "the rows in an envelope", file: "x.json",
		input: `{"code": 0, "msg": "ok", "data": {"total": 2, "list": [{"a": 1}, {"a": 2}]}}`,
		want:  []string{"line 1: a=1", "line 2: a=2"},
	},
	{
		name: "the rows in an envelope of one member", file: "x.json",
		input: `{"RECORDS": [{"a": 1}]}`,
		want:  []string{"line 1: a=1"},
	},
	{
		name: "an empty envelope", file: "x.json",
		input: `{"code": 0, "data": []}`,
		want:  []string{"broke off: the file is empty: it holds a list without elements"},
	},
	{
		name: "a row with parts is no envelope", file: "x.json",
		input: `{"name": "甲", "data": [{"a": 1}]}`,
		want:  []string{"line 1: name=甲 data=(nested)"},
	},
	{
		name: "two lists are no envelope", file: "x.json",
		input: `{"data": [{"a": 1}], "errors": [{"a": 2}]}`,
		want:  []string{"line 1: data=(nested) errors=(nested)"},
	},
	{
		name: "a list of plain values carries no rows", file: "x.json",
		input: `{"data": [1, 2]}`,
		want:  []string{"line 1: data=[1 2]"},
	},
	{
		name: "invisible characters", file: "x.jsonl",
		input: "{\"\uFEFFa\": \"甲\u200B\", \"b\": [\"\u2060x\"]}",
		want:  []string{"line 1: a=甲 b=[x]"},
	},
	{
		name: "too deep", file: "x.jsonl",
		input: `{"a":` + strings.Repeat("[", rows.MaxDepth+1) + strings.Repeat("]", rows.MaxDepth+1) + "}",
		want:  []string{fmt.Sprintf("line 1, column %d: JSON is nested deeper than %d", 6+rows.MaxDepth, rows.MaxDepth)},
	},
	{
		name: "many names", file: "x.jsonl",
		input: `{"1":1,"2":1,"3":1,"4":1,"5":1,"6":1,"7":1,"8":1,"9":1,"10":1,"11":1,"12":1,"13":1,"14":1,"15":1,"16":1,"17":1,"18":1,"1":1}`,
		want:  []string{`line 1, column 119: object has the name "1" twice`},
	},
	{name: "nothing", file: "x.json", input: "", want: []string{"open: the file is empty"}},
	{name: "blank", file: "x.json", input: " \n", want: []string{"open: the file is empty"}},
}

func TestJSON(t *testing.T) {
	for _, c := range jsonCases {
		t.Run(c.name, func(t *testing.T) {
			if got := all(t, c.file, c.input, rows.Options{Paths: c.paths}); !slices.Equal(got, c.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
}
