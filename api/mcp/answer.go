package mcp

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"strings"
	"time"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"liantu/api"
	"liantu/api/earlier"
	"liantu/api/fault"
	"liantu/message"
)

// answer makes the handler of a tool. Its arguments have been checked against
// the schema of the tool before.
func (s *Server) answer(t *tool, q *question) sdk.ToolHandlerFor[map[string]any, any] {
	return func(ctx context.Context, call *sdk.CallToolRequest, arguments map[string]any) (*sdk.CallToolResult, any, error) {
		m := mannerOf(arguments)
		variables := maps.Clone(arguments)
		delete(variables, languageArgument)
		delete(variables, detailArgument)
		delete(variables, asOfArgument)
		if t.prepare != nil {
			t.prepare(variables)
		}
		if m.full {
			variables[fullVariable] = true
		}
		response, err := s.execute(ctx, t.name, call.Extra, api.Request{
			Query: q.text, Variables: variables, Language: m.language, Extensions: earlier.Asked(m.asOf),
		})
		if err != nil {
			return nil, nil, err
		}
		if failed(response) || t.finish != nil && len(response.Errors) > 0 {
			return s.refusal(m, arguments, response.Errors), nil, nil
		}
		text, err := writeAnswer(t, q, m, arguments, response)
		if err != nil {
			return nil, nil, err
		}
		// The library would read and write the numbers of any other type anew.
		return &sdk.CallToolResult{
			Content: []sdk.Content{&sdk.TextContent{Text: string(text)}}, StructuredContent: json.RawMessage(text),
		}, nil, nil
	}
}

// execute sends a document for a caller, and notes that in the log.
func (s *Server) execute(ctx context.Context, name string, extra *sdk.RequestExtra, r api.Request) (*api.Response, error) {
	began := time.Now()
	visitor, err := s.visitorOf(extra)
	if err != nil {
		return nil, err
	}
	r.Identity, r.Client, r.Origin = visitor.Identity, visitor.Client, visitor.Origin
	r.Own = true
	response := s.cfg.Executor.Execute(ctx, r)
	s.cfg.Log.LogAttrs(ctx, slog.LevelInfo, "tool", slog.String("tool", name), slog.String("who", visitor.Identity.Subject),
		slog.Any("codes", codes(response.Errors)), slog.Duration("took", time.Since(began)))
	return response, nil
}

// mannerOf returns how an answer is written by the arguments of a tool, which have their
// defaults.
func mannerOf(arguments map[string]any) manner {
	language, _ := arguments[languageArgument].(string)
	day, _ := arguments[asOfArgument].(string)
	return manner{language: message.Language(language), full: arguments[detailArgument] == detailFull, asOf: day}
}

// writeAnswer writes an answer by its form, with the picture it was computed from.
func writeAnswer(t *tool, q *question, m manner, arguments map[string]any, r *api.Response) ([]byte, error) {
	values, err := decode(r.Data)
	if err != nil {
		return nil, err
	}
	buf := appendPicture([]byte(`{"graph":`), &r.Extensions)
	buf = append(buf, `,"answer":`...)
	switch {
	case t.finish != nil:
		if buf, err = t.finish(buf, m, q, arguments, values); err != nil {
			return nil, err
		}
	case t.several != "":
		buf = m.appendSeveral(buf, t.several, q.roots, values)
	case len(q.roots) == 1:
		root, _ := values[q.roots[0].key].(map[string]any)
		buf = m.appendObject(buf, q.roots[0].fields, root)
	default:
		buf = m.appendObject(buf, q.roots, values)
	}
	buf, err = appendErrors(buf, r.Errors)
	return append(buf, '}'), err
}

// appendSeveral writes the answers to one question about several things as a list.
func (m manner) appendSeveral(buf []byte, name string, roots []*form, values map[string]any) []byte {
	buf = append(appendText(append(buf, '{'), name), `:[`...)
	for _, root := range roots {
		if value, ok := values[root.key].(map[string]any); ok {
			if buf[len(buf)-1] != '[' {
				buf = append(buf, ',')
			}
			buf = m.appendObject(buf, root.fields, value)
		}
	}
	return append(buf, "]}"...)
}

// appendPicture writes which picture an answer was computed from.
func appendPicture(buf []byte, e *api.Extensions) []byte {
	buf = fmt.Appendf(buf, `{"version":%d`, e.Version)
	if e.DataDate != nil {
		buf = appendText(append(buf, `,"dataDate":`...), *e.DataDate)
	}
	buf = fmt.Appendf(buf, `,"synthetic":%t`, e.Synthetic)
	if e.AsOf != "" {
		buf = appendText(append(buf, `,"asOf":`...), e.AsOf)
	}
	if e.Stale {
		buf = append(buf, `,"stale":true`...)
	}
	return append(buf, '}')
}

// appendErrors writes why some values are not in an answer.
func appendErrors(buf []byte, errs []fault.Error) ([]byte, error) {
	if len(errs) == 0 {
		return buf, nil
	}
	type missing struct {
		Code    fault.Code `json:"code"`
		At      string     `json:"at,omitempty"`
		Message string     `json:"message"`
	}
	list := make([]missing, len(errs))
	for i, e := range errs {
		steps := make([]string, len(e.Path))
		for j, step := range e.Path {
			steps[j] = fmt.Sprint(step)
		}
		list[i] = missing{e.Code(), strings.Join(steps, "."), e.Message}
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(list); err != nil {
		return buf, message.Errorf("writing the answer: %w", err)
	}
	return append(append(buf, `,"errors":`...), bytes.TrimSpace(b.Bytes())...), nil
}

// refusal is the answer to a question that has none.
func (s *Server) refusal(m manner, arguments map[string]any, errs []fault.Error) *sdk.CallToolResult {
	lines := make([]string, 0, len(errs)+1)
	for _, e := range errs {
		if line := explain(m.language, e); len(lines) == 0 || lines[len(lines)-1] != line {
			lines = append(lines, line)
		}
	}
	if _, asked := arguments["person"]; asked {
		lines = append(lines, wayToPersons.In(m.language))
	}
	return &sdk.CallToolResult{IsError: true, Content: []sdk.Content{&sdk.TextContent{Text: strings.Join(lines, "\n")}}}
}

// wayToPersons is what follows when no person was found. It is the same whoever was asked
// for, so that it confirms no name.
var wayToPersons = message.New("Persons are found by their code in the roster or id, not by name. " +
	"The tool introductions with link or companies names the codes of the persons on its paths (to.code); " +
	"the tool search with kinds [\"Person\"] and the beginning of a code as text lists codes.")

// failed reports whether a question has no answer: it was refused as a whole,
// or no field at its root has a value.
func failed(r *api.Response) bool {
	if r.Data == nil {
		return true
	}
	if len(r.Errors) == 0 {
		return false
	}
	var roots map[string]json.RawMessage
	if json.Unmarshal(r.Data, &roots) != nil {
		return true
	}
	for _, value := range roots {
		if string(value) != "null" {
			return false
		}
	}
	return true
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
