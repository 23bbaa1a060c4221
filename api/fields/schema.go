package fields

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/graphql-go/graphql"

	"liantu/api/disclosure"
	"liantu/api/engine"
)

// Schema is a whole GraphQL schema, and how each of its fields is served.
type Schema struct {
	Types    graphql.Schema
	Accesses map[string]engine.Access // by object and field, as in Company.name
	Policy   *disclosure.Policy
}

// Schema closes the schema over the fields of its root types; a root without
// fields is left out. The error joins every fault that was noted on the way.
func (b *Builder) Schema(query, mutation, subscription *graphql.Object) (*Schema, error) {
	types := make([]graphql.Type, 0, len(b.Kinds))
	for _, k := range b.Model.Nodes {
		types = append(types, b.Kinds[k.Name])
	}
	made, err := graphql.NewSchema(graphql.SchemaConfig{Query: query, Mutation: mutation, Subscription: subscription, Types: types})
	if err = errors.Join(append(b.faults, err)...); err != nil {
		return nil, err
	}
	b.settle(&made)
	b.Service.columns = b.columns
	return &Schema{Types: made, Accesses: b.accesses, Policy: b.policy}, nil
}

// Takes reports whether a field, named as in Query.gaps, takes an argument.
func (s *Schema) Takes(field, argument string) bool {
	object, name, _ := strings.Cut(field, ".")
	t, ok := s.Types.Type(object).(*graphql.Object)
	if !ok || t.Fields()[name] == nil {
		return false
	}
	return slices.ContainsFunc(t.Fields()[name].Args, func(a *graphql.Argument) bool { return a.PrivateName == argument })
}

// settle fills every lazily made table of the library and sorts what the library
// has in the order of a map. Without it concurrent requests would race on those
// tables.
func (b *Builder) settle(s *graphql.Schema) {
	byName := func(x, y *graphql.Argument) int { return cmp.Compare(x.PrivateName, y.PrivateName) }
	for _, t := range s.TypeMap() {
		switch t := t.(type) {
		case *graphql.Enum:
			order := b.order[t.Name()]
			slices.SortFunc(t.Values(), func(x, y *graphql.EnumValueDefinition) int {
				return cmp.Or(cmp.Compare(slices.Index(order, x.Name), slices.Index(order, y.Name)),
					cmp.Compare(x.Name, y.Name))
			})
			t.ParseValue("")
			t.Serialize("")
		case *graphql.Object:
			t.Interfaces()
			for _, f := range t.Fields() {
				slices.SortFunc(f.Args, byName)
			}
		case *graphql.Interface:
			for _, f := range t.Fields() {
				slices.SortFunc(f.Args, byName)
			}
			possible := s.PossibleTypes(t)
			slices.SortFunc(possible, func(x, y *graphql.Object) int { return cmp.Compare(x.Name(), y.Name()) })
			s.IsPossibleType(t, s.QueryType())
		}
	}
}
