package api_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"liantu/api"
)

// TestQueries answers every testdata/queries/*.graphql over the small world
// and compares the answer with the .json file of the same name. Variables
// are in a comment on the first line.
func TestQueries(t *testing.T) {
	s := newServer(t, newWorld(t), nil)
	people := newWorld(t) // the golden answers of older questions have fewer people
	acquainted(t, people)
	known := newServer(t, people, nil)
	files, err := filepath.Glob("testdata/queries/*.graphql")
	if err != nil || len(files) == 0 {
		t.Fatalf("no queries: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".graphql"), func(t *testing.T) {
			query, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			r := api.Request{Query: string(query), ID: "test"}
			first, _, _ := strings.Cut(r.Query, "\n")
			if text, ok := strings.CutPrefix(first, "# variables: "); ok {
				d := json.NewDecoder(strings.NewReader(text))
				d.UseNumber()
				if err := d.Decode(&r.Variables); err != nil {
					t.Fatal(err)
				}
			}
			answering := s
			if strings.Contains(file, "introductions") || strings.Contains(file, "matching") {
				answering = known
			}
			answer := ask(t, answering, r)
			delete(answer["extensions"].(map[string]any), "ageSeconds") // it depends on the clock
			var got bytes.Buffer
			e := json.NewEncoder(&got)
			e.SetEscapeHTML(false)
			e.SetIndent("", "  ")
			if err := e.Encode(answer); err != nil {
				t.Fatal(err)
			}
			golden(t, strings.TrimPrefix(strings.TrimSuffix(file, ".graphql"), "testdata/")+".json", got.String())
		})
	}
}
