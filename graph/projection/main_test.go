package projection_test

import (
	"testing"

	"go.uber.org/goleak"
)

// TestMain fails the package when a goroutine is left running.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }
