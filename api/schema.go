package api

// newSchema makes the whole GraphQL schema of a server: the types of the kinds
// from its model, the questions, and the changes that an office makes. Nothing is
// shared with another server. The error joins every fault.
func newSchema(s *Service, all []Question, office *Office) (*Schema, error) {
	b := NewBuilder(s)
	return b.Schema(QueryRoot(b, all), office.Root(b), SubscriptionRoot(b))
}
