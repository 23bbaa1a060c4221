// Package ties answers how links are tied to one another: in the four layers of the map
// of a chain (产业链, 价值链, 供应链, 金融链), and behind an anchor (延链). Every answer is
// a pure function of one [projection.Projection] and [tuning.Settings].
//
// Packages api, the program and tests may import ties; it imports gaps, area, projection,
// graph and schema.
package ties
