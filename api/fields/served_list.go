package fields

import (
	"reflect"

	"liantu/api/engine"
)

// Many serves a list by a function on one type of source. Each item is the
// source of the object below, or a leaf as with [Get].
func Many[T, E any](value func(rq *Request, of T) []E) Served { return lister[T, E](value) }

type lister[T, E any] func(rq *Request, of T) []E

func (g lister[T, E]) Access(s Shape) engine.Access {
	a := engine.Access{
		Resolve: func(call, source any, _ map[string]any) (any, error) {
			of, err := sourceOf[T](source)
			if err != nil {
				return nil, err
			}
			return g(call.(*Request), of), nil
		},
		Register: func() any { return new([]E) },
		Count: func(call, source, register any) (int, error) {
			of, err := sourceOf[T](source)
			if err != nil {
				return 0, err
			}
			items := g(call.(*Request), of)
			*register.(*[]E) = items
			return len(items), nil
		},
	}
	switch kind := reflect.TypeFor[E]().Kind(); {
	case s.item == nil:
		return engine.Access{Resolve: a.Resolve} // wrong for its type: a fault that [engine.New] finds
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

// Words serves a list of words: values of an enum, or texts.
func Words[T any, W ~string](value func(rq *Request, of T) []W) Served {
	return wordLister[T, W](value)
}

type wordLister[T any, W ~string] func(rq *Request, of T) []W

func (g wordLister[T, W]) Access(s Shape) engine.Access {
	write := WordWriter[W](*s.item)
	return engine.Access{
		Resolve: func(call, source any, _ map[string]any) (any, error) {
			of, err := sourceOf[T](source)
			if err != nil {
				return nil, err
			}
			items := g(call.(*Request), of)
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
			items := g(call.(*Request), of)
			*register.(*[]W) = items
			return len(items), nil
		},
		ItemLeaf: func(w *engine.Writer, _, register any, i int) error { return write(w, (*register.(*[]W))[i]) },
	}
}
