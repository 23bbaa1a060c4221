// Package gaps answers the questions of industry strategists about one
// picture of the graph: which links of an industry chain are missing, weak,
// strong or unknown in a region, why, and what would change that.
// Every question is a pure function of one [projection.Projection] and
// [Settings]; it accesses no store and changes nothing.
//
// Packages candidates, introductions, matching, ties, api, the program and tests may
// import gaps; it imports area, dates, holds, newcomers, statements, feasibility, relatedness, shrinkage, lines,
// offers, projects, tuning, projection, graph, schema and message.
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
// Active. A company whose shown status is MOVED, SUSPENDED, LIQUIDATING, REVOKED or DEREGISTERED
// (迁出, 停业, 清算, 吊销, 注销) is left out of all that follows, and so are its edges, as if they were not
// in the graph. ACTIVE and no status count. A verdict names the companies of R that are left out at
// ℓ (INACTIVE); the reason has no points.
//
// Links. A link holds companies unless its property holds says CUSTOMERS, ACTIVITY or
// HEADING. A link that holds none is not judged: it has n and who leads, and no other number, no
// action, class or priority (NOT_JUDGED). It is no cell of a prior, no link j of relatedness
// or of a feasibility score, none of the links of a chain whose share is present, no need, and
// no candidates are sought for it. Where pull would count one as a link j, it counts those
// below it that hold companies. For all else, so for what is below it, it
// is a link as others: it has a depth, and who is there is attributed (A).
//
// Same links. A SAME_AS edge that counts holds in both directions. Between a link and itself, or
// a link that leads to it by PART_OF edges that count, it counts for nothing. Links that such
// edges join by any number of steps are the same. A link b counts at ℓ if it is ℓ, or leads to ℓ by
// steps from link to link each of which is a PART_OF edge or joins the same links. Wherever an
// edge OPERATES_IN, MAY_OPERATE_IN, FILLS, DEMANDS or HOSTS is said to lead to ℓ or a link below
// it, it leads to a link that counts at ℓ; a park hosts ℓ if it hosts a link at which ℓ counts. By
// a frame a company is at the ℓ of X at which the link of its edge counts, whether that
// link is in X or not. So the same companies are at links that are the same; each
// company counts once, and its evidence names the link of the edge. Chain, depth, scope, FEEDS and what is declared are
// of each link alone, and each is a cell of its own.
//
// Presence. The grade of an edge is the best grade among the facts that state it. A company is at
// link ℓ if an OPERATES_IN edge that counts, of grade ≤ min_grade (A < B < C < D), joins it to ℓ or
// to a link below it, that is, one that counts at ℓ. It is attributed if it is at any link. It
// leads at ℓ if such an edge has leader = true, or the company itself has leader = true. Companies
// are always counted once.
//
//	N, A, U   companies known in R, those attributed, U = N − A; coverage = A/N
//	n         companies of R at ℓ, whoever states it, and those that produce in R at ℓ
//
// Projects. The regions of a project are those of its LOCATED_IN edges that count;
// without any, those of the parks to which an INVOLVES edge of part LOCATION that counts
// leads, by LOCATED_IN edges that count; without any, those that the task forces in
// charge of it (IN_CHARGE_OF, edges that count) are in charge of. A project is of R if one
// of its regions is R or lies in R; of the country is every project. It fills ℓ if a FILLS edge that counts leads from it
// to ℓ or to a link below it; one that leads to a chain fills no link. Its companies
// are the active ones to which an INVOLVES edge of part PROJECT_COMPANY that counts
// leads, without any those of part INVESTOR. They produce in R at ℓ if its stage is
// PRODUCING, it is of R and fills ℓ. They lead there if the company has leader = true.
//
// A project is alive if its stage is SIGNED, LANDED, BUILDING or PRODUCING and its news is not
// before the day news_months months before D (the last of that month if it has no such day). Its
// news is the newest of the as-of dates of its facts and of its dates of what happened
// (first_contact, signed_on, landed_on, land_on, started_on, completed_on, producing_on,
// full_capacity_on), each completed to the last day.
//
// Parks and opportunities. Their regions are those of their LOCATED_IN edges that count. One
// is of R if one of these is R or lies in R; of the country is every one. A park of R hosts ℓ
// if a HOSTS edge that counts leads from it to ℓ, to a link above ℓ or to a chain that ℓ is
// part of (none to an ecosystem); as its leading industry if the edge has leading = true. An
// opportunity of R demands ℓ if a DEMANDS edge that counts leads from it to ℓ or to a link below
// it, and it is open: its deadline, completed to the last day, is not before D, or not stated. A
// verdict names them (HOSTED, DEMANDED), without points; nothing else depends on them.
//
// Reference P: the whole country, or the union of the regions given as peers, each
// company once; a peer that lies in another one adds nothing. R itself is not removed.
//
// # Populations
//
// A list speaks for the companies that it was meant to hold and for nobody
// else. So presence is asked of everything known; absence and strength only
// within a population that is complete in the region (and in the reference).
//
// Populations, widest first: REGISTERED, ABOVE_SCALE, CERTIFIED, LISTED. A Source
// with one of them and with regions in complete_in declares that it holds all
// companies of the population in these regions; with a scope, those at the links of
// these ecosystems, chains and links and below them. A declaration with a region or
// a scope that is not in the graph is void, and so is one of the population
// SELECTION.
//
// A frame is a population with a scope X (the set of the codes in scope; all links if
// there are none). A declaration of the frame covers an area if the area, or one that
// it lies in, is in its complete_in. With is_placement = true it is a placement of the
// frame: the result of placing all its companies at links. Otherwise it is a list. Of
// the lists that cover an area those count there that have the newest complete_on
// (completed to its last day; one without comes before all others): the current lists of
// the area. A list is dated by its complete_on, else by its data_date, both completed to
// the last day, else by D; in a picture of a requested day by D at the latest.
//
// A frame is complete in an area if a list of it covers the area, and then is as old as
// the newest of the current lists; or if the area has regions of the graph directly
// below it (none lies between) and the frame is complete in each of them, and then is
// as old as the oldest of these. (So in a graph of one province only, what is complete
// there is complete in the country.) It is complete in P if it is in each area of P, and
// as old as the oldest.
//
// A list names a company if it states a fact of the company itself, not only of an edge, as
// of a day that, completed to its
// last, is not before its complete_on, if it has one; in a picture of the past, as of a
// day that is not after D either. A company is a member of a frame
// if a current list of its place names it; of a frame of the population REGISTERED,
// if there is a current list of its place at all.
//
// A member is at ℓ by the frame if ℓ is in X and facts of the edge that current
// lists of its place state, or placements of the frame that cover its place, put it there:
// an OPERATES_IN edge that counts, to ℓ or to a link below it that is in X, the best
// of these facts being of grade ≤ min_grade. It leads there if such an edge or the
// company has leader = true.
//
//	N′ A′ n′      members in R, those at any link by the frame, those at ℓ by it
//	N′P A′P n′P   the same in P
//	p′            n′P/A′P; 0 if A′P = 0
//	E′            A′·p′
//	LQ            n′/E′; unknown if E′ = 0
//
// A frame is large enough in an area if A′ there is not less than min_population.
// Frames are in the order of their populations, widest first; then those of more links
// in X first; then the newer in R; then by the codes in scope, joined by blanks.
//
// A question may name a population. Then the frames of other populations are as if no
// source declared them; all else is the same: presence is of everything known. Without
// one, all frames count.
//
// The comparable frame of (R, P, ℓ) is one that has ℓ in X and is complete in R and in P,
// with dates that are at most frame_years apart (365.25 days each); in a comparison
// it must be complete in all regions compared, with such dates in each. It is the first of these that is large
// enough in R and in P; without one the first that is large enough in P; without one
// the first. (A wide list of which hardly anybody was placed says nothing, and takes the
// place of none that does.) The naming frame of (R, ℓ) is the
// first that has ℓ in X, is complete in R and large enough there.
//
// Everything about strength is of the comparable frame only: E′, prior, size,
// capacity, relatedness, momentum, and the leaders of P. It is unknown without one
// (NO_FRAME).
//
// hidden, for a naming frame: U′·p + Σ_i q_i + Σ_Q m_Q·s_Q, with
//
//	U′   members in R that are at no link by anybody's statement and have no value of
//	     placement (READ, UNDER_REVIEW, REJECTED)
//	p    p′ of the comparable frame; without one nP/AP of the companies in P that are
//	     members of any frame, by anybody's statement (0 if AP = 0)
//	q_i  of each company i known in R, at no link, with placement = UNDER_REVIEW: the
//	     greatest probability of a MAY_OPERATE_IN edge that counts to ℓ or below it, if
//	     it is not less than review; else 0
//	m_Q  for each region Q strictly above R: members placed exactly at Q (for the country:
//	     without a place) that are at ℓ by anybody's statement
//	s_Q  the share of R in Q: members in R whose place has R's level or a deeper one,
//	     divided by members in Q whose place has R's level or a deeper one; if there are
//	     none of the latter, 1 divided by the regions of R's level in Q
//
// Prior. The levels of cells: (region level of R) × (depth of ℓ), where depth is 1 for a link that
// is PART_OF a chain or of nothing, else one more than the least depth of its parents. The cells of
// a level are all pairs (r, j) of a region r of that region level in which the frame is complete,
// and a link j of that depth in X, with n_rj = n′ and E_rj = A′_r·p′_j, p′_j from the reference P.
// Cells with E_rj = 0 are left out. a maximises Σ log NB(n_rj), where NB is the Poisson with mean
// λE and λ ~ Gamma(a, a), within [prior_min, prior_max]; without any cell a is prior_min.
//
// Posterior of a count x. λ ~ Gamma(shape a+x, rate a+E′): mean (a+x)/(a+E′); low and high are the
// quantiles (1 ± interval)/2, so that interval = .9 gives 5 % and 95 %; P(weak|x) = P(λ <
// weak_below), P(strong|x) = P(λ > strong_above), P(adequate|x) is the rest. What is shown is of
// n′, and only where strength may be judged: the comparable frame is large enough in R and in P,
// and n′P > 0. Otherwise it is unknown: NO_FRAME, TOO_FEW or NO_REFERENCE, the first that fits.
//
// Size. The measure at (R, ℓ) is employees if they are stated of at least
// capacity_known of the n′ companies, else registered capital if it is stated of
// at least that share, else there is none. A number of 0 counts as not stated.
// top1 is the largest known size of these divided by the sum of the known ones.
//
// Capacity. With the measure of (R, ℓ) and K the members at any link of which it is stated: c the
// mean size of K at ℓ in P, n* the sum of the sizes of K at ℓ in R divided by c (so many average
// companies), E* = |K in R|·|K at ℓ in P|/|K in P|. capacity LQ = n*/E*, capacity mean =
// (a+n*)/(a+E*); unknown without a measure or if c or E* is 0 or has no value.
//
// # States
//
// By the first rule that fits:
//
//	NOT_JUDGED  ℓ holds no companies: no verdict, kept apart; confidence 1
//	EMPTY     nobody in the country is at ℓ or produces there: no verdict, kept apart;
//	          confidence 1
//	UNKNOWN   n = 0 and no frame with ℓ in X is complete in R (NOT_SURVEYED);
//	          confidence 1
//	UNKNOWN   n = 0 and none of these is large enough in R (TOO_FEW); confidence 1
//	UNKNOWN   n = 0 and hidden ≥ hidden_unknown (HIDDEN); confidence 1 − e^−hidden
//	ABSENT    n = 0, by the naming frame; confidence e^−hidden·e^−(entry_rate·y·x). y is
//	          the age of the naming frame in R in years of 365.25 days, D less its
//	          date and at least 0; x is E′·a/(a+E′), without a comparable frame A′·p of
//	          the naming frame, p being that of hidden. Flag LISTED_ONLY if the
//	          population of the naming frame is LISTED
//	PRESENT   n > 0 and strength may not be judged (above: no comparable frame, it is too
//	          small in R or P, or n′P = 0); confidence 1
//	WEAK      P(weak|n) ≥ half, that is, weak even with everybody counted; that
//	          probability is the confidence
//	PRESENT   P(weak|n′) ≥ half, or n′ = 0: few of the frame, but others are there
//	          (OTHERS_PRESENT); confidence 1
//	STRONG    P(strong|n′) ≥ half, n′ ≥ 2, and neither SINGLE_FIRM nor NO_ANCHOR;
//	          confidence P(strong|n′)
//	ADEQUATE  the rest; confidence P(adequate|n′), or 1 − P(weak|n′) if P(strong|n′) ≥
//	          half. Flag UNDECIDED if P(adequate|n′) < half and P(strong|n′) < half
//
// half is 1/2. SINGLE_FIRM: n′ ≥ single_firm_min and top1 ≥ single_firm_share. NO_ANCHOR: somebody
// in P leads at ℓ by the frame, and none of the n by anybody's statement. Both are set by their
// conditions wherever n′ > 0 and strength may be judged, not only where they change the state.
//
// Comparisons with a threshold allow for rounding: "≥ x" is "not less than x by
// more than 1e-9", "> x" is "more than x by more than 1e-9".
//
// Severity: ABSENT 1 − e^−E′; UNKNOWN by HIDDEN (1 − e^−E′)·e^−hidden, both 0 if
// n′P = 0 and unknown without a comparable frame (NO_FRAME); WEAK its confidence;
// ADEQUATE and STRONG P(weak|n′); UNKNOWN otherwise, PRESENT and EMPTY unknown, by the
// flag, by NO_FRAME, TOO_FEW, NO_REFERENCE or OTHERS_PRESENT, and by NO_COMPANY.
//
// Pull. Downstream of ℓ are the links j that a FEEDS edge (of any layer) leads
// to from ℓ or a link below it, j being neither; upstream are those that FEEDS
// leads from. pull_down and pull_up count the companies of R at any of these
// links, with those that produce there; unknown if there is no such link. Customers are downstream: they ask
// for the link.
//
// Leaked: SUPPLIES edges that count, from a company at ℓ whose place lies
// neither in R nor above it, to a company in R. Unknown if no SUPPLIES edge at
// all leads to a company in R.
//
// Relatedness, in the comparable frame. For links i, j of the same depth in X and the
// regions r of R's level in the country in which the frame is complete and A′_r > 0:
// M_rj = 1 if n′_rj > 0 and n′_rj ≥ E′_rj.
// φ_ij = |{r: M_ri = M_rj = 1}| / max(Σ_r M_ri, Σ_r M_rj), 0 if both are 0; so
// φ_ii = 1 if any region has i. density_rℓ = Σ_j M_rj φ_ℓj / Σ_j φ_ℓj over all
// links j of the depth, ℓ itself among them; unknown if the sum below is 0 or
// A′_r = 0. density_median is the median over these regions that lie in P (the
// mean of the two in the middle if their number is even). density_rank is the
// share of the other links of the depth with a known density whose density in
// R is less, those of the same density counting half; unknown if there is no
// other.
//
// Momentum of ℓ, in the comparable frame: y/(y+Y), with y the share of the members at
// ℓ in the country, of known founding year, founded after Z − momentum_years, and Y the
// same over all members at any link, Z being the newest founding year of one of these.
// Unknown with fewer than momentum_min companies of known founding year at ℓ, or if
// y+Y = 0. One half means as young as all.
//
// Chain of ℓ: of the chains that ℓ is part of by any number of steps, the one
// with the smallest code. Its presence is the share of its links that hold companies, of
// all depths, with n > 0; unknown if none does (NO_CHAIN). It is established if presence ≥ established_share. A link
// without a chain is in no established chain.
//
// Reason. A link has a reason to be filled if E′ ≥ fill_expected; or it is declared CORE,
// KEY or PROMINENT; or pull_down ≥ fill_pull and E′ ≥ fill_pull_expected or unknown.
//
// Action, by the first rule that fits. A link declared RESTRICTED takes none of BUILD,
// FILL, STRENGTHEN and EXTEND, and has the reason RESTRICTED. Where a project of R that
// fills ℓ is alive, WAIT takes the place of CHECK, BUILD, FILL and EXTEND, and for WEAK
// of STRENGTHEN; the state stays.
//
//	CHECK       UNKNOWN, with a reason
//	BUILD       ABSENT, declared CORE, in a chain that is not established
//	FILL        ABSENT, with a reason, and with pull_down > 0 or in an established chain
//	STRENGTHEN  WEAK; or declared PROMINENT and ADEQUATE
//	EXTEND      ABSENT (so in no established chain), with a reason, some link upstream
//	            of ℓ is STRONG in R or PRESENT with n ≥ 3, and density > density_median
//	KEEP        n > 0
//	WATCH       the rest
//
// Computed class: none for UNKNOWN, PRESENT and EMPTY; CORE for ABSENT in a chain that is
// not established; KEY for ABSENT otherwise; PROMINENT for WEAK and STRONG; none
// for ADEQUATE. It uses nothing that a planner declared.
//
// Priority: the sum of four terms, each weight·value rounded to 1/10,000:
// severity; pull x/(x+pull_half) with x = pull_down + pull_up; feasibility, the
// mean of density_rank and momentum as far as they are known; importance by the
// declared role. An unknown value adds no points and says why. In the order of
// priority the verdicts of unknown severity stand behind all others.
//
// So presence, pull and the share of a chain count everybody, and actions and
// priorities may change with who is known; within a frame states do not:
//
//	(i)   companies of no frame change no state, n′, E′, prior, density or momentum at a
//	      link at which none of them is placed or under review
//	(ii)  n′, A′, E′, a and P(·|n′) equal those on the graph with everybody outside the
//	      frame removed
//	(iii) more companies at ℓ from outside the frame never turn PRESENT or better into
//	      WEAK or ABSENT
//	(iv)  where everybody known is placed and read, declaring a list of another population
//	      complete in R, and not in P, changes no state but UNKNOWN by NOT_SURVEYED or
//	      TOO_FEW
//
// Lists. The list of an answer and the rows of a comparison hold by default (LEAVES) the
// links that have a row; with ALL every link has one. A link calls for work if its action is
// neither WATCH nor KEEP. A link is below those at which it counts (see Same links), so that
// links that are the same lie in a cycle. Of two links of a cycle the one with the smaller code is above.
// Among the links of the scope that are neither EMPTY nor NOT_JUDGED:
//
//	telling     a link is telling if E′ ≥ fill_expected, it calls for work or it is STRONG
//	alike       a link is alike if each link below it has the same n (so the same
//	            companies) and is not telling
//	stands      a link stands for those below it if it is alike, and each link of the scope
//	            that one of these, or one that is the same, is directly PART_OF is alike, too
//	row         a link has a row if it stands for those below it (as one with none below
//	            does) and no link above it stands for it; or if it calls for work and no
//	            link below it does; or if it is STRONG and no link below it is
//
// So of a line of PART_OF edges with the same companies the deepest telling link has the
// row, or else the highest link; and of what is weak or strong only as a whole the whole
// has a row beside those of its parts. Every other link is above or below one that has a row;
// if it calls for work, above a row that does, if it is STRONG, above a row that is.
// Of links that are the same, and so have the same companies, a row is left out if another one of
// them has a row, too, that calls for work if it does and is strong if it is; of two that could
// each be left out the one of the smaller code stays. A row names the links that are the same.
// EMPTY links, where they are listed, follow the rules among themselves: the highest have
// rows; and so do those that are NOT_JUDGED. A link that the scope names has a row. In a comparison a link has one if it has one
// in any of the regions. States and actions are selected from the rows. Numbers, summaries,
// changes and what-if questions are of all links, what-if questions but those not judged.
//
// What if. Companies that land, leave or close count where they would be, and in the frames of
// which they are members there. A newcomer, which is not in the graph, joins n at its links
// and those above them, and with them N, A, the share of a chain and pull; it is of no
// frame, but a member (N′) of the population REGISTERED where a list covers R, which holds
// whoever is known there. It joins no n′: no list puts it at a link. What is fitted to the
// whole country stays.
//
// Data dates, as package dates defines them, of an answer: of the companies that are placed
// in R, or produce there, at the links asked for, whatever states and actions the question
// selects; of a comparison of those of all its regions, each company once, and of each
// region; of what if of those at any link, now and as it would be; of an anchor of those at
// the links behind it. A frame is of its own date in R.
//
// Feasibility score, beside the priority: the learned score of package
// feasibility for a link that the region lacks, see [Feasibility]. Places are
// the regions of R's level with companies at any link by it, items the links of ℓ's
// depth, entries the companies there by the comparable frame, as old as they were
// founded before the day of the picture. Each term gives weight·(value − mean)/deviation, the mean being
// that of the links that R lacks, and the terms add up to the score.
package gaps
