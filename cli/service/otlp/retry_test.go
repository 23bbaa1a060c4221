package otlp

import (
	"errors"
	"net/http"
	"testing"
	"testing/synctest"
	"time"
)

// TestWaits tries for a minute, in a time of its own: each wait lies within a
// half of one and a half times the last, and none is longer than the longest.
func TestWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begun := time.Now()
		var tries []time.Time
		err := usualWaits.retry(t.Context(), func() error {
			tries = append(tries, time.Now())
			return again{error: errors.New("not now")}
		})
		var worth again
		if !errors.As(err, &worth) || time.Since(begun) > usualWaits.total || len(tries) < 3 {
			t.Fatalf("%v after %d tries in %v", err, len(tries), time.Since(begun))
		}
		wait := usualWaits.first
		for i := range tries[1:] {
			if got := tries[i+1].Sub(tries[i]); got < wait/2 || got > wait+wait/2 {
				t.Errorf("wait %d is %v, want about %v", i, got, wait)
			}
			wait = min(wait*3/2, usualWaits.longest)
		}
	})
}

func TestWaitsAsAsked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begun := time.Now()
		tried := false
		err := usualWaits.retry(t.Context(), func() error {
			if tried {
				return nil
			}
			tried = true
			return again{error: errors.New("not now"), after: 42 * time.Second}
		})
		if took := time.Since(begun); err != nil || took != 42*time.Second {
			t.Errorf("%v after %v", err, took)
		}
	})
}

func TestRetryAfter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		now := time.Now()
		for header, want := range map[string]time.Duration{
			"": 0, "7": 7 * time.Second, "-7": 0, "soon": 0, "1e3": 0, "99999999999999999999": 0,
			now.Add(time.Minute).UTC().Format(http.TimeFormat):  time.Minute,
			now.Add(-time.Minute).UTC().Format(http.TimeFormat): 0,
		} {
			if got := retryAfter(header); got != want {
				t.Errorf("%q is %v, want %v", header, got, want)
			}
		}
	})
}
