package api

// Features are the parts of the interface that a service may leave out. They
// are all useful where one works on one's own, and all off in the zero value.
type Features struct {
	GetQueries    bool // whether questions are taken by GET, too
	Introspection bool // whether the schema may be asked for
	Explorer      bool // whether a browser gets a page to ask from

	// LocalNames says that the service is meant for its own machine: it answers
	// to localhost and to addresses in numbers alone. A page of another site
	// could otherwise let its name point at this machine and read everything as
	// a page of its own.
	LocalNames bool
}
