package main

import (
	"cmp"
	"context"
	"fmt"
	"hash/fnv"
	"io"
	"math"
	"slices"

	"liantu/evaluate/placement"
	"liantu/place"
)

// shares are the parts of the teaching companies of which the curve learns.
var shares = []float64{1. / 8, 1. / 4, 1. / 2, 3. / 4, 1}

// rotations is how many samples of each part the curve takes the mean of.
const rotations = 5

// sample returns a part of companies: in an order by hash, from the rotation's start on.
// A larger part of one rotation holds the smaller ones.
func sample(companies []company, share float64, rotation int) []company {
	order := slices.Clone(companies)
	slices.SortStableFunc(order, func(a, b company) int { return cmp.Compare(shuffled(a.Name), shuffled(b.Name)) })
	n := int(math.Round(share * float64(len(order))))
	from := rotation * len(order) / rotations
	return slices.Concat(order, order)[from : from+n]
}

// shuffled is a hash of a name that has nothing to do with the one that divides the halves.
func shuffled(name string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte("curve " + name)) // it cannot fail
	return h.Sum64()
}

// point is the sum of what the samples of one size gave.
type point struct {
	samples, reached      int // of these, those that reached the precision
	pairs                 int
	ap, at5, ece          float64
	confirmed, right, yes int
}

// curve prints how the measures on the companies that taught nothing grow with the
// companies that teach.
func curve(ctx context.Context, w io.Writer, links []place.Link, companies []company, precision float64, shares []float64) error {
	teachers, others := only(companies, teaches), only(companies, measures)
	if _, err := fmt.Fprintln(w, "of the teachers  companies  pairs     AP  recall@5    ECE  strict  recall  samples that reached the precision"); err != nil {
		return err
	}
	for _, share := range shares {
		var p point
		for rotation := range rotations {
			if share == 1 && rotation > 0 {
				break // all companies in another order are the same ones
			}
			if err := p.add(ctx, links, sample(teachers, share, rotation), others, precision); err != nil {
				return err
			}
		}
		if err := p.print(w, share, len(teachers)); err != nil {
			return err
		}
	}
	return nil
}

// print prints the means, and of the pairs that all samples placed together how many are right.
func (p *point) print(w io.Writer, share float64, teachers int) error {
	n, strict := float64(p.samples), "     –"
	if p.confirmed > 0 {
		strict = fmt.Sprintf("%6.3f", float64(p.right)/float64(p.confirmed))
	}
	_, err := fmt.Fprintf(w, "%15.3f  %9.0f  %5.0f  %.3f  %8.3f  %.3f  %s  %6.3f  %d of %d\n", share, share*float64(teachers), float64(p.pairs)/n,
		p.ap/n, p.at5/n, p.ece/n, strict, float64(p.right)/float64(p.yes), p.reached, p.samples)
	return err
}

// add learns from some companies and measures on others. A sample too small to reach the
// precision places nothing; its probabilities are measured all the same.
func (p *point) add(ctx context.Context, links []place.Link, teachers, others []company, precision float64) error {
	model, err := teach(links, teachers)
	if err != nil {
		return err
	}
	_, unreached := model.Threshold(precision)
	if unreached != nil {
		precision = 0
	}
	placer, err := place.With(links, model, precision)
	if err != nil {
		return err
	}
	scored, labels, err := score(ctx, placer, others)
	if err != nil {
		return err
	}
	results, _ := placement.Measure(scored, labels)
	r := results[0]
	p.samples++
	for _, c := range teachers {
		p.pairs += len(c.pairs)
	}
	p.ap, p.at5, p.ece = p.ap+r.AP, p.at5+r.RecallAt5.Value, p.ece+r.ECE
	p.yes += r.Yes
	if unreached == nil {
		p.reached++
		p.confirmed += r.Confirmed
		p.right += int(math.Round(r.Recall.Value * float64(r.Yes)))
	}
	return nil
}
