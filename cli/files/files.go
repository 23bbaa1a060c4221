// Package files writes the files of the commands: answers, exports, rejected rows,
// scores. They may hold what only the caller may read, so only the user of the machine
// can read them, whatever stood at their place before.
//
// It knows nothing of what it writes; cli records a file before it is written. Only
// the packages of cli import it.
package files

import (
	"errors"
	"os"
	"path/filepath"
)

// mode lets the owner of a file read and write it, and nobody else.
const mode = 0o600

// Write writes a file, whole or not at all, with rights for its owner alone. A file of
// this name is replaced, also one that others may read. A symbolic link is replaced and
// not followed, so that nobody who may write into the folder can have the data written
// somewhere else. What is no file, such as a pipe or /dev/stdout, gets the data.
func Write(name string, data []byte) (err error) {
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		return pour(name, data)
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".liantu-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	_, err = f.Write(data)
	if err := errors.Join(err, f.Chmod(mode), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}

// pour writes into what stands at a name and is no file. A folder is an error.
func pour(name string, data []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}

// MakeFolder makes a folder for files, with those above it, for its owner alone. One
// that is there stays as it is.
func MakeFolder(name string) error { return os.MkdirAll(name, 0o700) }
