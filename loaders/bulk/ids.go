package bulk

import "liantu/message"

// IDs are the ids of a load by their spaces, with the nodes that have them. The
// zero value has none.
type IDs struct {
	nodes  map[key]Node
	spaces map[string]bool
	first  map[int]key // by node: the first id that it has
}

type key struct{ space, id string }

// Node is the node of an id, and the row that states it.
type Node struct {
	Kind string // "" if the row was left out
	Ref  int    // number of the node, as the caller counts
	File string
	Row  int
}

// Find returns the node of an id, and whether a row has this id.
func (t *IDs) Find(space, id string) (Node, bool) {
	n, ok := t.nodes[key{space, id}]
	return n, ok
}

// Unknown says why an id has no node, which it must not have.
func (t *IDs) Unknown(space, id string) message.Text {
	n, ok := t.nodes[key{space, id}]
	switch {
	case ok:
		return message.New("the node of the id %s, %s:%d, was left out", Quoted(space, id), n.File, n.Row)
	case space != "" && !t.spaces[space]:
		return message.New("no row of the load has an id of the space %q, so %s is unknown", space, Quoted("", id))
	}
	return message.New("no row of the load has the id %s", Quoted(space, id))
}

// maxShown is the most characters of an id that messages show.
const maxShown = 80

// Quoted is an id with its space as messages name it, shortened when long.
func Quoted(space, id string) message.Text {
	if runes := []rune(id); len(runes) > maxShown {
		id = string(runes[:maxShown]) + "…"
	}
	if space == "" {
		return message.New("%q", id)
	}
	return message.New("%q of the space %q", id, space)
}

// Add adds the node of an id that is not known, or known to be left out.
func (t *IDs) Add(space, id string, n Node) {
	if t.nodes == nil {
		t.nodes, t.spaces, t.first = map[key]Node{}, map[string]bool{}, map[int]key{}
	}
	t.nodes[key{space, id}] = n
	t.spaces[space] = true
}

// Other returns another id of a node, with the row that states it, where two
// rows state one node; the first call for a node remembers the id.
func (t *IDs) Other(ref int, space, id string) (string, Node, bool) {
	k, ok := t.first[ref]
	if !ok {
		t.first[ref] = key{space, id}
		return "", Node{}, false
	}
	return k.id, t.nodes[k], k != key{space, id}
}
