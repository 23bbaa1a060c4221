package fields

import (
	"context"
	"crypto/sha256"

	"github.com/graphql-go/graphql"

	"liantu/graph/projection"
	"liantu/schema"
)

// narrowedLists is how many filtered or ordered lists are cached of one picture, so that
// the pages of one list are not found anew each time.
const narrowedLists = 16

// Narrowing filters and orders lists of nodes by what the arguments filter and orderBy say.
type Narrowing struct {
	Arguments []Argument

	filterOf func(k *schema.Kind, given map[string]any) ([]condition, error)
	orderBy  func(k *schema.Kind, field string) ([]*schema.Property, error)
}

// NarrowKind narrows lists of one kind, by each of its public properties.
func (b *Builder) NarrowKind(kind string) *Narrowing {
	k, f := b.Model.Node(kind), b.filters[kind]
	return &Narrowing{
		Arguments: narrowingArguments(f.input, b.orderOf(k)),
		filterOf:  func(_ *schema.Kind, given map[string]any) ([]condition, error) { return f.conditions(given), nil },
		orderBy: func(k *schema.Kind, field string) ([]*schema.Property, error) {
			return []*schema.Property{k.Property(field)}, nil
		},
	}
}

// NarrowNodes narrows lists of a kind that an argument names.
func (b *Builder) NarrowNodes() *Narrowing {
	return &Narrowing{
		Arguments: narrowingArguments(b.nodeFilter(), b.nodeOrder()),
		filterOf: func(k *schema.Kind, given map[string]any) ([]condition, error) {
			member, err := b.memberFor(k, given)
			if err != nil || member == nil {
				return nil, err
			}
			return b.filters[k.Name].conditions(member), nil
		},
		orderBy: orderedBy,
	}
}

func narrowingArguments(filter, order *graphql.InputObject) []Argument {
	return []Argument{
		Arg("filter", filter, "Which are listed; all when omitted.", "列出哪些，不填为全部。"),
		Arg("orderBy", order, "Their order; the usual one when omitted.", "排序，不填按默认顺序。"),
	}
}

// Narrows reports whether arguments filter or order a list.
func Narrows(a Args) bool { return a["filter"] != nil || a["orderBy"] != nil }

// narrowed is a list that was filtered and ordered.
type narrowed struct {
	list    []projection.Vertex
	unknown int
}

// Page is a page of those of a list that the arguments want, all of one kind. The list is
// that of a field of an owner. The page counts those that were left out only because a value
// that is filtered on is not known.
func (n *Narrowing) Page(rq *Request, field, owner string, k *schema.Kind, list func() []projection.Vertex, a Args) (*Page, error) {
	filter, _ := a["filter"].(map[string]any)
	order, _ := a["orderBy"].(map[string]any)
	conditions, err := n.filterOf(k, filter)
	if err != nil {
		return nil, err
	}
	var by []*schema.Property
	if order != nil {
		name, _ := order["field"].(string)
		if by, err = n.orderBy(k, name); err != nil {
			return nil, err
		}
	}
	found := func() (any, error) {
		all, err := choose(rq.Context, rq.Picture.Graph, k.Name, list(), conditions)
		if err == nil && order != nil {
			direction, _ := order["direction"].(string)
			all.list, err = sorted(rq.Context, rq.Picture.Graph, k.Name, all.list, by, direction)
		}
		return all, err
	}
	made, err := rq.cachedList(field, owner, a, found)
	if err != nil {
		return nil, err
	}
	p, err := rq.listPage(field, owner, made.list, a)
	if p != nil {
		p.Unknown = made.unknown
	}
	return p, err
}

// looks is how many vertices are looked at between two looks at the time of a request.
const looks = 1024

// choose lists the vertices of a kind that meet all conditions, in their order. The error is
// that of ctx.
func choose(ctx context.Context, g *projection.Projection, kind string, list []projection.Vertex, all []condition) (narrowed, error) {
	if len(all) == 0 {
		return narrowed{list: list}, nil
	}
	read := make([]func(projection.Vertex) any, len(all))
	for i, c := range all {
		read[i] = valuesIn(g).of(kind, c.property)
	}
	var n narrowed
	for i, v := range list {
		if i%looks == 0 && ctx.Err() != nil {
			return n, ctx.Err()
		}
		switch outcomeOf(v, all, read) {
		case holds:
			n.list = append(n.list, v)
		case unknown:
			n.unknown++
		case fails:
		}
	}
	return n, nil
}

// cachedList returns a list that was found for the same question to the same picture, which
// has only what the caller may know of.
func (rq *Request) cachedList(field, owner string, a Args, found func() (any, error)) (narrowed, error) {
	asked := make(map[string]any, len(a))
	for name, value := range a {
		if name != "first" && name != "after" {
			asked[name] = value
		}
	}
	text, ok := AppendCanonical(AppendText(AppendText(nil, field), owner), asked)
	if !ok {
		made, err := found()
		n, _ := made.(narrowed)
		return n, err
	}
	type key struct{}
	lists := rq.Picture.Graph.Memo(key{}, func() any { return projection.NewMemo(narrowedLists) }).(*projection.Memo)
	made, err := lists.Try(rq.Context, sha256.Sum256(text), found)
	n, _ := made.(narrowed)
	return n, err
}
