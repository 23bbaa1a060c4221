package questiontest

import (
	"cmp"
	"fmt"
	"slices"

	"liantu/graph"
	"liantu/graph/dates"
	"liantu/graph/gaps"
	"liantu/graph/tuning"
)

// datesLine prints data dates.
func datesLine(d dates.Dates) string {
	if d.Why != "" {
		return d.Why
	}
	return fmt.Sprintf("%s to %s, median %s%s, of %d, %d undated", d.Oldest, d.Newest, d.Median, assumed(d.Assumed), d.Statements, d.Undated)
}

// oracleDates prints the data dates of the companies of the region at any link: it lists
// the days and counts them off.
func (w *World) oracleDates(settings tuning.Settings, q gaps.Question) string {
	o := &oracle{World: w, grade: cmp.Or(q.MinGrade, settings.MinGrade), here: w.region(q.Region)}
	var stated, guessed []string
	add := func(e *graph.Edge) {
		var best graph.Fact
		for _, f := range e.Facts {
			worse := f.Grade > best.Grade || f.Grade == best.Grade && (f.Assumed && !best.Assumed || f.Assumed == best.Assumed && f.AsOf <= best.AsOf)
			if f.Property == "" && (best.Grade == "" || !worse) {
				best = f
			}
		}
		if best.Assumed {
			guessed = append(guessed, best.AsOf)
		} else {
			stated = append(stated, best.AsOf)
		}
	}
	for _, e := range w.edges {
		switch e.Kind {
		case "OPERATES_IN":
			if e.Grade() <= o.grade && inside(w.place[e.From], o.here) {
				add(e)
			}
		case "FILLS":
			here := o.here == "100000" || slices.ContainsFunc(w.regionsOfProject(e.From), func(region string) bool { return inside(region, o.here) })
			if here && w.kindOf[e.To] == "Link" && plain(w.nodes[e.From], "stage") == "PRODUCING" && len(w.companiesOf(e.From)) > 0 {
				add(e)
			}
		}
	}
	days := stated
	if len(stated) == 0 {
		days = guessed
	}
	if len(days) == 0 {
		return dates.NothingCounted
	}
	slices.SortFunc(days, func(a, b string) int {
		return cmp.Or(cmp.Compare(lastDay(a), lastDay(b)), cmp.Compare(len(b), len(a)))
	})
	n := len(days)
	return fmt.Sprintf("%s to %s, median %s%s, of %d, %d undated", days[0], days[n-1], days[(n-1)/2],
		assumed(len(stated) == 0), len(stated)+len(guessed), len(guessed))
}
