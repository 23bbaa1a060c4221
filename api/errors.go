package api

import (
	"errors"
	"log/slog"

	"liantu/api/disclosure"
	"liantu/api/fault"
	"liantu/graph/projection"
	"liantu/message"
)

// clientError returns err in the form in which it may leave the service. An error of
// no known kind is logged in full and shown as an internal error.
func (s *Server) clientError(x *execution, err error) fault.Error {
	var f *fault.RefusalError
	if errors.As(err, &f) {
		return f.Shown(x.Language)
	}
	if code, known := fault.CodeOf(err); known {
		ext := map[string]any{"code": code}
		if near := s.suggestions(x, err); len(near) > 0 {
			ext["didYouMean"] = near
		}
		return fault.Error{Message: s.text(x, code, err), Extensions: ext}
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
	Kind    string `json:"kind"`
	ID      string `json:"id"`
	Code    string `json:"code,omitempty"`
	Caption string `json:"caption"`
}

// suggestions lists the nodes that may have been meant by a text that finds none, or
// too many.
func (s *Server) suggestions(x *execution, err error) []suggestion {
	var missing *projection.NotFoundError
	if !errors.As(err, &missing) || x.Picture.Graph == nil {
		return nil
	}
	g := x.Picture.Graph
	var out []suggestion
	for _, hit := range missing.Near[:min(len(missing.Near), s.cfg.MaxSuggestions)] {
		out = append(out, suggestion{
			Kind: g.Kind(hit.Vertex), ID: string(g.ID(hit.Vertex)),
			Code: g.Code(hit.Vertex), Caption: disclosure.Caption(s.service.Model, g, hit.Vertex),
		})
	}
	return out
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
