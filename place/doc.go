// Package place places companies at the links of industry chains (挂链) by their own words:
// main products, main business, business scope, industry class and name. Nothing is
// looked up elsewhere, the same words always give the same placements, and every
// placement says why.
//
// # Items
//
// A text is cut into items. What stands in brackets is left out, and so is a clause that
// states what the law says. A clause (between ； and 。) holds things, divided by 、 and commas,
// and verbs: those at its end are of all things before them that have none (硅铝合金、工业硅的
// 生产、销售), those at its beginning of all things behind them, and those before a colon of all
// things of the sentence. A verb states an act: made, served, researched, traded, built
// (installed or repaired). A clause that the table of items holds as a whole stays whole.
// Things without a verb at the beginning of a main business are main products. The last
// words of a registered name that say a trade are an item too.
//
// # Matches
//
// An item names a link in one of these ways, the strongest first:
//
//	TableExact  the table of items (tables/items.csv, tables/classes.csv) says that whoever
//	            states it is at the link
//	Exact       the thing is a word of the link: its name, a keyword, an alias, a product
//	Suffix      the thing ends with such a word of two or more characters, since Chinese
//	            compounds end with what they are; the longest word wins
//	Stem        so does the thing without a general word at its end (设备, 系统, 及配件)
//	TableWider  the table: the item is wider than the link
//	TablePart   the table: a neighbour of the link
//	TableTrade  the table: trade in what the link makes
//	Contained   a word of three or more characters stands in the thing, and 用 does not
//	            follow it
//
// A word preceded by = counts only as the whole thing. What the table says of an item
// settles it, except that an exact or wider item may have further words of links. Words of a
// link are words of all links that are the same. A link that holds no companies is
// named by nothing. What names a link names the links above it; they are implied.
//
// # Score
//
// The probability that the company is at a link is 1/(1 + e^−Σ wᵢ·xᵢ) over the terms of
// tables/points.csv; each xᵢ is seen in the words (how the strongest item names the
// link, its acts, its place in the text, how often and how exclusively the link and its chain
// are named, how the industry agrees), and each wᵢ·xᵢ is a number of points that an
// explanation lists. The points were learned from pairs that people judged by the method
// of [Pupil.Learn]. A link is at least as probable as every link below it, and as every link
// that is the same.
//
// # Outcome
//
// CONFIRMED from the probability on at which the asked precision was reached
// (tables/thresholds.csv); never by the score where the strongest mention is only the industry class
// (CLASS_ALONE), only the name (NAME_ALONE), an item wider than the link or a neighbour
// (WIDER_ITEM), for a link of goods only trade, installation or repair (TRADE_ALONE), a
// word within an item (PART_OF_WORD), or a bare thing of a company whose industry names
// something else (OTHER_CLASS). A link above a confirmed one is confirmed. REVIEW
// from a probability of .35 on, else REJECTED. Of a company the finest links are stated:
// those below which no link has an outcome as good, and of equal links the first by code.
//
// # Judgements
//
// What people decided is a rule that comes before the score. A verdict on an item and a link
// holds for every company that states the item in a text: after yes the company is
// CONFIRMED at the link, whatever else it says, unless it only trades in the thing by a verb
// that the item does not hold; after partly or no the item does not name the link. A
// verdict on a company and a link holds for that company and comes before one on an item:
// after yes it is CONFIRMED, also where no word names the link; after partly or no
// no item names the link. A no holds for the links below, too; every verdict holds for the
// links that are the same. What is affirmed has probability 1, what is refused 0.
//
// Judgements also teach ([Pupil.Relearn]): those of half of the companies move the points,
// starting from these and from how certain each of them is (tables/certainty.csv), and those
// of the other half decide whether the new points are used: not if a smaller part of the
// confirmed pairs among them is right than before, nor if fewer than 15 are confirmed.
//
// # Tables
//
// items.csv holds the most frequent items of business scopes, words.csv things by their usual
// names, classes.csv
// the classes of GB/T 4754-2017 of divisions 13 to 46, 63 to 65 and 73 to 77, industries.csv
// the industries of other classifications, divisions.csv the divisions; all were
// written by reading. They name links by their codes in the sample pack; a code that a
// taxonomy lacks counts for nothing.
//
// Packages graph/placements, evaluate, cli and tests may import place; it imports resolve
// and schema, and knows no graph.
package place
