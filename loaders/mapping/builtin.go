package mapping

import (
	"bytes"
	"cmp"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"liantu/graph"
	"liantu/message"
	"liantu/schema"
)

//go:embed builtin/*.yaml
var mappingFiles embed.FS

// BuiltIns returns the names of the mappings that come with the program, in
// order.
func BuiltIns() []string {
	entries, err := fs.ReadDir(mappingFiles, "builtin")
	if err != nil {
		panic(err) // the folder is embedded under this very name
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = strings.TrimSuffix(e.Name(), ".yaml")
	}
	return names
}

// BuiltIn returns the mapping with the given name that comes with the
// program, checked against the model. It returns ErrNotFound for others.
func BuiltIn(name string, model *schema.Model) (*Mapping, error) {
	text, err := BuiltInText(name)
	if err != nil {
		return nil, err
	}
	return Read(bytes.NewReader(text), model)
}

// BuiltInText returns the text of that mapping, with its remarks.
func BuiltInText(name string) ([]byte, error) {
	text, err := mappingFiles.ReadFile(path.Join("builtin", name+".yaml"))
	if err != nil {
		return nil, message.As(graph.ErrNotFound, "there is no mapping %q; there are %s", name, message.ListOf(BuiltIns()))
	}
	return text, nil
}

// layout is a rule of a mapping that comes with the program, known by its heads.
type layout struct {
	mapping string
	rule    int // its place among the rules
	heads   []string
}

// layouts are the rules that are known by their heads, in order.
var layouts = sync.OnceValue(func() (list []layout) {
	for _, name := range BuiltIns() {
		text, err := BuiltInText(name)
		if err != nil {
			panic(err) // it is one of the list
		}
		var m struct {
			Files []struct {
				Heads []string `yaml:"heads"`
			} `yaml:"files"`
		}
		if err := yaml.Unmarshal(text, &m); err != nil {
			panic(fmt.Sprintf("mapping %q: %v", name, err)) // a test reads them all
		}
		for i, f := range m.Files {
			if len(f.Heads) > 0 {
				list = append(list, layout{name, i, f.Heads})
			}
		}
	}
	return list
})

// ByHeads returns the rule for a file with these columns of a mapping that comes
// with the program, with the provenance of the mapping; nil if none of them has such
// a rule.
func ByHeads(columns []string, model *schema.Model) (*FileRule, error) {
	for _, l := range layouts() {
		if !hasAll(columns, l.heads) {
			continue
		}
		m, err := BuiltIn(l.mapping, model)
		if err != nil {
			return nil, err
		}
		rule := m.Files[l.rule]
		rule.Source, rule.AsOf = cmp.Or(rule.Source, m.Source), cmp.Or(rule.AsOf, m.AsOf)
		rule.Grade = cmp.Or(rule.Grade, m.Grade)
		return &rule, nil
	}
	return nil, nil
}

// Rule returns the first rule that matches the name of a file without folder and
// .gz, its sheet, and its columns, which are asked for only where a rule needs them;
// nil for none.
func (m *Mapping) Rule(name, sheet string, columns func() []string) *FileRule {
	for i := range m.Files {
		f := &m.Files[i]
		if f.Sheet != "" && f.Sheet != sheet || len(f.Heads) > 0 && !hasAll(columns(), f.Heads) {
			continue
		}
		for _, pattern := range f.Match {
			if ok, err := path.Match(pattern, name); err == nil && ok {
				return f
			}
		}
	}
	return nil
}

func hasAll(columns, heads []string) bool {
	return !slices.ContainsFunc(heads, func(head string) bool { return !slices.Contains(columns, head) })
}
