package message

import (
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"
)

//go:embed zh/*.yaml
var files embed.FS

// formats returns the Chinese formats by the English ones. A file that cannot be read
// is a fault of the build, which a test finds.
var formats = sync.OnceValue(func() map[string]string {
	all := map[string]string{}
	for _, area := range Areas() {
		one, err := Formats(area)
		if err != nil {
			panic(err)
		}
		maps.Copy(all, one)
	}
	return all
})

// Areas returns the names of the files of Chinese formats, without folder and ending,
// sorted.
func Areas() []string {
	names, err := fs.Glob(files, "zh/*.yaml")
	if err != nil {
		panic(err) // the pattern is constant
	}
	for i, name := range names {
		names[i] = strings.TrimSuffix(path.Base(name), ".yaml")
	}
	return names
}

// Formats returns the Chinese formats of one area by the English ones.
func Formats(area string) (map[string]string, error) {
	data, err := files.ReadFile("zh/" + area + ".yaml")
	if err != nil {
		return nil, err
	}
	var read map[string]string
	if err := yaml.Unmarshal(data, &read); err != nil {
		return nil, fmt.Errorf("messages of %s: %w", area, err)
	}
	all := make(map[string]string, len(read))
	for english, chinese := range read {
		all[wrapped(english)] = wrapped(chinese)
	}
	return all, nil
}

// wrapped is a format in which errors that are wrapped are printed only.
func wrapped(format string) string { return strings.ReplaceAll(format, "%w", "%v") }
