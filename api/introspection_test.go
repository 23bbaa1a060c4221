package api_test

import (
	"os"
	"strings"
	"testing"

	"liantu/api"
)

// TestIntrospection runs the query that common clients send and compares its result
// with the printed schema.
func TestIntrospection(t *testing.T) {
	s := newServer(t, newWorld(t), nil)
	query, err := os.ReadFile("testdata/introspection.graphql")
	if err != nil {
		t.Fatal(err)
	}
	answer := ask(t, s, api.Request{Query: string(query)})
	if code := firstCode(answer); code != "" {
		t.Fatalf("refused with %s: %v", code, answer["errors"])
	}
	shown := answer["data"].(map[string]any)["__schema"].(map[string]any)
	if name := shown["queryType"].(map[string]any)["name"]; name != "Query" {
		t.Errorf("query type %v", name)
	}
	types := shown["types"].([]any)
	if len(types) < 100 {
		t.Errorf("only %d types", len(types))
	}
	words := map[string]string{"OBJECT": "type", "ENUM": "enum", "INTERFACE": "interface", "SCALAR": "scalar", "INPUT_OBJECT": "input"}
	for _, one := range types {
		typ := one.(map[string]any)
		name := typ["name"].(string)
		if strings.HasPrefix(name, "__") {
			continue
		}
		if d, _ := typ["description"].(string); d == "" {
			t.Errorf("type %s has no description", name)
		}
		switch name {
		case "String", "Boolean", "Int", "Float", "ID":
			continue
		}
		if word := words[typ["kind"].(string)]; !strings.Contains(s.SDL(), "\n"+word+" "+name) {
			t.Errorf("%s %s is not in the printed schema", typ["kind"], name)
		}
		for _, part := range []string{"fields", "enumValues", "inputFields"} {
			list, _ := typ[part].([]any)
			for _, f := range list {
				field := f.(map[string]any)
				if d, _ := field["description"].(string); d == "" || strings.ContainsRune(d, '\ufffd') {
					t.Errorf("%s.%s has the description %q", name, field["name"], d)
				}
			}
		}
	}
}

// TestEveryDescriptionIsInBothLanguages reads the printed schema: each
// description is English and Chinese.
func TestEveryDescriptionIsInBothLanguages(t *testing.T) {
	s := newServer(t, newWorld(t), nil)
	for _, line := range strings.Split(s.SDL(), "\n") {
		text, ok := strings.CutPrefix(strings.TrimSpace(line), `"""`)
		if !ok {
			continue
		}
		english := strings.ContainsFunc(text, func(r rune) bool { return r >= 'A' && r <= 'z' })
		chinese := strings.ContainsFunc(text, func(r rune) bool { return r >= 0x4e00 && r <= 0x9fff })
		if !english || !chinese {
			t.Errorf("a description in one language: %s", text)
		}
	}
}
