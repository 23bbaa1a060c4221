package main

import (
	"context"
	"fmt"
	"io"

	"liantu/evaluate/placement"
	"liantu/place"
)

// tenths is in how many parts the half that teaches is cut.
const tenths = 10

// cross prints the measures on the half that teaches, each part of its companies placed by
// the points that the others teach. Rules and terms are chosen by it, so that the other
// half is looked at only to report.
func cross(ctx context.Context, w io.Writer, links []place.Link, companies []company, precision float64, parts uint64) error {
	var scored []placement.Scored
	var labels []placement.Label
	for n := range parts {
		held := func(c *company) bool { return shuffled(c.Name)>>20%parts == n }
		model, err := teach(links, only(companies, func(c *company) bool { return teaches(c) && !held(c) }))
		if err != nil {
			return err
		}
		placer, err := place.With(links, model, precision)
		if err != nil {
			return err
		}
		s, l, err := score(ctx, placer, only(companies, func(c *company) bool { return teaches(c) && held(c) }))
		if err != nil {
			return err
		}
		scored, labels = append(scored, s...), append(labels, l...)
	}
	return print(w, fmt.Sprintf("the half that teaches, in %d parts", parts), scored, labels)
}
