package resolve_test

import (
	"slices"
	"testing"

	"liantu/resolve"
)

// TestCodesDecide compares companies of one name by their codes: what one register
// lists twice is two, and a name alone is the company that has it.
func TestCodesDecide(t *testing.T) {
	const a, b = "uscc=91330106900000137L", "uscc=913306029000002178"
	for _, tt := range []struct {
		left, right []string
		want        resolve.Band
		decided     bool
	}{
		{nil, nil, resolve.Same, false},
		{[]string{a}, nil, resolve.Same, false},
		{[]string{a}, []string{b}, resolve.Different, true},
		{[]string{a}, []string{"stock_code=600000.SH"}, resolve.Same, false},
		{[]string{"stock_code=600000.SH"}, []string{"stock_code=600001.SH"}, resolve.Different, true},
		{[]string{"stock_code=600000.SH"}, []string{"stock_code=00001.HK"}, resolve.Same, false},
		{[]string{"stock_code=600000.SH"}, []string{"stock_code=000001.SZ"}, resolve.Different, true},
		{[]string{"stock_code=920001.BJ"}, []string{"stock_code=830001.NQ"}, resolve.Same, false},
		{[]string{"stock_code=600000.SH", a}, []string{"stock_code=00001.HK", b}, resolve.Different, true},
		{[]string{"lei=x"}, []string{"lei=y"}, resolve.Different, true},
		{[]string{"lei=x", a}, []string{"lei=x"}, resolve.Same, true},
	} {
		list := make([]*resolve.Entity, 2)
		for i, codes := range [][]string{tt.left, tt.right} {
			list[i] = resolve.Prepare(resolve.Company{Titles: []resolve.Title{{Text: "星澜实业有限公司"}}, Codes: codes})
		}
		if v := resolve.Compare(list[0], list[1]); v.Band != tt.want || v.Decided != tt.decided {
			t.Errorf("%q and %q are %s, decided by codes: %v; want %s, %v", tt.left, tt.right, v.Band, v.Decided, tt.want, tt.decided)
		}
		s := resolve.Settle(list, resolve.Decisions{Same: []resolve.Pair{{A: 0, B: 1}}})
		if one := s.Group[0] == s.Group[1]; one != (tt.want == resolve.Same) {
			t.Errorf("%q and %q, judged the same, are one: %v", tt.left, tt.right, one)
		}
	}
}

// TestANameOfTwoCodesIsForReview: a name that two companies of different codes have
// goes to neither.
func TestANameOfTwoCodesIsForReview(t *testing.T) {
	named := func(codes ...string) *resolve.Entity {
		return resolve.Prepare(resolve.Company{Titles: []resolve.Title{{Text: "星澜实业有限公司"}}, Codes: codes})
	}
	list := []*resolve.Entity{named(), named("uscc=91330106900000137L"), named("uscc=913306029000002178")}
	found := []resolve.Pair{{A: 0, B: 1, Points: 20}, {A: 0, B: 2, Points: 20}}
	if s := resolve.Settle(list, resolve.Decisions{Found: found}); !slices.Equal(s.Group, []int{0, 1, 2}) || len(s.Ambiguous) != 2 {
		t.Errorf("the groups are %v, for review are %v", s.Group, s.Ambiguous)
	}
	if s := resolve.Settle(list[:2], resolve.Decisions{Found: found[:1]}); !slices.Equal(s.Group, []int{0, 0}) {
		t.Errorf("the groups are %v", s.Group)
	}
}
