package graph

import "strings"

// Values returns the values of which the key was made, in the order of the
// group: one for a key that a single property makes. Names are in the form in
// which they are compared. An [IDKey] has none.
func (k Key) Values() []string {
	_, rest, ok := strings.Cut(string(k), "/")
	if !ok || strings.HasPrefix(string(k), idKeyPrefix) {
		return nil
	}
	var values []string
	for part := range strings.SplitSeq(rest, "&") {
		_, value, _ := strings.Cut(part, "=")
		values = append(values, keyUnescaper.Replace(value))
	}
	return values
}
