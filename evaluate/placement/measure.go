package placement

import (
	"cmp"
	"context"
	"math"
	"runtime"
	"slices"
	"strings"
	"sync"

	"liantu/evaluate"
	"liantu/graph/shrinkage"
	"liantu/place"
)

// Scored is the placements of one company, the most probable first.
type Scored struct {
	Text
	Links []place.Placement
	Ranks []int // of each link, how many different ones stand before it; see [place.Placer.Ranks]
}

// Score places companies, in their order, on all processors. The error is that of a context
// that is done.
func Score(ctx context.Context, placer *place.Placer, companies []Text) ([]Scored, error) {
	out := make([]Scored, len(companies))
	var group sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for w := range workers {
		group.Go(func() {
			for i := w; i < len(companies) && ctx.Err() == nil; i += workers {
				links := placer.Place(companies[i].Company)
				out[i] = Scored{companies[i], links, placer.Ranks(links)}
			}
		})
	}
	group.Wait()
	return out, ctx.Err()
}

// Figure is a share with its 90 % interval; NaN of nothing.
type Figure struct{ Value, Low, High float64 }

// Result is the measures of one group of pairs.
type Result struct {
	Group                   string
	Companies, Pairs, Yes   int
	Confirmed               int
	Strict, Lenient, Recall Figure
	RecallAt5               Figure
	LinesAt5                Figure // recall@5 with a link and those above it counted as one
	AP, ECE                 float64
}

// The groups.
const (
	All           = "all"
	Listed        = "main_business"  // of which the main business is known
	Registered    = "business_scope" // of which only the business scope is known
	Manufacturers = "manufacturers"  // of these, makers of things by their industry
)

// Groups lists the groups in the order of a report.
func Groups() []string { return []string{All, Listed, Registered, Manufacturers} }

// pair is a judged pair with what the program says of it.
type pair struct {
	verdict     place.Verdict
	probability float64
	rank, line  int // from 0; math.MaxInt for a link that is not named
	confirmed   bool
}

// Measure compares placements with labels. Labels of companies that are not among the
// scored are left out, and their number is returned.
func Measure(scored []Scored, labels []Label) (results []Result, left int) {
	byName := map[string]*Scored{}
	for i := range scored {
		byName[scored[i].Name] = &scored[i]
	}
	groups := map[string][]pair{}
	companies := map[string]map[string]bool{}
	for _, l := range labels {
		s := byName[l.Company]
		if s == nil {
			left++
			continue
		}
		p := pair{verdict: l.Verdict, rank: math.MaxInt, line: math.MaxInt}
		if i := s.find(l.Link); i >= 0 {
			p.probability, p.rank, p.line, p.confirmed = s.Links[i].Probability, rankOf(s.Links, i), s.Ranks[i], s.Links[i].Outcome == place.Confirmed
		}
		for _, g := range groupsOf(&s.Text) {
			groups[g] = append(groups[g], p)
			if companies[g] == nil {
				companies[g] = map[string]bool{}
			}
			companies[g][s.Name] = true
		}
	}
	for _, g := range Groups() {
		if len(groups[g]) > 0 {
			r := measure(groups[g])
			r.Group, r.Companies = g, len(companies[g])
			results = append(results, r)
		}
	}
	return results, left
}

// find returns the number of a link among those of a company, −1 for one that is not named.
func (s *Scored) find(link string) int {
	return slices.IndexFunc(s.Links, func(pl place.Placement) bool { return pl.Link == link })
}

// rankOf is how many links come before one, those that are the same counting as one.
func rankOf(links []place.Placement, i int) int {
	before := map[string]bool{}
	for _, l := range links[:i] {
		before[l.One] = true
	}
	delete(before, links[i].One)
	return len(before)
}

// groupsOf are the groups of a company.
func groupsOf(t *Text) []string {
	out := []string{All}
	if t.Business != "" || t.Products != "" {
		return append(out, Listed)
	}
	out = append(out, Registered)
	if slices.ContainsFunc([]string{"制造", "加工", "冶炼"}, func(w string) bool { return strings.Contains(t.Industry, w) }) {
		out = append(out, Manufacturers)
	}
	return out
}

// five is how many links recall@5 looks at.
const five = 5

// bands is how many bands of probability the calibration error has.
const bands = 10

func measure(pairs []pair) Result {
	r := Result{Pairs: len(pairs)}
	var right, lenient, found, top, lines int
	scores, positive := make([]float64, len(pairs)), make([]bool, len(pairs))
	var sum, yes [bands]float64
	for i, p := range pairs {
		scores[i], positive[i] = p.probability, p.verdict == place.Yes
		band := min(bands-1, int(p.probability*bands))
		sum[band] += p.probability
		if p.verdict == place.Yes {
			yes[band]++
			r.Yes++
			if p.confirmed {
				found++
			}
			if p.rank < five {
				top++
			}
			if p.line < five {
				lines++
			}
		}
		if p.confirmed {
			r.Confirmed++
			if p.verdict == place.Yes {
				right++
			}
			if p.verdict != place.No {
				lenient++
			}
		}
	}
	r.Strict, r.Lenient = share(right, r.Confirmed), share(lenient, r.Confirmed)
	r.Recall, r.RecallAt5, r.LinesAt5 = share(found, r.Yes), share(top, r.Yes), share(lines, r.Yes)
	r.AP = evaluate.AveragePrecision(scores, positive)
	for b := range bands {
		r.ECE += math.Abs(sum[b]-yes[b]) / float64(len(pairs))
	}
	return r
}

// normal90 is the quantile of the bounds of a 90 % interval.
const normal90 = 1.645

func share(n, of int) Figure {
	if of == 0 {
		return Figure{math.NaN(), math.NaN(), math.NaN()}
	}
	low, high := shrinkage.Share(float64(n), float64(of), normal90)
	return Figure{float64(n) / float64(of), low, high}
}

// kept is how many links of a company are written for measurement.
const kept = 20

// Best returns the best links of a company as rows of a file of scores: the twenty most
// probable.
func Best(s *Scored) []place.Placement {
	list := slices.Clone(s.Links[:min(kept, len(s.Links))])
	slices.SortStableFunc(list, func(a, b place.Placement) int { return -cmp.Compare(a.Probability, b.Probability) })
	return list
}
