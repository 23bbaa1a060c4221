package api

import (
	"crypto/sha256"
	"fmt"

	"liantu/api/engine"
	"liantu/graph/projection"

	"github.com/graphql-go/graphql"
	lru "github.com/hashicorp/golang-lru/v2"
)

// operationsKept bounds the operations that are kept ready to run. The limits
// on documents bound the size of each.
const operationsKept = 1000

// operationHash names an operation: a document and which of its operations.
type operationHash [sha256.Size]byte

func operationKeyOf(r Request) operationHash {
	h := sha256.New()
	h.Write([]byte(r.OperationName))
	h.Write([]byte{0})
	h.Write([]byte(r.Query))
	return operationHash(h.Sum(nil))
}

// compile makes the engine that runs operations on the server's schema.
func (s *Server) compile() error {
	s.sdl = PrintSchema(&s.schema.Types)
	enums := enumsOf(&s.schema.Types)
	var err error
	s.engine, err = engine.New(engine.Config{
		Schema:  s.sdl,
		Access:  func(object, field string) engine.Access { return s.schema.Accesses[object+"."+field] },
		Policy:  s.schema.Policy.Treat,
		NoHints: !s.features.Introspection,
		Scalar: func(name string) (engine.Scalar, bool) {
			scalar, ok := s.schema.Types.Type(name).(*graphql.Scalar)
			if !ok {
				return engine.Scalar{}, false
			}
			return engineScalar(scalar), true
		},
		Enum: func(enum, name string) any { return enums.values[enum][name] },
		EnumName: func(enum string, value any) (string, bool) {
			name, ok := enums.names[enum][value]
			return name, ok
		},
		TypeOf: func(call, value any) string {
			v, err := sourceOf[projection.Vertex](value)
			if err != nil {
				return ""
			}
			return call.(*request).Picture.Graph.Kind(v)
		},
	})
	if err != nil {
		return err
	}
	s.operations, err = lru.New[operationHash, *engine.Operation](operationsKept)
	return err
}

// engineScalar reads and writes a scalar in the way of its GraphQL type.
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
			return nil, fmt.Errorf("%v is no %s", value, name)
		},
		Write: func(buf []byte, value any) ([]byte, error) {
			switch v := scalar.Serialize(value).(type) {
			case string:
				return engine.AppendString(buf, v), nil
			case float64:
				return engine.AppendFloat(buf, v)
			}
			return buf, fmt.Errorf("a %T is no %s", value, name)
		},
	}
}

// enumTables translate between the names of enums and what stands for them
// inside.
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
