package access_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"liantu/access"
	"liantu/schema"
)

func entry(i int) access.Entry {
	return access.Entry{
		Who: "user:li", Role: schema.RoleSteward, Action: access.Reveal, Fields: []string{"Person.phone"},
		IDs: []string{fmt.Sprint("id", i)}, Version: int64(i), Purpose: "约见 <拜访>", Request: "r1",
	}
}

func writeLog(t interface {
	Helper()
	Fatal(args ...any)
}, path string, n int,
) {
	t.Helper()
	log := access.OpenLog(path)
	for i := range n {
		if err := log.Append(entry(i)); err != nil {
			t.Fatal(err)
		}
	}
}

func TestLogIsAChain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sub", "audit.jsonl")
	if head, err := access.OpenLog(path).Verify(); err != nil || head != (access.Head{}) {
		t.Fatalf("head %v, error %v of an empty log", head, err)
	}
	writeLog(t, path, 3)
	writeLog(t, path, 2) // as after a restart
	head, err := access.OpenLog(path).Verify()
	if err != nil || head.Number != 5 || len(head.Hash) != 64 {
		t.Fatalf("head %v, error %v", head, err)
	}
	prev := ""
	err = access.OpenLog(path).Entries(func(e access.Entry) error {
		if e.Prev != prev || e.Purpose != "约见 <拜访>" || e.Time.IsZero() {
			t.Errorf("entry %+v", e)
		}
		prev = e.Hash
		return nil
	})
	if err != nil || prev != head.Hash {
		t.Errorf("last hash %q, error %v", prev, err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, error %v; want 0600", info.Mode(), err)
	}
}

func TestLogTogether(t *testing.T) {
	path := filepath.Join(t.TempDir(), "audit.jsonl")
	shared := access.OpenLog(path)
	var all sync.WaitGroup
	for i := range 4 {
		log := shared
		if i%2 == 1 {
			log = access.OpenLog(path) // another process
		}
		all.Go(func() {
			for k := range 5 {
				if err := log.Append(entry(k)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if head, err := shared.Verify(); err != nil || head.Number != 20 {
		t.Errorf("head %v, error %v; want 20 entries", head, err)
	}
}

// TestAnyChangeIsNoticed changes a byte, removes, repeats, swaps or cuts a line
// anywhere, and checks that the log reports it.
func TestAnyChangeIsNoticed(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "audit.jsonl")
	writeLog(t, path, 6)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	seal, err := os.ReadFile(access.SealOf(path))
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.SplitAfter(whole, []byte("\n"))[:6]
	rapid.Check(t, func(rt *rapid.T) {
		i := rapid.IntRange(0, 5).Draw(rt, "line")
		changed := slices.Clone(lines)
		change := rapid.SampledFrom([]string{"byte", "remove", "repeat", "swap", "cut", "respell"}).Draw(rt, "change")
		switch change {
		case "byte":
			line := bytes.Clone(lines[i])
			line[rapid.IntRange(0, len(line)-1).Draw(rt, "place")] ^= byte(rapid.IntRange(1, 127).Draw(rt, "bits"))
			changed[i] = line
		case "remove":
			changed = slices.Delete(changed, i, i+1)
		case "repeat":
			changed = slices.Insert(changed, i, lines[i])
		case "swap":
			changed[i], changed[(i+1)%6] = changed[(i+1)%6], changed[i]
		case "cut":
			changed[i] = lines[i][:rapid.IntRange(1, len(lines[i])-2).Draw(rt, "length")]
			changed = changed[:i+1]
		case "respell":
			changed[i] = bytes.Replace(lines[i], []byte(`{"n":`), []byte(`{ "n":`), 1)
		}
		if err := os.WriteFile(path, bytes.Join(changed, nil), 0o600); err != nil {
			rt.Fatal(err)
		}
		if _, err := access.OpenLog(path).Verify(); !errors.Is(err, access.ErrTampered) {
			rt.Fatalf("error %v, want the change noticed:\n%s", err, bytes.Join(changed, nil))
		}
		// Appending reads the end alone; it must not make a change unnoticed.
		err := access.OpenLog(path).Append(entry(9))
		if _, now := access.OpenLog(path).Verify(); !errors.Is(now, access.ErrTampered) {
			rt.Fatalf("error %v after appending, which gave %v", now, err)
		}
		if i == 5 && !errors.Is(err, access.ErrTampered) {
			rt.Fatalf("error %v of appending to a log whose end was changed by %q", err, change)
		}
		if err := os.WriteFile(access.SealOf(path), seal, 0o600); err != nil {
			rt.Fatal(err)
		}
	})
}

func TestLogNamesTheLine(t *testing.T) {
	path := filepath.Join(t.TempDir(), "audit.jsonl")
	writeLog(t, path, 3)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text = bytes.Replace(text, []byte(`"id1"`), []byte(`"id7"`), 1)
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := access.OpenLog(path).Verify(); err == nil || !strings.Contains(err.Error(), "line 2 was changed") {
		t.Errorf("error %v, want line 2 named", err)
	}
}
