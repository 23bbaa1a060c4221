package api

import (
	"strings"

	"liantu/api/engine"
)

// listGuess is how many items a list without pages is taken to have.
const listGuess = 10

// introspectionLimit bounds the values that an introspection may hold, as they
// are guessed: the full query of the usual clients comes to some 430,000,
// most of them the inner types that a type does not have.
const introspectionLimit = 1_000_000

// schemaShare says how many guessed values of an introspection make one that is
// written, by the full query of the usual clients.
const schemaShare = 10

// introspectionGuess is how long the lists of an introspection are taken to
// be: enough for the full query of the usual clients, too much for one more
// turn of types within fields within types.
var introspectionGuess = map[string]int{
	"types": 200, "fields": 15, "args": 3, "enumValues": 5, "inputFields": 1, "interfaces": 1,
	"possibleTypes": 1, "directives": 4,
}

// sizes says how long lists are taken to be.
func (s *Server) sizes() engine.Sizes {
	return engine.Sizes{Page: "first", Default: s.cfg.DefaultPage, List: listLength, Work: workOf}
}

// The work of questions, in values: about 2,000 to a millisecond of the
// processor, by what bench/load measures.
var (
	freshReference = 50_000.0 // an area to compare with that nobody has compared with before
	works          = map[string]*engine.Work{
		"gaps":          {Always: 2_000, Argument: "peers", More: freshReference},
		"anchor":        {Always: 2_000, Argument: "peers", More: freshReference},
		"whatIf":        {Always: 8_000, Argument: "peers", More: freshReference},
		"compare":       {Always: 30_000, Argument: "reference", More: freshReference},
		"candidates":    {Always: 5_000},
		"introductions": {Always: 10_000},
		"match":         {Always: 30_000},
		"matchPlan":     {Always: 50_000},
		"needs":         {Always: 10_000},
		"quality":       {Always: 60_000},
		"search":        {Always: 15_000},
		"ties":          {Always: 5_000},
	}
)

// workOf says what a question works out before anything of it is written.
func workOf(object, field string) *engine.Work {
	if object != "Query" {
		return nil
	}
	return works[field]
}

// comparedGuess is the most regions that a comparison puts side by side.
const comparedGuess = 40

// listLength guesses the length of a list without pages.
func listLength(object, field string) int {
	if object == "ComparedLink" && field == "cells" {
		return comparedGuess
	}
	if n, ok := introspectionGuess[field]; ok && strings.HasPrefix(object, "__") {
		return n
	}
	return listGuess
}

// checkCost refuses an operation whose answer could be too large. The cost
// follows the sizes of the pages that are asked for, whether or not there is so
// much.
func (s *Server) checkCost(total engine.Cost) error {
	for _, bound := range []struct {
		reason, what string
		asked        float64
		limit        int
	}{
		{"PAGE_LIMIT", "the largest page asked for has %.0f rows; %d are allowed", total.Page, s.cfg.MaxPage},
		{"NODE_LIMIT", "the pages asked for may hold %.0f nodes together; %d are allowed", total.Nodes, s.cfg.MaxNodes},
		{"VALUE_LIMIT", "the answer may hold %.0f values; %d are allowed", total.Values, s.cfg.MaxFields},
		{"WORK_LIMIT", "the questions take the work of %.0f values before they are answered; %d are allowed", total.Work, s.cfg.MaxFields},
		{"INTROSPECTION_LIMIT", "the introspection may hold %.0f values; %d are allowed", total.Schema, introspectionLimit},
	} {
		if bound.asked > float64(bound.limit) {
			return refuse(CodeLimit, bound.what, bound.asked, bound.limit).with("reason", bound.reason).with("limit", bound.limit)
		}
	}
	return nil
}
