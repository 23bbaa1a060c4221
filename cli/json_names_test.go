package cli

import (
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

// jsonAndGraphQL are questions that are both a command and a field of GraphQL.
var jsonAndGraphQL = []struct{ field, command string }{
	{"gaps", "gaps --region 330100 --chain semiconductor"},
	{"candidates", "candidates --region 杭州 --link 光刻胶"},
	{"introductions", "introductions --region 嵊州 --company 阳光电源"},
	{"introductions", "introductions --region 330100 --link 光刻胶"},
	{"match", "match need --region 330100 --link 光刻胶"},
	{"needs", "match needs --partner 国信证券股份有限公司 --region 杭州"},
	{"matchPlan", "match plan --task-force T01 --per-need 1"},
	{"compare", "compare --regions 杭州,苏州 --link 光刻胶"},
	{"whatIf", "what-if --region 杭州 --land 600276"},
	{"anchor", "anchor --company 比亚迪 --region 杭州"},
	{"layerTies", "ties --chain smart-vehicle"},
	{"quality", "quality --region 330100"},
	{"loads", "loads"},
	{"node", "node 阳光电源股份有限公司"},
	{"node", "node V003"},
	{"node", "node 光刻胶 --kind Link"},
}

// onlyInJSON are members of answers that GraphQL does not have, with the reason.
var onlyInJSON = map[string]string{
	"version":             "in GraphQL of the document, in meta",
	"dataDate":            "in GraphQL of the document, in meta",
	"asOf":                "in GraphQL of the document, in meta",
	"scope":               "in GraphQL the caller's own arguments",
	"region":              "in GraphQL the caller's own argument, of whatIf and layerTies",
	"minGrade":            "in GraphQL the caller's own argument, of whatIf, anchor and layerTies",
	"synthetic":           "of anchor and of an intermediary, which has it as a node",
	"position":            "in GraphQL of the link, of which JSON has code and name alone",
	"links":               "the links that layer ties may join, in GraphQL those of the chain",
	"priority":            "of a need, in GraphQL of the verdict",
	"service":             "of a hop, in GraphQL of its edge",
	"batches":             "of a load, how it was stored",
	"merged":              "of a load, what names joined",
	"shareUnknown":        "why the figure is null",
	"revenueShareUnknown": "why the figure is null",
	"trackUnknown":        "why the figure is null",
}

// TestJSONHasTheNamesOfGraphQL walks the answers of commands along the types of
// the schema: every member is a field there.
func TestJSONHasTheNamesOfGraphQL(t *testing.T) {
	text, err := os.ReadFile("../api/testdata/schema.graphql")
	if err != nil {
		t.Fatal(err)
	}
	sdl, err := gqlparser.LoadSchema(&ast.Source{Name: "schema.graphql", Input: string(text)})
	if err != nil {
		t.Fatal(err)
	}
	file := sampleFile(t)
	unused := maps.Clone(onlyInJSON)
	for _, q := range jsonAndGraphQL {
		t.Run(q.command, func(t *testing.T) {
			args := append(strings.Fields(q.command), "--file", file, "--format", "json", "--limit", "5")
			if q.field == "matchPlan" || q.field == "quality" || q.field == "loads" {
				args = args[:len(args)-2]
			}
			code, stdout, stderr := program(t, args...)
			if code != exitOK {
				t.Fatalf("exit code %d: %s", code, stderr)
			}
			var answer map[string]any
			if err := json.Unmarshal([]byte(stdout), &answer); err != nil {
				t.Fatal(err)
			}
			w := &namesWalk{sdl: sdl, strange: map[string]bool{}, unused: unused}
			root := w.field(sdl.Query, q.field)
			if root == nil {
				t.Fatalf("the schema has no question %s", q.field)
			}
			w.walk(sdl.Types[root.Type.Name()], answer)
			if len(w.strange) > 0 {
				t.Errorf("no field of GraphQL: %s", strings.Join(slices.Sorted(maps.Keys(w.strange)), ", "))
			}
			if rows, ok := answer["nodes"].([]any); ok && len(rows) == 0 {
				t.Error("the answer has no rows")
			}
		})
	}
	for name := range unused {
		t.Errorf("no answer has %q", name)
	}
}

// namesWalk walks an answer along the types of a schema.
type namesWalk struct {
	sdl     *ast.Schema
	strange map[string]bool   // members that are no fields, as Type.member
	unused  map[string]string // of onlyInJSON
}

// field finds a field of a type, or of a type that implements it.
func (w *namesWalk) field(of *ast.Definition, name string) *ast.FieldDefinition {
	if f := of.Fields.ForName(name); f != nil {
		return f
	}
	for _, possible := range w.sdl.GetPossibleTypes(of) {
		if f := possible.Fields.ForName(name); f != nil {
			return f
		}
	}
	return nil
}

func (w *namesWalk) walk(of *ast.Definition, value any) {
	switch value := value.(type) {
	case []any:
		for _, element := range value {
			w.walk(of, element)
		}
	case map[string]any:
		if kind, ok := value["kind"].(string); ok && w.sdl.Types[kind] != nil && of.IsAbstractType() {
			of = w.sdl.Types[kind]
		}
		for name, member := range value {
			f := w.field(of, name)
			if f == nil {
				w.extra(of.Name, name)
				continue
			}
			w.walk(w.sdl.Types[f.Type.Name()], member)
		}
	}
}

// extra notes a member that is no field, unless it is known to be none.
func (w *namesWalk) extra(of, name string) {
	if _, known := onlyInJSON[name]; !known {
		w.strange[of+"."+name] = true
	}
	delete(w.unused, name)
}
