package storetest

import (
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"liantu/graph"
)

var identityChecks = []check{
	{"ids of nodes that personal keys identify, and of their edges, are keyed with the secret of the graph", keyedIDs},
	{"all other ids are the same in every graph", plainIDs},
	{"Namer returns what makes the ids of the graph, the same for as long as the graph exists", sameNamer},
	{"a graph is not opened with a secret that is not its own", otherSecret},
}

// Secret is the secret of graphs whose ids must be the same in several stores.
func Secret(fill byte) graph.Secret {
	s, err := graph.SecretOf(slices.Repeat([]byte{fill}, sha256.Size))
	if err != nil {
		panic(err) // the length is right
	}
	return s
}

// PlainID is what the id of a node was before ids were keyed: a hash of one of its
// keys, which anybody can work out.
func PlainID(k graph.Key) graph.ID {
	sum := sha256.Sum256([]byte(k))
	return graph.IDFromBytes([16]byte(sum[:16]))
}

// PlainEdgeID does for an edge what [PlainID] does for a node.
func PlainEdgeID(kind string, from, to graph.ID, discriminator string) graph.ID {
	return edgeID(from, sha256.Sum256([]byte(edgeText(kind, from, to, discriminator))))
}

func edgeText(kind string, from, to graph.ID, discriminator string) string {
	return strings.Join([]string{kind, string(from), string(to), discriminator}, "\x00")
}

func edgeID(from graph.ID, sum [sha256.Size]byte) graph.ID {
	raw := [16]byte(sum[:16])
	start, _ := from.Bytes()
	copy(raw[:graph.EdgePrefix], start[:graph.EdgePrefix])
	return graph.IDFromBytes(raw)
}

// keyedBy hashes a text as the documentation of [graph.Namer] says.
func keyedBy(s graph.Secret, text string) (sum [sha256.Size]byte) {
	raw, err := s.Bytes()
	if err != nil {
		panic(err) // the tests have secrets
	}
	m := hmac.New(sha256.New, raw)
	m.Write([]byte(text))
	return [sha256.Size]byte(m.Sum(nil))
}

func contactKey(properties string, values ...string) graph.Key {
	return graph.NewKey("Contact", strings.Fields(properties), values)
}

func contact(keys []graph.Key, facts ...graph.Fact) graph.NodeDraft {
	return graph.NodeDraft{Kind: "Contact", Keys: keys, Facts: append([]graph.Fact{exists()}, facts...)}
}

func joins(kind string, from, to graph.Key) graph.EdgeDraft {
	return graph.EdgeDraft{Kind: kind, From: from, To: to, Facts: []graph.Fact{exists()}}
}

var (
	li   = contactKey("phone name", "19900000001", "示例甲")
	wang = contactKey("name employer", "示例乙", "示例单位")
)

// acquainted is a graph with two contacts, a firm and a town.
func acquainted() graph.Batch {
	return graph.Batch{
		Nodes: []graph.NodeDraft{contact([]graph.Key{li}), contact([]graph.Key{wang}), firm("f1"), firm("f2"), town("t1")},
		Edges: []graph.EdgeDraft{
			joins("KNOWS", li, wang), joins("SEATED_IN", li, townKey("t1")), joins("SEATED_IN", codeKey("f1"), townKey("t1")),
			supplies(codeKey("f1"), codeKey("f2")),
		},
	}
}

// startWith opens a place with a secret and fills it.
func startWith(t reporter, open Opener, secret graph.Secret, batches ...graph.Batch) *fixture {
	t.Helper()
	s, err := open(t.Context(), Model(), secret)
	if err != nil {
		t.Fatalf("opening with a secret: %v", err)
	}
	f := &fixture{reporter: t, open: open, store: s}
	t.Cleanup(func() {
		if err := f.store.Close(); err != nil {
			t.Errorf("closing: %v", err)
		}
	})
	for _, b := range batches {
		f.apply(b)
	}
	return f
}

func keyedIDs(t testing.TB, open Opener) {
	secret := Secret(7)
	f := startWith(t, open, secret, acquainted())
	for _, k := range []graph.Key{li, wang} {
		sum := keyedBy(secret, string(k))
		if n := f.node(k); n == nil || n.ID != graph.IDFromBytes([16]byte(sum[:16])) {
			t.Errorf("%q has another id than the keyed hash of its key: %+v", k, n)
		}
	}
	personal := map[graph.ID]bool{f.node(li).ID: true, f.node(wang).ID: true}
	edges := 0
	for _, e := range f.edges() {
		if !personal[e.From] && !personal[e.To] {
			continue
		}
		edges++
		if want := edgeID(e.From, keyedBy(secret, edgeText(e.Kind, e.From, e.To, e.Discriminator))); e.ID != want {
			t.Errorf("a %s of a contact has the id %s, not the keyed hash of its ends", e.Kind, e.ID)
		}
	}
	if edges != 2 {
		t.Errorf("there are %d edges of contacts", edges)
	}
}

func plainIDs(t testing.TB, open Opener) {
	f := start(t, open)
	f.apply(acquainted())
	others := map[graph.ID]bool{}
	for _, k := range []graph.Key{codeKey("f1"), codeKey("f2"), townKey("t1")} {
		n := f.node(k)
		others[n.ID] = true
		if n.ID != PlainID(k) {
			t.Errorf("%q has the id %s, want %s as in every graph", k, n.ID, PlainID(k))
		}
	}
	edges := 0
	for _, e := range f.edges() {
		if !others[e.From] || !others[e.To] {
			continue
		}
		edges++
		if want := PlainEdgeID(e.Kind, e.From, e.To, e.Discriminator); e.ID != want {
			t.Errorf("a %s without contacts has the id %s, want %s as in every graph", e.Kind, e.ID, want)
		}
	}
	if edges != 2 {
		t.Errorf("there are %d edges without contacts", edges)
	}
}

func sameNamer(t testing.TB, open Opener) {
	f := start(t, open)
	f.apply(acquainted())
	before := f.changes(0)
	namer := f.namer()
	if id := namer.NodeID(li); id != f.node(li).ID || id == PlainID(li) {
		t.Errorf("the namer gives the id %s for a contact that has %s", id, f.node(li).ID)
	}
	f.reopen()
	if !f.namer().Secret().Equal(namer.Secret()) {
		t.Errorf("a restart gives the graph another secret")
	}
	if r := f.apply(acquainted()); r.NodesUnchanged != 5 || r.EdgesUnchanged != 4 {
		t.Errorf("after a restart the same batch gives %+v", r)
	}
	f.sameElements(before, f.changes(0))
}

func otherSecret(t testing.TB, open Opener) {
	f := startWith(t, open, Secret(7), acquainted())
	before := f.changes(0)
	if err := f.store.Close(); err != nil {
		t.Fatalf("closing: %v", err)
	}
	s, err := open(t.Context(), Model(), Secret(8))
	if !errors.Is(err, graph.ErrOtherSecret) || !errors.Is(err, graph.ErrConflict) {
		t.Errorf("another secret gives %v", err)
	}
	if err == nil {
		_ = s.Close()
	}
	if s, err = open(t.Context(), Model(), Secret(7)); err != nil {
		t.Fatalf("its own secret gives %v", err)
	}
	f.store = s
	f.sameElements(before, f.changes(0))
}

// drawContacts draws contacts that may share keys, firms, and edges of all of them.
func drawContacts(t *rapid.T) graph.Batch {
	key := rapid.Custom(func(t *rapid.T) graph.Key {
		n := rapid.IntRange(0, 5).Draw(t, "who")
		switch rapid.IntRange(0, 2).Draw(t, "by") {
		case 0:
			return contactKey("code", fmt.Sprint("c", n))
		case 1:
			return contactKey("phone name", fmt.Sprint("1990000000", n), fmt.Sprint("示例", n))
		}
		return contactKey("name employer", fmt.Sprint("示例", n), "单位")
	})
	b := nodes(town("t0"), firm("f0"))
	var keys []graph.Key
	for range rapid.IntRange(1, 8).Draw(t, "contacts") {
		d := contact(rapid.SliceOfNDistinct(key, 1, 2, rapid.ID[graph.Key]).Draw(t, "keys"))
		keys = append(keys, d.Keys...)
		b.Nodes = append(b.Nodes, d)
	}
	for range rapid.IntRange(0, 8).Draw(t, "edges") {
		from, to := rapid.SampledFrom(keys).Draw(t, "from"), rapid.SampledFrom(append(keys, townKey("t0"))).Draw(t, "to")
		if to == townKey("t0") {
			b.Edges = append(b.Edges, joins("SEATED_IN", from, to))
		} else {
			b.Edges = append(b.Edges, joins("KNOWS", from, to))
		}
	}
	return b
}

// noPlainID loads contacts in portions of several loads, takes one back and forgets
// one, and compares every id and lost id that the store has shown with the plain
// hashes of all keys, and of all edges that their nodes could have.
func noPlainID(t *testing.T, place func() Opener) {
	rapid.Check(t, func(t *rapid.T) {
		all := drawContacts(t)
		f := start(t, place())
		shown := newShown(f)
		for i, b := range drawPortions(t, all) {
			b.Load.ID = fmt.Sprint("load ", i%3)
			f.apply(b)
			shown.look(f)
		}
		if _, err := f.store.Undo(t.Context(), "load 0"); err == nil {
			shown.look(f)
		}
		if n := f.node(all.Nodes[len(all.Nodes)-1].Keys[0]); n != nil {
			f.forget(graph.IDKey(n.ID))
			shown.look(f)
		}
		shown.compare(t, all)
	})
}

// shown collects the ids that a store shows of contacts and their edges.
type shown struct {
	at   graph.Version
	ids  map[graph.ID]bool
	ends map[graph.ID]bool // nodes that have been at an end of an edge
}

func newShown(*fixture) *shown { return &shown{ids: map[graph.ID]bool{}, ends: map[graph.ID]bool{}} }

// look adds what has changed.
func (s *shown) look(f *fixture) {
	personal := map[graph.ID]bool{}
	for _, c := range f.changes(0) {
		if n := c.Node; n != nil && n.Kind == "Contact" {
			personal[n.ID] = true
		}
	}
	for _, c := range f.changes(s.at) {
		switch {
		case c.Node != nil && c.Node.Kind == "Contact":
			s.ids[c.Node.ID] = true
			for _, k := range c.Node.Keys {
				if id, ok := strings.CutPrefix(string(k), string(graph.IDKey(""))); ok {
					s.ids[graph.ID(id)] = true
				}
			}
		case c.NodeRemoved != nil && c.NodeRemoved.Kind == "Contact":
			s.ids[c.NodeRemoved.ID] = true
		case c.EdgeRemoved != nil:
			s.ids[c.EdgeRemoved.ID] = true
		case c.Edge != nil:
			s.ends[c.Edge.From], s.ends[c.Edge.To] = true, true
			if personal[c.Edge.From] || personal[c.Edge.To] {
				s.ids[c.Edge.ID] = true
			}
		}
	}
	s.at = f.version()
}

func (s *shown) compare(t *rapid.T, all graph.Batch) {
	for _, d := range all.Nodes {
		for _, k := range d.Keys {
			if d.Kind == "Contact" && s.ids[PlainID(k)] {
				t.Fatalf("an id is the plain hash of %q", k)
			}
			s.ends[PlainID(k)] = true
		}
	}
	for from := range s.ends {
		for to := range s.ends {
			for _, kind := range []string{"KNOWS", "SEATED_IN"} {
				if s.ids[PlainEdgeID(kind, from, to, "")] {
					t.Fatalf("the id of a %s from %s to %s is a plain hash", kind, from, to)
				}
			}
		}
	}
}
