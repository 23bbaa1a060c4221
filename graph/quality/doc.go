// Package quality states how good the data of a region are: how many companies
// are attributed, identified, stale, in conflict or perhaps the same as another, how
// well the links of each ecosystem are covered, which populations are complete, as of when
// and how far read, and which sources state what.
//
// Package api, the program and tests may import quality; it imports area, projection,
// graph and schema.
package quality
