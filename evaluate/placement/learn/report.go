package main

import (
	"context"
	"fmt"
	"io"

	"liantu/evaluate/placement"
	"liantu/place"
)

// report prints the measures on the companies that taught nothing, and on those that did.
func report(ctx context.Context, w io.Writer, placer *place.Placer, companies []company) error {
	for _, part := range parts {
		scored, labels, err := score(ctx, placer, only(companies, part.holds))
		if err != nil {
			return err
		}
		if err := print(w, part.name, scored, labels); err != nil {
			return err
		}
	}
	return nil
}

// print prints the measures of all groups of one part of the companies.
func print(w io.Writer, part string, scored []placement.Scored, labels []placement.Label) error {
	results, _ := placement.Measure(scored, labels)
	if _, err := fmt.Fprintln(w, part); err != nil {
		return err
	}
	for _, r := range results {
		if _, err := fmt.Fprintf(w, "  %-15s companies %3d pairs %4d yes %3d confirmed %3d strict %.3f lenient %.3f recall %.3f recall@5 %.3f lines@5 %.3f AP %.3f ECE %.3f\n",
			r.Group, r.Companies, r.Pairs, r.Yes, r.Confirmed, r.Strict.Value, r.Lenient.Value, r.Recall.Value, r.RecallAt5.Value, r.LinesAt5.Value, r.AP, r.ECE); err != nil {
			return err
		}
	}
	return nil
}

// score places companies and returns their labels with them.
func score(ctx context.Context, placer *place.Placer, companies []company) ([]placement.Scored, []placement.Label, error) {
	texts := make([]placement.Text, len(companies))
	var labels []placement.Label
	for i := range companies {
		texts[i] = placement.Text{Company: companies[i].Company}
		labels = append(labels, companies[i].labels()...)
	}
	scored, err := placement.Score(ctx, placer, texts)
	return scored, labels, err
}

// parts are the parts of the companies that the report shows apart.
var parts = []struct {
	name  string
	holds func(*company) bool
}{
	{"taught nothing, and nobody had looked at them", func(c *company) bool { return measures(c) && c.fresh }},
	{"taught nothing", measures},
	{"taught the points", teaches},
}

func teaches(c *company) bool { return placement.Teaches(c.Name) }

func measures(c *company) bool { return !placement.Teaches(c.Name) }

// only returns the companies of which something holds, in their order.
func only(companies []company, holds func(*company) bool) []company {
	var out []company
	for i := range companies {
		if holds(&companies[i]) {
			out = append(out, companies[i])
		}
	}
	return out
}
