//go:build !unix

package testcontainers

// lock does nothing where files cannot be locked. To use a server named by
// [EnvURI] there, run the packages one after the other (go test -p 1).
func lock(string) (func(), error) { return func() {}, nil }
