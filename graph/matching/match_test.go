package matching_test

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"liantu/graph"
	"liantu/graph/edits"
	"liantu/graph/gaps"
	"liantu/graph/matching"
	"liantu/graph/projection"
	"liantu/graph/questiontest"
)

// office is a town with a task force, and links below each other.
type office struct{ *questiontest.Town }

func newOffice() (b *office, chain graph.Key) {
	b = &office{questiontest.NewTown()}
	ecosystem := b.Node("Ecosystem", questiontest.Props{"code": "e", "name": "圈"})
	chain = b.Node("Chain", questiontest.Props{"code": "c", "name": "链"})
	b.Edge("PART_OF", chain, ecosystem, nil)
	below := b.Node("Link", questiontest.Props{"code": "c.l.x", "name": "下级环节", "declared_role": "CORE"})
	b.Edge("PART_OF", below, b.Link, nil)
	b.Edge("OPERATES_IN", b.Target, below, nil)
	force := b.Node("TaskForce", questiontest.Props{"code": "T1", "name": "示例专班"})
	b.Edge("IN_CHARGE_OF", force, chain, nil)
	b.Edge("IN_CHARGE_OF", force, b.Place, nil)
	return b, chain
}

func (b *office) intermediary(name string, more questiontest.Props) graph.Key {
	props := questiontest.Props{"name": name, "synthetic": true}
	for k, v := range more {
		props[k] = v
	}
	return b.Node("Intermediary", props)
}

// TestMatchingSpecialties checks what a specialty is worth by where it lies.
func TestMatchingSpecialties(t *testing.T) {
	for at, want := range map[string]float64{"c.l.x": 1, "c.l": 0.8, "c": 0.6, "c.m": 0.6, "e": 0.4} {
		b, _ := newOffice()
		kind := map[int]string{0: "Chain", 1: "Link", 2: "Link"}[strings.Count(at, ".")]
		if at == "e" {
			kind = "Ecosystem"
		}
		firm := b.intermediary("某所", nil)
		b.Edge("SPECIALISES_IN", firm, b.Node(kind, questiontest.Props{"code": at, "name": "名" + at}), questiontest.Props{"level": "EXPERT"})
		b.intermediary("无专长", nil)
		p := questiontest.Picture(t, t, questiontest.Stream(t.Context(), t, b.Batch()))
		answer, err := matching.Ask(t.Context(), p, questiontest.SmallSettings(), matching.Question{Region: "330683", Link: "c.l.x"})
		if err != nil || len(answer.Matches) != 1 {
			t.Fatalf("%s: %d matches, error %v", at, len(answer.Matches), err)
		}
		x := answer.Matches[0]
		sum := 0.0
		for _, term := range x.Terms {
			sum += term.Points
		}
		if got := x.Terms[0].Value.Or(-1); got != want || math.Abs(sum-x.Score) > 1e-9 {
			t.Errorf("%s: specialty %v instead of %v, score %v of %v", at, got, want, x.Score, sum)
		}
		if fmt.Sprint(x.Unknowns) != "[NO_COVER NO_TRACK NO_CAPACITY_TOLD]" || !answer.Synthetic {
			t.Errorf("unknown: %v, synthetic %v", x.Unknowns, answer.Synthetic)
		}
	}
}

// TestMatchPlanKeepsCapacity checks a plan where the best intermediary of all has
// room for one need only, and the other needs are served by the next.
func TestMatchPlanKeepsCapacity(t *testing.T) {
	b, chain := newOffice()
	star := b.intermediary("明星所", questiontest.Props{"capacity": int64(1), "introduced_count": int64(20), "landed_count": int64(15)})
	plain := b.intermediary("普通所", questiontest.Props{"capacity": int64(9)})
	for _, firm := range []graph.Key{star, plain} {
		b.Edge("SPECIALISES_IN", firm, chain, questiontest.Props{"level": "EXPERT"})
		b.Edge("COVERS", firm, b.Place, nil)
	}
	p := questiontest.Picture(t, t, questiontest.Stream(t.Context(), t, b.Batch()))
	plan, err := matching.Plan(t.Context(), p, questiontest.SmallSettings(), matching.PlanQuestion{TaskForce: "T1", PerNeed: 1})
	if err != nil {
		t.Fatal(err)
	}
	if len(plan.Needs) < 2 || plan.Met != len(plan.Needs) {
		t.Fatalf("%d needs, %d met", len(plan.Needs), plan.Met)
	}
	served := map[string]int{}
	for i, need := range plan.Needs {
		x := need.Intermediaries[0]
		served[p.Caption(x.Standing.Intermediary)]++
		if i == 0 && (x.Loss < 0 || x.Text.Zh == "" || x.Standing.Grade != "A") {
			t.Errorf("the most urgent need gets %s, loss %v", p.Caption(x.Standing.Intermediary), x.Loss)
		}
	}
	if served["明星所"] != 1 || served["普通所"] != len(plan.Needs)-1 {
		t.Errorf("served: %v", served)
	}
	nobody, err := matching.Plan(t.Context(), p, questiontest.SmallSettings(), matching.PlanQuestion{TaskForce: "T1", MinScore: gaps.Known(1)})
	if err != nil || nobody.Met != 0 || nobody.Total != 0 || nobody.Needs[0].Why.Zh == "" {
		t.Errorf("with a least score of 1: %+v, error %v", nobody, err)
	}
	needs, err := matching.Needs(t.Context(), p, questiontest.SmallSettings(), matching.Question{Intermediary: "普通所"})
	if err != nil || len(needs.Matches) != len(plan.Needs) {
		t.Errorf("%d needs, error %v", len(needs.Matches), err)
	}
	hidden := func(v projection.Vertex) bool { return p.Caption(v) != "明星所" }
	only, err := matching.Ask(t.Context(), p, questiontest.SmallSettings(), matching.Question{TaskForce: "T1", Visible: hidden})
	if err != nil || len(only.Matches) != len(plan.Needs) {
		t.Errorf("%d matches without the hidden one, error %v", len(only.Matches), err)
	}
}

// TestRecordsOfDaysToCome checks that a step on a day after today is refused, one of today
// not.
func TestRecordsOfDaysToCome(t *testing.T) {
	b, _ := newOffice()
	b.intermediary("某商会", nil)
	b.Node("Project", questiontest.Props{"code": "X0", "name": "项目"})
	picture := questiontest.Picture(t, t, questiontest.Store(t, t, b.Batch()))
	for date, want := range map[string]error{"2026-05-31": nil, "2026-06-01": graph.ErrInvalid} {
		_, err := edits.RecordIntroduction(picture, edits.Record{
			By: "某商会", Project: "X0", Outcome: edits.Introduced, Date: date, Today: "2026-05-31", Source: "office", Grade: graph.GradeB,
		})
		if !errors.Is(err, want) {
			t.Errorf("%s: error is %v, want %v", date, err, want)
		}
	}
}

// TestRecordedOutcomesEarnTheGrade records projects step by step and checks
// the grade and the load after each.
func TestRecordedOutcomesEarnTheGrade(t *testing.T) {
	b, chain := newOffice()
	firm := b.intermediary("某商会", questiontest.Props{"capacity": int64(4)})
	b.Edge("SPECIALISES_IN", firm, chain, nil)
	for i := range 3 {
		b.Node("Project", questiontest.Props{"code": fmt.Sprint("X", i), "name": fmt.Sprint("项目", i)})
	}
	store := questiontest.Store(t, t, b.Batch())
	step := func(project string, outcome edits.Outcome, date, reason string) error {
		batch, err := edits.RecordIntroduction(questiontest.Picture(t, t, store), edits.Record{
			By: "某商会", Project: project, Outcome: outcome, Date: date, Reason: reason, Source: "office", Grade: graph.GradeB,
		})
		if err != nil {
			return err
		}
		_, err = store.Apply(t.Context(), batch)
		return err
	}
	expect := func(grade string, introduced, landed, load int) {
		t.Helper()
		one := matching.Standings(questiontest.Picture(t, t, store), questiontest.SmallSettings())[0]
		if one.Grade != grade || one.Introduced != introduced || one.Landed != landed || one.Load != load {
			t.Errorf("grade %s, %d introduced, %d landed, %d open; want %s %d %d %d",
				one.Grade, one.Introduced, one.Landed, one.Load, grade, introduced, landed, load)
		}
	}
	expect("C", 0, 0, 0)
	for _, s := range []struct {
		outcome edits.Outcome
		date    string
	}{{edits.Introduced, "2024-01-05"}, {edits.Met, "2024-02-01"}, {edits.Negotiating, "2024-02-01"}, {edits.Signed, "2024-04-01"}, {edits.Landed, "2024-06-01"}} {
		if err := step("X0", s.outcome, s.date, ""); err != nil {
			t.Fatal(err)
		}
	}
	expect("B", 1, 1, 0)
	if err := step("X0", edits.Landed, "2024-06-01", ""); err != nil {
		t.Errorf("the same step again: %v", err)
	}
	if err := step("X0", edits.Lost, "2024-07-01", "退出"); !errors.Is(err, graph.ErrConflict) {
		t.Errorf("lost after it landed: %v", err)
	}
	if err := step("X1", edits.Met, "2024-03-01", ""); err != nil {
		t.Fatal(err)
	}
	expect("B", 2, 1, 1)
	if err := step("X1", edits.Introduced, "2024-04-01", ""); !errors.Is(err, graph.ErrConflict) {
		t.Errorf("a step back: %v", err)
	}
	if err := step("X1", edits.Lost, "2024-02-01", "x"); !errors.Is(err, graph.ErrConflict) {
		t.Errorf("an earlier day: %v", err)
	}
	if err := step("X1", edits.Lost, "2024-05-01", ""); !errors.Is(err, graph.ErrInvalid) {
		t.Errorf("lost for no reason: %v", err)
	}
	if err := step("X1", edits.Lost, "2024-05-01", "选址他处"); err != nil {
		t.Fatal(err)
	}
	expect("B", 2, 1, 0)
	for _, project := range []string{"X9", ""} {
		if err := step(project, edits.Met, "2024-05-01", ""); !errors.Is(err, graph.ErrNotFound) {
			t.Errorf("project %q: %v", project, err)
		}
	}
}
