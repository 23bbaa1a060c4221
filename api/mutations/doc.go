// Package mutations holds the changes that the interface takes. An [Office] makes
// each once for a key of the client, records it in the audit log, and refuses it if
// what the client has seen is out of date. Package edits says what a change means
// for the graph; this package decides who may make it, of what, and what happens
// when something fails midway.
//
// Only package api may import mutations.
package mutations
