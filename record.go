package main

import (
	"bytes"
	"encoding/json"
	"reflect"

	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/schema"
)

// recorder writes the answers of package gaps as JSON for programs: names in
// lower snake case in the order of the fields, vertices as objects with code
// and name, texts in both languages, and beside an unknown figure, which is
// null, the reason why. What is added to an answer appears by itself.
type recorder struct{ picture *projection.Projection }

// object is a JSON object that keeps the order of its members.
type object []member

type member struct {
	name  string
	value any
}

// MarshalJSON writes the members in their order.
func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		name, err := json.Marshal(m.name)
		if err != nil {
			return nil, err
		}
		var value bytes.Buffer
		e := json.NewEncoder(&value)
		e.SetEscapeHTML(false)
		if err := e.Encode(m.value); err != nil {
			return nil, err
		}
		b.Write(name)
		b.WriteByte(':')
		b.Write(bytes.TrimSpace(value.Bytes()))
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// record turns a value of package gaps into what is written.
func (r recorder) record(v any) any {
	switch v := v.(type) {
	case projection.Vertex:
		return r.vertex(v)
	case schema.Text:
		return object{{"zh", v.Zh}, {"en", v.En}}
	case gaps.Figure:
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

func (r recorder) fields(value reflect.Value) object {
	var o object
	for i := range value.NumField() {
		field := value.Type().Field(i)
		if !field.IsExported() {
			continue
		}
		name := snake(field.Name)
		o = append(o, member{name, r.record(value.Field(i).Interface())})
		if figure, ok := value.Field(i).Interface().(gaps.Figure); ok && figure.Why() != "" {
			o = append(o, member{name + "_unknown", figure.Why()})
		}
	}
	return o
}

func (r recorder) vertex(v projection.Vertex) any {
	if v == projection.None {
		return nil
	}
	o := object{{"id", r.picture.ID(v)}}
	if code := r.picture.Code(v); code != "" {
		o = append(o, member{"code", code})
	} else if code := r.picture.Text(v, "stock_code"); code != "" {
		o = append(o, member{"stock_code", code})
	}
	return append(o, member{"name", openCaption(r.picture, v)})
}
