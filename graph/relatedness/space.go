package relatedness

import "context"

// Space is the activities of a network with the proximity φ of every two of
// them. It never changes.
type Space struct {
	*Network
	near func(i, j int) float64
	rows func(row []float64, activity, from int) // φ to all from a number on; nil to call near
	sums []float64                               // by activity: Σ φ to all activities, itself among them
}

// NewMinimumSpaceContext is [NewMinimumSpace], but returns the error of its
// context when that ends.
func NewMinimumSpaceContext(ctx context.Context, n *Network) (*Space, error) {
	s := minimumSpace(n)
	row := make([]float64, len(s.sums))
	for i := range s.sums {
		if i%16 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		s.addUp(i, row)
	}
	return s, nil
}

// NewMinimumSpace takes [Network.MinimumProximity] as φ.
func NewMinimumSpace(n *Network) *Space { return minimumSpace(n).addAll() }

func minimumSpace(n *Network) *Space {
	return &Space{Network: n, near: n.MinimumProximity, rows: n.minimumProximities, sums: make([]float64, n.Activities())}
}

// NewCosineSpace takes [Network.CosineProximity] as φ.
func NewCosineSpace(n *Network) *Space {
	s := &Space{Network: n, near: n.CosineProximity, sums: make([]float64, n.Activities())}
	return s.addAll()
}

func (s *Space) addAll() *Space {
	row := make([]float64, len(s.sums))
	for i := range s.sums {
		s.addUp(i, row)
	}
	return s
}

// addUp adds φ of an activity and each from it on to the sums of both. Proximity
// is symmetric, so that each pair is computed once; called for one activity after
// the other it adds the terms of every sum in their order.
func (s *Space) addUp(activity int, row []float64) {
	if s.spread[activity] == 0 {
		return // no proximity to any
	}
	s.fill(row, activity, activity)
	s.sums[activity] += row[activity]
	for j := activity + 1; j < len(row); j++ { // adding 0 changes nothing
		s.sums[activity] += row[j]
		s.sums[j] += row[j]
	}
}

// Proximity returns φ of two activities.
func (s *Space) Proximity(i, j int) float64 { return s.near(i, j) }

// ProximitySum returns Σ φ of an activity to all, itself among them; 0 if no
// place has it.
func (s *Space) ProximitySum(activity int) float64 { return s.sums[activity] }

// ProximityMatrix returns φ of all pairs.
func (s *Space) ProximityMatrix() Matrix {
	m := NewMatrix(s.Activities(), s.Activities())
	for i := range m.Rows {
		s.fill(m.Row(i), i, 0)
	}
	return m
}

// fill writes φ of one activity to all from a number on.
func (s *Space) fill(row []float64, activity, from int) {
	if s.rows != nil {
		s.rows(row, activity, from)
		return
	}
	for j := from; j < len(row); j++ {
		row[j] = s.near(activity, j)
	}
}

// Density returns Σ φ of an activity to those that a place has, divided by Σ φ
// to all; false if no place has the activity.
func (s *Space) Density(activity, place int) (float64, bool) {
	if s.sums[activity] == 0 {
		return 0, false
	}
	near := 0.0
	for _, j := range s.own[place] {
		near += s.near(activity, int(j))
	}
	return near / s.sums[activity], true
}

// DensitiesOf returns the density of every activity in one place; 0 where no
// place has the activity.
func (s *Space) DensitiesOf(place int) []float64 {
	near, row := make([]float64, s.Activities()), make([]float64, s.Activities())
	for _, j := range s.own[place] {
		s.fill(row, int(j), 0) // proximity is symmetric
		for i, x := range row {
			near[i] += x
		}
	}
	for i, sum := range s.sums {
		if sum != 0 {
			near[i] /= sum
		}
	}
	return near
}

// Distance returns the share of φ of an activity to those that a place lacks: 1
// minus the density; false if no place has the activity.
func (s *Space) Distance(activity, place int) (float64, bool) {
	density, ok := s.Density(activity, place)
	return 1 - density, ok
}

// Densities calls visit with the density of an activity in every place, in their
// order; if no place has the activity it calls nothing.
func (s *Space) Densities(activity int, visit func(place int, density float64)) {
	all := make([]int, s.places)
	for place := range all {
		all[place] = place
	}
	s.DensitiesIn(activity, all, make([]float64, s.Activities()), visit)
}

// DensitiesIn is [Space.Densities] for the given places, in their order. It
// overwrites row, which must have room for one number per activity.
func (s *Space) DensitiesIn(activity int, places []int, row []float64, visit func(place int, density float64)) {
	if s.sums[activity] == 0 || len(places) == 0 {
		return
	}
	s.fill(row, activity, 0)
	for _, place := range places {
		near := 0.0
		for _, j := range s.own[place] {
			near += row[j]
		}
		visit(place, near/s.sums[activity])
	}
}

// DensityMatrix returns the density of every activity (column) in every place
// (row); 0 where no place has the activity.
func (s *Space) DensityMatrix() Matrix {
	m := NewMatrix(s.places, s.Activities())
	for activity := range m.Columns {
		s.Densities(activity, func(place int, density float64) { m.Values[place*m.Columns+activity] = density })
	}
	return m
}
