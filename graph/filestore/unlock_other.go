//go:build windows || solaris || aix

package filestore

import "os"

// unlock does nothing: closing the file frees the lock here.
func unlock(*os.File) error { return nil }
