package readback_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// drawn is a list of companies of few names, codes, regions and sources.
func drawn(random *rand.Rand) string {
	of := func(list ...string) string { return list[random.IntN(len(list))] }
	text := "name,uscc,stock_code,region,employees,source,as_of,grade\n"
	for i := range 2 + random.IntN(12) {
		text += strings.Join([]string{
			of("星澜实业有限公司", "星澜实业有限公司", "云岫科技有限公司", "松涛机械有限公司"),
			of("", "", "91330000MA27U0XJ0X", "91330106900000137L"), of("", "", "", "600901.SH", "600902.SH", "00001.HK"),
			of("", "", "330100", "330600"), fmt.Sprint(i), of("年报,2025,A", "名单,2026-03,D", "名单,2026-04?,D"),
		}, ",") + "\n"
	}
	return text
}

// statedFacts are the facts of a dump, each once, without the nodes of which they are.
func statedFacts(lines []string) []string {
	var list []string
	for _, line := range lines {
		if _, fact, ok := strings.Cut(line, " "); ok && !strings.HasPrefix(line, "[") {
			list = append(list, fact)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// TestDrawnListsLoadBack exports graphs of lists whose rows confuse names and codes.
// Where nothing is counted the export loads back as the same graph; no fact is ever
// lost, nor one added that is not counted.
func TestDrawnListsLoadBack(t *testing.T) {
	seeds := uint64(24)
	if testing.Short() {
		seeds = 8
	}
	equal := uint64(0)
	for seed := range seeds {
		text := drawn(rand.New(rand.NewPCG(seed, 0)))
		store, back := newStore(t), newStore(t)
		load(t, store, false, write(t, map[string]string{"Company.csv": text}))
		files, x := export(t, read(t, store, trusted, "RECTIFICATION"), false)
		load(t, back, false, files)
		was, is := dump(t, store), dump(t, back)
		if x.Added+x.Unidentified+x.Apart+x.Joined+x.Lost == 0 {
			equal++
			if d := difference(was, is); d != "" || digest(t, store) != digest(t, back) {
				t.Errorf("seed %d: the graphs of\n%s differ:\n%s", seed, text, d)
			}
		}
		was, is = statedFacts(was), statedFacts(is)
		added := slices.DeleteFunc(slices.Clone(is), func(fact string) bool { return slices.Contains(was, fact) })
		if len(added) > x.Added || len(is)-len(added) != len(was) {
			t.Errorf("seed %d: %d facts came back of %d, and were added, with %d counted: %q", seed, len(is)-len(added), len(was), x.Added, added)
		}
	}
	if equal < seeds*3/4 {
		t.Errorf("of %d graphs only %d load back without anything counted", seeds, equal)
	}
}
