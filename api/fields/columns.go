package fields

import (
	"sync/atomic"

	"liantu/api/engine"
	"liantu/graph/projection"
	"liantu/schema"
)

// columns hold the properties of the nodes of one picture as JSON text, ready
// to be copied into answers. A block of a column is written when one of its
// vertices is first needed; blocks beyond the limit are not cached. Columns hold
// what the policy shows as it is; what it masks is never in them.
type columns struct {
	graph  *projection.Projection
	tables []table // by number of the column
	bytes  atomic.Int64
}

// table is one column of one picture.
type table struct {
	first, end projection.Vertex // of the kind
	blocks     []atomic.Pointer[block]
}

const (
	columnBytes = 64 << 20 // most text of a picture's columns
	blockSize   = 256      // vertices of a block
)

// block is the text of the values of consecutive vertices. A value that does
// not fit its type has no text.
type block struct {
	offsets [blockSize + 1]uint32
	text    []byte
}

// columnsOf returns the columns of a picture.
func (s *Service) columnsOf(g *projection.Projection) *columns {
	type key struct{ service *Service }
	return g.Memo(key{s}, func() any {
		t := &columns{graph: g, tables: make([]table, len(s.columns))}
		for i, c := range s.columns {
			first, end := g.Range(c.kind.Name)
			t.tables[i] = table{first, end, make([]atomic.Pointer[block], (end-first+blockSize-1)/blockSize)}
		}
		return t
	}).(*columns)
}

// column serves a property of a kind of node.
type column struct {
	number   int // among the columns of the server
	kind     *schema.Kind
	property *schema.Property
	write    func(w *engine.Writer, value any) error
}

// column makes the column of a property of a kind of node.
func (b *Builder) column(k *schema.Kind, p *schema.Property) *column {
	c := &column{number: len(b.columns), kind: k, property: p, write: valueWriter(k, p)}
	b.columns = append(b.columns, c)
	return c
}

func (c *column) Access(Shape) engine.Access {
	return engine.Access{
		Resolve: func(call, source any, _ map[string]any) (any, error) {
			v, err := sourceOf[projection.Vertex](source)
			if err != nil {
				return nil, err
			}
			value, _ := call.(*Request).Picture.Graph.Value(v, c.property.Name)
			return fitting(c.kind, c.property, value)
		},
		Leaf: func(w *engine.Writer, call, source any) error {
			v, err := sourceOf[projection.Vertex](source)
			if err != nil {
				return err
			}
			rq := call.(*Request)
			if rq.columns == nil {
				rq.columns = rq.Service.columnsOf(rq.Picture.Graph)
			}
			if text := rq.columns.text(c, v); len(text) > 0 {
				w.Raw(text)
				return nil
			}
			value, _ := rq.Picture.Graph.Value(v, c.property.Name)
			return c.write(w, value)
		},
	}
}

// text returns the value of a vertex as JSON, nil when the column does not
// hold it.
func (t *columns) text(c *column, v projection.Vertex) []byte {
	table := &t.tables[c.number]
	if v < table.first || v >= table.end {
		return nil
	}
	at := int(v - table.first)
	b := table.blocks[at/blockSize].Load()
	if b == nil {
		if t.bytes.Load() >= columnBytes {
			return nil
		}
		b = t.fill(c, table.first+projection.Vertex(at-at%blockSize), table.end)
		if table.blocks[at/blockSize].CompareAndSwap(nil, b) {
			t.bytes.Add(int64(len(b.text) + 4*len(b.offsets)))
		}
	}
	at %= blockSize
	return b.text[b.offsets[at]:b.offsets[at+1]]
}

// fill writes a block.
func (t *columns) fill(c *column, first, end projection.Vertex) *block {
	b := new(block)
	b.text = engine.Write(func(w *engine.Writer) {
		for i := range projection.Vertex(blockSize) {
			if v := first + i; v < end {
				value, _ := t.graph.Value(v, c.property.Name)
				start := w.Len()
				if c.write(w, value) != nil {
					w.Cut(start)
				}
			}
			b.offsets[i+1] = uint32(w.Len())
		}
	})
	return b
}
