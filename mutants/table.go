package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// mutation is one broken rule.
type mutation struct {
	name  string // unique in all tables
	rule  string // the rule in words
	file  string // that states it, from the root of the module
	old   string // what states it, once in the file
	new   string // what breaks it
	tests []test // one of which must fail
}

// test names tests of one package.
type test struct {
	folder  string // of the package, from the root of the module
	pattern string // of go test -run
}

func (t test) String() string { return t.folder + " " + t.pattern }

// folder is where the tables lie.
const folder = "mutants"

// tables reads all tables, in the order of their names.
func tables(root string) ([]mutation, error) {
	files, err := filepath.Glob(filepath.Join(root, folder, "*.txt"))
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("no tables in %s: %w", filepath.Join(root, folder), errors.Join(err, os.ErrNotExist))
	}
	var all []mutation
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		found, err := parse(string(text))
		if err != nil {
			return nil, fmt.Errorf("%s:%w", file, err)
		}
		for _, m := range found {
			if slices.ContainsFunc(all, func(o mutation) bool { return o.name == m.name }) {
				return nil, fmt.Errorf("%s: two mutations are called %q", file, m.name)
			}
			all = append(all, m)
		}
	}
	return all, nil
}

// parse reads a table. A block of lines is a mutation; each line begins with
// one of the words mutant, rule, file, old, new and tests, and only tests may
// come more than once. Lines that begin with # are comments.
func parse(text string) ([]mutation, error) {
	var all []mutation
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		word, rest, _ := strings.Cut(line, " ")
		rest = strings.TrimSpace(rest)
		if word == "mutant" {
			all = append(all, mutation{name: rest})
		}
		if len(all) == 0 {
			return nil, fmt.Errorf("%d: %q stands before the first mutant", i+1, line)
		}
		if err := all[len(all)-1].set(word, rest); err != nil {
			return nil, fmt.Errorf("%d: %w", i+1, err)
		}
	}
	for _, m := range all {
		if m.name == "" || m.rule == "" || m.file == "" || m.old == "" || len(m.tests) == 0 {
			return nil, fmt.Errorf(" mutant %q lacks its name, rule, file, old text or tests", m.name)
		}
		if m.old == m.new {
			return nil, fmt.Errorf(" mutant %q breaks nothing", m.name)
		}
	}
	return all, nil
}

// set takes one line of a mutation.
func (m *mutation) set(word, rest string) error {
	field := map[string]*string{"rule": &m.rule, "file": &m.file, "old": &m.old, "new": &m.new}[word]
	switch {
	case word == "mutant":
	case word == "tests":
		where, pattern, ok := strings.Cut(rest, " ")
		if !ok {
			return fmt.Errorf("tests %q: not a folder and a pattern", rest)
		}
		m.tests = append(m.tests, test{where, strings.TrimSpace(pattern)})
	case field == nil:
		return fmt.Errorf("unknown word %q", word)
	case *field != "":
		return fmt.Errorf("a second line %q for the mutant %q", word, m.name)
	default:
		*field = rest
	}
	return nil
}

// fit returns every mutation whose old text is not in its file just once, and
// every one that names a folder without tests, joined into one error.
func fit(root string, all []mutation) error {
	var faults []error
	for _, m := range all {
		if _, err := m.broken(root); err != nil {
			faults = append(faults, err)
		}
		for _, t := range m.tests {
			if files, err := filepath.Glob(filepath.Join(root, t.folder, "*_test.go")); err != nil || len(files) == 0 {
				faults = append(faults, fmt.Errorf("mutant %q: no tests in %s", m.name, t.folder))
			}
		}
	}
	return errors.Join(faults...)
}

// broken returns the text of the file with the rule broken.
func (m mutation) broken(root string) (string, error) {
	text, err := os.ReadFile(filepath.Join(root, m.file))
	if err != nil {
		return "", fmt.Errorf("mutant %q: %w", m.name, err)
	}
	if n := strings.Count(string(text), m.old); n != 1 {
		return "", fmt.Errorf("mutant %q: %s has %d times %q instead of once", m.name, m.file, n, m.old)
	}
	return strings.Replace(string(text), m.old, m.new, 1), nil
}
