package guard_test

import (
	"encoding/json"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"liantu/api/guard"
)

func TestBody(t *testing.T) {
	bounds := guard.JSON{Depth: 4, Text: 20, Members: 3, Member: 12}
	for _, test := range []struct{ name, body, want string }{
		{"plain", `{"query":"{a}","variables":{"a":1,"b":[[2]]}}`, ""},
		{"nothing", ``, ""},
		{"empty variables", `{"query":"{a}","variables":{}}`, ""},
		{"deep", `{"variables":{"a":[[[1]]]}}`, guard.CodeJSONDepth},
		{"brackets in a text", `{"query":"[[[[{{{{\"[[["}`, ""},
		{"brackets behind a quote that ends no text", `{"query":"\"[[[[[["}`, ""},
		{"a backslash before the last quote", `{"query":"a\\"}[[[[[`, guard.CodeJSONDepth},
		{"brackets in a value", `{"variables":{"a":"[[[[[["}}`, ""},
		{"a million brackets", strings.Repeat("[", 1<<20), guard.CodeJSONDepth},
		{"closed lists", `[],[],[],[]`, ""},
		{"closing only", `}}}}]]]]`, ""},
		{"long document", `{"query":"{aaaaaaaaaaaaaaaaaaaaa}"}`, guard.CodeBytes},
		{"long document that does not end", `{"query":"{aaaaaaaaaaaaaaaaaaaaa`, guard.CodeBytes},
		{"long name of a member", `{"aaaaaaaaaaaaaaaaaaaaaaaaa":1}`, guard.CodeBytes},
		{"variables", `{"variables":{"a":1,"b":2,"c":3}}`, ""},
		{"many variables", `{"variables":{"a":1,"b":2,"c":3,"d":4}}`, guard.CodeVariables},
		{"many variables in two parts", `{"variables":{"a":1,"b":2},"VARIABLES":{"c":3,"d":4}}`, guard.CodeVariables},
		{"many variables behind escapes", `{"v\u0061riables":{"a":1,"b":2,"c":3,"d":4}}`, guard.CodeVariables},
		{"long variable", `{"variables":{"a":"aaaaaaaaaaaaa"}}`, guard.CodeVariableBytes},
		{"long variable before another", `{"variables":{"a":"aaaaaaaaaaaaa","b":1}}`, guard.CodeVariableBytes},
		{"long list", `{"variables":{"a":[1,2,3,4,5,6,7]}}`, guard.CodeVariableBytes},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := ""
			if r := guard.Body([]byte(test.body), bounds); r != nil {
				got = r.Code
			}
			if got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// TestBodyCountsAsADecoderDoes makes variables of many forms and counts them by
// decoding them.
func TestBodyCountsAsADecoderDoes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		vars := map[string]any{}
		for range rapid.IntRange(1, 6).Draw(t, "variables") {
			vars[rapid.String().Draw(t, "name")] = value(t, rapid.IntRange(0, 4).Draw(t, "depth"))
		}
		body, err := json.Marshal(map[string]any{"query": rapid.String().Draw(t, "query"), "variables": vars})
		if err != nil {
			t.Fatal(err)
		}
		levels, longest := 0, 0
		for name, v := range vars {
			levels = max(levels, depth(v))
			pair, err := json.Marshal(map[string]any{name: v})
			if err != nil {
				t.Fatal(err)
			}
			longest = max(longest, len(pair)-2)
		}
		exact := guard.JSON{Depth: 2 + levels, Text: len(body), Members: len(vars), Member: longest}
		if r := guard.Body(body, exact); r != nil {
			t.Fatalf("%s: refused for %s at %d", body, r.Message(), r.Limit)
		}
		for code, less := range map[string]guard.JSON{
			guard.CodeJSONDepth:     {Depth: exact.Depth - 1, Text: exact.Text, Members: exact.Members, Member: exact.Member},
			guard.CodeVariables:     {Depth: exact.Depth, Text: exact.Text, Members: exact.Members - 1, Member: exact.Member},
			guard.CodeVariableBytes: {Depth: exact.Depth, Text: exact.Text, Members: exact.Members, Member: exact.Member - 1},
		} {
			if r := guard.Body(body, less); r == nil || r.Code != code {
				t.Fatalf("%s: got %v, want %s", body, r, code)
			}
		}
	})
}

// value makes a JSON value of the given depth.
func value(t *rapid.T, depth int) any {
	if depth == 0 {
		return rapid.OneOf(rapid.String().AsAny(), rapid.Int().AsAny(), rapid.Bool().AsAny()).Draw(t, "leaf")
	}
	if rapid.Bool().Draw(t, "list") {
		return []any{value(t, depth-1), "],}"}
	}
	return map[string]any{rapid.String().Draw(t, "key"): value(t, depth-1)}
}

func depth(v any) int {
	most := 0
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			most = max(most, depth(item))
		}
		return most + 1
	case map[string]any:
		for _, item := range v {
			most = max(most, depth(item))
		}
		return most + 1
	}
	return 0
}
