package access_test

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"liantu/access"
)

// TestKilledWhileAppending kills processes in the middle of appending, two at once
// to one log. What they reported as appended is there, and neither the next process
// nor the check takes what they left for tampering.
func TestKilledWhileAppending(t *testing.T) {
	if testing.Short() {
		t.Skip("it kills processes")
	}
	path := filepath.Join(t.TempDir(), "audit.jsonl")
	appended := int64(0)
	for _, lines := range []int{1, 2, 7, 20, 41} {
		said := make(chan int64)
		for range 2 {
			go func() { said <- killAfter(t, path, lines) }()
		}
		appended += <-said + <-said
		log := access.OpenLog(path)
		if head, err := log.Verify(); err != nil || head.Number < appended {
			t.Fatalf("after %d appended entries the head is %v, error %v", appended, head, err)
		}
		if err := log.Append(entry(0)); err != nil {
			t.Fatalf("appending after the kill: %v", err)
		}
		appended++
	}
}

// killAfter starts a process that appends, kills it once it has printed that many
// lines, and returns how many entries it reported as appended.
func killAfter(t *testing.T, path string, lines int) (said int64) {
	victim := exec.Command(os.Args[0])
	victim.Env = append(os.Environ(), victimLog+"="+path)
	victim.Stderr = os.Stderr
	out, err := victim.StdoutPipe()
	if err != nil {
		t.Error(err)
		return 0
	}
	if err := victim.Start(); err != nil {
		t.Error(err)
		return 0
	}
	for in := bufio.NewScanner(out); in.Scan(); {
		if said++; in.Text() != "appended" {
			t.Errorf("the process prints %q", in.Text())
		}
		if said == int64(lines) {
			if err := victim.Process.Kill(); err != nil {
				t.Error(err)
			}
		}
	}
	if err := victim.Wait(); err == nil {
		t.Error("the process ended before it was killed")
	}
	return said
}

// crashed is a log of four entries whose process was killed in the middle of
// writing the last line: length bytes of it are there, and the seal does not know
// of it. It also returns the line.
func crashed(t *testing.T, length func(line []byte) int) (path string, line []byte) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "audit.jsonl")
	writeLog(t, path, 3)
	before, seal := read(t, path), read(t, access.SealOf(path))
	writeLog(t, path, 1)
	line = read(t, path)[len(before):]
	write(t, path, append(before, line[:length(line)]...))
	write(t, access.SealOf(path), seal)
	return path, line
}

// TestUnfinishedLineIsCutOff lets a process end at every tenth byte of a line: the
// next append cuts off what is there, and says so.
func TestUnfinishedLineIsCutOff(t *testing.T) {
	_, whole := crashed(t, func(line []byte) int { return len(line) })
	for length := 1; length < len(whole)-1; length += 10 {
		path, _ := crashed(t, func([]byte) int { return length })
		log := access.OpenLog(path)
		v, err := log.Check("", func(access.Entry) error { return nil })
		if err != nil || v.Head.Number != 3 || v.Unfinished != int64(length) {
			t.Fatalf("%d bytes: %+v, error %v; want 3 entries and the rest unfinished", length, v, err)
		}
		if length%20 == 1 { // another crash, between cutting and noting
			if err := access.Repair(log); err != nil {
				t.Fatal(err)
			}
		}
		if err := log.Append(entry(9)); err != nil {
			t.Fatalf("%d bytes: %v", length, err)
		}
		want := fmt.Sprintf("cut off %d bytes of a line that a crash left unfinished; what it was to record was not done", length)
		list := entries(t, log)
		if len(list) != 5 || list[3].Action != access.Note || list[3].Detail != want || list[4].IDs[0] != "id9" {
			t.Fatalf("%d bytes: entries %+v; want a note and the new one", length, list[3:])
		}
	}
}

// TestWholeLineIsTaken lets a process end after the line and before the seal.
func TestWholeLineIsTaken(t *testing.T) {
	path, _ := crashed(t, func(line []byte) int { return len(line) })
	log := access.OpenLog(path)
	if head, err := log.Verify(); err != nil || head.Number != 4 {
		t.Errorf("head %v, error %v; want 4 entries", head, err)
	}
	if err := log.Append(entry(9)); err != nil {
		t.Fatal(err)
	}
	if list := entries(t, log); len(list) != 5 || list[3].Action != access.Reveal {
		t.Errorf("entries %+v; want no note", list)
	}
}

// TestNothingElseIsUnfinished puts behind the sealed end what no crash leaves.
func TestNothingElseIsUnfinished(t *testing.T) {
	none := func([]byte) int { return 0 }
	for name, tail := range map[string]func(log, line []byte) string{
		"another text":      func(_, _ []byte) string { return "{}" },
		"a later number":    func(_, _ []byte) string { return `{"n":5,"time":"2026` },
		"a line break":      func(_, line []byte) string { return string(line[:40]) + "\n" + string(line[40:60]) },
		"no time":           func(_, _ []byte) string { return `{"n":4,"who":"user:li"` },
		"a new entry":       func(log, _ []byte) string { return next(t, log) },
		"the line, twice":   func(_, line []byte) string { return string(line) + string(line) },
		"the line, changed": func(_, line []byte) string { return string(line[:60]) + "x" + string(line[61:]) },
	} {
		path, line := crashed(t, none)
		log := read(t, path)
		write(t, path, append(log, tail(log, line)...))
		if _, err := access.OpenLog(path).Verify(); !errors.Is(err, access.ErrTampered) {
			t.Errorf("%s: error %v, want it noticed", name, err)
		}
		if err := access.OpenLog(path).Append(entry(9)); !errors.Is(err, access.ErrTampered) {
			t.Errorf("%s: error %v of appending, want it refused", name, err)
		}
	}
}
