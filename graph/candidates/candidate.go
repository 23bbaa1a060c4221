package candidates

import (
	"liantu/graph"
	"liantu/graph/dates"
	"liantu/graph/gaps"
	"liantu/graph/landing"
	"liantu/graph/projection"
	"liantu/graph/topics"
	"liantu/schema"
)

// Kind says where a candidate comes from.
type Kind string

// The kinds of candidates.
const (
	Attract Kind = "ATTRACT" // 招引: a company at the link, outside the region
	Grow    Kind = "GROW"    // 培育: a local company that is capable of the link
)

// Kinds returns all kinds.
func Kinds() []Kind { return []Kind{Attract, Grow} }

// Label returns the word for the kind in both languages.
func (k Kind) Label() schema.Text { return kindLabels[k] }

var kindLabels = map[Kind]schema.Text{
	Attract: {Zh: "招引", En: "attract"},
	Grow:    {Zh: "培育", En: "grow"},
}

// Question asks which companies would fill links in a region: those that are named, those
// that an opportunity demands, and those of chains and ecosystems that the region lacks;
// see the package documentation. At least one of the five must be given.
type Question struct {
	Region      string      // code, id or name; required
	Link        string      // code, id or name
	Links       []string    // more of them
	Scope       []string    // codes, ids or names of chains and ecosystems
	Opportunity string      // code, id or name
	About       string      // words for links, a chain or an ecosystem, see package topics
	Kind        Kind        // "" means both
	MinGrade    graph.Grade // "" means that of the settings
	Exclude     []string    // companies that are not wanted: codes, ids or names
	Filters     Filters
}

// MaxLinks is the most links of one question.
const MaxLinks = 200

// Answer holds the candidates for some links and a region, in the order that the package
// documentation gives.
type Answer struct {
	Version   graph.Version
	DataDates *dates.Lazy // of the companies at the link, wherever they are
	Synthetic bool        // invented data took part
	Region    projection.Vertex
	Link      projection.Vertex   // the link asked about; None if there is not just one
	Links     []projection.Vertex // the links asked about, in the order of the question
	// LinksLeft is how many links of the scope are left out, because there are more than
	// MaxLinks.
	LinksLeft int
	// NotSought are links that the question names, or its opportunity demands, and for which no
	// companies are sought.
	NotSought []NotSought
	About     *topics.Topic // what the words of the question were understood as; nil for none
	MinGrade  graph.Grade
	InHand    int // how many are in hand; they are the first
	// SetBack is how many candidates are behind others of lower score, because
	// their group has its places.
	SetBack int
	// Filtered are the filters of the question, with how many companies each removed.
	Filtered []Filtered
	// Excluded are companies that would be candidates but are left out, in the
	// order of the picture.
	Excluded []Exclusion
	ranking  *ranking
}

// NotSought says why no companies are sought for a link: it holds none.
type NotSought struct {
	Link projection.Vertex
	Text schema.Text
}

// Len returns how many candidates there are.
func (a *Answer) Len() int { return a.ranking.count }

// Key returns what the candidate at a place, 0 <= i < Len, is: its kind and
// company. It is cheaper than the candidate itself.
func (a *Answer) Key(i int) (Kind, projection.Vertex) {
	x := a.ranking.at(i)
	return x.kind(), x.company
}

// Candidate returns the candidate at a place, 0 <= i < Len, with its terms and
// reasons, which are computed on the first call. It is shared and
// must not be changed.
func (a *Answer) Candidate(i int) *Candidate { return a.ranking.candidate(i) }

// First returns the first n candidates, or all if there are fewer.
func (a *Answer) First(n int) []*Candidate {
	found := make([]*Candidate, min(n, a.Len()))
	for i := len(found) - 1; i >= 0; i-- { // the last first, so that the order is found once
		found[i] = a.Candidate(i)
	}
	return found
}

// Exclusion says why a company is no candidate: the question excludes it, or a
// task force in charge here has.
type Exclusion struct {
	Company projection.Vertex
	Pursuit *Pursuit // the task force that excluded it; nil for the question
}

// Pursuit says that a task force has a company on its list of targets.
type Pursuit struct {
	TaskForce projection.Vertex
	Status    string   // a value of the property status of TARGETS; "" if not stated
	Since     string   // valid_from of the edge, "" if not stated
	AsOf      string   // of the best statement
	Assumed   bool     // no source states that day; see [graph.Provenance]
	Edge      graph.ID // of the TARGETS edge
	Ours      bool     // the task force is in charge of the region, of one that contains it or lies in it
	Link      string   // what the company is wanted for, as stated; "" if it is not

	about     about
	elsewhere bool // the task force is of elsewhere
	speaks    bool // it speaks of the company: it is not invented, or both are
}

// Group is what a candidate has in common with others of the answer.
type Group struct {
	// Head is the company at the top of the chain of holders of more than half
	// of the shares; for a group by name it is the first of it in the answer.
	Head projection.Vertex
	Name string // the 字号 that the names share; "" for a group by shares alone
	Size int    // candidates of the group among the best DiverseTop
}

// Filling is a link that a candidate would fill.
type Filling struct {
	Link  projection.Vertex
	Score float64
}

// Candidate is a company that would fill a link.
type Candidate struct {
	Kind    Kind
	Company projection.Vertex
	Link    projection.Vertex // of its best score; Score and what follows from it are of this link
	Links   []Filling         // all links asked about that it would fill, the best score first
	InHand  *InHand           // nil if it is not in hand
	// Score is the sum of the points of Terms and may fall below 0, since
	// commitment is subtracted.
	Score    float64
	Terms    [7]gaps.Term      // fit, supply tie, size, expansion, proximity, reach, commitment
	Reasons  []gaps.Reason     // one for each term that is known
	Evidence []gaps.Evidence   // what puts the company at the link, or at Through
	Edges    []graph.ID        // further edges that the terms rest on, ascending
	Through  projection.Vertex // for grow: the product, project or link that shows it; else projection.None
	Landing  *landing.Landing  // what kind of landing is plausible; nil for grow and for the country
	Unknowns []gaps.Code       // what is not known, in the order of the terms
	Pursuits []Pursuit         // by task forces, ours or others, in the order of the picture
	Group    *Group            // nil if no other of the best candidates is of its group
	SetBack  bool              // behind others of lower score, because its group has its places
}
