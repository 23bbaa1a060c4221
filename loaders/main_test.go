package loaders_test

import (
	"os"
	"testing"
)

func TestMain(m *testing.M) {
	if os.Getenv(childStore) != "" {
		os.Exit(child())
	}
	os.Exit(m.Run())
}
