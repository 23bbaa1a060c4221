package introductions

import (
	"liantu/graph"
	"liantu/graph/projection"
	"liantu/schema"
)

// Question asks who can introduce a region to one company or to any company that
// would fill a link, or to which companies that would fill the region's gaps one
// person can introduce it. Exactly one of Company, Link and Person is given.
type Question struct {
	Region   string      // code, id or name; required
	Company  string      // stock code, USCC, id or name
	Link     string      // code, id or name
	Person   string      // code or id; people are not found by name
	MinGrade graph.Grade // of the ties; "" means that of the settings
	Most     int         // introductions at most; 0 means as many as the settings say
	// Today is the day on which consent must hold, an ISO date; the day of the
	// picture if that is later, and for "".
	Today string
	// Visible reports whether the caller may know of a vertex; no path
	// leads through one of which it is false. The default, nil, hides nothing.
	Visible func(projection.Vertex) bool
}

// Answer holds paths of introductions, the strongest first; from a
// person, the one that helps most first.
type Answer struct {
	Version       graph.Version
	DataDate      string
	Synthetic     bool // invented data is on a path
	Region        projection.Vertex
	Company       projection.Vertex // None unless in the question
	Link          projection.Vertex // None unless in the question
	Person        projection.Vertex // None unless in the question
	MinGrade      graph.Grade
	Introductions []*Introduction
}

// Introduction is one way from the region, or from a person, to a company.
type Introduction struct {
	Company projection.Vertex
	Link    projection.Vertex // the link that the company would fill; None if a company was asked for
	// Strength is the product of the strengths of the hops.
	Strength float64
	// Score is what the answer is sorted by: the strength; from a person, the
	// strength times the priority of the gap.
	Score     float64
	Hops      []Hop
	Ask       Recommendation
	Synthetic bool
}

// Hop is one tie of an introduction, described in the direction of the path.
type Hop struct {
	Kind      string // of the edge
	From, To  projection.Vertex
	Edge      graph.ID // of a tie of a person not that of the store; see the package
	Forward   bool     // the edge leads from From to To
	Strength  float64  // in (0, 1], recency included
	Recency   float64  // in (0, 1]
	Former    bool     // a post or membership that has ended
	Since     string   // first day of the tie as stated; "" if unknown, and of a tie of a person
	Until     string   // last day of the tie as stated; "" if it holds, and of a tie of a person
	Date      string   // date of a service; else the newest date of the facts that state the tie
	Service   string   // of SERVES: which service; else ""
	Source    string
	AsOf      string
	Assumed   bool // no source states the day; see [graph.Provenance]
	Grade     graph.Grade
	Synthetic bool
	Text      schema.Text // a sentence without personal data
}

// Recommendation drafts whom to ask for what, without personal data.
type Recommendation struct {
	Context schema.Text // why, and by which way
	Request schema.Text // what to ask of the first contact
	Asker   schema.Text // who should ask
}
