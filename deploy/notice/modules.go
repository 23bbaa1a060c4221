package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// module is a module of which packages are in the program.
type module struct {
	Path, Version string
	folders       []string // its root, then those of the packages that are used
}

// library is the name under which Go's own packages are listed.
const library = "Go standard library"

// systems are those on which the program runs.
var systems = []string{"linux/amd64", "linux/arm64", "darwin/arm64", "windows/amd64"}

// builds are the tags with which the program is built: by "make build", and by the go
// command alone.
var builds = []string{"nomsgpack", ""}

// list returns the modules of the program on any of the systems, however it is built, by
// path, the Go library first. The current folder must be in the module.
func list() ([]module, error) {
	found := map[string]*module{}
	for _, system := range systems {
		for _, tags := range builds {
			if err := listFor(system, tags, found); err != nil {
				return nil, err
			}
		}
	}
	all := make([]module, 0, len(found)+1)
	for _, m := range found {
		slices.Sort(m.folders[1:])
		m.folders = slices.Compact(m.folders)
		all = append(all, *m)
	}
	slices.SortFunc(all, func(a, b module) int { return strings.Compare(a.Path, b.Path) })
	root, err := goOutput(os.Environ(), "env", "GOROOT")
	if err != nil {
		return nil, err
	}
	own := module{Path: library, Version: "as built", folders: []string{strings.TrimSpace(string(root))}}
	return append([]module{own}, all...), nil
}

// listFor adds the modules of the program on one system, built with tags.
func listFor(system, tags string, found map[string]*module) error {
	goos, goarch, _ := strings.Cut(system, "/")
	out, err := goOutput(append(os.Environ(), "GOOS="+goos, "GOARCH="+goarch, "CGO_ENABLED=0"),
		"list", "-deps", "-tags", tags, "-json=Dir,Module", "liantu")
	if err != nil {
		return err
	}
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p struct {
			Dir    string
			Module *struct {
				Path, Version, Dir string
				Main               bool
			}
		}
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		if p.Module == nil || p.Module.Main {
			continue
		}
		m := found[p.Module.Path]
		if m == nil {
			m = &module{Path: p.Module.Path, Version: p.Module.Version, folders: []string{p.Module.Dir}}
			found[m.Path] = m
		}
		// A licence may stand between the root and the package.
		for dir := p.Dir; dir != p.Module.Dir && len(dir) > len(p.Module.Dir); dir = filepath.Dir(dir) {
			m.folders = append(m.folders, dir)
		}
	}
}

// goOutput runs the go command.
func goOutput(env []string, args ...string) ([]byte, error) {
	var problem bytes.Buffer
	cmd := exec.Command("go", args...)
	cmd.Env, cmd.Stderr = env, &problem
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go %s: %w: %s", args[0], err, strings.TrimSpace(problem.String()))
	}
	return out, nil
}
