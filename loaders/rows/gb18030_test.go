package rows_test

import (
	"strings"
	"testing"

	"liantu/loaders/rows"
)

// TestGB18030 reads the codes that were no characters before GB 18030-2022, and
// codes beside them.
func TestGB18030(t *testing.T) {
	const vertical, components, rare = "︐︒︑︓︔︕︖︗︘︙", "龴龵龶龷龸龹龺龻", "𠂇𠂉𠃌𡗗𢦏𤇾"
	for _, c := range []struct{ codes, want string }{
		{"\xA6\xD9\xA6\xDA\xA6\xDB\xA6\xDC\xA6\xDD\xA6\xDE\xA6\xDF\xA6\xEC\xA6\xED\xA6\xF3", vertical},
		{"\x84\x31\x82\x36\x84\x31\x82\x38\x84\x31\x82\x37\x84\x31\x82\x39\x84\x31\x83\x30", "︐︒︑︓︔"},
		{"\xFE\x59\xFE\x61\xFE\x66\xFE\x67\xFE\x6D\xFE\x7E\xFE\x90\xFE\xA0", components},
		{"\x82\x35\x90\x37\x82\x35\x91\x34", "龴龻"},
		{"\xFE\x51\xFE\x52\xFE\x53\xFE\x6C\xFE\x76\xFE\x91", rare},
		{"\xA8\xBC\xA8\xBF\xA8\xBB", "ḿǹɑ"},
		{"\xA6\xD8\xA6\xE0\xFE\x50\xFE\x54", "ω︵⺁⺄"},
		{"\xA6\xFE", "\uFFFD"},                        // of private use
		{"\xC1\xA6\xD9\xA6\x41\xD0\xFE\x59", "力佴A玄Y"}, // the same bytes across codes
		{"\x81\x30\xFE\x30\xC1\xA6", "\u0600力"},
	} {
		// Cuts at every offset of the buffer of the reader.
		for pad := range 5 {
			text := "a\n" + strings.Repeat("x", pad) + strings.Repeat(c.codes, 900) + "\n"
			want := strings.Repeat("x", pad) + strings.Repeat(c.want, 900)
			if strings.Contains(want, "\uFFFD") {
				want = "line 2"
			}
			got := tableOf(t, "x.csv", text, rows.Options{Encoding: "gb18030"})
			if len(got) != 2 || !strings.HasPrefix(got[1], want) || want != "line 2" && got[1] != want {
				t.Errorf("%x after %d bytes is read as %.60q, want %.60q", c.codes, pad, got[1:], want)
			}
		}
	}
	for _, cut := range []string{"\xA6", "\x84\x31", "\x84\x31\x82", "\xFE"} {
		if got := tableOf(t, "x.csv", "a\n1\n"+cut, rows.Options{Encoding: "gb18030"}); len(got) != 3 || !strings.HasPrefix(got[2], "line 3") {
			t.Errorf("a text that ends in %x is read as %q", cut, got)
		}
	}
}
