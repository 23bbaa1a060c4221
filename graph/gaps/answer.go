package gaps

import (
	"cmp"
	"context"
	"slices"

	"liantu/graph"
	"liantu/graph/projection"
)

// answer judges the links in the scope and puts the verdicts in order.
func (a *asker) answer(ctx context.Context, q Question, scope, peers []projection.Vertex) (*Answer, error) {
	view := a.viewOf(scope)
	if err := view.judge(ctx); err != nil {
		return nil, err
	}
	answer := &Answer{
		Version: a.p.Version(), DataDate: a.p.DataDate(), Region: a.region, Scope: scope, Peers: peers,
		MinGrade: a.grade, Coverage: a.coverage, Reference: a.ref.coverage, asker: a,
		Synthetic: a.names.synthetic, Verdicts: view.sorted(cmp.Or(q.OrderBy, ByPriority)), Summaries: view.summaries(),
	}
	if len(q.States)+len(q.Actions) == 0 {
		return answer, nil
	}
	var wanted []*Verdict
	for _, v := range answer.Verdicts {
		if (len(q.States) == 0 || slices.Contains(q.States, v.State)) &&
			(len(q.Actions) == 0 || slices.Contains(q.Actions, v.Action)) {
			wanted = append(wanted, v)
		}
	}
	answer.Verdicts = wanted
	return answer, nil
}

// tallies counts verdicts by state and action without maps.
type tallies struct {
	links, present int
	states         [5]int
	actions        [7]int
}

// summaries counts the verdicts by ecosystem and by chain.
func (a *asker) summaries(verdicts []*Verdict) []Summary {
	groups := groupsOf(a.p)
	firstChain, endChain := a.p.Range(projection.Chain)
	firstEcosystem, endEcosystem := a.p.Range(projection.Ecosystem)
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
		if t.links == 0 {
			continue
		}
		s := Summary{
			Scope: first + projection.Vertex(i), Links: t.links, Present: t.present,
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

// synthetic reports whether an invented company or an invented statement is
// among those counted, anywhere in the picture.
func synthetic(p *projection.Projection, grade graph.Grade) bool {
	type key struct{ grade graph.Grade }
	return p.Memo(key{grade}, func() any {
		presence := p.Presence(grade)
		first, end := p.Range(projection.Company)
		for v := first; v < end; v++ {
			if presence.Attributed(v, v+1) > 0 && (p.Synthetic(v) || invented(p, grade, v)) {
				return true
			}
		}
		return false
	}).(bool)
}

// invented reports whether a statement that puts a company at a link or at a
// place is marked as invented.
func invented(p *projection.Projection, grade graph.Grade, company projection.Vertex) bool {
	for _, kind := range []string{projection.OperatesIn, projection.LocatedIn} {
		for _, number := range p.Out(kind, company).Edges {
			edge, _, _ := p.Edge(kind, number)
			if kind == projection.OperatesIn && edge.Grade() > grade || !p.Current(kind, number) {
				continue
			}
			if value, _ := edge.Get("synthetic"); value == true {
				return true
			}
		}
	}
	return false
}
