package mcp

import (
	"context"
	"encoding/json"
	"log/slog"
	"strings"
	"testing"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"
)

// TestAPanicEndsOneCall lets a method panic: its caller gets an error that discloses
// nothing, and the log says where it was.
func TestAPanicEndsOneCall(t *testing.T) {
	var log strings.Builder
	s := &Server{cfg: Config{Log: slog.New(slog.NewTextHandler(&log, nil))}}
	handler := s.shield(func(context.Context, string, sdk.Request) (sdk.Result, error) { panic("a secret") })
	result, err := handler(t.Context(), "tools/call", &sdk.CallToolRequest{Params: &sdk.CallToolParamsRaw{Name: "meta"}})
	if result != nil || err == nil || err.Error() != "internal error" {
		t.Errorf("result %v, error %v", result, err)
	}
	if !strings.Contains(log.String(), "a secret") || !strings.Contains(log.String(), "shield_test.go") {
		t.Errorf("the log: %s", log.String())
	}
}

// TestACallWithoutArguments looks at what reaches a method for which none are given.
func TestACallWithoutArguments(t *testing.T) {
	s := &Server{cfg: Config{Log: slog.New(slog.DiscardHandler)}}
	for given, want := range map[string]string{"": "{}", " ": "{}", `{"region":"杭州"}`: `{"region":"杭州"}`} {
		var got string
		handler := s.shield(func(_ context.Context, _ string, r sdk.Request) (sdk.Result, error) {
			got = string(r.(*sdk.CallToolRequest).Params.Arguments)
			return nil, nil
		})
		if _, err := handler(t.Context(), "tools/call", &sdk.CallToolRequest{Params: &sdk.CallToolParamsRaw{Arguments: json.RawMessage(given)}}); err != nil || got != want {
			t.Errorf("%q arrives as %q, error %v", given, got, err)
		}
	}
}
