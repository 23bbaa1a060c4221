package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestTablesFitTheTree checks that every rule of the tables still stands where
// they say, just once, and that the broken code compiles: a text may fit while a
// name in it has gone.
func TestTablesFitTheTree(t *testing.T) {
	all, err := tables("..")
	if err != nil {
		t.Fatal(err)
	}
	if err := fit("..", all); err != nil {
		t.Errorf("%v\nif code was moved, go run ./mutants -move finds it", err)
	}
	if len(all) < 60 {
		t.Errorf("only %d mutations", len(all))
	}
	if testing.Short() {
		t.Skip("it builds the module with the mutations")
	}
	if err := compile(t.Context(), "..", all); err != nil {
		t.Error(err)
	}
}

// module is a small module with three rules, of which its test misses one.
var module = map[string]string{
	"go.mod": "module example\n\ngo 1.26\n",
	"rules/rules.go": `package rules

const least = 3

type book struct{ days int }

func (b *book) stale(years ...int) bool { return b.days > sum(years) }

func sum(list []int) (total int) {
	for _, x := range list {
		total += x
	}
	return total
}

func enough(n int) bool { return n >= least }

func forever(n int) {
	for n > 0 {
		n--
	}
}
`,
	"rules/rules_test.go": `package rules

import "testing"

func TestRules(t *testing.T) {
	t.Run("bounds", func(t *testing.T) {
		if enough(2) || !enough(9) || (&book{3}).stale(1, 2) {
			t.Fatal("wrong")
		}
		forever(2)
	})
}
`,
	"mutants/a.txt": `# Two of these survive.

mutant boundary
  rule  just three are enough
  file  rules/rules.go
  old   n >= least
  new   n > least
  tests rules ^TestRules$/^bounds$

mutant stale-on-its-day
  rule  data of the very day are not stale
  file  rules/rules.go
  old   b.days > sum(years)
  new   b.days >= sum(years)
  tests rules ^TestRules$/^bounds$

mutant least
  rule  two are not enough
  file  rules/rules.go
  old   least = 3
  new   least = 2
  tests rules ^TestRules$/^bounds$

mutant sum-of-nothing
  rule  a sum is that of all
  file  rules/rules.go
  old   total += x
  new   total = x - x
  tests rules ^TestRules$/^bounds$
`,
}

// written writes a module, with some files other than those of before.
func written(t *testing.T, other map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for _, files := range []map[string]string{module, other} {
		for name, text := range files {
			file := filepath.Join(root, name)
			if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	return root
}

func mutants(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs strings.Builder
	code = run(t.Context(), args, &out, &errs)
	return code, out.String(), errs.String()
}

func TestSurvivorsAreReported(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds mutants")
	}
	root := written(t, nil)
	code, out, errs := mutants(t, "-root", root)
	if code != 1 || !strings.Contains(out, "4 mutations, 1 survive:\n  boundary: just three are enough\n    rules/rules.go\n") {
		t.Fatalf("code %d\n%s\n%s", code, out, errs)
	}
	if code, out, errs := mutants(t, "-root", root, "-only", "least"); code != 0 || !strings.Contains(out, "1 mutations, none survives") {
		t.Errorf("code %d\n%s\n%s", code, out, errs)
	}
}

func TestFaultsOfTheTablesAreNoKills(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds mutants")
	}
	table := module["mutants/a.txt"]
	for name, test := range map[string]struct {
		other map[string]string
		says  string
	}{
		"no compile":       {map[string]string{"mutants/a.txt": strings.Replace(table, "b.days >= sum(years)", "b.days >= sam(years)", 1)}, "stale-on-its-day.go:1: undefined: sam"},
		"no compile alone": {map[string]string{"mutants/a.txt": strings.Replace(table, "new   least = 2", "new   least = two", 1)}, `mutant "least" does not compile`},
		"no such text":     {map[string]string{"mutants/a.txt": strings.Replace(table, "old   n >= least", "old   n >= most", 1)}, "has 0 times"},
		"no such test":     {map[string]string{"mutants/a.txt": strings.ReplaceAll(table, "^bounds$", "^other$")}, "there is no such test"},
		"a failing test":   {map[string]string{"rules/rules_test.go": strings.Replace(module["rules/rules_test.go"], "forever(2)", "t.Fatal(1)", 1)}, "fails on the code as it is"},
		"a name twice":     {map[string]string{"mutants/b.txt": table}, `two mutations are called "boundary"`},
		"no rule":          {map[string]string{"mutants/b.txt": "mutant x\n  file rules/rules.go\n"}, "lacks its name, rule"},
		"an unknown word":  {map[string]string{"mutants/b.txt": "mutant x\n  colour red\n"}, `2: unknown word "colour"`},
	} {
		t.Run(name, func(t *testing.T) {
			if code, out, errs := mutants(t, "-root", written(t, test.other)); code != 2 || !strings.Contains(errs, test.says) {
				t.Errorf("code %d, want %q\n%s\n%s", code, test.says, out, errs)
			}
		})
	}
}

func TestCheckReportsWhatDoesNotCompile(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds mutants")
	}
	if code, out, errs := mutants(t, "-check", "-root", written(t, nil)); code != 0 || !strings.Contains(out, "4 mutations fit the tree") {
		t.Errorf("code %d\n%s\n%s", code, out, errs)
	}
	table := strings.Replace(module["mutants/a.txt"], "b.days >= sum(years)", "b.days >= sam(years)", 1)
	code, out, errs := mutants(t, "-check", "-root", written(t, map[string]string{"mutants/a.txt": table}))
	if code != 2 || !strings.Contains(errs, "stale-on-its-day.go:1: undefined: sam") {
		t.Errorf("code %d\n%s\n%s", code, out, errs)
	}
}

func TestNoMutationIsNoSuccess(t *testing.T) {
	code, out, errs := mutants(t, "-root", written(t, nil), "-only", "laest")
	if code != 2 || !strings.Contains(errs, `no mutation has "laest"`) {
		t.Errorf("code %d\n%s\n%s", code, out, errs)
	}
}

// TestMovedRulesAreFound moves the rules to another package, where a name got a
// capital letter and stands in another package still, and the test to a third
// one.
func TestMovedRulesAreFound(t *testing.T) {
	exported := strings.NewReplacer("n >= least", "n >= bounds.Least", "least", "Least").Replace(module["rules/rules.go"])
	root := written(t, map[string]string{"other/moved.go": exported, "third/rules_test.go": module["rules/rules_test.go"]})
	for _, name := range []string{"rules/rules.go", "rules/rules_test.go"} {
		if err := os.Remove(filepath.Join(root, name)); err != nil {
			t.Fatal(err)
		}
	}
	if code, out, errs := mutants(t, "-root", root, "-move"); code != 0 {
		t.Fatalf("code %d\n%s\n%s", code, out, errs)
	}
	text, err := os.ReadFile(filepath.Join(root, "mutants/a.txt"))
	if err != nil {
		t.Fatal(err)
	}
	want := strings.NewReplacer("rules/rules.go", "other/moved.go", "n >= least", "n >= bounds.Least", "n > least", "n > bounds.Least",
		"old   least", "old   Least", "new   least", "new   Least", "tests rules", "tests third").Replace(module["mutants/a.txt"])
	if string(text) != want {
		t.Errorf("the table is\n%s\nwant\n%s", text, want)
	}
	if err := os.WriteFile(filepath.Join(root, "other/twin.go"), []byte(exported), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(root, "other/moved.go")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(root, "other/second.go"), []byte(exported), 0o644); err != nil {
		t.Fatal(err)
	}
	if code, out, _ := mutants(t, "-root", root, "-move"); code != 1 || !strings.Contains(out, `boundary: 2 places have "n >= bounds.Least"`) {
		t.Errorf("code %d for a rule in two places\n%s", code, out)
	}
}
