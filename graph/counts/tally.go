package counts

import (
	"slices"

	"liantu/graph/gaps"
)

// Tally counts verdicts; see the package comment.
type Tally struct {
	Links, Empty, NotJudged, Present int
	states, actions                  [8]int
}

// Of counts some verdicts.
func Of(verdicts []*gaps.Verdict) *Tally {
	t := &Tally{}
	for _, v := range verdicts {
		t.add(v)
	}
	return t
}

var (
	allStates  = gaps.States()
	allActions = gaps.Actions()
)

func (t *Tally) add(v *gaps.Verdict) {
	switch v.State {
	case gaps.Empty:
		t.Empty++
	case gaps.NotJudged:
		t.NotJudged++
	default:
		t.Links++
		t.states[slices.Index(allStates, v.State)]++
		t.actions[slices.Index(allActions, v.Action)]++
		if v.Numbers.Companies > 0 {
			t.Present++
		}
	}
}

// StateCount is how many verdicts are of a state.
type StateCount struct {
	State gaps.State
	Count int
}

// ActionCount is how many verdicts call for an action; "" is that of links not judged.
type ActionCount struct {
	Action gaps.Action
	Count  int
}

// States counts by state, all states but those kept apart, in the order of [gaps.States].
func (t *Tally) States() []StateCount {
	var out []StateCount
	for i, state := range allStates {
		if !state.Apart() {
			out = append(out, StateCount{state, t.states[i]})
		}
	}
	return out
}

// WithApart counts by state, those kept apart first.
func (t *Tally) WithApart() []StateCount {
	return append([]StateCount{{gaps.NotJudged, t.NotJudged}, {gaps.Empty, t.Empty}}, t.States()...)
}

// Actions counts by action, in the order of [gaps.Actions].
func (t *Tally) Actions() []ActionCount {
	out := make([]ActionCount, len(allActions))
	for i, action := range allActions {
		out[i] = ActionCount{action, t.actions[i]}
	}
	return out
}
