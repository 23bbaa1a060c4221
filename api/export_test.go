package api

import (
	"github.com/graphql-go/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"liantu/access"
	"liantu/api/disclosure"
	"liantu/api/engine"
)

// AddField adds a question to a server, which answers what resolve returns. Tests
// use it for behaviour that no real question has.
func AddField(s *Server, name string, resolve func() (any, error)) {
	query := s.schema.Types.QueryType()
	query.AddFieldConfig(name, &graphql.Field{Type: graphql.String})
	query.Fields()
	s.schema.Accesses["Query."+name] = engine.Access{Resolve: func(_, _ any, _ map[string]any) (any, error) { return resolve() }}
	if err := s.compile(); err != nil {
		panic(err)
	}
}

// SchemaOf returns the schema that a server's plans are compiled against.
func SchemaOf(s *Server) *ast.Schema { return s.engine.Schema() }

// ReadScalar reads a value of a request as the named scalar of the model.
func ReadScalar(s *Server, name string, value any) (any, error) {
	scalar, ok := s.schema.Scalar(name)
	if !ok {
		panic("no scalar " + name)
	}
	return scalar.Read(value)
}

// Treat returns what a role sees of a field, for a stated purpose or not.
func Treat(s *Server, id *access.Identity, purpose, object, field string) engine.Treatment {
	stated, refused := disclosure.PurposeOf(map[string]any{"purpose": purpose}, id.Role, nil)
	if refused != nil {
		stated = disclosure.Stated{}
	}
	return s.schema.Policy.Treat(string(disclosure.RoleOf(id, stated)), object, field)
}

// QuickRead reads a body in the common form.
func QuickRead(body []byte) (Request, bool) { return quickRead(body) }
