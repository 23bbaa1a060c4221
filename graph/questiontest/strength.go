package questiontest

import (
	"math"

	"liantu/graph"
)

// measure adds the numbers of the comparable frame to a row.
func (o *oracle) measure(r *Row, link graph.ID, x *seen) {
	r.Comparable = x.name()
	here, reference := o.count(x.there[link], o.here), o.count(x.there[link], o.peers...)
	r.Counts[3], r.Counts[4], r.Counts[5] = here, o.count(x.members, o.here), o.count(x.busy, o.here)
	r.Counts[6], r.Counts[7], r.Counts[8] = reference, o.count(x.members, o.peers...), o.count(x.busy, o.peers...)
	r.Counts[10] = o.count(x.leading[link], o.peers...)
	a, e := o.prior(x, o.depth[link]), o.expected(x, o.here, link)
	r.Numbers["prior"], r.Numbers["expected"], r.Numbers["share"] = a, e, o.share(x, link)
	o.sizes(r, link, x, a)
	if !o.large(x, o.here) || !o.large(x, o.peers...) || reference == 0 {
		return
	}
	n, all := float64(here), float64(r.Counts[0])
	g := newGamma(a+n, a+e)
	weak, fairOrWeak := g.below(o.s.WeakBelow), g.below(o.s.StrongAbove)
	r.Numbers["lq"], r.Numbers["mean"] = n/e, (a+n)/(a+e)
	r.Numbers["low"] = g.quantile((1 - o.s.Interval) / 2)
	r.Numbers["high"] = g.quantile((1 + o.s.Interval) / 2)
	r.Numbers["weak"], r.Numbers["fair"], r.Numbers["strong"] = weak, fairOrWeak-weak, 1-fairOrWeak
	r.Numbers["weak_all"] = newGamma(a+all, a+e).below(o.s.WeakBelow)
}

// share returns p′ of a link.
func (o *oracle) share(x *seen, link graph.ID) float64 {
	covered := o.count(x.busy, o.peers...)
	if covered == 0 {
		return 0
	}
	return float64(o.count(x.there[link], o.peers...)) / float64(covered)
}

// expected returns E′ of a region at a link.
func (o *oracle) expected(x *seen, code string, link graph.ID) float64 {
	covered := o.count(x.busy, o.peers...)
	if covered == 0 {
		return 0
	}
	return float64(o.count(x.busy, code)) * float64(o.count(x.there[link], o.peers...)) / float64(covered)
}

// prior finds a for the links of a depth.
func (o *oracle) prior(x *seen, depth int) float64 {
	if a, ok := x.priors[depth]; ok {
		return a
	}
	type pair struct {
		n int
		e float64
	}
	var cells []pair
	for link := range x.links {
		for _, code := range x.regions {
			if e := o.expected(x, code, link); o.judged[link] && o.depth[link] == depth && e > 0 {
				cells = append(cells, pair{o.count(x.there[link], code), e})
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
	x.priors[depth] = a
	return a
}

// sizes adds the largest company's share and the capacity, as far as the sizes
// of companies are known.
func (o *oracle) sizes(r *Row, link graph.ID, x *seen, a float64) {
	for _, property := range []string{"employees", "registered_capital"} {
		largest, here, known, all := 0.0, 0.0, 0.0, 0.0
		for company := range x.there[link] {
			if !inside(o.place[company], o.here) {
				continue
			}
			all++
			if size := size(o.nodes[company], property); size > 0 {
				known++
				here += size
				largest = math.Max(largest, size)
			}
		}
		if known == 0 || known/all < o.s.CapacityKnown-1e-9 {
			continue
		}
		r.Numbers["top1"] = largest / here
		stated := map[graph.ID]bool{} // at any link
		atLink := map[graph.ID]bool{} // of these, at the link
		sumP := 0.0                   // of the sizes of those at the link in the reference
		for company := range x.busy {
			size := size(o.nodes[company], property)
			if size <= 0 {
				continue
			}
			stated[company] = true
			if x.there[link][company] {
				atLink[company] = true
				sumP += size * float64(o.count(map[graph.ID]bool{company: true}, o.peers...))
			}
		}
		atP, allP := float64(o.count(atLink, o.peers...)), float64(o.count(stated, o.peers...))
		e := float64(o.count(stated, o.here)) * atP / allP
		if n := here / (sumP / atP); atP > 0 && e > 0 {
			r.Numbers["capacity_lq"], r.Numbers["capacity_mean"] = n/e, (a+n)/(a+e)
		}
		return
	}
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

// hidden adds up the unseen companies of the region at a link.
func (o *oracle) hidden(link graph.ID, x *seen, p float64) float64 {
	sum := 0.0
	for company := range o.known.members {
		read := plain(o.nodes[company], "placement")
		switch {
		case o.known.busy[company] || !inside(o.place[company], o.here):
		case read == "UNDER_REVIEW":
			sum += o.possibly(company, link)
		case read == "" && x.members[company]:
			sum += p
		}
	}
	deep := func(outer string) float64 {
		n := 0
		for company := range x.members {
			if inside(o.place[company], outer) && level(o.place[company]) >= level(o.here) {
				n++
			}
		}
		return float64(n)
	}
	for company := range o.known.there[link] {
		outer := o.place[company]
		if !x.members[company] || outer == o.here || !inside(o.here, outer) {
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

// possibly returns the probability that a company under review is at a link, 0 if
// it is too small to count.
func (o *oracle) possibly(company, link graph.ID) float64 {
	most := 0.0
	for _, e := range o.edges {
		if v, _ := e.Get("probability"); e.Kind == "MAY_OPERATE_IN" && e.From == company && o.counts[e.To][link] {
			if p, ok := v.(float64); ok {
				most = math.Max(most, p)
			}
		}
	}
	if most < o.s.Review-1e-9 {
		return 0
	}
	return most
}
