// Package feasibility tells how likely a place is to gain an activity that it
// lacks, from what is known of companies up to one day: relatedness to what the
// place has, what places of like size or mix have taken up lately, and how the
// activity, its group and its sector grow in the whole country.
//
// The score of a cell (a place and an activity, called item) is a sum of
// terms, weight · (value − mean)/deviation, so that it explains itself term by
// term. Weights are never negative: every term is a reason in favour, and a
// cell loses by having less of it. They are learned by [Fit] from earlier days,
// for which it is known what came after, and kept in a file.
//
// The package knows no graph and no files: gaps, evaluate, the program and
// tests may import it; it imports relatedness.
package feasibility
