package show

import (
	"maps"
	"reflect"

	"liantu/graph"
	"liantu/graph/candidates"
	"liantu/graph/gaps"
	"liantu/graph/introductions"
	"liantu/graph/matching"
	"liantu/graph/quality"
	"liantu/graph/ties"
	"liantu/graph/topics"
)

// shape is how the JSON of a type differs from its fields, so that it is that of
// the type in GraphQL.
type shape struct {
	names map[string]string                // by field: another name, "nodes" for the rows of an answer, or elsewhere
	why   string                           // the member with the reason of an unknown figure; "" for one beside each, or elsewhere
	more  func(r recorder, v any) []Member // further members
}

// elsewhere marks fields that are written elsewhere, and reasons that are.
const elsewhere = "-"

// shapesOf lists the types whose JSON is not that of their fields.
func shapesOf() map[reflect.Type]shape {
	shapes := map[reflect.Type]shape{
		reflect.TypeFor[gaps.Answer](): {names: map[string]string{"Verdicts": "nodes", "Question": elsewhere}},
		reflect.TypeFor[topics.Topic](): {more: func(r recorder, v any) []Member {
			topic := v.(topics.Topic)
			return Object{{"said", r.record(topic.Said(r.picture))}}
		}},
		reflect.TypeFor[gaps.Verdict]():      {names: map[string]string{"Severity": elsewhere}},
		reflect.TypeFor[gaps.Numbers]():      {names: map[string]string{"ProbabilityFair": "probabilityAdequate", "WeakWithAll": "probabilityWeakWithAll"}, why: elsewhere},
		reflect.TypeFor[gaps.Term]():         {why: "why"},
		reflect.TypeFor[gaps.Placement]():    {why: elsewhere},
		reflect.TypeFor[ties.LayerAnswer]():  {names: map[string]string{"Ties": "nodes"}},
		reflect.TypeFor[ties.AnchorAnswer](): {names: map[string]string{"Links": "nodes"}},
		reflect.TypeFor[gaps.WhatIfAnswer](): {names: map[string]string{"Shifts": "nodes"}},
		reflect.TypeFor[gaps.Summary](): {
			names: map[string]string{"States": elsewhere, "Actions": elsewhere},
			more:  func(_ recorder, v any) []Member { return counts(v.(gaps.Summary)) },
		},
		reflect.TypeFor[gaps.Evidence](): {
			names: map[string]string{"Share": "revenueShare", "Source": elsewhere},
			more: func(_ recorder, v any) []Member {
				e := v.(gaps.Evidence)
				return provenance(graph.Provenance{Source: e.Source, AsOf: e.AsOf, Grade: e.Grade, Assumed: e.Assumed})
			},
		},
		reflect.TypeFor[gaps.Comparison](): {
			names: map[string]string{"Coverage": "coverages", "RegionDates": "datesByRegion", "Links": elsewhere, "Cells": elsewhere, "Quadrants": elsewhere},
			more:  func(r recorder, v any) []Member { return r.compared(v.(gaps.Comparison)) },
		},
		reflect.TypeFor[candidates.Exclusion](): {
			names: map[string]string{"Pursuit": elsewhere},
			more: func(r recorder, v any) []Member {
				pursuits := []any{}
				if p := v.(candidates.Exclusion).Pursuit; p != nil {
					pursuits = append(pursuits, r.record(*p))
				}
				return Object{{"taskForces", pursuits}}
			},
		},
		reflect.TypeFor[introductions.Answer](): {names: map[string]string{"Introductions": "nodes"}},
		reflect.TypeFor[introductions.Hop](): {
			names: map[string]string{"Source": elsewhere, "AsOf": elsewhere, "Assumed": elsewhere, "Grade": elsewhere},
			more: func(_ recorder, v any) []Member {
				h := v.(introductions.Hop)
				return provenance(graph.Provenance{Source: h.Source, AsOf: h.AsOf, Grade: h.Grade, Assumed: h.Assumed})
			},
		},
		reflect.TypeFor[matching.Answer](): {names: map[string]string{"Matches": "nodes"}},
		reflect.TypeFor[matching.Standing](): {
			names: map[string]string{"CapacityStated": elsewhere, "Load": elsewhere},
			more: func(_ recorder, v any) []Member {
				p := v.(matching.Standing)
				return Object{{"free", p.Free()}}
			},
		},
		reflect.TypeFor[quality.Counts](): {names: map[string]string{"Synthetic": "invented"}},
		reflect.TypeFor[quality.Source](): {
			names: map[string]string{"Grades": elsewhere},
			more: func(_ recorder, v any) []Member {
				g := v.(quality.Source).Grades
				return Object{{"gradeA", g[0]}, {"gradeB", g[1]}, {"gradeC", g[2]}, {"gradeD", g[3]}}
			},
		},
	}
	maps.Copy(shapes, placementShapes())
	return shapes
}

// counts are the links of a summary by state and by action.
func counts(s gaps.Summary) []Member {
	var states, actions []Object
	for _, state := range ratedStates() {
		states = append(states, Object{{"state", state}, {"count", s.States[state]}})
	}
	for _, action := range gaps.Actions() {
		actions = append(actions, Object{{"action", action}, {"count", s.Actions[action]}})
	}
	return Object{{"states", states}, {"actions", actions}}
}

// provenance is where a statement comes from.
func provenance(p graph.Provenance) []Member {
	return Object{{"provenance", Object{{"source", p.Source}, {"asOf", p.AsOf}, {"assumed", p.Assumed}, {"grade", p.Grade}}}}
}

// compared are the rows of a comparison: a link with its placement and with the
// verdict in each region.
func (r recorder) compared(c gaps.Comparison) []Member {
	rows := make([]Object, len(c.Links))
	for i := range rows {
		rows[i] = r.record(c.Quadrants[i]).(Object).With("cells", r.record(c.Cells[i]))
	}
	return Connection(rows, len(rows))
}
