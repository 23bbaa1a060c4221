package engine

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"

	"liantu/message"

	"github.com/vektah/gqlparser/v2/ast"
)

// ErrInput is wrapped by the errors of arguments whose values do not fit.
var ErrInput = message.Errorf("bad input")

// inputError names the argument that does not fit, and is an [ErrInput].
type inputError struct {
	argument string
	place    Location // of its value; the zero one where the document states none
	err      error
}

func (e *inputError) Error() string   { return e.In(message.English) }
func (e *inputError) Unwrap() []error { return []error{ErrInput, e.err} }

// In returns the text in a language.
func (e *inputError) In(language message.Language) string {
	return message.New("argument %q: %v", e.argument, e.err).In(language)
}

// Variables checks the variables of a request against the operation and returns
// them in the form that resolvers receive. Numbers must have been decoded as
// json.Number. The coercion is strict: "7" and 1.5 are refused as Int, 1 as
// Boolean, and 2147483648 does not fit in Int.
func (o *Operation) Variables(given map[string]any) (map[string]any, []*Error) {
	out := make(map[string]any, len(o.def.VariableDefinitions))
	var errs []*Error
	for _, v := range o.def.VariableDefinitions {
		value, ok := given[v.Variable]
		var got any
		var err error
		if ok {
			got, err = o.engine.input(value, v.Type)
		} else {
			got, ok, err = o.engine.standard(v.Type, v.DefaultValue)
		}
		if err != nil {
			errs = append(errs, variableError(v, err))
			continue
		}
		if ok {
			out[v.Variable] = got
		}
	}
	return out, errs
}

func variableError(v *ast.VariableDefinition, err error) *Error {
	e := say(message.Errorf("variable \"$%s\": %v", v.Variable, err))
	e.Cause = ErrInput
	if v.Position != nil {
		e.Locations = []Location{{Line: v.Position.Line, Column: v.Position.Column}}
	}
	return e
}

// input coerces a JSON value to a type.
func (e *Engine) input(value any, t *ast.Type) (any, error) {
	if value == nil {
		if t.NonNull {
			return nil, message.Errorf("null is not allowed for type %s", t)
		}
		return nil, nil
	}
	if t.Elem != nil {
		items, ok := value.([]any)
		if !ok {
			items = []any{value} // a single item is a list of one
		}
		out := make([]any, len(items))
		for i, item := range items {
			got, err := e.input(item, t.Elem)
			if err != nil {
				return nil, message.Errorf("item %d: %w", i, err)
			}
			out[i] = got
		}
		return out, nil
	}
	value = plainNumber(value)
	def := e.schema.Types[t.NamedType]
	switch def.Kind {
	case ast.Enum:
		name, ok := value.(string)
		if !ok {
			return nil, message.Errorf("%s is not a value of %s, which has names in quotes", show(value), def.Name)
		}
		return e.enum(def, name)
	case ast.InputObject:
		return e.inputObject(value, def)
	}
	s, _ := e.scalar(t.NamedType)
	return s.Read(value)
}

// plainNumber converts the numbers of a caller in the same program to the form that
// those in a request body have.
func plainNumber(value any) any {
	switch v := value.(type) {
	case int:
		return json.Number(strconv.Itoa(v))
	case int64:
		return json.Number(strconv.FormatInt(v, 10))
	case float64:
		return json.Number(strconv.FormatFloat(v, 'g', -1, 64))
	}
	return value
}

func (e *Engine) enum(def *ast.Definition, name string) (any, error) {
	if def.EnumValues.ForName(name) == nil {
		return nil, message.Errorf("%q is not a value of %s", name, def.Name)
	}
	if e.cfg.Enum == nil {
		return name, nil
	}
	return e.cfg.Enum(def.Name, name), nil
}

func (e *Engine) inputObject(value any, def *ast.Definition) (any, error) {
	fields, ok := value.(map[string]any)
	if !ok {
		return nil, message.Errorf("%s is not an object of type %s", show(value), def.Name)
	}
	for name := range fields {
		if def.Fields.ForName(name) == nil {
			return nil, message.Errorf("%s has no field %q", def.Name, name)
		}
	}
	out := make(map[string]any, len(def.Fields))
	for _, f := range def.Fields {
		var got any
		var err error
		given, ok := fields[f.Name]
		if ok {
			got, err = e.input(given, f.Type)
		} else {
			got, ok, err = e.standard(f.Type, f.DefaultValue)
		}
		if err != nil {
			return nil, message.Errorf("field %q: %w", f.Name, err)
		}
		if ok {
			out[f.Name] = got
		}
	}
	return out, nil
}

// standard is the default of a value that was not given. It reports false where
// there is none, which is an error where a value is required.
func (e *Engine) standard(t *ast.Type, value *ast.Value) (any, bool, error) {
	switch {
	case value != nil:
		got, err := e.literal(value, t, nil)
		return got, true, err
	case t.NonNull:
		return nil, false, message.Errorf("a value of type %s is required", t)
	}
	return nil, false, nil
}

// written coerces what a document states for an argument or for a field of an input
// object, nil for nothing, or takes the default. A variable that was not sent
// counts as nothing. It reports false where there is no value.
func (e *Engine) written(given *ast.Value, t *ast.Type, byDefault *ast.Value, vars map[string]any) (any, bool, error) {
	if given != nil && given.Kind == ast.Variable {
		if _, sent := vars[given.Raw]; !sent {
			given = nil
		}
	}
	if given == nil {
		return e.standard(t, byDefault)
	}
	got, err := e.literal(given, t, vars)
	return got, true, err
}

// literal coerces a value written in a document to a type; vars are coerced
// already.
func (e *Engine) literal(v *ast.Value, t *ast.Type, vars map[string]any) (any, error) {
	switch v.Kind {
	case ast.Variable:
		value := vars[v.Raw]
		if value == nil && t.NonNull {
			return nil, message.Errorf("null is not allowed for type %s", t)
		}
		if t.Elem != nil && value != nil {
			if _, ok := value.([]any); !ok {
				return []any{value}, nil
			}
		}
		return value, nil
	case ast.NullValue:
		return e.input(nil, t)
	case ast.ListValue:
		if t.Elem == nil {
			break
		}
		out := make([]any, 0, len(v.Children))
		for i, c := range v.Children {
			got, err := e.literal(c.Value, t.Elem, vars)
			if err != nil {
				return nil, message.Errorf("item %d: %w", i, err)
			}
			out = append(out, got)
		}
		return out, nil
	}
	if t.Elem != nil {
		got, err := e.literal(v, t.Elem, vars)
		if err != nil {
			return nil, err
		}
		return []any{got}, nil
	}
	def := e.schema.Types[t.NamedType]
	if def.Kind == ast.InputObject && v.Kind == ast.ObjectValue {
		return e.literalObject(v, def, vars)
	}
	plain, err := plainValue(v, vars)
	if err != nil {
		return nil, err
	}
	if (def.Kind == ast.Enum) != (v.Kind == ast.EnumValue) && def.Kind != ast.Scalar {
		return nil, message.Errorf("%s is not a value of %s", v, def.Name)
	}
	return e.input(plain, t)
}

func (e *Engine) literalObject(v *ast.Value, def *ast.Definition, vars map[string]any) (any, error) {
	out := make(map[string]any, len(def.Fields))
	for _, f := range def.Fields {
		got, ok, err := e.written(v.Children.ForName(f.Name), f.Type, f.DefaultValue, vars)
		if err != nil {
			return nil, message.Errorf("field %q: %w", f.Name, err)
		}
		if ok {
			out[f.Name] = got
		}
	}
	return out, nil
}

// plainValue converts a literal to the form that JSON decodes to.
func plainValue(v *ast.Value, vars map[string]any) (any, error) {
	switch v.Kind {
	case ast.IntValue, ast.FloatValue:
		return json.Number(v.Raw), nil
	case ast.BooleanValue:
		return v.Raw == "true", nil
	case ast.NullValue:
		return nil, nil
	case ast.Variable:
		return vars[v.Raw], nil
	case ast.ListValue:
		out := make([]any, 0, len(v.Children))
		for _, c := range v.Children {
			got, err := plainValue(c.Value, vars)
			if err != nil {
				return nil, err
			}
			out = append(out, got)
		}
		return out, nil
	case ast.ObjectValue:
		out := make(map[string]any, len(v.Children))
		for _, c := range v.Children {
			got, err := plainValue(c.Value, vars)
			if err != nil {
				return nil, err
			}
			out[c.Name] = got
		}
		return out, nil
	}
	return v.Raw, nil
}

// scalar returns the form of a scalar type, and false for one that is unknown.
func (e *Engine) scalar(name string) (Scalar, bool) {
	if s, ok := builtIn[name]; ok {
		return s, true
	}
	if e.cfg.Scalar == nil {
		return Scalar{}, false
	}
	return e.cfg.Scalar(name)
}

var builtIn = map[string]Scalar{
	"Int":     {Read: readInt, Write: writeInt},
	"Float":   {Read: readFloat, Write: writeFloat},
	"String":  {Read: readString, Write: writeText},
	"Boolean": {Read: readBool, Write: writeBool},
	"ID":      {Read: readID, Write: writeText},
}

// readInt takes a whole number, also as 5.0 or 5e0, as programs write it whose numbers
// are all of one type.
func readInt(value any) (any, error) {
	n, ok := value.(json.Number)
	if !ok {
		return nil, message.Errorf("%s is not of type Int", show(value))
	}
	if i, err := strconv.ParseInt(n.String(), 10, 32); err == nil {
		return int(i), nil
	}
	f, err := n.Float64()
	if err != nil || f != math.Trunc(f) || f < math.MinInt32 || f > math.MaxInt32 {
		return nil, message.Errorf("%s is not of type Int, a whole number from -2147483648 to 2147483647", n)
	}
	return int(f), nil
}

func readFloat(value any) (any, error) {
	n, ok := value.(json.Number)
	if !ok {
		return nil, message.Errorf("%s is not of type Float", show(value))
	}
	f, err := n.Float64()
	if err != nil || math.IsInf(f, 0) {
		return nil, message.Errorf("%s does not fit in a Float of double precision", n)
	}
	return f, nil
}

func readString(value any) (any, error) {
	if s, ok := value.(string); ok {
		return s, nil
	}
	return nil, message.Errorf("%s is not of type String", show(value))
}

func readBool(value any) (any, error) {
	if b, ok := value.(bool); ok {
		return b, nil
	}
	return nil, message.Errorf("%s is not of type Boolean", show(value))
}

func readID(value any) (any, error) {
	switch v := value.(type) {
	case string:
		return v, nil
	case json.Number:
		if _, err := strconv.ParseInt(v.String(), 10, 64); err == nil {
			return v.String(), nil
		}
	}
	return nil, message.Errorf("%s is not of type ID, which is text or a whole number", show(value))
}

// show writes the start of a value for a message.
func show(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		return fmt.Sprintf("a %T", value)
	}
	if r := []rune(string(text)); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return string(text)
}
