package setup

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"liantu/api/fault"
	"liantu/graph"
	"liantu/loaders"
	"liantu/message"
)

// Wish is what a graph is to hold: the body of a request.
type Wish struct {
	Region     string   `json:"region"`     // of the office, by code or name
	Ecosystems []string `json:"ecosystems"` // codes; at least one
	Sample     bool     `json:"sample"`     // whether the companies of the sample come along
}

// Made says what was made: the answer to a request.
type Made struct {
	Path    string  `json:"path"`    // of the graph file, whole
	Command string  `json:"command"` // that serves it
	Region  Place   `json:"region"`  // that the wish named
	Loads   []Count `json:"loads"`   // of which the graph consists, in their order
}

// Place is a region by its code and name.
type Place struct {
	Code string `json:"code"`
	Name string `json:"name"`
}

// Count is a load and what it brought.
type Count struct {
	ID    string `json:"id"` // by which the load can be taken back
	Nodes int    `json:"nodes"`
	Edges int    `json:"edges"`
}

// Open opens the graph file at a path and makes it if there is none.
type Open func(path string) (graph.Store, error)

// write makes the graph at a path. It is written beside that, and moved there once it is
// whole: nothing is there after an error, or if the program was killed. A file that is
// there is left as it is.
func write(ctx context.Context, open Open, path string, w Wish) (loads []Count, err error) {
	if err := wantNone(path); err != nil {
		return nil, err
	}
	folders, err := parts(w.Ecosystems)
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp(filepath.Dir(path), ".liantu-setup-")
	if err != nil {
		return nil, forCaller(path, err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	unfinished := filepath.Join(dir, filepath.Base(path))
	if loads, err = fill(ctx, open, unfinished, folders, w.Sample); err != nil {
		return nil, err
	}
	if err := os.Link(unfinished, path); err == nil || errors.Is(err, fs.ErrExist) {
		return loads, forCaller(path, err)
	}
	// Some file systems have no links; there a file that appears at this moment is lost.
	if err := wantNone(path); err != nil {
		return nil, err
	}
	return loads, forCaller(path, os.Rename(unfinished, path))
}

// wantNone is an error where there is a file already.
func wantNone(path string) error {
	_, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = fs.ErrExist
	}
	return forCaller(path, err)
}

// forCaller is an error of the file system at a path as one for the caller, who is on this machine.
func forCaller(path string, err error) error {
	var at *fs.PathError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fs.ErrExist):
		return fault.Refuse(fault.CodeConflict, "there is a graph file %s already, and it stays as it is; move it away, or start the program in another folder", path).With("reason", "EXISTS")
	case errors.As(err, &at):
		return fault.Refuse(fault.CodeUnavailable, "the graph file cannot be written: %s", at.Err.Error())
	}
	return err
}

// fill loads the parts into a new graph, one load each.
func fill(ctx context.Context, open Open, path string, folders map[string]fs.FS, sample bool) (loads []Count, err error) {
	store, err := open(path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	wanted := []string{chains}
	if sample {
		wanted = append(wanted, companies, invented)
	}
	for _, part := range wanted {
		report, err := loaders.Load(ctx, loaders.Options{Store: store, FS: folders[part], Load: part})
		if err != nil {
			return nil, fmt.Errorf("%s: %w", part, err)
		}
		if !report.Complete() {
			return nil, message.Errorf("sample pack: rows were left out")
		}
		nodes, edges := report.Nodes(), report.Edges()
		loads = append(loads, Count{part, nodes.Created, edges.Created})
	}
	return loads, nil
}

// plain are the texts that every shell takes as they are.
var plain = regexp.MustCompile(`^[\pL\pN/._:\\-]+$`)

// Command is the one that serves the graph at a path, for a shell.
func Command(path string) string {
	if !plain.MatchString(path) {
		path = "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
	}
	return "liantu serve --file " + path
}
