package shrinkage

import "math"

// Share returns the interval of a share of which so many of n are counted (Wilson, 1927).
// z is the quantile of the normal distribution of each bound: 1.645 for an interval of
// 90 %. The counts may be weighted; of nothing the share may be anything.
func Share(counted, n, z float64) (low, high float64) {
	if n <= 0 {
		return 0, 1
	}
	p, z2 := counted/n, z*z
	middle := (p + z2/(2*n)) / (1 + z2/n)
	half := z / (1 + z2/n) * math.Sqrt(p*(1-p)/n+z2/(4*n*n))
	return max(0, middle-half), min(1, middle+half)
}
