package disclosure

import (
	"strings"
	"testing"
)

// TestPurposeOf reads purposes at the edge of what is accepted; one enters the audit
// log as it is.
func TestPurposeOf(t *testing.T) {
	for given, want := range map[any]string{nil: "", " 约见 ": "约见", strings.Repeat("约", maxPurpose): strings.Repeat("约", maxPurpose)} {
		if got, f := PurposeOf(map[string]any{"purpose": given}); f != nil || got != want {
			t.Errorf("%q gives %q, %v", given, got, f)
		}
	}
	for _, given := range []any{1, strings.Repeat("约", maxPurpose+1), "two\nlines", "\xff"} {
		if got, f := PurposeOf(map[string]any{"purpose": given}); f == nil {
			t.Errorf("%q gives %q, want it refused", given, got)
		}
	}
}
