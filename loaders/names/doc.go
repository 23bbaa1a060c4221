// Package names finds out which companies of a load and of a store are one: by
// their names, as package resolve compares them, by identifiers, and by what
// people judged. It joins them, takes joins back, lists the pairs to review,
// and finds what may have been meant by an unknown name.
//
// Package loaders, api, the program and tests may import names; it imports
// resolve, graph and schema.
package names
