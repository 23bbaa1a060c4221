package main

import (
	"context"
	"fmt"
	"io"

	"liantu/evaluate/placement"
	"liantu/place"
)

// missed prints what became of the pairs judged yes of the companies that taught nothing.
func missed(ctx context.Context, w io.Writer, placer *place.Placer, companies []company) error {
	for _, part := range parts[:2] {
		scored, labels, err := score(ctx, placer, only(companies, part.holds))
		if err != nil {
			return err
		}
		misses := placement.Missed(scored, labels)
		for _, table := range []struct {
			measure string
			reasons []placement.Reason
			of      func(*placement.Misses) map[placement.Reason]int
		}{
			{"lines@5", placement.ReasonsAt5(), func(m *placement.Misses) map[placement.Reason]int { return m.At5 }},
			{"recall", placement.ReasonsOfRecall(), func(m *placement.Misses) map[placement.Reason]int { return m.OfRecall }},
		} {
			if _, err := fmt.Fprintf(w, "%s: %s\n", part.name, table.measure); err != nil {
				return err
			}
			for _, reason := range table.reasons {
				line := fmt.Sprintf("  %-68s", reason)
				for _, g := range placement.Groups() {
					if m := misses[g]; m != nil {
						line += fmt.Sprintf("  %s %3d (%2.0f%%)", g, table.of(m)[reason], 100*float64(table.of(m)[reason])/float64(m.Yes))
					}
				}
				if _, err := fmt.Fprintln(w, line); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
