package gaps_test

import (
	"testing"

	"liantu/graph/gaps/gapstest"
)

// TestScriptsMatching runs the scripts in testdata.
func TestScriptsMatching(t *testing.T) { gapstest.RunScripts(t) }
