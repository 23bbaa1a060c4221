package gaps

import (
	"encoding/json"
	"math"
	"slices"
)

// Figure is a number, or the reason why there is none. What is not known is
// never 0. The zero Figure is the known number 0.
type Figure struct {
	value float64
	why   uint8 // 0 if known, else a place in missingCodes
}

// missingCodes are the reasons why a number may not be known.
var missingCodes = []Code{
	"", HoldsNone, NoReference, NoCoverage, NoCompany, NotSurveyed, TooFew, Hidden, OthersPresent, NoFrame, NoCapacity, NoSupplyData, NoFeeds, NoDensity, NoPeers, NoChain, FewFounded,
	NoShare, NoSize, NoPlace, NoSitesKnown, NoPathKnown, NoProjectsKnown, NoCover, NoTrack, NoCapacityStated,
	AlreadyHere, NotScored, NoInvestment,
}

// MissingCodes returns all reasons why a number may not be known.
func MissingCodes() []Code { return slices.Clone(missingCodes[1:]) }

// Known makes a figure of a number. It panics for NaN and infinities, which
// would be a fault of the computation.
func Known(x float64) Figure {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		panic("gaps: a figure that is no number")
	}
	return Figure{value: x}
}

// Missing makes the figure of an unknown number. It panics if the code is
// no reason why a number may be unknown.
func Missing(why Code) Figure {
	i := slices.Index(missingCodes, why)
	if i <= 0 {
		panic("gaps: " + string(why) + " is no reason why a number is missing")
	}
	return Figure{why: uint8(i)}
}

// Get returns the number and whether it is known.
func (f Figure) Get() (float64, bool) { return f.value, f.why == 0 }

// Why returns the reason why the number is not known, "" if it is.
func (f Figure) Why() Code { return missingCodes[f.why] }

// Or returns the number, or the given one if it is not known.
func (f Figure) Or(x float64) float64 {
	if f.why != 0 {
		return x
	}
	return f.value
}

// MarshalJSON writes the number, or null.
func (f Figure) MarshalJSON() ([]byte, error) {
	if f.why != 0 {
		return []byte("null"), nil
	}
	return json.Marshal(f.value)
}
