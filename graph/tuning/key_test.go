package tuning_test

import (
	"sync"
	"testing"

	"liantu/graph/tuning"
)

// TestKeysAreEqualIfSettingsAre asks for keys of several settings in turn and at the
// same time.
func TestKeysAreEqualIfSettingsAre(t *testing.T) {
	usual, other := tuning.Default(), tuning.Default()
	other.HiddenUnknown++
	want, others := usual.Key(), other.Key()
	if want == others || want.Settings() != usual || others.Settings() != other {
		t.Fatalf("keys %v and %v of %v and %v", want, others, usual, other)
	}
	var all sync.WaitGroup
	for i := range 64 {
		all.Go(func() {
			s, k := usual, want
			if i%3 == 0 {
				s, k = other, others
			}
			if got := s.Key(); got != k || got.Settings() != s {
				t.Errorf("key %v of %v, want %v", got, s, k)
			}
		})
	}
	all.Wait()
}
