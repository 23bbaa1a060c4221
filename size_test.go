package main_test

import (
	"bytes"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the sizes in ARCHITECTURE.md anew")

// The limits of CONTRIBUTING.md. Tests may be longer, since their tables count.
const (
	maxFiles        = 40   // of a package, tests apart
	maxPackageLines = 5500 // of a package, tests apart
	maxRootLines    = 200  // of the root package, tests apart
	maxFileLines    = 400
	maxTestLines    = 600
	maxFuncLines    = 70
	maxTestFunc     = 100
)

// packageSize counts the files and lines of a package, tests apart.
type packageSize struct{ files, lines int }

// measure counts every package below the root by its directory, and reports
// files and functions beyond the limits.
func measure(t *testing.T) map[string]packageSize {
	t.Helper()
	sizes := map[string]packageSize{}
	for _, p := range goList(t, "./...") {
		dir := strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, "liantu"), "/")
		if dir == "" {
			dir = "."
		}
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		size := packageSize{}
		for _, e := range entries {
			if e.IsDir() || !strings.HasSuffix(e.Name(), ".go") {
				continue
			}
			lines := measureFile(t, path.Join(dir, e.Name()))
			if !strings.HasSuffix(e.Name(), "_test.go") {
				size.files++
				size.lines += lines
			}
		}
		sizes[dir] = size
	}
	return sizes
}

// measureFile returns how many lines a file has.
func measureFile(t *testing.T, name string) int {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	lines, limit, funcLimit := bytes.Count(text, []byte("\n")), maxFileLines, maxFuncLines
	if strings.HasSuffix(name, "_test.go") {
		limit, funcLimit = maxTestLines, maxTestFunc
	}
	if lines > limit {
		t.Errorf("%s has %d lines, at most %d are allowed; give its second subject a file of its own", name, lines, limit)
	}
	positions := token.NewFileSet()
	file, err := parser.ParseFile(positions, name, text, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok {
			continue
		}
		if n := positions.Position(f.End()).Line - positions.Position(f.Pos()).Line + 1; n > funcLimit {
			t.Errorf("%s: function %s has %d lines, at most %d are allowed", positions.Position(f.Pos()), f.Name.Name, n, funcLimit)
		}
	}
	return lines
}

// sizeRow is a row of the table of packages in ARCHITECTURE.md: name, what it
// holds, files, lines, outside modules.
var sizeRow = regexp.MustCompile("(?m)^(\\| (?:`([a-z0-9/]+)`|root) \\|[^|]*\\|) *([0-9]*) \\| *([0-9]*) \\|")

// TestPackagesStaySmall holds every package, file and function to its limit, and
// the sizes in ARCHITECTURE.md to the truth within a tenth; -update writes them.
func TestPackagesStaySmall(t *testing.T) {
	sizes := measure(t)
	for dir, size := range sizes {
		if size.files > maxFiles || size.lines > maxPackageLines {
			t.Errorf("package %s has %d files and %d lines, at most %d and %d are allowed", dir, size.files, size.lines, maxFiles, maxPackageLines)
		}
	}
	if root := sizes["."].lines; root > maxRootLines {
		t.Errorf("the root has %d lines of Go, at most %d are allowed", root, maxRootLines)
	}
	const page = "ARCHITECTURE.md"
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	var listed []string
	fresh := sizeRow.ReplaceAllFunc(text, func(row []byte) []byte {
		m := sizeRow.FindSubmatch(row)
		dir := string(m[2])
		if dir == "" {
			dir = "."
		}
		size, ok := sizes[dir]
		if !ok {
			t.Errorf("%s lists the package %s, which does not exist", page, dir)
			return row
		}
		listed = append(listed, dir)
		if !*update && (!near(m[3], size.files) || !near(m[4], size.lines)) {
			t.Errorf("%s gives %s files and %s lines to %s, it has %d and %d; run the test with -update", page, m[3], m[4], dir, size.files, size.lines)
		}
		return fmt.Appendf(nil, "%s %d | %d |", m[1], size.files, size.lines)
	})
	for dir := range sizes {
		if !slices.Contains(listed, dir) {
			t.Errorf("%s has no row with the size of package %s", page, dir)
		}
	}
	if *update {
		if err := os.WriteFile(page, fresh, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// near reports whether a stated number is within a tenth of the true one, or
// within two of a small one.
func near(stated []byte, n int) bool {
	m, err := strconv.Atoi(string(stated))
	return err == nil && max(m-n, n-m) <= max(2, n/10)
}
