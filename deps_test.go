package main_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// mayImport is the import table of ARCHITECTURE.md: which packages of this
// module a package may import, in its code and, after "tests:", in its tests
// only. Every package may import liantu/message. A change here is a change of the
// architecture and belongs there too.
var mayImport = map[string]string{
	"liantu/message":         "",
	"liantu/hanzi":           "",
	"liantu/spreadsheet":     "",
	"liantu/schema":          "liantu/hanzi",
	"liantu/resolve":         "liantu/hanzi liantu/schema",
	"liantu/place":           "liantu/resolve liantu/schema",
	"liantu/graph":           "liantu/schema",
	"liantu/graph/storetest": "liantu/graph liantu/schema",
	"liantu/graph/filestore": "liantu/graph liantu/schema tests: liantu/graph/storetest",
	"liantu/graph/neo4jstore": "liantu/graph liantu/schema tests: liantu/graph/lines liantu/examples/zhejiang liantu/graph/filestore liantu/graph/gaps " +
		"liantu/graph/projection liantu/graph/questiontest liantu/graph/shrinkage liantu/graph/storetest liantu/graph/tuning liantu/loaders liantu/testcontainers",
	"liantu/graph/projection":             "liantu/graph liantu/schema tests: liantu/graph/filestore liantu/graph/questiontest liantu/graph/storetest",
	"liantu/graph/statements":             "liantu/graph",
	"liantu/graph/newcomers":              "liantu/graph liantu/graph/area liantu/graph/projection",
	"liantu/graph/dates":                  "liantu/graph liantu/graph/area liantu/graph/projects liantu/graph/projection liantu/graph/statements tests: liantu/graph/questiontest",
	"liantu/graph/topics":                 "liantu/graph liantu/graph/projection liantu/schema tests: liantu/graph/questiontest",
	"liantu/graph/area":                   "liantu/graph liantu/graph/projection liantu/schema tests: liantu/graph/gaps liantu/graph/questiontest",
	"liantu/graph/projects":               "liantu/graph liantu/graph/projection liantu/schema",
	"liantu/graph/lines":                  "liantu/graph/projection liantu/schema",
	"liantu/graph/holds":                  "liantu/graph/projection liantu/schema",
	"liantu/graph/offers":                 "liantu/graph liantu/graph/projection liantu/schema",
	"liantu/graph/shrinkage":              "",
	"liantu/graph/tuning":                 "liantu/graph liantu/graph/area liantu/graph/projection",
	"liantu/graph/ties":                   "liantu/graph liantu/graph/area liantu/graph/dates liantu/graph/gaps liantu/graph/lines liantu/graph/projection liantu/graph/tuning liantu/schema tests: liantu/graph/questiontest",
	"liantu/graph/relatedness":            "tests: liantu/graph/relatedness/complexity",
	"liantu/graph/relatedness/complexity": "liantu/graph/relatedness",
	"liantu/graph/assignment":             "",
	"liantu/graph/feasibility":            "liantu/graph/relatedness liantu/schema",
	"liantu/graph/gaps": "liantu/graph liantu/graph/topics liantu/graph/area liantu/graph/holds liantu/graph/newcomers liantu/graph/dates liantu/graph/feasibility liantu/graph/lines liantu/graph/offers liantu/graph/projection liantu/graph/projects " +
		"liantu/graph/relatedness liantu/graph/shrinkage liantu/graph/statements liantu/graph/tuning liantu/schema tests: liantu/graph/candidates liantu/graph/questiontest",
	"liantu/graph/counts":   "liantu/graph liantu/graph/gaps liantu/graph/lines liantu/graph/projection liantu/graph/tuning liantu/schema tests: liantu/graph/questiontest",
	"liantu/graph/unknowns": "liantu/graph/gaps liantu/schema",
	"liantu/graph/matrix":   "liantu/graph liantu/graph/area liantu/graph/counts liantu/graph/dates liantu/graph/gaps liantu/graph/lines liantu/graph/projection liantu/graph/tuning tests: liantu/graph/questiontest",
	"liantu/graph/chainmap": "liantu/graph liantu/graph/area liantu/graph/candidates liantu/graph/counts liantu/graph/gaps liantu/graph/lines liantu/graph/projection liantu/graph/ties liantu/graph/tuning " +
		"tests: liantu/graph/questiontest",
	"liantu/graph/capability": "liantu/graph liantu/graph/area liantu/graph/projection liantu/graph/projects liantu/graph/shrinkage",
	"liantu/graph/landing":    "liantu/graph liantu/graph/area liantu/graph/capability liantu/graph/gaps liantu/graph/projection liantu/graph/projects liantu/schema",
	"liantu/graph/candidates": "liantu/graph liantu/graph/area liantu/graph/capability liantu/graph/dates liantu/graph/gaps liantu/graph/holds liantu/graph/landing liantu/graph/lines liantu/graph/projection liantu/graph/projects liantu/graph/statements liantu/resolve " +
		"liantu/graph/topics liantu/graph/tuning liantu/schema tests: liantu/graph/questiontest",
	"liantu/graph/introductions": "liantu/graph liantu/graph/area liantu/graph/gaps liantu/graph/projection liantu/graph/statements liantu/graph/tuning liantu/schema " +
		"tests: liantu/graph/lines liantu/graph/questiontest",
	"liantu/graph/matching": "liantu/graph liantu/graph/assignment liantu/graph/edits liantu/graph/gaps liantu/graph/lines liantu/graph/projection " +
		"liantu/graph/shrinkage liantu/graph/statements liantu/graph/tuning liantu/schema tests: liantu/graph/questiontest",
	"liantu/graph/past":    "liantu/graph liantu/graph/projection liantu/schema",
	"liantu/graph/quality": "liantu/graph liantu/graph/area liantu/graph/projection liantu/graph/statements liantu/schema tests: liantu/graph/tuning liantu/graph/questiontest",
	"liantu/graph/edits":   "liantu/graph liantu/graph/projection liantu/graph/statements liantu/schema",
	"liantu/graph/questiontest": "liantu/examples/zhejiang liantu/graph liantu/graph/area liantu/graph/candidates liantu/graph/newcomers liantu/graph/dates liantu/graph/filestore liantu/graph/gaps " +
		"liantu/graph/introductions liantu/graph/lines liantu/graph/matching liantu/graph/projection liantu/graph/quality liantu/graph/ties liantu/graph/tuning liantu/loaders " +
		"liantu/schema",
	"liantu/graph/canaries":            "liantu/graph liantu/schema",
	"liantu/graph/questiontest/freeze": "liantu/examples/zhejiang",
	"liantu/evaluate": "liantu/graph liantu/graph/feasibility liantu/graph/projection liantu/graph/relatedness liantu/schema tests: " +
		"liantu/graph/filestore",
	"liantu/graph/placements":         "liantu/graph liantu/graph/projection liantu/place liantu/schema tests: liantu/examples/zhejiang/picture liantu/graph/filestore liantu/loaders",
	"liantu/evaluate/placement":       "liantu/evaluate liantu/graph/shrinkage liantu/place",
	"liantu/evaluate/placement/learn": "liantu/evaluate/placement liantu/examples/zhejiang/picture liantu/graph/placements liantu/graph/projection liantu/place",
	"liantu/evaluate/arrivals": "liantu/evaluate liantu/graph liantu/graph/candidates liantu/graph/gaps liantu/graph/projection liantu/graph/projects " +
		"liantu/graph/tuning liantu/schema tests: liantu/graph/questiontest",
	"liantu/loaders": "liantu/graph liantu/loaders/assertions liantu/loaders/cells liantu/loaders/choices liantu/loaders/bulk liantu/loaders/days liantu/loaders/inputs liantu/loaders/lists liantu/loaders/mapping liantu/loaders/names " +
		"liantu/loaders/locate liantu/loaders/recognise liantu/loaders/rehearsal liantu/loaders/rows liantu/schema tests: liantu/graph/filestore liantu/loaders/reviews",
	"liantu/loaders/assertions": "liantu/graph liantu/schema",
	"liantu/loaders/choices":    "liantu/graph liantu/schema",
	"liantu/loaders/days":       "liantu/schema",
	"liantu/loaders/inputs":     "liantu/graph liantu/loaders/bulk liantu/loaders/days liantu/loaders/rows",
	"liantu/loaders/lists":      "liantu/graph liantu/graph/shrinkage liantu/schema",
	"liantu/loaders/cells":      "liantu/loaders/rows liantu/schema",
	"liantu/loaders/mapping":    "liantu/graph liantu/schema",
	"liantu/loaders/locate":     "liantu/graph liantu/loaders/mapping liantu/schema",
	"liantu/loaders/recognise":  "liantu/loaders/mapping liantu/schema",
	"liantu/loaders/rows":       "liantu/loaders/numfmt",
	"liantu/loaders/numfmt":     "",
	"liantu/loaders/rehearsal":  "liantu/graph liantu/schema",
	"liantu/loaders/bulk":       "liantu/loaders/mapping liantu/loaders/recognise liantu/loaders/rows liantu/schema",
	"liantu/loaders/reviews":    "liantu/graph liantu/loaders liantu/loaders/mapping liantu/schema",
	"liantu/loaders/names":      "liantu/graph liantu/hanzi liantu/resolve liantu/schema",
	"liantu/access":             "liantu/schema",
	"liantu/erasure":            "liantu/graph liantu/schema tests: liantu/graph/filestore",
	"liantu/api": "liantu/access liantu/api/admission liantu/api/bytecache liantu/api/disclosure liantu/api/earlier liantu/api/engine liantu/api/export liantu/api/fault liantu/api/fields " +
		"liantu/api/guard liantu/api/metrics liantu/api/mutations liantu/api/page liantu/api/questions liantu/api/reserve liantu/api/transport liantu/graph liantu/graph/tuning " +
		"liantu/graph/projection liantu/schema tests: liantu/api/attacks liantu/examples/zhejiang/picture " +
		"liantu/graph/canaries liantu/graph/filestore liantu/graph/past liantu/loaders/names",
	"liantu/api/bytecache":  "",
	"liantu/api/earlier":    "liantu/api/fault liantu/graph/projection liantu/schema tests: liantu/graph/filestore",
	"liantu/api/fault":      "liantu/api/engine liantu/graph",
	"liantu/api/admission":  "liantu/access liantu/api/engine liantu/api/fault liantu/schema",
	"liantu/api/disclosure": "liantu/access liantu/api/engine liantu/api/fault liantu/graph liantu/graph/projection liantu/schema tests: liantu/graph/filestore",
	"liantu/api/fields": "liantu/api/disclosure liantu/api/engine liantu/api/fault liantu/graph liantu/graph/past liantu/graph/gaps liantu/graph/projection " +
		"liantu/graph/tuning liantu/schema",
	"liantu/api/questions": "liantu/api/disclosure liantu/api/engine liantu/api/fault liantu/api/fields liantu/graph liantu/graph/past liantu/graph/chainmap liantu/graph/counts liantu/graph/topics liantu/graph/area liantu/graph/candidates liantu/graph/newcomers liantu/graph/dates " +
		"liantu/graph/gaps liantu/graph/introductions liantu/graph/landing liantu/graph/lines liantu/graph/matching liantu/graph/matrix liantu/graph/offers liantu/graph/projection liantu/graph/ties liantu/graph/quality " +
		"liantu/graph/placements liantu/graph/tuning liantu/graph/unknowns liantu/place liantu/schema",
	"liantu/api/mutations": "liantu/access liantu/api/disclosure liantu/api/fault liantu/api/fields liantu/graph liantu/graph/edits " +
		"liantu/graph/projection liantu/schema",
	"liantu/api/export":    "liantu/api/fault liantu/spreadsheet",
	"liantu/api/reserve":   "liantu/access liantu/api/engine liantu/api/fault",
	"liantu/api/guard":     "",
	"liantu/api/metrics":   "",
	"liantu/api/transport": "",
	"liantu/api/page":      "liantu/api/transport",
	"liantu/web":           "",
	"liantu/api/attacks":   "",
	"liantu/api/engine":    "tests: liantu/api/guard",
	"liantu/api/mcp":       "liantu/access liantu/api liantu/api/earlier liantu/api/fault liantu/api/transport liantu/graph/gaps liantu/graph/unknowns tests: liantu/examples/zhejiang/picture liantu/graph/projection liantu/schema",
	"liantu/cli": "liantu/cli/meeting liantu/cli/show/documents liantu/cli/show/sheets liantu/cli/papers liantu/access liantu/api/disclosure liantu/cli/files liantu/cli/help liantu/cli/readback liantu/cli/service liantu/cli/settings liantu/cli/show liantu/erasure " +
		"liantu/evaluate liantu/evaluate/arrivals liantu/evaluate/placement liantu/examples/zhejiang liantu/graph liantu/graph/past liantu/graph/candidates liantu/graph/newcomers liantu/graph/dates liantu/graph/edits " +
		"liantu/cli/placing liantu/graph/placements liantu/loaders/reviews liantu/place " +
		"liantu/graph/feasibility liantu/graph/filestore liantu/graph/gaps liantu/graph/introductions " +
		"liantu/graph/lines liantu/graph/matching liantu/graph/projection liantu/graph/ties liantu/graph/tuning liantu/graph/quality liantu/loaders liantu/loaders/assertions liantu/loaders/mapping liantu/loaders/names " +
		"liantu/graph/area liantu/schema tests: liantu/graph/canaries liantu/testcontainers",
	"liantu/cli/show": "liantu/graph/area liantu/access liantu/cli/files liantu/cli/show/documents liantu/cli/show/sheets liantu/evaluate liantu/evaluate/arrivals liantu/evaluate/placement liantu/graph/placements liantu/place liantu/graph liantu/graph/topics liantu/graph/candidates liantu/graph/newcomers liantu/graph/dates liantu/graph/gaps " +
		"liantu/graph/introductions liantu/graph/matching liantu/graph/projection liantu/graph/ties liantu/graph/quality liantu/loaders " +
		"liantu/loaders/names liantu/loaders/rehearsal liantu/schema liantu/spreadsheet",
	"liantu/cli/readback": "liantu/access liantu/api/disclosure liantu/api/fields liantu/cli/files liantu/cli/show liantu/cli/show/sheets liantu/graph " +
		"liantu/graph/projection liantu/loaders/names liantu/schema liantu/spreadsheet tests: liantu/graph/filestore liantu/graph/questiontest liantu/loaders",
	"liantu/cli/show/sheets":    "liantu/spreadsheet",
	"liantu/cli/show/documents": "",
	"liantu/cli/meeting":        "liantu/cli/show liantu/cli/show/documents liantu/cli/show/sheets liantu/graph liantu/graph/candidates liantu/graph/gaps liantu/graph/introductions liantu/graph/projection liantu/graph/tuning liantu/schema",
	"liantu/cli/files":          "",
	"liantu/cli/journeys":       "",
	"liantu/cli/placing":        "liantu/cli/service liantu/cli/settings liantu/graph liantu/graph/placements liantu/graph/projection liantu/place liantu/schema",
	"liantu/cli/help":           "liantu/schema",
	"liantu/cli/settings":       "liantu/access liantu/api liantu/api/transport liantu/graph liantu/graph/tuning liantu/schema",
	"liantu/cli/papers":         "liantu/access liantu/api liantu/api/fault liantu/api/fields liantu/graph/projection",
	"liantu/cli/uploads":        "liantu/access liantu/api liantu/api/fault liantu/api/fields liantu/cli/show liantu/graph liantu/loaders liantu/loaders/lists liantu/loaders/mapping liantu/schema",
	"liantu/cli/opening":        "",
	"liantu/cli/setup":          "liantu/access liantu/api liantu/api/fault liantu/examples/zhejiang liantu/graph liantu/loaders liantu/schema tests: liantu/graph/filestore liantu/graph/projection",
	"liantu/cli/service": "liantu/cli/setup liantu/cli/opening liantu/cli/papers liantu/cli/uploads liantu/access liantu/api liantu/api/disclosure liantu/api/mcp liantu/api/metrics liantu/api/page liantu/api/transport liantu/web liantu/cli/service/otlp liantu/cli/settings " +
		"liantu/graph liantu/graph/past liantu/graph/filestore liantu/graph/neo4jstore liantu/graph/projection liantu/loaders/names " +
		"liantu/schema tests: liantu/graph/tuning liantu/graph/storetest",
	"liantu/cli/service/otlp":          "",
	"liantu/testcontainers":            "",
	"liantu/examples/zhejiang":         "tests: liantu/graph liantu/graph/filestore liantu/loaders liantu/schema",
	"liantu/examples/zhejiang/build":   "liantu/examples/zhejiang/picture liantu/graph liantu/graph/placements liantu/graph/projection liantu/place liantu/resolve liantu/schema",
	"liantu/examples/zhejiang/picture": "liantu/examples/zhejiang liantu/graph/filestore liantu/graph/projection liantu/loaders liantu/schema",
	"liantu/bench":                     "tests: liantu/api liantu/examples/zhejiang/picture liantu/graph/projection liantu/access liantu/schema",
	"liantu/bench/load":                "liantu/api liantu/api/attacks liantu/examples/zhejiang/picture",
	"liantu/bench/soak":                "liantu/api/attacks",
	"liantu/mutants":                   "",
	"liantu/deploy/notice":             "",
	"liantu":                           "liantu/cli tests: liantu/cli",
}

// onlyImporter says which packages alone may import an outside module.
var onlyImporter = map[string]string{
	"github.com/neo4j/neo4j-go-driver":            "liantu/graph/neo4jstore liantu/testcontainers",
	"github.com/gin-gonic/gin":                    "liantu/api liantu/bench",
	"github.com/graphql-go/graphql":               "liantu/api liantu/api/fields liantu/api/questions liantu/api/mutations",
	"github.com/VictoriaMetrics/metrics":          "liantu/api/metrics",
	"go.opentelemetry.io/otel/sdk":                "liantu/cli/service liantu/cli/service/otlp",
	"github.com/mozillazg/go-pinyin":              "liantu/graph/projection",
	"go.etcd.io/bbolt":                            "liantu/graph/filestore",
	"github.com/modelcontextprotocol/go-sdk":      "liantu/api/mcp liantu/cli",
	"github.com/spf13/":                           "liantu/cli liantu/cli/help liantu/cli/settings",
	"github.com/xuri/excelize":                    "liantu/loaders/rows liantu/loaders liantu/cli/show/sheets liantu/cli/show liantu/cli",
	"github.com/gomutex/godocx":                   "liantu/cli/show/documents",
	"golang.org/x/net":                            "liantu/loaders/rows",
	"github.com/testcontainers/testcontainers-go": "liantu/testcontainers",
}

// goPackage is what "go list -json" says about a package.
type goPackage struct {
	ImportPath                         string
	Imports, TestImports, XTestImports []string
}

func goList(t *testing.T, args ...string) []goPackage {
	t.Helper()
	out, err := exec.Command("go", append([]string{"list", "-json=ImportPath,Imports,TestImports,XTestImports"}, args...)...).Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			t.Fatalf("go list: %v\n%s", err, exit.Stderr)
		}
		t.Fatalf("go list: %v", err)
	}
	var packages []goPackage
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p goPackage
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return packages
		} else if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
}

func TestImportsFollowTheTable(t *testing.T) {
	for _, p := range goList(t, "./...") {
		row, listed := mayImport[p.ImportPath]
		if !listed {
			t.Errorf("package %s is not in the import table; give it a row in deps_test.go and in ARCHITECTURE.md", p.ImportPath)
			continue
		}
		code, tests, _ := strings.Cut(row, "tests:")
		allowed := strings.Fields(code)
		check(t, p, p.Imports, allowed, "its code")
		allowed = append(allowed, strings.Fields(tests)...)
		check(t, p, slices.Concat(p.TestImports, p.XTestImports), append(allowed, p.ImportPath), "its tests")
	}
}

func check(t *testing.T, p goPackage, imports, allowed []string, where string) {
	t.Helper()
	for _, path := range imports {
		ours := path == "liantu" || strings.HasPrefix(path, "liantu/")
		if ours && path != "liantu/message" && !slices.Contains(allowed, path) {
			t.Errorf("%s imports %s in %s, which the import table forbids; it may import: %s",
				p.ImportPath, path, where, strings.Join(allowed, " "))
		}
	}
	for prefix, owners := range onlyImporter {
		for _, path := range imports {
			if strings.HasPrefix(path, prefix) && !slices.Contains(strings.Fields(owners), p.ImportPath) {
				t.Errorf("%s imports %s in %s; only %s may", p.ImportPath, path, where, owners)
			}
		}
	}
}

// TestTableOfImportsIsUsed reports what the tables permit and no package does,
// which would let it in unnoticed later.
func TestTableOfImportsIsUsed(t *testing.T) {
	imports := map[string][]string{}
	for _, p := range goList(t, "./...") {
		imports[p.ImportPath] = slices.Concat(p.Imports, p.TestImports, p.XTestImports)
	}
	for name, row := range mayImport {
		for _, path := range strings.Fields(strings.ReplaceAll(row, "tests:", "")) {
			if !slices.Contains(imports[name], path) {
				t.Errorf("%s may import %s and does not; take it out of the import table", name, path)
			}
		}
		if _, exists := imports[name]; !exists {
			t.Errorf("the import table has the package %s, which does not exist", name)
		}
	}
	for prefix, owners := range onlyImporter {
		for _, name := range strings.Fields(owners) {
			if !slices.ContainsFunc(imports[name], func(path string) bool { return strings.HasPrefix(path, prefix) }) {
				t.Errorf("%s may import %s and does not; take it off the owners", name, prefix)
			}
		}
	}
}

func TestDomainUsesTheStandardLibraryOnly(t *testing.T) {
	for _, p := range goList(t, "./graph") {
		for _, path := range p.Imports {
			first, _, _ := strings.Cut(path, "/")
			if strings.Contains(first, ".") {
				t.Errorf("package graph imports %s; it speaks the domain and needs nothing but schema and the standard library", path)
			}
		}
	}
}

func TestProgramContainsNoTestDatabase(t *testing.T) {
	for _, p := range goList(t, "-deps", ".") {
		for _, banned := range []string{"testcontainers", "rogpeppe", "pgregory.net/rapid"} {
			if strings.Contains(p.ImportPath, banned) {
				t.Errorf("the program contains %s, which is for tests only", p.ImportPath)
			}
		}
	}
}

// TestPagesNameEverything holds the pages to the code: ARCHITECTURE.md names
// every package, and the decision on dependencies every outside module.
func TestPagesNameEverything(t *testing.T) {
	read := func(name string) string {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	architecture := read("ARCHITECTURE.md")
	const decision = "docs/adr/0003-dependencies.md"
	var modules []string
	for _, m := range regexp.MustCompile("`([a-z0-9.]+\\.[a-z]+/[^`]*)`").FindAllStringSubmatch(read(decision), -1) {
		modules = append(modules, m[1])
	}
	for _, p := range goList(t, "./...") {
		name := strings.TrimPrefix(p.ImportPath, "liantu/")
		if name != "liantu" && !strings.Contains(architecture, "`"+name+"`") {
			t.Errorf("ARCHITECTURE.md does not name the package %s", name)
		}
		for _, path := range slices.Concat(p.Imports, p.TestImports, p.XTestImports) {
			first, _, _ := strings.Cut(path, "/")
			of := func(module string) bool { return path == module || strings.HasPrefix(path, module+"/") }
			if strings.Contains(first, ".") && !slices.ContainsFunc(modules, of) {
				t.Errorf("%s gives no reason for %s, which %s imports", decision, path, p.ImportPath)
			}
		}
	}
}
