package place

// Points are what one term adds to the score of a link.
type Points struct {
	Term   Term
	Value  float64 // of the term for this company and link
	Points float64 // value × weight; the sum of all is the logarithm of the odds
}

// An Explanation is a placement with the points of all terms that are not 0, in the order
// of the points table. Where a link owes its probability to one below it or to the same
// one in another chain, Lifted is true and the points give the probability of its own.
type Explanation struct {
	Placement
	Points []Points
	Own    float64 // the probability that the points give
	Lifted bool
}

// Explain returns the placements of a company with the points of their terms, in the order
// of [Placer.Place].
func (p *Placer) Explain(c Company) []Explanation {
	list, weighed := p.weigh(c)
	own := make(map[string]*vector, len(list))
	for i, s := range list {
		own[p.taxonomy.links[s.link].Code] = &weighed[i]
	}
	var out []Explanation
	for _, pl := range p.decide(list, weighed) {
		x := own[pl.Link]
		e := Explanation{Placement: pl, Own: p.model.probability(x)}
		e.Lifted = e.Own < pl.Probability
		for i, value := range x {
			if points := value * p.model.points[i]; points != 0 {
				e.Points = append(e.Points, Points{Term: terms[i], Value: value, Points: points})
			}
		}
		out = append(out, e)
	}
	return out
}
