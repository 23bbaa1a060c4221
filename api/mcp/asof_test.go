package mcp_test

import (
	"encoding/json"
	"maps"
	"strings"
	"testing"
)

// TestToolsAnswerOfAnEarlierDay calls each tool as of a day: the answer states it, and that on
// gaps is another than that of the present, with fewer companies known.
func TestToolsAnswerOfAnEarlierDay(t *testing.T) {
	session := overStreams(t, newServer(t, nil))
	for name, q := range questions {
		arguments := map[string]any{"asOf": "2025"}
		maps.Copy(arguments, q.arguments)
		text, failed := call(t, session, name, arguments)
		if failed && !strings.Contains(text, "NOT_FOUND") { // what it is about was not known then
			t.Errorf("%s: %s", name, text)
		}
		if !failed && !strings.HasPrefix(text, `{"graph":{"version":`) || !failed && !strings.Contains(text[:200], `"asOf":"2025"`) {
			t.Errorf("%s does not state the day: %.200s", name, text)
		}
	}
	companies := func(arguments map[string]any) (known float64) {
		t.Helper()
		arguments["region"], arguments["detail"] = "330100", "full"
		text, failed := call(t, session, "quality", arguments)
		var answer struct {
			Graph  struct{ AsOf string }
			Answer struct{ Regions []struct{ Companies float64 } }
		}
		if err := json.Unmarshal([]byte(text), &answer); err != nil || failed || len(answer.Answer.Regions) == 0 {
			t.Fatalf("%v: %s", err, text)
		}
		if day, _ := arguments["asOf"].(string); answer.Graph.AsOf != day {
			t.Errorf("the answer is of %q, not of %q", answer.Graph.AsOf, day)
		}
		return answer.Answer.Regions[0].Companies
	}
	then, now := companies(map[string]any{"asOf": "2024-12"}), companies(map[string]any{})
	if then == 0 || then >= now {
		t.Errorf("%v companies were known, and %v are", then, now)
	}
	if text, failed := call(t, session, "gaps", map[string]any{"region": "330100", "asOf": "yesterday"}); !failed || !strings.Contains(text, "asOf") {
		t.Errorf("what is no day: %s", text)
	}
}
