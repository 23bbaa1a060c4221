package filestore_test

import (
	"runtime"
	"syscall"
	"testing"
)

// withoutRoot runs f with the file rights of a user who owns nothing. Only the
// thread that runs f is changed, and it is thrown away afterwards.
func withoutRoot(t *testing.T, f func()) {
	t.Helper()
	done := make(chan struct{})
	go func() {
		defer close(done)
		runtime.LockOSThread()
		if err := syscall.Setfsuid(65534); err != nil {
			t.Errorf("giving up the rights of root: %v", err)
			return
		}
		f()
	}()
	<-done
}
