package gaps

import (
	"cmp"
	"context"
	"slices"

	"liantu/graph/lines"
	"liantu/graph/projection"
	"liantu/graph/tuning"
)

// answer judges the links in the scope and puts the verdicts in order.
func (a *Assessor) answer(ctx context.Context, q Question, scope, peers []projection.Vertex) (*Answer, error) {
	view := a.viewOf(scope)
	if err := view.judge(ctx); err != nil {
		return nil, err
	}
	answer := &Answer{
		Question: q, Version: a.Picture.Version(), DataDates: view.dates, Region: a.Region, Scope: scope, Peers: peers,
		MinGrade: a.Grade, Coverage: a.coverage, Reference: a.reference, Frames: a.frames, assessor: a,
		Synthetic: a.names.synthetic, Summaries: view.summaries(),
	}
	list := listing{cmp.Or(q.OrderBy, ByPriority), q.WithEmpty || slices.ContainsFunc(q.States, State.Apart), q.Levels == lines.All}
	answer.Verdicts = view.sorted(list)
	answer.Empty, answer.NotJudged = view.apart(Empty), view.apart(NotJudged)
	answer.Links = len(view.sorted(listing{ByCode, list.withApart, true}))
	answer.Represented = answer.Links - len(answer.Verdicts)
	if len(q.States)+len(q.Actions) == 0 && q.Where == nil {
		return answer, nil
	}
	var wanted []*Verdict
	for _, v := range answer.Verdicts {
		if q.wants(v) {
			wanted = append(wanted, v)
		}
	}
	answer.Verdicts = wanted
	return answer, nil
}

// Settings are those that the question was asked with, the population that it named among them.
func (a *Answer) Settings() tuning.Settings { return *a.assessor.settings }

// wants reports whether a verdict is one that the question selects.
func (q Question) wants(v *Verdict) bool {
	return (len(q.States) == 0 || slices.Contains(q.States, v.State)) &&
		(len(q.Actions) == 0 || slices.Contains(q.Actions, v.Action)) && (q.Where == nil || q.Where(v))
}

// tallies counts verdicts by state and action without maps.
type tallies struct {
	links, present, empty, notJudged int
	states                           [8]int
	actions                          [8]int
}

// summaries counts the verdicts by ecosystem and by chain.
func (a *Assessor) summaries(verdicts []*Verdict) []Summary {
	groups := a.Picture.WholesOf()
	firstChain, endChain := a.Picture.Range(projection.Chain)
	firstEcosystem, endEcosystem := a.Picture.Range(projection.Ecosystem)
	ecosystems := make([]tallies, endEcosystem-firstEcosystem)
	chains := make([]tallies, endChain-firstChain)
	for _, v := range verdicts {
		state, action := slices.Index(allStates, v.State), slices.Index(allActions, v.Action)
		for _, scope := range groups[v.Link-a.firstLink] {
			var t *tallies
			if scope >= firstChain && scope < endChain {
				t = &chains[scope-firstChain]
			} else {
				t = &ecosystems[scope-firstEcosystem]
			}
			switch v.State {
			case Empty:
				t.empty++
				continue
			case NotJudged:
				t.notJudged++
				continue
			}
			t.links++
			t.states[state]++
			t.actions[action]++
			if v.Numbers.Companies > 0 {
				t.present++
			}
		}
	}
	return append(summariesOf(firstEcosystem, ecosystems), summariesOf(firstChain, chains)...)
}

// summariesOf puts the counts of the scopes that were asked for into words.
func summariesOf(first projection.Vertex, all []tallies) []Summary {
	var found []Summary
	for i, t := range all {
		if t.links+t.empty+t.notJudged == 0 {
			continue
		}
		s := Summary{
			Scope: first + projection.Vertex(i), Links: t.links, Empty: t.empty, NotJudged: t.notJudged, Present: t.present,
			States: map[State]int{}, Actions: map[Action]int{},
		}
		for k, n := range t.states {
			if n > 0 {
				s.States[allStates[k]] = n
			}
		}
		for k, n := range t.actions {
			if n > 0 {
				s.Actions[allActions[k]] = n
			}
		}
		found = append(found, s)
	}
	return found
}
