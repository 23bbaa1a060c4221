package access_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"liantu/access"
)

func read(t *testing.T, path string) []byte {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func write(t *testing.T, path string, text []byte) {
	t.Helper()
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
}

func entries(t *testing.T, log *access.Log) (list []access.Entry) {
	t.Helper()
	if err := log.Entries(func(e access.Entry) error {
		list = append(list, e)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return list
}

// rehashed is a log after a change of its entries whose hashes somebody without the
// key computed anew.
func rehashed(t *testing.T, log []byte, change func(*access.Entry)) []byte {
	t.Helper()
	var out []byte
	prev := ""
	for line := range bytes.Lines(log) {
		var e access.Entry
		if err := json.Unmarshal(line, &e); err != nil {
			t.Fatal(err)
		}
		change(&e)
		e.Prev, e.Hash = prev, ""
		text, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(text)
		e.Hash = hex.EncodeToString(sum[:])
		if text, err = json.Marshal(e); err != nil {
			t.Fatal(err)
		}
		out, prev = append(append(out, text...), '\n'), e.Hash
	}
	return out
}

// next is the entry that somebody without the key adds to a log.
func next(t *testing.T, log []byte) string {
	t.Helper()
	lines := bytes.SplitAfter(log, []byte("\n"))
	last := lines[len(lines)-2]
	var e access.Entry
	if err := json.Unmarshal(last, &e); err != nil {
		t.Fatal(err)
	}
	e.Number, e.Prev, e.Hash = e.Number+1, e.Hash, ""
	text, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(text)
	e.Hash = hex.EncodeToString(sum[:])
	if text, err = json.Marshal(e); err != nil {
		t.Fatal(err)
	}
	return string(text) + "\n"
}

// wantNoticed checks that neither the check nor the next append accepts a log.
func wantNoticed(t *testing.T, path, what string) {
	t.Helper()
	if _, err := access.OpenLog(path).Verify(); !errors.Is(err, access.ErrTampered) {
		t.Errorf("%s: error %v, want it noticed", what, err)
	}
	if err := access.OpenLog(path).Append(entry(9)); !errors.Is(err, access.ErrTampered) {
		t.Errorf("%s: error %v of appending, want it refused", what, err)
	}
}

// TestEveryTruncationIsNoticed cuts a log at every byte, and removes it.
func TestEveryTruncationIsNoticed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "audit.jsonl")
	writeLog(t, path, 3)
	whole := read(t, path)
	for length := range whole {
		write(t, path, whole[:length])
		if _, err := access.OpenLog(path).Verify(); !errors.Is(err, access.ErrTampered) {
			t.Fatalf("cut to %d of %d bytes: error %v, want it noticed", length, len(whole), err)
		}
		if length%17 == 0 {
			wantNoticed(t, path, "cut")
		}
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	wantNoticed(t, path, "the log is missing")
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a refused append made a log: %v", err)
	}
}

// TestRewrittenHashesAreNoticed changes an entry and computes all hashes anew, with
// the old signatures and with none, for the whole log and for one that is longer or
// older.
func TestRewrittenHashesAreNoticed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "audit.jsonl")
	writeLog(t, path, 2)
	older := read(t, path)
	writeLog(t, path, 3)
	whole := read(t, path)
	v, err := access.OpenLog(path).Check("", func(access.Entry) error { return nil })
	if err != nil || !v.Sealed || !strings.HasPrefix(v.Key, "ed25519:") {
		t.Fatalf("%+v, error %v; want it sealed", v, err)
	}
	forge := func(e *access.Entry) { e.Who = strings.Replace(e.Who, "li", "yi", 1) }
	strip := func(e *access.Entry) { forge(e); e.Seal = "" }
	for what, text := range map[string][]byte{
		"hashes rewritten":                 rehashed(t, whole, forge),
		"hashes rewritten, not signed":     rehashed(t, whole, strip),
		"an older copy":                    older,
		"an entry added":                   append(bytes.Clone(whole), next(t, whole)...),
		"rewritten and made longer":        append(rehashed(t, whole, strip), next(t, rehashed(t, whole, strip))...),
		"another log of as many entries":   rehashed(t, whole, func(e *access.Entry) { e.Seal = "" }),
		"the end rewritten, without seals": append(bytes.Clone(older), rehashed(t, whole, strip)[len(older):]...),
	} {
		write(t, path, text)
		wantNoticed(t, path, what)
	}
	write(t, path, whole)
	if err := os.Rename(access.SealOf(path), path+".away"); err != nil {
		t.Fatal(err)
	}
	wantNoticed(t, path, "the seal is missing")
	for what, c := range map[string]struct {
		text     []byte
		key      string
		tampered bool
	}{
		"by its key alone":         {whole, v.Key, false},
		"by another key":           {whole, "ed25519:" + strings.Repeat("A", 43), true},
		"rewritten, by its key":    {rehashed(t, whole, forge), v.Key, true},
		"not signed, by its key":   {rehashed(t, whole, strip), v.Key, true},
		"an entry added, by a key": {append(bytes.Clone(whole), next(t, whole)...), v.Key, true},
	} {
		write(t, path, c.text)
		got, err := access.OpenLog(path).Check(c.key, func(access.Entry) error { return nil })
		if errors.Is(err, access.ErrTampered) != c.tampered || err == nil && got.Sealed {
			t.Errorf("%s: %+v, error %v; want tampered %t", what, got, err, c.tampered)
		}
	}
}

// TestLogFromBeforeIsSealed goes on with a log that was written without a seal.
func TestLogFromBeforeIsSealed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "audit.jsonl")
	writeLog(t, path, 4)
	if err := os.Remove(access.SealOf(path)); err != nil {
		t.Fatal(err)
	}
	before := rehashed(t, read(t, path), func(e *access.Entry) { e.Seal = "" })
	write(t, path, append(before, `{"n":5,"time":"20`...))
	log := access.OpenLog(path)
	v, err := log.Check("", func(access.Entry) error { return nil })
	if err != nil || v.Key != "" || v.Head.Number != 4 || v.Unfinished != 17 {
		t.Fatalf("%+v, error %v; want 4 entries, not sealed", v, err)
	}
	if err := log.Append(entry(9)); err != nil {
		t.Fatal(err)
	}
	list := entries(t, log)
	if len(list) != 7 || !strings.HasPrefix(list[4].Detail, "sealed from here on with the key ed25519:") || !strings.HasPrefix(list[5].Detail, "cut off 17 bytes") {
		t.Fatalf("entries %+v; want two notes and the new one", list[4:])
	}
	after := read(t, path)
	write(t, path, rehashed(t, after, func(e *access.Entry) { e.Who = strings.Replace(e.Who, "li", "yi", 1) }))
	wantNoticed(t, path, "an entry from before was changed")
	write(t, path, before)
	wantNoticed(t, path, "the log from before was put back")
	if info, err := os.Stat(access.SealOf(path)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, error %v; want 0600", info.Mode(), err)
	}
}

// TestSealElsewhere keeps the seal in a folder of its own, and nothing else beside
// the log.
func TestSealElsewhere(t *testing.T) {
	dir := t.TempDir()
	log := access.OpenSealedLog(filepath.Join(dir, "log", "audit.jsonl"), filepath.Join(dir, "keys", "seal"))
	for i := range 3 {
		if err := log.Append(entry(i)); err != nil {
			t.Fatal(err)
		}
	}
	files, err := os.ReadDir(filepath.Join(dir, "log"))
	if err != nil || len(files) != 1 {
		t.Errorf("files %v, error %v; want the log alone", files, err)
	}
	// A write of the seal that was torn leaves the statement before it, which
	// the signed lines go beyond.
	path := filepath.Join(dir, "keys", "seal")
	seal := read(t, path)
	for slot := 2; slot < 4; slot++ {
		torn := bytes.Clone(seal)
		copy(torn[512*slot:], make([]byte, 300))
		write(t, path, torn)
		if head, err := log.Verify(); err != nil || head.Number != 3 {
			t.Errorf("slot %d torn: head %v, error %v", slot, head, err)
		}
	}
	write(t, path, append(bytes.Clone(seal[:1024]), make([]byte, 1024)...))
	if _, err := log.Verify(); !errors.Is(err, access.ErrTampered) {
		t.Errorf("error %v of a seal that states nothing", err)
	}
}

// TestWhatCannotBeRecordedIsNotDone has a folder in the place of the log, and of the
// seal.
func TestWhatCannotBeRecordedIsNotDone(t *testing.T) {
	for _, name := range []string{"audit.jsonl", "audit.seal"} {
		dir := t.TempDir()
		if err := os.Mkdir(filepath.Join(dir, name), 0o700); err != nil {
			t.Fatal(err)
		}
		done := false
		err := access.OpenLog(filepath.Join(dir, "audit.jsonl")).Do(entry(1), func(*access.Entry) error {
			done = true
			return nil
		})
		if err == nil || done {
			t.Errorf("%s is a folder: error %v, done %t", name, err, done)
		}
	}
	log := access.OpenLog(filepath.Join(t.TempDir(), "audit.jsonl"))
	if err := log.Append(entry(0)); err != nil {
		t.Fatal(err)
	}
	failed := errors.New("no")
	if err := log.Do(access.Entry{Detail: "add"}, func(e *access.Entry) error {
		e.IDs = []string{"made"}
		return failed
	}); !errors.Is(err, failed) {
		t.Errorf("error %v, want that of what was done", err)
	}
	list := entries(t, log)
	if len(list) != 3 || list[2].Of != 2 || list[2].Detail != "add: not done, or not to its end" || list[2].IDs[0] != "made" {
		t.Errorf("entries %+v; want an intent and its outcome", list)
	}
}

// TestQuota counts what was revealed to a subject on one day, by several processes.
func TestQuota(t *testing.T) {
	path := filepath.Join(t.TempDir(), "audit.jsonl")
	now := time.Date(2026, 3, 2, 0, 0, 1, 0, time.Local)
	open := func() *access.Log {
		log := access.OpenLog(path)
		access.SetLogClock(log, func() time.Time { return now })
		return log
	}
	reveal := func(who string, count int, ids ...string) access.Entry {
		return access.Entry{Who: who, Action: access.Reveal, IDs: ids, Count: count}
	}
	now = now.Add(-2 * time.Second) // the day before
	first := open()
	if err := first.AppendWithin(reveal("li", 0, "a", "b", "c"), 3); err != nil {
		t.Fatal(err)
	}
	now = now.Add(3 * time.Second)
	second := open()
	for i, c := range []struct {
		log     *access.Log
		e       access.Entry
		refused *access.QuotaError
	}{
		{first, reveal("li", 0, "a", "b"), nil},
		{second, reveal("li", 0, "b", "c", "c"), nil},
		{first, reveal("li", 0, "c", "d"), &access.QuotaError{Revealed: 3, Asked: 1, Limit: 3}},
		{second, reveal("li", 0, "a", "b", "c"), nil},
		{open(), reveal("li", 0, "d"), &access.QuotaError{Revealed: 3, Asked: 1, Limit: 3}},
		{open(), reveal("yi", 2, "a"), nil}, // counts more than it names
		{first, reveal("yi", 0, "b"), nil},
		{second, reveal("yi", 0, "c"), &access.QuotaError{Revealed: 3, Asked: 1, Limit: 3}},
		{second, reveal("wu", 0, "a", "b", "c", "d"), &access.QuotaError{Revealed: 0, Asked: 4, Limit: 3}},
	} {
		before := read(t, path)
		err := c.log.AppendWithin(c.e, 3)
		var quota *access.QuotaError
		if c.refused == nil {
			if err != nil {
				t.Errorf("step %d: %v", i, err)
			}
			continue
		}
		if !errors.Is(err, access.ErrQuota) || !errors.As(err, &quota) || *quota != *c.refused || !bytes.Equal(before, read(t, path)) {
			t.Errorf("step %d: error %v, want %v and nothing appended", i, err, c.refused)
		}
	}
	now = now.AddDate(0, 0, 1)
	if err := first.AppendWithin(reveal("li", 0, "d", "e", "f"), 3); err != nil {
		t.Errorf("the next day: %v", err)
	}
}

// TestQuotaOfAClockThatIsPutBack puts the clock back over midnight and on again.
func TestQuotaOfAClockThatIsPutBack(t *testing.T) {
	path := filepath.Join(t.TempDir(), "audit.jsonl")
	now := time.Date(2026, 3, 2, 0, 0, 30, 0, time.Local)
	step := func(by time.Duration, id string, refused bool) {
		t.Helper()
		now = now.Add(by)
		log := access.OpenLog(path)
		access.SetLogClock(log, func() time.Time { return now })
		if err := log.AppendWithin(access.Entry{Who: "li", Action: access.Reveal, IDs: []string{id}}, 2); errors.Is(err, access.ErrQuota) != refused || !refused && err != nil {
			t.Errorf("%s at %s: %v, refused %t wanted", id, now, err, refused)
		}
	}
	step(0, "a", false)
	step(0, "b", false)
	step(0, "c", true)
	step(-time.Minute, "c", true) // what is of a later day counts
	step(0, "a", false)
	step(2*time.Minute, "c", true)
	step(24*time.Hour, "c", false)
}

// TestQuotaNoticesAChange changes an entry of the day without changing its length.
func TestQuotaNoticesAChange(t *testing.T) {
	path := filepath.Join(t.TempDir(), "audit.jsonl")
	writeLog(t, path, 4)
	write(t, path, bytes.Replace(read(t, path), []byte(`"id1"`), []byte(`"id0"`), 1))
	if err := access.OpenLog(path).AppendWithin(entry(9), 10); !errors.Is(err, access.ErrTampered) {
		t.Errorf("error %v, want the change noticed", err)
	}
}
