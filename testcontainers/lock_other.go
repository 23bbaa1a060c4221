//go:build !unix

package testcontainers

// lock does nothing where files cannot be locked: with a server named by
// [EnvURI], run the packages one after the other there (go test -p 1).
func lock(string) (func(), error) { return func() {}, nil }
