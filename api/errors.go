package api

import (
	"cmp"
	"errors"
	"log/slog"
	"slices"
	"strconv"
	"strings"

	"liantu/api/disclosure"
	"liantu/api/fault"
	"liantu/api/fields"
	"liantu/graph/projection"
	"liantu/message"
)

// clientError returns err in the form in which it may leave the service. An error of
// no known kind is logged in full and shown as an internal error.
func (s *Server) clientError(x *execution, err error) fault.Error {
	return s.fieldError(x, "", err)
}

// fieldError is [Server.clientError] of a field, named as in Query.gaps: it names the
// argument in which the field takes what was given in another one.
func (s *Server) fieldError(x *execution, field string, err error) fault.Error {
	var f *fault.RefusalError
	if errors.As(err, &f) {
		return f.Shown(x.Language)
	}
	if code, known := fault.CodeOf(err); known {
		ext := map[string]any{"code": code}
		text := s.text(x, code, err)
		if missing := (*projection.NotFoundError)(nil); errors.As(err, &missing) && x.Picture.Graph != nil {
			if near := s.suggestions(x, field, missing); len(near) > 0 {
				ext["didYouMean"] = near
			}
			if reason := reasonOf(missing); reason != "" {
				ext["reason"] = reason
			}
			text = s.withArguments(x, field, missing, text)
		}
		return fault.Error{Message: text, Extensions: ext}
	}
	s.log.LogAttrs(x.Context, slog.LevelError, "internal error",
		slog.String("request_id", x.ID), slog.String("error", err.Error()))
	return fault.Error{
		Message:    message.New("internal error").In(x.Language),
		Extensions: map[string]any{"code": fault.CodeInternal, "requestId": x.ID},
	}
}

// suggestion is a node that the caller may have meant.
type suggestion struct {
	Kind     string `json:"kind"`
	ID       string `json:"id"`
	Code     string `json:"code,omitempty"`
	Caption  string `json:"caption"`
	Chain    string `json:"chain,omitempty"`    // of a link, where links of several chains may be meant
	Argument string `json:"argument,omitempty"` // in which the field takes it, where it is another one
}

// maxSearches is for how many names that nothing has one request searches.
const maxSearches = 3

// meant returns the nodes that a text may mean. The first [maxSearches] texts of a request
// that find none are searched for, each once, if its client can pay for that and its time
// allows it: the error is as true without suggestions.
func (s *Server) meant(x *execution, missing *projection.NotFoundError) []projection.Hit {
	if missing.Search == nil {
		return missing.Near
	}
	key := strings.Join(append(missing.Kinds[:len(missing.Kinds):len(missing.Kinds)], missing.Text), "\x00")
	if hits, found := x.meant[key]; found {
		return hits
	}
	if len(x.meant) == maxSearches || !s.gate.PaysSearch(x.Context, x.client, &x.budget) {
		return nil
	}
	hits, err := missing.Suggest(x.Context)
	if err != nil {
		s.log.LogAttrs(x.Context, slog.LevelDebug, "no suggestions", slog.String("request_id", x.ID), slog.String("error", err.Error()))
	}
	if x.meant == nil {
		x.meant = map[string][]projection.Hit{}
	}
	x.meant[key] = hits
	return hits
}

// suggestions lists the nodes that may have been meant by a text that finds none, or
// too many: first those of other kinds.
func (s *Server) suggestions(x *execution, field string, missing *projection.NotFoundError) []suggestion {
	g := x.Picture.Graph
	hits := slices.Concat(missing.Other, s.meant(x, missing))
	var out []suggestion
	for i, hit := range hits[:min(len(hits), s.cfg.MaxSuggestions)] {
		v := hit.Vertex
		near := suggestion{Kind: g.Kind(v), ID: string(g.ID(v)), Code: g.Code(v), Caption: disclosure.Caption(s.service.Model, g, v)}
		if i < len(missing.Other) || len(missing.Kinds) == 0 {
			near.Argument = s.argumentOf(field, near.Kind)
		}
		if near.Kind == projection.Link && missing.Ambiguous && g.ChainOf(v) != projection.None {
			near.Chain = disclosure.Caption(s.service.Model, g, g.ChainOf(v))
		}
		out = append(out, near)
	}
	return out
}

// argumentOf is the argument in which a field takes a node of a kind, "" if it takes none.
func (s *Server) argumentOf(field, kind string) string {
	one := fields.LowerCamel(kind)
	for _, name := range []string{one, one + "s"} {
		if s.schema.Takes(field, name) {
			return name
		}
	}
	return ""
}

// The reasons why a text finds no node, in extensions.reason.
const (
	reasonKind      = "WRONG_KIND" // it finds one of another kind
	reasonAmbiguous = "AMBIGUOUS"  // it finds several
)

func reasonOf(missing *projection.NotFoundError) string {
	switch {
	case missing.Ambiguous:
		return reasonAmbiguous
	case len(missing.Other) > 0:
		return reasonKind
	}
	return ""
}

// withArguments adds to the text of an error how to ask for what was given in the wrong
// argument.
func (s *Server) withArguments(x *execution, field string, missing *projection.NotFoundError, text string) string {
	var ways message.Either
	for _, hit := range missing.Other {
		g := x.Picture.Graph
		name := s.argumentOf(field, g.Kind(hit.Vertex))
		if name == "" {
			continue
		}
		value := strconv.Quote(cmp.Or(g.Code(hit.Vertex), missing.Text))
		if strings.HasSuffix(name, "s") {
			value = "[" + value + "]"
		}
		ways = append(ways, name+": "+value)
	}
	if len(ways) == 0 {
		return text
	}
	return message.New("%s: use %v", text, ways).In(x.Language)
}

// text is the message for an error of the domain.
func (s *Server) text(x *execution, code fault.Code, err error) string {
	switch code {
	case fault.CodeTimeout:
		return message.New("the answer took longer than %v", s.cfg.RequestTimeout).In(x.Language)
	case fault.CodeCancelled:
		return message.New("the request was cancelled").In(x.Language)
	}
	return message.Of(err, x.Language)
}
