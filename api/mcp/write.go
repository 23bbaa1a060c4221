package mcp

import (
	"bytes"
	"encoding/json"
	"math"
	"strconv"

	"liantu/message"
)

// manner is how an answer is written.
type manner struct {
	language message.Language
	full     bool   // with what is null, and numbers with all digits
	asOf     string // the earlier day of which the answer is, "" for the present
}

// decode reads the data of an answer. Numbers keep all their digits.
func decode(data []byte) (map[string]any, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var values map[string]any
	if err := d.Decode(&values); err != nil {
		return nil, message.Errorf("reading the answer: %w", err)
	}
	return values, nil
}

// appendObject writes the fields of an object.
func (m manner) appendObject(buf []byte, fields []*form, values map[string]any) []byte {
	buf = append(buf, '{')
	for _, f := range fields {
		value, there := m.valueOf(f, values)
		if !there {
			continue
		}
		if buf[len(buf)-1] != '{' {
			buf = append(buf, ',')
		}
		buf = append(appendText(buf, f.name), ':')
		buf = m.appendValue(buf, f, value)
	}
	return append(buf, '}')
}

// valueOf returns the value of a field as the rules of [form] have it, and whether it is in
// the answer: an object without fields for which another value stands is gone.
func (m manner) valueOf(f *form, values map[string]any) (any, bool) {
	if f.page {
		info, _ := values[f.key].(map[string]any)
		more, _ := info["hasNextPage"].(bool)
		return info["endCursor"], more
	}
	value, there := values[f.key]
	if !there || f.name == onlyEnglish && m.language == message.Chinese {
		return nil, false
	}
	value = m.shorten(f, value)
	if list, ok := value.([]any); ok && !m.full && len(list) == 0 {
		return nil, false
	}
	return value, value != nil || m.full && f.mayBeNull()
}

// shorten lets one value stand for another as the rules of [form] have it.
func (m manner) shorten(f *form, value any) any {
	list, isList := value.([]any)
	if !isList {
		return m.shortenOne(f, value)
	}
	short := make([]any, 0, len(list))
	for _, item := range list {
		if item = m.shortenOne(f, item); item != nil || m.full && f.hollow {
			short = append(short, item)
		}
	}
	if !f.first {
		return short
	}
	if len(short) == 0 {
		return nil
	}
	return short[0]
}

func (m manner) shortenOne(f *form, value any) any {
	object, ok := value.(map[string]any)
	switch {
	case !ok:
		return value
	case len(object) == 0:
		return nil // it is of none of the types that the document asks about
	case f.words:
		return object[string(m.wordsIn())]
	case f.only:
		inner, there := m.valueOf(f.fields[0], object)
		if !there {
			return nil
		}
		return inner
	}
	return value
}

// wordsIn is the language in which words are answered.
func (m manner) wordsIn() message.Language {
	if m.language == message.Chinese {
		return message.Chinese
	}
	return message.English
}

// appendValue writes a value that was shortened.
func (m manner) appendValue(buf []byte, f *form, value any) []byte {
	for f.only {
		if list, ok := value.([]any); ok && f.list && !f.first {
			return m.appendList(buf, f.fields[0], list)
		}
		f = f.fields[0]
	}
	switch v := value.(type) {
	case nil:
		return append(buf, "null"...)
	case []any:
		return m.appendList(buf, f, v)
	case map[string]any:
		return m.appendObject(buf, f.fields, v)
	case string:
		return appendText(buf, v)
	case bool:
		return strconv.AppendBool(buf, v)
	case json.Number:
		return m.appendNumber(buf, f, v)
	}
	return append(buf, "null"...)
}

func (m manner) appendList(buf []byte, f *form, list []any) []byte {
	buf = append(buf, '[')
	for i, item := range list {
		if i > 0 {
			buf = append(buf, ',')
		}
		buf = m.appendValue(buf, f, item)
	}
	return append(buf, ']')
}

// appendNumber writes a number: in brief answers a fraction with three digits that count,
// and never less than its whole part.
func (m manner) appendNumber(buf []byte, f *form, n json.Number) []byte {
	x, err := n.Float64()
	if m.full || f.kind != "number" || err != nil {
		return append(buf, n...)
	}
	if math.Abs(x) >= 100 {
		return strconv.AppendFloat(buf, x, 'f', 0, 64)
	}
	return strconv.AppendFloat(buf, x, 'g', 3, 64)
}

// appendText writes a text, without escapes for HTML.
func appendText(buf []byte, text string) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(text); err != nil {
		return append(buf, `""`...) // no text fails
	}
	return append(buf, bytes.TrimRight(b.Bytes(), "\n")...)
}
