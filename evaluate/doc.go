// Package evaluate back-tests the advice of the program: it hides what came
// after a day, asks which empty cells, suppliers or materials to expect, and
// scores the answers by what came. It runs on any folder in a plain layout of
// CSV files; see [ReadFolder].
//
// The future is hidden by the projection of the day ([projection.AsOf]), which
// answers every question as of a day, not by a separate filter: companies are
// facts of a store, dated by the day on which they came.
//
// The program and tests may import evaluate; it imports projection,
// feasibility, relatedness, graph and schema.
package evaluate
