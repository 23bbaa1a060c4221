package main

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"unicode"
)

// move looks in the whole module for the old texts and the tests that are no
// longer where the tables say, and writes the tables anew where there is just
// one place. An unexported name that got a capital letter or the name of a
// package before it is found too. It returns how many are still not found.
func move(root string, out io.Writer) (left int, err error) {
	sources, tests, err := goFiles(root)
	if err != nil {
		return 0, err
	}
	files, err := filepath.Glob(filepath.Join(root, folder, "*.txt"))
	if err != nil {
		return 0, err
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return 0, err
		}
		all, err := parse(string(text))
		if err != nil {
			return 0, fmt.Errorf("%s:%w", file, err)
		}
		blocks := strings.SplitAfter(string(text), "\n\n")
		for _, m := range all {
			changed, fault := m.follow(root, sources, tests)
			if fault != "" {
				left++
				fmt.Fprintf(out, "%s: %s\n", m.name, fault)
			}
			for i := range blocks {
				if strings.Contains(blocks[i], "mutant "+m.name+"\n") {
					blocks[i] = m.rewrite(blocks[i], changed)
				}
			}
		}
		if err := os.WriteFile(file, []byte(strings.Join(blocks, "")), 0o644); err != nil {
			return 0, err
		}
	}
	return left, nil
}

// goFiles reads the Go files of the module by their name from its root.
func goFiles(root string) (sources, tests map[string]string, err error) {
	sources, tests = map[string]string{}, map[string]string{}
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(root, path)
		switch {
		case strings.HasSuffix(name, "_test.go"):
			tests[name] = string(text)
		case !strings.HasSuffix(filepath.Dir(name), "test"): // an oracle states rules too
			sources[name] = string(text)
		}
		return err
	})
	return sources, tests, err
}

// follow returns the mutation as it must be now, and what is not found.
func (m mutation) follow(root string, sources, tests map[string]string) (changed mutation, fault string) {
	changed = m
	changed.tests = nil
	if _, err := m.broken(root); err != nil {
		var found []mutation
		for name, text := range sources {
			for _, hit := range likeness(m.old).FindAllStringSubmatch(text, -1) {
				one := m
				one.file, one.old, one.new = name, hit[0], renamed(m.new, m.old, hit[1:])
				found = append(found, one)
			}
		}
		if len(found) == 1 {
			changed.file, changed.old, changed.new = found[0].file, found[0].old, found[0].new
		} else {
			fault = fmt.Sprintf("%d places have %q", len(found), m.old)
			for _, one := range found {
				fault += " " + one.file
			}
		}
	}
	for _, t := range m.tests {
		homes := map[string]bool{}
		for name, text := range tests {
			if t.declaredIn(text) {
				homes[filepath.ToSlash(filepath.Dir(name))] = true
			}
		}
		if !homes[t.folder] && len(homes) == 1 {
			for home := range homes {
				t.folder = home
			}
		} else if !homes[t.folder] {
			fault += fmt.Sprintf(" %d folders have the tests %q", len(homes), t.pattern)
		}
		changed.tests = append(changed.tests, t)
	}
	return changed, fault
}

var declaration = regexp.MustCompile(`(?m)^func (Test\w+)\(`)

// declaredIn reports whether a file declares one of the tests.
func (t test) declaredIn(text string) bool {
	top, err := regexp.Compile(strings.SplitN(t.pattern, "/", 2)[0])
	if err != nil {
		return false
	}
	for _, m := range declaration.FindAllStringSubmatch(text, -1) {
		if top.MatchString(m[1]) {
			return true
		}
	}
	return false
}

// word is a name in Go code.
var word = regexp.MustCompile(`[\p{L}_][\p{L}\p{N}_]*`)

// likeness matches a text whose names may begin with a capital letter, and may
// stand behind the name of a package. It has a group for each name.
func likeness(text string) *regexp.Regexp {
	var pattern strings.Builder
	last := 0
	for _, at := range word.FindAllStringIndex(text, -1) {
		name := []rune(text[at[0]:at[1]])
		pattern.WriteString(regexp.QuoteMeta(text[last:at[0]]))
		fmt.Fprintf(&pattern, `((?:\b[a-z]+\.)?[%c%c]%s)`, name[0], unicode.ToUpper(name[0]), regexp.QuoteMeta(string(name[1:])))
		last = at[1]
	}
	pattern.WriteString(regexp.QuoteMeta(text[last:]))
	return regexp.MustCompile(pattern.String())
}

// renamed gives the names of a text what the names of another text became.
func renamed(text, before string, after []string) string {
	names := map[string]string{}
	for i, name := range word.FindAllString(before, -1) {
		names[name] = after[i]
	}
	return word.ReplaceAllStringFunc(text, func(name string) string {
		if changed, ok := names[name]; ok {
			return changed
		}
		return name
	})
}

// rewrite gives the block of a mutation the places that changed.
func (m mutation) rewrite(block string, changed mutation) string {
	put := func(word, before, after string) {
		if before != after {
			line := regexp.MustCompile(`(?m)^(\s*` + word + `\s+)` + regexp.QuoteMeta(before) + `[ \t]*$`)
			block = line.ReplaceAllStringFunc(block, func(s string) string { return strings.Replace(s, before, after, 1) })
		}
	}
	put("file", m.file, changed.file)
	put("old", m.old, changed.old)
	put("new", m.new, changed.new)
	for i, t := range m.tests {
		put("tests", t.String(), changed.tests[i].String())
	}
	return block
}
