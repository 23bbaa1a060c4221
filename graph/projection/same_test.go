package projection_test

import (
	"slices"
	"testing"

	"liantu/graph/projection"
)

// TestSameLinks: links are the same in both directions and along others, also in a past
// picture; what is stated of one counts at all, and above them. An edge to itself, to a part, to a whole, and one
// that has ended count for nothing.
func TestSameLinks(t *testing.T) {
	p := parse(t, world+`
chain a 甲链
chain b 乙链
chain c 丙链
link a.1 一 in a
link a.1.1 一一 in a.1
link a.1.1.1 一一一 in a.1.1
link b.1 一 in b
link b.1.1 一一 in b.1
link c.1 一 in c
link c.2 二 in c
link c.3 三 in c holds=HEADING
link c.3.1 三一 in c.3 holds=COMPANIES
same_as a.1.1 b.1.1
same_as c.1 b.1.1
same_as a.1.1 a.1
same_as a.1.1 a.1.1.1
same_as a.1.1 a.1.1
same_as c.1 c.2 valid_to=2020
company 甲 at 330106 in a.1.1.1:B!
feeds a.1 c.3
`)
	link := func(code string) projection.Vertex {
		v, err := p.Lookup(code, projection.Link)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	all := []string{"a.1.1", "b.1.1", "c.1"}
	for _, test := range []struct {
		code                    string
		same, countsAt, counted []string
		companies               int
	}{
		{"a.1", []string{"a.1"}, []string{"a.1"}, []string{"a.1", "a.1.1", "a.1.1.1", "b.1.1", "c.1"}, 1},
		{"a.1.1", all, []string{"a.1", "a.1.1", "b.1", "b.1.1", "c.1"}, []string{"a.1.1", "a.1.1.1", "b.1.1", "c.1"}, 1},
		{"a.1.1.1", []string{"a.1.1.1"}, []string{"a.1", "a.1.1", "a.1.1.1", "b.1", "b.1.1", "c.1"}, []string{"a.1.1.1"}, 1},
		{"b.1", []string{"b.1"}, []string{"b.1"}, []string{"a.1.1", "a.1.1.1", "b.1", "b.1.1", "c.1"}, 1},
		{"c.1", all, []string{"a.1", "a.1.1", "b.1", "b.1.1", "c.1"}, []string{"a.1.1", "a.1.1.1", "b.1.1", "c.1"}, 1},
		{"c.2", []string{"c.2"}, []string{"c.2"}, []string{"c.2"}, 0},
	} {
		v := link(test.code)
		for what, pair := range map[string][2][]string{
			"same":       {codesOf(p, p.Same(v)), test.same},
			"counts at":  {codesOf(p, p.CountsAt(v)), test.countsAt},
			"counted at": {codesOf(p, p.CountedAt(v)), test.counted},
		} {
			if !slices.Equal(pair[0], pair[1]) {
				t.Errorf("%s: %s %v instead of %v", test.code, what, pair[0], pair[1])
			}
		}
		at, leading := p.Presence("C").At(v), p.Presence("C").Leading(v)
		if len(at) != test.companies || len(leading) != test.companies {
			t.Errorf("%s: companies %v, leaders %v", test.code, at, leading)
		}
	}
	if got := codesOf(p, p.Downstream(link("a.1"))); !slices.Equal(got, []string{"c.3.1"}) {
		t.Errorf("downstream of a.1 are %v", got)
	}
	if got := codesOf(p, p.JudgedIn(p.ChainOf(link("c.3")))); !slices.Equal(got, []string{"c.1", "c.2", "c.3.1"}) {
		t.Errorf("judged in c are %v", got)
	}
	if got := p.HoldsOf(link("c.3")) + p.HoldsOf(link("c.3.1")); got != projection.HoldsHeading {
		t.Errorf("c.3 holds %q", got)
	}
}

// TestNothingIsTheSame: without SAME_AS edges the lists of what counts where are those of the
// tree itself, and take no memory of their own.
func TestNothingIsTheSame(t *testing.T) {
	p := parse(t, world+`
chain a 甲链
link a.1 一 in a
link a.1.1 一一 in a.1
`)
	v, err := p.Lookup("a.1.1", projection.Link)
	if err != nil {
		t.Fatal(err)
	}
	above, counts := p.LinksAbove(v), p.CountsAt(v)
	if !slices.Equal(above, counts) || &above[0] != &counts[0] {
		t.Errorf("%v counts at %v, elsewhere in memory", above, counts)
	}
	if got := codesOf(p, p.Same(v)); !slices.Equal(got, []string{"a.1.1"}) {
		t.Errorf("same as a.1.1 are %v", got)
	}
}
