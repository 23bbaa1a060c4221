package api

import (
	"fmt"
	"net/http"
	"runtime"
	"slices"

	"liantu/api/guard"
	"liantu/api/metrics"
	"liantu/message"
)

// longestName is the most bytes of the name of an operation in logs and metrics.
const longestName = 64

// prepareNames learns the operations that have a name in logs, traces and metrics: those
// of the documents that come with the program or are trusted. All others are chosen by
// clients.
func (s *Server) prepareNames(deps Deps) error {
	s.words = guard.Names(s.sdl)
	s.names = map[operationHash]string{}
	documents := slices.Clone(deps.Known)
	if s.trusted != nil {
		for text := range s.trusted.places {
			documents = append(documents, text)
		}
	}
	for _, text := range documents {
		doc, errs := s.engine.Read(text)
		if len(errs) > 0 {
			return message.Errorf("a known document: %w", errs[0])
		}
		names := doc.Names()
		for _, name := range names {
			if name == "" || len(name) > longestName {
				continue
			}
			s.names[operationKeyOf(&Request{Query: text, OperationName: name})] = name
			if len(names) == 1 {
				s.names[operationKeyOf(&Request{Query: text})] = name
			}
		}
	}
	return nil
}

// nameOf is the name of an operation as logs, traces and metrics may show it: its own if
// its document is known, else other; "" for one without a name.
func (s *Server) nameOf(operation operationHash, name string) string {
	if name == "" {
		return ""
	}
	if known, ok := s.names[operation]; ok {
		return known
	}
	return metrics.Other
}

// methodOf is the method of a request as logs and traces may show it. A client may send
// any word.
func methodOf(r *http.Request) string {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete,
		http.MethodOptions, http.MethodConnect, http.MethodTrace:
		return r.Method
	}
	return metrics.Other
}

// reasonOfPanic is what the log says of a panic beside its stack: the text of an error of
// the run time, which holds numbers and types alone, else only a type, since a text may
// repeat what a client sent.
func reasonOfPanic(reason any) string {
	if err, ok := reason.(runtime.Error); ok {
		return err.Error()
	}
	return fmt.Sprintf("%T", reason)
}
