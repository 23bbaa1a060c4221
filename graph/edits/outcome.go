package edits

import (
	"slices"

	"liantu/graph"
	"liantu/schema"
)

// Outcome says what has come of an introduction of a project.
type Outcome string

// The outcomes, in the order in which they come; LOST may come at any point
// before LANDED.
const (
	Introduced  Outcome = "INTRODUCED"
	Met         Outcome = "MET"
	Negotiating Outcome = "NEGOTIATING"
	Signed      Outcome = "SIGNED"
	Landed      Outcome = "LANDED"
	Lost        Outcome = "LOST"
)

// Outcomes returns all outcomes.
func Outcomes() []Outcome { return slices.Clone(allOutcomes) }

var allOutcomes = []Outcome{Introduced, Met, Negotiating, Signed, Landed, Lost}

// Label returns the word for the outcome in both languages.
func (o Outcome) Label() schema.Text { return outcomeLabels[o] }

var outcomeLabels = map[Outcome]schema.Text{
	Introduced:  {Zh: "已引荐", En: "introduced"},
	Met:         {Zh: "已见面", En: "met"},
	Negotiating: {Zh: "洽谈中", En: "negotiating"},
	Signed:      {Zh: "已签约", En: "signed"},
	Landed:      {Zh: "已落地", En: "landed"},
	Lost:        {Zh: "未成", En: "lost"},
}

// Open reports whether other outcomes may follow.
func (o Outcome) Open() bool { return o != Landed && o != Lost }

// OutcomeOf returns what has come of an introduction: the furthest outcome of the
// newest statements.
func OutcomeOf(edge *graph.Edge) Outcome {
	best := -1
	newest, _ := edge.Winner("outcome")
	for _, f := range edge.Facts {
		value, _ := f.Value.(string)
		if f.Property == "outcome" && graph.CompareDates(f.Provenance, newest.Provenance) == 0 {
			best = max(best, slices.Index(allOutcomes, Outcome(value)))
		}
	}
	return allOutcomes[max(best, 0)]
}
