package show

import "testing"

func TestNamesOfFields(t *testing.T) {
	for field, want := range map[string]string{
		"Region": "region", "URI": "uri", "MinGrade": "minGrade", "DataDate": "dataDate",
		"LQWeak": "lqWeak", "WithUSCC": "withUscc", "Top1": "top1",
	} {
		if got := nameOf(field); got != want {
			t.Errorf("nameOf(%q) = %q, want %q", field, got, want)
		}
	}
}
