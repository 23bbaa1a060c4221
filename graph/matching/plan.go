package matching

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"liantu/graph"
	"liantu/graph/assignment"
	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/graph/tuning"
	"liantu/message"
	"liantu/schema"
)

// PlanQuestion asks for intermediaries for all needs of a task force or of a
// region at once.
type PlanQuestion struct {
	TaskForce, Region string      // one of the two, by code, id or name
	PerNeed           int         // intermediaries of a need at most; 0 means that of the settings
	MinScore          gaps.Figure // no match below; Missing means that of the settings
	Visible           func(projection.Vertex) bool
}

// PlanAnswer is the best assignment.
type PlanAnswer struct {
	Version   graph.Version
	DataDate  string
	Synthetic bool
	// Total is the sum of score times priority over all that are assigned; no
	// assignment within the limits has a higher one.
	Total float64
	Needs []PlannedNeed // the most urgent first
	Met   int           // needs with at least one intermediary
}

// PlannedNeed is a need with its intermediaries, the best first.
type PlannedNeed struct {
	Need           Need
	Intermediaries []Planned
	// Why states why there is no intermediary: none fits, or all that do are taken
	// by more urgent needs.
	Why schema.Text
}

// Planned is one intermediary of a need.
type Planned struct {
	*Match
	// Loss is by how much the total falls if this one does not serve the need.
	Loss float64
	// Instead is the one that serves the need then; None if there is none.
	Instead projection.Vertex
	Text    schema.Text // why this one
}

// worthUnit is what a score of 1 for a need of priority 1 is worth in an
// assignment, which counts in whole numbers so that the best is the best.
const worthUnit = 1_000_000

// Plan assigns intermediaries to all needs of a task force or region, so that the
// sum of score times priority is the highest that is possible with nobody above
// capacity, no need with more intermediaries than allowed and no match below the
// least score. It states for each what the second best would cost. Errors are those
// of [Ask].
func Plan(ctx context.Context, p *projection.Projection, settings tuning.Settings, q PlanQuestion) (*PlanAnswer, error) {
	if (q.TaskForce == "") == (q.Region == "") {
		return nil, message.As(graph.ErrInvalid, "plan: give either a task force or a region")
	}
	least := q.MinScore.Or(settings.Matching.MinScore)
	if q.PerNeed < 0 || least < 0 || least > 1 {
		return nil, message.As(graph.ErrInvalid, "plan: %d intermediaries of a need or least score %v is out of range", q.PerNeed, least)
	}
	m, err := newMatcher(ctx, p, settings, Question{TaskForce: q.TaskForce, Region: q.Region, Visible: q.Visible})
	if err != nil {
		return nil, err
	}
	m.needs = m.needs[:min(len(m.needs), m.set.MostNeeds)]
	matches := make([][]*Match, len(m.needs))
	problem := assignment.Problem{PerNeed: cmp.Or(q.PerNeed, m.set.PerNeed), Worth: make([][]int64, len(m.needs))}
	for i, need := range m.needs {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		matches[i], problem.Worth[i] = make([]*Match, len(m.intermediaries)), make([]int64, len(m.intermediaries))
		for j, one := range m.intermediaries {
			if x := m.match(need, one, false); x != nil && x.Score >= least {
				matches[i][j] = x
				problem.Worth[i][j] = int64(math.Round(x.Score * need.Priority * worthUnit))
			}
		}
	}
	for _, one := range m.intermediaries {
		problem.Capacity = append(problem.Capacity, one.Free())
	}
	solution, err := assignment.Solve(problem)
	if err != nil {
		return nil, err
	}
	return m.plan(solution, matches), nil
}

// plan puts a solution into words.
func (m *matcher) plan(s assignment.Solution, matches [][]*Match) *PlanAnswer {
	a := &PlanAnswer{Version: m.p.Version(), DataDate: m.p.DataDate(), Total: float64(s.Total) / worthUnit}
	for i, need := range m.needs {
		planned := PlannedNeed{Need: need}
		for _, pair := range s.Pairs {
			if pair.Need != i {
				continue
			}
			x := Planned{Match: m.match(need, m.intermediaries[pair.Intermediary], true), Loss: float64(pair.Loss) / worthUnit, Instead: projection.None}
			if pair.Instead >= 0 {
				x.Instead = m.intermediaries[pair.Instead].Intermediary
			}
			x.Text = m.why(x)
			planned.Intermediaries = append(planned.Intermediaries, x)
			a.Synthetic = a.Synthetic || x.Synthetic
		}
		slices.SortStableFunc(planned.Intermediaries, func(x, y Planned) int { return cmp.Compare(y.Score, x.Score) })
		switch {
		case len(planned.Intermediaries) > 0:
			a.Met++
		case slices.ContainsFunc(matches[i], func(x *Match) bool { return x != nil }):
			planned.Why = schema.Text{Zh: "合适的机构都已排满，承接了更紧要的需求。", En: "All who fit are taken by more urgent needs."}
		default:
			planned.Why = schema.Text{Zh: "没有得分达到下限的机构。", En: "Nobody fits well enough."}
		}
		a.Needs = append(a.Needs, planned)
	}
	return a
}

// why states why an intermediary was chosen, and what the second best costs.
func (m *matcher) why(x Planned) schema.Text {
	text := schema.Text{}
	for _, r := range x.Reasons[:min(2, len(x.Reasons))] {
		text.Zh += r.Text.Zh
		text.En += r.Text.En + " "
	}
	if x.Instead == projection.None {
		text.Zh += fmt.Sprintf("若不选它，总分下降 %.3f，且无人接替。", x.Loss)
		text.En += fmt.Sprintf("Without it the total falls by %.3f and nobody takes its place.", x.Loss)
		return text
	}
	zh, en := gaps.NameOf(m.p, x.Instead)
	text.Zh += fmt.Sprintf("若不选它，总分下降 %.3f，由%s接替。", x.Loss, zh)
	text.En += fmt.Sprintf("Without it the total falls by %.3f and %s takes its place.", x.Loss, en)
	return text
}
