package unknowns_test

import (
	"testing"

	"liantu/graph/gaps"
	"liantu/graph/unknowns"
	"liantu/schema"
)

// TestWords: every reason why a number is not known has words of its own in both languages.
func TestWords(t *testing.T) {
	seen := map[string]gaps.Code{}
	for _, why := range gaps.MissingCodes() {
		text := unknowns.Words(why)
		if text.Zh == "" || text.En == "" {
			t.Errorf("%s has the words %+v", why, text)
		}
		for _, words := range []string{text.Zh, text.En} {
			if other, found := seen[words]; found {
				t.Errorf("%s and %s are both called %q", why, other, words)
			}
			seen[words] = why
		}
	}
	if text := unknowns.Words(gaps.ListedOnly); text != (schema.Text{}) {
		t.Errorf("a code of something that is known has the words %+v", text)
	}
}
