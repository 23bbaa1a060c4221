package loaders

import (
	"fmt"
	"maps"
	"slices"

	"liantu/graph"
	"liantu/loaders/assertions"
	"liantu/loaders/rehearsal"
)

// assert checks the assertions on the result of a dry run.
func (l *loader) assert(v *rehearsal.Rehearsal) error {
	var failures []assertions.Failure
	failed := func(name, wanted, found string) {
		failures = append(failures, assertions.Failure{Assertion: name, Wanted: wanted, Found: found})
	}
	read, rejected := 0, 0
	made := map[string]int{}
	for _, f := range l.files {
		accepted := 0
		for _, n := range f.went {
			if n > 0 {
				accepted++
			}
		}
		read += f.report.Rows.Read - f.report.Rows.Blank
		rejected += f.report.Rows.Read - f.report.Rows.Blank - accepted
		for _, k := range f.kinds {
			made[k.Kind] += k.Created + k.Updated + k.Unchanged
		}
	}
	if most := l.Assert.Rejected; most != nil && float64(rejected) > *most*float64(read) {
		failed("rejected", "at most "+percent(*most), shareOf(rejected, read))
	}
	nodes := v.Stated()
	for _, name := range slices.Sorted(maps.Keys(l.Assert.Kinds)) {
		k := l.Assert.Kinds[name]
		if k.Min != nil && made[name] < *k.Min {
			failed(name+".min", fmt.Sprint("at least ", *k.Min), fmt.Sprint(made[name]))
		}
		if k.Max != nil && made[name] > *k.Max {
			failed(name+".max", fmt.Sprint("at most ", *k.Max), fmt.Sprint(made[name]))
		}
		all := nodes[name]
		count := func(is func(*graph.Node) bool) (n int) {
			for _, node := range all {
				if is(node) {
					n++
				}
			}
			return n
		}
		if k.Orphans != nil {
			n := count(func(n *graph.Node) bool { return !v.Joined(n.ID) })
			if float64(n) > *k.Orphans*float64(len(all)) {
				failed(name+".orphans", "at most "+percent(*k.Orphans), shareOf(n, len(all)))
			}
		}
		for _, property := range slices.Sorted(maps.Keys(k.Filled)) {
			n := count(func(n *graph.Node) bool { _, ok := n.Get(property); return ok })
			if float64(n) < k.Filled[property]*float64(len(all)) {
				failed(name+".filled."+property, "at least "+percent(k.Filled[property]), shareOf(n, len(all)))
			}
		}
	}
	if len(failures) > 0 {
		return &assertions.Error{Failures: failures}
	}
	return nil
}

func percent(x float64) string { return fmt.Sprintf("%.1f%%", 100*x) }

func shareOf(n, all int) string {
	if all == 0 {
		return "none"
	}
	return fmt.Sprintf("%s (%d of %d)", percent(float64(n)/float64(all)), n, all)
}
