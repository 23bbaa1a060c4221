// Package dates finds the data dates of an answer: the oldest, the median and the newest day
// of the facts by which companies were counted at links.
//
// Counted is every edge, once, by which a company is counted: an OPERATES_IN edge that counts
// in the picture, of the least grade of evidence or a better one, that leads from one of the
// companies to one of the links or to a link below it; and the FILLS edge of a project in
// which a company produces. The day of an edge is that of its best fact: of the facts that
// state the edge those of the best grade, of these the newest, a stated day before an assumed one.
//
// Days are in the order of the last day that they may mean (2016-12-31 is before 2016, and
// 2016 before 2017-01), and are shown as they were stated. Of the days that are stated the
// oldest, the median (of an even number the older of the two in the middle) and the newest
// are the data dates. If none is stated, they are those of the assumed days. If no edge was
// counted there are none, by the reason NOTHING_COUNTED.
//
// Packages gaps, ties, candidates, api and the program may import dates; it imports
// area, projects, projection, statements and graph.
package dates
