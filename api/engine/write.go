package engine

import (
	"math"
	"reflect"
	"strconv"
	"unicode/utf8"

	"liantu/message"

	"github.com/vektah/gqlparser/v2/ast"
)

// AppendString appends a text as a JSON string. Bytes that are not valid UTF-8
// become U+FFFD.
func AppendString(buf []byte, s string) []byte {
	const hex = "0123456789abcdef"
	buf = append(buf, '"')
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && size == 1 {
				buf = append(append(buf, s[from:i]...), "\ufffd"...)
				from = i + 1
			}
			i += size
			continue
		}
		if c >= ' ' && c != '"' && c != '\\' {
			i++
			continue
		}
		buf = append(buf, s[from:i]...)
		switch c {
		case '"', '\\':
			buf = append(buf, '\\', c)
		case '\n':
			buf = append(buf, '\\', 'n')
		case '\r':
			buf = append(buf, '\\', 'r')
		case '\t':
			buf = append(buf, '\\', 't')
		default:
			buf = append(buf, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		}
		i++
		from = i
	}
	return append(append(buf, s[from:]...), '"')
}

// AppendFloat appends a number in the shortest form that reads back as the
// same number. JSON has no infinity and no NaN: they are an error.
func AppendFloat(buf []byte, f float64) ([]byte, error) {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return buf, message.Errorf("%v is not a finite number", f)
	}
	f += 0 // no negative zero
	format := byte('f')
	if a := math.Abs(f); a != 0 && (a < 1e-6 || a >= 1e21) {
		format = 'e'
	}
	return strconv.AppendFloat(buf, f, format, -1, 64), nil
}

func writeText(buf []byte, value any) ([]byte, error) {
	if s, ok := value.(string); ok {
		return AppendString(buf, s), nil
	}
	if v := reflect.ValueOf(value); v.Kind() == reflect.String {
		return AppendString(buf, v.String()), nil
	}
	return buf, message.Errorf("a %T is not a text", value)
}

func writeBool(buf []byte, value any) ([]byte, error) {
	if b, ok := value.(bool); ok {
		return strconv.AppendBool(buf, b), nil
	}
	return buf, message.Errorf("a %T is not of type Boolean", value)
}

func writeInt(buf []byte, value any) ([]byte, error) {
	var n int64
	switch v := value.(type) {
	case int:
		n = int64(v)
	case int32:
		n = int64(v)
	case int64:
		n = v
	default:
		return buf, message.Errorf("a %T is not of type Int", value)
	}
	if n < math.MinInt32 || n > math.MaxInt32 {
		return buf, message.Errorf("%d does not fit in Int", n)
	}
	return strconv.AppendInt(buf, n, 10), nil
}

func writeFloat(buf []byte, value any) ([]byte, error) {
	switch v := value.(type) {
	case float64:
		return AppendFloat(buf, v)
	case int:
		return strconv.AppendInt(buf, int64(v), 10), nil
	case int64:
		return strconv.AppendInt(buf, v, 10), nil
	}
	return buf, message.Errorf("a %T is not of type Float", value)
}

// enumWriter writes the names of an enum.
func (e *Engine) enumWriter(def *ast.Definition) func(buf []byte, value any) ([]byte, error) {
	return func(buf []byte, value any) ([]byte, error) {
		name, ok := value.(string)
		if e.cfg.EnumName != nil && !def.BuiltIn {
			name, ok = e.cfg.EnumName(def.Name, value)
		}
		if !ok || def.EnumValues.ForName(name) == nil {
			return buf, message.Errorf("%v is not a value of %s", value, def.Name)
		}
		return AppendString(buf, name), nil
	}
}
