package rows

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"path"
	"slices"
	"strings"

	"liantu/message"
)

const sniffed = 256 << 10 // bytes that decide format and encoding

// The first bytes of files that determine their format whatever their name.
const (
	magicGzip = "\x1f\x8b"
	magicZip  = "PK\x03\x04"
	magicOLE  = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" // Excel 97 to 2003, and workbooks with a password
)

// Open starts reading a file with the given name. The content decides its format;
// where it does not, the options or the extension do. The
// error is a *ParseError, or that of the reader. The caller closes the Reader.
func Open(name string, r io.Reader, o Options) (*Reader, error) {
	in := bufio.NewReaderSize(&stoppable{r, o.Stop}, sniffed)
	out := new(Reader)
	if magic, err := in.Peek(len(magicGzip)); err == nil && string(magic) == magicGzip {
		z, err := gzip.NewReader(in)
		if err != nil {
			return nil, message.Errorf("gzip: %w", err)
		}
		in = bufio.NewReaderSize(&stoppable{z, o.Stop}, sniffed) // a little that is packed may be much
		out.packed = true
	}
	head, err := in.Peek(sniffed)
	if err != nil && !errors.Is(err, io.EOF) && len(head) == 0 {
		return nil, err // one behind the head returns when it is reached
	}
	more := !errors.Is(err, io.EOF) // or something that cannot be read, such as a truncated archive
	if err := out.open(name, in, head, more, o); err != nil {
		return nil, errors.Join(err, out.Close())
	}
	if out.packed {
		out.format += ".gz"
	}
	return out, nil
}

// open reads what comes before the rows.
func (r *Reader) open(name string, in io.Reader, head []byte, more bool, o Options) (err error) {
	switch {
	case len(head) == 0:
		return &ParseError{Reason: message.New("the file is empty"), Err: ErrEmpty}
	case bytes.HasPrefix(head, []byte(magicOLE)):
		return compound(name, in, head)
	case bytes.HasPrefix(head, []byte(magicZip)):
		r.format = "xlsx"
		return r.openBook(in, o)
	}
	if err := foreignText(head); err != nil {
		return err
	}
	isGraph := o.Format == "graphml" || o.Format == "" && looksGraphML(head)
	isHTML := !isGraph && (o.Format == "html" || o.Format == "" && looksHTML(head))
	if (isHTML || isGraph) && o.Encoding == "" {
		o.Encoding = charsetOf(head)
	}
	if r.encoding, err = encodingOf(head, o.Encoding, more); err != nil {
		return err
	}
	text := decoded(in, r.encoding)
	if isGraph {
		r.format, r.graph, r.next = "graphml", true, newGraphML(text, head).next
		return nil
	}
	if isHTML || o.Format == "" && strings.HasPrefix(r.encoding, "utf-16") && looksHTML(bytes.ReplaceAll(head, []byte{0}, nil)) {
		r.format = "html"
		return r.openGrid(newHTML(text), o, true)
	}
	lines := newLineReader(text, r.encoding != "utf-8")
	if r.format, err = formatOf(name, o.Format, lines); err != nil {
		return err
	}
	switch r.format {
	case "csv", "tsv":
		for _, text := range slices.Backward(strings.FieldsFunc(o.Header, func(c rune) bool { return c == '\n' || c == '\r' })) {
			lines.putBack(line{text: []byte(strings.TrimPrefix(text, bom)), ended: true})
		}
		t, err := newTable(lines, r.format)
		if err != nil {
			return err
		}
		return r.openGrid(t, o, false)
	case "jsonl":
		r.next = jsonLines(lines)
	case "json":
		r.next = document(lines, o.Paths, &r.graph)
	}
	return nil
}

// formatOf decides the format by the name and, for .json, by the first lines:
// JSON lines start a new object on the second line. Text in a file with the
// extension of a workbook is a table, most likely divided by tabs.
func formatOf(name, declared string, lines *lineReader) (string, error) {
	switch declared {
	case "csv", "tsv", "json", "jsonl":
		return declared, nil
	case "xlsx":
		return "", &ParseError{Reason: message.New("the file is not a workbook"), Err: ErrFormat}
	case "":
	default:
		return "", &ParseError{Reason: message.New("unknown format %q; known are csv, tsv, html, xlsx, json, jsonl and graphml", declared), Err: ErrFormat}
	}
	ext := Extension(name)
	switch ext {
	case "csv", "tsv", "jsonl":
		return ext, nil
	case "xls", "xlsx", "txt", "tab":
		return "csv", nil
	case "ndjson":
		return "jsonl", nil
	case "json":
		return jsonFormat(lines)
	}
	return "", &ParseError{Reason: message.New("unknown format %q; known are .xlsx, .csv, .tsv, .txt, .json, .jsonl and .graphml, tables of HTML or text saved as .xls, each also with .gz, and .zip with these in it", path.Base(name)), Err: ErrFormat}
}

// Extension returns the extension of a file name that determines its format, in
// lower case, without the dot and without a final .gz; "" for none.
func Extension(name string) string {
	name = strings.TrimSuffix(strings.ToLower(path.Base(name)), ".gz")
	return strings.TrimPrefix(path.Ext(name), ".")
}

// Known reports whether the name of a file has an extension that is used only for
// data: one that Open reads, or one of a spreadsheet that it refuses by name.
func Known(name string) bool {
	switch Extension(name) {
	case "csv", "tsv", "json", "jsonl", "ndjson", "xlsx", "xlsm", "xls", "graphml":
		return true
	case "et", "ods", "xlsb", "numbers": // to say that they are not read
		return true
	}
	return false
}
