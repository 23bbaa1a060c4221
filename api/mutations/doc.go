// Package mutations holds the changes that the interface takes. An [Office] makes
// each once for a key of the client, on record, and resting on what the client has
// seen. What a change means for the graph is said in package gaps; here stands who
// may make it, of what, and what becomes of it when something fails midway.
//
// Only package api may import mutations.
package mutations
