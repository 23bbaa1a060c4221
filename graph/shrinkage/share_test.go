package shrinkage_test

import (
	"math"
	"testing"

	"liantu/graph/shrinkage"
)

// TestShare holds intervals of 95 % that Newcombe gives (Statistics in Medicine 17, 1998,
// table I), and the share of nothing.
func TestShare(t *testing.T) {
	for _, c := range []struct{ counted, n, low, high float64 }{
		{81, 263, 0.2553, 0.3662}, {15, 148, 0.0624, 0.1605}, {0, 20, 0, 0.1611}, {1, 29, 0.0061, 0.1718}, {0, 0, 0, 1},
	} {
		low, high := shrinkage.Share(c.counted, c.n, 1.959964)
		if math.Abs(low-c.low) > 5e-5 || math.Abs(high-c.high) > 5e-5 {
			t.Errorf("%v of %v: %.4f to %.4f, not %v to %v", c.counted, c.n, low, high, c.low, c.high)
		}
	}
}
