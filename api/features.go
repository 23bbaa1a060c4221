package api

// Features are the parts of the interface that a service may leave out. All are
// useful to a single local user, and all are off in the zero value.
type Features struct {
	GetQueries    bool // whether queries are accepted by GET, too
	Introspection bool // whether the schema may be queried
	Explorer      bool // whether a browser gets a page for queries
	Compression   bool // whether long answers are compressed for clients that accept it

	// LocalNames restricts the service to its own machine: it answers only to
	// localhost, to numeric addresses and to its public address. A page of another site could otherwise
	// point its name at this machine and read everything as a page of its own
	// (DNS rebinding).
	LocalNames bool
}
