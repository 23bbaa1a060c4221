package questiontest

import (
	"math"
	"slices"
	"strconv"

	"liantu/graph"
	"liantu/graph/gaps"
)

// row adds to the state of a link what follows from it: pull, relatedness,
// momentum, the action and the priority.
func (o *oracle) row(link graph.ID) Row {
	r := o.states[link]
	if r.State == gaps.NotJudged {
		return r
	}
	r.Numbers["pull_down"], r.Numbers["pull_up"] = o.pull(link, false), o.pull(link, true)
	r.Numbers["leaked"] = o.leaks(link)
	for _, name := range []string{"density", "density_median", "density_rank", "momentum"} {
		r.Numbers[name] = math.NaN()
	}
	if x := o.comparable(link); x != nil {
		r.Numbers["density"] = o.density(x, link, o.here)
		r.Numbers["density_median"] = o.median(x, link)
		r.Numbers["density_rank"] = o.rank(x, link)
		r.Numbers["momentum"] = o.momentum(x, link)
	}
	r.Numbers["chain_presence"] = o.chainPresence(link)
	declared, _ := o.nodes[link].Get("declared_role")
	role, _ := declared.(string)
	o.act(&r, link, gaps.Class(role))
	o.rate(&r, gaps.Class(role))
	return r
}

// steps returns the links one FEEDS step downstream or upstream, those below for one that
// holds no companies.
func (o *oracle) steps(link graph.ID, up bool) map[graph.ID]bool {
	found := map[graph.ID]bool{}
	for _, e := range o.edges {
		near, far := e.From, e.To
		if up {
			near, far = far, near
		}
		if e.Kind != "FEEDS" || !o.above[near][link] || o.kindOf[far] != "Link" {
			continue
		}
		for step := range o.judged {
			if o.judged[step] && !o.above[step][link] && (step == far || !o.judged[far] && o.above[step][far]) {
				found[step] = true
			}
		}
	}
	return found
}

func (o *oracle) pull(link graph.ID, up bool) float64 {
	steps := o.steps(link, up)
	if len(steps) == 0 {
		return math.NaN()
	}
	found := map[graph.ID]bool{}
	for step := range steps {
		for company := range o.present(step) {
			found[company] = true
		}
	}
	return float64(len(found))
}

func (o *oracle) leaks(link graph.ID) float64 {
	any, n := false, 0
	for _, e := range o.edges {
		if e.Kind != "SUPPLIES" || !inside(o.place[e.To], o.here) {
			continue
		}
		any = true
		place := o.place[e.From]
		if o.known.there[link][e.From] && !inside(place, o.here) && !inside(o.here, place) {
			n++
		}
	}
	if !any {
		return math.NaN()
	}
	return float64(n)
}

// special reports whether a region is specialised in a link by a frame.
func (o *oracle) special(x *seen, code string, link graph.ID) bool {
	key := code + string(link)
	known, ok := x.specials[key]
	if !ok {
		n := o.count(x.there[link], code)
		known = n > 0 && float64(n) >= o.expected(x, code, link)-1e-9
		x.specials[key] = known
	}
	return known
}

// related returns the regions that say which links go together.
func (o *oracle) related(x *seen) []string {
	var codes []string
	for _, code := range x.regions {
		if o.count(x.busy, code) > 0 {
			codes = append(codes, code)
		}
	}
	return codes
}

func (o *oracle) proximity(x *seen, i, j graph.ID) float64 {
	both, ni, nj := 0.0, 0.0, 0.0
	for _, code := range o.related(x) {
		if o.special(x, code, i) {
			ni++
		}
		if o.special(x, code, j) {
			nj++
		}
		if o.special(x, code, i) && o.special(x, code, j) {
			both++
		}
	}
	if both == 0 {
		return 0
	}
	return both / math.Max(ni, nj)
}

func (o *oracle) density(x *seen, link graph.ID, code string) float64 {
	near, all := 0.0, 0.0
	for other := range x.links {
		if o.depth[other] != o.depth[link] || !o.judged[other] {
			continue
		}
		phi := o.proximity(x, link, other)
		all += phi
		if o.special(x, code, other) {
			near += phi
		}
	}
	if all == 0 || o.count(x.busy, code) == 0 {
		return math.NaN()
	}
	return near / all
}

func (o *oracle) median(x *seen, link graph.ID) float64 {
	var values []float64
	for _, code := range o.related(x) {
		for _, peer := range o.peers {
			if d := o.density(x, link, code); inside(code, peer) && !math.IsNaN(d) {
				values = append(values, d)
				break
			}
		}
	}
	if len(values) == 0 {
		return math.NaN()
	}
	slices.Sort(values)
	if n := len(values); n%2 == 0 {
		return (values[n/2-1] + values[n/2]) / 2
	}
	return values[len(values)/2]
}

func (o *oracle) rank(x *seen, link graph.ID) float64 {
	own := o.density(x, link, o.here)
	sum, n := 0.0, 0
	for other := range x.links {
		d := o.density(x, other, o.here)
		if other == link || o.depth[other] != o.depth[link] || !o.judged[other] || math.IsNaN(d) {
			continue
		}
		n++
		switch {
		case math.Abs(d-own) <= 1e-9:
			sum += 0.5
		case d < own:
			sum++
		}
	}
	if n == 0 || math.IsNaN(own) {
		return math.NaN()
	}
	return sum / float64(n)
}

func (o *oracle) momentum(x *seen, link graph.ID) float64 {
	founded := func(company graph.ID) int {
		year, _ := strconv.Atoi((plain(o.nodes[company], "founded") + "0000")[:4])
		return year
	}
	newest := 0
	for company := range x.busy {
		newest = max(newest, founded(company))
	}
	young := func(set map[graph.ID]bool) (share float64, known int) {
		count := 0.0
		for company := range set {
			if year := founded(company); year > 0 {
				known++
				if year > newest-o.s.MomentumYears {
					count++
				}
			}
		}
		return count / math.Max(1, float64(known)), known
	}
	y, known := young(x.there[link])
	all, _ := young(x.busy)
	if known < o.s.MomentumMin || y+all == 0 {
		return math.NaN()
	}
	return y / (y + all)
}

func (o *oracle) chainPresence(link graph.ID) float64 {
	chain := o.chainOf[link]
	if chain == "" {
		return math.NaN()
	}
	present, all := 0.0, 0.0
	for _, other := range o.links {
		if o.partOf(other, chain) && o.judged[other] {
			all++
			if len(o.present(other)) > 0 {
				present++
			}
		}
	}
	return present / all
}

func (o *oracle) partOf(link, chain graph.ID) bool {
	return slices.ContainsFunc(o.edges, func(e *graph.Edge) bool {
		return e.Kind == "PART_OF" && e.To == chain && o.above[link][e.From]
	})
}

// hasReason reports whether a link has a reason to be filled.
func (o *oracle) hasReason(r *Row, declared gaps.Class) bool {
	e, pull := r.Numbers["expected"], r.Numbers["pull_down"]
	switch declared {
	case gaps.Core, gaps.Key, gaps.Prominent:
		return true
	}
	asked := pull >= float64(o.s.FillPull)
	return e >= o.s.FillExpected-1e-9 || asked && (math.IsNaN(e) || e >= o.s.FillPullExpected-1e-9)
}

// fed reports whether a link upstream is strong enough to grow from.
func (o *oracle) fed(link graph.ID) bool {
	for up := range o.steps(link, true) {
		if s := o.states[up]; s.State == gaps.Strong || s.State == gaps.Present && s.Counts[0] >= 3 {
			return true
		}
	}
	return false
}

func (o *oracle) act(r *Row, link graph.ID, declared gaps.Class) {
	presence := r.Numbers["chain_presence"]
	established := presence >= o.s.EstablishedShare-1e-9
	lacking := presence < o.s.EstablishedShare-1e-9 // a link without a chain is neither
	reason, free := o.hasReason(r, declared), declared != gaps.Restricted
	absent, weak := r.State == gaps.Absent, r.State == gaps.Weak
	switch {
	case r.State == gaps.Unknown && reason:
		r.Action = gaps.Check
	case free && absent && declared == gaps.Core && lacking:
		r.Action = gaps.Build
	case free && absent && reason && (r.Numbers["pull_down"] > 0 || established):
		r.Action = gaps.Fill
	case free && (weak || declared == gaps.Prominent && r.State == gaps.Adequate):
		r.Action = gaps.Strengthen
	case free && absent && reason && o.fed(link) && r.Numbers["density"] > r.Numbers["density_median"]+1e-9:
		r.Action = gaps.Extend
	case r.Counts[0] > 0:
		r.Action = gaps.Keep
	default:
		r.Action = gaps.Watch
	}
	switch r.Action {
	case gaps.Check, gaps.Build, gaps.Fill, gaps.Extend, gaps.Strengthen:
		if o.projects.alive[link] && (weak || r.Action != gaps.Strengthen) {
			r.Action = gaps.Wait
		}
	}
	switch {
	case absent && lacking:
		r.Computed = gaps.Core
	case absent:
		r.Computed = gaps.Key
	case weak || r.State == gaps.Strong:
		r.Computed = gaps.Prominent
	}
}

func (o *oracle) rate(r *Row, declared gaps.Class) {
	known := func(x float64) float64 {
		if math.IsNaN(x) {
			return 0
		}
		return x
	}
	points := func(weight, value float64) float64 { return math.Round(1e4*weight*known(value)) / 1e4 }
	asking := known(r.Numbers["pull_down"]) + known(r.Numbers["pull_up"])
	rank, momentum := r.Numbers["density_rank"], r.Numbers["momentum"]
	feasible := (rank + momentum) / 2
	if math.IsNaN(rank) {
		feasible = momentum
	} else if math.IsNaN(momentum) {
		feasible = rank
	}
	weights := map[gaps.Class]float64{
		gaps.Core: o.s.Importance.Core, gaps.Key: o.s.Importance.Key,
		gaps.Prominent: o.s.Importance.Prominent, gaps.Restricted: o.s.Importance.Restricted, "": o.s.Importance.Undeclared,
	}
	w := o.s.Priority
	r.Priority = points(w.Severity, r.Numbers["severity"]) + points(w.Pull, asking/(asking+o.s.PullHalf)) +
		points(w.Feasibility, feasible) + points(w.Importance, weights[declared])
}
