package graph

import (
	"strings"

	"liantu/schema"
)

// concealedText stands for a personal value in a text.
const concealedText = "***"

// String returns the key as it may stand in a message or a log: without the personal
// values of which it is made, as in "Person/phone=***&name=***". Code that needs the
// key itself converts it to a string.
func (k Key) String() string {
	name, values, ok := strings.Cut(string(k), "/")
	kind := schema.Default().Node(name)
	if !ok || kind == nil {
		return string(k)
	}
	pairs := strings.Split(values, "&")
	for i, pair := range pairs {
		property, _, _ := strings.Cut(pair, "=")
		if p := kind.Property(property); p == nil || p.Sensitivity == schema.Personal {
			pairs[i] = property + "=" + concealedText
		}
	}
	return name + "/" + strings.Join(pairs, "&")
}
