package disclosure

import (
	"strings"
	"unicode/utf8"

	"liantu/graph"
	"liantu/graph/projection"
	"liantu/schema"
)

// Show is what any role sees of a value of a property that is reported beside
// others: a personal value is at most masked, since only the field of the property
// itself reveals it, with an entry in the audit log.
func Show(p *schema.Property, value any) any {
	if p == nil || p.Sensitivity != schema.Personal {
		return value // what is refused is not in the view
	}
	return Mask(p, value)
}

// ShowFact is a fact about an element of kind k with its value as it may leave
// the service.
func ShowFact(k *schema.Kind, f graph.Fact) graph.Fact {
	f.Value = Show(k.Property(f.Property), f.Value)
	return f
}

// Caption is the name to show for a node, masked where it is personal.
func Caption(model *schema.Model, g *projection.Projection, v projection.Vertex) string {
	p := captionProperty(model.Node(g.Kind(v)))
	if p == nil || p.Sensitivity != schema.Personal {
		return g.Caption(v)
	}
	value, _ := g.Value(v, p.Name)
	if text, ok := Show(p, value).(string); ok && text != "" {
		return text
	}
	return string(g.ID(v))
}

// captionProperty is the property that names a node of kind k, nil when there is
// none.
func captionProperty(k *schema.Kind) *schema.Property {
	if k == nil {
		return nil
	}
	return k.Property(k.Caption)
}

// Mask hides what of a personal value would identify a person.
func Mask(p *schema.Property, value any) any {
	text, ok := value.(string)
	if !ok || p.Type == schema.TypeEnum {
		return nil // a number, a date or a choice has no harmless part
	}
	return maskText(p.Type, text)
}

// maskText hides the part of a personal text by which a person could be found.
func maskText(t schema.Type, text string) string {
	switch t {
	case schema.TypePhone: // at least four digits stay hidden
		switch {
		case len(text) < 8:
			return "****"
		case len(text) < 11:
			return "****" + text[len(text)-4:]
		}
		return text[:3] + "****" + text[len(text)-4:]
	case schema.TypeEmail: // the domain is often that of the employer
		name, _, ok := strings.Cut(text, "@")
		if !ok {
			return "****"
		}
		return firstRune(name) + "***@****"
	case schema.TypeText:
		return firstRune(text) + "**"
	case schema.TypeRegion:
		if len(text) < 2 {
			return "******"
		}
		return text[:2] + "****" // the province
	}
	return "****"
}

func firstRune(s string) string {
	_, size := utf8.DecodeRuneInString(s)
	return s[:size]
}

// Veil is what a mask leaves of the name of a source that states something of a person.
func Veil(source string) string { return maskText(schema.TypeText, source) }
