package questiontest

import (
	"math"
	"slices"

	"liantu/graph"
	"liantu/graph/gaps"
)

// Oracle answers the gap question for every link of the world, in the order of
// the links' codes, by the definitions in the documentation of package gaps
// and by nothing else: with maps and loops over the plain elements, and with
// numerical integration in place of gamma functions. It is slow and meant for
// small graphs. Of the question it uses Region, Peers and MinGrade, given as
// codes or names.
func (w *World) Oracle(settings gaps.Settings, q gaps.Question) []Row {
	o := &oracle{World: w, s: settings, grade: settings.MinGrade, here: w.region(q.Region)}
	if q.MinGrade != "" {
		o.grade = q.MinGrade
	}
	for _, peer := range q.Peers {
		o.peers = append(o.peers, w.region(peer))
	}
	if len(o.peers) == 0 {
		o.peers = []string{"100000"}
	}
	o.prepare()
	rows := make([]Row, 0, len(w.links))
	for _, link := range w.links {
		rows = append(rows, o.row(link))
	}
	slices.SortFunc(rows, func(a, b Row) int {
		if a.Link < b.Link {
			return -1
		}
		return 1
	})
	return rows
}

type oracle struct {
	*World
	s       gaps.Settings
	grade   graph.Grade
	here    string
	peers   []string
	there   map[graph.ID]map[graph.ID]bool // link → companies
	leading map[graph.ID]map[graph.ID]bool
	all     map[graph.ID]bool // all companies
	busy    map[graph.ID]bool // attributed companies
	priors  map[int]float64   // by depth
	states  map[graph.ID]Row
	// specials caches whether a region is specialised in a link.
	specials map[string]bool
}

func (o *oracle) prepare() {
	o.there, o.leading = map[graph.ID]map[graph.ID]bool{}, map[graph.ID]map[graph.ID]bool{}
	o.all, o.busy, o.priors = map[graph.ID]bool{}, map[graph.ID]bool{}, map[int]float64{}
	for _, company := range o.companies {
		o.all[company] = true
	}
	for _, link := range o.links {
		o.there[link], o.leading[link] = o.at(link, o.grade)
		for company := range o.there[link] {
			o.busy[company] = true
		}
	}
	o.states, o.specials = map[graph.ID]Row{}, map[string]bool{}
	for _, link := range o.links {
		o.states[link] = o.judge(link)
	}
}

// level regions: all regions of the level of the region of the question.
func (o *oracle) alike() []string {
	var codes []string
	for code := range o.regions {
		if level(code) == level(o.here) {
			codes = append(codes, code)
		}
	}
	slices.Sort(codes)
	return codes
}

// expected returns E of a region at a link.
func (o *oracle) expected(code string, link graph.ID) float64 {
	covered := o.count(o.busy, o.peers...)
	if covered == 0 {
		return 0
	}
	return float64(o.count(o.busy, code)) * float64(o.count(o.there[link], o.peers...)) / float64(covered)
}

// prior finds a for the links of a depth.
func (o *oracle) prior(depth int) float64 {
	if a, ok := o.priors[depth]; ok {
		return a
	}
	type pair struct {
		n int
		e float64
	}
	var cells []pair
	for _, link := range o.links {
		for _, code := range o.alike() {
			if e := o.expected(code, link); o.depth[link] == depth && e > 0 {
				cells = append(cells, pair{o.count(o.there[link], code), e})
			}
		}
	}
	lgamma := func(x float64) float64 { y, _ := math.Lgamma(x); return y }
	a := o.s.PriorMin
	if len(cells) > 0 {
		a = mostLikely(func(a float64) float64 {
			sum := 0.0
			for _, c := range cells {
				n := float64(c.n)
				sum += lgamma(a+n) - lgamma(a) - lgamma(n+1) + a*math.Log(a/(a+c.e)) + n*math.Log(c.e/(a+c.e))
			}
			return sum
		}, o.s.PriorMin, o.s.PriorMax)
	}
	o.priors[depth] = a
	return a
}

// hidden adds up the unseen companies of the region at a link.
func (o *oracle) hidden(link graph.ID, share float64) float64 {
	sum := float64(o.count(o.all, o.here)-o.count(o.busy, o.here)) * share
	deep := func(outer string) float64 {
		n := 0
		for company := range o.all {
			if inside(o.place[company], outer) && level(o.place[company]) >= level(o.here) {
				n++
			}
		}
		return float64(n)
	}
	for company := range o.there[link] {
		outer := o.place[company]
		if outer == o.here || !inside(o.here, outer) {
			continue
		}
		if all := deep(outer); all > 0 {
			sum += deep(o.here) / all
			continue
		}
		n := 0
		for _, code := range o.alike() {
			if inside(code, outer) {
				n++
			}
		}
		sum += 1 / float64(max(n, 1))
	}
	return sum
}

// top1 returns the largest company's share of the size at a link, NaN if not
// known.
func (o *oracle) top1(link graph.ID) float64 {
	for _, property := range []string{"employees", "registered_capital"} {
		largest, sum, known, all := 0.0, 0.0, 0, 0
		for company := range o.there[link] {
			if !inside(o.place[company], o.here) {
				continue
			}
			all++
			if x := size(o.nodes[company], property); x > 0 {
				known++
				sum += x
				largest = max(largest, x)
			}
		}
		if known > 0 && float64(known)/float64(all) >= o.s.CapacityKnown-1e-9 {
			return largest / sum
		}
	}
	return math.NaN()
}

func size(n *graph.Node, property string) float64 {
	v, _ := n.Get(property)
	switch x := v.(type) {
	case int64:
		return float64(x)
	case float64:
		return x
	}
	return 0
}

// judge finds the state of a link.
func (o *oracle) judge(link graph.ID) Row {
	n, np, ap := o.count(o.there[link], o.here), o.count(o.there[link], o.peers...), o.count(o.busy, o.peers...)
	r := Row{Link: o.codeOf[link], Numbers: map[string]float64{}}
	r.Counts = [8]int{n, o.count(o.all, o.here), o.count(o.busy, o.here), np, o.count(o.all, o.peers...), ap}
	if n > 0 {
		r.Counts[6] = o.count(o.leading[link], o.here)
	}
	r.Counts[7] = o.count(o.leading[link], o.peers...)
	r.Numbers["prior"] = o.prior(o.depth[link])
	r.Numbers["severity"], r.Numbers["hidden"], r.Numbers["top1"] = math.NaN(), math.NaN(), math.NaN()
	if n > 0 {
		r.Numbers["top1"] = o.top1(link)
	}
	for _, name := range []string{"share", "expected", "lq", "mean", "low", "high", "weak", "fair", "strong"} {
		r.Numbers[name] = math.NaN()
	}
	r.State, r.Confidence = gaps.Unknown, 1
	if np == 0 {
		r.Flags = []gaps.Code{gaps.NoReference}
		return r
	}
	p := float64(np) / float64(ap)
	r.Numbers["share"] = p
	r.Numbers["hidden"] = o.hidden(link, p)
	if r.Counts[2] == 0 {
		r.Flags = []gaps.Code{gaps.NoCoverage}
		return r
	}
	o.posterior(&r, n, float64(r.Counts[2])*p)
	o.state(&r, n)
	return r
}

func (o *oracle) posterior(r *Row, n int, e float64) {
	a := r.Numbers["prior"]
	g := newGamma(a+float64(n), a+e)
	weak, fairOrWeak := g.below(o.s.WeakBelow), g.below(o.s.StrongAbove)
	r.Numbers["expected"], r.Numbers["lq"] = e, float64(n)/e
	r.Numbers["mean"] = (a + float64(n)) / (a + e)
	r.Numbers["low"] = g.quantile((1 - o.s.Interval) / 2)
	r.Numbers["high"] = g.quantile(1 - (1-o.s.Interval)/2)
	r.Numbers["weak"], r.Numbers["fair"], r.Numbers["strong"] = weak, fairOrWeak-weak, 1-fairOrWeak
}

func (o *oracle) state(r *Row, n int) {
	hidden, e := r.Numbers["hidden"], r.Numbers["expected"]
	weak, fair, strong := r.Numbers["weak"], r.Numbers["fair"], r.Numbers["strong"]
	if n == 0 {
		r.Numbers["severity"] = 1 - math.Exp(-e)
		r.State, r.Confidence = gaps.Absent, math.Exp(-hidden)
		if hidden >= o.s.HiddenUnknown-1e-9 {
			r.State, r.Confidence = gaps.Unknown, 1-math.Exp(-hidden)
			r.Numbers["severity"] *= math.Exp(-hidden)
			r.Flags = []gaps.Code{gaps.Hidden}
		}
		return
	}
	r.Numbers["severity"] = weak
	if r.Numbers["top1"] >= o.s.SingleFirmShare-1e-9 && n >= o.s.SingleFirmMin {
		r.Flags = append(r.Flags, gaps.SingleFirm)
	}
	if r.Counts[7] > 0 && r.Counts[6] == 0 {
		r.Flags = append(r.Flags, gaps.NoAnchor)
	}
	most := math.Max(weak, math.Max(fair, strong))
	near := 0
	for _, x := range []float64{weak, fair, strong} {
		if most-x < 1e-4 {
			near++
		}
	}
	r.Close = near > 1
	switch {
	case weak == most:
		r.State, r.Confidence = gaps.Weak, weak
	case fair == most:
		r.State, r.Confidence = gaps.Adequate, fair
	case len(r.Flags) > 0:
		r.State, r.Confidence = gaps.Adequate, 1-weak
	default:
		r.State, r.Confidence = gaps.Strong, strong
	}
}
