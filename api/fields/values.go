package fields

import (
	"sync"
	"sync/atomic"

	"liantu/graph/projection"
)

// values hold the shown values of the properties by which lists were filtered or ordered,
// by vertex: finding one among the facts of a node costs a hundred times as much. Columns
// beyond the limit are not cached, and read anew.
type values struct {
	graph   *projection.Projection
	columns sync.Map // valuesOf → []any
	bytes   atomic.Int64
}

// valuesBytes is the most memory of the values of a picture.
const valuesBytes = 64 << 20

// valuesOf names a column.
type valuesOf struct{ kind, property string }

// valuesIn returns the values of a picture.
func valuesIn(g *projection.Projection) *values {
	type key struct{}
	return g.Memo(key{}, func() any { return &values{graph: g} }).(*values)
}

// of returns a function for the value of a property of the vertices of a kind, nil where
// it is not known.
func (t *values) of(kind, property string) func(projection.Vertex) any {
	read := func(v projection.Vertex) any {
		value, _ := t.graph.Value(v, property)
		return value
	}
	first, end := t.graph.Range(kind)
	at := func(column []any) func(projection.Vertex) any {
		return func(v projection.Vertex) any { return column[v-first] }
	}
	name := valuesOf{kind, property}
	if made, ok := t.columns.Load(name); ok {
		return at(made.([]any))
	}
	size := int64(end-first) * 16 // of an interface
	if t.bytes.Add(size) > valuesBytes {
		t.bytes.Add(-size)
		return read
	}
	column := make([]any, end-first)
	for i := range column {
		column[i] = read(first + projection.Vertex(i))
	}
	made, others := t.columns.LoadOrStore(name, column)
	if others {
		t.bytes.Add(-size)
	}
	return at(made.([]any))
}
