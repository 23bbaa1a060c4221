package files_test

import (
	"io"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"liantu/cli/files"
)

// TestWrite writes to a new name, over a file that everybody may read, and over a link
// to one, which must stay as it was.
func TestWrite(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows knows no such modes")
	}
	dir := t.TempDir()
	fresh, wide, target, link := filepath.Join(dir, "fresh"), filepath.Join(dir, "wide"), filepath.Join(dir, "target"), filepath.Join(dir, "link")
	for _, name := range []string{wide, target} {
		if err := os.WriteFile(name, []byte("before"), 0o666); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(name, 0o666); err != nil { // whatever the mask of the process is
			t.Fatal(err)
		}
	}
	if err := os.Symlink(target, link); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{fresh, wide, link} {
		if err := files.Write(name, []byte("after")); err != nil {
			t.Fatal(err)
		}
		info, err := os.Lstat(name)
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode(); got != 0o600 {
			t.Errorf("%s has the mode %v", filepath.Base(name), got)
		}
		if text, err := os.ReadFile(name); err != nil || string(text) != "after" {
			t.Errorf("%s holds %q, %v", filepath.Base(name), text, err)
		}
	}
	if text, err := os.ReadFile(target); err != nil || string(text) != "before" {
		t.Errorf("the target of a link holds %q, %v", text, err)
	}
	left, err := filepath.Glob(filepath.Join(dir, ".liantu-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %q, %v", left, err)
	}
	if err := files.Write(dir, nil); err == nil {
		t.Error("a folder is written to")
	}
}

// TestWriteToDevice writes to what is no file, which must not be replaced by one.
func TestWriteToDevice(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join("/dev/fd", string(rune('0'+int(w.Fd())%10)))
	if _, err := os.Stat(name); err != nil || w.Fd() > 9 {
		t.Skip("no /dev/fd for the pipe")
	}
	if err := files.Write(name, []byte("through")); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(r); err != nil || string(got) != "through" {
		t.Errorf("the pipe got %q, %v", got, err)
	}
}
