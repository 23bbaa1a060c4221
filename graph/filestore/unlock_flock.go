//go:build !windows && !solaris && !aix

package filestore

import (
	"errors"
	"os"
	"syscall"
)

// unlock releases the lock that bbolt has put on a file. Closing the file is not
// enough: the memory map, which only bbolt could remove, holds the lock.
func unlock(f *os.File) error {
	raw, err := f.SyscallConn()
	if err != nil {
		return err
	}
	var failed error
	err = raw.Control(func(fd uintptr) { failed = syscall.Flock(int(fd), syscall.LOCK_UN) })
	return errors.Join(err, failed)
}
