package otlp

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strconv"
	"time"
)

// waits says how long to wait between tries: at first, at most, and in all.
type waits struct {
	first, longest, total time.Duration
}

// usualWaits are those of the exporters of OpenTelemetry.
var usualWaits = waits{first: 5 * time.Second, longest: 30 * time.Second, total: time.Minute}

// again is a failure after which another try may succeed, after some time if
// the collector named one.
type again struct {
	error
	after time.Duration
}

func (a again) Unwrap() error { return a.error }

// retry tries until it succeeds, fails for good, runs out of time or ctx ends.
// Each wait is one and a half times the last, by chance up to a half shorter or
// longer, so that many programs do not come back together.
func (w waits) retry(ctx context.Context, try func() error) error {
	begun := time.Now()
	for wait := w.first; ; wait = min(wait*3/2, w.longest) {
		err := try()
		var worth again
		if !errors.As(err, &worth) {
			return err
		}
		pause := max(worth.after, wait/2+rand.N(wait+1)) //nolint:gosec // no secret depends on it
		if time.Since(begun)+pause > w.total {
			return fmt.Errorf("no more tries after %v: %w", w.total, err)
		}
		timer := time.NewTimer(pause)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return fmt.Errorf("%w: %w", context.Cause(ctx), err)
		}
	}
}

// retryAfter reads the header Retry-After, seconds or a date. It is 0 where the
// header says nothing that can be read.
func retryAfter(header string) time.Duration {
	if seconds, err := strconv.ParseUint(header, 10, 31); err == nil {
		return time.Duration(seconds) * time.Second
	}
	if date, err := http.ParseTime(header); err == nil {
		return max(0, time.Until(date))
	}
	return 0
}
