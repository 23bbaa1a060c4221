package rows

import (
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"

	htmlcharset "golang.org/x/net/html/charset"

	"liantu/loaders/numfmt"
	"liantu/message"
)

// NoResult is the text of a cell with a formula of which the workbook stores no
// result, as programs write it that do not calculate. It has the form of the errors
// of spreadsheets.
const NoResult = "#NO_RESULT!"

// bookCells is what the cells of a workbook share.
type bookCells struct {
	strings  []string
	formats  []*numfmt.Format // by style
	base1904 bool             // days count from 1904-01-01
	// uncalculated says that the program that wrote the workbook leaves it to the
	// next one to calculate: the result 0 of a formula is none then, which writers
	// that do not calculate put in its place.
	uncalculated bool
}

// cells reads what the cells of the sheets share.
func (b *book) cells() (*bookCells, error) {
	var workbook struct {
		Properties struct {
			Date1904 string `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Calculation struct {
			OnLoad string `xml:"fullCalcOnLoad,attr"`
		} `xml:"calcPr"`
	}
	if err := b.parse(b.names[workbookPart], &workbook); err != nil {
		return nil, err
	}
	c := &bookCells{base1904: isTrue(workbook.Properties.Date1904), uncalculated: isTrue(workbook.Calculation.OnLoad)}
	var err error
	if c.formats, err = b.formats(); err != nil {
		return nil, err
	}
	c.strings, err = b.sharedStrings()
	return c, err
}

func isTrue(text string) bool { return text == "1" || text == "true" }

// formats reads the number formats of the styles.
func (b *book) formats() ([]*numfmt.Format, error) {
	if b.part(b.names[stylesPart]) == nil {
		return nil, nil
	}
	var styles struct {
		Codes []struct {
			ID     int    `xml:"numFmtId,attr"`
			Code   string `xml:"formatCode,attr"`
			Code16 string `xml:"formatCode16,attr"` // replaces the other where a program knows it
		} `xml:"numFmts>numFmt"`
		Styles []struct {
			Format int `xml:"numFmtId,attr"`
		} `xml:"cellXfs>xf"`
	}
	if err := b.parse(b.names[stylesPart], &styles); err != nil {
		return nil, err
	}
	custom := map[int]string{}
	for _, c := range styles.Codes {
		if custom[c.ID] = c.Code; c.Code16 != "" {
			custom[c.ID] = c.Code16
		}
	}
	parsed := map[int]*numfmt.Format{}
	formats := make([]*numfmt.Format, len(styles.Styles))
	for i, s := range styles.Styles {
		if parsed[s.Format] == nil {
			code, ok := custom[s.Format]
			if !ok {
				code = numfmt.Builtin(s.Format)
			}
			parsed[s.Format] = numfmt.Parse(code)
		}
		formats[i] = parsed[s.Format]
	}
	return formats, nil
}

// decoder reads the XML of a part.
func decoder(in io.Reader) *xml.Decoder {
	d := xml.NewDecoder(in)
	d.CharsetReader = htmlcharset.NewReaderLabel
	return d
}

// sharedStrings reads the texts that cells name by their number.
func (b *book) sharedStrings() ([]string, error) {
	part := b.part(b.names[textsPart])
	if part == nil {
		return nil, nil
	}
	if err := within(part); err != nil {
		return nil, err
	}
	if _, err := scanSheet(part, true); err != nil {
		return nil, err
	}
	in, err := part.Open()
	if err != nil {
		return nil, err
	}
	defer in.Close() //nolint:errcheck // nothing was written
	var all []string
	t := textReader{Decoder: decoder(in)}
	for {
		token, err := t.RawToken()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		if start, ok := token.(xml.StartElement); ok && start.Name.Local == "si" {
			text, err := t.text("si")
			if err != nil {
				return nil, err
			}
			all = append(all, text)
		}
	}
}

// textReader reads texts of a workbook, which may consist of runs.
type textReader struct {
	*xml.Decoder
	buffer []byte
}

// text returns the text up to the end of an element that has just begun: that of its
// elements t, without the readings of Chinese characters that Japanese workbooks add.
func (t *textReader) text(name string) (string, error) {
	t.buffer = t.buffer[:0]
	inside, reading := false, false
	for {
		token, err := t.RawToken()
		if err != nil {
			return "", err
		}
		switch token := token.(type) {
		case xml.StartElement:
			inside = token.Name.Local == "t"
			reading = reading || token.Name.Local == "rPh"
		case xml.EndElement:
			inside = false
			switch token.Name.Local {
			case name:
				return unescaped(string(t.buffer)), nil
			case "rPh":
				reading = false
			}
		case xml.CharData:
			if inside && !reading {
				t.buffer = append(t.buffer, token...)
			}
		}
	}
}

// plain returns the text up to the end of an element without others in it.
func (t *textReader) plain() (string, error) {
	t.buffer = t.buffer[:0]
	for {
		token, err := t.RawToken()
		if err != nil {
			return "", err
		}
		switch token := token.(type) {
		case xml.EndElement:
			return string(t.buffer), nil
		case xml.CharData:
			t.buffer = append(t.buffer, token...)
		}
	}
}

var escaped = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// unescaped replaces the form _x000D_ of characters that XML does not hold
// (ECMA-376 part 1, 22.9.2.19).
func unescaped(text string) string {
	if !strings.Contains(text, "_x") {
		return text
	}
	return escaped.ReplaceAllStringFunc(text, func(code string) string {
		r, err := strconv.ParseUint(code[2:6], 16, 16)
		if err != nil {
			return code
		}
		return string(rune(r))
	})
}

// bookCell is a cell as the XML of a sheet states it.
type bookCell struct {
	column  int
	style   int
	kind    string // of its value, "" for a number
	value   string
	formula bool
	stored  bool // it has a value, perhaps an empty text
}

// cell reads a cell that has just begun, after the one in the given column.
func (t *textReader) cell(start xml.StartElement, after int) (bookCell, error) {
	c := bookCell{column: after + 1}
	for _, a := range start.Attr {
		var err error
		switch a.Name.Local {
		case "r":
			if c.column, _ = cellOf(a.Value); c.column == 0 {
				return c, message.Errorf("it has a cell %q", a.Value)
			}
		case "s":
			c.style, err = strconv.Atoi(a.Value)
		case "t":
			c.kind = a.Value
		}
		if err != nil {
			return c, err
		}
	}
	for {
		token, err := t.RawToken()
		if err != nil {
			return c, err
		}
		switch token := token.(type) {
		case xml.StartElement:
			switch token.Name.Local {
			case "v":
				c.stored = true
				c.value, err = t.plain()
			case "is":
				c.value, err = t.text("is")
			case "f":
				c.formula = true
			}
			if err != nil {
				return c, err
			}
		case xml.EndElement:
			if token.Name.Local == "c" {
				return c, nil
			}
		}
	}
}

// shown returns what a person sees in a cell and whether it stores a number.
func (b *bookCells) shown(c bookCell) (text string, isNumber bool, err error) {
	if c.formula && !c.stored {
		return NoResult, false, nil
	}
	format := numfmt.General
	if c.style >= 0 && c.style < len(b.formats) {
		format = b.formats[c.style]
	}
	switch c.kind {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(c.value))
		if c.value == "" {
			return "", false, nil
		}
		if err != nil || i < 0 || i >= len(b.strings) {
			return "", false, message.Errorf("a cell names the text %q, and the workbook has %d", c.value, len(b.strings))
		}
		return format.Text(b.strings[i]), false, nil
	case "inlineStr":
		return format.Text(c.value), false, nil
	case "str": // of a formula
		return format.Text(unescaped(c.value)), false, nil
	case "b":
		return map[string]string{"0": "FALSE", "1": "TRUE"}[strings.TrimSpace(c.value)], false, nil
	case "e", "d":
		return c.value, false, nil
	}
	value := strings.TrimSpace(c.value)
	if c.formula && (value == "" || value == "0" && b.uncalculated) {
		return NoResult, false, nil
	}
	return format.Number(value, b.base1904), value != "", nil
}
