package gaps_test

import (
	"testing"

	"liantu/graph/gaps/gapstest"
)

// TestScriptsIntroductions runs the scripts in testdata.
func TestScriptsIntroductions(t *testing.T) { gapstest.RunScripts(t) }
