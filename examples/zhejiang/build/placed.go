package main

import (
	"context"
	"errors"
	"os"
	"strconv"

	"liantu/examples/zhejiang/picture"
	"liantu/graph"
	"liantu/graph/placements"
	"liantu/graph/projection"
	"liantu/place"
)

// precision is the part of the placements that is to be right, the default of liantu place.
const precision = .9

// addPlacements loads what the pack holds so far into a temporary graph, lets the program
// place its companies at their links by their own words, and puts what came of it into the
// pack as a run of liantu place over the whole country would write it. It returns the
// codes of the companies that are placed or for review.
func addPlacements(ctx context.Context, p pack) (at map[string]bool, err error) {
	dir, err := os.MkdirTemp("", "liantu-pack")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	if err := p.write(dir); err != nil {
		return nil, err
	}
	live, err := picture.Of(ctx, os.DirFS(dir))
	if err != nil {
		return nil, err
	}
	return p.place(ctx, live.Current())
}

// place places the companies of a picture at its links and adds what came of it.
func (p pack) place(ctx context.Context, pic *projection.Projection) (map[string]bool, error) {
	method, err := placements.NewMethod(pic, precision)
	if err != nil {
		return nil, err
	}
	answer, err := placements.Run(ctx, pic, method, projection.Country)
	if err != nil {
		return nil, err
	}
	return p.addRows(pic, answer), nil
}

// addRows adds what came of each company that was read, and the source that says so.
func (p pack) addRows(pic *projection.Projection, a *placements.Answer) map[string]bool {
	at := map[string]bool{}
	var newest graph.Provenance
	for i := range a.Rows {
		r := &a.Rows[i]
		if i == 0 || graph.CompareDates(*r.By, newest) < 0 {
			newest = *r.By
		}
		code := pic.Text(r.Company, "stock_code")
		key := row{"stock_code": code}
		if code == "" {
			code = pic.Text(r.Company, "uscc")
			key = row{"uscc": code}
		}
		by := provenance{placements.Source, r.By.AsOf, string(graph.GradeC)}
		kind, state := "MAY_OPERATE_IN", "READ"
		if r.Placed() {
			kind, state = "OPERATES_IN", ""
		}
		for l := range r.Links() {
			if r.Placed() && l.Outcome != place.Confirmed {
				continue
			}
			at[code] = true
			if !r.Placed() {
				state = "UNDER_REVIEW"
			}
			p.add(kind, row{
				"from": code, "to": l.Link, "probability": strconv.FormatFloat(l.Stated(), 'f', 2, 64), "evidence": placements.Evidence(l),
			}.by(by))
		}
		if state != "" {
			key["placement"] = state
			p.add("Company", key.by(by))
		}
	}
	p.add("Source", row{
		"name": placements.Source, "title": "程序按企业自己的说法挂链", "is_placement": "true", "population": "LISTED", "complete_in": projection.Country,
	}.by(provenance{placements.Source, newest.AsOf, string(graph.GradeC)}))
	return at
}
