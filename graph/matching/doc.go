// Package matching brings together intermediaries and needs: which intermediary
// fits a link that a region wants to be filled, and which of them serves which
// need if all needs are served at once. It is a pure function of one
// [projection.Projection] and [tuning.Settings].
//
// Package api, the program and tests may import matching; it imports gaps,
// edits, statements, assignment, projection, graph and schema.
//
// # Definitions
//
// The score of an intermediary for a need is the sum of weight·value over five
// terms, each rounded to 1/10,000. An intermediary without a specialty at or around
// the link is no match. A term that is not known adds nothing and says why.
//
//	specialty      the largest product of where a specialty lies (at the link,
//	               above it, in its chain, in its ecosystem) and how deep it is
//	cover          1 for the region or one that contains it; .5 for one within it
//	grade          what the grade of the record is worth
//	track record   the lower bound of the share of introductions that landed, of
//	               one side (Wilson), each counting 2^(−age/half-life)
//	free capacity  the part of the capacity that no open introduction takes
//
// A plan assigns intermediaries to needs so that the sum of score·priority is
// the highest that is possible with nobody above capacity, no need with more
// intermediaries than allowed and no match below the least score.
package matching
