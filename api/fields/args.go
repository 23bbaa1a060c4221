package fields

import (
	"encoding/binary"
	"fmt"
	"math"
	"reflect"

	"liantu/graph"
)

// Args are the arguments of a field, coerced by the types of the schema. An
// argument that was not given is absent.
type Args map[string]any

// Text returns a textual argument, "" when it was not given.
func (a Args) Text(name string) string {
	s, _ := a[name].(string)
	return s
}

// Number returns an Int argument and whether it was given.
func (a Args) Number(name string) (int, bool) {
	n, ok := a[name].(int)
	return n, ok
}

// Grade returns the argument minGrade, the empty grade when it was not given.
func (a Args) Grade() graph.Grade {
	grade, _ := a["minGrade"].(graph.Grade)
	return grade
}

// Items returns the items of a list argument that are of type T.
func Items[T any](a Args, name string) []T {
	items, _ := a[name].([]any)
	out := make([]T, 0, len(items))
	for _, item := range items {
		if v, ok := item.(T); ok {
			out = append(out, v)
		}
	}
	return out
}

// AppendText writes a text so that no two lists of texts have the same bytes.
func AppendText(buf []byte, text string) []byte {
	return append(binary.AppendUvarint(buf, uint64(len(text))), text...)
}

// AppendCanonical writes coerced variables or arguments so that equal values have
// equal bytes and others do not. It reports false for a value of a type that they
// do not have.
func AppendCanonical(buf []byte, values map[string]any) ([]byte, bool) {
	return appendCanonical(buf, reflect.ValueOf(values))
}

func appendCanonical(buf []byte, v reflect.Value) ([]byte, bool) {
	for v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	if !v.IsValid() {
		return append(buf, 'n'), true
	}
	ok := true
	switch v.Kind() {
	case reflect.Bool:
		return fmt.Appendf(buf, "b%t", v.Bool()), true
	case reflect.Int, reflect.Int64:
		return binary.BigEndian.AppendUint64(append(buf, 'i'), uint64(v.Int())), true
	case reflect.Float64:
		return binary.BigEndian.AppendUint64(append(buf, 'f'), math.Float64bits(v.Float())), true
	case reflect.String:
		return AppendText(append(buf, 's'), v.String()), true
	case reflect.Slice:
		buf = binary.AppendUvarint(append(buf, 'l'), uint64(v.Len()))
		for i := 0; i < v.Len() && ok; i++ {
			buf, ok = appendCanonical(buf, v.Index(i))
		}
		return buf, ok
	case reflect.Map:
		object, isObject := v.Interface().(map[string]any)
		if !isObject {
			return buf, false
		}
		buf = binary.AppendUvarint(append(buf, 'o'), uint64(len(object)))
		for _, name := range sortedKeys(object) {
			if buf, ok = appendCanonical(AppendText(buf, name), reflect.ValueOf(object[name])); !ok {
				return buf, false
			}
		}
		return buf, true
	}
	return buf, false
}
