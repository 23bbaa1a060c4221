//go:build !linux

package filestore_test

import "testing"

func withoutRoot(t *testing.T, _ func()) {
	t.Helper()
	t.Skip("root may read everything here; run the tests as another user")
}
