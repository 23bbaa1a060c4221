// Package edits makes the batches by which people change the graph through an
// answer: a consent given or withdrawn, the role of a link, the status of a
// target, a judgement of two names, a step of an introduction. It checks them
// against a picture and writes nothing; who may call it is not its concern.
//
// A change that would not show, since a later statement or one that wins on the
// same day stands, is [graph.ErrConflict].
//
// Packages matching, api, the program and tests may import edits; it imports
// statements, projection, graph and schema.
package edits
