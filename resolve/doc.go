// Package resolve tells whether two names of Chinese companies mean one
// company.
//
// # Theory
//
// A registered name has four parts that the law names: the place of the
// register (行政区划), the company's own name (字号), the trade (行业) and the
// legal form (组织形式): 杭州 海康威视 数字技术 股份有限公司. [Parse] finds them
// wherever they stand, in short names too. Two names are compared part by part
// in the way of Fellegi and Sunter (A Theory for Record Linkage, JASA 64,
// 1969): every part that agrees or disagrees is evidence of
//
//	log2 P(agreement | one company) / P(agreement | two companies)
//
// bits, and the bits add up. That a 字号 of four characters agrees by chance is
// much rarer than for one of two, hence more bits; that both are limited
// companies says little, hence few. The sum decides on the [Band]: from
// [SameFrom] bits on the two are merged, from [ReviewFrom] on somebody should
// look, below they are two companies. The weights are written down in
// score.go. They were not estimated by the EM algorithm, because the common
// case, a short name against a registered one, needs parts that depend on each
// other; they were chosen on one half of the labelled pairs in testdata, and
// the README tells what they do on the other. Every decision comes with its
// parts and their bits, in words.
//
// An identifier decides before any name does: one in common makes two
// companies one, two values of one kind keep them apart. A branch (分公司,
// 分行) never is its company and a name that says 集团 is not the company of
// that name without it; where parts say so, the verdict tells the relation to
// check instead.
//
// # Blocking
//
// Nobody compares a million names with a million. [Index] keeps companies in
// blocks by 字号, finds 字号 that differ by one character through what is left of
// both without it, and looks only at names of the same province or of none. What it
// leaves out is what [Compare] would call different anyhow. Only where one name
// meets more than [Crowd] companies, as the shops of a chain do, it looks at trade,
// branch and foreign name first, and then passes over what would at most be for
// review.
//
// # Judgements
//
// What people decided is stronger than any score, and different is stronger
// than same: [Settle] joins companies by the closure over same, follows none of
// the pairs that would join what somebody or an identifier keeps apart, and
// leaves a name that fits two companies to review.
//
// Package resolve imports schema, for the regions, and nothing else of the
// program; loaders and the program import it.
package resolve
