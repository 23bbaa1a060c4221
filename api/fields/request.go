package fields

import (
	"context"

	"liantu/api/disclosure"
	"liantu/graph"
	"liantu/graph/past"
	"liantu/graph/projection"
	"liantu/graph/tuning"
	"liantu/message"
	"liantu/schema"
)

// Request is the part of a request that resolvers see. All resolvers of one request
// see the same picture of the graph.
type Request struct {
	Context  context.Context //nolint:containedctx // it lives exactly as long as the request
	ID       string
	Picture  Picture // the part of it that the caller may know of
	Caller   disclosure.Caller
	Service  *Service
	Language message.Language // of the texts of errors
	Event    any              // what the event of a subscription reports, else nil
	Wrote    graph.Version    // that contains the changes that the request made, 0 for none

	columns *columns // of the picture, once one was needed
}

// See sets the picture of the request to the part of a picture that its caller may
// know of, in place of an earlier one.
func (rq *Request) See(p Picture) error {
	seen, err := disclosure.CachedView(rq.Context, rq.Service.Model, p.Graph, rq.Caller.Identity, rq.Service.ViewBytes)
	if err != nil {
		return err
	}
	rq.Picture, rq.Caller.Scope, rq.Caller.Whole, rq.columns = p, seen.Scope, p.Graph.Present(), nil
	rq.Picture.Graph = seen.Graph
	return nil
}

// MayKnow refuses kinds of which the caller may know no node or edge. The error
// is [engine.ErrRefused].
func (rq *Request) MayKnow(kinds ...string) error {
	return rq.Caller.MayKnow(rq.Service.Model, kinds...)
}

// element is the element of which a property of kind k is asked.
func (rq *Request) element(k *schema.Kind, source any) disclosure.Element {
	el := disclosure.Element{Kind: k}
	if k.IsEdge() {
		at, err := sourceOf[pageEdge](source)
		if err != nil {
			return el
		}
		e := rq.arcEdge(k, at)
		el.ID, el.From, el.To, el.Within = e.ID, e.From, e.To, rq.Caller.Scope.Edge(e)
		return el
	}
	v, err := sourceOf[projection.Vertex](source)
	if err != nil {
		return el
	}
	el.ID = rq.Picture.Graph.ID(v)
	el.Within = rq.Caller.Scope.Node(el.ID)
	return el
}

// Service is what the resolvers of all requests to one server share.
type Service struct {
	Model       *schema.Model
	Settings    tuning.Settings
	Loads       Loads // nil without a store
	Past        Past  // nil without a store
	DefaultPage int   // rows of a page when first is not given
	MaxPage     int   // the largest first
	ViewBytes   int64 // of the views of scopes that are cached of one picture
	Temporary   bool  // whether the graph ends with the service
	CanSetUp    bool  // whether a door of the service makes a graph that is kept

	columns []*column
}

// Past makes pictures of earlier versions, each anew, of the whole graph.
type Past interface {
	Picture(ctx context.Context, point past.Point) (*projection.Projection, error)
}

// Loads lists the loads, all or those with the given ids; a [graph.Store] does. A
// server asks a store for them, since no picture holds them.
type Loads interface {
	Loads(ctx context.Context, ids ...string) ([]graph.Load, error)
}
