package show

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"unicode"

	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/schema"
)

// recorder writes the answers of package gaps as JSON for programs: names in
// lower snake case in the order of the fields, vertices as objects with code
// and name, texts in both languages, and beside an unknown figure, which is
// null, the reason why. What is added to an answer appears by itself.
type recorder struct{ picture *projection.Projection }

// Object is a JSON object that keeps the order of its members.
type Object []Member

// Member is a named value in an [Object].
type Member struct {
	Name  string
	Value any
}

// With returns the object with one more member at its end.
func (o Object) With(name string, value any) Object { return append(o, Member{name, value}) }

// MarshalJSON writes the members in their order.
func (o Object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		name, err := json.Marshal(m.Name)
		if err != nil {
			return nil, err
		}
		var value bytes.Buffer
		e := json.NewEncoder(&value)
		e.SetEscapeHTML(false)
		if err := e.Encode(m.Value); err != nil {
			return nil, err
		}
		b.Write(name)
		b.WriteByte(':')
		b.Write(bytes.TrimSpace(value.Bytes()))
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// Record turns an answer about a picture into what is written as JSON.
func Record(p *projection.Projection, answer any) any { return recorder{p}.record(answer) }

// record turns a value of package gaps into what is written.
func (r recorder) record(v any) any {
	switch v := v.(type) {
	case projection.Vertex:
		return r.vertex(v)
	case schema.Text:
		return Object{{"zh", v.Zh}, {"en", v.En}}
	case gaps.Figure, Object:
		return v
	}
	value := reflect.ValueOf(v)
	switch value.Kind() {
	case reflect.Pointer:
		if value.IsNil() {
			return nil
		}
		return r.record(value.Elem().Interface())
	case reflect.Struct:
		return r.fields(value)
	case reflect.Slice, reflect.Array:
		list := make([]any, value.Len())
		for i := range list {
			list[i] = r.record(value.Index(i).Interface())
		}
		return list
	case reflect.Map:
		// The keys are states or actions; encoding/json sorts them.
		counts := map[string]any{}
		for _, key := range value.MapKeys() {
			counts[key.String()] = r.record(value.MapIndex(key).Interface())
		}
		return counts
	default:
		return v
	}
}

func (r recorder) fields(value reflect.Value) Object {
	var o Object
	for i := range value.NumField() {
		field := value.Type().Field(i)
		if !field.IsExported() {
			continue
		}
		name := nameOf(field.Name)
		o = append(o, Member{name, r.record(value.Field(i).Interface())})
		if figure, ok := value.Field(i).Interface().(gaps.Figure); ok && figure.Why() != "" {
			o = append(o, Member{name + "_unknown", figure.Why()})
		}
	}
	return o
}

func (r recorder) vertex(v projection.Vertex) any {
	if v == projection.None {
		return nil
	}
	o := Object{{"id", r.picture.ID(v)}}
	if code := r.picture.Code(v); code != "" {
		o = append(o, Member{"code", code})
	} else if code := r.picture.Text(v, "stock_code"); code != "" {
		o = append(o, Member{"stock_code", code})
	}
	return append(o, Member{"name", OpenCaption(r.picture, v)})
}

// nameOf is the name in JSON of a field of an answer: MinGrade is min_grade, URI
// is uri. Every name that is made from a field comes from here.
func nameOf(field string) string {
	runes := []rune(field)
	var b strings.Builder
	for i, r := range runes {
		starts := i > 0 && unicode.IsUpper(r) &&
			(!unicode.IsUpper(runes[i-1]) || i+1 < len(runes) && unicode.IsLower(runes[i+1]))
		if starts {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
