package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"liantu/graph"
	"liantu/graph/filestore"
	"liantu/schema"
)

// planted are files of a person and its ties whose personal texts all hold a
// text that occurs nowhere else.
func planted(t *testing.T, dir, canary string) (properties int) {
	t.Helper()
	write := func(kind string, cells [][2]string) {
		var head, row []string
		for _, c := range cells {
			head, row = append(head, c[0]), append(row, c[1])
		}
		text := strings.Join(head, ",") + "\n" + strings.Join(row, ",") + "\n"
		if err := os.WriteFile(filepath.Join(dir, kind+".csv"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	personal := func(kind *schema.Kind) (cells [][2]string) {
		for i, p := range kind.Properties {
			text := canary + "在" + p.Name
			switch {
			case p.Sensitivity != schema.Personal && kind.Sensitivity != schema.Personal || p.Name == "code":
				continue
			case p.Type == schema.TypePhone:
				text = fmt.Sprint(1990974_0000+i) + "0"
			case p.Type == schema.TypeEmail:
				text = fmt.Sprintf("%s%d@example.org", "goldoriole", i)
			case p.Type != schema.TypeText && p.Type != schema.TypeTexts:
				continue // a word that everybody shares
			}
			properties++
			cells = append(cells, [2]string{p.Name, text})
		}
		return cells
	}
	said := [][2]string{{"source", "Made up"}, {"as_of", "2026"}}
	model := schema.Default()
	write("Person", append(append([][2]string{{"code", "K1"}}, personal(model.Node("Person"))...), said...))
	for _, kind := range []string{"WORKS_AT", "NATIVE_OF", "MEMBER_OF", "KNOWS"} {
		to := map[string]string{"WORKS_AT": "甲一材料股份有限公司", "NATIVE_OF": "330100", "MEMBER_OF": "甲商会", "KNOWS": "K1"}[kind]
		write(kind, append(append([][2]string{{"from", "K1"}, {"to", to}}, personal(model.EdgeKind(kind))...), said...))
	}
	write("Intermediary", append([][2]string{{"name", "甲商会"}, {"category", "CHAMBER"}}, said...))
	return properties
}

// TestForgottenCanaries plants texts in every personal property of a person and
// of its ties, forgets the person, and searches for them in every file of the
// data folder, packed parts of the store included.
func TestForgottenCanaries(t *testing.T) {
	if testing.Short() {
		t.Skip("it loads the sample pack")
	}
	const canary = "金鹂canary"
	mini, err := filepath.Abs(filepath.Join("testdata", "mini"))
	if err != nil {
		t.Fatal(err)
	}
	data, lists := t.TempDir(), t.TempDir()
	t.Chdir(data)
	if n := planted(t, lists, canary); n < 8 {
		t.Fatalf("only %d properties hold a canary", n)
	}
	for _, args := range [][]string{{"load", mini}, {"load", lists, "--batch", "lists"}, {"load", lists, "--batch", "again"}} {
		if code, out, errs := program(t, args...); code != exitOK {
			t.Fatalf("%v gives %d\n%s%s", args, code, out, errs)
		}
	}
	if found := holding(t, data, canary); len(found) == 0 {
		t.Fatal("no file holds the canaries before")
	}
	if code, out, errs := program(t, "person", "forget", "K1", "--reason", "letter"); code != exitOK {
		t.Fatalf("forgetting gives %d\n%s%s", code, out, errs)
	}
	for _, text := range []string{canary, schema.NormalName(canary), "goldoriole", "1990974", "Person/code=K1"} {
		if found := holding(t, data, text); len(found) > 0 {
			t.Errorf("%q is left in %v", text, found)
		}
	}
}

// holding lists the files of a folder that hold a text, as they are, and of a
// graph file what it has packed.
func holding(t *testing.T, dir, text string) (found []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if bytes.Contains(data, []byte(text)) {
			found = append(found, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	store, err := filestore.Open(filepath.Join(dir, "liantu.db"), schema.Default())
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close() //nolint:errcheck // nothing was written
	if err := store.Ledger(t.Context(), func(e graph.Entry) error {
		if strings.Contains(fmt.Sprintf("%+v", e), text) {
			found = append(found, "the ledger")
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return found
}

// TestForgetWhileServing forgets a person of the sample pack while a server
// answers from the file, which then answers without the person.
func TestForgetWhileServing(t *testing.T) {
	if testing.Short() {
		t.Skip("it serves the sample pack")
	}
	g := serveGuarded(t)
	const persons = `{ nodes(kind: Person, first: 50) { nodes { ... on Person { code } } } meta { version } }`
	_, before := g.askFrom(t, g.keys["wang"], persons, 1)
	if !strings.Contains(before, `"V003"`) {
		t.Fatalf("before: %s", before)
	}
	code, out, errs := program(t, "person", "forget", "V003", "--reason", "letter", "--format", "json")
	var report struct{ Version, Left int }
	if err := json.Unmarshal([]byte(out), &report); err != nil || code != exitOK || report.Left != 0 || report.Version == 0 {
		t.Fatalf("forgetting gives %d, %+v, error %v\n%s", code, report, err, errs)
	}
	status, after := g.askFrom(t, g.keys["wang"], persons, report.Version)
	if status != 200 || strings.Contains(after, `"V003"`) || !strings.Contains(after, `"V002"`) {
		t.Errorf("after: %d %s", status, after)
	}
}
