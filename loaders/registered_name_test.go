package loaders_test

import (
	"math/rand/v2"
	"testing"

	"liantu/graph"
	"liantu/loaders"
)

// TestRegisteredNameStays loads lists that call one company otherwise, in many orders
// and some of them more than once: the registered name is shown, whatever the day and
// the grade of a list that has a short one, and of two registered names the newer.
func TestRegisteredNameStays(t *testing.T) {
	open := copiesOf(t)
	const whole, newer = "浙江星澜海电子技术股份有限公司", "浙江星澜海智能技术股份有限公司"
	list := func(name, asOf string, grade graph.Grade) loaders.Options {
		return loaders.Options{FS: files(map[string]string{"Company.csv": "stock_code,name\n600999.SH," + name + "\n"}), Source: name + asOf, AsOf: asOf, Grade: grade, Names: true}
	}
	byName := list("星澜海电子", "2026-03", graph.GradeD)
	byName.FS = files(map[string]string{"Company.csv": "name,short_name\n" + whole + ",星澜海\n"})
	for name, c := range map[string]struct {
		lists []loaders.Options
		want  string
	}{
		"short names of unverified lists": {[]loaders.Options{list(whole, "2024", graph.GradeD), list("星澜海股份", "2026", graph.GradeD), list("星澜海", "2025-05", graph.GradeD)}, whole},
		"short names of better lists":     {[]loaders.Options{list(whole, "2024", graph.GradeB), list("星澜海股份", "2026", graph.GradeA), list("星澜海公司", "2025-05", graph.GradeC)}, whole},
		"an unverified list":              {[]loaders.Options{list("星澜海股份", "2020", graph.GradeA), list(whole, "2026", graph.GradeD)}, "星澜海股份"},
		"a worse day":                     {[]loaders.Options{list(newer, "2025-12-31", graph.GradeA), list(whole, "2025", graph.GradeA), list(whole, "2024", graph.GradeA)}, newer},
		"names that join":                 {[]loaders.Options{list(newer, "2025", graph.GradeA), list(whole, "2024", graph.GradeA), byName, list("星澜海", "2026", graph.GradeD)}, newer},
	} {
		t.Run(name, func(t *testing.T) {
			random := rand.New(rand.NewPCG(20, 25))
			digests := map[string]bool{}
			for range 4 {
				s := open()
				for _, i := range append(random.Perm(len(c.lists)), random.IntN(len(c.lists))) {
					o := c.lists[i]
					o.Store = s
					load(t, o)
				}
				if got := shownNames(t, s); len(got) != 1 || got[0] != c.want {
					t.Errorf("shown are %q, want %q", got, c.want)
				}
				digests[digest(t, s)] = true
				if err := s.Close(); err != nil {
					t.Fatal(err)
				}
			}
			if len(digests) != 1 {
				t.Errorf("the order of loads makes %d graphs", len(digests))
			}
		})
	}
}

// shownNames returns the name that is shown of each company.
func shownNames(t *testing.T, s graph.Store) []string {
	t.Helper()
	var list []string
	_, err := s.Changes(t.Context(), 0, func(c graph.Change) error {
		if c.Node != nil && c.Node.Kind == "Company" {
			name, _ := c.Node.Get("name")
			list = append(list, name.(string))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}
