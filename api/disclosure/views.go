package disclosure

import (
	"container/list"
	"context"
	"sync"

	"liantu/access"
	"liantu/graph/projection"
	"liantu/message"
	"liantu/schema"
)

// DefaultViewBytes is the limit of the views of scopes that are cached of one picture
// where none is set.
const DefaultViewBytes = 128 << 20

// views caches the views of one picture: of every role what all its callers may know
// of, and of scopes as many as a number of bytes allows, the least recently used
// dropped first. It is safe for use by several goroutines.
type views struct {
	limit int64

	mu    sync.Mutex
	found map[string]*cachedView
	order list.List // of the views of scopes that are made, the last used first
	bytes int64     // of these
}

// cachedView is a view, or the base of a role, that is made or being made.
type cachedView struct {
	key  string
	done chan struct{} // closed when it is made, or could not be
	view View
	base *base
	err  error

	bytes int64         // that it takes beside what it shares
	at    *list.Element // nil for what is not dropped
}

// viewsOf returns the cache of a picture.
func viewsOf(g *projection.Projection, limit int64) *views {
	type memoKey struct{}
	return g.Memo(memoKey{}, func() any { return &views{limit: limit, found: map[string]*cachedView{}} }).(*views)
}

// CachedView returns the view of an identity, which is cached for a picture as long as
// the views of all scopes take at most so many bytes. One that is being made is shared
// by all who wait for it; who stops waiting, by the end of its context, does not end
// it for the others. The error is that of the context.
func CachedView(ctx context.Context, model *schema.Model, g *projection.Projection, id *access.Identity, limit int64) (View, error) {
	all := viewsOf(g, limit)
	c, err := all.get(ctx, ViewKey(id), func(c *cachedView) error { return all.fill(ctx, c, newViewer(model, g, id)) })
	if err != nil {
		return View{}, err
	}
	return c.view, nil
}

// fill makes a view: the picture itself for who may see all of it, else the base of the
// role with what belongs to the scope.
func (a *views) fill(ctx context.Context, c *cachedView, w *viewer) error {
	c.view = View{w.g, w.scope}
	if w.seesAll() {
		return nil
	}
	role, err := a.get(ctx, baseKey(w.policy.Name), func(c *cachedView) (err error) {
		c.base, err = w.makeBase(ctx)
		return err
	})
	if err != nil {
		return err
	}
	part, ok, err := w.derive(ctx, role.base)
	if err != nil {
		return err
	}
	if ok {
		c.view.Graph, c.bytes = part, part.Held()
		return nil
	}
	if c.view.Graph, err = w.g.Part(ctx, w.seen, w.seenEdge); err != nil {
		return err
	}
	c.bytes = c.view.Graph.Bytes()
	return nil
}

// baseKey names the base of a role; no view has such a name.
func baseKey(role schema.Role) string { return "base " + string(role) }

// errAbandoned is the error of a view whose making ended in a panic.
var errAbandoned = message.Errorf("a view was not finished")

// get returns what is cached under a key, or fills it in. An error is returned to the
// caller that filled it in; of those who wait one goes on with its own context.
func (a *views) get(ctx context.Context, key string, fill func(*cachedView) error) (*cachedView, error) {
	for {
		c, mine := a.claim(key)
		if mine {
			return c, a.finish(c, fill)
		}
		if err := c.wait(ctx); err != nil {
			return nil, err
		}
		if c.err == nil {
			return c, nil
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
}

// wait waits until a view is made, or could not be. One that is made costs no look at the
// context, whose timer would have to be set for it.
func (c *cachedView) wait(ctx context.Context) error {
	select {
	case <-c.done:
		return nil
	default:
	}
	select {
	case <-c.done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// claim returns what is cached under a key, or a new place and that it is to be filled in.
func (a *views) claim(key string) (c *cachedView, mine bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	c, known := a.found[key]
	if !known {
		c = &cachedView{key: key, done: make(chan struct{})}
		a.found[key] = c
	} else if c.at != nil {
		a.order.MoveToFront(c.at)
	}
	return c, !known
}

// finish fills in a place, and makes room for what it takes.
func (a *views) finish(c *cachedView, fill func(*cachedView) error) error {
	c.err = errAbandoned
	defer func() {
		a.mu.Lock()
		defer a.mu.Unlock()
		if c.err != nil {
			delete(a.found, c.key)
		} else if c.bytes > 0 {
			a.keep(c)
		}
		close(c.done)
	}()
	c.err = fill(c)
	return c.err
}

// keep counts a new view, and drops the least recently used ones beyond the limit. The
// newest stays, however large it is.
func (a *views) keep(c *cachedView) {
	c.at = a.order.PushFront(c)
	a.bytes += c.bytes
	for a.bytes > a.limit && a.order.Len() > 1 {
		last := a.order.Remove(a.order.Back()).(*cachedView)
		a.bytes -= last.bytes
		delete(a.found, last.key)
	}
}

// has reports whether something is cached under a key.
func (a *views) has(key string) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	c := a.found[key]
	if c == nil {
		return false
	}
	select {
	case <-c.done:
		return c.err == nil
	default:
		return false
	}
}

// The cost of an element of the picture, in values that could be written meanwhile: for
// the base of a role, and for a view that is derived of it.
const (
	baseCost = 4
	viewCost = 0.2
)

// ViewCost is about what it costs to make the view of an identity, in the values that
// could be written meanwhile; 0 where it is cached, or nothing has to be made.
func ViewCost(model *schema.Model, g *projection.Projection, id *access.Identity, limit int64) float64 {
	all := viewsOf(g, limit)
	if all.has(ViewKey(id)) {
		return 0
	}
	w := newViewer(model, g, id)
	if w.seesAll() {
		return 0
	}
	elements := float64(g.Order())
	for _, kind := range model.Edges {
		elements += float64(g.EdgeCount(kind.Name))
	}
	if all.has(baseKey(w.policy.Name)) {
		return viewCost * elements
	}
	return baseCost * elements
}

// ViewFigures returns how many views of scopes are cached of a picture, and about the
// bytes that they take beside what they share.
func ViewFigures(g *projection.Projection, limit int64) (count int, bytes int64) {
	all := viewsOf(g, limit)
	all.mu.Lock()
	defer all.mu.Unlock()
	return all.order.Len(), all.bytes
}
