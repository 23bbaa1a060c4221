// Package feasibility scores how likely a place is to gain an activity that it
// lacks, from what is known of companies up to one day: relatedness to what the
// place has, what places of similar size or mix have recently taken up, and how
// the activity, its group and its sector grow in the whole country.
//
// The score of a cell (a place and an activity, called item) is a sum of terms,
// weight · (value − mean)/deviation, so that each term explains its part of it.
// Weights are never negative: every term is a reason in favour, and a cell has a
// lower score with less of it. They are learned by [Fit] from earlier days, for
// which the later development is known, and stored in a file.
//
// The package depends neither on a graph nor on files and imports only
// relatedness. Packages gaps and evaluate, the program and tests may import it.
package feasibility
