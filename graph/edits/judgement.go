package edits

import (
	"maps"
	"slices"

	"liantu/graph"
	"liantu/graph/projection"
	"liantu/message"
	"liantu/schema"
)

// NamesJudgement is what somebody decided about two names of companies.
type NamesJudgement struct {
	Left, Right string // identifiers, names or keys, as a list to review gives them
	Verdict     string // SAME, DIFFERENT or UNSURE
	By          string
	Note        string // "" for none
}

// JudgeNames returns the batch that states a judgement. It replaces an earlier one
// of the same two names, in either order, by the same person; where a later
// judgement of the same person, or one that wins on the same day, stands in the
// way the error is [graph.ErrConflict].
func JudgeNames(p *projection.Projection, j NamesJudgement, s Statement) (graph.Batch, error) {
	by, err := s.provenance()
	if err != nil {
		return graph.Batch{}, err
	}
	kind := schema.Default().Node(projection.Judgement)
	props, err := valuesOf(kind, map[string]string{"left": j.Left, "right": j.Right, "verdict": j.Verdict, "by": j.By, "note": j.Note})
	if err != nil {
		return graph.Batch{}, err
	}
	if props["left"] == props["right"] {
		return graph.Batch{}, message.As(graph.ErrInvalid, "left and right are both %q", j.Left)
	}
	var before []graph.Fact
	for v, end := p.Range(projection.Judgement); v < end; v++ {
		is := func(property string, value any) bool { stated, _ := p.Node(v).Get(property); return stated == value }
		switch {
		case !is("by", props["by"]):
		case is("left", props["left"]) && is("right", props["right"]):
			before = p.Node(v).Facts
		case before == nil && is("left", props["right"]) && is("right", props["left"]):
			before = p.Node(v).Facts
			props["left"], props["right"] = props["right"], props["left"]
		}
	}
	return judged(kind, props, before, by)
}

// valuesOf parses the texts of a judgement by name of the property; only one that may be
// missing may be "".
func valuesOf(kind *schema.Kind, texts map[string]string) (map[string]any, error) {
	props := map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		text, property := texts[name], kind.Property(name)
		switch {
		case text == "" && !property.Required:
			continue
		case schema.Blank(text):
			return nil, message.As(graph.ErrInvalid, "%s: is missing", name)
		}
		value, err := property.Parse(text)
		if err != nil {
			return nil, message.As(graph.ErrInvalid, "%s %q: not a valid value: %w", name, text, err)
		}
		props[name] = value
	}
	return props, nil
}

// judged returns the batch that states a judgement in place of the one before.
func judged(kind *schema.Kind, props map[string]any, before []graph.Fact, by graph.Provenance) (graph.Batch, error) {
	facts := []graph.Fact{{Provenance: by}}
	for _, name := range slices.Sorted(maps.Keys(props)) {
		facts = append(facts, graph.Fact{Property: name, Value: props[name], Provenance: by})
	}
	if err := stands(kind, before, facts); err != nil {
		return graph.Batch{}, err
	}
	return graph.Batch{Nodes: []graph.NodeDraft{{Kind: kind.Name, Keys: graph.KeysOf(kind, props), Facts: facts}}}, nil
}
