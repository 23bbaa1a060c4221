package graph

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"slices"
	"strings"

	"liantu/message"
	"liantu/schema"
)

// Secret is what the ids of one graph are keyed by where a plain hash would show
// something personal: 32 random bytes, made with the graph. Formats of package
// fmt, JSON and logs show nothing of it. The zero value is no secret.
type Secret struct{ bytes *[secretLen]byte }

const secretLen = sha256.Size

// NewSecret makes a secret.
func NewSecret() Secret {
	s := Secret{new([secretLen]byte)}
	_, _ = rand.Read(s.bytes[:]) // never fails
	return s
}

// ParseSecret reads what [Secret.Hex] wrote, with space around it allowed; "" is no
// secret. The error does not repeat the text.
func ParseSecret(text string) (Secret, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return Secret{}, nil
	}
	raw, err := hex.DecodeString(text)
	if err != nil || len(raw) != secretLen {
		return Secret{}, message.As(ErrInvalid, "the secret of a graph has %d hexadecimal digits", 2*secretLen)
	}
	return SecretOf(raw)
}

// SecretOf returns the secret of the bytes that a store holds.
func SecretOf(raw []byte) (Secret, error) {
	if len(raw) != secretLen {
		return Secret{}, message.As(ErrInvalid, "the secret of a graph has %d bytes instead of %d", len(raw), secretLen)
	}
	bytes := [secretLen]byte(raw)
	return Secret{&bytes}, nil
}

// None reports whether s is no secret.
func (s Secret) None() bool { return s.bytes == nil }

// Equal reports whether both are the same secret.
func (s Secret) Equal(other Secret) bool {
	if s.None() || other.None() {
		return s.None() && other.None()
	}
	return subtle.ConstantTimeCompare(s.bytes[:], other.bytes[:]) == 1
}

// Hex returns the secret in hexadecimal digits, for whoever keeps it.
func (s Secret) Hex() string {
	if s.None() {
		return ""
	}
	return hex.EncodeToString(s.bytes[:])
}

// Bytes returns the bytes of the secret, for the store that keeps it.
func (s Secret) Bytes() ([]byte, error) {
	if s.None() {
		return nil, message.As(ErrInvalid, "the graph has no secret")
	}
	return slices.Clone(s.bytes[:]), nil
}

// String hides the secret.
func (s Secret) String() string {
	if s.None() {
		return "no secret"
	}
	return "a secret"
}

// ErrOtherSecret says that a graph was made with another secret than the one given
// to open it. It wraps [ErrConflict].
var ErrOtherSecret = message.As(ErrConflict, "the graph has another secret than store.secret: its ids would not be those of the graph that the secret is from")

// Choose returns the secret that a graph has when it is opened with the secret
// given: its own, or for a graph without one the given, or a new one. If both are
// set and differ the error is [ErrOtherSecret].
func (s Secret) Choose(given Secret) (Secret, error) {
	switch {
	case s.None() && given.None():
		return NewSecret(), nil
	case s.None():
		return given, nil
	case !given.None() && !s.Equal(given):
		return Secret{}, ErrOtherSecret
	}
	return s, nil
}

// Namer makes the ids of one graph. The id of a node is a hash of its key, that of
// an edge one of its kind, ends and discriminator. Where the key may hold something
// personal, and at edges of such nodes, the hash is keyed with the secret of the
// graph: who does not have it cannot try out which telephone number or region an id
// is made from. All other ids are the same in every graph.
type Namer struct {
	secret   Secret
	personal map[string]bool // the kinds of nodes whose ids are keyed
}

// NewNamer returns the namer of a graph with this secret. There is none without a
// secret: it panics.
func NewNamer(model *schema.Model, secret Secret) *Namer {
	if secret.None() {
		panic("graph: a namer needs a secret")
	}
	n := &Namer{secret: secret, personal: map[string]bool{}}
	for _, k := range model.Nodes {
		n.personal[k.Name] = identifiedPersonally(k)
	}
	return n
}

// identifiedPersonally reports whether any key of a kind holds a personal value.
func identifiedPersonally(kind *schema.Kind) bool {
	return slices.ContainsFunc(kind.Identify, func(group []string) bool {
		return slices.ContainsFunc(group, func(name string) bool {
			p := kind.Property(name)
			return p != nil && p.Sensitivity == schema.Personal
		})
	})
}

// Secret returns the secret of the graph, so that another graph can be made with it.
func (n *Namer) Secret() Secret { return n.secret }

// Key keys a [Digest] with the secret of the graph: that of a copy is the same, and who
// does not have the secret cannot try out which contents a digest is made from.
func (n *Namer) Key(digest string) string {
	m := hmac.New(sha256.New, n.secret.bytes[:])
	m.Write([]byte("digest\x00" + digest))
	return hex.EncodeToString(m.Sum(nil))
}

// String hides the secret.
func (n *Namer) String() string { return "the namer of a graph" }

// Personal reports whether the ids of a kind of nodes are keyed: some group that
// identifies the kind has a personal property.
func (n *Namer) Personal(kind string) bool { return n.personal[kind] }

// NodeID returns the id of a node that is first seen with the given key.
func (n *Namer) NodeID(strongest Key) ID {
	if n.personal[strongest.Kind()] {
		return n.keyed(string(strongest))
	}
	return plainNodeID(strongest)
}

// End is a node at one end of an edge.
type End struct {
	Kind string
	ID   ID
}

// EdgeID returns the id of an edge. Its first [EdgePrefix] bytes are those of the
// id of the node that the edge starts at, so that the edges of a node are near each
// other wherever edges are stored by id; the rest distinguishes them.
func (n *Namer) EdgeID(kind string, from, to End, discriminator string) ID {
	return n.edgeID(kind, from.ID, to.ID, discriminator, n.personal[from.Kind] || n.personal[to.Kind])
}

func (n *Namer) edgeID(kind string, from, to ID, discriminator string, keyed bool) ID {
	if !keyed {
		return plainEdgeID(kind, from, to, discriminator)
	}
	raw, _ := n.keyed(string(edgeText(kind, from, to, discriminator))).Bytes()
	return startingAt(from, raw)
}

// isKeyed reports whether an edge has a keyed id, as those of personal ends do.
func (n *Namer) isKeyed(e *Edge) bool {
	return e.ID != plainEdgeID(e.Kind, e.From, e.To, e.Discriminator)
}

// alias returns the lost id under which a graph that had plain ids before remembers
// one of them: it finds the node, and shows it to nobody.
func (n *Namer) alias(plain ID) ID { return n.keyed("alias\x00" + string(plain)) }

// Alias returns the key under which a node is found by an id that it had while ids
// were plain hashes, false for a key that is not an id.
func (n *Namer) Alias(k Key) (Key, bool) {
	text, ok := strings.CutPrefix(string(k), idKeyPrefix)
	if _, is := ID(text).Bytes(); !ok || !is {
		return "", false
	}
	return IDKey(n.alias(ID(text))), true
}

func (n *Namer) keyed(text string) ID {
	m := hmac.New(sha256.New, n.secret.bytes[:])
	m.Write([]byte(text))
	return IDFromBytes([rawIDLen]byte(m.Sum(nil)[:rawIDLen]))
}

func plainNodeID(strongest Key) ID { return IDFromBytes(hashOf([]byte(strongest))) }

// EdgePrefix is how many bytes the id of an edge shares with the id of the node
// that the edge starts at.
const EdgePrefix = 6

func plainEdgeID(kind string, from, to ID, discriminator string) ID {
	return startingAt(from, hashOf(edgeText(kind, from, to, discriminator)))
}

// edgeText joins what identifies an edge.
func edgeText(kind string, from, to ID, discriminator string) []byte {
	text := append(make([]byte, 0, 128), kind...) // 128 so that it mostly needs no memory of its own
	for _, part := range [...]string{string(from), string(to), discriminator} {
		text = append(append(text, 0), part...)
	}
	return text
}

// startingAt gives the hash of an edge the first bytes of the id of its start.
func startingAt(from ID, raw [rawIDLen]byte) ID {
	if start, ok := from.Bytes(); ok {
		copy(raw[:EdgePrefix], start[:EdgePrefix])
	}
	return IDFromBytes(raw)
}
