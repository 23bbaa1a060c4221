// Package counts selects verdicts further than by state and action, and counts them: how
// many are of each state and call for each action, of all and by what they are part of.
//
// # Definitions
//
// Filters. A verdict is selected if it meets every filter that is given:
//
//	minDepth, maxDepth   its depth is not less, not more (1 is directly below a chain)
//	positions            the position of its link is one of these; a link without a position
//	                     is selected by none
//	declaredRoles        what a planner declared is one of these; nothing declared is none
//	hasPipeline          whether any project of R that was not dropped fills the link, as
//	                     the pipeline of a verdict lists them
//
// They select from the rows of a list, as states and actions do; what stands for other
// links is found before.
//
// Tally of some verdicts. links counts those neither EMPTY nor NOT_JUDGED, which empty and
// notJudged count and nothing else does; present those of links with n > 0; states and
// actions those of links by state and by action.
//
// Summaries. With ALL every link in the scope of a question is counted, with LEAVES every
// row that its list by LEAVES has, with those kept apart, before any filter. A line is for
// every ecosystem and every chain of which a counted link is part, and for every link in
// scope that has links in scope below it (as PART_OF leads, by any number of steps, SAME_AS
// not), over what is counted among itself and these. Lines are in the order of
// the levels ECOSYSTEM, CHAIN and LINK, then of the codes; one that would count nothing is left out. A
// verdict counts once in each line, so that lines of one level may count it more than once.
//
// Packages matrix, api, the program and tests may import counts; it imports gaps, lines,
// projection, tuning, graph and schema.
package counts
