package edits

import (
	"liantu/graph"
	"liantu/graph/projection"
	"liantu/message"
	"liantu/schema"
)

// consentGiven is the value of consent that lets a person be on paths.
const consentGiven = "GIVEN"

// SetConsent returns the batch that states whether a person agrees to be part of
// introductions, and until when, "" for until it is withdrawn. Where a later
// statement, or one that wins on the same day, stands in the way the error is
// [graph.ErrConflict], and so it is where an end of the consent was stated before
// and none is given, since that end would still hold.
func SetConsent(p *projection.Projection, person projection.Vertex, consent, until string, s Statement) (graph.Batch, error) {
	by, err := s.provenance()
	if err != nil {
		return graph.Batch{}, err
	}
	n := p.Node(person)
	facts := []graph.Fact{{Property: "consent", Value: consent, Provenance: by}}
	switch last, limited := n.Winner("consent_until"); {
	case until != "" && consent != consentGiven:
		return graph.Batch{}, message.As(graph.ErrInvalid, "until %q: only a consent that is given has an end", until)
	case until != "":
		end, err := schema.ParseDate(until)
		if err != nil || end != schema.FirstDay(end) || end < by.AsOf {
			return graph.Batch{}, message.As(graph.ErrInvalid, "until %q: not a day on or after %s", until, by.AsOf)
		}
		facts = append(facts, graph.Fact{Property: "consent_until", Value: end, Provenance: by})
	case consent == consentGiven && limited:
		return graph.Batch{}, message.As(graph.ErrConflict, "until: is missing, and the end %v stated before would still hold", last.Value)
	}
	return setNode(p, person, facts)
}
