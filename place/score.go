package place

import (
	"math"
	"slices"
)

// vector returns the values of the terms for one link of a company.
func (p *Placer) vector(pr *profile, s *sight) vector {
	var x vector
	flag := func(term int, holds bool) {
		if holds {
			x[term] = 1
		}
	}
	x[constant] = 1
	if s.best.item == nil {
		x[classOnly] = 1
	} else {
		p.ofMention(&x, pr, s)
	}
	n := float64(max(1, pr.items))
	chain := p.taxonomy.links[s.link].Chain
	x[focus], x[focusMade], x[focusChain] = float64(s.mentions)/n, float64(s.made)/n, float64(pr.chains[chain])/n
	x[items], x[mentions], x[children] = logOf(pr.items)/4, logOf(s.mentions)/3, logOf(s.children)/3
	if s.mentions > 0 {
		x[tradedShare] = float64(s.traded) / float64(s.mentions)
	}
	x[tradeShare], x[madeShare] = pr.trade, pr.made
	flag(named, s.named)
	flag(group, !p.taxonomy.leaf[s.link])
	flag(implied, !s.own)
	flag(nameSells, pr.sells)
	flag(sellsGoods, pr.sells && s.best.item != nil && p.goods(s.link))
	flag(manufacturerMakes, pr.makes && s.made > 0)
	p.ofClass(&x, pr, s)
	return x
}

// ofMention fills in what the best mention of a link says.
func (p *Placer) ofMention(x *vector, pr *profile, s *sight) {
	flag := func(term int, holds bool) {
		if holds {
			x[term] = 1
		}
	}
	m, it := s.best.match, s.best.item
	exact, makes, stated := m.How >= Exact, it.Acts&Make != 0, it.Kind != Name
	flag(stem, m.How == Stem)
	flag(contained, m.How == Contained)
	flag(widerGroup, m.How == TableWider && !p.taxonomy.leaf[m.Link])
	flag(neighbour, m.How == TablePart)
	flag(tableTrade, m.How == TableTrade)
	flag(inBusiness, it.Kind == Business)
	flag(inScope, it.Kind == Scope)
	flag(byName, !stated)
	flag(made, makes)
	flag(served, !makes && it.Acts&Serve != 0)
	flag(tradeOnly, it.Acts.OnlyTrade() && !p.deals[s.link])
	flag(built, it.Acts&(Make|Serve|Research) == 0 && it.Acts&Build != 0)
	flag(bare, it.Acts == 0)
	flag(first, it.Index == 1 && stated)
	flag(early, it.Index <= 3 && stated)
	flag(exactMade, exact && makes)
	flag(exactFirst, exact && it.Index <= 2 && stated)
	flag(namedExact, exact && s.named)
	flag(goodsBare, !p.service[s.link] && it.Acts == 0)
	flag(serviceServed, p.service[s.link] && it.Acts&(Serve|Research|Build) != 0)
	flag(rankFirst, s.rank == 0)
	x[ambiguous] = 1 - float64(m.Share)
	x[top] = s.strength / max(1e-9, pr.best)
}

// ofClass fills in how the industry and the link agree.
func (p *Placer) ofClass(x *vector, pr *profile, s *sight) {
	if own := p.divisions[s.link]; pr.division != "" && len(own) > 0 {
		switch {
		case slices.Contains(own, pr.division):
			x[divisionAgrees] = 1
			if s.best.item != nil && s.best.item.Acts&Make != 0 {
				x[agreesMade] = 1
			}
		case !slices.Contains(vague, pr.division):
			x[divisionAgainst] = 1
		}
	}
	c := pr.class
	if slices.Contains(pr.meant, s.link) {
		x[classExact] = 1
		return
	}
	if c == nil {
		return
	}
	switch {
	case !slices.ContainsFunc(pr.classed, func(l int32) bool { return p.taxonomy.onLine(s.link, l) }):
		if !slices.Contains(c.chains, p.taxonomy.links[s.link].Chain) {
			x[classAgainst] = 1
		} else if len(c.links) > 0 {
			x[classOther] = 1
		}
	case c.exact:
		x[classExact] = 1
	default:
		x[classWider] = 1
	}
}

// vague are the divisions that say little of what a company makes: wholesale, retail,
// business services, research, technical services, their promotion.
var vague = []string{"51", "52", "72", "73", "74", "75"}

// goods reports whether what a link makes is goods rather than a service or dealing.
func (p *Placer) goods(link int32) bool { return !p.service[link] && !p.deals[link] }

// logOf is log(1+n).
func logOf(n int) float64 { return math.Log1p(float64(n)) }
