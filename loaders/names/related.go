package names

import (
	"context"
	"fmt"
	"slices"

	"liantu/graph"
	"liantu/resolve"
	"liantu/schema"
)

// PartRelation is the part of a verdict that says that the data relate the two
// companies to each other.
const PartRelation resolve.Part = "relation"

// relation is an edge of the data between two companies of which one owns, supplies or
// contains the other, so that they are not one.
type relation struct {
	kind     *schema.Kind
	from, to graph.Key
}

// Distinct returns an edge kind of the model whose ends are two companies that are not
// one, nil for any other.
func Distinct(model *schema.Model, kind string) *schema.Kind {
	if k := model.EdgeKind(kind); k != nil && k.Edge.Distinct && k.Joins(CompanyKind, CompanyKind) {
		return k
	}
	return nil
}

// Relate adds an edge of a kind for which [Distinct] holds. No names join its ends.
func (b *Book) Relate(kind *schema.Kind, from, to graph.Key) {
	b.relations = append(b.relations, relation{kind, from, to})
}

// relate has the edges of the load added, and of the store where two companies of it
// might be joined, before names join groups of companies.
func (b *Book) relate(groups int, stored bool) error {
	if groups == 0 || b.Relations == nil {
		return nil
	}
	return b.Relations(stored)
}

// related returns the pairs of companies that edges relate, the smaller number first,
// with the kind of an edge, the first by name where there are several.
func (b *Book) related() map[[2]int32]*schema.Kind {
	pairs := make(map[[2]int32]*schema.Kind, len(b.relations))
	for _, r := range b.relations {
		x, y := b.Number(r.from), b.Number(r.to)
		if x < 0 || y < 0 || x == y {
			continue
		}
		pair := [2]int32{min(x, y), max(x, y)}
		if known := pairs[pair]; known == nil || r.kind.Name < known.Name {
			pairs[pair] = r.kind
		}
	}
	return pairs
}

// relationReason says which edge of the data speaks against one company.
func relationReason(kind *schema.Kind) resolve.Reason {
	return resolve.Reason{Part: PartRelation, Text: schema.Text{
		Zh: fmt.Sprintf("数据中两者有“%s”关系，不是同一家", kind.Label.Zh),
		En: fmt.Sprintf("the data say that one %s the other", kind.Label.En),
	}}
}

// RelateStored adds the edges of a store that relate companies.
func (b *Book) RelateStored(ctx context.Context, store graph.Reader, model *schema.Model) error {
	keys := map[graph.ID]graph.Key{}
	_, err := store.Changes(ctx, 0, func(c graph.Change) error {
		b.relateChange(model, keys, c)
		return nil
	})
	return err
}

// relateChange adds an edge of a change, for which the keys of companies before it are
// remembered.
func (b *Book) relateChange(model *schema.Model, keys map[graph.ID]graph.Key, c graph.Change) {
	switch {
	case c.Node != nil && c.Node.Kind == CompanyKind:
		keys[c.Node.ID] = c.Node.Keys[0]
	case c.Edge != nil:
		if kind := Distinct(model, c.Edge.Kind); kind != nil && c.Edge.From != c.Edge.To {
			b.Relate(kind, keys[c.Edge.From], keys[c.Edge.To])
		}
	}
}

// JudgedOne reports whether a person judged the same what is the company of a key.
func (b *Book) JudgedOne(k graph.Key) bool {
	if len(b.opinions) == 0 {
		return false
	}
	list := b.companies()
	dir := newDirectory(b.kind, list)
	at, ok := dir.byKey[k]
	if !ok {
		return false
	}
	said, _ := b.judged()
	for pair, v := range said {
		if v == judgedSame && slices.Contains(dir.lookup(pair[0]), at) && slices.Contains(dir.lookup(pair[1]), at) {
			return true
		}
	}
	return false
}
