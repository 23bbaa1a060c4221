package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"liantu/access"
)

// TestCanariesOfLoads loads a roster and a table of ties with faults in cells that are
// personal. The report says where they are and not what stands there; the file of
// rejected rows holds them as they were.
func TestCanariesOfLoads(t *testing.T) {
	a := plantCanaries(t)
	dir := t.TempDir()
	typed := []string{"鹂9001name", "19905559001", "鹂9002name", "鹂9003@", "鹂9004name", "鹂9005name"}
	for name, text := range map[string]string{
		"Person.csv": "code,name,phone,email,consent_until,source,as_of,grade\nQ1,鹂9001name,19905559001x,,2027,list,2026,D\nQ2,鹂9002name,,鹂9003@,2027,list,2026,D\nQ1,鹂9001name,,,,list,2026,D\n" +
			",鹂9005name,19905559001,,,list,2026,D\n,鹂9005name,19905559001,,,list,2026,D\n",
		"KNOWS.csv": "from,to,relation,source,as_of,grade\nQ1,鹂9004name,鹂9001name,list,2026,D\n鹂9004name,Q1,COLLEAGUE,list,2026,D\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, form := range []string{"table", "json", "csv"} {
		for _, language := range []string{"en", "zh"} {
			t.Setenv("LIANTU_LANGUAGE", language)
			rejects := filepath.Join(t.TempDir(), "rejects.csv")
			if err := os.WriteFile(rejects, nil, 0o644); err != nil {
				t.Fatal(err)
			}
			file := filepath.Join(t.TempDir(), "graph.db")
			copyFile(t, a.file, file)
			code, stdout, stderr := program(t, "load", dir, "--file", file, "--format", form, "--rejects", rejects)
			if code != exitPartial || !strings.Contains(stdout, "Person.csv") {
				t.Fatalf("%d: %s%s", code, stdout, stderr)
			}
			for _, text := range typed {
				if strings.Contains(stdout+stderr, text) {
					t.Errorf("%s, %s: the report shows %q:\n%s%s", form, language, text, stdout, stderr)
				}
			}
			info, err := os.Stat(rejects)
			if err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("the file of rejected rows has the mode %v, error %v", info.Mode(), err)
			}
			if text, err := os.ReadFile(rejects); err != nil || !strings.Contains(string(text), "鹂9004name") {
				t.Errorf("the file of rejected rows holds %s, error %v", text, err)
			}
		}
	}
	rejected := 0
	if err := access.OpenLog(a.audit).Entries(func(e access.Entry) error {
		if e.Action == access.Export && strings.Contains(e.Detail, "load as rejected rows") && e.Count > 0 {
			rejected++
		}
		return nil
	}); err != nil || rejected != 6 {
		t.Errorf("%d files of rejected rows on record, error %v", rejected, err)
	}
}

// TestNothingWithoutRecord makes the record impossible: then no file is written, in any
// mode of access.
func TestNothingWithoutRecord(t *testing.T) {
	file := loaded(t)
	t.Setenv("LIANTU_ACCESS_AUDIT", filepath.Join(file, "no folder", "audit.jsonl"))
	for _, mode := range []string{"none", "required"} {
		t.Setenv("LIANTU_ACCESS_MODE", mode)
		for _, args := range [][]string{
			{"quality", "--out", "OUT.xlsx"},
			{"quality", "--out", "OUT.csv"},
			{"export", "--out", "OUT"},
			{"loads", "--format", "json", "--out", "OUT.json"},
			{"load", filepath.Join("testdata", "mini"), "--dry-run", "--rejects", "OUT.csv"},
			{"place", "--review", "OUT.xlsx"},
		} {
			dir := t.TempDir()
			for i := range args {
				args[i] = strings.ReplaceAll(args[i], "OUT", filepath.Join(dir, "out"))
			}
			code, _, stderr := program(t, append(args, "--file", file)...)
			left, err := os.ReadDir(dir)
			if code != exitFailed || len(left) > 0 || err != nil {
				t.Errorf("%s: %v gives %d, files %v, error %v: %s", mode, args, code, left, err, stderr)
			}
		}
	}
}
