package fields

import (
	"github.com/graphql-go/graphql"

	"liantu/api/engine"
	"liantu/graph/projection"
	"liantu/message"
)

// SDL returns the schema in the schema definition language.
func (s *Schema) SDL() string { return printSchema(&s.Types) }

// Engine returns the engine that runs operations on the schema, which is given in
// the schema definition language; the call of a plan must be a *[Request]. With
// noHints its errors suggest no names of the schema. The error joins every fault of
// the schema.
func (s *Schema) Engine(sdl string, noHints bool) (*engine.Engine, error) {
	enums := enumsOf(&s.Types)
	return engine.New(engine.Config{
		Schema:  sdl,
		Access:  func(object, field string) engine.Access { return s.Accesses[object+"."+field] },
		Policy:  s.Policy.Treat,
		NoHints: noHints,
		Scalar:  s.Scalar,
		Enum:    func(enum, name string) any { return enums.values[enum][name] },
		EnumName: func(enum string, value any) (string, bool) {
			name, ok := enums.names[enum][value]
			return name, ok
		},
		TypeOf: func(call, value any) string {
			v, err := sourceOf[projection.Vertex](value)
			if err != nil {
				return ""
			}
			return call.(*Request).Picture.Graph.Kind(v)
		},
	})
}

// Scalar returns how the engine reads and writes the scalar type with a name, and
// false when there is none.
func (s *Schema) Scalar(name string) (engine.Scalar, bool) {
	scalar, ok := s.Types.Type(name).(*graphql.Scalar)
	if !ok {
		return engine.Scalar{}, false
	}
	return engineScalar(scalar), true
}

// engineScalar reads and writes a scalar as its GraphQL type does.
func engineScalar(scalar *graphql.Scalar) engine.Scalar {
	name := scalar.Name()
	return engine.Scalar{
		Read: func(value any) (any, error) {
			if own, ok := ownScalarOf(name); ok {
				return own.read(value)
			}
			if read := scalar.ParseValue(value); read != nil {
				return read, nil
			}
			return nil, message.Errorf("%v is not of type %s", value, name)
		},
		Write: func(buf []byte, value any) ([]byte, error) {
			switch v := scalar.Serialize(value).(type) {
			case string:
				return engine.AppendString(buf, v), nil
			case float64:
				return engine.AppendFloat(buf, v)
			}
			return buf, message.Errorf("a %T is not of type %s", value, name)
		},
	}
}

// enumTables translate between the names of enum values and the Go values that
// stand for them.
type enumTables struct {
	values map[string]map[string]any
	names  map[string]map[any]string
}

func enumsOf(s *graphql.Schema) enumTables {
	t := enumTables{values: map[string]map[string]any{}, names: map[string]map[any]string{}}
	for name, made := range s.TypeMap() {
		enum, ok := made.(*graphql.Enum)
		if !ok {
			continue
		}
		values, names := map[string]any{}, map[any]string{}
		for _, v := range enum.Values() {
			values[v.Name] = v.Value
			names[v.Value] = v.Name
		}
		t.values[name], t.names[name] = values, names
	}
	return t
}
