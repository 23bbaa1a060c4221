package message_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"liantu/message"
)

// helpArea is the area whose formats are the help of commands, which the tests of
// package cli compare with the commands.
const helpArea = "help"

// passing are the files that make messages of formats which stand where they are called.
var passing = []string{"../cli/help/help.go", "../api/fault/fault.go"}

// local are the functions of a package that take a format and pass it on under this
// name; the format is the first text that is written where they are called.
var local = map[string][]string{
	"../graph":           {"fault", "fail"},
	"../schema":          {"invalid", "caused"},
	"../loaders":         {"fail"},
	"../loaders/mapping": {"fail"},
	"../loaders/rows":    {"fail", "limit", "refuse"},
}

// TestEveryMessageIsInBothLanguages compares the formats in the sources with the
// Chinese ones.
func TestEveryMessageIsInBothLanguages(t *testing.T) {
	said := sources(t)
	if len(said) == 0 {
		t.Fatal("the sources hold no message")
	}
	chinese := map[string]string{} // areas by format
	for _, area := range message.Areas() {
		formats, err := message.Formats(area)
		if err != nil {
			t.Fatal(err)
		}
		for english, text := range formats {
			if other, twice := chinese[english]; twice {
				t.Errorf("%s and %s both have a form of %q", area, other, english)
			}
			chinese[english] = area
			if area == helpArea { // takes no arguments
				continue
			}
			if place, ok := said[english]; !ok {
				t.Errorf("%s: nothing says %q", area, english)
			} else if !slices.Equal(verbs(english), verbs(text)) {
				t.Errorf("%s: %q has the arguments %v, and %q has %v", place, english, verbs(english), text, verbs(text))
			}
		}
	}
	for english, place := range said {
		if _, ok := chinese[english]; !ok && letters.MatchString(verb.ReplaceAllString(english, "")) {
			t.Errorf("%s: %q has no Chinese form", place, english)
		}
	}
}

var (
	letters = regexp.MustCompile(`\p{L}`)
	verb    = regexp.MustCompile(`%[-+# 0]*(?:\[(\d+)\])?[0-9.]*[a-zA-Z]`)
)

// verbs are the arguments that a format prints, sorted, each with the class of its
// verb: texts may be quoted in one language only.
func verbs(format string) []string {
	var all []string
	next := 1
	for _, m := range verb.FindAllStringSubmatch(strings.ReplaceAll(format, "%%", ""), -1) {
		if m[1] != "" {
			next, _ = strconv.Atoi(m[1])
		}
		class := m[0][len(m[0])-1:]
		if strings.ContainsAny(class, "qsvw") {
			class = "text"
		}
		all = append(all, strconv.Itoa(next)+class)
		next++
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// makers are the functions that take the format of a message, and which of their
// arguments it is.
var makers = map[string]int{"message.New": 0, "message.Errorf": 0, "message.As": 1, "fault.Refuse": 1}

// sources returns the formats in the sources of the program, each with a place where
// it stands. A format that is not written where it is used is a fault.
func sources(t *testing.T) map[string]string {
	t.Helper()
	said := map[string]string{}
	err := filepath.WalkDir("..", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (entry.Name() == "node_modules" || entry.Name() == "testdata" || len(entry.Name()) > 2 && entry.Name()[0] == '.'):
			return filepath.SkipDir
		case entry.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, name, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			place := set.Position(call.Pos()).String()
			if text, ok := plainError(call); ok && !slices.ContainsFunc(unsaid, func(p string) bool { return strings.HasPrefix(filepath.ToSlash(name), p) }) {
				t.Errorf("%s: %q is an error in one language; make it a message", place, text)
			}
			at, ok := makes(call)
			if !ok {
				if format, ok := passed(filepath.ToSlash(filepath.Dir(name)), call); ok {
					said[strings.ReplaceAll(format, "%w", "%v")] = place
				}
				return true
			}
			if format, ok := literal(call.Args[at]); ok {
				said[strings.ReplaceAll(format, "%w", "%v")] = place
			} else if argument, ok := call.Args[at].(*ast.Ident); (!ok || argument.Name != "format") && !slices.Contains(passing, filepath.ToSlash(name)) {
				t.Errorf("%s: the format is not written here", place)
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return said
}

// unsaid are the places whose errors reach no user of the program: tools and tests of
// its makers, faults of the vocabulary that is built in, traces that only the log has,
// and sentinels that are handled where they are met.
var unsaid = []string{
	"../mutants/", "../bench/", "../testcontainers/", "../examples/", "../deploy/notice/", "../evaluate/placement/learn/", "../graph/questiontest/", "../graph/storetest/", "../api/attacks/", "../message/",
	"../schema/policy.go", "../schema/read.go", "../api/fields/builder.go", "../cli/service/otlp/",
	"../graph/projection/memo.go", "../graph/neo4jstore/apply.go", "../graph/filestore/tx.go", "../loaders/index.go", "../cli/report.go",
}

// plainError returns the text of an error that is no message and says anything.
func plainError(call *ast.CallExpr) (string, bool) {
	f, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || len(call.Args) == 0 {
		return "", false
	}
	from, plain := f.X.(*ast.Ident)
	if !plain || from.Name+"."+f.Sel.Name != "fmt.Errorf" && from.Name+"."+f.Sel.Name != "errors.New" {
		return "", false
	}
	text, written := literal(call.Args[0])
	return text, written && letters.MatchString(verb.ReplaceAllString(text, ""))
}

// makes returns which argument of a call is a format of a message.
func makes(call *ast.CallExpr) (int, bool) {
	f, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return 0, false
	}
	from, plain := f.X.(*ast.Ident)
	if !plain {
		return 0, false
	}
	at, known := makers[from.Name+"."+f.Sel.Name]
	return at, known && len(call.Args) > at
}

// passed returns the format that a call of a local function takes.
func passed(dir string, call *ast.CallExpr) (string, bool) {
	name := ""
	switch f := call.Fun.(type) {
	case *ast.Ident:
		name = f.Name
	case *ast.SelectorExpr:
		name = f.Sel.Name
	}
	if !slices.Contains(local[dir], name) {
		return "", false
	}
	for _, argument := range call.Args {
		if format, ok := literal(argument); ok && format != "" {
			return format, true
		}
	}
	return "", false
}

// literal returns the text of a string literal or of several that are added.
func literal(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(e.Value)
		return text, err == nil && e.Kind == token.STRING
	case *ast.BinaryExpr:
		left, ok := literal(e.X)
		right, also := literal(e.Y)
		return left + right, ok && also && e.Op == token.ADD
	}
	return "", false
}
