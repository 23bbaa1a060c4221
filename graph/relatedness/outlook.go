package relatedness

// OutlookIndex returns the complexity outlook index (COI) of every place: the
// sum of the complexity of the activities that it lacks, each weighted by its
// density there. The complexity is given by activity, as package complexity
// returns it.
func (s *Space) OutlookIndex(complexity []float64) []float64 {
	index := make([]float64, s.places)
	for activity, c := range complexity {
		s.Densities(activity, func(place int, density float64) {
			if !s.Has(place, activity) {
				index[place] += density * c
			}
		})
	}
	return index
}

// OpportunityGain returns the complexity outlook gain (COG) of every activity
// (column) for every place (row), the activity's own part included:
//
//	gain(c, p) = Σ_q φ(p, q)/Σ_r φ(r, q) · (1 − M(c, q)) · complexity(q)
//
// over the activities q that the place lacks: how near it would be to all of
// them with the activity. It is 0 where the place has the activity already.
func (s *Space) OpportunityGain(complexity []float64) Matrix {
	weight := make([]float64, len(complexity))
	for q, c := range complexity {
		if s.sums[q] != 0 {
			weight[q] = c / s.sums[q]
		}
	}
	gain := NewMatrix(s.places, s.Activities())
	row := make([]float64, s.Activities())
	for p := range row {
		s.fill(row, p, 0)
		all := 0.0
		for q := range row {
			row[q] *= weight[q]
			all += row[q]
		}
		for place, own := range s.own {
			if s.Has(place, p) {
				continue
			}
			had := 0.0
			for _, q := range own {
				had += row[q]
			}
			gain.Values[place*gain.Columns+p] = all - had
		}
	}
	return gain
}

// OpportunityGainWithoutOwn returns the gain of [Space.OpportunityGain] less the
// part that the activity itself had in the outlook before:
//
//	gain(c, p) − density(c, p) · complexity(p)
//
// so that it is the change of the outlook when the place takes up p, which then
// no longer counts in it. It is 0 where the place has the activity already.
func (s *Space) OpportunityGainWithoutOwn(complexity []float64) Matrix {
	gain := s.OpportunityGain(complexity)
	for activity, c := range complexity {
		s.Densities(activity, func(place int, density float64) {
			if !s.Has(place, activity) {
				gain.Values[place*gain.Columns+activity] -= density * c
			}
		})
	}
	return gain
}
