package graph

import (
	"encoding/binary"
	"math"
	"slices"

	"liantu/message"
)

// codecVersion is the first byte of every encoded element. A reader refuses
// versions it does not know.
const codecVersion = 1

// The tags of values.
const (
	tagNil byte = iota
	tagFalse
	tagTrue
	tagInt
	tagFloat
	tagText
	tagTexts
)

// AppendNode appends the compact form of a node, which stores write, to b. Each
// provenance of the node is written once, its day as [Provenance.Date] gives it,
// and facts refer to it. It fails if a fact has a value of a type that no fact
// may have.
func AppendNode(b []byte, n *Node) ([]byte, error) {
	b = append(b, codecVersion)
	b = appendID(b, n.ID)
	b = appendText(b, n.Kind)
	b = binary.AppendUvarint(b, uint64(n.Version))
	b = binary.AppendUvarint(b, uint64(len(n.Keys)))
	for _, k := range n.Keys {
		b = appendText(b, string(k))
	}
	return AppendFacts(b, n.Facts)
}

// AppendEdge appends the compact form of an edge to b, as [AppendNode] does for
// a node.
func AppendEdge(b []byte, e *Edge) ([]byte, error) {
	b = append(b, codecVersion)
	b = appendID(b, e.ID)
	b = appendText(b, e.Kind)
	b = binary.AppendUvarint(b, uint64(e.Version))
	b = appendID(b, e.From)
	b = appendID(b, e.To)
	b = appendText(b, e.Discriminator)
	return AppendFacts(b, e.Facts)
}

// AppendFacts appends the compact form of facts to b, for stores that write the
// rest of an element in another form. [Decoder.Facts] reads it.
func AppendFacts(b []byte, facts []Fact) ([]byte, error) {
	table := make([]Provenance, 0, 4) // mostly of one, at most of some dozens
	for i := range facts {
		if !slices.Contains(table, facts[i].Provenance) {
			table = append(table, facts[i].Provenance)
		}
	}
	b = binary.AppendUvarint(b, uint64(len(table)))
	for _, p := range table {
		b = appendText(b, p.Source)
		b = appendText(b, p.Date())
		b = appendText(b, string(p.Grade))
	}
	b = binary.AppendUvarint(b, uint64(len(facts)))
	last := ""
	for _, f := range facts {
		// 0 stands for the property of the fact before, else length + 1.
		if f.Property == last {
			b = append(b, 0)
		} else {
			b = binary.AppendUvarint(b, uint64(len(f.Property))+1)
			b = append(b, f.Property...)
			last = f.Property
		}
		b = binary.AppendUvarint(b, uint64(slices.Index(table, f.Provenance)))
		var err error
		if b, err = appendValue(b, f.Value); err != nil {
			return nil, message.Errorf("property %q: %w", f.Property, err)
		}
	}
	return b, nil
}

// appendID writes an id as 0 and its 16 bytes. An id of another form, which
// only a test could make, is written as its length + 1 and its text.
func appendID(b []byte, id ID) []byte {
	if raw, ok := id.Bytes(); ok {
		return append(append(b, 0), raw[:]...)
	}
	b = binary.AppendUvarint(b, uint64(len(id))+1)
	return append(b, id...)
}

func appendText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

func appendValue(b []byte, v any) ([]byte, error) {
	switch v := v.(type) {
	case nil:
		return append(b, tagNil), nil
	case bool:
		if v {
			return append(b, tagTrue), nil
		}
		return append(b, tagFalse), nil
	case int64:
		return binary.AppendVarint(append(b, tagInt), v), nil
	case float64:
		return binary.BigEndian.AppendUint64(append(b, tagFloat), math.Float64bits(v)), nil
	case string:
		return appendText(append(b, tagText), v), nil
	case []string:
		b = binary.AppendUvarint(append(b, tagTexts), uint64(len(v)))
		for _, s := range v {
			b = appendText(b, s)
		}
		return b, nil
	}
	return nil, message.As(ErrInvalid, "the value %v has the type %T", v, v)
}

var errDamaged = message.Errorf("damaged data")

// DecodeNode reads what [AppendNode] wrote. Damaged data give an error.
func DecodeNode(data []byte) (*Node, error) { return new(Decoder).Node(data) }

// DecodeEdge reads what [AppendEdge] wrote. Damaged data give an error.
func DecodeEdge(data []byte) (*Edge, error) { return new(Decoder).Edge(data) }

// Decoder reads many elements, which share the texts that repeat: names of
// kinds and properties, sources and dates. Nothing it returns points into the
// data it read. The zero value is ready for use; a Decoder is not safe for
// concurrent use.
type Decoder struct {
	texts map[string]string
}

// maxShared limits how many texts a decoder caches.
const maxShared = 1 << 14

// share returns b as text, the same one for the same bytes.
func (d *Decoder) share(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	if s, ok := d.texts[string(b)]; ok {
		return s
	}
	if d.texts == nil {
		d.texts = map[string]string{}
	}
	s := string(b)
	if len(d.texts) < maxShared {
		d.texts[s] = s
	}
	return s
}

// Node reads what [AppendNode] wrote. Damaged data give an error.
func (d *Decoder) Node(data []byte) (*Node, error) {
	r := &reader{rest: data, shared: d}
	n := new(Node)
	r.format()
	n.ID = r.id()
	n.Kind = r.name()
	n.Version = r.version()
	if c := r.count(1); c > 0 {
		n.Keys = make([]Key, c)
		for i := range n.Keys {
			n.Keys[i] = Key(alone(r.text()))
		}
	}
	n.Facts = r.facts()
	if err := r.end(); err != nil {
		return nil, message.Errorf("node: %w", err)
	}
	return n, nil
}

// Edge reads what [AppendEdge] wrote. Damaged data give an error.
func (d *Decoder) Edge(data []byte) (*Edge, error) {
	r := &reader{rest: data, shared: d}
	e := new(Edge)
	r.format()
	e.ID = r.id()
	e.Kind = r.name()
	e.Version = r.version()
	e.From = r.id()
	e.To = r.id()
	e.Discriminator = alone(r.text())
	e.Facts = r.facts()
	if err := r.end(); err != nil {
		return nil, message.Errorf("edge: %w", err)
	}
	return e, nil
}

// Facts reads what [AppendFacts] wrote. Damaged data give an error.
func (d *Decoder) Facts(data []byte) ([]Fact, error) {
	r := &reader{rest: data, shared: d}
	facts := r.facts()
	if err := r.end(); err != nil {
		return nil, message.Errorf("facts: %w", err)
	}
	return facts, nil
}

// reader reads the parts of an element. After the first error it returns only
// zero values, and end returns the error.
type reader struct {
	rest   []byte
	shared *Decoder
	err    error
}

func (r *reader) fail(format string, args ...any) {
	if r.err == nil {
		r.err = message.Errorf("%w: %s, %d bytes before the end", errDamaged, message.New(format, args...), len(r.rest))
	}
	r.rest = nil
}

func (r *reader) end() error {
	if r.err == nil && len(r.rest) > 0 {
		r.fail("more data than announced")
	}
	return r.err
}

func (r *reader) format() {
	if v := r.byte(); v != codecVersion {
		r.fail("version %d is unknown", v)
	}
}

func (r *reader) byte() byte {
	if len(r.rest) == 0 {
		r.fail("cut off")
		return 0
	}
	b := r.rest[0]
	r.rest = r.rest[1:]
	return b
}

func (r *reader) uvarint() uint64 {
	v, n := binary.Uvarint(r.rest)
	if n <= 0 {
		r.fail("bad number")
		return 0
	}
	r.rest = r.rest[n:]
	return v
}

// count reads how many parts follow, each of at least size bytes. A damaged
// count cannot make the caller allocate more than the data could fill.
func (r *reader) count(size int) int {
	v := r.uvarint()
	if v > uint64(len(r.rest)/size) {
		r.fail("bad count")
		return 0
	}
	return int(v)
}

func (r *reader) bytes(n uint64) []byte {
	if n > uint64(len(r.rest)) {
		r.fail("cut off")
		return nil
	}
	b := r.rest[:n]
	r.rest = r.rest[n:]
	return b
}

func (r *reader) text() []byte { return r.bytes(r.uvarint()) }

// padding fills short texts up to 16 bytes, from where the Go runtime gives a text a
// block of memory of its own; shorter ones are packed into one block.
const padding = "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"

// alone returns b as a text in memory of its own. If the texts of two elements were
// in one block, the text of an element that was removed would stay in memory as long
// as the other element.
func alone(b []byte) string {
	if len(b) == 0 || len(b) >= len(padding) {
		return string(b)
	}
	return (string(b) + padding[len(b):])[:len(b)]
}

// name reads a text that many elements share.
func (r *reader) name() string { return r.shared.share(r.text()) }

func (r *reader) id() ID {
	n := r.uvarint()
	if n > 0 {
		return ID(r.bytes(n - 1))
	}
	raw := r.bytes(rawIDLen)
	if r.err != nil {
		return ""
	}
	return IDFromBytes([rawIDLen]byte(raw))
}

func (r *reader) version() Version {
	v := r.uvarint()
	if v > math.MaxInt64 {
		r.fail("bad version")
		return 0
	}
	return Version(v)
}

func (r *reader) facts() []Fact {
	table := make([]Provenance, r.count(3))
	for i := range table {
		p := Provenance{Source: r.name()}
		p.AsOf, p.Assumed = SplitDate(r.name())
		p.Grade = Grade(r.name())
		table[i] = p
	}
	n := r.count(3)
	if n == 0 {
		return nil
	}
	facts := make([]Fact, n)
	last := ""
	for i := range facts {
		if n := r.uvarint(); n > 0 {
			last = r.shared.share(r.bytes(n - 1))
		}
		at := r.uvarint()
		if at >= uint64(len(table)) {
			r.fail("bad provenance")
			return nil
		}
		facts[i] = Fact{Property: last, Value: r.value(), Provenance: table[at]}
	}
	return facts
}

func (r *reader) value() any {
	switch tag := r.byte(); tag {
	case tagNil:
		return nil
	case tagFalse, tagTrue:
		return tag == tagTrue
	case tagInt:
		v, n := binary.Varint(r.rest)
		if n <= 0 {
			r.fail("bad number")
			return nil
		}
		r.rest = r.rest[n:]
		return v
	case tagFloat:
		b := r.bytes(8)
		if b == nil {
			return nil
		}
		return math.Float64frombits(binary.BigEndian.Uint64(b))
	case tagText:
		return alone(r.text())
	case tagTexts:
		list := make([]string, r.count(1))
		for i := range list {
			list[i] = alone(r.text())
		}
		return list
	default:
		r.fail("bad type")
		return nil
	}
}
