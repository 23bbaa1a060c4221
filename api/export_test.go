package api

import (
	"context"
	"encoding/json"
	"time"

	"liantu/access"
	"liantu/api/engine"

	"github.com/graphql-go/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// AddField gives a server one more question, which answers what resolve
// returns. Tests use it for what no real question does.
func AddField(s *Server, name string, resolve func() (any, error)) {
	b := newBuilder(s)
	f := b.field(graphql.String, "", resolver(func(*request, any, args) (any, error) { return resolve() }))
	s.schema.QueryType().AddFieldConfig(name, b.of("Query", graphql.Fields{name: f})[name])
	s.schema.QueryType().Fields()
	s.accesses["Query."+name] = b.accesses["Query."+name]
	if err := s.compile(); err != nil {
		panic(err)
	}
}

// Second answers a request by the executor of graphql-go, over the same types
// and resolvers: the second opinion on the compiled plans.
func Second(ctx context.Context, s *Server, r Request) (data any, errors int, err error) {
	rq := &request{ctx: ctx, id: "second", server: s, picture: s.take(), identity: access.Local}
	if r.Identity != nil {
		rq.identity = r.Identity
	}
	rq.ctx = context.WithValue(ctx, requestKey{}, rq)
	if err := s.look(rq, r.Extensions); err != nil {
		return nil, 0, err
	}
	result := graphql.Do(graphql.Params{
		Schema: s.schema, RequestString: r.Query, OperationName: r.OperationName,
		VariableValues: r.Variables, Context: rq.ctx,
	})
	text, err := json.Marshal(result.Data)
	if err != nil {
		return nil, 0, err
	}
	err = json.Unmarshal(text, &data)
	return data, len(result.Errors), err
}

// SchemaOf returns the schema that a server's plans are compiled against.
func SchemaOf(s *Server) *ast.Schema { return s.engine.Schema() }

// ReadScalar reads a value of a request as the named scalar of the model.
func ReadScalar(name string, value any) (any, error) {
	o, ok := ownScalarOf(name)
	if !ok {
		panic("no scalar " + name)
	}
	return o.read(value)
}

// Treat tells what a role sees of a field, for a stated purpose or not.
func Treat(s *Server, id *access.Identity, purpose, object, field string) engine.Treatment {
	return s.treat(string(roleOf(id, purpose)), object, field)
}

// Deadline is the context of a request.
func Deadline(parent context.Context, until time.Time) context.Context {
	return &deadline{Context: parent, until: until}
}

// QuickRead reads a body of the usual form.
func QuickRead(body []byte) (Request, bool) { return quickRead(body) }
