package bulk

import (
	"strings"

	"liantu/loaders/recognise"
	"liantu/message"
	"liantu/schema"
)

// KindOf returns the kind among some that labels, or a type, mean by its name or
// by its label in either language, whatever case and punctuation, and the labels
// that mean none. Without a kind it says why: no label means one, or two do.
func KindOf(kinds []*schema.Kind, labels []string) (kind *schema.Kind, others []string, why message.Text) {
	for _, l := range labels {
		switch k := meant(kinds, l); {
		case k == nil:
			others = append(others, l)
		case kind != nil && kind != k:
			return nil, others, message.New("the labels %s mean both %s and %s", recognise.Quoted(labels), kind.Name, k.Name)
		default:
			kind = k
		}
	}
	switch {
	case kind != nil:
		return kind, others, message.Text{}
	case len(labels) == 0:
		return nil, nil, message.New("it has no label, so nothing says what it is")
	case len(labels) == 1:
		return nil, others, message.New("%q is no kind of the vocabulary", labels[0])
	}
	return nil, others, message.New("none of %s is a kind of the vocabulary", recognise.Quoted(labels))
}

// meant returns the kind that one label means, nil for none.
func meant(kinds []*schema.Kind, label string) *schema.Kind {
	wanted := schema.NormalName(label)
	for _, of := range []func(*schema.Kind) string{
		func(k *schema.Kind) string { return k.Name },
		func(k *schema.Kind) string { return k.Label.Zh },
		func(k *schema.Kind) string { return k.Label.En },
	} {
		for _, k := range kinds {
			if schema.NormalName(of(k)) == wanted {
				return k
			}
		}
	}
	return nil
}

// CodeOf returns the property of a kind that takes the id of a row which states
// no code: the code that identifies the kind, unless another property alone,
// such as the name, identifies it too. It returns nil for other kinds.
func CodeOf(kind *schema.Kind) *schema.Property {
	var code *schema.Property
	for _, group := range kind.Identify {
		switch p := kind.Property(group[0]); {
		case len(group) > 1:
		case code != nil || p == nil || p.Type != schema.TypeCode:
			return nil
		default:
			code = p
		}
	}
	return code
}

// Code is the code of a node that has no better identifier than the id that a
// file gives it: source, space and id, with colons between. Ids of other
// sources are other nodes. White space, which a code cannot hold, is an
// underscore.
func Code(source, space, id string) string {
	parts := []string{source, space, id}
	if space == "" {
		parts = []string{source, id}
	}
	for i, part := range parts {
		parts[i] = strings.Join(strings.Fields(part), "_")
	}
	return strings.Join(parts, ":")
}
