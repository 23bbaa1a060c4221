package cli

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"liantu/access"
)

// writing are the commands that write the graph, in an order in which each can, with
// what the record says of each before and after.
func writing(t *testing.T) []struct{ args, record []string } {
	t.Helper()
	partners := t.TempDir()
	for name, text := range map[string]string{
		"Intermediary.csv": "name,category,source,as_of,grade\n示例商会,CHAMBER,plan,2026,B\n",
		"Project.csv":      "code,name,stage,source,as_of,grade\nX1,示例项目,TALKS,plan,2026,B\n",
	} {
		if err := os.WriteFile(filepath.Join(partners, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	names := write(t, "names.csv", "left,right,verdict,as_of\n甲一材料股份有限公司,甲二材料股份有限公司,DIFFERENT,2026-03-01\n")
	items := write(t, "items.csv", "about,subject,link_code,verdict\nITEM,光刻胶树脂,resist.resin,yes\n")
	return []struct{ args, record []string }{
		{[]string{"load", filepath.Join("testdata", "mini"), "--batch", "mini"}, []string{"load", "load mini: done"}},
		{[]string{"load", partners, "--batch", "某人", "--place"}, []string{"load", "load (not a name): done", "place", "place: done"}},
		{[]string{"review", "--anew"}, []string{"review --anew", "review --anew: done"}},
		{[]string{"review", "--take", names, "--by", "wang"}, []string{"review --take", "review --take *: done"}},
		{[]string{"place"}, []string{"place", "place: done"}},
		{[]string{"place", "--take", items, "--by", "wang"}, []string{"place --take", "place --take *: done", "place", "place: done"}},
		{
			[]string{"match", "record", "--by", "示例商会", "--project", "X1", "--outcome", "met", "--date", "2026-05-05"},
			[]string{"match record", "match record: done"},
		},
		{[]string{"undo", "某人"}, []string{"undo (not a name)", "undo (not a name): not done, or not to its end"}},
	}
}

// TestWritesAreOnRecord writes the graph by each command that can, where callers must
// authenticate: the record states the intent, then the outcome, and holds no text that
// was typed.
func TestWritesAreOnRecord(t *testing.T) {
	dir := t.TempDir()
	audit := filepath.Join(dir, "audit.jsonl")
	t.Setenv("LIANTU_ACCESS_AUDIT", audit)
	t.Setenv("LIANTU_STORE_PATH", filepath.Join(dir, "graph.db"))
	t.Setenv("LIANTU_ACCESS_MODE", "required")
	for _, c := range writing(t) {
		before := changesOnRecord(t, audit)
		code, stdout, stderr := program(t, c.args...)
		fails := strings.HasSuffix(c.record[len(c.record)-1], "its end")
		if (code != exitOK) != fails {
			t.Errorf("%v gives %d: %s%s", c.args, code, stdout, stderr)
		}
		got := changesOnRecord(t, audit)[len(before):]
		if !slices.EqualFunc(got, c.record, func(got, want string) bool {
			begin, end, open := strings.Cut(want, "*")
			return got == want || open && strings.HasPrefix(got, begin) && strings.HasSuffix(got, end)
		}) {
			t.Errorf("%v has the record %q, want %q", c.args, got, c.record)
		}
	}
	before := contents(t, filepath.Join(dir, "graph.db"))
	t.Setenv("LIANTU_ACCESS_AUDIT", filepath.Join(audit, "no folder", "audit.jsonl"))
	for _, c := range writing(t) {
		if code, stdout, _ := program(t, c.args...); code == exitOK {
			t.Errorf("without a record %v gives %s", c.args, stdout)
		}
	}
	if after := contents(t, filepath.Join(dir, "graph.db")); after.Digest != before.Digest {
		t.Error("the graph was written without a record")
	}
}

// TestTrialsAreOnRecord tries what the commands that write would do. Where callers must
// authenticate, the record says before that it was tried only, holds no text that was
// typed, and nothing is tried without it; elsewhere a trial leaves as little on record as
// the command itself.
func TestTrialsAreOnRecord(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "graph.db")
	copyFile(t, loaded(t), file)
	t.Setenv("LIANTU_STORE_PATH", file)
	people := write(t, "Person.csv", "code,name,phone,source,as_of\nV1,鹂鸣谷,10000000041,list,2026\n")
	names := write(t, "names.csv", "left,right,verdict,as_of\n甲一材料股份有限公司,甲二材料股份有限公司,DIFFERENT,2026-03-01\n")
	items := write(t, "items.csv", "about,subject,link_code,verdict\nITEM,光刻胶树脂,resist.resin,yes\n")
	lifted := "load with --lift-forgotten: persons who were forgotten may come back: tried only"
	for _, c := range []struct{ args, required, none []string }{
		{[]string{"load", people, "--dry-run"}, []string{"load: tried only"}, nil},
		{[]string{"load", people, "--dry-run", "--lift-forgotten"}, []string{lifted, "load: tried only"}, []string{lifted}},
		{[]string{"review", "--take", names, "--by", "wang", "--dry-run"}, []string{"review --take: tried only"}, nil},
		{[]string{"place", "--dry-run"}, []string{"place: tried only"}, nil},
		{[]string{"place", "--take", items, "--by", "wang", "--dry-run"}, []string{"place --take: tried only"}, nil},
	} {
		args := c.args
		for mode, want := range map[string][]string{"required": c.required, "none": c.none} {
			audit := filepath.Join(t.TempDir(), "audit.jsonl")
			t.Setenv("LIANTU_ACCESS_MODE", mode)
			t.Setenv("LIANTU_ACCESS_AUDIT", audit)
			if code, stdout, stderr := program(t, args...); code != exitOK {
				t.Errorf("%s: %v gives %d: %s%s", mode, args, code, stdout, stderr)
			}
			if got := changesOnRecord(t, audit); !slices.Equal(got, want) {
				t.Errorf("%s: %v has the record %q, want %q", mode, args, got, want)
			}
		}
		t.Setenv("LIANTU_ACCESS_MODE", "required")
		t.Setenv("LIANTU_ACCESS_AUDIT", filepath.Join(file, "no folder", "audit.jsonl"))
		if code, stdout, _ := program(t, args...); code != exitFailed || stdout != "" {
			t.Errorf("without a record %v gives %d: %s", args, code, stdout)
		}
	}
}

// changesOnRecord lists what the record says of changes.
func changesOnRecord(t *testing.T, audit string) (list []string) {
	t.Helper()
	if err := access.OpenLog(audit).Entries(func(e access.Entry) error {
		if e.Action == access.Change {
			list = append(list, e.Detail)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return list
}
