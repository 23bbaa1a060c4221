//go:build !race

package evaluate_test

const raced = false
