// Package assertions reads the conditions that a load must meet, or nothing of it is
// written.
//
// Package loaders imports it, and the program, which reads the files of users; it
// imports graph and schema.
package assertions

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"liantu/graph"
	"liantu/message"
	"liantu/schema"
)

// Set holds the conditions that a load must meet, or nothing of it is
// written. They are checked on a dry run before the load.
type Set struct {
	// Rejected is the greatest share of rows that may be rejected.
	Rejected *float64 `yaml:"rejected"`
	// Kinds holds the assertions by kind of node or edge.
	Kinds map[string]Kind `yaml:"kinds"`
}

// Kind are the assertions on one kind.
type Kind struct {
	// Min and Max limit the number of drafts that the load makes of the kind.
	Min *int `yaml:"min"`
	Max *int `yaml:"max"`
	// Orphans is the greatest share of the nodes that the load states, that no
	// edge leads from or to after the load.
	Orphans *float64 `yaml:"orphans"`
	// Filled is by property the least share of these nodes that have a valid
	// value after the load.
	Filled map[string]float64 `yaml:"filled"`
}

// ReadFile reads assertions from a file, as [Read] does.
func ReadFile(name string, model *schema.Model) (*Set, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, message.Errorf("assertions: %w", err)
	}
	set, err := Read(file, model)
	if err := errors.Join(err, file.Close()); err != nil {
		return nil, message.Errorf("%s: %w", name, err)
	}
	return set, nil
}

// Read reads assertions from YAML and checks them against the model.
func Read(r io.Reader, model *schema.Model) (*Set, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	a := new(Set)
	d := yaml.NewDecoder(bytes.NewReader(text))
	d.KnownFields(true)
	if err := d.Decode(a); err != nil {
		if errors.Is(err, io.EOF) {
			err = message.Errorf("they are empty")
		}
		return nil, message.As(graph.ErrInvalid, "assertions: %w", err)
	}
	if err := a.check(model); err != nil {
		return nil, message.As(graph.ErrInvalid, "assertions: %w", err)
	}
	return a, nil
}

// check reports everything that is wrong with assertions.
func (a *Set) check(model *schema.Model) error {
	var faults []error
	share := func(name string, x *float64) {
		if x != nil && (*x < 0 || *x > 1) {
			faults = append(faults, message.Errorf("%s: %v is not a share from 0 to 1", name, *x))
		}
	}
	share("rejected", a.Rejected)
	for _, name := range slices.Sorted(maps.Keys(a.Kinds)) {
		k, kind := a.Kinds[name], model.Kind(name)
		if kind == nil {
			faults = append(faults, message.Errorf("kinds: unknown kind %q", name))
			continue
		}
		if kind.IsEdge() && (k.Orphans != nil || len(k.Filled) > 0) {
			faults = append(faults, message.Errorf("%s: orphans and filled are for nodes, not for edges", name))
		}
		share(name+".orphans", k.Orphans)
		for _, property := range slices.Sorted(maps.Keys(k.Filled)) {
			least := k.Filled[property]
			share(name+".filled."+property, &least)
			if kind.Property(property) == nil {
				faults = append(faults, message.Errorf("%s.filled: unknown property %q", name, property))
			}
		}
	}
	return errors.Join(faults...)
}

// Failure is one assertion that does not hold.
type Failure struct {
	Assertion string `json:"assertion"` // as in the file, such as Company.filled.uscc
	Wanted    string `json:"wanted"`    // such as "at least 95.0%"
	Found     string `json:"found"`     // such as "61.3% (1226 of 2000)"
}

// Error states which assertions prevented a load from being written. It
// wraps [graph.ErrInvalid].
type Error struct{ Failures []Failure }

func (e *Error) Error() string {
	lines := []string{fmt.Sprintf("nothing was written: %d assertions do not hold", len(e.Failures))}
	for _, f := range e.Failures {
		lines = append(lines, fmt.Sprintf("%s: found %s, want %s", f.Assertion, f.Found, f.Wanted))
	}
	return strings.Join(lines, "\n")
}

// Unwrap returns [graph.ErrInvalid].
func (e *Error) Unwrap() error { return graph.ErrInvalid }
