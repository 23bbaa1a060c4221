package rows

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"liantu/message"
)

// jsonLines reads one object a line.
func jsonLines(lines *lineReader) func(*Record) error {
	return func(rec *Record) error {
		l, err := lines.read()
		if err != nil {
			return err
		}
		rec.Line = l.number
		rec.locate = newLocator(l.text, l.number)
		if rec.Err = checkText(l, rec.locate); rec.Err != nil {
			return nil
		}
		if len(bytes.TrimSpace(l.text)) == 0 {
			rec.Blank = true
			return nil
		}
		v, err := parseJSON(l.text)
		if err == nil && v.kind != jsonObject {
			err = &jsonError{v.offset, ErrJSON, message.New("line is not a JSON object")}
		}
		if err != nil {
			rec.failJSON(err)
			return nil
		}
		rec.flatten("", "", v, nil)
		return nil
	}
}

// failJSON sets the error of the record to one of parseJSON.
func (r *Record) failJSON(err error) {
	fault := new(jsonError)
	if errors.As(err, &fault) {
		r.fail(fault.offset, fault.cause, fault.reason)
	}
}

// document reads a JSON document: an object, or a list of objects. It is read
// as a whole before its first row is returned; then it is known whether it is a graph.
func document(lines *lineReader, paths []string, graph *bool) func(*Record) error {
	if len(paths) == 0 {
		paths = []string{""}
	}
	d := &nested{paths: paths}
	started := false
	return func(rec *Record) error {
		if !started {
			started = true
			if err := d.read(lines, rec); err != nil || rec.Err != nil {
				return err
			}
			*graph = len(d.graph) > 0
		}
		if len(d.graph) > 0 {
			rec.locate = nil
			d.graph[0].fill(rec)
			d.graph = d.graph[1:]
			return nil
		}
		for len(d.stack) > 0 {
			rec.Fields = rec.Fields[:0]
			rec.start = d.stack[len(d.stack)-1].value.offset
			d.step(rec)
			if !slices.Contains(d.paths, rec.Path) && rec.Err == nil {
				continue
			}
			d.number++
			if rec.numbered = d.numbered; d.numbered {
				rec.Line = d.number
			}
			if rec.Err != nil && d.numbered {
				rec.Err.Line, rec.Err.Column = d.number, 0
			}
			return nil
		}
		return io.EOF
	}
}

// nested walks through a document, parents before their parts, in file order.
type nested struct {
	paths    []string
	locate   *locator
	stack    []element      // elements not read yet, next one last
	numbered bool           // several rows stand in one line, so that rows are numbered
	number   int            // of the row last returned
	graph    []graphElement // of a graph, not read yet
}

// element is a row of a document.
type element struct {
	value  jsonValue
	path   string  // as in Options.Paths
	prefix string  // of the names of its fields
	around []Field // fields of the elements around it, and its own number
}

// read reads and parses the document.
func (d *nested) read(lines *lineReader, rec *Record) error {
	var text []byte
	for {
		l, err := lines.read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if rec.Err = checkText(l, newLocator(l.text, l.number)); rec.Err != nil {
			rec.Line = l.number
			return nil
		}
		text = append(append(text, l.text...), '\n')
		if len(text) > MaxDocument {
			rec.Line = l.number
			rec.Err = &ParseError{Line: l.number, Reason: message.New("JSON document is longer than %d bytes; use JSON lines", MaxDocument), Err: ErrTooLong}
			return nil
		}
	}
	d.locate = newLocator(text, 1)
	rec.locate = d.locate
	v, err := parseJSON(text)
	if err != nil {
		rec.failJSON(err)
		rec.Line = rec.Err.Line
		return nil
	}
	if elements, ok := nodeLink(v); ok && slices.Equal(d.paths, []string{""}) {
		d.graph = elements
		return nil
	}
	list := v
	if v.kind == jsonObject && slices.Equal(d.paths, []string{""}) {
		list = unwrapped(v)
	}
	if len(list.kids) == 0 && (list.kind == jsonList || list.kind == jsonObject) {
		return &ParseError{Reason: message.New("the file is empty: it holds %s", emptyJSON[list.kind]), Err: ErrEmpty}
	}
	d.numbered = d.isDense(text, list)
	if list.kind == jsonList {
		for _, kid := range slices.Backward(list.kids) {
			d.stack = append(d.stack, element{value: kid})
		}
		return nil
	}
	d.stack = append(d.stack, element{value: v})
	return nil
}

var emptyJSON = map[byte]message.Text{jsonList: message.New("a list without elements"), jsonObject: message.New("an object without members")}

// isDense reports whether several rows stand in one line: two elements of the list
// do, or the document has only one line.
func (d *nested) isDense(text []byte, list jsonValue) bool {
	if bytes.IndexByte(bytes.TrimSpace(text), '\n') < 0 {
		return true
	}
	last := 0
	for i := range list.kids {
		line, _ := d.locate.at(list.kids[i].offset)
		if list.kind == jsonList && line == last {
			return true
		}
		last = line
	}
	return false
}

// step makes the next element a record and puts the rows in it on the stack.
func (d *nested) step(rec *Record) {
	e := d.stack[len(d.stack)-1]
	d.stack = d.stack[:len(d.stack)-1]
	rec.Path = e.path
	rec.locate = d.locate
	rec.Line, _ = d.locate.at(e.value.offset)
	rec.Fields = append(rec.Fields, e.around...)
	switch {
	case e.value.kind == jsonObject:
	case e.value.kind == jsonList || e.path == "":
		rec.fail(e.value.offset, ErrJSON, message.New("element is not a JSON object"))
		return
	default:
		rec.Fields = append(rec.Fields, Field{Name: e.prefix, Text: visible(e.value.text), offset: e.value.offset})
		return
	}
	var lists []element
	prefix := e.prefix
	if prefix != "" {
		prefix += "."
	}
	rec.flatten(prefix, e.path, e.value, func(name, path string, v jsonValue) bool {
		if !slices.ContainsFunc(d.paths, func(p string) bool { return p == path || strings.HasPrefix(p, path+".") }) {
			return false
		}
		for i, kid := range v.kids {
			number := Field{Name: name + ".#", Text: fmt.Sprint(i + 1), offset: kid.offset}
			lists = append(lists, element{value: kid, path: path, prefix: name, around: []Field{number}})
		}
		return true
	})
	around := slices.Clone(rec.Fields)
	for _, l := range slices.Backward(lists) {
		l.around = slices.Concat(around, l.around)
		d.stack = append(d.stack, l)
	}
}

// flatten turns the members of an object into fields, including those of objects
// in it. A list for which isRows returns true is left out.
func (r *Record) flatten(prefix, path string, v jsonValue, isRows func(name, path string, v jsonValue) bool) {
	for _, kid := range v.kids {
		name := prefix + visible(kid.name)
		f := Field{Name: name, Text: visible(kid.text), offset: kid.offset}
		switch kid.kind {
		case jsonObject:
			r.flatten(name+".", joinPath(path, kid.name), kid, isRows)
			continue
		case jsonList:
			if isRows != nil && isRows(name, joinPath(path, kid.name)+"[]", kid) {
				continue
			}
			for _, item := range kid.kids {
				f.Nested = f.Nested || item.kind == jsonObject || item.kind == jsonList
				f.List = append(f.List, visible(item.text))
			}
			if f.Nested {
				f.List = nil
			}
		}
		r.Fields = append(r.Fields, f)
	}
}

func joinPath(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}
