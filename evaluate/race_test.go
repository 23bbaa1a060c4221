//go:build race

package evaluate_test

// raced says that the race detector is on, which makes long computations take
// ten times as long.
const raced = true
