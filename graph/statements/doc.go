// Package statements reads what the facts of an edge state: a text, the best
// and the newest of them, the span of their dates, and days as numbers. It holds no rule of any question.
//
// Packages edits, gaps, candidates, introductions and matching may import it; it
// imports graph.
package statements
