// Package tuning holds the settings of all questions: their types, what the program
// ships, and their ranges.
//
// Package gaps and those above it, the program and tests may import tuning; it imports
// graph, area, projection and message.
package tuning
