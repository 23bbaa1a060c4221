package ties_test

import (
	"testing"

	"liantu/graph/questiontest"
)

// TestScripts runs the scripts in testdata.
func TestScripts(t *testing.T) { questiontest.RunScripts(t) }
