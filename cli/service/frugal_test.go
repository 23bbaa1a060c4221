package service_test

import (
	"runtime"
	"runtime/metrics"
	"testing"

	"liantu/cli/service"
)

// percent returns how much garbage may build up, in percent of the memory in use.
func percent() int {
	sample := []metrics.Sample{{Name: "/gc/gogc:percent"}}
	metrics.Read(sample)
	return int(sample[0].Value.Uint64())
}

// collect collects garbage until the percentage is as wanted; it is set soon after a
// collection.
func collect(t *testing.T, when string, wanted func(int) bool) {
	t.Helper()
	for range 1000 {
		if wanted(percent()) {
			return
		}
		runtime.GC()
	}
	t.Fatalf("%s garbage is collected at %d %%", when, percent())
}

// A load that uses much memory is collected at little garbage, one that uses little
// at much, and what comes after it as what came before it.
func TestFrugalFollowsTheMemoryInUse(t *testing.T) {
	t.Setenv("GOGC", "")
	before := percent()
	end := service.Frugal()
	if got := percent(); got < 200 {
		t.Errorf("with nothing in use garbage is collected at %d %%", got)
	}
	held := make([]byte, 128<<20)
	collect(t, "with much memory in use", func(p int) bool { return p == 30 })
	runtime.KeepAlive(held)
	collect(t, "with little memory in use again", func(p int) bool { return p >= 200 })
	end()
	for range 3 {
		runtime.GC()
	}
	if got := percent(); got != before {
		t.Errorf("afterwards garbage is collected at %d %%, want %d", got, before)
	}
}

// GOGC is the choice of whoever starts the program.
func TestFrugalKeepsTheSettingOfTheEnvironment(t *testing.T) {
	t.Setenv("GOGC", "100")
	before := percent()
	defer service.Frugal()()
	if got := percent(); got != before {
		t.Errorf("garbage is collected at %d %%, want %d", got, before)
	}
}
