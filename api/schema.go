package api

import (
	"errors"

	"github.com/graphql-go/graphql"
)

// newSchema makes the whole GraphQL schema of a server: the types of the
// kinds from its model, the types of the answers, and the questions. Nothing
// is shared with another server. The error joins every fault.
func newSchema(s *Server) (graphql.Schema, error) {
	b := newBuilder(s)
	b.pageInfo()
	b.makeFacts()
	b.makeKinds()
	b.makeWords()
	query, mutation, subscription := b.query(), b.mutation(), b.subscription()
	types := make([]graphql.Type, 0, len(b.kinds))
	for _, k := range b.model.Nodes {
		types = append(types, b.kinds[k.Name])
	}
	made, err := graphql.NewSchema(graphql.SchemaConfig{Query: query, Mutation: mutation, Subscription: subscription, Types: types})
	if err = errors.Join(append(b.faults, err)...); err != nil {
		return graphql.Schema{}, err
	}
	b.settle(&made)
	s.accesses, s.properties, s.leads = b.accesses, b.properties, b.leads
	s.columns, s.rights = b.columns, b.rights
	return made, nil
}

// query makes the root type.
func (b *builder) query() *graphql.Object {
	fields := graphql.Fields{}
	for _, add := range []func(graphql.Fields){
		b.lookupFields,
		b.metaFields,
		b.gapFields,
		b.candidateFields,
		b.introductionFields, b.matchFields,
		b.adviceFields,
		b.qualityFields,
		b.batchFields,
	} {
		add(fields)
	}
	return graphql.NewObject(graphql.ObjectConfig{
		Name:        "Query",
		Description: both("The questions.", "可提的问题。"),
		Fields:      b.of("Query", fields),
	})
}
