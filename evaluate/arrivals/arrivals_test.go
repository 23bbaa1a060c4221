package arrivals_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"liantu/evaluate"
	"liantu/evaluate/arrivals"
	"liantu/graph/projection"
	"liantu/graph/questiontest"
	"liantu/graph/tuning"
	"liantu/schema"
)

// places are the regions and links of all tests.
const places = `
stated roster 2016 B
region 100000 全国
region 330000 浙江省
region 330100 杭州市
region 330106 西湖区
region 440000 广东省
region 440300 深圳市
chain bat 电池
link bat.film 隔膜 in bat
link bat.cell 电芯 in bat
`

// pictures builds the picture of today and that of the end of 2018.
func pictures(t *testing.T, text string) (now, then *projection.Projection) {
	t.Helper()
	batch, err := questiontest.Parse(places + text)
	if err != nil {
		t.Fatal(err)
	}
	store := questiontest.Store(t, t, batch)
	now = questiontest.Picture(t, t, store)
	then, err = projection.Build(t.Context(), schema.Default(), store, projection.AsOf("2018"))
	if err != nil {
		t.Fatal(err)
	}
	return now, then
}

func backtest(t *testing.T, text string) *arrivals.Report {
	t.Helper()
	now, then := pictures(t, text)
	settings := tuning.Default()
	settings.CandidatesPerGroup = 1000
	r, err := arrivals.Backtest(t.Context(), now, then, settings, arrivals.Question{Cutoff: "2018", Until: "2023", Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestFiguresByHand has 30 companies, of which the 25 largest come: ours and size
// put the i-th largest at place i, fit knows no difference.
func TestFiguresByHand(t *testing.T) {
	var b strings.Builder
	for i := range 30 {
		fmt.Fprintf(&b, "company 深%c at 440300 in bat.film employees=%d\n", '甲'+rune(i), 9000-i*100)
	}
	b.WriteString("stated register 2024 A\n")
	for i := range 25 {
		fmt.Fprintf(&b, "company 杭%c at 330106 in bat.film founded=2019-05-01\ninvests_in 深%c 杭%c ratio=100%%\n", '甲'+rune(i), '甲'+rune(i), '甲'+rune(i))
	}
	r := backtest(t, b.String())
	if r.Arrivals != 25 || r.Known != 25 || r.Listed != 25 {
		t.Fatalf("%d arrivals, %d known, %d listed", r.Arrivals, r.Known, r.Listed)
	}
	mrr, chance := 0.0, 0.0
	for rank := 1.0; rank <= 30; rank++ {
		chance += 1 / rank / 30
		if rank <= 25 {
			mrr += 1 / rank / 25
		}
	}
	for i, want := range map[int][2]float64{0: {chance, 10.0 / 30}, 1: {mrr, 0.4}, 2: {1 / 15.5, 0}, 3: {mrr, 0.4}} {
		m := r.Methods[i]
		if m.Name != arrivals.Methods()[i] {
			t.Errorf("method %d is %s", i, m.Name)
		}
		for k, name := range arrivals.Figures() {
			f, _ := m.Figure(name)
			if math.Abs(f.Value-want[k]) > 1e-12 || f.Low > f.Value+1e-12 || f.High < f.Value-1e-12 {
				t.Errorf("%s of %s: %+v, by hand %v", name, m.Name, f, want[k])
			}
		}
	}
	if ours, _ := r.Methods[3].Figure("mrr"); r.Methods[3].Name != evaluate.Ours || ours.Low == ours.High {
		t.Errorf("no interval: %+v", ours)
	}
}

// TestWhatCounts has one arrival of each kind and, beside it, what is none.
func TestWhatCounts(t *testing.T) {
	r := backtest(t, `
company 深一 at 440300 in bat.film
company 深二 at 440300 in bat.film
company 深三 at 440300 in bat.film
company 深四 at 440300 in bat.cell
stated register 2024 A
company 深新 at 440300 in bat.film
company 杭一 at 330106 in bat.film founded=2019
company 杭二 at 330100 in bat.film founded=2018
company 杭三 at 330100 in bat.film founded=2024
company 杭四 at 330100 in bat.film founded=2020
company 杭五 at 330100 founded=2020
company 杭六 at 330100 in bat.film
company 杭七 at 330100 in bat.film founded=2020
company 深子 at 440300 in bat.film founded=2020
company 杭停 at 330100 in bat.film founded=2020 status=DEREGISTERED
invests_in 深一 杭一 ratio=51%
invests_in 深一 杭二 ratio=100%   # before the window
invests_in 深四 杭三 ratio=100%   # after it
invests_in 深二 杭四 ratio=50%    # no control
invests_in 深二 杭五              # at no link
invests_in 深二 杭六              # of no day
invests_in 深二 深子              # in the same city
invests_in 深二 杭停              # not active
invests_in 深新 杭七              # not known at the cutoff
project X1 投产 stage=PRODUCING landed_on=2021-03-01 signed_on=2017-01-01
located_in X1 330100
fills X1 bat.film
involves X1 深三 part=INVESTOR
project X2 落空 stage=DROPPED landed_on=2021
located_in X2 330100
fills X2 bat.film
involves X2 深三 part=INVESTOR
project X3 虚构 stage=SIGNED signed_on=2021 synthetic=true
located_in X3 330100
fills X3 bat.film
involves X3 深三 part=INVESTOR
project X4 另链 stage=SIGNED signed_on=2021
located_in X4 330100
fills X4 bat.film
involves X4 深四 part=INVESTOR   # at another link at the cutoff: on no list
`)
	if want := (arrivals.Held{All: 7, Placed: 6, Linked: 5, Dated: 4, Tested: 2}); r.Holdings != want {
		t.Errorf("holdings %+v, by hand %+v", r.Holdings, want)
	}
	if want := (arrivals.Held{All: 2, Placed: 2, Linked: 2, Dated: 2, Tested: 2}); r.Projects != want {
		t.Errorf("projects %+v, by hand %+v", r.Projects, want)
	}
	// 深一 came before the window already, so that its second subsidiary is no arrival.
	if r.Arrivals != 3 || r.Known != 2 || r.Listed != 1 || r.Methods != nil {
		t.Errorf("%d arrivals, %d known, %d listed, figures %v", r.Arrivals, r.Known, r.Listed, r.Methods)
	}
}

// TestThePackHasNoArrivals checks that of the sample pack, which has no holdings and
// invented projects only, nothing is claimed.
func TestThePackHasNoArrivals(t *testing.T) {
	p := questiontest.SamplePicture(t)
	r, err := arrivals.Backtest(t.Context(), p, p, tuning.Default(), arrivals.Question{Cutoff: "2018", Until: "2023"})
	if err != nil || r.Arrivals != 0 || r.Methods != nil || r.Holdings.All != 0 || r.Projects.All != 0 {
		t.Errorf("%+v, error %v", r, err)
	}
}
