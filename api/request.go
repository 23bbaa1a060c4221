package api

import (
	"context"

	"liantu/access"
)

// request is what a resolver knows of the request it works for. All resolvers
// of one request see the same picture of the graph.
type request struct {
	ctx     context.Context //nolint:containedctx // it lives exactly as long as the request
	until   deadline        // what ctx is, except for events of a subscription
	id      string
	picture picture
	server  *Server
	role    Role         // what plans are made for
	change  *graphChange // what the event of a subscription tells, else nil
	columns *columns     // of the picture, once one was needed

	identity *access.Identity
	purpose  string // for which personal values are asked for
	scope    *scope // what of the picture belongs to who asks
	revealed reveals

	operation operationHash // of the document, once it was read
	budget    *budget
	pass      pass // its place in a lane
	shares    bool // see [Request]
	watched   watched
}

type requestKey struct{}

// requestOf returns the request that a context of the engine belongs to.
func requestOf(ctx context.Context) *request {
	rq, _ := ctx.Value(requestKey{}).(*request)
	return rq
}

// args are the arguments of a field, coerced by the types of the schema. An
// argument that was not given is absent.
type args map[string]any

// text returns a textual argument, "" when it was not given.
func (a args) text(name string) string {
	s, _ := a[name].(string)
	return s
}

// number returns an Int argument and whether it was given.
func (a args) number(name string) (int, bool) {
	n, ok := a[name].(int)
	return n, ok
}

// list returns the items of a list argument that are of type T.
func list[T any](a args, name string) []T {
	items, _ := a[name].([]any)
	out := make([]T, 0, len(items))
	for _, item := range items {
		if v, ok := item.(T); ok {
			out = append(out, v)
		}
	}
	return out
}
