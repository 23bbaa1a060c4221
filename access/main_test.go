package access_test

import (
	"fmt"
	"os"
	"testing"

	"go.uber.org/goleak"

	"liantu/access"
)

// victimLog names the log to which a process of this test must append until it is
// killed.
const victimLog = "LIANTU_TEST_VICTIM_LOG"

// TestMain fails the package when a test leaks a goroutine.
func TestMain(m *testing.M) {
	if path := os.Getenv(victimLog); path != "" {
		fmt.Println(appendForever(path))
		os.Exit(1)
	}
	goleak.VerifyTestMain(m)
}

func appendForever(path string) error {
	log := access.OpenLog(path)
	for i := range 10_000 { // more than it can append before it is killed
		if err := log.Append(entry(i)); err != nil {
			return err
		}
		fmt.Println("appended")
	}
	return nil
}
