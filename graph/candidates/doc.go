// Package candidates finds who would fill a link ℓ in a region R: companies at
// ℓ or below it that are not known to be in R (to attract), and companies of R
// that are not at ℓ but next to it (to grow). It is a pure function of one
// [projection.Projection] and [tuning.Settings].
//
// Packages matching, api, the program and tests may import candidates; it
// imports gaps, area, statements, projection, graph, schema and resolve.
//
// # Definitions
//
// Edges count, companies are active and placed and grades are attributed as in
// package gaps: one that is not active is no candidate. The score is the sum of weight·value over seven terms, each rounded to
// 1/10,000; commitment is subtracted. A term that is not known adds nothing and
// says why.
//
//	fit         to attract: (g + r)/2, g by the best grade of what puts it at ℓ
//	            (A 1, B .9, C .7, D .4), r the largest share of revenue stated,
//	            0 if none is; to grow: .9 if it makes a product that BELONGS_TO ℓ,
//	            else .6 at a link with the same parent, else .5 at a link one
//	            FEEDS step away
//	supply tie  x/(x+2), x the SUPPLIES edges between it and companies of R
//	size        1 for a leader; else the share of the companies at ℓ in the
//	            country with fewer employees, or if its own are not known with
//	            less registered capital
//	expansion   x/(x+2), x the cities outside its own where it has a site or an
//	            office or holds shares of a company
//	proximity   1 in R or in its city; .7 in its province; .4 where the first
//	            digit of the code is that of R; else .1; where R is the country, 1
//	reach       1 if a native of R who consents works there; else .5 if an
//	            intermediary that covers R has served it
//	commitment  1 for a project that is not dropped, or an exclusion by a task
//	            force of another region; .5 if such a task force pursues it; 0
//	            otherwise
//
// A company that a task force in charge of R, of a region around it or of one in
// it excludes is no candidate. Among the best [DiverseTop], at most
// candidates_per_group of one group of companies come before those of others.
package candidates
