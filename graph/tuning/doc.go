// Package tuning holds the settings of introductions and of matching, which are part of
// [liantu/graph/gaps.Settings]: their types, what the program ships, and their ranges.
//
// Package gaps and those above it, and tests, may import tuning; it imports graph.
package tuning
