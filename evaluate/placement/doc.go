// Package placement measures how right the placement of companies at links is, on pairs
// of company and link that people judged.
//
// A pair is judged yes (the company makes what the link makes, or provides its service),
// partly (a side line, a neighbour, installation only) or no. With C the pairs that the
// program confirms,
//
//	strict     the part of C that is judged yes
//	lenient    the part of C that is judged yes or partly
//	recall     the part of the pairs judged yes that is in C
//	recall@5   the part of the pairs judged yes of which the link is among the five that
//	           the program thinks most probable for the company; links that are the
//	           same count as one
//	lines@5    the same where a link and those above it, which follow from it, count as
//	           one too ([place.Placer.Ranks])
//	AP         average precision of the probabilities, of yes against the rest
//	ECE        the expected calibration error: over ten bands of probability, the mean of
//	           |mean probability − part judged yes|, weighted by the pairs in the band
//
// A link that the program does not name for a company has probability 0 there. Shares have
// 90 % intervals (Wilson). The pairs of companies whose main line is manufacturing and of
// which only the business scope is known are shown apart, as they are the hardest.
//
// Packages cli and tests may import placement; it imports evaluate, place and shrinkage.
package placement
