package questions

import (
	"slices"

	"github.com/graphql-go/graphql"

	"liantu/api/disclosure"
	"liantu/api/engine"
	"liantu/api/fields"
	"liantu/graph/projection"
)

// Question is a field of the root.
type Question struct {
	Name  string
	Needs []string     // kinds of nodes without which it is left out
	Work  *engine.Work // that it does before its answer is written, nil for little
	Field func(b *fields.Builder) *graphql.Field
}

// chains are the kinds that every question on gaps needs.
var chains = []string{projection.Ecosystem, projection.Chain, projection.Link, projection.Region, projection.Company}

// freshReference is the work of preparing a reference that no question has used
// before.
const freshReference = 50_000

// introductionWork is the work of introductions to one company, or to those at one link.
const introductionWork = 10_000

// All lists the questions. A new one is a file of its own and a row here.
// Work is in values: about 2,000 to a millisecond of the processor, by what
// bench/load measures; see package admission.
func All() []Question {
	return []Question{
		{Name: "node", Field: nodeField},
		{Name: "chain", Needs: []string{projection.Chain}, Field: findKind(projection.Chain)},
		{Name: "link", Needs: []string{projection.Link}, Field: findKind(projection.Link)},
		{Name: "company", Needs: []string{projection.Company}, Field: findKind(projection.Company)},
		{Name: "region", Needs: []string{projection.Region}, Field: findKind(projection.Region)},
		{Name: "nodes", Work: narrowWork, Field: nodesField},
		{Name: "ecosystems", Needs: []string{projection.Ecosystem}, Field: ecosystemsField},
		{Name: "search", Work: &engine.Work{Always: 15_000}, Field: searchField},
		{Name: "meta", Field: metaField},
		{Name: "viewer", Needs: []string{projection.Ecosystem, projection.Region}, Field: viewerField},
		{Name: "gaps", Needs: chains, Work: &engine.Work{Always: 2_000, Argument: "peers", More: freshReference}, Field: gapsField},
		{Name: "candidates", Needs: candidateKinds, Work: candidatesWork(), Field: candidatesField},
		{Name: "introductions", Needs: introductionKinds, Work: &engine.Work{Always: introductionWork}, Field: introductionsField},
		{Name: "match", Needs: with(projection.Intermediary, projection.TaskForce), Work: &engine.Work{Always: 30_000}, Field: matchField},
		{Name: "needs", Needs: with(projection.Intermediary, projection.TaskForce), Work: &engine.Work{Always: 10_000}, Field: needsField},
		{Name: "matchPlan", Needs: with(projection.Intermediary, projection.TaskForce), Work: &engine.Work{Always: 50_000}, Field: matchPlanField},
		{Name: "compare", Needs: chains, Work: &engine.Work{Always: 30_000, Argument: "reference", More: freshReference}, Field: compareField},
		{Name: "matrix", Needs: chains, Work: &engine.Work{Always: 2_000, Argument: "reference", More: freshReference, Also: []engine.Extra{{Argument: "regions", More: 10, Each: true}}}, Field: matrixField},
		{Name: "chainMap", Needs: candidateKinds, Work: &engine.Work{Always: 8_000, Argument: "peers", More: freshReference}, Field: chainMapField},
		{Name: "whatIf", Needs: chains, Work: &engine.Work{Always: 8_000, Argument: "peers", More: freshReference}, Field: whatIfField},
		{Name: "layerTies", Needs: chains, Work: &engine.Work{Always: 5_000}, Field: layerTiesField},
		{Name: "anchor", Needs: chains, Work: &engine.Work{Always: 2_000, Argument: "peers", More: freshReference}, Field: anchorField},
		{Name: "changes", Needs: chains, Work: &engine.Work{Always: changesWork}, Field: changesField},
		{Name: "quality", Needs: chains, Work: &engine.Work{Always: 60_000}, Field: qualityField},
		{Name: "populations", Needs: chains, Work: &engine.Work{Always: 10_000}, Field: populationsField},
		{Name: "placements", Needs: with(projection.PlacementJudgement), Work: placementsWork(), Field: placementsField},
		{Name: "placementQuestions", Needs: with(projection.PlacementJudgement), Work: placementsWork(), Field: placementQuestionsField},
		{Name: "placementQuality", Needs: with(projection.PlacementJudgement), Work: &engine.Work{Always: placeWords}, Field: placementQualityField},
		{Name: "loads", Field: loadsField},
	}
}

// narrowWork is the work of filtering and of ordering a list of nodes: all nodes of a kind
// are read, once for each version of the graph as long as the list is cached. An order of
// 6,000 companies takes some 6 ms, a filter of three members 1 ms and as much again for each
// value that was not filtered on before.
var narrowWork = &engine.Work{Also: []engine.Extra{{Argument: "filter", More: 10_000}, {Argument: "orderBy", More: 20_000}}}

// candidateKinds are the kinds that candidates need.
var candidateKinds = with(projection.TaskForce, projection.Project, projection.Opportunity)

// introductionKinds are the kinds that introductions need.
var introductionKinds = with(projection.Person)

func with(kinds ...string) []string { return slices.Concat(chains, kinds) }

// Root makes the root type of questions. A model that lacks what the
// questions on gaps need is noted as a fault.
func Root(b *fields.Builder, all []Question) *graphql.Object {
	makeWords(b)
	for _, kind := range chains {
		if b.Model.Node(kind) == nil {
			b.Fault("model: no node kind %q, which the questions need", kind)
		}
	}
	root := graphql.Fields{}
	for _, q := range all {
		if has(b, q.Needs) {
			root[q.Name] = q.Field(b)
		}
	}
	return graphql.NewObject(graphql.ObjectConfig{
		Name: disclosure.QueryType, Description: fields.Both("The questions.", "可提的问题。"), Fields: b.Of(disclosure.QueryType, root),
	})
}

// has reports whether the model has all of some kinds of nodes.
func has(b *fields.Builder, kinds []string) bool {
	return !slices.ContainsFunc(kinds, func(kind string) bool { return b.Model.Node(kind) == nil })
}

// WorkOf returns a function that says which work a question does before anything is written,
// or a field below one that computes as much, and nil for every other field.
func WorkOf(all []Question) func(object, field string) *engine.Work {
	root := map[string]*engine.Work{}
	for _, q := range all {
		root[q.Name] = q.Work
	}
	works := map[string]map[string]*engine.Work{
		disclosure.QueryType: root,
		"Verdict":            {"candidates": {Always: nestedCandidates}, "introductions": {Always: introductionWork}},
		"MatrixRow":          {"cells": {Always: matrixCells}},
		"MapLink":            {"candidates": {Always: countedCandidates}},
		projection.Region:    {"companies": narrowWork},
	}
	return func(object, field string) *engine.Work { return works[object][field] }
}
