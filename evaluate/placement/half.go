package placement

import "hash/fnv"

// Teaches reports whether the pairs of a company teach the points of placement; those of
// the other half of the companies only measure it. It is a hash of the name.
func Teaches(company string) bool {
	h := fnv.New32a()
	_, _ = h.Write([]byte(company)) // it cannot fail
	return h.Sum32()%2 == 0
}
