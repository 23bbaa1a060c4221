// Package introductions finds who can make contact: the strongest paths of at most
// [MaxHops] hops from a region, or from one person, to a company. It is a pure
// function of one [projection.Projection] and [tuning.Settings].
//
// Packages matching, api, the program and tests may import introductions; it
// imports gaps, area, statements, projection, graph and schema.
//
// # Definitions
//
// A path begins with the tie of its first vertex to the region or one below it
// (NATIVE_OF, COVERS or LOCATED_IN; COVERS also of one above) and goes on over
// WORKS_AT, MEMBER_OF, KNOWS, SUPPLIES, INVESTS_IN and SERVES in any direction.
// No vertex occurs twice, and two people are joined by a company only if both are
// known to have worked there at the same time.
//
// Consent. No path leads through a person who has not consented, or whose
// consent has lapsed on the day of the question or of the picture, whichever is
// later. In a picture of an earlier day consent was given by then, and holds in that
// of all facts and on its day, too.
//
// A person consents to be named as somebody who can make contact, by the code of the
// roster, and to what the path itself says: that they come from the region asked about,
// and which companies, intermediaries and persons the path leads along. So of a tie of a
// person an answer has no post, no days, no place below the region asked about, no id
// that would disclose one, and of its source the first character. Its strength does depend on
// how close two persons are and how long ago they met.
//
// Strength of a tie: that of its kind, times a factor for the closeness of an
// acquaintance or the influence of a post, times the factor of a post or
// membership that has ended, times its recency. That is 2^(−age/half-life), the
// age being counted from the date stated, the end of a post or membership, or
// else the newest statement; 1 for a post or membership that lasts and for the
// tie to the region; [tuning.IntroductionSettings].Undated where no date is known.
// The strength of a path is the product over its hops. The score is the
// strength; from a person it is the strength times the priority of the link that
// the company would fill.
package introductions
