package gaps_test

import (
	"testing"

	"liantu/graph/gaps/gapstest"
)

// TestScriptsQuality runs the scripts in testdata.
func TestScriptsQuality(t *testing.T) { gapstest.RunScripts(t) }
