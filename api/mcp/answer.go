package mcp

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"time"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"liantu/api"
	"liantu/api/fault"
	"liantu/message"
)

// answer makes the handler of a tool. Its arguments have been checked against
// the schema of the tool before.
func (s *Server) answer(name, document string) sdk.ToolHandlerFor[map[string]any, any] {
	return func(ctx context.Context, call *sdk.CallToolRequest, arguments map[string]any) (*sdk.CallToolResult, any, error) {
		began := time.Now()
		visitor, err := s.visitorOf(call)
		if err != nil {
			return nil, nil, err
		}
		response := s.cfg.Executor.Execute(ctx, api.Request{
			Query: document, Variables: arguments, Identity: visitor.Identity, Client: visitor.Client, Origin: visitor.Origin,
			Language: s.languageOf(call), Own: true,
		})
		result, err := resultOf(s.languageOf(call), response)
		s.cfg.Log.LogAttrs(ctx, slog.LevelInfo, "tool", slog.String("tool", name), slog.String("who", visitor.Identity.Subject),
			slog.Any("codes", codes(response.Errors)), slog.Duration("took", time.Since(began)))
		return result, nil, err
	}
}

// languageOf returns the language of the errors for the agent of a call.
func (s *Server) languageOf(call *sdk.CallToolRequest) message.Language {
	if call.Extra != nil && call.Extra.Header.Get("Accept-Language") != "" {
		return api.LanguageOf(call.Extra.Header)
	}
	return s.cfg.Language
}

// resultOf converts an answer to the form in which an agent reads it: the data with
// the version and the date of the picture, or the error when the question as a whole
// has no answer. Errors of single fields are beside the data.
func resultOf(language message.Language, r *api.Response) (*sdk.CallToolResult, error) {
	if failed(r) {
		lines := make([]string, len(r.Errors))
		for i, e := range r.Errors {
			lines[i] = explain(language, e)
		}
		return &sdk.CallToolResult{IsError: true, Content: []sdk.Content{&sdk.TextContent{Text: strings.Join(lines, "\n")}}}, nil
	}
	text, err := r.MarshalJSON()
	if err != nil {
		return nil, message.Errorf("writing the answer: %w", err)
	}
	return &sdk.CallToolResult{Content: []sdk.Content{&sdk.TextContent{Text: string(text)}}}, nil
}

// failed reports whether a question has no answer: it was refused as a whole,
// or a field at its root was.
func failed(r *api.Response) bool {
	if r.Data == nil {
		return true
	}
	for _, e := range r.Errors {
		if len(e.Path) <= 1 {
			return true
		}
	}
	return false
}

// explain writes an error as one line: its code, its message, what to do, and its
// other extensions, such as suggestions.
func explain(language message.Language, e fault.Error) string {
	line := fmt.Sprintf("%s: %s", e.Code(), e.Message)
	if e.Code() == fault.CodeNotFound {
		line += message.New("; the tool search finds codes by name").In(language)
	}
	rest := map[string]any{}
	for name, value := range e.Extensions {
		if name != "code" {
			rest[name] = value
		}
	}
	if len(rest) == 0 {
		return line
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(rest); err != nil {
		return line // the message has the same content
	}
	return line + " " + strings.TrimSpace(b.String())
}

func codes(errs []fault.Error) []fault.Code {
	var out []fault.Code
	for _, e := range errs {
		out = append(out, e.Code())
	}
	return out
}
