package mapping

import (
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"liantu/graph"
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
		return nil, fmt.Errorf("mapping %q: %w; there are %s", name, graph.ErrNotFound, strings.Join(BuiltIns(), ", "))
	}
	return text, nil
}
