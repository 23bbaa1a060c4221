package gaps_test

import (
	"flag"

	"liantu/graph/gaps/gapstest"
)

var update = flag.Bool("update", false, "write the expected rows of the scripts in testdata anew")

// newStore, picture and disagreements are what the scripts call
// [gapstest.Store], [gapstest.Picture] and [gapstest.Disagreements].
var (
	newStore      = gapstest.Store
	picture       = gapstest.Picture
	disagreements = gapstest.Disagreements
)
