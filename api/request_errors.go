package api

import (
	"errors"
	"strings"

	"liantu/api/engine"
	"liantu/api/fault"
	"liantu/graph"
	"liantu/graph/projection"
	"liantu/message"
)

// fieldErrors converts the failures of single fields to the form of the answer.
func (s *Server) fieldErrors(x *execution, faults []*engine.Error) []fault.Error {
	var out []fault.Error
	for _, f := range faults {
		var e fault.Error
		var panicked *engine.PanicError
		switch {
		case errors.As(f.Cause, &panicked):
			e = s.panicked(x, panicked.Value, panicked.Stack)
		case errors.Is(f.Cause, engine.ErrInput):
			e = fault.Error{Message: f.In(x.Language), Extensions: map[string]any{"code": fault.CodeInput}}
		default:
			e = s.fieldError(x, f.Field, f.Cause)
		}
		e.Locations, e.Path, e.Field, e.Guess = locations(f), f.Path, f.Field, guessed(f.Cause)
		out = append(out, e)
	}
	return out
}

// guessed reports whether an error says that nothing has an id. Whoever has an id got
// it from an answer, but ids of persons from before they were keyed can be computed, and so tried out.
func guessed(cause error) bool {
	var missing *projection.NotFoundError
	if !errors.As(cause, &missing) {
		return false
	}
	_, is := graph.ID(missing.Text).Bytes()
	return is
}

// errorsShown is the most errors that are reported for one document, so that a bad
// one does not get an answer many times its length.
const errorsShown = 20

// requestErrors are the errors of the parser and the validator for a document, the
// first of them when there are many.
func requestErrors(language message.Language, faults []*engine.Error) []fault.Error {
	faults = faults[:min(len(faults), errorsShown)]
	out := make([]fault.Error, 0, len(faults))
	for _, f := range faults {
		code := fault.CodeValidation
		switch {
		case errors.Is(f.Cause, engine.ErrChoice), errors.Is(f.Cause, engine.ErrInput):
			code = fault.CodeInput
		case errors.Is(f.Cause, engine.ErrKind):
			code = fault.CodeMethod
		case f.Rule == "":
			code = fault.CodeParse
		}
		out = append(out, fault.Error{Message: shortMessage(f.In(language)), Locations: locations(f), Extensions: map[string]any{"code": code}})
	}
	return out
}

// shortMessage cuts a message that repeats what the client sent at length.
func shortMessage(text string) string {
	const most = 500
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "…"
}

// inputErrors are the errors in the values of a request.
func inputErrors(language message.Language, faults []*engine.Error) []fault.Error {
	out := make([]fault.Error, 0, len(faults))
	for _, f := range faults {
		out = append(out, fault.Error{Message: f.In(language), Locations: locations(f), Extensions: map[string]any{"code": fault.CodeInput}})
	}
	return out
}

func locations(f *engine.Error) []fault.Location {
	var out []fault.Location
	for _, l := range f.Locations {
		out = append(out, fault.Location{Line: l.Line, Column: l.Column})
	}
	return out
}
