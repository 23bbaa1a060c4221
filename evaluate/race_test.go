//go:build race

package evaluate_test

// raced tells that the race detector is on, which makes long sums ten times as
// long.
const raced = true
