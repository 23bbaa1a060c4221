package edits

import (
	"slices"

	"liantu/graph"
	"liantu/graph/projection"
	"liantu/graph/statements"
	"liantu/message"
	"liantu/schema"
)

// Record is a step of an introduction to be recorded.
type Record struct {
	By      string // intermediary or person: name (of an intermediary), code or id
	Project string // code, name or id
	Outcome Outcome
	Date    string // ISO date of the step
	Today   string // ISO date, the last day that Date may be; "" for any
	Reason  string // for LOST, and only then
	Source  string // who states it
	Grade   graph.Grade
}

// RecordIntroduction returns the batch that records a step: introduced, met,
// negotiating, signed, landed, or lost with a reason. A step back, one after the
// end, or one dated before the last statement is [graph.ErrConflict]; the same
// step again gives a batch that changes nothing. The grades of intermediaries
// rest on these records.
func RecordIntroduction(p *projection.Projection, r Record) (graph.Batch, error) {
	date, err := dayOf(r.Date, r.Today)
	switch {
	case err != nil:
		return graph.Batch{}, err
	case !slices.Contains(allOutcomes, r.Outcome):
		return graph.Batch{}, message.As(graph.ErrInvalid, "outcome %q: not one of %v", r.Outcome, allOutcomes)
	case (r.Outcome == Lost) != (r.Reason != ""):
		return graph.Batch{}, message.As(graph.ErrInvalid, "reason %q: LOST takes a reason, and no other outcome does", r.Reason)
	case !r.Grade.Valid():
		return graph.Batch{}, message.As(graph.ErrInvalid, "grade %q: not one of A, B, C and D", r.Grade)
	case r.Source == "":
		return graph.Batch{}, message.As(graph.ErrInvalid, "source: is missing")
	}
	by, err := p.Lookup(r.By, projection.Intermediary, projection.Person)
	if err != nil {
		return graph.Batch{}, err
	}
	project, err := p.Lookup(r.Project, projection.Project)
	if err != nil {
		return graph.Batch{}, err
	}
	first := date
	if edge := introductionOf(p, by, project); edge != nil {
		if first = statements.Text(edge, "date"); first == "" {
			first = date
		}
		if err := mayFollow(OutcomeOf(edge), r.Outcome, statements.Text(edge, "outcome_date"), date); err != nil {
			if p.Kind(by) == projection.Person { // which step it was is personal
				err = message.As(graph.ErrConflict, "introduction: %s on %s does not follow on what is recorded of this person", r.Outcome, date)
			}
			return graph.Batch{}, err
		}
	}
	from := graph.Provenance{Source: r.Source, AsOf: date, Grade: r.Grade}
	facts := []graph.Fact{{Provenance: from}}
	for property, value := range map[string]string{
		"date": first, "outcome": string(r.Outcome), "outcome_date": date, "reason": r.Reason,
	} {
		if value != "" {
			facts = append(facts, graph.Fact{Property: property, Value: value, Provenance: from})
		}
	}
	slices.SortFunc(facts, graph.CompareFacts)
	return graph.Batch{Edges: []graph.EdgeDraft{{
		Kind: projection.Introduced, From: graph.IDKey(p.ID(by)), To: graph.IDKey(p.ID(project)), Facts: facts,
	}}}, nil
}

func introductionOf(p *projection.Projection, by, project projection.Vertex) *graph.Edge {
	arcs := p.Out(projection.Introduced, by)
	if i := slices.Index(arcs.Others, project); i >= 0 {
		edge, _, _ := p.Edge(projection.Introduced, arcs.Edges[i])
		return edge
	}
	return nil
}

// mayFollow reports as an error why a step cannot follow another.
func mayFollow(last, next Outcome, lastDate, date string) error {
	at, to := slices.Index(allOutcomes, last), slices.Index(allOutcomes, next)
	switch {
	case last == next && date == lastDate:
		return nil // the same again
	case !last.Open() || to < at:
		return message.As(graph.ErrConflict, "introduction: it is %s, and %s cannot follow", last, next)
	case lastDate != "" && date < schema.FirstDay(lastDate):
		return message.As(graph.ErrConflict, "introduction: %s on %s comes before %s on %s", next, date, last, lastDate)
	}
	return nil
}
