package gaps_test

import (
	"testing"

	"liantu/graph/gaps/gapstest"
)

// TestScriptsCandidates runs the scripts in testdata.
func TestScriptsCandidates(t *testing.T) { gapstest.RunScripts(t) }
