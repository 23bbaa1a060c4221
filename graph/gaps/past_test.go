package gaps_test

import (
	"testing"

	"liantu/graph/gaps"
	"liantu/graph/lines"
	"liantu/graph/projection"
	"liantu/graph/questiontest"
	"liantu/graph/tuning"
	"liantu/schema"
)

// TestListsOfThePast: in a picture of the past a list names whom it had named by then, also
// where a company itself was known from others, and is dated by that day at the latest.
func TestListsOfThePast(t *testing.T) {
	batch, err := questiontest.Parse(`
region 330100 杭州市
link x 环节
source above population=ABOVE_SCALE complete_in=330100 data_date=2021-03
company 早列 at 330100 in x @above/2019
company 晚列 at 330100@register/2019 in x@register/2019 @above/2021
`)
	if err != nil {
		t.Fatal(err)
	}
	store := questiontest.Store(t, t, batch)
	for _, test := range []struct {
		day, dated string
		members    int
	}{{"2020", "2020-12-31", 1}, {"2021-02", "2021-02-28", 1}, {"2021", "2021-03-31", 2}} {
		p, err := projection.Build(t.Context(), schema.Default(), store, projection.AsOf(test.day))
		if err != nil {
			t.Fatal(err)
		}
		answer, err := gaps.Ask(t.Context(), p, tuning.Default(), gaps.Question{Region: "330100", Levels: lines.All})
		if err != nil {
			t.Fatal(err)
		}
		if known, members := answer.Coverage.Companies, answer.Frames[0].Coverage.Companies; known != 2 || members != test.members {
			t.Errorf("%s: %d known and %d members, not 2 and %d", test.day, known, members, test.members)
		}
		if got := answer.Frames[0].Date; got != test.dated {
			t.Errorf("%s: the list is dated %s, not %s", test.day, got, test.dated)
		}
	}
}
