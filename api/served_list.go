package api

import (
	"reflect"

	"liantu/api/engine"
)

// many serves a list by a function on one type of source. Each item is the
// source of the object below, or a leaf as with [get].
func many[T, E any](value func(rq *request, of T) []E) served { return lister[T, E](value) }

type lister[T, E any] func(rq *request, of T) []E

func (g lister[T, E]) access(s shape) engine.Access {
	a := engine.Access{
		Resolve: func(call, source any, _ map[string]any) (any, error) {
			of, err := sourceOf[T](source)
			if err != nil {
				return nil, err
			}
			return g(call.(*request), of), nil
		},
		Register: func() any { return new([]E) },
		Count: func(call, source, register any) (int, error) {
			of, err := sourceOf[T](source)
			if err != nil {
				return 0, err
			}
			items := g(call.(*request), of)
			*register.(*[]E) = items
			return len(items), nil
		},
	}
	switch kind := reflect.TypeFor[E]().Kind(); {
	case s.item == nil:
		return engine.Access{Resolve: a.Resolve} // one of its own type: a fault that [engine.New] finds
	case writerOf[E](*s.item) != nil:
		write := writerOf[E](*s.item)
		a.ItemLeaf = func(w *engine.Writer, _, register any, i int) error { return write(w, (*register.(*[]E))[i]) }
	case kind == reflect.Pointer || kind == reflect.Interface:
		a.Item = func(_, register any, i int) any { return (*register.(*[]E))[i] }
	default:
		a.Item = func(_, register any, i int) any { return &(*register.(*[]E))[i] }
	}
	return a
}

// words serves a list of words: values of an enum, or texts.
func words[T any, W ~string](value func(rq *request, of T) []W) served {
	return wordLister[T, W](value)
}

type wordLister[T any, W ~string] func(rq *request, of T) []W

func (g wordLister[T, W]) access(s shape) engine.Access {
	write := wordWriter[W](*s.item)
	return engine.Access{
		Resolve: func(call, source any, _ map[string]any) (any, error) {
			of, err := sourceOf[T](source)
			if err != nil {
				return nil, err
			}
			items := g(call.(*request), of)
			out := make([]any, len(items))
			for i, item := range items {
				out[i] = plainWord(item, *s.item)
			}
			return out, nil
		},
		Register: func() any { return new([]W) },
		Count: func(call, source, register any) (int, error) {
			of, err := sourceOf[T](source)
			if err != nil {
				return 0, err
			}
			items := g(call.(*request), of)
			*register.(*[]W) = items
			return len(items), nil
		},
		ItemLeaf: func(w *engine.Writer, _, register any, i int) error { return write(w, (*register.(*[]W))[i]) },
	}
}
