package resolve_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"liantu/resolve"
)

// parts are few, so that names of drawn companies often agree.
var (
	drawnPlaces = []string{"", "", "浙江", "浙江省", "杭州", "宁波市", "上海", "中国", "绍兴", "绍兴柯桥"}
	drawnCores  = []string{"大华", "海康威视", "海康威示", "中芯", "隆基绿", "隆绿基", "隆基", "上海", "华", "京东方", "京东", "东方", "国有资本运营"}
	drawnTrades = []string{"", "", "技术", "科技", "集成电路", "数字技术", "银行", "证券"}
	drawnForms  = []string{"", "", "股份", "股份有限公司", "有限公司", "有限责任公司", "集团", "集团有限公司", "合伙企业（有限合伙）", "股份有限公司杭州分公司"}
	drawnEnds   = []string{"", "", "", "（LONGi）", "(Dahua)", "（上海）", "（原大华技术有限公司）"}
)

// The same for names in Latin letters.
var (
	foreignStarts = []string{"", "", "The ", "China ", "Hangzhou "}
	foreignCores  = []string{"Borea", "Borea Star", "Beta & Sons", "Beta (Shanghai)", "Shanghai"}
	foreignTrades = []string{"", "", " Electronics", " Trading", " Group Holdings"}
	foreignForms  = []string{"", "", " Co., Ltd.", " GmbH", " Inc.", " S.p.A."}
)

func drawName(t *rapid.T, label string) string {
	of := func(list []string) string { return rapid.SampledFrom(list).Draw(t, label) }
	if rapid.IntRange(0, 5).Draw(t, "foreign") == 0 {
		return of(foreignStarts) + of(foreignCores) + of(foreignTrades) + of(foreignForms)
	}
	return of(drawnPlaces) + of(drawnCores) + of(drawnTrades) + of(drawnForms) + of(drawnEnds)
}

func drawCompany(t *rapid.T, key string) resolve.Company {
	c := resolve.Company{Key: key}
	for range rapid.IntRange(1, 3).Draw(t, "names") {
		use := rapid.SampledFrom([]resolve.Use{resolve.Official, resolve.Short, resolve.Former, resolve.Alias}).Draw(t, "use")
		c.Titles = append(c.Titles, resolve.Title{Text: drawName(t, "part"), Use: use})
	}
	if rapid.IntRange(0, 4).Draw(t, "english") == 0 {
		c.Titles = append(c.Titles, resolve.Title{Text: rapid.SampledFrom([]string{"LONGi", "Zhejiang Dahua Technology Co., Ltd.", "SMIC"}).Draw(t, "en"), Use: resolve.English})
	}
	for _, kind := range []string{"uscc", "stock_code"} {
		if n := rapid.IntRange(0, 5).Draw(t, kind); n > 2 {
			c.Codes = append(c.Codes, fmt.Sprintf("%s=%d", kind, n))
		}
	}
	if rapid.IntRange(0, 3).Draw(t, "region") == 0 {
		c.Regions = []string{rapid.SampledFrom([]string{"330100", "310000"}).Draw(t, "code")}
	}
	return c
}

func drawList(t *rapid.T, most int) []*resolve.Entity {
	var list []*resolve.Entity
	for i := range rapid.IntRange(2, most).Draw(t, "companies") {
		list = append(list, resolve.Prepare(drawCompany(t, fmt.Sprint(i))))
	}
	return list
}

// TestCompareIsSymmetric checks that the order of two companies does not matter
// and that every company is the same as itself.
func TestCompareIsSymmetric(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := drawList(t, 2)
		a, b := resolve.Compare(list[0], list[1]), resolve.Compare(list[1], list[0])
		if a.Band != b.Band || a.Points != b.Points || a.Decided != b.Decided || a.Relation != b.Relation {
			t.Fatalf("%+v one way and %+v the other", a, b)
		}
		if band, relation, points := resolve.Decide(list[0], list[1]); band != a.Band || relation != a.Relation || points != a.Points {
			t.Fatalf("%s, %q and %v without reasons, %+v with them", band, relation, points, a)
		}
		sum := 0.0
		for _, r := range a.Reasons {
			sum += r.Points
			if r.Text.Zh == "" || r.Text.En == "" {
				t.Fatalf("no text for %+v", r)
			}
		}
		if len(a.Reasons) > 0 && sum != a.Points {
			t.Fatalf("the reasons add up to %v, the points are %v", sum, a.Points)
		}
	})
}

// TestIndexFindsWhatAllPairsFind compares the blocks with brute force: every
// pair that is the same or worth a review is found, with the same verdict.
func TestIndexFindsWhatAllPairsFind(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := drawList(t, 14)
		x := resolve.NewIndex(list)
		for i, e := range list {
			found := map[int]resolve.Verdict{}
			for _, m := range x.Find(e) {
				found[m.At] = m.Verdict
			}
			for j, other := range list {
				if i == j {
					continue
				}
				want := resolve.Compare(e, other)
				got, ok := found[j]
				if ok != (want.Band != resolve.Different) {
					t.Fatalf("%v and %v are %s (%v), found: %v", e.Titles, other.Titles, want.Band, want.Points, ok)
				}
				if ok && (got.Band != want.Band || got.Points != want.Points) {
					t.Fatalf("%+v by the index and %+v by comparing", got, want)
				}
			}
		}
	})
}

// TestCrowdLosesNoCompany puts very many companies of one 字号, or of near
// ones, into one province: companies that are the same, and branches with their
// companies, are found as by comparing all pairs, and few different ones are
// compared.
func TestCrowdLosesNoCompany(t *testing.T) {
	trades := []string{"科技", "电子", "食品", "物流", "建设", "医药", "纺织", "传媒", "化工", "仪器"}
	var list []*resolve.Entity
	add := func(titles ...resolve.Title) {
		list = append(list, resolve.Prepare(resolve.Company{Titles: titles}))
	}
	for i := range 600 {
		trade := trades[i%10] + trades[i/10%10]
		add(resolve.Title{Text: fmt.Sprintf("杭州同名者%s%s有限公司", trade, trades[i/100])})
		add(resolve.Title{Text: fmt.Sprintf("杭州同名者超市有限公司第%d分店", i)})
		add(resolve.Title{Text: fmt.Sprintf("杭州同名%c科技有限公司", rune(0x4e00+i))})
	}
	for _, text := range []string{
		"杭州同名者超市有限公司", "杭州同名者科技电子食品股份有限公司", "杭州同名者", "同名者（Tongming Holdings）", "杭州同名者物流有限公司（Tongming Holdings）",
		"杭州同名天科技有限公司（Tongming Holdings）", "杭州同名者超市有限公司第7分店",
	} {
		add(resolve.Title{Text: text})
	}
	add(resolve.Title{Text: "杭州他名科技有限公司"}, resolve.Title{Text: "杭州同名者传媒仪器化工有限公司", Use: resolve.Former})
	x := resolve.NewIndex(list)
	same, branches, compared := 0, 0, 0
	for i, e := range list {
		found := map[int]bool{}
		x.Candidates(e, func(at int) { found[at] = true })
		compared += len(found)
		for j := range i {
			switch band, relation, _ := resolve.Decide(e, list[j]); {
			case band == resolve.Same:
				same++
			case relation == resolve.Branch:
				branches++
			default:
				continue
			}
			if !found[j] {
				t.Errorf("%v and %v are not compared", e.Titles, list[j].Titles)
			}
		}
	}
	if same < 4 || branches < 600 {
		t.Errorf("%d pairs are the same, %d are branches", same, branches)
	}
	if most := len(list) * len(list) / 10; compared > most {
		t.Errorf("%d pairs of %d companies are compared, more than %d", compared, len(list), most)
	}
}

// drawDecisions draws decisions about companies.
func drawDecisions(t *rapid.T, list []*resolve.Entity) resolve.Decisions {
	var d resolve.Decisions
	pair := rapid.Custom(func(t *rapid.T) resolve.Pair {
		return resolve.Pair{
			A: rapid.IntRange(0, len(list)-1).Draw(t, "a"), B: rapid.IntRange(0, len(list)-1).Draw(t, "b"),
			Points: float64(rapid.IntRange(17, 30).Draw(t, "points")),
		}
	})
	d.Same = rapid.SliceOfN(pair, 0, 4).Draw(t, "same")
	d.Different = slices.DeleteFunc(rapid.SliceOfN(pair, 0, 3).Draw(t, "different"), func(p resolve.Pair) bool { return p.A == p.B })
	d.Unsure = rapid.SliceOfN(pair, 0, 2).Draw(t, "unsure")
	d.Found = rapid.SliceOfN(pair, 0, 8).Draw(t, "found")
	return d
}

// TestSettleKeepsApartWhatIsDifferent checks that different wins, whatever leads
// to it, and that groups are closures of the pairs that were followed.
func TestSettleKeepsApartWhatIsDifferent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := drawList(t, 8)
		d := drawDecisions(t, list)
		s := resolve.Settle(list, d)
		apart := func(i, j int) bool {
			v := resolve.Compare(list[i], list[j])
			return v.Decided && v.Band == resolve.Different || slices.ContainsFunc(d.Different, func(p resolve.Pair) bool {
				return p.A == i && p.B == j || p.A == j && p.B == i
			})
		}
		for i := range list {
			if g := s.Group[i]; g > i || s.Group[g] != g {
				t.Fatalf("group %d of %d is not named by its smallest member", g, i)
			}
			for j := range i {
				if s.Group[i] == s.Group[j] && apart(i, j) {
					t.Fatalf("%d and %d are different and in one group", j, i)
				}
			}
		}
		// Every judged pair is followed or reported as contradicted.
		for _, p := range d.Same {
			reported := p.A == p.B || slices.ContainsFunc(s.Contradicted, func(q resolve.Pair) bool {
				return q.A == min(p.A, p.B) && q.B == max(p.A, p.B)
			})
			if s.Group[p.A] != s.Group[p.B] && !reported {
				t.Fatalf("judged pair %v is neither followed nor reported as contradicted", p)
			}
		}
		closure(t, list, d, s)
	})
}

// closure checks, by walking from company to company, that groups hold
// together by pairs that say same.
func closure(t *rapid.T, list []*resolve.Entity, d resolve.Decisions, s resolve.Settlement) {
	pairs := slices.Concat(d.Same, d.Found)
	for start := range list {
		reached := map[int]bool{start: true}
		for more := true; more; {
			more = false
			for _, p := range pairs {
				if s.Group[p.A] == s.Group[p.B] && reached[p.A] != reached[p.B] {
					reached[p.A], reached[p.B], more = true, true, true
				}
			}
		}
		for i := range list {
			if s.Group[i] == s.Group[start] && !reached[i] {
				t.Fatalf("%d and %d are one group and no chain of pairs leads from one to the other", start, i)
			}
		}
	}
}

// TestSettleKnowsNoOrder checks that companies and pairs in another order give
// the same groups, and that settling twice changes nothing.
func TestSettleKnowsNoOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := drawList(t, 8)
		d := drawDecisions(t, list)
		first := resolve.Settle(list, d)
		order := rapid.Permutation(indexes(len(list))).Draw(t, "order")
		moved := make([]*resolve.Entity, len(list))
		to := make([]int, len(list))
		for now, before := range order {
			moved[now], to[before] = list[before], now
		}
		turn := func(pairs []resolve.Pair) []resolve.Pair {
			var out []resolve.Pair
			for _, p := range rapid.Permutation(pairs).Draw(t, "pairs") {
				out = append(out, resolve.Pair{A: to[p.B], B: to[p.A], Points: p.Points})
			}
			return out
		}
		second := resolve.Settle(moved, resolve.Decisions{Same: turn(d.Same), Different: turn(d.Different), Unsure: turn(d.Unsure), Found: turn(d.Found)})
		for i := range list {
			for j := range list {
				if (first.Group[i] == first.Group[j]) != (second.Group[to[i]] == second.Group[to[j]]) {
					t.Fatalf("%d and %d are one in one order and two in another", i, j)
				}
			}
		}
		var again []resolve.Pair
		for i, g := range first.Group {
			again = append(again, resolve.Pair{A: i, B: g})
		}
		third := resolve.Settle(list, resolve.Decisions{Same: again, Different: d.Different})
		if !slices.Equal(third.Group, first.Group) {
			t.Fatalf("%v settled again gives %v", first.Group, third.Group)
		}
	})
}

func indexes(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}
