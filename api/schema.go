package api

import (
	"liantu/api/fields"
	"liantu/api/mutations"
	"liantu/api/questions"
)

// newSchema makes the whole GraphQL schema of a server: the types of the kinds of
// its model, the questions, and the changes that an office makes. Nothing is shared
// with another server. The error joins every fault.
func newSchema(s *fields.Service, all []questions.Question, office *mutations.Office) (*fields.Schema, error) {
	b := fields.NewBuilder(s)
	return b.Schema(questions.Root(b, all), office.Root(b), questions.SubscriptionRoot(b))
}
