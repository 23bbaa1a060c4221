package gaps

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"liantu/graph"
	"liantu/graph/projection"
	"liantu/schema"
)

// Statement says of which day and by whom a change of the graph is told.
type Statement struct {
	Date   string // ISO date, a full day
	Source string
	Grade  graph.Grade
}

func (s Statement) provenance() (graph.Provenance, error) {
	date, err := schema.ParseDate(s.Date)
	switch {
	case err != nil || date != schema.FirstDay(date):
		return graph.Provenance{}, fmt.Errorf("date %q: not a day such as 2026-05-31: %w", s.Date, graph.ErrInvalid)
	case !s.Grade.Valid():
		return graph.Provenance{}, fmt.Errorf("grade %q: not one of A, B, C and D: %w", s.Grade, graph.ErrInvalid)
	case s.Source == "":
		return graph.Provenance{}, fmt.Errorf("source: is missing: %w", graph.ErrInvalid)
	}
	return graph.Provenance{Source: s.Source, AsOf: date, Grade: s.Grade}, nil
}

// consentGiven is the value of consent that lets a person be on paths.
const consentGiven = "GIVEN"

// SetConsent returns the batch that states whether a person agrees to be part of
// introductions, and until when, "" for until it is withdrawn. Where a later
// statement, or one that wins on the same day, stands in the way the error is
// [graph.ErrConflict], and so it is where an end of the consent was told before
// and none is given, since it would go on to hold.
func SetConsent(p *projection.Projection, person projection.Vertex, consent, until string, s Statement) (graph.Batch, error) {
	by, err := s.provenance()
	if err != nil {
		return graph.Batch{}, err
	}
	n := p.Node(person)
	facts := []graph.Fact{{Property: "consent", Value: consent, Provenance: by}}
	switch last, limited := n.Winner("consent_until"); {
	case until != "" && consent != consentGiven:
		return graph.Batch{}, fmt.Errorf("until %q: only a consent that is given has an end: %w", until, graph.ErrInvalid)
	case until != "":
		end, err := schema.ParseDate(until)
		if err != nil || end != schema.FirstDay(end) || end < by.AsOf {
			return graph.Batch{}, fmt.Errorf("until %q: not a day on or after %s: %w", until, by.AsOf, graph.ErrInvalid)
		}
		facts = append(facts, graph.Fact{Property: "consent_until", Value: end, Provenance: by})
	case consent == consentGiven && limited:
		return graph.Batch{}, fmt.Errorf("until: is missing, and the end %v that was told before would hold: %w", last.Value, graph.ErrConflict)
	}
	return setNode(p, person, facts)
}

// DeclareRole returns the batch that declares the role of a link: CORE, KEY or
// PROMINENT. Where a later statement stands in the way the error is
// [graph.ErrConflict].
func DeclareRole(p *projection.Projection, link projection.Vertex, role string, s Statement) (graph.Batch, error) {
	by, err := s.provenance()
	if err != nil {
		return graph.Batch{}, err
	}
	return setNode(p, link, []graph.Fact{{Property: "declared_role", Value: role, Provenance: by}})
}

// SetTargetStatus returns the batch that states how far a task force is with a
// company, which becomes a target of it if it is none. Where a later statement
// stands in the way the error is [graph.ErrConflict].
func SetTargetStatus(p *projection.Projection, force, company projection.Vertex, status string, s Statement) (graph.Batch, error) {
	by, err := s.provenance()
	if err != nil {
		return graph.Batch{}, err
	}
	facts := []graph.Fact{{Provenance: by}, {Property: "status", Value: status, Provenance: by}}
	arcs := p.Out(projection.Targets, force)
	if i := slices.Index(arcs.Others, company); i >= 0 {
		edge, _, _ := p.Edge(projection.Targets, arcs.Edges[i])
		if err := stands(schema.Default().EdgeKind(projection.Targets), edge.Facts, facts); err != nil {
			return graph.Batch{}, err
		}
	}
	return graph.Batch{Edges: []graph.EdgeDraft{{
		Kind: projection.Targets, From: graph.IDKey(p.ID(force)), To: graph.IDKey(p.ID(company)), Facts: facts,
	}}}, nil
}

// judgementKind is the kind that holds what people decided about names.
const judgementKind = "Judgement"

// NamesJudgement is what somebody decided about two names of companies.
type NamesJudgement struct {
	Left, Right string // identifiers, names or keys, as a list to review gives them
	Verdict     string // SAME, DIFFERENT or UNSURE
	By          string
	Note        string // "" for none
}

// JudgeNames returns the batch that states a judgement. Who judged the two before, in
// either order, judges them anew; where a later judgement of the same person, or
// one that wins on the same day, stands in the way the error is
// [graph.ErrConflict].
func JudgeNames(p *projection.Projection, j NamesJudgement, s Statement) (graph.Batch, error) {
	by, err := s.provenance()
	if err != nil {
		return graph.Batch{}, err
	}
	kind := schema.Default().Node(judgementKind)
	props := map[string]any{}
	for name, text := range map[string]string{"left": j.Left, "right": j.Right, "verdict": j.Verdict, "by": j.By, "note": j.Note} {
		if name == "note" && text == "" {
			continue
		}
		if props[name], err = kind.Property(name).Parse(text); err != nil || schema.Blank(text) {
			return graph.Batch{}, fmt.Errorf("%s %q: no text that it may have: %w", name, text, errors.Join(graph.ErrInvalid, err))
		}
	}
	if props["left"] == props["right"] {
		return graph.Batch{}, fmt.Errorf("left and right are both %q: %w", j.Left, graph.ErrInvalid)
	}
	var before []graph.Fact
	for v, end := p.Range(judgementKind); v < end; v++ {
		is := func(property string, value any) bool { told, _ := p.Node(v).Get(property); return told == value }
		switch {
		case !is("by", props["by"]):
		case is("left", props["left"]) && is("right", props["right"]):
			before = p.Node(v).Facts
		case before == nil && is("left", props["right"]) && is("right", props["left"]):
			before = p.Node(v).Facts
			props["left"], props["right"] = props["right"], props["left"]
		}
	}
	facts := []graph.Fact{{Provenance: by}}
	for _, name := range slices.Sorted(maps.Keys(props)) {
		facts = append(facts, graph.Fact{Property: name, Value: props[name], Provenance: by})
	}
	if err := stands(kind, before, facts); err != nil {
		return graph.Batch{}, err
	}
	return graph.Batch{Nodes: []graph.NodeDraft{{Kind: kind.Name, Keys: graph.KeysOf(kind, props), Facts: facts}}}, nil
}

func setNode(p *projection.Projection, v projection.Vertex, facts []graph.Fact) (graph.Batch, error) {
	n := p.Node(v)
	if err := stands(schema.Default().Node(n.Kind), n.Facts, facts); err != nil {
		return graph.Batch{}, err
	}
	return graph.Batch{Nodes: []graph.NodeDraft{{Kind: n.Kind, Keys: []graph.Key{graph.IDKey(n.ID)}, Facts: facts}}}, nil
}

// stands is an error unless every new fact will be the one that is shown.
func stands(kind *schema.Kind, old, added []graph.Fact) error {
	order := graph.FactOrderOf(kind)
	for _, f := range added {
		for _, o := range old {
			if f.Property != "" && o.Property == f.Property && o.Value != f.Value && order.Compare(o, f) < 0 {
				return fmt.Errorf("%s: what was told of %s stands before what is told of %s: %w", f.Property, o.AsOf, f.AsOf, graph.ErrConflict)
			}
		}
	}
	return nil
}
