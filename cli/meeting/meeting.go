// Package meeting makes the papers of a meeting about the gaps of a region: one workbook, of
// what is to be done, whom to approach, who opens the door, how other regions stand and how to
// read it, and one document of a few pages with the same in short. Both are of one set of
// answers of one picture, so that their numbers agree, and with those of the questions.
//
// # Definitions
//
// The list is the answer of package gaps to the question, without actions in it of what calls
// for work: BUILD, FILL, STRENGTHEN and EXTEND; with declared roles only the links with one of
// these in a plan. The rows are all links of the same scope, in
// whatever state; the counts by state are those of the rows, by the ecosystem of each.
//
// Targets are the candidates of package candidates for the first [candidates.MaxLinks] links
// of the list. First are, for each of the first ListedTargets links of the list, the best
// candidates to attract for it alone.
//
// Doors are, for each of the first ListedDoors links of the list, the strongest introductions
// of package introductions to companies that would fill it.
//
// The comparison is that of package gaps, of the links of the list, with the regions asked
// for, else with the Peers regions of the same level most like it.
//
// A part that the caller may not ask for is left out, and the papers say so. People appear by
// their codes.
//
// Only package cli imports meeting.
package meeting

import (
	"cmp"
	"context"
	"slices"

	"liantu/graph"
	"liantu/graph/candidates"
	"liantu/graph/gaps"
	"liantu/graph/introductions"
	"liantu/graph/projection"
	"liantu/graph/tuning"
)

// How much of each part there is.
const (
	ListedTargets = 40  // links with their own best companies
	ListedDoors   = 12  // links with introductions
	DoorsOfLink   = 2   // introductions to companies for one link
	Companies     = 100 // targets
	Peers         = 2   // regions to compare with, where none is named
	best          = 3   // companies that are named for a link
)

// Question is what a meeting is about.
type Question struct {
	Gaps    gaps.Question
	Against []string     // regions to compare with, codes or names
	Roles   []gaps.Class // declared roles of the links in the list, without any all links
	Limit   int          // links in the list at most, 0 for all
	Today   string       // the day on which consent must hold, an ISO date
	// May reports whether the caller may ask a question, by its name in GraphQL.
	May func(question string) bool
}

// Papers are the answers of which the papers are made.
type Papers struct {
	Rows     *gaps.Answer    // links of all states
	Asked    *gaps.Answer    // links of the list
	List     []*gaps.Verdict // of them as many as are asked for
	Targets  []*candidates.Candidate
	First    map[projection.Vertex][]*candidates.Candidate // by link
	Doors    []Door
	Compared *gaps.Comparison // nil if the caller may not ask for it, or no region is like it
	Denied   []string         // questions that the caller may not ask
	// Left is how many candidates the list of targets leaves out.
	Left int
}

// Door is a way to a company that would fill a link.
type Door struct {
	Link projection.Vertex
	*introductions.Introduction
}

// Work are the actions that call for work.
func Work() []gaps.Action {
	return []gaps.Action{gaps.Build, gaps.Fill, gaps.Strengthen, gaps.Extend}
}

// Roles are the roles that a plan gives to links.
func Roles() []gaps.Class {
	return []gaps.Class{gaps.Core, gaps.Key, gaps.Prominent, gaps.Restricted}
}

// Ask asks all questions of a meeting. Errors are those of the questions.
func Ask(ctx context.Context, p *projection.Projection, settings tuning.Settings, q Question) (*Papers, error) {
	out := &Papers{First: map[projection.Vertex][]*candidates.Candidate{}}
	if len(q.Gaps.Actions) == 0 {
		q.Gaps.Actions = Work()
	}
	var err error
	if out.Asked, err = gaps.Ask(ctx, p, settings, q.Gaps); err != nil {
		return nil, err
	}
	all := q.Gaps
	all.Actions, all.States = nil, nil
	if out.Rows, err = gaps.Ask(ctx, p, settings, all); err != nil {
		return nil, err
	}
	for _, v := range out.Asked.Verdicts {
		if len(q.Roles) == 0 || slices.Contains(q.Roles, v.Declared) {
			out.List = append(out.List, v)
		}
	}
	if q.Limit > 0 {
		out.List = out.List[:min(q.Limit, len(out.List))]
	}
	if len(out.List) == 0 {
		return out, nil
	}
	for _, part := range []struct {
		question string
		ask      func(context.Context, *projection.Projection, tuning.Settings, *Question) error
	}{{"candidates", out.targets}, {"introductions", out.doors}, {"compare", out.compare}} {
		if !q.May(part.question) {
			out.Denied = append(out.Denied, part.question)
			continue
		}
		if err := part.ask(ctx, p, settings, &q); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// targets finds whom to approach.
func (out *Papers) targets(ctx context.Context, p *projection.Projection, settings tuning.Settings, q *Question) error {
	asked := candidates.Question{Region: q.Gaps.Region, MinGrade: q.Gaps.MinGrade}
	for _, v := range out.List[:min(candidates.MaxLinks, len(out.List))] {
		asked.Links = append(asked.Links, string(p.ID(v.Link)))
	}
	answer, err := candidates.Ask(ctx, p, settings, asked)
	if err != nil {
		return err
	}
	out.Targets = answer.First(min(Companies, answer.Len()))
	out.Left = answer.Len() - len(out.Targets)
	for _, v := range out.List[:min(ListedTargets, len(out.List))] {
		one, err := candidates.Of(ctx, p, settings, v, candidates.Attract)
		if err != nil {
			return err
		}
		out.First[v.Link] = one.First(best)
	}
	return nil
}

// doors finds who opens the door.
func (out *Papers) doors(ctx context.Context, p *projection.Projection, settings tuning.Settings, q *Question) error {
	for _, v := range out.List[:min(ListedDoors, len(out.List))] {
		answer, err := introductions.Ask(ctx, p, settings, introductions.Question{
			Region: q.Gaps.Region, Link: string(p.ID(v.Link)), Most: DoorsOfLink, Today: q.Today,
		})
		if err != nil {
			return err
		}
		for _, i := range answer.Introductions {
			out.Doors = append(out.Doors, Door{v.Link, i})
		}
	}
	slices.SortStableFunc(out.Doors, func(a, b Door) int { return cmp.Compare(b.Strength, a.Strength) })
	return nil
}

// compare finds how other regions stand at the links of the list.
func (out *Papers) compare(ctx context.Context, p *projection.Projection, settings tuning.Settings, q *Question) error {
	asked := gaps.CompareQuestion{
		Regions: slices.Concat([]string{q.Gaps.Region}, q.Against), Reference: q.Gaps.Peers,
		MinGrade: q.Gaps.MinGrade, Levels: q.Gaps.Levels,
	}
	if len(q.Against) == 0 {
		asked.Peers = Peers
	}
	for _, v := range out.List {
		asked.Scope = append(asked.Scope, string(p.ID(v.Link)))
	}
	answer, err := gaps.Compare(ctx, p, settings, asked)
	if err != nil {
		return err
	}
	if len(answer.Regions) > 1 {
		out.Compared = answer
	}
	return nil
}

// Synthetic reports whether invented data took part.
func (out *Papers) Synthetic() bool {
	return out.Rows.Synthetic || out.Asked.Synthetic || out.Compared != nil && out.Compared.Synthetic ||
		slices.ContainsFunc(out.Doors, func(d Door) bool { return d.Synthetic })
}

// Version is the version of the graph of which the papers are.
func (out *Papers) Version() graph.Version { return out.Rows.Version }
