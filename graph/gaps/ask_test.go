package gaps_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"liantu/graph"
	"liantu/graph/candidates"
	"liantu/graph/gaps"
	"liantu/graph/lines"
	"liantu/graph/projection"
	"liantu/graph/questiontest"
	"liantu/graph/tuning"
)

// TestAskRefuses lists what a question must not hold and what the error says.
func TestAskRefuses(t *testing.T) {
	p := questiontest.SmallPicture(t)
	broken := tuning.Default()
	broken.WeakBelow, broken.Priority.Pull = 7, 0.9
	tests := []struct {
		name     string
		settings tuning.Settings
		question gaps.Question
		is       error
		says     string
	}{
		{"no region", tuning.Default(), gaps.Question{}, graph.ErrNotFound, `region ""`},
		{"unknown region", tuning.Default(), gaps.Question{Region: "999999"}, graph.ErrNotFound, `there is no region "999999"`},
		{"unknown peer", tuning.Default(), gaps.Question{Region: "330100", Peers: []string{"苏州"}}, graph.ErrNotFound, `"苏州"`},
		{"unknown scope", tuning.Default(), gaps.Question{Region: "330100", Scope: []string{"chop"}}, graph.ErrNotFound, `"chop"`},
		{"a region as scope", tuning.Default(), gaps.Question{Region: "330100", Scope: []string{"330100"}}, graph.ErrNotFound, `"330100"`},
		{"grade", tuning.Default(), gaps.Question{Region: "330100", MinGrade: "E"}, graph.ErrInvalid, `grade "E"`},
		{"state", tuning.Default(), gaps.Question{Region: "330100", States: []gaps.State{"GONE"}}, graph.ErrInvalid, `state "GONE"`},
		{"action", tuning.Default(), gaps.Question{Region: "330100", Actions: []gaps.Action{"BUY"}}, graph.ErrInvalid, `action "BUY"`},
		{"order", tuning.Default(), gaps.Question{Region: "330100", OrderBy: "SIZE"}, graph.ErrInvalid, `order "SIZE"`},
		{"settings", broken, gaps.Question{Region: "330100"}, graph.ErrInvalid, "weak_below: 7"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := gaps.Ask(t.Context(), p, test.settings, test.question)
			if !errors.Is(err, test.is) || !strings.Contains(err.Error(), test.says) {
				t.Errorf("got error %v", err)
			}
		})
	}
}

// TestSettingsReportEveryFault checks that no bad setting hides another.
func TestSettingsReportEveryFault(t *testing.T) {
	s := tuning.Default()
	if err := s.Check(); err != nil {
		t.Fatalf("the default settings are refused: %v", err)
	}
	s.MinGrade, s.Interval, s.Priority.Pull, s.Candidates.Fit = "X", 2, 0.5, -1
	err := s.Check()
	for _, name := range []string{"min_grade", "interval", "priority.* add up to", "candidates.fit", "candidates.* without commitment add up to"} {
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s is not in the error %v", name, err)
		}
	}
}

// TestNearbyNamesAreSuggested checks that a typo gets a hint.
func TestNearbyNamesAreSuggested(t *testing.T) {
	p := questiontest.SmallPicture(t)
	_, err := gaps.Ask(t.Context(), p, tuning.Default(), gaps.Question{Region: "杭州城"})
	var missing *projection.NotFoundError
	if !errors.As(err, &missing) {
		t.Fatalf("got error %v", err)
	}
	near, err := missing.Suggest(t.Context())
	if err != nil || len(near) == 0 || p.Code(near[0].Vertex) != "330100" {
		t.Errorf("suggests %+v, error %v", near, err)
	}
}

// TestAskStops checks that a question ends with its context.
func TestAskStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	p := questiontest.SmallPicture(t)
	if _, err := gaps.Ask(ctx, p, tuning.Default(), gaps.Question{Region: "330100"}); !errors.Is(err, context.Canceled) {
		t.Errorf("got error %v", err)
	}
	q := candidates.Question{Region: "330100", Link: "chip.design"}
	if _, err := candidates.Ask(ctx, p, tuning.Default(), q); err != nil && !errors.Is(err, context.Canceled) {
		t.Errorf("got error %v", err)
	}
}

// TestAnswerSaysWhatItRestsOn checks version, data date and invented data.
func TestAnswerSaysWhatItRestsOn(t *testing.T) {
	batch, err := questiontest.Parse(questiontest.Small + "company 乙 at 330100 in chip.design synthetic=true\n")
	if err != nil {
		t.Fatal(err)
	}
	store := questiontest.Store(t, t, batch)
	p := questiontest.Picture(t, t, store)
	answer, err := gaps.Ask(t.Context(), p, tuning.Default(), gaps.Question{Region: "杭州", Levels: lines.All})
	if err != nil {
		t.Fatal(err)
	}
	version, err := store.Version(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if day := answer.DataDates.Now().Newest; answer.Version != version || day != "2024-06-30" || !answer.Synthetic {
		t.Errorf("version %d of %d, data date %q, synthetic %v", answer.Version, version, day, answer.Synthetic)
	}
	reasons := answer.Verdicts[0].Reasons()
	if last := reasons[len(reasons)-1]; last.Code != gaps.SyntheticData {
		t.Errorf("the last reason is %v", last)
	}
}

// TestCallersShareAPicture asks one picture from many goroutines at once, for
// more regions and settings than it caches, and compares with a picture of its
// own for each question.
func TestCallersShareAPicture(t *testing.T) {
	batch, err := questiontest.Parse(questiontest.Small + "company 乙 at 330000 in chip.design:D\n")
	if err != nil {
		t.Fatal(err)
	}
	store := questiontest.Store(t, t, batch)
	shared := questiontest.Picture(t, t, store)
	regions := []string{"100000", "330000", "330100"}
	var callers sync.WaitGroup
	for i := range 60 {
		callers.Go(func() {
			settings := tuning.Default()
			settings.PullHalf = float64(1 + i)
			q := gaps.Question{Region: regions[i%3], MinGrade: graph.Grade("CD"[i%2 : i%2+1]), Levels: lines.All}
			got, err := gaps.Ask(t.Context(), shared, settings, q)
			if err != nil {
				t.Error(err)
				return
			}
			own, err := gaps.Ask(t.Context(), questiontest.Picture(t, t, store), settings, q)
			if err != nil {
				t.Error(err)
				return
			}
			for k, v := range got.Verdicts {
				w := own.Verdicts[k]
				if v.Numbers != w.Numbers || v.State != w.State || v.Priority != w.Priority || len(v.Reasons()) != len(w.Reasons()) {
					t.Errorf("%+v: %+v instead of %+v", q, v.Numbers, w.Numbers)
				}
			}
		})
	}
	callers.Wait()
}
