package place

import "cmp"

// Refusal says why points are not learned anew.
type Refusal string

// The refusals.
const (
	NoRefusal   Refusal = ""
	TooFew      Refusal = "TOO_FEW"      // fewer than 15 pairs are held back and confirmed, before or after, or none teach
	LessPrecise Refusal = "LESS_PRECISE" // a smaller part of the pairs that are held back and confirmed is right
)

// Tally counts judged pairs of company and link.
type Tally struct{ Right, Partly, Of int }

// precision is the part that is right, 0 of none.
func (c Tally) precision() float64 { return float64(c.Right) / float64(max(1, c.Of)) }

// A Lesson is what judgements teach.
type Lesson struct {
	Teach, HeldBack int // pairs of companies that teach, and of those held back to measure
	Missed          int // pairs judged yes of which no word names the link; they neither teach nor measure
	// Before and After are of the pairs held back, by the points before and after.
	Before, After Tally
	Refused       Refusal
	// Outcomes are of the pairs that did not teach, by what the words alone and the points in
	// use make of each: all pairs where the points stay, those held back where they do not.
	Outcomes map[Outcome]Tally
}

// heldBack reports whether the judgements of a company measure rather than teach: half of
// the companies do, by a hash of the name.
func heldBack(company string) bool { return fold(company)%2 == 1 }

// Relearn moves the points of a model by the examples of half of the companies: the model's
// points and their precision are the prior, so that the result is that of learning from its
// examples and these together (Laplace's approximation of the posterior). The pairs of the
// other half, confirmed by words from the probability of the asked precision on, say
// whether that is better: where a smaller part of them is right than before, or fewer
// than 15 are confirmed, the model stays, and the lesson says why. The thresholds stay
// those of the model.
func (u *Pupil) Relearn(m *Model, precision float64) (*Model, Lesson, error) {
	lesson := Lesson{Missed: u.misses}
	threshold, err := m.Threshold(precision)
	if err != nil {
		return nil, lesson, err
	}
	var teach, held []example
	for _, e := range u.examples {
		if heldBack(e.company) {
			held = append(held, e)
		} else {
			teach = append(teach, e)
		}
	}
	lesson.Teach, lesson.HeldBack = len(teach), len(held)
	lesson.Before = tally(m, held, threshold)[Confirmed]
	lesson.After, lesson.Outcomes = lesson.Before, tally(m, u.examples, threshold)
	if len(teach) == 0 || lesson.Before.Of < fewest {
		lesson.Refused = TooFew
		return m, lesson, nil
	}
	points, certainty, err := fit(teach, prior{m.points, m.precision})
	if err != nil {
		return nil, lesson, err
	}
	taught := &Model{points: points, precision: certainty, reached: m.reached}
	after := tally(taught, held, threshold)
	lesson.After = after[Confirmed]
	switch {
	case lesson.After.Of < fewest:
		lesson.Refused = TooFew
	case cmp.Less(lesson.After.precision(), lesson.Before.precision()):
		lesson.Refused = LessPrecise
	default:
		lesson.Outcomes = after
		return taught, lesson, nil
	}
	return m, lesson, nil
}

// tally counts examples by what a model makes of them.
func tally(m *Model, list []example, threshold float64) map[Outcome]Tally {
	out := map[Outcome]Tally{}
	for _, e := range list {
		outcome := Rejected
		switch p := m.probability(&e.x); {
		case p >= threshold && !e.barred:
			outcome = Confirmed
		case p >= ReviewFrom:
			outcome = Review
		}
		t := out[outcome]
		t.Of++
		switch e.verdict {
		case Yes:
			t.Right++
		case Partly:
			t.Partly++
		}
		out[outcome] = t
	}
	return out
}
