// Command notice writes NOTICE: which modules are in the program, under which licences,
// with the texts that the licences ask to pass on. It reads the modules that "go list"
// names for the systems on which the program runs, so that the file depends on go.mod
// and the sources alone. A test compares the file with what the command writes.
//
//	go run ./deploy/notice > NOTICE
//	go run ./deploy/notice -sbom > sbom.json
//
// With -sbom it writes the same modules as a list of components in the form of
// CycloneDX.
//
// No package may import it.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

func main() {
	sbom := flag.Bool("sbom", false, "write the list of components instead")
	flag.Parse()
	all, err := readAll()
	if err == nil && *sbom {
		err = writeBill(os.Stdout, all)
	} else if err == nil {
		_, err = io.WriteString(os.Stdout, format(all))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

// readAll reads the modules of the program in the module of the current folder.
func readAll() ([]licensed, error) {
	modules, err := list()
	if err != nil {
		return nil, err
	}
	var all []licensed
	for _, m := range modules {
		one, err := read(m)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}

// licensed is a module with its licences.
type licensed struct {
	module
	kinds []string // names of SPDX
	texts []text
}

// text is a file that must be passed on, such as a licence or a notice.
type text struct{ file, content string }

// passedOn reports whether a file is to be passed on, by its name: LICENSE, or
// LICENSE_list, or notice.txt, but no source.
func passedOn(name string) bool {
	name = strings.ToLower(name)
	return path.Ext(name) != ".go" && slices.ContainsFunc([]string{"license", "licence", "copying", "notice", "patents"},
		func(begin string) bool { return strings.HasPrefix(name, begin) })
}

// read reads the files to pass on of a module: of its root and of the folders of the
// packages that are used, which may come from elsewhere.
func read(m module) (licensed, error) {
	l := licensed{module: m}
	for _, folder := range m.folders {
		entries, err := os.ReadDir(folder)
		if err != nil {
			return l, err
		}
		for _, e := range entries {
			if e.IsDir() || !passedOn(e.Name()) {
				continue
			}
			content, err := os.ReadFile(filepath.Join(folder, e.Name()))
			if err != nil {
				return l, err
			}
			within, err := filepath.Rel(m.folders[0], folder)
			if err != nil {
				return l, err
			}
			l.texts = append(l.texts, text{path.Join(filepath.ToSlash(within), e.Name()), tidy(content)})
		}
	}
	for _, t := range l.texts {
		for _, kind := range kindsOf(t.content) {
			if !slices.Contains(l.kinds, kind) {
				l.kinds = append(l.kinds, kind)
			}
		}
	}
	slices.Sort(l.kinds)
	if len(l.kinds) == 0 {
		return l, fmt.Errorf("%s %s has no licence that is known to be compatible; see deploy/notice/kinds.go", m.Path, m.Version)
	}
	return l, nil
}

// tidy returns a text with the line ends of this file and without space at the end.
func tidy(content []byte) string {
	content = bytes.ReplaceAll(bytes.TrimPrefix(content, []byte("\uFEFF")), []byte("\r\n"), []byte("\n"))
	return strings.TrimRight(string(content), " \t\n")
}

// head opens the notice.
const head = `Liantu (链图)
Copyright 2026 The Liantu authors

Licensed under the Apache License, Version 2.0; see LICENSE.

This file is written by "make notice". The program contains the modules that are
listed first; the texts of their licences follow.
`

const rule = "\n================================================================================\n"

// format writes the list and then each text once, with the modules that it is of.
func format(all []licensed) string {
	var b strings.Builder
	b.WriteString(head)
	b.WriteString("\n")
	users := map[string][]string{} // by content
	var order []string
	for _, l := range all {
		fmt.Fprintf(&b, "%s %s (%s)\n", l.Path, l.Version, strings.Join(l.kinds, ", "))
		for _, t := range l.texts {
			if users[t.content] == nil {
				order = append(order, t.content)
			}
			users[t.content] = append(users[t.content], l.Path+": "+t.file)
		}
	}
	for _, content := range order {
		b.WriteString(rule)
		b.WriteString(strings.Join(users[content], "\n"))
		b.WriteString("\n\n")
		b.WriteString(content)
		b.WriteString("\n")
	}
	return b.String()
}
