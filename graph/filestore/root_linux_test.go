package filestore_test

import (
	"runtime"
	"syscall"
	"testing"
)

// withoutRoot runs f with the file permissions of a user who owns nothing. Only
// the thread that runs f is changed, and it ends afterwards.
func withoutRoot(t *testing.T, f func()) {
	t.Helper()
	done := make(chan struct{})
	go func() {
		defer close(done)
		runtime.LockOSThread()
		if err := syscall.Setfsuid(65534); err != nil {
			t.Errorf("giving up the permissions of root: %v", err)
			return
		}
		f()
	}()
	<-done
}
