package loaders

import (
	"context"
	"errors"
	"slices"
	"strings"

	"liantu/graph"
	"liantu/loaders/bulk"
	"liantu/loaders/lists"
	"liantu/loaders/mapping"
	"liantu/loaders/names"
	"liantu/schema"
)

// errStop ends a stream early.
var errStop = errors.New("stop")

// ref is the number of a node in the index.
type ref int32

// index holds every node that edges may lead to: those of the store, and those of
// the load. It finds them by key, and by the text of chosen properties.
type index struct {
	model   *schema.Model
	parent  []ref       // joins refs that are the same node
	key     []graph.Key // by ref: a key that finds it
	name    []string    // by ref: its name as people know it, "" for none
	byKey   map[graph.Key]ref
	byText  names.Texts[ref]
	wanted  map[string][]string // by kind: the properties that texts are looked up in
	names   *names.Spellings    // of kinds that ends of edges have: what may be meant by a typo
	derived map[ref]bool        // of which this load made the code of steps
	parts   composition         // which are part of which
	ids     bulk.IDs            // of the load
	book    *names.Book         // of the names of companies
	lists   *lists.Known        // of lists of companies
}

func newIndex(model *schema.Model) *index {
	return &index{
		model: model, byKey: map[graph.Key]ref{},
		byText: names.Texts[ref]{}, wanted: map[string][]string{},
		names: names.NewSpellings(model), parts: composition{wholes: map[ref][]ref{}}, derived: map[ref]bool{},
		book: names.NewBook(model), lists: lists.NewKnown(),
	}
}

// want makes the index find nodes of a kind by a property. It must be called
// before nodes are added.
func (x *index) want(kind, property string) {
	if property != "" && !slices.Contains(x.wanted[kind], property) {
		x.wanted[kind] = append(x.wanted[kind], property)
	}
}

// read adds all nodes of a store. A node that is found by a code and by a name
// alone, or by two names, is two refs: what names it by one follows that one, should
// the two be separated again.
func (x *index) read(ctx context.Context, store graph.Store) error {
	_, err := store.Changes(ctx, 0, func(c graph.Change) error {
		switch {
		case c.Node != nil:
			x.addNode(c.Node)
			x.book.Add(c.Node.Kind, c.Node.Keys, c.Node.Facts, names.Place{})
			x.lists.Add(c.Node.Kind, c.Node.Facts)
		case c.Edge != nil:
			return errStop // nodes come before edges
		}
		return nil
	})
	if errors.Is(err, errStop) {
		return nil
	}
	return err
}

// addNode adds a node of the store.
func (x *index) addNode(n *graph.Node) {
	kind := x.model.Node(n.Kind)
	strong, byName := n.Keys, []graph.Key(nil)
	if kind != nil && len(kind.Fallback) > 0 {
		strong = nil
		for _, k := range n.Keys {
			if _, ok := graph.FallbackText(kind, k); ok {
				byName = append(byName, k)
			} else {
				strong = append(strong, k)
			}
		}
	}
	if len(strong) == 0 && len(byName) > 1 {
		strong, byName = byName[:1], byName[1:]
	}
	if len(byName) == 0 || len(strong) == 0 || strong[0].Kind() == "" {
		x.add(n.Kind, n.Keys, n.Facts)
		return
	}
	x.add(n.Kind, strong, n.Facts)
	for _, k := range byName {
		r := x.add(n.Kind, []graph.Key{k}, nil)
		text, _ := graph.FallbackText(kind, k)
		for _, property := range x.wanted[n.Kind] {
			if namedBy(kind, property) && strings.HasPrefix(string(k), n.Kind+"/"+property+"=") {
				x.addText(n.Kind, property, text, r)
			}
		}
	}
}

// namedBy reports whether a property is the first of a fallback group.
func namedBy(kind *schema.Kind, property string) bool {
	return slices.ContainsFunc(kind.Fallback, func(g []string) bool { return g[0] == property })
}

// add adds a node, or more facts of a known one, and returns it.
func (x *index) add(kind string, keys []graph.Key, facts []graph.Fact) ref {
	r, known := ref(-1), false
	for _, k := range keys {
		if at, ok := x.byKey[k]; ok {
			if at = x.find(at); !known {
				r, known = at, true
			} else if at != r {
				x.parent[at] = r
			}
		}
	}
	if !known {
		r = ref(len(x.parent))
		x.parent = append(x.parent, r)
		x.key = append(x.key, keys[0])
		x.name = append(x.name, x.nameOf(kind, facts))
	}
	for _, k := range keys {
		x.byKey[k] = r
	}
	if !known {
		x.names.Add(kind, facts)
	}
	for _, property := range x.wanted[kind] {
		for i := range facts {
			if facts[i].Property == property {
				x.addText(kind, property, facts[i].Value, r)
			}
		}
	}
	return r
}

// nameOf returns the caption that facts of a node state, of a region the name
// from the province down.
func (x *index) nameOf(kind string, facts []graph.Fact) string {
	caption := x.model.Node(kind).Caption
	if kind == "Region" {
		caption = "full_name"
	}
	for i := range facts {
		if text, ok := facts[i].Value.(string); ok && facts[i].Property == caption {
			return text
		}
	}
	return ""
}

func (x *index) addText(kind, property string, value any, r ref) {
	switch v := value.(type) {
	case string:
		x.byText.Add(kind, property, v, r)
	case []string:
		for _, text := range v {
			x.byText.Add(kind, property, text, r)
		}
	}
}

// find follows a ref to the node with which it was joined.
func (x *index) find(r ref) ref {
	for x.parent[r] != r {
		x.parent[r] = x.parent[x.parent[r]]
		r = x.parent[r]
	}
	return r
}

// has reports whether a key finds a node.
func (x *index) has(k graph.Key) bool {
	_, ok := x.byKey[k]
	return ok
}

// lookup returns the nodes of a kind of which the property may have the given
// text, in order of their keys. A text that is not a valid value of an
// identifying property finds nothing; its error is returned. Where only nodes
// without stronger keys are found by a name, it finds also those that have the
// name beside a stronger key. Of nodes that are joined it returns one, that of the
// name alone if there is one.
func (x *index) lookup(kind *schema.Kind, property, text string) ([]ref, error) {
	var found []ref
	if mapping.Identifies(kind, property) {
		values, err := valuesOf(kind.Property(property), text)
		if err != nil {
			return nil, err
		}
		for _, value := range values {
			for _, k := range graph.KeysOf(kind, map[string]any{property: value}) {
				if r, ok := x.byKey[k]; ok {
					found = append(found, x.find(r))
				}
			}
		}
	}
	exact := len(found)
	if byName := exact > 0 && namedBy(kind, property); byName || exact == 0 && slices.Contains(x.wanted[kind.Name], property) {
		for _, r := range x.byText.Find(kind.Name, property, text) {
			r = x.find(r)
			if _, named := graph.FallbackText(kind, x.key[r]); !byName || !named {
				found = append(found, r)
			}
		}
	}
	slices.SortFunc(found[exact:], func(a, b ref) int { return strings.Compare(string(x.key[a]), string(x.key[b])) })
	return x.distinct(found), nil
}

// valuesOf returns the values that a text may mean: one, or the codes of a number that
// two exchanges have.
func valuesOf(p *schema.Property, text string) ([]any, error) {
	value, err := p.Parse(text)
	if errors.Is(err, schema.ErrTwoExchanges) {
		return []any{text + ".NQ", text + ".BJ"}, nil
	}
	return []any{value}, err
}

// distinct removes nodes that are one with a node before them.
func (x *index) distinct(list []ref) []ref {
	if len(list) < 2 {
		return list
	}
	seen := map[int32]bool{}
	return slices.DeleteFunc(slices.Compact(list), func(r ref) bool {
		n := x.book.Number(x.key[r])
		again := n >= 0 && seen[n]
		seen[n] = true
		return again
	})
}

// one reports whether two refs are the same node or are joined.
func (x *index) one(a, b ref) bool {
	n := x.book.Number(x.key[a])
	return a == b || n >= 0 && n == x.book.Number(x.key[b])
}
