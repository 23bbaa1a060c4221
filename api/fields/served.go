package fields

import (
	"reflect"

	"github.com/graphql-go/graphql"

	"liantu/api/engine"
	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/message"
)

// Served defines how a field is served. A [Resolver] serves any field; what [Get],
// [Word], [Many] and [Words] return also has the fast paths of the engine, which
// write the same without an allocation.
type Served interface {
	Access(s Shape) engine.Access
}

// Shape holds what the type of a field, or of the items of a list, implies for how
// its value is written.
type Shape struct {
	optional bool           // null is allowed
	named    graphql.Output // the type within lists and non-null
	item     *Shape         // of a list
}

func shapeOf(t graphql.Output) Shape {
	s := Shape{optional: true}
	if n, ok := t.(*graphql.NonNull); ok {
		s.optional, t = false, n.OfType
	}
	if l, ok := t.(*graphql.List); ok {
		item := shapeOf(l.OfType)
		return Shape{optional: s.optional, named: item.named, item: &item}
	}
	s.named = t
	return s
}

// sourceOf is the source of a field as a T. The engine passes a value that is no
// pointer as a pointer to where it is stored.
func sourceOf[T any](source any) (T, error) {
	if p, ok := source.(*T); ok {
		return *p, nil
	}
	of, ok := source.(T)
	if !ok {
		return of, message.Errorf("resolver of %T got a %T", of, source)
	}
	return of, nil
}

// Resolver computes the value of a field of source. It may return an error of
// package graph or a refusal; anything else is an internal error.
type Resolver func(rq *Request, source any, a Args) (any, error)

// Access serves the field by the resolver alone.
func (r Resolver) Access(Shape) engine.Access {
	return engine.Access{Resolve: func(call, source any, a map[string]any) (any, error) {
		return r(call.(*Request), source, a)
	}}
}

// Compute makes a resolver of a function on one type of source that uses the
// arguments of the field.
func Compute[T any](value func(rq *Request, of T, a Args) (any, error)) Resolver {
	return func(rq *Request, source any, a Args) (any, error) {
		of, err := sourceOf[T](source)
		if err != nil {
			return nil, err
		}
		return value(rq, of, a)
	}
}

// Get serves a field by a function on one type of source. A V of string,
// float64, int, bool or [gaps.Figure] is written as a leaf; an empty text is
// null where null is allowed. A V of [projection.Vertex], a struct or a pointer
// is the source of the object below. A V of any is taken as it is.
func Get[T, V any](value func(rq *Request, of T) V) Served { return getter[T, V](value) }

type getter[T, V any] func(rq *Request, of T) V

func (g getter[T, V]) Access(s Shape) engine.Access {
	a := engine.Access{Resolve: func(call, source any, _ map[string]any) (any, error) {
		of, err := sourceOf[T](source)
		if err != nil {
			return nil, err
		}
		return plain(g(call.(*Request), of), s), nil
	}}
	if write := writerOf[V](s); write != nil {
		a.Leaf = func(w *engine.Writer, call, source any) error {
			of, err := sourceOf[T](source)
			if err != nil {
				return err
			}
			return write(w, g(call.(*Request), of))
		}
		return a
	}
	switch reflect.TypeFor[V]().Kind() {
	case reflect.Pointer:
		a.Object = func(call, source, _ any) (any, error) {
			of, err := sourceOf[T](source)
			if err != nil {
				return nil, err
			}
			var none V
			if v := any(g(call.(*Request), of)); v != any(none) {
				return v, nil
			}
			return nil, nil
		}
	case reflect.Struct, reflect.Int32:
		a.Register = func() any { return new(V) }
		a.Object = func(call, source, register any) (any, error) {
			of, err := sourceOf[T](source)
			if err != nil {
				return nil, err
			}
			*register.(*V) = g(call.(*Request), of)
			if v, ok := register.(*projection.Vertex); ok && *v == projection.None {
				return nil, nil
			}
			return register, nil
		}
	}
	return a
}

// plain is a value as resolvers return it.
func plain(value any, s Shape) any {
	switch v := value.(type) {
	case gaps.Figure:
		return figure(v)
	case projection.Vertex:
		return vertexOrNil(v)
	case string:
		if v == "" && s.optional {
			return nil
		}
	}
	return value
}

// vertexOrNil is a vertex as the engine takes it.
func vertexOrNil(v projection.Vertex) any {
	if v == projection.None {
		return nil
	}
	return v
}

// figure is a number as the engine takes it: nil when it is not known.
func figure(f gaps.Figure) any {
	if x, ok := f.Get(); ok {
		return x
	}
	return nil
}

// writerOf is the writer of values of type V, nil when they are no leaves.
func writerOf[V any](s Shape) func(*engine.Writer, V) error {
	var write any
	switch any(*new(V)).(type) {
	case string:
		write = func(w *engine.Writer, v string) error {
			if v == "" && s.optional {
				w.Null()
				return nil
			}
			w.String(v)
			return nil
		}
	case float64:
		write = (*engine.Writer).Float
	case int:
		write = func(w *engine.Writer, v int) error { return w.Int(int64(v)) }
	case bool:
		write = func(w *engine.Writer, v bool) error {
			w.Bool(v)
			return nil
		}
	case gaps.Figure:
		write = func(w *engine.Writer, v gaps.Figure) error {
			x, known := v.Get()
			if !known {
				w.Null()
				return nil
			}
			return w.Float(x)
		}
	}
	typed, _ := write.(func(*engine.Writer, V) error)
	return typed
}

// Word serves a leaf whose value is a word: the value of an enum, or a text.
func Word[T any, W ~string](value func(rq *Request, of T) W) Served { return worder[T, W](value) }

type worder[T any, W ~string] func(rq *Request, of T) W

func (g worder[T, W]) Access(s Shape) engine.Access {
	write := WordWriter[W](s)
	return engine.Access{
		Resolve: func(call, source any, _ map[string]any) (any, error) {
			of, err := sourceOf[T](source)
			if err != nil {
				return nil, err
			}
			return plainWord(g(call.(*Request), of), s), nil
		},
		Leaf: func(w *engine.Writer, call, source any) error {
			of, err := sourceOf[T](source)
			if err != nil {
				return err
			}
			return write(w, g(call.(*Request), of))
		},
	}
}

// plainWord is a word as resolvers return it: enums have their own type of it,
// other types take texts.
func plainWord[W ~string](word W, s Shape) any {
	_, enum := s.named.(*graphql.Enum)
	switch {
	case word == "" && s.optional:
		return nil
	case enum:
		return word
	}
	return string(word)
}

// WordWriter returns a writer of words. The few values of an enum are encoded
// beforehand.
func WordWriter[W ~string](s Shape) func(*engine.Writer, W) error {
	type written struct {
		word W
		json []byte
	}
	var values []written
	enum, isEnum := s.named.(*graphql.Enum)
	if isEnum {
		for _, v := range enum.Values() {
			if word, ok := v.Value.(W); ok {
				values = append(values, written{word, engine.AppendString(nil, v.Name)})
			}
		}
	}
	return func(w *engine.Writer, word W) error {
		if word == "" && s.optional {
			w.Null()
			return nil
		}
		if !isEnum {
			w.String(string(word))
			return nil
		}
		for i := range values {
			if values[i].word == word {
				w.Raw(values[i].json)
				return nil
			}
		}
		return message.Errorf("%q is not a value of %s", string(word), enum.Name())
	}
}
