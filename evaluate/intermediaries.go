package evaluate

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"time"

	"liantu/message"
	"liantu/schema"
)

// IntermediaryQuestion asks how well the intermediaries of companies that come
// after a cutoff are predicted.
type IntermediaryQuestion struct {
	Cutoff, Until string // days; what is dated after Cutoff and up to Until is tested
	Seed          uint64
}

// IntermediaryReport is the result of the back-test, one part a kind.
type IntermediaryReport struct {
	Cutoff  string             `json:"cutoff"`
	Until   string             `json:"until"`
	LeftOut []LeftOut          `json:"left_out,omitempty"`
	Kinds   []IntermediaryKind `json:"kinds"`
}

// IntermediaryKind is the result for one kind of intermediary.
type IntermediaryKind struct {
	Kind      string   `json:"kind"`
	Learned   int      `json:"learned"`   // services known at the cutoff
	Companies int      `json:"companies"` // that came in the window
	Firms     int      `json:"firms"`     // known at the cutoff
	Ceiling   float64  `json:"ceiling"`   // share of the companies served by a firm known at the cutoff
	Weights   Likeness `json:"weights"`
	Methods   []Method `json:"methods"`
}

// IntermediaryFigures are the measures: the mean of 1/rank of the best ranked
// firm that served the company (0 if none was known), and the shares of the
// companies served by the first and by one of the first five.
func IntermediaryFigures() []string { return []string{"mrr", "hit_1", "hit_5"} }

// Likeness says how much a past service counts for a company: 1, plus what the
// two companies share, times 2^(−age/half-life). Of each pair only the larger
// counts: city or province, item or class.
type Likeness struct {
	HalfLife float64 `json:"half_life"` // years
	City     float64 `json:"city"`
	Province float64 `json:"province"`
	Item     float64 `json:"item"`
	Class    float64 `json:"class"`
}

// The values from which the weights are chosen.
var likenessGrid = [5][]float64{
	{1, 1.5, 2, 3, 4, 6, 10, 100},
	{0, 2, 5, 10, 15, 20, 30, 50},
	{0, 1, 2, 3, 5, 8, 12, 20},
	{0, 0.5, 1, 2, 4, 8},
	{0, 0.3, 0.6, 1, 2, 4},
}

func (l *Likeness) at(i int) *float64 {
	return [...]*float64{&l.HalfLife, &l.City, &l.Province, &l.Item, &l.Class}[i]
}

// Intermediaries ranks for each company of the window the firms of each kind
// known at the cutoff. A firm's score is the sum over its past services of how
// alike the two companies are: it can be explained as "served these companies
// of the same city and industry". The weights are chosen by the mean reciprocal
// rank on windows before the cutoff. Methods: popularity (all services), recent
// (popularity with a half-life of three years), ours, and ours_next_day, which
// uses the same weights but also knows the services up to the day before each
// company came.
func Intermediaries(folder string, q IntermediaryQuestion) (*IntermediaryReport, error) {
	if q.Cutoff, q.Until = schema.LastDay(q.Cutoff), schema.LastDay(q.Until); q.Cutoff >= q.Until {
		return nil, message.Errorf("the end %s is not after the cutoff %s", q.Until, q.Cutoff)
	}
	r := &IntermediaryReport{Cutoff: q.Cutoff, Until: q.Until}
	all, err := readServices(folder, &r.LeftOut)
	if err != nil {
		return nil, err
	}
	names, err := newSuccession()
	if err != nil {
		return nil, err
	}
	byKind := map[string][]offering{}
	var kinds []string
	for _, o := range all {
		if byKind[o.kind] == nil {
			kinds = append(kinds, o.kind)
		}
		byKind[o.kind] = append(byKind[o.kind], o)
	}
	slices.Sort(kinds)
	for _, kind := range kinds {
		result, err := predict(byKind[kind], names, q)
		if err != nil {
			return nil, message.Errorf("%s: %w", kind, err)
		}
		result.Kind = kind
		r.Kinds = append(r.Kinds, result)
	}
	return r, nil
}

func predict(all []offering, names *succession, q IntermediaryQuestion) (IntermediaryKind, error) {
	test := newWindow(all, names, q.Cutoff, q.Until)
	if len(test.past) == 0 || len(test.coming) == 0 {
		return IntermediaryKind{}, message.Errorf("no service before the cutoff, or none after")
	}
	k := IntermediaryKind{Learned: len(test.past), Companies: len(test.coming), Firms: len(test.firms)}
	known := 0
	for _, truth := range test.truth {
		if len(truth) > 0 {
			known++
		}
	}
	k.Ceiling = float64(known) / float64(k.Companies)
	k.Weights = learn(innerWindows(all, names, q))
	for _, m := range []struct {
		name  string
		ranks []int
	}{
		{"popularity", test.ranks(Likeness{HalfLife: 1000})},
		{"recent", test.ranks(Likeness{HalfLife: 3})},
		{"ours", test.ranks(k.Weights)},
		{"ours_next_day", nextDay(all, names, q, k.Weights)},
	} {
		samples := make([][]float64, len(m.ranks))
		for i, rank := range m.ranks {
			samples[i] = []float64{reciprocal(rank), within(rank, 1), within(rank, 5)}
		}
		k.Methods = append(k.Methods, Method{Name: m.name, Figures: summarise(IntermediaryFigures(), samples, q.Seed)})
	}
	return k, nil
}

// reciprocal of a rank; 0 for none.
func reciprocal(rank int) float64 {
	if rank == 0 {
		return 0
	}
	return 1 / float64(rank)
}

func within(rank, k int) float64 {
	if rank > 0 && rank <= k {
		return 1
	}
	return 0
}

// innerWindows are two windows as long as the one of the test that end at the
// cutoff, the second without its last year.
func innerWindows(all []offering, names *succession, q IntermediaryQuestion) []*window {
	length := yearsOf(q.Until) - yearsOf(q.Cutoff)
	back := func(day string, years float64) string {
		t, err := time.Parse(time.DateOnly, day)
		if err != nil {
			return day
		}
		return t.AddDate(0, 0, -int(math.Round(years*365.25))).Format(time.DateOnly)
	}
	var windows []*window
	for _, end := range []string{q.Cutoff, back(q.Cutoff, 1)} {
		if w := newWindow(all, names, back(end, length), end); len(w.past) > 0 && len(w.coming) > 0 {
			windows = append(windows, w)
		}
	}
	return windows
}

// learn chooses weights one after the other, as long as the mean reciprocal rank
// over the windows grows.
func learn(windows []*window) Likeness {
	best := Likeness{HalfLife: 3, City: 20, Province: 8, Item: 1, Class: 0.6}
	score := func(l Likeness) float64 {
		sum := 0.0
		for _, w := range windows {
			for _, rank := range w.ranks(l) {
				sum += reciprocal(rank) / float64(len(w.coming)*len(windows))
			}
		}
		return sum
	}
	reached := score(best)
	for range 4 {
		grew := false
		for i, values := range likenessGrid {
			for _, value := range values {
				next := best
				*next.at(i) = value
				if s := score(next); s > reached+1e-6 {
					best, reached, grew = next, s, true
				}
			}
		}
		if !grew {
			break
		}
	}
	return best
}

// window is a past that is known and the companies that come after it.
type window struct {
	firms        []string
	past, coming []offering
	served       [][]int   // of each past service, the firms
	age          []float64 // of each past service, in years at the cutoff
	truth        [][]int   // of each coming company, the firms that served it
	like         [][]uint8 // of each coming company and past service
}

func newWindow(all []offering, names *succession, cutoff, until string) *window {
	w := &window{}
	at := map[string]int{}
	for _, o := range all {
		switch {
		case o.day <= cutoff:
			var served []int
			for _, firm := range o.firms {
				name := names.on(firm, cutoff)
				if _, known := at[name]; !known {
					at[name] = len(w.firms)
					w.firms = append(w.firms, name)
				}
				if !slices.Contains(served, at[name]) {
					served = append(served, at[name])
				}
			}
			w.past, w.served = append(w.past, o), append(w.served, served)
			w.age = append(w.age, yearsOf(cutoff)-yearsOf(o.day))
		case o.day <= until:
			var truth []int
			for _, firm := range o.firms {
				for _, name := range names.before(firm, cutoff, o.day) {
					if i, known := at[name]; known && !slices.Contains(truth, i) {
						truth = append(truth, i)
					}
				}
			}
			w.coming, w.truth = append(w.coming, o), append(w.truth, truth)
		}
	}
	for _, o := range w.coming {
		like := make([]uint8, len(w.past))
		for i, p := range w.past {
			like[i] = uint8(3*sharedPlace(o.region, p.region) + sharedItem(o.items, p.items))
		}
		w.like = append(w.like, like)
	}
	return w
}

// ranks returns the rank of the best ranked firm that served each company, 0 if
// no firm that did was known. Equal scores go in the order of the names.
func (w *window) ranks(l Likeness) []int {
	worth := [9]float64{}
	for place, a := range []float64{0, l.Province, max(l.City, l.Province)} {
		for item, b := range []float64{0, l.Class, max(l.Item, l.Class)} {
			worth[3*place+item] = 1 + a + b
		}
	}
	decay := make([]float64, len(w.age))
	for i, age := range w.age {
		decay[i] = math.Exp2(-age/l.HalfLife) / float64(max(1, len(w.served[i])))
	}
	ranks := make([]int, len(w.coming))
	scores := make([]float64, len(w.firms))
	for c, like := range w.like {
		if len(w.truth[c]) == 0 {
			continue
		}
		clear(scores)
		for i, served := range w.served {
			x := worth[like[i]] * decay[i]
			for _, firm := range served {
				scores[firm] += x
			}
		}
		best := w.truth[c][0]
		for _, firm := range w.truth[c] {
			if w.before(scores, firm, best) {
				best = firm
			}
		}
		ranks[c] = 1
		for firm := range scores {
			if w.before(scores, firm, best) {
				ranks[c]++
			}
		}
	}
	return ranks
}

// before reports whether a firm ranks before another.
func (w *window) before(scores []float64, a, b int) bool {
	return cmp.Or(cmp.Compare(scores[b], scores[a]), cmp.Compare(w.firms[a], w.firms[b])) < 0
}

// nextDay ranks the firms for each company by what was known on the day before
// it came.
func nextDay(all []offering, names *succession, q IntermediaryQuestion, l Likeness) []int {
	var ranks []int
	for from := 0; from < len(all); {
		to := from
		for to < len(all) && all[to].day == all[from].day {
			to++
		}
		if day := all[from].day; day > q.Cutoff && day <= q.Until {
			t, err := time.Parse(time.DateOnly, day)
			if err == nil {
				ranks = append(ranks, newWindow(all[:to], names, t.AddDate(0, 0, -1).Format(time.DateOnly), day).ranks(l)...)
			}
		}
		from = to
	}
	return ranks
}

// sharedPlace is 2 for two codes of one city, or two equal names, 1 for two of
// one province, else 0.
func sharedPlace(a, b string) int {
	switch {
	case a == b && !isProvince(a):
		return 2
	case !isCode(a) || !isCode(b) || a[:2] != b[:2]:
		return 0
	case a[2:4] == b[2:4] && a[2:4] != "00":
		return 2
	}
	switch a[:2] {
	case "11", "12", "31", "50": // a municipality is one city
		return 2
	}
	return 1
}

func isProvince(code string) bool {
	return isCode(code) && code[2:] == "0000" && code[:2] != "11" && code[:2] != "12" && code[:2] != "31" && code[:2] != "50"
}

func isCode(text string) bool {
	_, err := strconv.Atoi(text)
	return err == nil && len(text) == 6
}

// sharedItem is 2 for companies with an item in common, 1 for two codes of six
// digits that share the first two, else 0.
func sharedItem(a, b []string) int {
	best := 0
	for _, x := range a {
		for _, y := range b {
			if x == y {
				return 2
			}
			if isCode(x) && isCode(y) && x[:2] == y[:2] {
				best = 1
			}
		}
	}
	return best
}

// yearsOf turns an ISO day into a number of years.
func yearsOf(day string) float64 {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return 0
	}
	return float64(t.Year()) + float64(t.YearDay()-1)/365.25
}
