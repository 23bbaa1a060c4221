// Package relatedness holds the measures of economic complexity: how near
// activities are to each other by the places that have both, how near an
// activity is to those that a place has already, and how complex activities and
// places are. Places and activities are numbered from 0; what they represent
// (regions and links, countries and products) is up to the caller.
//
// Where the literature has two definitions of a word, each has its own name
// here, and no function chooses one silently:
//
//	proximity         minimum of the conditional probabilities (Hidalgo and
//	                  others 2007) · cosine of the two rows
//	complexity        second eigenvector · method of reflections (Hidalgo and
//	                  Hausmann 2009), both standardised; in package complexity
//	opportunity gain  what an activity adds to the outlook of a place, own part
//	                  included · with the activity's own part subtracted
//	                  (Hausmann and others, The Atlas of Economic Complexity)
//
// The package does not depend on a graph and imports nothing of this module.
// Package gaps, feasibility, the program and tests may import it.
package relatedness
