package show

import (
	"bytes"
	"cmp"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"unicode"

	"liantu/graph/dates"
	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/schema"
)

// recorder writes answers as JSON for programs, with the names of GraphQL: fields
// in lower camel case and in their order, except where [shapesOf] has another name,
// vertices as objects with code and name, texts in both languages, and beside an
// unknown figure, which is null, the reason why. A field that is added to an
// answer appears by itself.
type recorder struct {
	picture *projection.Projection
	shapes  map[reflect.Type]shape
}

func newRecorder(p *projection.Projection) recorder { return recorder{p, shapesOf()} }

// Object is a JSON object that keeps the order of its members.
type Object []Member

// Member is a named value in an [Object].
type Member struct {
	Name  string
	Value any
}

// With returns the object with one more member at its end.
func (o Object) With(name string, value any) Object { return append(o, Member{name, value}) }

// Set returns the object with another value of a member.
func (o Object) Set(name string, value any) Object {
	o = slices.Clone(o)
	for i := range o {
		if o[i].Name == name {
			o[i].Value = value
		}
	}
	return o
}

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

// Record converts an answer about a picture to its JSON.
func Record(p *projection.Projection, answer any) any { return newRecorder(p).record(answer) }

// RecordFirst is [Record] for an answer that was cut to its first rows, of total.
func RecordFirst(p *projection.Projection, answer any, total int) any {
	return Record(p, answer).(Object).Set("totalCount", total)
}

// Connection is a list that GraphQL has as a connection.
func Connection(nodes any, total int) Object {
	return Object{{"nodes", nodes}, {"totalCount", total}}
}

// record converts a value of an answer.
func (r recorder) record(v any) any {
	switch v := v.(type) {
	case projection.Vertex:
		return r.vertex(v)
	case schema.Text:
		return Object{{"zh", v.Zh}, {"en", v.En}}
	case *gaps.Verdict:
		return r.verdict(v)
	case []gaps.Evidence: // a connection in GraphQL, too
		return Connection(r.list(reflect.ValueOf(v)), len(v))
	case *dates.Lazy:
		return datesRecord(v.Now())
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
		return r.list(value)
	default:
		return v
	}
}

func (r recorder) list(values reflect.Value) []any {
	list := make([]any, values.Len())
	for i := range list {
		list[i] = r.record(values.Index(i).Interface())
	}
	return list
}

// fields converts a struct, in the shape of its type.
func (r recorder) fields(value reflect.Value) Object {
	var o Object
	s := r.shapes[value.Type()]
	for i := range value.NumField() {
		field := value.Type().Field(i)
		if !field.IsExported() {
			continue
		}
		if field.Anonymous && field.Type.Kind() == reflect.Struct {
			o = append(o, r.fields(value.Field(i))...)
			continue
		}
		if days, ok := value.Field(i).Interface().(*dates.Lazy); ok {
			o = append(o, r.dates(days)...)
			continue
		}
		name := nameOf(field.Name)
		if other, ok := s.names[field.Name]; ok {
			name = other
		}
		switch name {
		case elsewhere:
			continue
		case "nodes":
			o = append(o, Connection(r.record(value.Field(i).Interface()), value.Field(i).Len())...)
			continue
		}
		o = append(o, Member{name, r.record(value.Field(i).Interface())})
		if figure, ok := value.Field(i).Interface().(gaps.Figure); ok && figure.Why() != "" && s.why != elsewhere {
			o = append(o, Member{cmp.Or(s.why, name+"Unknown"), figure.Why()})
		}
	}
	if s.more != nil {
		o = append(o, s.more(r, value.Interface())...)
	}
	return o
}

// verdict converts a verdict. Its severity is one of its numbers, and the unknown
// ones of these are listed with the reason.
func (r recorder) verdict(v *gaps.Verdict) any {
	if v == nil {
		return nil
	}
	numbers := r.fields(reflect.ValueOf(v.Numbers)).With("severity", v.Severity)
	missing := []Object{}
	for _, n := range numbers {
		if figure, ok := n.Value.(gaps.Figure); ok && figure.Why() != "" {
			missing = append(missing, Object{{"number", n.Name}, {"code", figure.Why()}})
		}
	}
	o := r.fields(reflect.ValueOf(v).Elem()).Set("numbers", numbers)
	if v.State == gaps.NotJudged {
		o = o.Set("action", nil).Set("priority", nil)
	}
	return o.With("missing", missing)
}

func (r recorder) vertex(v projection.Vertex) any {
	if v == projection.None {
		return nil
	}
	o := Object{{"id", r.picture.ID(v)}}
	if code := r.picture.Code(v); code != "" {
		o = append(o, Member{"code", code})
	} else if code := r.picture.Text(v, "stock_code"); code != "" {
		o = append(o, Member{"stockCode", code})
	}
	return append(o, Member{"name", OpenCaption(r.picture, v)})
}

// nameOf is the name in JSON of a field of an answer: MinGrade is minGrade, URI is
// uri, WithUSCC is withUscc. Every name that is made from a field comes from here.
func nameOf(field string) string {
	runes := []rune(field)
	var b strings.Builder
	for i, r := range runes {
		starts := i > 0 && unicode.IsUpper(r) &&
			(!unicode.IsUpper(runes[i-1]) || i+1 < len(runes) && unicode.IsLower(runes[i+1]))
		if !starts {
			r = unicode.ToLower(r)
		}
		b.WriteRune(r)
	}
	return b.String()
}
