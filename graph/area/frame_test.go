package area_test

import (
	"fmt"
	"strings"
	"testing"

	"liantu/graph/area"
	"liantu/graph/gaps"
	"liantu/graph/questiontest"
)

// TestManyPopulationsKeepWhatIsKnown asks about regions with the lists of twenty chains,
// against each other region: the populations and what is counted in them stay cached, so
// that a question costs the same however many lists there are.
func TestManyPopulationsKeepWhatIsKnown(t *testing.T) {
	var text strings.Builder
	fmt.Fprintln(&text, "region 100000 全国\nregion 330000 浙江省\nregion 320000 江苏省\nsource listed population=LISTED complete_in=100000")
	cities := []string{"330100", "330200", "330300", "320100", "320500", "320200"}
	for _, city := range cities {
		fmt.Fprintln(&text, "region", city, "市"+city)
	}
	for i := range 20 {
		fmt.Fprintf(&text, "chain c%d 链%d\nlink c%d.a 环节 in c%d\nlink c%d.b 环节 in c%d.a\n", i, i, i, i, i, i)
		fmt.Fprintf(&text, "source list%d population=ABOVE_SCALE complete_in=100000 scope=c%d\n", i, i)
		for k, city := range cities {
			fmt.Fprintf(&text, "companies 企%d_%d_ %d at %s in c%d.b@list%d @list%d\n", i, k, 1+k, city, i, i, i)
		}
	}
	p := questiontest.TextPicture(t, text.String())
	frames := area.FramesOf(p, "")
	if len(frames) != 21 {
		t.Fatalf("%d frames", len(frames))
	}
	ask := func() {
		for _, region := range append(cities, "330000", "100000") {
			for _, peer := range cities {
				if _, err := gaps.Ask(t.Context(), p, questiontest.SmallSettings(), gaps.Question{Region: region, Peers: []string{peer}}); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	counted := 0
	ask()
	for _, f := range frames {
		f.Memo(kept{}, func() any { counted++; return nil })
	}
	ask()
	for _, f := range area.FramesOf(p, "") {
		f.Memo(kept{}, func() any { counted++; return nil })
	}
	if counted != len(frames) {
		t.Errorf("%d results were computed again", counted-len(frames))
	}
}

// kept is the key of a result that should last.
type kept struct{}
