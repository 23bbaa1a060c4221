package mcp

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"runtime/debug"
	"strings"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"liantu/message"
)

// shield stands before every method: a call without arguments is one of an empty object, and
// a panic ends the call that it is of, not the service. The library runs each call in a
// goroutine of its own, where nothing else would recover it.
func (s *Server) shield(next sdk.MethodHandler) sdk.MethodHandler {
	return func(ctx context.Context, method string, r sdk.Request) (result sdk.Result, err error) {
		defer func() {
			if reason := recover(); reason != nil {
				s.cfg.Log.Error("panic", slog.String("method", method), slog.Any("reason", reason), slog.String("stack", string(debug.Stack())))
				result, err = nil, message.Errorf("internal error")
			}
		}()
		if call, ok := r.(*sdk.CallToolRequest); ok && call.Params != nil {
			call.Params.Arguments = orEmpty(call.Params.Arguments)
		}
		result, err = next(ctx, method, r)
		if call, ok := result.(*sdk.CallToolResult); ok && err == nil {
			s.explain(call)
		}
		return result, err
	}
}

// explain puts a code and a sentence in the language of the service before what the library
// says of arguments that do not fit, in English.
func (s *Server) explain(result *sdk.CallToolResult) {
	if !result.IsError || len(result.Content) != 1 {
		return
	}
	text, ok := result.Content[0].(*sdk.TextContent)
	if !ok {
		return
	}
	for _, prefix := range []string{"validating \"arguments\": ", "unmarshaling arguments: "} {
		if detail, found := strings.CutPrefix(text.Text, prefix); found {
			text.Text = "BAD_INPUT: " + message.New("the arguments do not fit the input schema of the tool: %s", detail).In(s.cfg.Language)
		}
	}
}

// orEmpty returns arguments that there are, else those of an empty object.
func orEmpty(arguments json.RawMessage) json.RawMessage {
	if given := bytes.TrimSpace(arguments); len(given) == 0 || string(given) == "null" {
		return json.RawMessage("{}")
	}
	return arguments
}
