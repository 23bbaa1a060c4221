package topics_test

import (
	"testing"

	"go.uber.org/goleak"
)

// TestMain fails the package when something left a goroutine behind.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }
