package graph

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"liantu/message"
	"liantu/schema"
)

// Forgetting asks a store to forget a node; see [Store].
type Forgetting struct {
	Key    Key       // that finds the node, such as the [IDKey] of its id
	By     string    // who requests it
	Reason string    // why, in words that do not identify the node
	At     time.Time // when
}

// Tombstone is what a store retains of a node that it has forgotten. It shows
// that there was a node, but not which one.
type Tombstone struct {
	ID     string    `json:"id"` // a salted hash of the id that the node had; see [Salt]
	Kind   string    `json:"kind"`
	By     string    `json:"by"`
	Reason string    `json:"reason"`
	At     time.Time `json:"at"`
}

// Forgotten says what forgetting a node did.
type Forgotten struct {
	Version   Version   // of the graph without the node
	Tombstone Tombstone // that stands for it now
	Edges     int       // edges that were removed with it
	Drafts    int       // drafts about it and its edges that were removed from the ledger
	Loads     []string  // ids of the loads that these drafts belonged to; "" for the load without a name
}

// Salt is a random text of one store that goes into the hashes of its
// tombstones. The hashes then differ from those of every other store, and no
// table of hashes made in advance matches them. Somebody who has the salt can
// still try values that can be guessed, such as telephone numbers.
type Salt []byte

// NewSalt makes a salt.
func NewSalt() Salt {
	s := make(Salt, sha256.Size)
	_, _ = rand.Read(s) // never fails
	return s
}

// Hash returns the hash of a key in a tombstone, 32 hexadecimal digits.
func (s Salt) Hash(k Key) string {
	m := hmac.New(sha256.New, s)
	m.Write([]byte(k))
	return hex.EncodeToString(m.Sum(nil)[:rawIDLen])
}

// Purge is the effect of forgetting a node.
type Purge struct {
	Delta *Delta
	asked Forgetting
	node  *Node
	keys  []Key // by which the node is recognised if it comes again
	ours  map[Key]bool
}

// PlanForget computes the effect of forgetting a node of the graph that view
// shows. Like [Plan] it is a pure function. A key that finds no node gives
// [ErrNotFound], an invalid request [ErrInvalid]; neither error repeats the key,
// which may be personal. Any other error comes from the view or the context.
func PlanForget(ctx context.Context, model *schema.Model, f Forgetting, view View) (*Purge, error) {
	for _, text := range []string{f.By, f.Reason} {
		if strings.TrimSpace(text) == "" || len(text) > maxTombstoneText || !utf8.ValidString(text) {
			return nil, message.As(ErrInvalid, "forgetting a node: the requester and the reason must be texts of 1 to %d bytes", maxTombstoneText)
		}
	}
	n, err := findNode(ctx, f.Key, view)
	if err != nil {
		return nil, err
	}
	edges, err := view.EdgesOf(ctx, []ID{n.ID})
	if err != nil {
		return nil, err
	}
	p := &Purge{asked: f, node: n, ours: map[Key]bool{}, Delta: &Delta{
		NodesRemoved: []*Node{{ID: n.ID, Kind: n.Kind}},
		KeysRemoved:  slices.Sorted(slices.Values(n.Keys)),
	}}
	for _, e := range edges {
		p.Delta.EdgesRemoved = append(p.Delta.EdgesRemoved, &Edge{ID: e.ID, Kind: e.Kind, From: e.From, To: e.To})
	}
	slices.SortFunc(p.Delta.EdgesRemoved, compareEdges)
	for _, k := range append([]Key{IDKey(n.ID)}, n.Keys...) {
		found, _ := FindsBy(k)
		p.ours[k], p.ours[found] = true, true
	}
	p.keys = append([]Key{IDKey(n.ID)}, n.Keys...)
	if kind := model.Node(n.Kind); kind != nil {
		err = p.know(ctx, recurring(kind, n.Props()), view)
	}
	return p, err
}

// maxTombstoneText is the greatest length of each text of a tombstone, in bytes.
const maxTombstoneText = 500

// findNode returns the node that a key finds.
func findNode(ctx context.Context, k Key, view View) (*Node, error) {
	found, err := nodeIDs(ctx, view, []Key{k})
	if err != nil {
		return nil, err
	}
	id, ok := found[k]
	if text, isID := strings.CutPrefix(string(k), idKeyPrefix); !ok && isID {
		id, ok = ID(text), true
	}
	if !ok {
		return nil, message.As(ErrNotFound, "the node to forget is not in the graph")
	}
	nodes, err := view.Nodes(ctx, []ID{id})
	if err != nil {
		return nil, err
	}
	if nodes[id] == nil {
		return nil, message.As(ErrNotFound, "the node to forget is not in the graph")
	}
	return nodes[id], nil
}

// know adds the keys that no draft states but that the values of the node form
// together, unless they find another node.
func (p *Purge) know(ctx context.Context, keys []Key, view View) error {
	keys = slices.DeleteFunc(keys, func(k Key) bool { return p.ours[k] })
	found, err := view.NodeIDs(ctx, keys)
	if err != nil {
		return err
	}
	for _, k := range keys {
		if _, taken := found[k]; !taken {
			p.keys = append(p.keys, k)
		}
	}
	return nil
}

// Rest returns a batch of the ledger without the drafts about the node and its
// edges, and how many these were.
func (p *Purge) Rest(b Batch) (rest Batch, gone int) {
	about := func(k Key) bool { found, _ := FindsBy(k); return p.ours[k] || p.ours[found] }
	rest = b
	rest.Nodes = slices.DeleteFunc(slices.Clone(b.Nodes), func(d NodeDraft) bool { return slices.ContainsFunc(d.Keys, about) })
	rest.Edges = slices.DeleteFunc(slices.Clone(b.Edges), func(d EdgeDraft) bool { return about(d.From) || about(d.To) })
	return rest, len(b.Nodes) - len(rest.Nodes) + len(b.Edges) - len(rest.Edges)
}

// Tombstone returns what is retained of the node, and the hashes by which the
// store finds it: one for each key that would bring the node back.
func (p *Purge) Tombstone(s Salt) (Tombstone, []string) {
	hashes := make([]string, len(p.keys))
	for i, k := range p.keys {
		hashes[i] = s.Hash(k)
	}
	return Tombstone{
		ID: s.Hash(IDKey(p.node.ID)), Kind: p.node.Kind, By: p.asked.By, Reason: p.asked.Reason,
		At: p.asked.At.UTC().Truncate(time.Second),
	}, hashes
}

// findTombstones finds the keys of the batch that belonged to forgotten nodes:
// faults of their drafts, unless the batch lifts the tombstones.
func (p *planner) findTombstones(ctx context.Context) error {
	ask := map[Key]bool{}
	add := func(k Key) {
		if _, ok := p.storedID(k); !ok {
			ask[k] = true
		}
	}
	for i := range p.batch.Nodes {
		if !p.badNodes[i] {
			for _, k := range p.recurring(&p.batch.Nodes[i]) {
				add(k)
			}
		}
	}
	for i, d := range p.batch.Edges {
		if !p.badEdges[i] {
			add(d.From)
			add(d.To)
		}
	}
	if len(ask) == 0 {
		return nil
	}
	keys := make([]Key, 0, len(ask))
	for k := range ask {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	var err error
	p.tombstones, err = FindTombstones(ctx, p.view, keys)
	return err
}

// FindTombstones returns by key the tombstones of nodes that had it, also of those
// that had it as an id while ids were plain hashes.
func FindTombstones(ctx context.Context, view View, keys []Key) (map[Key]Tombstone, error) {
	ask := slices.Clone(keys)
	of := map[Key]Key{}
	for _, k := range keys {
		if alias, ok := view.Naming().Alias(k); ok {
			ask = append(ask, alias)
			of[alias] = k
		}
	}
	found, err := view.Tombstones(ctx, ask)
	for alias, k := range of {
		if t, ok := found[alias]; ok {
			delete(found, alias)
			found[k] = t
		}
	}
	return found, err
}

// recurring returns the keys by which a draft may bring a forgotten node back: its own,
// and of a person whom the store does not know by these, all that its values form.
func (p *planner) recurring(d *NodeDraft) []Key {
	kind := p.model.Node(d.Kind)
	known := func(k Key) bool { _, ok := p.storedID(k); return ok }
	if kind == nil || !kind.Whole || slices.ContainsFunc(d.Keys, known) {
		return d.Keys
	}
	return append(slices.Clone(d.Keys), recurring(kind, props(d.Facts))...)
}

// forgotten reports whether any of the keys of a draft names a forgotten node,
// and records the fault. A batch that lifts tombstones has no such faults.
func (p *planner) forgotten(at place, keys ...Key) bool {
	if p.batch.Lift {
		return false
	}
	for _, k := range keys {
		if t, ok := p.tombstones[k]; ok {
			p.faults = append(p.faults, Fault{
				Edge: at.edge, Index: at.index, Kind: at.kind, Forgotten: true,
				Reason: message.New("a %s that was forgotten on request on %s", t.Kind, t.At.Format(time.DateOnly)),
			})
			return true
		}
	}
	return false
}

// lifted lists the tombstones that a batch lifts.
func (p *planner) lifted() []string {
	var ids []string
	for i := range p.batch.Nodes {
		for _, k := range p.recurring(&p.batch.Nodes[i]) {
			if t, ok := p.tombstones[k]; ok {
				ids = append(ids, t.ID)
			}
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}
