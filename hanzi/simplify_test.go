package hanzi_test

import (
	"testing"

	"liantu/hanzi"
)

func TestSimplify(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"廣東省臺州市電子", "广东省台州市电子"},
		{"广东省电子 ABC-1", "广东省电子 ABC-1"},
		{"乾县", "乾县"}, // a simplified character too, with a meaning of its own
		{"", ""},
	} {
		got := hanzi.Simplify(c.text)
		if got != c.want || hanzi.Simplify(got) != got {
			t.Errorf("%q is %q, want %q", c.text, got, c.want)
		}
		for _, r := range got {
			if !hanzi.IsSimple(r) {
				t.Errorf("%q holds %q, which is not simple", got, r)
			}
		}
	}
	if hanzi.IsSimple('電') || !hanzi.IsSimple('电') || !hanzi.IsSimple('a') {
		t.Error("電, 电 and a are taken for others")
	}
}
