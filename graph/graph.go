// Package graph defines the domain: nodes, edges, the facts they consist of,
// and the contract of a store for them. It depends on no technology, and every
// package above it may import it; it imports only schema and the standard
// library. The stores are in graph/filestore and graph/neo4jstore, and the
// suite that tests them against the contract is in graph/storetest.
//
// A graph is a set of facts. A fact is one value of one property of one
// element, stated by one source as of one day with one grade of evidence.
// Facts are only ever added to the set, so that loading in another order, in
// other batches or twice gives the same graph; taking a load back leaves the
// set that the other loads state. The value to show is chosen from the facts
// when it is read; see [Node.Get].
package graph

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"strings"

	"liantu/schema"
)

// ID names a node or an edge: 26 characters out of 0-9 and a-v that encode 16
// bytes and sort as these do. The id of a node is a hash of the strongest key
// known when it was first seen, keyed where the key may be personal; see [Namer].
// It finds the node for ever, since after a merge
// the lost id remains a key of the survivor, unless the only load that states
// the key is taken back.
// The id of an edge is made from its kind, ends and discriminator, and changes
// when a merge gives the edge another end; see [Namer.EdgeID].
type ID string

// Key is one way to find a node: a kind and the values of one group of
// identifying properties, such as "Company/stock_code=600519.SH". Make it
// with [NewKey].
type Key string

// Version is the number of a state of a graph. It grows by one with every
// batch that changes something and never falls, across restarts too.
type Version int64

// Grade is the grade of evidence of a fact, best first.
type Grade string

// The grades of evidence.
const (
	GradeA Grade = "A" // a public register or an official filing
	GradeB Grade = "B" // the company's own disclosure
	GradeC Grade = "C" // derived from other facts by a written rule
	GradeD Grade = "D" // an unverified list
)

// Valid reports whether g is one of the four grades.
func (g Grade) Valid() bool { return g >= GradeA && g <= GradeD && len(g) == 1 }

// Provenance is the source of a fact, the day as of which the source states it,
// and its grade of evidence.
type Provenance struct {
	Source  string // the name of a Source node
	AsOf    string // ISO date, possibly only a year or a month; never empty
	Grade   Grade
	Assumed bool // the source states no day, and the load took AsOf instead
}

// The sources of what people state through the program itself: changes of an office by
// answers, and judgements of names by review. A list of this name makes the data no newer either.
const (
	EditSource   = "office"
	ReviewSource = "review"
)

// IsEdit reports whether the fact is a change that was made through the program.
func (p Provenance) IsEdit() bool { return p.Source == EditSource || p.Source == ReviewSource }

// assumedMark follows an assumed day where it is written, as ISO 8601-2 (EDTF)
// marks an uncertain date.
const assumedMark = "?"

// Date returns the as-of date as stores and exports write it: 2026-03-31 for a
// day that the source states, 2026-03-31? for one that is assumed.
func (p Provenance) Date() string {
	if p.Assumed {
		return p.AsOf + assumedMark
	}
	return p.AsOf
}

// DateLabel returns the as-of date as answers word it: 2026-03-31（推定） for one
// that is assumed.
func (p Provenance) DateLabel() schema.Text {
	if p.Assumed {
		return schema.Text{Zh: p.AsOf + "（推定）", En: p.AsOf + " (assumed)"}
	}
	return schema.Text{Zh: p.AsOf, En: p.AsOf}
}

// SplitDate returns the two parts of what [Provenance.Date] wrote: the day, and
// whether it is assumed. It does not check the day.
func SplitDate(text string) (asOf string, assumed bool) { return strings.CutSuffix(text, assumedMark) }

// CompareDates orders provenances by their days, those of facts to show first: a
// day that a source states before any that is assumed, then the newer one. It
// returns 0 for the same day, stated or assumed alike.
func CompareDates(a, b Provenance) int {
	if a.Assumed != b.Assumed {
		return compareBools(a.Assumed, b.Assumed)
	}
	return strings.Compare(b.AsOf, a.AsOf)
}

// Fact is one statement about one element. The property "" states that the
// element exists. The value is a string, an int64, a float64, a bool or a
// sorted []string, as package schema gives it; nil for the property "".
type Fact struct {
	Property string
	Value    any
	Provenance
}

// Node is a node of the graph with all that is known about it.
type Node struct {
	ID      ID
	Kind    string
	Keys    []Key   // every key that finds it but its own id; strongest first, lost ids last
	Facts   []Fact  // in the order of [CompareFacts], without repetition
	Version Version // of its last change
}

// Edge is a directed relationship between two nodes. Two nodes are joined by
// at most one edge of the same kind and discriminator. An edge may lead from a
// node to itself: some sources say so, and a merge may make it so.
type Edge struct {
	ID            ID
	Kind          string
	From, To      ID
	Discriminator string // the values of the kind's key properties; see [Discriminator]
	Facts         []Fact // in the order of [CompareFacts], without repetition
	Version       Version
}

// NodeDraft is what a batch states about one node. It needs at least one key,
// each made from a group of properties that identifies the kind, as [KeysOf]
// makes them, or the [IDKey] of a node that is in the store. A draft may state
// the key of a fallback group beside a stronger one, although KeysOf makes no
// such pair: it says that the two are one node.
type NodeDraft struct {
	Kind  string
	Keys  []Key
	Facts []Fact
}

// EdgeDraft is what a batch states about one edge. The ends are keys of nodes
// that are in the store or in the same batch.
type EdgeDraft struct {
	Kind          string
	From, To      Key
	Discriminator string
	Facts         []Fact
}

// Batch is a set of drafts that a store applies as a whole or not at all. The
// order of the drafts does not matter to the graph.
type Batch struct {
	Load  LoadInfo // that it belongs to; the zero value for the load without a name
	Nodes []NodeDraft
	Edges []EdgeDraft

	// Unchanged is the version that the batch was made on: the batch is applied
	// only if no element that it would change has changed since. 0 sets no
	// condition. It is a condition and not a fact, so no ledger stores it.
	Unchanged Version

	// Lift also adds nodes that were forgotten, and removes their tombstones;
	// see [Store]. No ledger stores it either.
	Lift bool
}

// MaxKeyLen is the greatest length of a key in bytes. Stores index keys, and
// an index has limits; a longer key is refused as invalid.
const MaxKeyLen = 2048

// keyEscaper escapes the separators of a key in its values.
var keyEscaper = strings.NewReplacer("%", "%25", "/", "%2F", "&", "%26", "=", "%3D")

// keyUnescaper takes back what keyEscaper does.
var keyUnescaper = strings.NewReplacer("%25", "%", "%2F", "/", "%26", "&", "%3D", "=")

// NewKey makes the key of a node from one group of identifying properties and
// their values, both in the order the schema declares. Only the first value
// must not be empty. [KeysOf] makes all keys of a node.
func NewKey(kind string, properties, values []string) Key {
	var b strings.Builder
	b.WriteString(kind)
	for i, p := range properties {
		if i == 0 {
			b.WriteByte('/')
		} else {
			b.WriteByte('&')
		}
		b.WriteString(p)
		b.WriteByte('=')
		b.WriteString(keyEscaper.Replace(values[i]))
	}
	return Key(b.String())
}

// IDKey is the key that finds a node by its own id or by one it lost in a
// merge. The IDKey of its own id finds every node, although only the lost ids
// are among its keys.
func IDKey(id ID) Key { return Key(idKeyPrefix + string(id)) }

// idKeyPrefix is the prefix of the keys that are ids; no kind has this name.
const idKeyPrefix = "id/"

// Kind returns the kind of node that the key finds, or "" for an [IDKey].
func (k Key) Kind() string {
	kind, _, ok := strings.Cut(string(k), "/")
	if !ok || kind == "id" {
		return ""
	}
	return kind
}

// idEncoding preserves the order of the bytes, so that a store may store ids as
// bytes and still list them in order.
var idEncoding = base32.NewEncoding(idAlphabet).WithPadding(base32.NoPadding)

const idAlphabet = "0123456789abcdefghijklmnopqrstuv"

// idDigits holds the value of each digit, 1<<5 for other bytes.
var idDigits = func() (d [256]byte) {
	for c := range d {
		d[c] = 1 << 5
	}
	for i, c := range []byte(idAlphabet) {
		d[c] = byte(i)
	}
	return d
}()

// idLen is the length of an id, rawIDLen that of the bytes it encodes.
const (
	idLen    = 26
	rawIDLen = 16
)

// Bytes returns the 16 bytes that an id encodes; they sort as ids do. It
// reports false for a text that is not an id.
func (id ID) Bytes() (raw [16]byte, ok bool) {
	if len(id) != idLen {
		return raw, false
	}
	var bits uint64
	var wrong byte
	for i := range idLen {
		d := idDigits[id[i]]
		wrong |= d
		if bits = bits<<5 | uint64(d); i%8 == 7 { // 8 digits are 5 bytes
			at := i / 8 * 5
			raw[at] = byte(bits >> 32)
			binary.BigEndian.PutUint32(raw[at+1:], uint32(bits))
		}
	}
	raw[rawIDLen-1] = byte(bits >> 2)
	if wrong >= 1<<5 {
		return [rawIDLen]byte{}, false
	}
	return raw, bits&3 == 0
}

// IDFromBytes returns the id that encodes 16 bytes.
func IDFromBytes(raw [16]byte) ID {
	var text [idLen]byte
	idEncoding.Encode(text[:], raw[:])
	return ID(text[:])
}

// hashOf returns the hash of a text in 16 bytes.
func hashOf(text []byte) [rawIDLen]byte {
	sum := sha256.Sum256(text)
	return [rawIDLen]byte(sum[:rawIDLen])
}
