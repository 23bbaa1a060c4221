package cli

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"

	"liantu/access"
	"liantu/graph"
	"liantu/graph/canaries"
	"liantu/graph/filestore"
	"liantu/schema"
)

// aviary is a graph file with canaries, and a user of each role with a key.
type aviary struct {
	file     string
	audit    string
	canaries []canaries.Canary
	callers  []caller
}

// caller is who runs the program: the user of the machine, without a key, or a user.
type caller struct {
	role schema.Role
	key  string
}

// flags are the flags that identify the caller.
func (c caller) flags() []string {
	if c.key == "" {
		return nil
	}
	return []string{"--token", c.key}
}

// mayShow reports whether a caller may see a canary, without a purpose, independently
// of the policy's own code.
func (c caller) mayShow(x canaries.Canary) bool {
	switch c.role {
	case schema.RoleViewer:
		return false
	case schema.RoleIntermediary:
		return x.Own
	case schema.RoleStrategist:
		return x.Sensitivity == schema.Internal || x.Sensitivity == schema.Confidential && x.Local
	case schema.RoleAdmin:
		return x.Sensitivity == schema.Internal
	}
	return x.Sensitivity != schema.Personal
}

// plantCanaries makes a graph with canaries, and the users.
func plantCanaries(t *testing.T) *aviary {
	t.Helper()
	t.Setenv(smallPopulation, "1")
	a := &aviary{file: filepath.Join(t.TempDir(), "graph.db"), audit: filepath.Join(t.TempDir(), "audit.jsonl")}
	t.Setenv("LIANTU_ACCESS_MODE", "required")
	t.Setenv("LIANTU_ACCESS_USERS", filepath.Join(t.TempDir(), "users.json"))
	t.Setenv("LIANTU_ACCESS_AUDIT", a.audit)
	store, err := filestore.Open(a.file, schema.Default())
	if err != nil {
		t.Fatal(err)
	}
	batch, planted := canaries.Plant()
	a.canaries = planted
	for _, b := range []graph.Batch{
		{Load: graph.LoadInfo{ID: "nodes", Source: "register", Done: true}, Nodes: batch.Nodes},
		{Load: graph.LoadInfo{ID: "edges", Source: "register", Done: true}, Edges: batch.Edges},
	} {
		if _, err := store.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	a.callers = []caller{{role: schema.RoleAnonymous}}
	for _, user := range [][]string{
		{"viewer"}, {"intermediary", "--intermediary", "own-agency"}, {"strategist", "--regions", "330100", "--ecosystems", "*"}, {"steward"}, {"admin"},
	} {
		if code, _, errs := program(t, append([]string{"users", "add", "a-" + user[0], "--role", user[0]}, user[1:]...)...); code != exitOK {
			t.Fatal(errs)
		}
		code, key, errs := program(t, "keys", "add", "a-"+user[0])
		if code != exitOK {
			t.Fatal(errs)
		}
		a.callers = append(a.callers, caller{schema.Role(user[0]), strings.TrimSpace(key)})
	}
	return a
}

// of returns the canary of a property, the first there is.
func (a *aviary) of(property string) string {
	i := slices.IndexFunc(a.canaries, func(c canaries.Canary) bool { return c.Of == property })
	return a.canaries[i].Text
}

// fractions are those of the seconds of instants.
var fractions = regexp.MustCompile(`(T\d\d:\d\d:\d\d)\.\d+`)

// search fails the test for every canary in a text that a caller may not see, except
// those that the caller has typed itself.
func (a *aviary) search(t *testing.T, c caller, asked []string, where, text string) {
	t.Helper()
	text = fractions.ReplaceAllString(text, "$1") // a number of six digits may be one by chance
	typed := strings.Join(asked, " ")
	for _, x := range a.canaries {
		if strings.Contains(text, x.Text) && !c.mayShow(x) && !strings.Contains(typed, x.Text) {
			at := strings.Index(text, x.Text)
			t.Errorf("%s sees %s (%s) in %s of %q:\n…%s…", c.role, x.Text, x.Of, where, typed, text[max(0, at-120):min(len(text), at+120)])
			return
		}
	}
}

// run runs the program on a copy of the graph in a folder of its own, and searches all
// that it says and writes.
func (a *aviary) run(t *testing.T, c caller, args ...string) (stdout, stderr string) {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, "graph.db")
	copyFile(t, a.file, file)
	out := filepath.Join(dir, "out")
	args = slices.Clone(args)
	for i := range args {
		args[i] = strings.ReplaceAll(args[i], "OUT", out)
	}
	_, stdout, stderr = program(t, slices.Concat(args, c.flags(), []string{"--file", file})...)
	a.search(t, c, args, "stdout", stdout)
	a.search(t, c, args, "stderr", stderr)
	if err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path == file {
			return err
		}
		a.search(t, c, args, "the name of a file", path)
		info, err := d.Info()
		if err != nil {
			return err
		}
		if info.Mode().Perm() != 0o600 && args[0] != "evaluate" {
			t.Errorf("%s: the file %s has the mode %v", c.role, filepath.Base(path), info.Mode())
		}
		text, err := readWhole(path)
		a.search(t, c, args, "a file", text)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return stdout, stderr
}

// readWhole reads a file, of a workbook and a document all their parts.
func readWhole(path string) (string, error) {
	data, err := os.ReadFile(path)
	if err != nil || filepath.Ext(path) != ".xlsx" && filepath.Ext(path) != ".docx" {
		return string(data), err
	}
	book, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for _, part := range book.File {
		r, err := part.Open()
		if err != nil {
			return "", err
		}
		if _, err := io.Copy(&b, r); err != nil {
			return "", err
		}
		if err := r.Close(); err != nil {
			return "", err
		}
	}
	return b.String(), nil
}

// invocation is one way to run a command. Of an answer every form is asked for, and
// every flag is given a wrong value, too.
type invocation struct {
	args   string
	answer bool
}

// invocations are the ways to run every command that the search tries. A command that is
// not in it has not been decided on.
var invocations = map[string][]invocation{
	"gaps":                 {{"--region 330100 --why --limit 0", true}, {"--region 330100 --about company-0", true}},
	"meeting":              {{"--region 330100", true}, {"--region 330100 --against 320500 --out OUT.docx", false}, {"--region 330100 --out OUT.xlsx", false}},
	"candidates":           {{"--region 330100 --link link-1 --limit 0", true}, {"--region 320500 --opportunity opportunity-0", true}},
	"introductions":        {{"--region 330100 --company 688810.SH", true}, {"--region 330100 --person person-0", true}, {"--region 330100 --link link-0", true}},
	"compare":              {{"--regions 330100,320500 --chain chain-0", true}},
	"what-if":              {{"--region 330100 --land 688811.SH --leave 688810.SH", true}},
	"anchor":               {{"--company 688810.SH --region 330100", true}},
	"ties":                 {{"--chain chain-0", true}},
	"quality":              {{"--region 330100", true}},
	"conflicts":            {{"--limit 0", true}, {"--kind Person --limit 0", true}},
	"changes":              {{"--since 2020 --region 330100", true}},
	"loads":                {{"", true}},
	"node":                 {{"person-0 --kind Person", true}, {"688810.SH --limit 0", true}, {"project-0 --limit 0", true}, {"taskforce-0 --limit 0", true}, {"own-agency --limit 0", true}, {"link-1 --limit 0", true}},
	"export":               {{"--out OUT", false}, {"--out OUT.xlsx", false}, {"Person Project --as-table --out OUT.xlsx", false}},
	"match need":           {{"--region 330100", true}, {"--task-force taskforce-0", true}},
	"match needs":          {{"--partner own-agency --region 330100", true}, {"--partner other-agency --region 330100", true}},
	"match plan":           {{"--region 330100", true}, {"--task-force taskforce-0", true}},
	"match intermediaries": {{"", true}},
	"match record":         {{"--by person-0 --project project-0 --outcome lost --reason x", false}, {"--by own-agency --project nobody --outcome met", false}},
	"review":               {{"--limit 0", true}},
	"place":                {{"--dry-run --limit 0", true}, {"--explain 688810.SH", true}, {"--review -", true}},
	"check store":          {{"", true}},
	"check schema":         {{"", false}},
	"audit show":           {{"--limit 1000", true}},
	"audit verify":         {{"", false}},
	"users list":           {{"", true}},
	"users add":            {{"a-nobody", false}},
	"users remove":         {{"a-nobody", false}},
	"users disable":        {{"a-nobody", false}},
	"users enable":         {{"a-nobody", false}},
	"keys list":            {{"", true}},
	"keys add":             {{"a-nobody", false}},
	"keys revoke":          {{"a-nobody", false}},
	"config show":          {{"", true}},
	"config default":       {{"", false}},
	"version":              {{"", false}},
	"mapping":              {{"", true}},
	"template":             {{"Person --out OUT.xlsx", false}},
	"person forget":        {{"person-0 --reason letter --dry-run", true}, {"nobody --reason letter", false}},
	"undo":                 {{"nodes", true}},
	"load":                 {{filepath.Join("testdata", "mini") + " --dry-run --rejects OUT.csv", true}},

	"evaluate entry": {{"--data nowhere --cutoff 2011 --until 2016", false}}, "evaluate train": {{"--data nowhere --day 2011 --out OUT", false}},
	"evaluate candidates": {{"--cutoff 2011 --until 2016", false}}, "evaluate intermediaries": {{"--data nowhere --cutoff 2011 --until 2016", false}},
	"evaluate suppliers": {{"--data nowhere", false}}, "evaluate products": {{"--data nowhere", false}},
	"evaluate convert": {{"--from nowhere --to OUT", false}}, "evaluate services": {{"--offerings nowhere --to OUT", false}},
	"evaluate placement": {{"--data nowhere --labels nowhere", false}},

	// These serve until they are stopped; TestCanariesBehindServers and
	// TestCanariesBehindStreams ask them.
	"serve": nil, "mcp": nil,
	// This has a graph of its own.
	"demo": nil,
}

// TestCanariesBehindCommands runs every command in every role: in every form, with right
// arguments and with wrong ones. It searches what is said, the files, and the record.
func TestCanariesBehindCommands(t *testing.T) {
	a := plantCanaries(t)
	root := newRoot(&env{stdout: io.Discard, stderr: io.Discard})
	known := map[string]bool{}
	var walk func(cmd *cobra.Command)
	walk = func(cmd *cobra.Command) {
		for _, c := range cmd.Commands() {
			walk(c)
		}
		if name := commandName(cmd); !cmd.HasSubCommands() {
			known[name] = true
			if _, ok := invocations[name]; !ok {
				t.Errorf("the search for canaries does not run the command %q", name)
			}
		}
	}
	walk(root)
	runs := 0
	for name, list := range invocations {
		if !known[name] {
			t.Errorf("there is no command %q", name)
		}
		for _, way := range list {
			words := append(strings.Fields(name), strings.Fields(way.args)...)
			for _, c := range a.callers {
				for _, args := range a.variants(words, way.answer, c) {
					a.run(t, c, args...)
					runs++
				}
			}
		}
	}
	a.searchRecord(t, access.Export)
	t.Logf("%d runs", runs)
}

// variants are the ways to ask a question: in each form, and with a wrong value in the
// place of each argument.
func (a *aviary) variants(words []string, answer bool, c caller) [][]string {
	if !answer {
		return [][]string{words}
	}
	list := [][]string{words}
	for _, form := range []string{"json", "csv", "xlsx"} {
		list = append(list, append(slices.Clone(words), "--format", form))
	}
	if c.role == schema.RoleStrategist { // the names of files come from the same question for all
		list = append(list, append(slices.Clone(words), "--out", "OUT/"))
	}
	name := a.of("Person.name")
	wrong := []string{name, "V0010", "person-1", string([]rune(name)[:6])}
	for i, word := range words {
		if i == 0 || !strings.HasPrefix(words[i-1], "--") || strings.HasPrefix(word, "--") || slices.Contains([]string{"--limit", "--kind", "--out", "--rejects", "--reason"}, words[i-1]) {
			if i == 0 || words[0] != "node" || i > 1 {
				continue
			}
		}
		for n, text := range wrong {
			if c.role == schema.RoleAdmin && n > 0 { // who sees what the local user sees
				break
			}
			other := slices.Clone(words)
			other[i] = text
			list = append(list, other)
		}
	}
	return list
}

// searchRecord searches the audit log, without what may hold any digits, and fails if it has
// no entry of an action.
func (a *aviary) searchRecord(t *testing.T, action access.Action) {
	t.Helper()
	found := 0
	nobody := caller{role: schema.RoleViewer}
	if err := access.OpenLog(a.audit).Entries(func(e access.Entry) error {
		if e.Action == action {
			found++
		}
		e.Time, e.Prev, e.Hash, e.IDs = time.Time{}, "", "", nil
		text, err := json.Marshal(e)
		a.search(t, nobody, nil, "the record", string(text))
		return err
	}); err != nil {
		t.Error(err)
	}
	if found == 0 {
		t.Errorf("no entry of %s is on record", action)
	}
}

// TestNameConfirmsNobody looks persons up by their names, as roles that see masked
// values: a name of somebody in the graph finds as little as a name of nobody.
func TestNameConfirmsNobody(t *testing.T) {
	a := plantCanaries(t)
	for _, property := range []string{"Person.name", "Person.employer", "Person.description"} {
		somebody := a.of(property)
		nobody := strings.Replace(somebody, "鹂", "鹃", 1) // which is as much like the codes of others
		for _, c := range a.callers {
			for _, words := range [][]string{
				{"introductions", "--region", "330100", "--person", "NAME"},
				{"introductions", "--region", "330100", "--company", "NAME"},
				{"node", "NAME"},
				{"node", "NAME", "--kind", "Person"},
				{"gaps", "--region", "330100", "--about", "NAME"},
				{"match", "record", "--by", "NAME", "--project", "project-0", "--outcome", "met"},
				{"person", "forget", "NAME", "--reason", "letter", "--dry-run"},
			} {
				said := [2]string{}
				for i, text := range []string{somebody, nobody} {
					args := slices.Clone(words)
					args[slices.Index(args, "NAME")] = text
					stdout, stderr := a.run(t, c, args...)
					said[i] = strings.ReplaceAll(stdout+stderr, text, "NAME")
				}
				if said[0] != said[1] {
					t.Errorf("%s, %v: somebody gives\n%snobody gives\n%s", c.role, words, said[0], said[1])
				}
			}
		}
	}
}

// TestCanaryForms checks the test's own reading of workbooks.
func TestCanaryForms(t *testing.T) {
	a := plantCanaries(t)
	steward := a.callers[4]
	stdout, stderr := a.run(t, steward, "node", "project-0", "--limit", "0")
	if !slices.ContainsFunc(a.canaries, func(c canaries.Canary) bool {
		return strings.HasPrefix(c.Of, "Project.") && c.Sensitivity != schema.Personal && strings.Contains(stdout, c.Text)
	}) {
		t.Errorf("%s sees nothing internal of a project: %s", steward.role, fmt.Sprint(stdout, stderr))
	}
}
