package gaps

import (
	"slices"
	"sync/atomic"

	"liantu/graph"
	"liantu/graph/area"
	"liantu/graph/dates"
	"liantu/graph/lines"
	"liantu/graph/projection"
	"liantu/graph/statements"
	"liantu/graph/topics"
	"liantu/schema"
)

// Question asks for the state of links in a region. All texts may be codes,
// ids or names, as [projection.Projection.Lookup] takes them.
type Question struct {
	// Region is the region asked about; required. 100000 is the country.
	Region string
	// Scope holds ecosystems, chains and links; of a link, those below it
	// are included. Empty means all links.
	Scope []string
	// About adds to the scope what words mean; see package topics.
	About string
	// Peers are the regions that make the reference area. Empty means the
	// whole country.
	Peers []string
	// MinGrade is the weakest grade that counts; "" means that of the settings.
	MinGrade graph.Grade
	// States and Actions select the verdicts; empty selects all but EMPTY and NOT_JUDGED.
	States  []State
	Actions []Action
	Where   func(*Verdict) bool // selects further; nil selects all
	// WithEmpty adds the links that are kept apart: EMPTY and NOT_JUDGED.
	WithEmpty bool
	// Levels selects the links that have a row of their own; "" means [lines.Leaves].
	Levels lines.Levels
	// OrderBy sorts the verdicts; "" means by priority.
	OrderBy Order
}

// Coverage states how much is known of the companies of an area.
type Coverage struct {
	Companies    int // N, companies in the area
	Attributed   int // A, those that are at some link
	Unattributed int // U = N − A
}

// Share returns A/N, unknown ([NoCoverage]) if there is no company.
func (c Coverage) Share() Figure {
	if c.Companies == 0 {
		return Missing(NoCoverage)
	}
	return Known(float64(c.Attributed) / float64(c.Companies))
}

// Frame is a population that is complete in the region, within a scope, and what it
// holds there; see the package comment.
type Frame struct {
	Name       string // its population and the codes of its scope, joined by blanks
	Population area.Population
	Scope      []projection.Vertex // ecosystems, chains and links, ascending; empty for all links
	Date       string              // as of which it holds the region, an ISO date
	Coverage   Coverage            // of its members in the region
	Large      bool                // enough of them are at links for an absence
	// Comparable says that it is complete in the reference too, as of a near date;
	// ReferenceDate and Reference are what it holds there.
	Comparable    bool
	ReferenceDate string
	Reference     Coverage
	Sources       []string // names of its current lists in the region, and of its placements
}

// Answer holds the verdicts on the links asked for. It belongs to one picture.
type Answer struct {
	Question  Question
	Version   graph.Version
	DataDates *dates.Lazy // of the companies of the region at the links asked for
	Synthetic bool        // invented data took part in the counts
	Region    projection.Vertex
	Scope     []projection.Vertex // as asked; empty for all links
	About     *topics.Topic       // what the words were understood as, nil for none
	Peers     []projection.Vertex // as asked; empty for the country
	MinGrade  graph.Grade
	Coverage  Coverage // of everybody known in the region
	Reference Coverage // of everybody known in the reference area
	Frames    []*Frame // that are complete in the region, in the order of the package comment
	Empty     int      // links asked for at which nobody in the country is known
	NotJudged int      // links asked for that hold no companies
	// Links are the links asked for, those of Empty and NotJudged only if they are listed
	// too. For Represented of them another one is listed, above or below or the same.
	Links, Represented int
	// Verdicts are sorted as asked, in the order of priority those of unknown severity
	// behind all others. The list and the verdicts are shared with
	// other answers from the same picture and must not be changed, nor must the
	// summaries.
	Verdicts []*Verdict
	// Summaries count all links asked for, before States and Actions are
	// applied: one for each ecosystem, then one for each chain, in the order of
	// their codes. Links without a chain are counted in none.
	Summaries []Summary

	assessor *Assessor
}

// Summary counts the verdicts of the links of an ecosystem or chain that were
// asked for, on all levels of the tree.
type Summary struct {
	Scope     projection.Vertex // an Ecosystem or a Chain
	Links     int               // but those at which nobody in the country is known, and those not judged
	Empty     int               // the former
	NotJudged int               // the latter
	Present   int               // links with at least one local company
	States    map[State]int
	Actions   map[Action]int
}

// Verdict is what is found about one link in one region. Its methods compute
// reasons, evidence and the rest when they are called, from the same picture.
type Verdict struct {
	Link      projection.Vertex
	Chain     projection.Vertex // the first by code, or projection.None
	Ecosystem projection.Vertex // the first of the chain by code, or projection.None
	Depth     int               // 1 directly below the chain
	Position  string            // UPSTREAM, MIDSTREAM, DOWNSTREAM or ""
	Declared  Class             // what a planner declared
	Computed  Class             // what the data suggest

	State      State   // NOT_JUDGED: the link holds no companies, and what follows is not there
	Confidence float64 // in [0, 1]
	Severity   Figure  // in [0, 1]
	Action     Action
	Priority   float64 // in [0, 1], the sum of the points of Terms
	Terms      [4]Term // severity, pull, feasibility, importance
	// Flags are, in this order, of NOT_JUDGED, NO_COMPANY, NOT_SURVEYED, TOO_FEW, HIDDEN, LISTED_ONLY,
	// NO_FRAME, NO_REFERENCE, OTHERS_PRESENT, SINGLE_FIRM, NO_ANCHOR and UNDECIDED. One of
	// the first five says why a state is NOT_JUDGED, EMPTY or UNKNOWN; one of NO_FRAME, TOO_FEW,
	// NO_REFERENCE and OTHERS_PRESENT why it is PRESENT.
	Flags []Code
	// Naming is the frame that an absence rests on, Comparable the one of strength;
	// nil if there is none.
	Naming     *Frame
	Comparable *Frame
	Numbers    Numbers

	assessor *Assessor
	reasons  atomic.Pointer[[]Reason] // once they were asked for
}

// Numbers are what a verdict rests on. See the package comment for the
// definitions.
type Numbers struct {
	Companies          int    // n
	FrameCompanies     Figure // n′
	ReferenceCompanies Figure // n′P
	Share              Figure // p′
	Expected           Figure // E′
	Hidden             Figure // NOT_SURVEYED or TOO_FEW without a naming frame
	Prior              Figure // a
	LQ                 Figure // n′/E′, raw
	Mean, Low, High    Figure // of the location quotient shrunk towards 1
	ProbabilityWeak    Figure // P(weak|n′)
	ProbabilityFair    Figure // P(adequate|n′)
	ProbabilityStrong  Figure // P(strong|n′)
	WeakWithAll        Figure // P(weak|n)
	Measure            string // of size: EMPLOYEES, CAPITAL or ""
	Top1               Figure
	CapacityLQ         Figure // as LQ, companies weighed by size
	CapacityMean       Figure // as Mean, companies weighed by size
	Anchors            int    // local companies that lead at the link, whoever states it
	ReferenceAnchors   Figure // of the frame
	PullDown, PullUp   Figure // local companies one step downstream, upstream
	Leaked             Figure // purchases outside the region
	Density            Figure
	DensityMedian      Figure
	DensityRank        Figure
	Momentum           Figure
	ChainPresence      Figure // share of the chain's links that are present
}

// Term is one part of a score. Points are weight·value rounded to 1/10,000;
// an unknown value gives none.
type Term struct {
	Code   Code
	Label  schema.Text
	Value  Figure // in [0, 1]
	Weight float64
	Points float64
}

// Reason is one sentence of a verdict or a candidate.
type Reason struct {
	Code   Code
	Text   schema.Text
	Points float64 // what it adds to the score; 0 for one that adds nothing
}

// Evidence is one statement that puts a company at a link.
type Evidence struct {
	Company   projection.Vertex
	Link      projection.Vertex // the link of the question, or one below it
	Edge      graph.ID          // of the OPERATES_IN edge
	Source    string            // name of the Source
	AsOf      string
	Assumed   bool // no source states the day; see [graph.Provenance]
	Grade     graph.Grade
	Leader    bool
	Share     Figure // of revenue
	Synthetic bool
}

// SourceUse states how much of a verdict rests on a source.
type SourceUse struct {
	Name       string            // name of the Source
	Source     projection.Vertex // projection.None if there is no such node
	Statements int
	statements.Span
}

// ChangeKind is the kind of news that would change a verdict.
type ChangeKind string

// The kinds of news.
const (
	MoreCompanies  ChangeKind = "MORE_COMPANIES"  // so many more local companies at the link
	OneAnchor      ChangeKind = "ONE_ANCHOR"      // one local company that leads, among so many more
	FewerCompanies ChangeKind = "FEWER_COMPANIES" // so many local companies fewer
	Attribution    ChangeKind = "ATTRIBUTION"     // so many local companies attributed to other links
)

// WouldChange is the smallest news of its kind that would give another state.
type WouldChange struct {
	Kind  ChangeKind
	Count int
	State State // the state it would give
	Text  schema.Text
}

// has reports whether a verdict has a flag.
func (v *Verdict) has(flag Code) bool { return slices.Contains(v.Flags, flag) }
