package resolve_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"liantu/resolve"
)

// TestNamePairs measures the comparison of two names on pairs that were labelled
// by hand before any rule was measured on them, and on the earlier labels of
// names against all listed companies. It asserts what the program promises of the
// merges that it makes by itself.
func TestNamePairs(t *testing.T) {
	all, halves, classes := &tally{}, map[string]*tally{"tune": {}, "report": {}}, map[string]*tally{}
	var faults []string
	total := 0
	for _, r := range readTable(t, "names.csv") {
		left, right, label, class, half := r[0], r[1], r[2], r[3], r[4]
		if label == "unsure" {
			continue
		}
		total++
		if classes[class] == nil {
			classes[class] = &tally{}
		}
		band := resolve.Compare(named(left), named(right)).Band
		for _, n := range []*tally{all, halves[half], classes[class]} {
			n.count(label == "same", band)
		}
		if label != "same" && band == resolve.Same {
			faults = append(faults, fmt.Sprintf("%s: %s and %s are two companies and were merged (%s)", half, left, right, class))
		}
	}
	t.Log(strings.Join(faults, "\n"))
	earlier := earlierLabels(t)
	both := &tally{right: all.right + earlier.right, wrong: all.wrong + earlier.wrong, missed: all.missed + earlier.missed}
	report := nameFigures(total, all, halves, classes) + "\n" + intervals(map[string]*tally{
		"1 earlier labels": earlier, "2 further pairs": all, "3 of them the reported half": halves["report"], "4 both": both,
	})
	t.Log("\n" + report)
	if both.precision() < 0.995 {
		t.Errorf("the precision of merges is %.4f; at least 0.995 is promised", both.precision())
	}
	if earlier.precision() < 1 || earlier.recall() < 0.94 || all.recall() < 0.60 {
		t.Errorf("precision %.3f and recall %.3f of the earlier labels, recall %.3f of the further pairs; 1.000, 0.940 and 0.600 are promised",
			earlier.precision(), earlier.recall(), all.recall())
	}
	checkReadme(t, "pairs", report)
}

// earlierLabels counts the labelled pairs of a name and a listed company.
func earlierLabels(t *testing.T) *tally {
	x := resolve.NewIndex(listed(t))
	n := &tally{}
	for _, r := range readTable(t, "pairs.csv") {
		if r[2] != "unsure" {
			n.count(r[2] == "same", resolved(x, r[0])[r[1]])
		}
	}
	return n
}

// nameFigures writes the table of the further pairs.
func nameFigures(total int, all *tally, halves, classes map[string]*tally) string {
	var b strings.Builder
	fmt.Fprintf(&b, "| %d further pairs | same | different | merged rightly | merged wrongly | not merged | to review | precision | recall |\n", total)
	b.WriteString("|---|--:|--:|--:|--:|--:|--:|--:|--:|\n")
	halves["report"].row(&b, "**the half that is reported**")
	halves["tune"].row(&b, "the half that the rules were chosen on")
	all.row(&b, "both halves")
	var names []string
	for name := range classes {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		classes[name].row(&b, "both: "+name)
	}
	return b.String()
}

// intervals writes precision and recall with their intervals of 95 %, in the
// order of the names, which begin with a figure.
func intervals(tallies map[string]*tally) string {
	var b strings.Builder
	b.WriteString("| automatic merges | precision | 95 % | recall | 95 % |\n|---|--:|--:|--:|--:|\n")
	var names []string
	for name := range tallies {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		n := tallies[name]
		low, high := wilson(n.right, n.right+n.wrong)
		least, most := wilson(n.right, n.right+n.missed)
		fmt.Fprintf(&b, "| %s | %d of %d = %.4f | %.4f to %.4f | %d of %d = %.3f | %.3f to %.3f |\n", name[2:],
			n.right, n.right+n.wrong, n.precision(), low, high, n.right, n.right+n.missed, n.recall(), least, most)
	}
	return b.String()
}

// wilson returns the interval of 95 % of a share by the score of Wilson (Probable
// Inference, the Law of Succession, and Statistical Inference, JASA 22, 1927).
func wilson(hits, n int) (low, high float64) {
	if n == 0 {
		return 0, 1
	}
	const z = 1.959964
	size := float64(n)
	p := float64(hits) / size
	middle := (p + z*z/(2*size)) / (1 + z*z/size)
	half := z / (1 + z*z/size) * math.Sqrt(p*(1-p)/size+z*z/(4*size*size))
	return max(0, middle-half), min(1, middle+half)
}
