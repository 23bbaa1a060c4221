// Package relatedness holds the measures of economic complexity: how near
// activities are to each other by the places that have both, how near an
// activity is to what a place does already, and how demanding activities and
// places are. Places and activities are numbered from 0; what they stand for
// (regions and links, countries and products) is the caller's.
//
// Where the literature has two definitions of a word, each has a name of its
// own here, and no function chooses in silence:
//
//	proximity         minimum of the conditional probabilities (Hidalgo and
//	                  others 2007) · cosine of the two rows
//	complexity        second eigenvector · method of reflections (Hidalgo and
//	                  Hausmann 2009), both standardised; in package complexity
//	opportunity gain  what an activity adds to the outlook of a place, own part
//	                  included · with the activity's own part subtracted
//	                  (Hausmann and others, The Atlas of Economic Complexity)
//
// The package knows no graph: gaps, feasibility, the program and tests may
// import it; it imports nothing of this module.
package relatedness
