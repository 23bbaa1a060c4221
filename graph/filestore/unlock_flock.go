//go:build !windows && !solaris && !aix

package filestore

import (
	"errors"
	"os"
	"syscall"
)

// unlock lets go of the lock that bbolt has put on a file. Closing the file
// would not do: the memory map, which only bbolt could undo, keeps it.
func unlock(f *os.File) error {
	raw, err := f.SyscallConn()
	if err != nil {
		return err
	}
	var failed error
	err = raw.Control(func(fd uintptr) { failed = syscall.Flock(int(fd), syscall.LOCK_UN) })
	return errors.Join(err, failed)
}
