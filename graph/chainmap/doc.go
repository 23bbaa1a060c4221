// Package chainmap draws one chain for one region: its links as a tree with their verdicts,
// the ties between them, and how many candidates, projects and targets there are.
//
// # Definitions
//
// Links. All links that are part of chain c by any number of steps, at most [MaxLinks]: the
// tree below c, parents before their parts. The parts of one node are in the order of their
// positions UPSTREAM, MIDSTREAM, DOWNSTREAM, none, then of their codes. What is part of a node
// and of another part of it is drawn below the latter. A link with several parents is drawn
// once: where this order comes to it first.
//
// Verdicts. Those that gaps lists for R with c alone as its scope, for every link, with those
// that are kept apart, by the reference and grade of the question. A link is a leaf if gaps by
// LEAVES has a row for it; the tally counts the leaves, as that list does.
//
// Ties of a layer. Those of package ties for c, of the whole country, by the same grade, of
// which both ends are links of c, the heaviest first; at most [MaxTies], and the answer says how
// many are left. A tie with one end in c alone leads outside and is only counted.
//
// For a link ℓ, and for c:
//
//	candidates of ℓ  the companies that package candidates lists for ℓ and R with the kind
//	                 ATTRACT, without filters; not sought for a link that is not judged
//	projects of ℓ    the projects of R in the pipeline of the verdict, each once
//	projects of c    those of any link of c, each once
//	targets of ℓ     the companies with a target of R that is wanted for ℓ or a link below it
//	targets of c     the companies with a target of R that is wanted for a link of c, for c or
//	                 for an ecosystem of c; or for nothing that the graph holds, by a task
//	                 force in charge of one of these
//
// A target of R is a TARGETS edge that counts, by a task force that is ours (package
// candidates) and speaks of the company, with a status other than EXCLUDED. None counts to a
// company that is not active. Of a link without candidates, projects or targets there are none known; that
// there are none is not known.
//
// Packages api, the program and tests may import chainmap; it imports area, candidates, counts,
// gaps, lines, projection, ties, tuning and graph.
package chainmap
