package show

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"liantu/message"
)

// jsonWidth is the longest line of JSON for people, in cells.
const jsonWidth = 120

// LayOut writes JSON for people: what fits into a line stays in one, the rest
// is broken and indented. Members keep their order.
func LayOut(text []byte) (string, error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	value, err := decodeOrdered(d)
	if err != nil {
		return "", err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return "", message.Errorf("json: more than one value")
	}
	var b strings.Builder
	if err := layOutValue(&b, value, "", 0); err != nil {
		return "", err
	}
	return b.String(), nil
}

// encodeLaidOut writes a value as JSON for people.
func encodeLaidOut(value any) (string, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		return "", err
	}
	return LayOut(b.Bytes())
}

// decodeOrdered reads one value, objects as [Object].
func decodeOrdered(d *json.Decoder) (any, error) {
	token, err := d.Token()
	if err != nil {
		return nil, err
	}
	switch token {
	case json.Delim('{'):
		o := Object{}
		for d.More() {
			name, err := d.Token()
			if err != nil {
				return nil, err
			}
			value, err := decodeOrdered(d)
			if err != nil {
				return nil, err
			}
			o = append(o, Member{fmt.Sprint(name), value})
		}
		_, err := d.Token()
		return o, err
	case json.Delim('['):
		list := []any{}
		for d.More() {
			value, err := decodeOrdered(d)
			if err != nil {
				return nil, err
			}
			list = append(list, value)
		}
		_, err := d.Token()
		return list, err
	default:
		return token, nil
	}
}

// layOutValue writes a value that starts in the given column of a line that is
// indented so far.
func layOutValue(b *strings.Builder, value any, indent string, column int) error {
	line, err := oneLine(value)
	if err != nil {
		return err
	}
	if measure.StringWidth(line)+column <= jsonWidth {
		b.WriteString(line)
		return nil
	}
	inner := indent + "  "
	switch v := value.(type) {
	case Object:
		b.WriteByte('{')
		for i, m := range v {
			name, err := oneLine(m.Name)
			if err != nil {
				return err
			}
			b.WriteString(comma(i) + "\n" + inner + name + ": ")
			if err := layOutValue(b, m.Value, inner, len(inner)+len(name)+3); err != nil {
				return err
			}
		}
		b.WriteString("\n" + indent + "}")
	case []any:
		b.WriteByte('[')
		for i, element := range v {
			b.WriteString(comma(i) + "\n" + inner)
			if err := layOutValue(b, element, inner, len(inner)+1); err != nil {
				return err
			}
		}
		b.WriteString("\n" + indent + "]")
	default:
		b.WriteString(line)
	}
	return nil
}

func comma(i int) string {
	if i == 0 {
		return ""
	}
	return ","
}

// oneLine writes a value in one line with a blank after commas and colons.
func oneLine(value any) (string, error) {
	var b strings.Builder
	switch v := value.(type) {
	case Object:
		b.WriteByte('{')
		for i, m := range v {
			name, err := oneLine(m.Name)
			if err != nil {
				return "", err
			}
			text, err := oneLine(m.Value)
			if err != nil {
				return "", err
			}
			if i > 0 {
				b.WriteString(", ")
			}
			b.WriteString(name + ": " + text)
		}
		b.WriteByte('}')
	case []any:
		b.WriteByte('[')
		for i, element := range v {
			text, err := oneLine(element)
			if err != nil {
				return "", err
			}
			if i > 0 {
				b.WriteString(", ")
			}
			b.WriteString(text)
		}
		b.WriteByte(']')
	default:
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		if err := e.Encode(v); err != nil {
			return "", err
		}
	}
	return strings.TrimSuffix(b.String(), "\n"), nil
}
