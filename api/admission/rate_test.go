package admission_test

import (
	"testing"
	"time"

	"liantu/api/admission"
)

// TestABurstOfDeniedTriesEnds denies many more tries at once than a client has, and asks
// when the next one is allowed.
func TestABurstOfDeniedTriesEnds(t *testing.T) {
	gate, err := admission.NewGate(admission.Limits{DeniedRate: 30, DeniedBurst: 30, MaxConcurrent: 1, ClientBurst: 1}, admission.Deps{})
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	allowed := 0
	for range 400 {
		if gate.Denied("somebody", now) {
			allowed++
		}
	}
	if allowed != 30 {
		t.Errorf("%d tries were within the limit, want 30", allowed)
	}
	const longest = 62 // seconds until 31 tries are back, at one in two seconds
	f := gate.Tried("somebody", now)
	if f == nil {
		t.Fatal("not refused after the burst")
	}
	if wait := f.Shown("").Extensions["retryAfter"]; wait != longest {
		t.Errorf("the client waits for %v seconds, want %d", wait, longest)
	}
	if f := gate.Tried("somebody", now.Add(longest*time.Second)); f != nil {
		t.Errorf("after that time: %v", f)
	}
}
