// Package matrix counts, for several regions and several chains at once, what package gaps
// finds for each region at the links of each chain: one row for each region, in it one cell
// for each chain.
//
// # Definitions
//
// Rows. Either the regions that are named, in that order, each once, or the regions directly
// below one, by code. Columns. The chains that are named, in that order, each once; else those
// of the ecosystem, else all, by code; at most 60.
//
// Cell of region R and chain c, by the grade and the reference P of the question:
//
//	rows       the verdicts that gaps lists for R with c alone as its scope, by the same
//	           levels, with those that are kept apart
//	states     the rows by state, those kept apart first
//	actions    the rows by action, but those kept apart
//	links      the rows that are not kept apart
//	here       those of links with n > 0
//	companies  how many companies there are in n of any link of c, on every level, each once;
//	           links that are not judged have no n
//
// Location quotient. Of each cell one population is counted, never several. It is the first
// frame, in the order in which gaps lists the frames of R, that is comparable (complete in R
// and in P as of near dates) and has all links of c in its scope; one that is large (at least
// min_population of its companies are at links) in R and P comes before one that is large in
// P, and that before any other. Of its companies only, each once:
//
//	n′, n′P    those of R, of P that the frame puts at a link of c that is judged
//	A′, A′P    those of R, of P that it puts at any link of its scope
//	expected   E′ = A′·n′P/A′P
//	quotient   n′/E′
//
// The quotient is unknown with NO_FRAME if there is no such frame, with TOO_FEW if A′ or A′P
// is below min_population, with NO_REFERENCE if n′P is 0; expected with NO_FRAME, and with
// TOO_FEW if A′P is 0. The frame is stated with the cell: that of another region in the same
// column may be another one.
//
// Coverage of a row counts everybody known in R, as that of gaps does. Data dates are those
// of the companies of all rows, each once, at the links of all columns. Cells are computed
// row by row when they are asked for, and cached.
//
// Packages api, the program and tests may import matrix; it imports area, counts, dates,
// gaps, lines, projection, tuning and graph.
package matrix
