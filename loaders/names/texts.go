package names

import (
	"slices"

	"liantu/hanzi"
	"liantu/schema"
)

// Texts finds nodes by the texts of their properties, in the form of
// [schema.NormalName]. R is how the caller numbers nodes.
type Texts[R comparable] map[textKey][]R

// textKey is a text in one property of one kind: its normal form, or of one in
// traditional characters also otherScript and its simplified form.
type textKey struct{ kind, property, text string }

// otherScript begins no normal form.
const otherScript = "\x00"

// Add adds a text of a node.
func (t Texts[R]) Add(kind, property, text string, node R) {
	normal := schema.NormalName(text)
	t.put(textKey{kind, property, normal}, node)
	if simplified := hanzi.Simplify(normal); simplified != normal {
		t.put(textKey{kind, property, otherScript + simplified}, node)
	}
}

func (t Texts[R]) put(k textKey, node R) {
	if !slices.Contains(t[k], node) {
		t[k] = append(t[k], node)
	}
}

// Find returns the nodes with a text in a property, in the order in which they were
// added. Where none has it, simplified and traditional characters count as one.
func (t Texts[R]) Find(kind, property, text string) []R {
	normal := schema.NormalName(text)
	if found := t[textKey{kind, property, normal}]; len(found) > 0 {
		return found
	}
	simplified := schema.SimplifiedName(text)
	found := t[textKey{kind, property, otherScript + simplified}]
	if simplified != normal {
		found = slices.Concat(t[textKey{kind, property, simplified}], found)
	}
	return found
}
