// Package candidates finds who would fill a link ℓ in a region R: companies at
// ℓ or below it that are not known to be in R (to attract), and companies of R
// that are not at ℓ but show that they are capable of it (to grow). It is a pure function of one
// [projection.Projection] and [tuning.Settings].
//
// Packages matching, api, evaluate/arrivals, the program and tests may import
// candidates; it imports capability, landing, gaps, area, projects, statements, projection,
// graph, schema and resolve.
//
// # Definitions
//
// Edges count, companies are active and placed and grades are attributed as in
// package gaps: one that is not active is no candidate. The score is the sum of weight·value over seven terms, each rounded to
// 1/10,000; commitment is subtracted. A term that is not known adds nothing and
// says why.
//
//	fit         to attract: .9 if only a project puts it here (see In hand); else 0 for a
//	            distributor (package capability) at a link that is not one of trade,
//	            else (g + r)/2, g by the best grade of what puts it at ℓ (A 1, B .9,
//	            C .7, D .4), r the largest share of revenue stated, 0 if none is;
//	            to grow: as package capability defines it, .9 if only a project does
//	supply tie  x/(x+2), x the SUPPLIES edges between it and companies of R
//	size        1 for a leader; else the share of the companies at ℓ in the
//	            country with fewer employees, or if its own are not known with
//	            less registered capital
//	expansion   how far and how lately it has grown beyond its own province, as
//	            package landing defines it
//	proximity   1 in R or in its city; .7 in its province; .4 where the first
//	            digit of the code is that of R; else .1; where R is the country, 1
//	reach       1 if a native of R who consents works there, of an earlier day one who
//	            consented then and still does; else .5 if an
//	            intermediary that covers R has served it
//	commitment  0 if it is in hand; else 1 for a project of elsewhere that is about ℓ, or
//	            an exclusion by a task force of elsewhere that is about ℓ; .5 if such
//	            a task force pursues it for ℓ; 0 otherwise
//
// About. A link is about ℓ if it is ℓ, below it or above it; a chain or an ecosystem is if
// ℓ is part of it by any number of steps. A project is about ℓ if a link that it fills is,
// or, where it fills no link, a chain that it fills. Edges count as in package gaps.
//
// A pursuit (TARGETS edge that counts) says with its property link what the company is
// wanted for: codes or names of links, else of chains or ecosystems, several of them divided
// by 、，；,; or a slash. It is about ℓ if one of those that the graph holds is. Where it
// holds none of them, or none is stated, the pursuit is about ℓ if one of the chains and
// ecosystems that its task force is in charge of is. Where there are none either, it is not
// known what it is about.
//
// Whose. Projects are of regions as in package gaps. A project is of elsewhere if it has
// regions, and none of them lies in R or around it. A task force is ours if one of the regions
// that it is in charge of is R, lies in R or around it; of elsewhere if it has regions and is
// not ours. What has no region counts for nobody and against nobody.
//
// An invented project or task force, or one that an invented edge joins with the company,
// speaks of invented companies only: of any other it counts neither as a commitment nor as
// an exclusion.
//
// In hand. A candidate is in hand if a project of R that is not dropped involves it, in any
// part, and fills ℓ or a link below it. Of several such projects that which has come furthest
// counts (no stage comes before LEAD), then that of the later news, then the first of the
// picture. An invented project counts here as in the pipeline of a verdict, and says so.
// The companies of a project of R that is not dropped, does not produce yet and fills ℓ or a link
// below are candidates for ℓ even if nothing else puts them there: to attract from outside R, to
// grow in R, a distributor too.
// Projects of R at other links are no commitment; the reason names the first of them.
//
// Exclusion. A company that a task force of ours excludes is no candidate for ℓ if the
// exclusion is about ℓ, or it is not known what it is about.
//
// Order. Those in hand come first, by the stage of their projects, the furthest first. Of
// equal ones, and after them, the higher score comes first; then the company that would fill
// more of the links asked about, ATTRACT before GROW, the larger company, the first of the
// picture. Among the best [DiverseTop] of those not in hand, at most candidates_per_group of
// one group of companies come before those of others.
//
// Many links. The links of a question are, each once and in this order: those named; those
// and those that the words of the question mean (package topics); those
// that the opportunity DEMANDS; of a chain or ecosystem, named or meant, those whose action in R, by package
// gaps, is CHECK, BUILD, FILL, STRENGTHEN or EXTEND, in the order of their priority,
// a link of which one below it is taken being left out. There are at most [MaxLinks]: of the
// latter the first ones, and the answer says how many are left. A company is listed once:
// with every link for which it is a candidate, with its scores there; its score, terms and
// reasons are those of the best of them, of equal ones of the first of the question.
// It is in hand if it is at one of them, by the project that counts of all of them.
// It is excluded if it is left out wherever it would be a candidate.
//
// Filters. A company must pass them all. What is not known passes no filter. LISTED: it has a
// stock code. OWNERSHIP: its ownership is one of those asked for; STATE is CENTRAL_STATE and
// LOCAL_STATE. PLACE: its place lies in one of the regions asked for; not known if one of
// them lies in its place. EMPLOYEES, CAPITAL: the size is not less than asked for. A company
// that does not pass counts once, at the first filter of this order that it does not
// pass, as removed, or as one of which it is not known.
//
// A candidate to attract states the kind of landing that is plausible (package
// landing); it adds no points.
package candidates
