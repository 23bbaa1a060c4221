package admission

import (
	"strings"

	"liantu/api/engine"
	"liantu/api/fault"
	"liantu/message"
)

// listGuess is how many items a list without pages is taken to have.
const listGuess = 10

// introspectionLimit is the most values that an introspection may hold by the
// guesses: the full query of the usual clients comes to some 430,000, most of them
// inner types that a type does not have.
const introspectionLimit = 1_000_000

// SchemaShare is how many guessed values of an introspection count as one that is
// written, by the full query of the usual clients.
const SchemaShare = 10

// introspectionGuess is how long the lists of an introspection are taken to
// be: large enough to pass the full query of the usual clients, and to refuse one
// more level of types within fields within types.
var introspectionGuess = map[string]int{
	"types": 200, "fields": 15, "args": 3, "enumValues": 5, "inputFields": 1, "interfaces": 1,
	"possibleTypes": 1, "directives": 4,
}

// Sizes returns how long lists are taken to be, and the work of questions.
func (g *Gate) Sizes() engine.Sizes {
	return engine.Sizes{Page: "first", Rows: holdsRows, Default: g.limits.DefaultPage, List: listLength, Work: g.work}
}

// holdsRows reports whether a field of a connection holds its rows.
func holdsRows(field string) bool { return field == "nodes" || field == "edges" }

// summariesGuess is how many lines the summaries of an answer are taken to have.
const summariesGuess = 100

// comparedGuess is the most regions that a comparison puts side by side.
const comparedGuess = 40

// matrixGuess is the most chains that are the columns of a matrix.
const matrixGuess = 60

// mapGuess is the most links of the map of a chain, and the most ties.
const mapGuess = 2_000

// listLength guesses the length of a list without pages.
func listLength(object, field string) int {
	if object == "ComparedLink" && field == "cells" {
		return comparedGuess
	}
	if object == "MatrixRow" && field == "cells" || object == "MatrixRowConnection" && field == "scopes" {
		return matrixGuess
	}
	if object == "ChainMap" && (field == "links" || field == "ties") {
		return mapGuess
	}
	if object == "VerdictConnection" && field == "summaries" {
		return summariesGuess
	}
	if n, ok := introspectionGuess[field]; ok && strings.HasPrefix(object, "__") {
		return n
	}
	return listGuess
}

// The bounds of an operation, as reasons of a refusal.
const (
	pageLimit                = fault.ReasonPage
	nodeLimit                = "NODE_LIMIT"
	valueLimit               = "VALUE_LIMIT"
	workLimit                = "WORK_LIMIT"
	introspectionLimitReason = "INTROSPECTION_LIMIT"
)

// tooMuch states by how much an operation is beyond a bound.
func tooMuch(reason string, asked float64, limit int) message.Text {
	switch reason {
	case pageLimit:
		return message.New("the largest page asked for has %.0f rows; %d are allowed", asked, limit)
	case nodeLimit:
		return message.New("the pages asked for may hold %.0f nodes together; %d are allowed", asked, limit)
	case valueLimit:
		return message.New("the answer may hold %.0f values; %d are allowed", asked, limit)
	case workLimit:
		return message.New("the questions take the work of %.0f values before they are answered; %d are allowed", asked, limit)
	}
	return message.New("the introspection may hold %.0f values; %d are allowed", asked, limit)
}

// CheckCost refuses an operation whose answer could be too large. The cost is that
// of full pages of the sizes that are asked for, whether or not there is so much.
// The error is a refusal with [fault.CodeLimit].
func (g *Gate) CheckCost(total engine.Cost) error {
	if total.Less < 0 {
		return fault.RefusePage(int(total.Less), g.limits.MaxPage)
	}
	for _, bound := range []struct {
		reason string
		asked  float64
		limit  int
	}{
		{pageLimit, total.Page, g.limits.MaxPage},
		{nodeLimit, total.Nodes, g.limits.MaxNodes},
		{valueLimit, total.Values, g.limits.MaxFields},
		{workLimit, total.Work, g.limits.MaxFields},
		{introspectionLimitReason, total.Schema, introspectionLimit},
	} {
		if bound.asked > float64(bound.limit) {
			return fault.Refuse(fault.CodeLimit, "%s", tooMuch(bound.reason, bound.asked, bound.limit)).
				With("reason", bound.reason).With("limit", bound.limit)
		}
	}
	return nil
}
