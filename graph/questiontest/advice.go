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
	r.Numbers["pull_down"], r.Numbers["pull_up"] = o.pull(link, false), o.pull(link, true)
	r.Numbers["leaked"] = o.leaks(link)
	r.Numbers["density"] = o.density(link, o.here)
	r.Numbers["density_median"] = o.median(link)
	r.Numbers["density_rank"] = o.rank(link)
	r.Numbers["momentum"] = o.momentum(link)
	r.Numbers["chain_presence"] = o.chainPresence(link)
	declared, _ := o.nodes[link].Get("declared_role")
	role, _ := declared.(string)
	o.act(&r, link, gaps.Class(role))
	o.rate(&r, gaps.Class(role))
	return r
}

// steps returns the links one FEEDS step downstream or upstream.
func (o *oracle) steps(link graph.ID, up bool) map[graph.ID]bool {
	found := map[graph.ID]bool{}
	for _, e := range o.edges {
		near, far := e.From, e.To
		if up {
			near, far = far, near
		}
		if e.Kind == "FEEDS" && o.above[near][link] && o.kindOf[far] == "Link" && !o.above[far][link] {
			found[far] = true
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
		for company := range o.there[step] {
			found[company] = true
		}
	}
	return float64(o.count(found, o.here))
}

func (o *oracle) leaks(link graph.ID) float64 {
	any, n := false, 0
	for _, e := range o.edges {
		if e.Kind != "SUPPLIES" || !inside(o.place[e.To], o.here) {
			continue
		}
		any = true
		place := o.place[e.From]
		if o.there[link][e.From] && !inside(place, o.here) && !inside(o.here, place) {
			n++
		}
	}
	if !any {
		return math.NaN()
	}
	return float64(n)
}

// special reports whether a region is specialised in a link.
func (o *oracle) special(code string, link graph.ID) bool {
	key := code + string(link)
	known, ok := o.specials[key]
	if !ok {
		n := o.count(o.there[link], code)
		known = n > 0 && float64(n) >= o.expected(code, link)-1e-9
		o.specials[key] = known
	}
	return known
}

func (o *oracle) proximity(i, j graph.ID) float64 {
	both, ni, nj := 0.0, 0.0, 0.0
	for _, code := range o.alike() {
		if o.special(code, i) {
			ni++
		}
		if o.special(code, j) {
			nj++
		}
		if o.special(code, i) && o.special(code, j) {
			both++
		}
	}
	if both == 0 {
		return 0
	}
	return math.Min(both/ni, both/nj)
}

func (o *oracle) density(link graph.ID, code string) float64 {
	near, all := 0.0, 0.0
	for _, other := range o.links {
		if o.depth[other] != o.depth[link] {
			continue
		}
		phi := o.proximity(link, other)
		all += phi
		if o.special(code, other) {
			near += phi
		}
	}
	if all == 0 || o.count(o.busy, code) == 0 {
		return math.NaN()
	}
	return near / all
}

func (o *oracle) median(link graph.ID) float64 {
	var values []float64
	for _, code := range o.alike() {
		for _, peer := range o.peers {
			if d := o.density(link, code); inside(code, peer) && !math.IsNaN(d) {
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

func (o *oracle) rank(link graph.ID) float64 {
	own := o.density(link, o.here)
	sum, n := 0.0, 0
	for _, other := range o.links {
		d := o.density(other, o.here)
		if other == link || o.depth[other] != o.depth[link] || math.IsNaN(d) {
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

func (o *oracle) momentum(link graph.ID) float64 {
	now := 0
	for company := range o.busy {
		v, _ := o.nodes[company].Get("founded")
		if s, _ := v.(string); len(s) >= 4 {
			year, _ := strconv.Atoi(s[:4])
			now = max(now, year)
		}
	}
	young := func(set map[graph.ID]bool) (float64, int) {
		count, known := 0.0, 0
		for company := range set {
			v, _ := o.nodes[company].Get("founded")
			if s, _ := v.(string); len(s) >= 4 {
				known++
				if year, _ := strconv.Atoi(s[:4]); year > now-o.s.MomentumYears {
					count++
				}
			}
		}
		return count / math.Max(1, float64(known)), known
	}
	y, known := young(o.there[link])
	all, _ := young(o.busy)
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
		if o.partOf(other, chain) {
			all++
			if o.count(o.there[other], o.here) > 0 {
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

func (o *oracle) act(r *Row, link graph.ID, declared gaps.Class) {
	presence := r.Numbers["chain_presence"]
	established := presence >= o.s.EstablishedShare-1e-9
	fed := false
	for up := range o.steps(link, true) {
		fed = fed || o.states[up].State == gaps.Strong
	}
	r.Action, r.Computed = gaps.Watch, ""
	switch r.State {
	case gaps.Unknown:
		r.Action = gaps.Check
	case gaps.Absent:
		r.Computed = gaps.Key
		if presence < o.s.EstablishedShare-1e-9 {
			r.Computed = gaps.Core
		}
		switch {
		case declared == gaps.Core && r.Computed == gaps.Core:
			r.Action = gaps.Build
		case r.Numbers["pull_down"] > 0 || established:
			r.Action = gaps.Fill
		case fed && r.Numbers["density"] > r.Numbers["density_median"]+1e-9:
			r.Action = gaps.Extend
		}
	case gaps.Weak:
		r.Action, r.Computed = gaps.Strengthen, gaps.Prominent
	case gaps.Adequate:
		r.Action = gaps.Keep
		if declared == gaps.Prominent {
			r.Action = gaps.Strengthen
		}
	case gaps.Strong:
		r.Action, r.Computed = gaps.Keep, gaps.Prominent
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
		gaps.Prominent: o.s.Importance.Prominent, "": o.s.Importance.Undeclared,
	}
	w := o.s.Priority
	r.Priority = points(w.Severity, r.Numbers["severity"]) + points(w.Pull, asking/(asking+o.s.PullHalf)) +
		points(w.Feasibility, feasible) + points(w.Importance, weights[declared])
}
