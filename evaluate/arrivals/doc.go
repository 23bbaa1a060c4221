// Package arrivals back-tests lists of candidates on a graph: of the companies that
// came to a region with a link after a day, how high did the list of that day
// place them? What the graph lacks for that is counted, and no figure is given
// that it cannot carry.
//
// The program and tests may import arrivals; it imports evaluate, candidates, gaps,
// landing, projects, projection, tuning, graph and schema.
//
// # Definitions
//
// A city is a prefecture or a whole municipality: the region of level city above a
// place. A company c came to a city R with a link ℓ on a day if c is placed in
// another city and one of these holds; nothing that is invented counts:
//
//	subsidiary  c holds more than half of the shares of an active company s, or a
//	            ratio that is not stated (INVESTS_IN); s is placed in R; a statement of
//	            the grade that counts puts s at ℓ; the day is the valid_from of the
//	            holding, else the day of the foundation of s
//	project     c takes part in a project that is not dropped, as its company or
//	            else as an investor; R is a city of its regions; it fills ℓ; the
//	            day is its landed_on, else its signed_on
//
// A day that is stated as a month or a year is its last day. The same company,
// city and link count once, on the first day. The arrivals tested are those after
// the cutoff, up to the end of the window.
//
// The list is that of [candidates.Ask] on the picture of the cutoff, for R and ℓ, of
// candidates to attract. An arrival of whom the picture of the cutoff knows not
// the company, the link or the city, or that is not on the list, is one that the
// list misses: rank infinite for every method. Methods: ours is the order by
// score; size and fit are the order by that term alone, 0 where it is not known; equal
// ones have their mean rank; random is the expectation over all orders. MRR is
// the mean of 1/rank, hits_at_10 the share of ranks of at most 10, for random (1 +
// 1/2 + … + 1/n)/n and min(1, 10/n) for a list of n. The intervals hold the figure in
// 95 of 100 bootstraps of the companies that came.
//
// Fewer than [Least] arrivals on lists carry no figure: the report then has none.
package arrivals
