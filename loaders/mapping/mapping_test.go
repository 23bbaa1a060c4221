package mapping_test

import (
	"errors"
	"strings"
	"testing"

	"liantu/graph"
	"liantu/loaders/mapping"
	"liantu/schema"
)

func TestBuiltInMappingsAreSound(t *testing.T) {
	if len(mapping.BuiltIns()) == 0 {
		t.Fatal("no mappings")
	}
	for _, name := range mapping.BuiltIns() {
		m, err := mapping.BuiltIn(name, schema.Default())
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if m.Name != name || m.Title.Zh == "" || m.Title.En == "" || m.Description.Zh == "" || m.Description.En == "" {
			t.Errorf("%s: the name inside is %q, the title %q", name, m.Name, m.Title)
		}
	}
	if _, err := mapping.BuiltIn("none", schema.Default()); !errors.Is(err, graph.ErrNotFound) || !strings.Contains(err.Error(), "chainkg") {
		t.Errorf("an unknown mapping gives %v", err)
	}
}

// TestFaultyMappings checks that every fault of a mapping is reported with its
// place.
func TestFaultyMappings(t *testing.T) {
	for _, c := range []struct {
		name, yaml string
		want       []string
	}{
		{"nothing", "", []string{"it is empty"}},
		{"no YAML", "a: [", []string{"line 1"}},
		{"an unknown field", "name: x\nfilez: []\n", []string{"line 2", "filez"}},
		{"an unknown field of a value", "name: x\nfiles:\n- match: [a]\n  emit:\n  - node: Chain\n    properties:\n      code: {colum: a}\n", []string{"line 7", "colum"}},
		{"an unknown field of a replacement", "name: x\nfiles:\n- match: [a]\n  emit:\n  - node: Chain\n    properties:\n      code: {column: a, repair: [{patern: a}]}\n", []string{"line 7", "repair.patern"}},
		{"an unknown field of an end", "name: x\nfiles:\n- match: [a]\n  emit:\n  - edge: PART_OF\n    from: {kind: Link, colum: a}\n", []string{"line 6", "colum"}},
		{"little", "source: x\ngrade: E\nas_of: soon\nsources: [{title: x, colour: red}]\n", []string{
			"name is missing", "files is missing", `grade "E"`, `as_of: "soon"`, `sources[0]: unknown property "colour"`, "sources[0]: name is missing",
		}},
		{"files", "name: x\nfiles:\n- {}\n- match: ['[']\n  emit: [{node: Link, path: 'a[].b', properties: {code: a}}]\n", []string{
			"files[0]: match is missing", "files[0]: emit is missing", `files[1]: match "["`, `path "a[].b" does not end in []`, `path "a[].b" has a rule but "a[]" around it has none`,
		}},
		{"kinds", "name: x\nfiles:\n- match: [a]\n  emit:\n  - {}\n  - {node: Firm}\n  - {node: FEEDS}\n  - {edge: FEEDS}\n  - {node: Chain, no_self: true, properties: {name: b}}\n", []string{
			"emit[0]: needs either node or edge", `emit[1]: unknown kind "Firm"`, `emit[2]: unknown kind "FEEDS"`, "emit[3]: an edge needs from and to",
			"emit[4]: from, to, sum, no_self and no_mutual are for edges", "emit[4]: no property identifies Chain",
		}},
		{"ends", "name: x\nfiles:\n- match: [a]\n  emit:\n  - edge: FEEDS\n    no_repeat: true\n    sum: {property: layer}\n    from: {kind: Link, column: a, by: [position, colour]}\n    to: {kind: Firm, column: a}\n  - edge: FEEDS\n    from: {kind: Chain, column: a}\n    to: {kind: Link, const: a, column: b}\n  - edge: FEEDS\n    from: {by: [code], column: a}\n    to: {column: a}\n", []string{
			"emit[0]: no_repeat is for nodes", `emit[0]: sum: property "layer" of FEEDS is not a number`, `emit[0]: from: property "position" neither identifies Link nor is a text`,
			`emit[0]: from: unknown property "colour" of Link`, `emit[0]: to: unknown kind of node "Firm"`, "emit[1]: FEEDS does not join Chain to Link",
			"emit[1]: to: needs exactly one of column, columns, join, steps, const and template", "emit[2]: from: by needs a kind",
		}},
		{"ids", "name: x\nfiles:\n- match: [a]\n  emit:\n  - {node: Chain, id: {space: s, property: name}}\n  - edge: FEEDS\n    id: {columns: [a]}\n    from: {id: true, kind: Link, column: a}\n    to: {space: s, column: a}\n", []string{
			"emit[0]: id: columns is missing", `emit[0]: id: property "name" is no code that identifies Chain`, "emit[1]: id is for nodes",
			"emit[1]: from: space needs id, and id no kind", "emit[1]: to: space needs id, and id no kind",
		}},
		{"values", "name: x\nfiles:\n- match: [a]\n  emit:\n  - node: Link\n    when: [{matches: '('}]\n    properties:\n      code: {template: '{a', pattern: 'a', suspect: '['}\n      colour: b\n      name: {column: a, replace: [{pattern: '('}]}\n", []string{
			"emit[0]: when[0]: column is missing", "emit[0]: when[0]: matches: error parsing", `emit[0]: unknown property "colour" of Link`,
			`code: pattern "a" has no group`, "code: suspect: error parsing", `code: template "{a" has an unmatched brace`, "name: pattern: error parsing",
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := mapping.Read(strings.NewReader(c.yaml), schema.Default())
			if !errors.Is(err, graph.ErrInvalid) {
				t.Fatalf("error is %v", err)
			}
			for _, want := range c.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("error does not say %q:\n%v", want, err)
				}
			}
		})
	}
}
