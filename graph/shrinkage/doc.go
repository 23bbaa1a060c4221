// Package shrinkage holds the statistics of location quotients of few companies, by
// empirical Bayes as in disease mapping: a count is Poisson with mean λE, and λ ~ Gamma(a,
// a) with an a that is fitted to all cells of a level; and the interval of a share. It knows
// no graph.
//
// Packages gaps, capability, matching, loaders/lists and tests may import shrinkage; it imports nothing of this module.
package shrinkage
