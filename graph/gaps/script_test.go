package gaps_test

import (
	"testing"

	"liantu/graph/gaps/gapstest"
)

// TestScripts runs the scripts in testdata.
func TestScripts(t *testing.T) { gapstest.RunScripts(t) }
