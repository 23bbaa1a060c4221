// Package resolve decides whether two names of Chinese companies mean one
// company.
//
// # Theory
//
// A registered name has four parts that the law names: the place of the
// register (行政区划), the company's own name (字号), the trade (行业) and the
// legal form (组织形式): 杭州 海康威视 数字技术 股份有限公司. [Parse] finds them
// wherever they stand, in short names too. Two names are compared part by part
// by the method of Fellegi and Sunter (A Theory for Record Linkage, JASA 64,
// 1969): every part that agrees or disagrees is evidence of
//
//	log2 P(agreement | one company) / P(agreement | two companies)
//
// bits, and the bits add up. That a 字号 of four characters agrees by chance is
// much rarer than for one of two, hence more bits; that both are limited
// companies says little, hence few. The sum decides the [Band]: from
// [SameFrom] bits on the two are merged, from [ReviewFrom] on a person should
// review them, below they are two companies. The weights are in score.go.
// They were not estimated by the EM algorithm, because the common
// case, a short name against a registered one, needs parts that depend on each
// other; they were chosen on one half of the labelled pairs in testdata, and
// the README reports how they do on the other. Every decision comes with its
// parts and their bits, in words.
//
// How rare an agreement is depends on the part. A 字号 of words of trade and of
// public duties (国有资本运营, 城市建设) is no company's own: with it two
// registered names mean one company only if everything else agrees, the place
// first, and one place within the other is two places. A 字号 that is known to
// be common (华夏, 新华) has log2 of its frequency less bits. A trade within another, one
// company by shares and one limited, one with 集团 and one without are what companies of
// one owner have, so they are for review at most, with two exceptions: a trade that
// the state licenses by name has each name once, and companies by shares become
// 集团 more often than they found one. Foreign names have the same parts: place, name,
// trade, group, and a legal form of some country.
//
// Some names identify nobody: [Anonymous] recognises placeholders of tables, such
// as 供应商1, and [Masked] names with hidden characters. A caller leaves them out;
// [Compare] takes every name for one.
//
// An identifier decides before any name does: a shared one makes two companies
// the same, two of one register make them different: two credit codes, two LEI,
// two stock codes of the exchanges of the mainland, while a company may be listed
// in Hong Kong too. A branch (分公司, 分行) is never its company, and a name with
// 集团 is not the company of that name without it; where the parts show such a
// relation, the verdict states it.
//
// # Blocking
//
// A million names are not compared with a million. [Index] holds companies in
// blocks by 字号, finds 字号 that differ by one character by what is left of both
// without it, and considers only names of the same province or of none. What it
// leaves out is what [Compare] would call different. Only where a name meets more
// than [Crowd] companies, as with the shops of a chain, it compares trade, branch
// and foreign name first, and skips what would at most be for review.
//
// # Judgements
//
// What a person decided overrides any score, and different overrides same:
// [Settle] joins companies by the closure over same, follows none of the pairs
// that would join companies that a person or an identifier states to be
// different, and leaves a name that fits two companies to review.
//
// Package resolve imports schema, for the regions, and nothing else of the
// program; loaders and the program import it.
package resolve
