package choices_test

import (
	"fmt"
	"testing"

	"liantu/loaders/choices"
)

// TestOffered offers what has a text of its own: of two companies of one name without a code
// neither could be meant by it, nor could one by the text that means several.
func TestOffered(t *testing.T) {
	a, b, coded := choices.Choice{Text: "甲"}, choices.Choice{Text: "甲"}, choices.Choice{Text: "600000.SH", Name: "甲"}
	other := choices.Choice{Text: "甲山"}
	for _, tt := range []struct {
		text string
		all  []choices.Choice
		want string
	}{
		{"甲字号", []choices.Choice{a, b, coded}, `["甲" (600000.SH)]`},
		{"甲山", []choices.Choice{other, coded}, `["甲" (600000.SH)]`},
		{"乙", []choices.Choice{other, coded}, `["甲山" "甲" (600000.SH)]`},
		{"乙", nil, `[]`},
	} {
		if got := fmt.Sprint(choices.Offered(tt.text, tt.all)); got != tt.want {
			t.Errorf("%s offers %s, want %s", tt.text, got, tt.want)
		}
	}
}
