package filestore_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"liantu/graph"
	"liantu/graph/filestore"
	"liantu/graph/storetest"
)

// oldFile writes testdata/format4.db.gz, a file that the program of format 4 made, to a
// folder of the test. All in it is invented. Load a states three contacts, a town, a
// firm and four edges; load b a contact by code; load c that it is the first one. The
// third contact was forgotten.
func oldFile(t *testing.T) string {
	t.Helper()
	f, err := os.Open("testdata/format4.db.gz")
	if err != nil {
		t.Fatal(err)
	}
	unpacked, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(unpacked)
	if err := errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "old.liantu")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

var (
	oldPhone = graph.NewKey("Contact", []string{"phone", "name"}, []string{"19900000001", "示例甲"})
	oldCode  = graph.NewKey("Contact", []string{"code"}, []string{"c1"})
	oldOther = graph.NewKey("Contact", []string{"name", "employer"}, []string{"示例乙", "示例单位"})
	oldGone  = graph.NewKey("Contact", []string{"phone", "name"}, []string{"19900000003", "示例丙"})
	oldTown  = graph.NewKey("Town", []string{"code"}, []string{"t1"})
	oldFirm  = graph.NewKey("Firm", []string{"code"}, []string{"f1"})
)

// elements returns what changed after a version.
func elements(t *testing.T, s graph.Store, after graph.Version) (list []graph.Change, now graph.Version) {
	t.Helper()
	now, err := s.Changes(t.Context(), after, func(c graph.Change) error {
		list = append(list, c)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list, now
}

// idOf returns the id of the node that has a key, "" if none has.
func idOf(t *testing.T, s graph.Store, k graph.Key) graph.ID {
	t.Helper()
	list, _ := elements(t, s, 0)
	for _, c := range list {
		if c.Node != nil && slices.Contains(c.Node.Keys, k) {
			return c.Node.ID
		}
	}
	return ""
}

// TestOldFileGetsKeyedIDs opens a file of format 4: it gets the ids that loading anew
// with its secret gives, in one version, and no plain hash is left in it but for the
// removals of the change log.
func TestOldFileGetsKeyedIDs(t *testing.T) {
	path := oldFile(t)
	secret := storetest.Secret(9)
	s, err := filestore.OpenWith(path, storetest.Model(), secret)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	namer, err := s.Namer(t.Context())
	if err != nil || !namer.Secret().Equal(secret) {
		t.Fatalf("the file has not got the secret: %v", err)
	}
	if got, want := idOf(t, s, oldPhone), min(namer.NodeID(oldPhone), namer.NodeID(oldCode)); got != want {
		t.Errorf("the merged contact has the id %s, want %s", got, want)
	}
	if got, want := idOf(t, s, oldOther), namer.NodeID(oldOther); got != want {
		t.Errorf("a contact has the id %s, want %s", got, want)
	}
	if idOf(t, s, oldTown) != storetest.PlainID(oldTown) || idOf(t, s, oldFirm) != storetest.PlainID(oldFirm) {
		t.Error("ids of the town or the firm have changed")
	}
	_, now := elements(t, s, 0)
	after, _ := elements(t, s, now-1)
	counts := map[string]int{}
	for _, c := range after {
		switch {
		case c.NodeRemoved != nil:
			counts["nodes removed"]++
		case c.EdgeRemoved != nil:
			counts["edges removed"]++
		case c.Node != nil:
			counts["nodes"]++
		case c.Edge != nil:
			counts["edges"]++
		}
	}
	if want := "map[edges:2 edges removed:2 nodes:2 nodes removed:2]"; fmt.Sprint(counts) != want {
		t.Errorf("the version of the migration changes %v, want %s", counts, want)
	}
	fresh, err := filestore.OpenWith(filepath.Join(t.TempDir(), "fresh.liantu"), storetest.Model(), secret)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = fresh.Close() }()
	if err := graph.Replay(t.Context(), s.Ledger, 0, fresh); err != nil {
		t.Fatal(err)
	}
	if a, b := digestOf(t, s), digestOf(t, fresh); a != b {
		t.Errorf("the digest is %s, of a graph loaded afresh %s", a, b)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	wantNoPlainID(t, path)
}

func digestOf(t *testing.T, s graph.Store) string {
	t.Helper()
	d, err := graph.Digest(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// wantNoPlainID searches the bytes of a file, its free pages too, for the plain ids of
// contacts. Only records of the change log, which states that they were removed, may
// have them: a tag from 1 to 4 and two bytes for the kind go before them.
func wantNoPlainID(t *testing.T, path string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range []graph.Key{oldPhone, oldCode, oldOther, oldGone} {
		id := storetest.PlainID(k)
		raw, _ := id.Bytes()
		if bytes.Contains(data, []byte(id)) {
			t.Errorf("the file has the plain hash of %q as a text", k)
		}
		for rest := data; ; {
			at := bytes.Index(rest, raw[:])
			if at < 0 {
				break
			}
			if at < 3 || rest[at-3] < 1 || rest[at-3] > 4 || rest[at-2] != 0 {
				t.Errorf("the file has the plain hash of %q beyond the change log", k)
			}
			rest = rest[at+len(raw):]
		}
	}
}

// TestOldIDsGoOnFinding uses the ids of before the migration in changes, undo and
// forgetting.
func TestOldIDsGoOnFinding(t *testing.T) {
	path := oldFile(t)
	s := openAt(t, path)
	defer func() { _ = s.Close() }()
	byID := func(k graph.Key) graph.Key { return graph.IDKey(storetest.PlainID(k)) }
	from := graph.Provenance{Source: "office", AsOf: "2026-12-01", Grade: graph.GradeA}
	note := func(load string, keys ...graph.Key) error {
		_, err := s.Apply(t.Context(), graph.Batch{
			Load:  graph.LoadInfo{ID: load},
			Nodes: []graph.NodeDraft{{Kind: "Contact", Keys: keys, Facts: []graph.Fact{{Property: "note", Value: load, Provenance: from}}}},
			Edges: []graph.EdgeDraft{{Kind: "KNOWS", From: keys[0], To: byID(oldOther), Facts: []graph.Fact{{Provenance: from}}}},
		})
		return err
	}
	for _, k := range []graph.Key{oldPhone, oldCode, oldOther} { // the first two are of one contact
		if err := note("by "+string(storetest.PlainID(k)), byID(k)); err != nil {
			t.Errorf("a change by an id of before: %v", err)
		}
	}
	if err := note("by the one forgotten", byID(oldGone)); !errors.Is(err, graph.ErrInvalid) {
		t.Errorf("a change of the contact that was forgotten gives %v", err)
	}
	if _, err := s.Undo(t.Context(), "c"); err != nil { // splits the contact
		t.Fatal(err)
	}
	if a, b := idOf(t, s, oldPhone), idOf(t, s, oldCode); a == b || a == "" || b == "" {
		t.Fatalf("the undo leaves the ids %q and %q", a, b)
	}
	for _, k := range []graph.Key{oldPhone, oldCode} {
		if err := note("again "+string(storetest.PlainID(k)), byID(k)); err != nil {
			t.Errorf("a change by an id of before, after an undo: %v", err)
		}
	}
	done, err := s.Forget(t.Context(), graph.Forgetting{Key: byID(oldPhone), By: "steward", Reason: "requested", At: time.Now()})
	if err != nil || idOf(t, s, oldPhone) != "" || idOf(t, s, oldCode) == "" {
		t.Fatalf("forgetting by an id of before: %+v, %v", done, err)
	}
	stones, err := s.Tombstones(t.Context(), []graph.Key{byID(oldPhone), byID(oldGone)})
	if err != nil || len(stones) != 2 {
		t.Errorf("ids of before find the tombstones %v, %v", stones, err)
	}
	fresh := graph.NewKey("Contact", []string{"code"}, []string{"new"})
	if _, err := s.Apply(t.Context(), graph.Batch{Nodes: []graph.NodeDraft{{Kind: "Contact", Keys: []graph.Key{fresh}}}}); err != nil {
		t.Fatal(err)
	}
	if err := note("by a guess", byID(fresh)); !errors.Is(err, graph.ErrInvalid) {
		t.Errorf("the plain hash of a new contact finds it: %v", err)
	}
}

// migrateFile names the file that a process of this test opens until it is killed.
const migrateFile = "LIANTU_TEST_MIGRATE_FILE"

// TestKilledMigration kills processes that open an old file, at any moment: the next
// opening finds it as it was or migrated, and ends with the same graph.
func TestKilledMigration(t *testing.T) {
	if testing.Short() {
		t.Skip("it kills processes")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for range 6 {
		path := oldFile(t)
		c := exec.Command(self)
		c.Env = append(os.Environ(), migrateFile+"="+path)
		out, err := c.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		if _, err := bufio.NewReader(out).ReadString('\n'); err != nil { // it is about to open
			t.Fatal(err)
		}
		if err := c.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
			t.Fatal(err)
		}
		_ = c.Wait() // it was killed
		s := openAt(t, path)
		if id := idOf(t, s, oldOther); id == storetest.PlainID(oldOther) || id == "" {
			t.Errorf("after a kill a contact has the id %q", id)
		}
		if _, now := elements(t, s, 0); now != 5 {
			t.Errorf("after a kill the graph has the version %d", now)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		wantNoPlainID(t, path)
	}
}

// TestInterruptedRewriting opens a file whose migration was done but whose free pages
// were not cleaned.
func TestInterruptedRewriting(t *testing.T) {
	path := oldFile(t)
	s := openAt(t, path)
	before := digestOf(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	change(t, path, func(tx *bbolt.Tx) error { return tx.Bucket([]byte("meta")).Put([]byte("compact"), []byte{1}) })
	s = openAt(t, path)
	if got := digestOf(t, s); got != before {
		t.Errorf("the digest is %s, was %s", got, before)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	change(t, path, func(tx *bbolt.Tx) error {
		if tx.Bucket([]byte("meta")).Get([]byte("compact")) != nil {
			t.Error("the file is still to be rewritten")
		}
		return nil
	})
}
