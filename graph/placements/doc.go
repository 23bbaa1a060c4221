// Package placements places the companies of a picture at its links by their own words,
// with the scores of package place, and makes the batches that write what came of it.
//
// # What is read
//
// Of a company: its main products (main_products and the products that it MAKES), its
// main business, its business scope, its industry (industry_code, else industry_class,
// else industry) and its name. Of a link: its name, keywords and aliases, the products
// that BELONG_TO it, and the links above it. Links that hold no companies are not looked
// at. A company that is not active, and one without a text, are not read.
//
// Of judgements (PlacementJudgement): what was decided about items and companies, as rules and as
// lessons; see package place. Of several about one thing and one link the newest counts, of
// those of one day no before partly before yes. The company that is judged, and the
// example that was read when an item was judged, teach. A judgement whose link or
// company the picture lacks counts for nothing and is listed as lost.
//
// # What is written
//
// All by the source "placement" (of a region: "placement-" and its code), grade C, as of the day of the newest text that was read:
//
//   - OPERATES_IN with probability and evidence to each confirmed link below which no
//     other is confirmed; where a person judged the company itself to be there, the source of
//     reviews states the same with grade B, as of the judgement;
//   - of a company that is confirmed nowhere, MAY_OPERATE_IN to each link for review below
//     which no other is, and placement = UNDER_REVIEW; or, without any, placement = READ.
//
// A run replaces the runs of the same area and of parts of it: what they stated and this one
// does not is taken back. While a run of a wider area stands, one of a part is refused, since
// both would speak for the same companies. Runs of areas apart from each other stand side by side.
//
// For each population with a scope that a list declares to be complete in an area that
// was placed, the source of a placement of that frame states the same edges, so that its
// members count as placed there; see package gaps.
//
// # What is put to people
//
// A question is an item that several companies for review at a link state, or one company
// and a link. Questions are ordered by the verdicts that an answer can flip times the companies that it
// settles; a verdict can flip in every city of these companies in which nobody is at the
// link, by the picture or by the answer. Behind them stands a sample of confirmed
// placements by words, to measure how many are right.
//
// Packages api/questions, the program and tests may import placements; it imports place, projection,
// graph and schema.
package placements
