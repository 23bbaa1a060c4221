package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"github.com/graphql-go/graphql"

	"liantu/api/engine"
	"liantu/api/fields"
	"liantu/graph/projection"
)

// requestKey is where the context of the second executor holds the request.
type requestKey struct{}

func requestOf(ctx context.Context) *fields.Request {
	rq, _ := ctx.Value(requestKey{}).(*fields.Request)
	return rq
}

// oracles are the servers that have been prepared for the second executor.
var oracles sync.Map

// Second answers a request by the executor of graphql-go, over the same types and
// resolvers, to compare with the compiled plans.
func Second(ctx context.Context, s *Server, r Request) (data any, faults int, err error) {
	if _, ready := oracles.LoadOrStore(s, true); !ready {
		s.resolveAll()
	}
	x := s.begin(ctx, "second", r.Identity)
	defer x.until.End()
	x.Context, x.Picture = context.WithValue(x.Context, requestKey{}, &x.Request), s.take()
	if err := s.see(x, r.Extensions); err != nil {
		return nil, 0, err
	}
	result := graphql.Do(graphql.Params{
		Schema: s.schema.Types, RequestString: r.Query, OperationName: r.OperationName,
		VariableValues: r.Variables, Context: x.Context,
	})
	text, err := json.Marshal(result.Data)
	if err != nil {
		return nil, 0, err
	}
	err = json.Unmarshal(text, &data)
	return data, len(result.Errors), err
}

// resolveAll sets the resolvers that graphql-go requires on the types of a schema.
func (s *Server) resolveAll() {
	for _, t := range s.schema.Types.TypeMap() {
		switch t := t.(type) {
		case *graphql.Object:
			for name, f := range t.Fields() {
				if access, ok := s.schema.Accesses[t.Name()+"."+name]; ok {
					f.Resolve = s.guarded(t.Name(), name, access)
				}
			}
		case *graphql.Interface:
			t.ResolveType = func(p graphql.ResolveTypeParams) *graphql.Object {
				v, isVertex := p.Value.(projection.Vertex)
				rq := requestOf(p.Context)
				if !isVertex || rq == nil {
					return nil
				}
				kind, _ := s.schema.Types.Type(rq.Picture.Graph.Kind(v)).(*graphql.Object)
				return kind
			}
		}
	}
}

// guarded serves a field as graphql-go requires it, under the same policy.
func (s *Server) guarded(object, name string, access engine.Access) graphql.FieldResolveFn {
	return func(p graphql.ResolveParams) (value any, err error) {
		rq := requestOf(p.Context)
		if rq == nil {
			return nil, errors.New("the context belongs to no request")
		}
		defer func() {
			if reason := recover(); reason != nil {
				value, err = nil, fmt.Errorf("panic: %v", reason)
			}
		}()
		if err := p.Context.Err(); err != nil {
			return nil, err
		}
		treatment := s.schema.Policy.Treat(string(rq.Caller.Role), object, name)
		if treatment == engine.ByElement {
			treatment = access.Treat(rq, p.Source)
		}
		if treatment == engine.Refuse || treatment == engine.Mask && access.Mask == nil {
			return nil, engine.ErrRefused
		}
		if value, err = access.Resolve(rq, p.Source, p.Args); err != nil {
			return nil, err // the executor would show the value beside the error
		}
		if treatment == engine.Mask && value != nil {
			return access.Mask(value), nil
		}
		if treatment == engine.Reveal && value != nil && access.Note != nil {
			return value, access.Note(rq, p.Source)
		}
		return value, nil
	}
}
