//go:build unix

package testcontainers

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// lock locks a shared server against other test binaries of this machine, until
// the returned function is called or the process ends. It waits for them as long
// as the tests may run.
func lock(uri string) (func(), error) {
	name := fmt.Sprintf("liantu-test-neo4j-%x.lock", sha256.Sum256([]byte(uri)))
	file, err := os.OpenFile(filepath.Join(os.TempDir(), name), os.O_CREATE|os.O_RDWR, 0o666)
	if err != nil {
		return nil, err
	}
	for {
		err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX)
		if err == nil {
			return func() { _ = file.Close() }, nil
		}
		if !errors.Is(err, syscall.EINTR) {
			return nil, errors.Join(fmt.Errorf("%s: %w", file.Name(), err), file.Close())
		}
	}
}
