// Package gaps answers the questions of industry strategists about one
// picture of the graph: which links of an industry chain are missing, weak,
// strong or unknown in a region, why, and what would change that.
// Every question is a pure function of one [projection.Projection] and
// [Settings]; it accesses no store and changes nothing.
//
// Packages candidates, introductions, matching, api, the program and tests may
// import gaps; it imports area, statements, feasibility, relatedness, projection,
// graph and schema.
//
// # Definitions
//
// The following are exact, so that another implementation (a Cypher query, a
// spreadsheet) can be compared with this one.
//
// Time. The day of the picture D is [projection.Projection.AsOf]. An edge
// counts if its shown valid_from, completed to the first day it may mean, is
// not after D, and its shown valid_to, completed to the last day it may mean
// (2016 → 2016-12-31, 2016-02 → 2016-02-29), is not before D.
//
// Region. 110100 means 110000, and likewise 120100, 310100 and 500100. The
// level of a code is country (100000), province (ends in 0000), city (ends in
// 00) or county. A code lies in a region if it shares the region's first 0, 2,
// 4 or 6 digits. In the country is everything, also a company without a place.
//
// Place of a company: the region of one of its LOCATED_IN edges that count,
// chosen by role (REGISTERED, SITE, OFFICE, none), then newest as-of among the
// facts that state the edge, then best grade of the edge, then deepest level,
// then smallest code. A company without such an edge is placed at the country.
// Every company has one place, whether it is synthetic or not.
//
// Active. A company whose shown status is MOVED, SUSPENDED, LIQUIDATING, REVOKED or
// DEREGISTERED (迁出, 停业, 清算, 吊销, 注销) is left out of all that follows, and so
// are its edges, as if they were not in the graph. ACTIVE and no status count. A
// verdict names the companies of R that are left out at ℓ (INACTIVE); the reason
// has no points.
//
// Attribution. The grade of an edge is the best grade among the facts that
// state it. A company is at link ℓ if an OPERATES_IN edge that counts, of
// grade ≤ min_grade (A < B < C < D), joins it to ℓ or to a link below it, that
// is, one that leads to ℓ by PART_OF edges that count. It is attributed if it
// is at any link. It leads at ℓ if such an edge has leader = true, or the
// company itself has leader = true. Companies are always counted once.
//
// Reference P: the whole country, or the union of the regions given as peers,
// each company once. R itself is not removed.
//
//	N, A, U   companies in R, those attributed, U = N − A; coverage = A/N
//	n         companies in R at ℓ
//	NP AP nP  the same in P
//	p         nP/AP; 0 if AP = 0
//	E         A·p
//	hidden    U·p + Σ_Q m_Q·s_Q over the regions Q strictly above R,
//	          with m_Q the companies at ℓ placed exactly at Q (for the country:
//	          without a place), and s_Q the share of R in Q: companies in R
//	          whose place has R's level or a deeper one, divided by companies
//	          in Q whose place has R's level or a deeper one; if there are none
//	          of the latter, 1 divided by the regions of R's level in Q
//	LQ        n/E; unknown if E = 0
//
// Prior. The levels of cells: (region level of R) × (depth of ℓ), where depth
// is 1 for a link that is PART_OF a chain or of nothing, else one more than
// the least depth of its parents. The cells of a level are all pairs (r, j) of
// a region r of that region level and a link j of that depth, with n_rj the
// companies in r at j and E_rj = A_r·p_j, p_j from the reference P. Cells with
// E_rj = 0 are left out. a maximises Σ log NB(n_rj), where NB is the Poisson
// with mean λE and λ ~ Gamma(a, a), within [prior_min, prior_max]; without
// any cell a is prior_min.
//
// Posterior. λ ~ Gamma(shape a+n, rate a+E): mean (a+n)/(a+E); low and high
// are the quantiles (1 ± interval)/2, so that interval = .9 gives 5 % and
// 95 %; P(weak) = P(λ < weak_below), P(strong) = P(λ > strong_above),
// P(adequate) is the rest.
//
// Size. The measure at (R, ℓ) is employees if they are stated of at least
// capacity_known of the n companies, else registered capital if it is stated of
// at least that share, else there is none. A number of 0 counts as not stated.
// top1 is the largest known size at (R, ℓ) divided by the sum of the known ones.
//
// Capacity. With the measure of (R, ℓ) and K the attributed companies of which
// it is stated: c the mean size of K at ℓ in P, n* the sum of the sizes of K at
// ℓ in R divided by c (so many average companies), E* = |K in R|·|K at ℓ in P|/|K in P|.
// capacity LQ = n*/E*, capacity mean = (a+n*)/(a+E*); unknown without a measure
// or if c or E* is 0 or has no value.
//
// State, by the first rule that fits:
//
//	UNKNOWN   nP = 0 (NO_REFERENCE); confidence 1
//	UNKNOWN   A = 0 (NO_COVERAGE): nothing is known of what R does; confidence 1
//	UNKNOWN   n = 0 and hidden ≥ hidden_unknown (HIDDEN); confidence 1 − e^−hidden
//	ABSENT    n = 0; confidence e^−hidden
//	WEAK, ADEQUATE, STRONG: the most probable (the earlier in this list if
//	          equal), its probability being the confidence. STRONG becomes
//	          ADEQUATE, with confidence 1 − P(weak), if SINGLE_FIRM (n ≥
//	          single_firm_min and top1 ≥ single_firm_share) or NO_ANCHOR
//	          (somebody in P leads at ℓ and nobody in R).
//
// Comparisons with a threshold allow for rounding: "≥ x" is "not less than x by
// more than 1e-9", "> x" is "more than x by more than 1e-9".
//
// The flags SINGLE_FIRM and NO_ANCHOR are set by their conditions wherever
// n > 0, not only where they change the state.
//
// Severity: ABSENT 1 − e^−E; UNKNOWN by HIDDEN (1 − e^−E)·e^−hidden; UNKNOWN
// otherwise none; else P(weak).
//
// Pull. Downstream of ℓ are the links j that a FEEDS edge (of any layer) leads
// to from ℓ or a link below it, j being neither; upstream are those that FEEDS
// leads from. pull_down and pull_up count the companies of R at any of these
// links; unknown if there is no such link. Customers are downstream: they ask
// for the link.
//
// Leaked: SUPPLIES edges that count, from a company at ℓ whose place lies
// neither in R nor above it, to a company in R. Unknown if no SUPPLIES edge at
// all leads to a company in R.
//
// Relatedness. For links i, j of the same depth and the regions r of R's level
// with A_r > 0 that lie in the country: M_rj = 1 if n_rj > 0 and n_rj ≥ E_rj.
// φ_ij = |{r: M_ri = M_rj = 1}| / max(Σ_r M_ri, Σ_r M_rj), 0 if both are 0; so
// φ_ii = 1 if any region has i. density_rℓ = Σ_j M_rj φ_ℓj / Σ_j φ_ℓj over all
// links j of the depth, ℓ itself among them; unknown if the sum below is 0 or
// A_r = 0. density_median is the median over these regions that lie in P (the
// mean of the two in the middle if their number is even). density_rank is the
// share of the other links of the depth with a known density whose density in
// R is less, those of the same density counting half; unknown if there is no
// other.
//
// Momentum of ℓ: y/(y+Y), with y the share of the companies at ℓ in the
// country, of known founding year, founded after Z − momentum_years, and Y the
// same over all attributed companies, Z being the newest founding year of an
// attributed company. Unknown with fewer than momentum_min companies of known
// founding year at ℓ, or if y+Y = 0. One half means as young as all.
//
// Chain of ℓ: of the chains that ℓ is part of by any number of steps, the one
// with the smallest code. Its presence is the share of its links, of all
// depths, with n > 0. It is established if presence ≥ established_share. A
// link without a chain is in no established chain.
//
// Action, by the first rule that fits:
//
//	CHECK       UNKNOWN
//	BUILD       ABSENT, declared CORE, in a chain that is not established
//	FILL        ABSENT, with pull_down > 0 or in an established chain
//	STRENGTHEN  WEAK; or declared PROMINENT and ADEQUATE
//	EXTEND      ABSENT (so in no established chain), some link upstream of ℓ is
//	            STRONG in R, and density > density_median
//	KEEP        n > 0
//	WATCH       the rest
//
// Computed class: none for UNKNOWN; CORE for ABSENT in a chain that is not
// established; KEY for ABSENT otherwise; PROMINENT for WEAK and STRONG; none
// for ADEQUATE. It uses nothing that a planner declared.
//
// Priority: the sum of four terms, each weight·value rounded to 1/10,000:
// severity; pull x/(x+pull_half) with x = pull_down + pull_up; feasibility, the
// mean of density_rank and momentum as far as they are known; importance by the
// declared role. An unknown value adds no points and says why.
//
// Feasibility score, beside the priority: the learned score of package
// feasibility for a link that the region lacks, see [Feasibility]. Places are
// the regions of R's level with attributed companies, items the links of ℓ's
// depth, entries the companies there, as old as they were founded before the day
// of the picture. Each term gives weight·(value − mean)/deviation, the mean being
// that of the links that R lacks, and the terms add up to the score.
package gaps
