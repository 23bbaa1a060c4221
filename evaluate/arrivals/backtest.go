package arrivals

import (
	"context"
	"math/rand/v2"
	"slices"

	"liantu/evaluate"
	"liantu/graph/candidates"
	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/graph/tuning"
)

// Least is how many arrivals on lists a figure needs.
const Least = 20

// The methods besides [evaluate.Random] and [evaluate.Ours].
const (
	Size = "size"
	Fit  = "fit"
)

// Methods lists the methods in order.
func Methods() []string { return []string{evaluate.Random, Size, Fit, evaluate.Ours} }

// Figures lists the measures.
func Figures() []string { return []string{"mrr", "hits_at_10"} }

// Question is a window to test, and the seed of the bootstraps.
type Question struct {
	Cutoff, Until string // dates
	Seed          uint64
}

// Report says how high the lists of the cutoff placed those who came, and what
// the graph holds and lacks for it.
type Report struct {
	Cutoff   string            `json:"cutoff"`
	Until    string            `json:"until"`
	Seed     uint64            `json:"seed"`
	Holdings Held              `json:"holdings"`
	Projects Held              `json:"projects"`
	Arrivals int               `json:"arrivals"` // in the window
	Known    int               `json:"known"`    // whose company, link and city the picture of the cutoff has
	Listed   int               `json:"listed"`   // that are on the list
	Methods  []evaluate.Method `json:"methods"`  // none with fewer listed than Least
}

// placing is where the list of the cutoff placed an arrival.
type placing struct {
	company projection.Vertex
	n       int        // candidates on the list; 0 if the arrival is not on it
	ranks   [3]float64 // by size, fit and ours
}

// Backtest tests the lists of then, the picture of the cutoff, by what now knows.
// Errors are those of [candidates.Ask].
func Backtest(ctx context.Context, now, then *projection.Projection, settings tuning.Settings, q Question) (*Report, error) {
	found, holdings, landed := Find(now, settings.MinGrade, q.Cutoff, q.Until)
	r := &Report{Cutoff: q.Cutoff, Until: q.Until, Seed: q.Seed, Holdings: holdings, Projects: landed, Arrivals: len(found)}
	var placings []placing
	for _, a := range found {
		x, known, err := place(ctx, now, then, settings, a)
		if err != nil {
			return nil, err
		}
		if known {
			r.Known++
		}
		if x.n > 0 {
			r.Listed++
		}
		placings = append(placings, x)
	}
	if r.Listed < Least {
		return r, nil
	}
	for i, name := range Methods() {
		r.Methods = append(r.Methods, evaluate.Method{Name: name, Figures: figures(placings, i, q.Seed)})
	}
	return r, nil
}

// place finds where the list of the cutoff placed an arrival.
func place(ctx context.Context, now, then *projection.Projection, settings tuning.Settings, a Arrival) (x placing, known bool, err error) {
	x.company = a.Company
	company, city, link := then.Vertex(now.ID(a.Company)), then.Vertex(now.ID(a.City)), then.Vertex(now.ID(a.Link))
	if company == projection.None || city == projection.None || link == projection.None {
		return x, false, nil
	}
	answer, err := candidates.Ask(ctx, then, settings, candidates.Question{
		Region: string(now.ID(a.City)), Link: string(now.ID(a.Link)), Kind: candidates.Attract,
	})
	if err != nil {
		return x, false, err
	}
	all := answer.First(answer.Len())
	own := slices.IndexFunc(all, func(c *candidates.Candidate) bool { return c.Company == company })
	if own < 0 {
		return x, true, nil
	}
	x.n = len(all)
	for k, code := range []gaps.Code{gaps.TermSize, gaps.TermFit} {
		higher, equal := 0, 0
		for _, c := range all {
			switch value, least := termOf(c, code), termOf(all[own], code); {
			case value > least:
				higher++
			case value == least:
				equal++
			}
		}
		x.ranks[k] = float64(higher) + float64(equal+1)/2
	}
	x.ranks[2] = float64(own + 1)
	return x, true, nil
}

func termOf(c *candidates.Candidate, code gaps.Code) float64 {
	i := slices.IndexFunc(c.Terms[:], func(t gaps.Term) bool { return t.Code == code })
	return c.Terms[i].Value.Or(0)
}

// measure returns 1/rank and whether the rank is at most 10, by a method in the
// order of Methods.
func (x *placing) measure(method int) [2]float64 {
	switch {
	case x.n == 0:
		return [2]float64{}
	case method == 0:
		sum := 0.0
		for rank := 1; rank <= x.n; rank++ {
			sum += 1 / float64(rank)
		}
		return [2]float64{sum / float64(x.n), min(1, 10/float64(x.n))}
	}
	rank, hit := x.ranks[method-1], 0.0
	if rank <= 10 {
		hit = 1
	}
	return [2]float64{1 / rank, hit}
}

// resamples is how many bootstraps an interval takes.
const resamples = 1000

// figures are the means over the arrivals, with intervals over resampled companies.
func figures(placings []placing, method int, seed uint64) []evaluate.Figure {
	var companies []projection.Vertex
	sums, counts := map[projection.Vertex][2]float64{}, map[projection.Vertex]float64{}
	for i := range placings {
		x := &placings[i]
		if counts[x.company] == 0 {
			companies = append(companies, x.company)
		}
		sum, values := sums[x.company], x.measure(method)
		sums[x.company] = [2]float64{sum[0] + values[0], sum[1] + values[1]}
		counts[x.company]++
	}
	mean := func(drawn []projection.Vertex) (found [2]float64) {
		n := 0.0
		for _, c := range drawn {
			found[0], found[1], n = found[0]+sums[c][0], found[1]+sums[c][1], n+counts[c]
		}
		return [2]float64{found[0] / n, found[1] / n}
	}
	random := rand.New(rand.NewPCG(seed, 8))
	values, drawn := [2][]float64{}, make([]projection.Vertex, len(companies))
	for range resamples {
		for i := range drawn {
			drawn[i] = companies[random.IntN(len(companies))]
		}
		for k, x := range mean(drawn) {
			values[k] = append(values[k], x)
		}
	}
	var found []evaluate.Figure
	for k, x := range mean(companies) {
		slices.Sort(values[k])
		found = append(found, evaluate.Figure{Name: Figures()[k], Value: x, Low: values[k][resamples/40], High: values[k][resamples-1-resamples/40]})
	}
	return found
}
