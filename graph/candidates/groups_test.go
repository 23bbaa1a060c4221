package candidates_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"liantu/graph"
	"liantu/graph/candidates"
	"liantu/graph/questiontest"
	"liantu/graph/tuning"
)

// TestDiversityEqualsOracle draws groups by shares and by name and compares
// the order of the candidates with rules applied one company at a time.
func TestDiversityEqualsOracle(t *testing.T) {
	cores := []string{"博远", "恒泽", "凌云"}
	alone := strings.Fields("睿芯 灏驰 沐岚 钧曜 翊朗 霁川 茗澜 璟晟 钰珩 昊霖 逸轩 瀚宸")
	cities := strings.Fields("深圳 广州 上海 北京 苏州 无锡 宁波 成都 武汉 西安 长沙 青岛")
	rapid.Check(t, func(rt *rapid.T) {
		b := questiontest.NewBuilder()
		b.Node("Region", questiontest.Props{"code": "330100", "name": "杭州市"})
		there := b.Node("Region", questiontest.Props{"code": "440300", "name": "深圳市"})
		link := b.Node("Link", questiontest.Props{"code": "l", "name": "环节"})
		n := rapid.IntRange(1, 12).Draw(rt, "companies")
		core, holder := make([]int, n), make([]int, n)
		ids := make([]graph.Key, n)
		at := map[string]int{}
		for i := range n {
			core[i] = rapid.IntRange(0, len(cores)+3).Draw(rt, "core")
			own := alone[i]
			if core[i] < len(cores) {
				own = cores[core[i]]
			} else {
				core[i] = 100 + i
			}
			name := cities[i] + own + "科技有限公司"
			ids[i] = b.Node("Company", questiontest.Props{"name": name, "employees": int64(10 + i)})
			at[name] = i
			b.Edge("LOCATED_IN", ids[i], there, questiontest.Props{"role": "REGISTERED"})
			b.Edge("OPERATES_IN", ids[i], link, nil)
		}
		for i := range n {
			holder[i] = -1
			if i > 0 && rapid.Bool().Draw(rt, "held") {
				by := rapid.IntRange(0, i-1).Draw(rt, "by")
				ratio := rapid.SampledFrom([]float64{0.2, 0.5, 0.51, 1}).Draw(rt, "ratio")
				b.Edge("INVESTS_IN", ids[by], ids[i], questiontest.Props{"ratio": ratio})
				if ratio > 0.5 {
					holder[i] = by
				}
			}
		}
		settings := tuning.Default()
		settings.CandidatesPerGroup = rapid.IntRange(1, 3).Draw(rt, "per group")
		p := questiontest.Picture(t, rt, questiontest.Store(t, rt, b.Batch()))
		answer, err := candidates.Ask(t.Context(), p, settings, candidates.Question{Region: "330100", Link: "l"})
		if err != nil || answer.Len() != n {
			rt.Fatalf("%d candidates of %d, error %v", answer.Len(), n, err)
		}
		coreOf := func(i int) int {
			for holder[i] >= 0 {
				i = holder[i]
			}
			return core[i]
		}
		size, seen := map[int]int{}, map[int]int{}
		for i := range n {
			size[coreOf(i)]++
		}
		byScore := slices.Clone(answer.First(answer.Len()))
		slices.SortStableFunc(byScore, func(x, y *candidates.Candidate) int {
			if x.Score != y.Score {
				if x.Score > y.Score {
					return -1
				}
				return 1
			}
			return p.LargestFirst(x.Company, y.Company)
		})
		var front, back []*candidates.Candidate
		for _, c := range byScore {
			group := coreOf(at[p.Text(c.Company, "name")])
			if got := c.Group; (got != nil) != (size[group] > 1) || got != nil && got.Size != size[group] {
				rt.Fatalf("%s: group %+v of %d", p.Text(c.Company, "name"), got, size[group])
			}
			if seen[group]++; seen[group] <= settings.CandidatesPerGroup {
				front = append(front, c)
			} else {
				back = append(back, c)
			}
		}
		if !slices.Equal(answer.First(answer.Len()), append(front, back...)) || answer.SetBack != len(back) {
			rt.Fatalf("%d set back of %d expected, or another order", answer.SetBack, len(back))
		}
		for i, c := range answer.First(answer.Len()) {
			if c.SetBack != (i >= len(front)) {
				rt.Fatalf("candidate %d of %d: set back %v", i, len(front), c.SetBack)
			}
		}
	})
}

// TestCandidatesStateTaskForces checks that candidates state who pursues them, and
// that an exclusion by a task force in charge here or by the question removes them.
func TestCandidatesStateTaskForces(t *testing.T) {
	b := questiontest.NewBuilder()
	here := b.Node("Region", questiontest.Props{"code": "330100", "name": "杭州市"})
	there := b.Node("Region", questiontest.Props{"code": "440300", "name": "深圳市"})
	link := b.Node("Link", questiontest.Props{"code": "l", "name": "环节"})
	ours := b.Node("TaskForce", questiontest.Props{"code": "t1", "name": "杭州专班"})
	others := b.Node("TaskForce", questiontest.Props{"code": "t2", "name": "深圳专班"})
	b.Edge("IN_CHARGE_OF", ours, here, nil)
	b.Edge("IN_CHARGE_OF", others, there, nil)
	targets := map[string]struct {
		force  graph.Key
		status string
	}{
		"甲博": {ours, "TALKS"}, "乙恒": {ours, "EXCLUDED"}, "丙宏": {others, "CONTACTED"}, "丁嘉": {others, "EXCLUDED"}, "戊凌": {}, "己泽": {},
	}
	for name, target := range targets {
		company := b.Node("Company", questiontest.Props{"name": name})
		b.Edge("LOCATED_IN", company, there, questiontest.Props{"role": "REGISTERED"})
		b.Edge("OPERATES_IN", company, link, nil)
		if target.force != "" {
			b.Edge("TARGETS", target.force, company, questiontest.Props{"status": target.status, "valid_from": "2024-03-01", "link": "l"})
		}
	}
	p := questiontest.Picture(t, t, questiontest.Store(t, t, b.Batch()))
	answer, err := candidates.Ask(t.Context(), p, tuning.Default(), candidates.Question{Region: "330100", Link: "l", Exclude: []string{"己泽"}})
	if err != nil {
		t.Fatal(err)
	}
	left := map[string]bool{}
	for _, x := range answer.Excluded {
		name := p.Text(x.Company, "name")
		left[name] = true
		if (x.Pursuit != nil) != (name == "乙恒") {
			t.Errorf("%s is excluded by %+v", name, x.Pursuit)
		}
	}
	if len(left) != 2 || !left["乙恒"] || !left["己泽"] {
		t.Errorf("left out: %v", left)
	}
	points := map[string]float64{"甲博": 0, "丙宏": -0.15, "丁嘉": -0.3, "戊凌": 0}
	if answer.Len() != len(points) {
		t.Errorf("%d candidates", answer.Len())
	}
	for _, c := range answer.First(answer.Len()) {
		name := p.Text(c.Company, "name")
		if got := c.Terms[6].Points; got != points[name] {
			t.Errorf("%s loses %v points instead of %v", name, got, points[name])
		}
		if name == "戊凌" {
			if len(c.Pursuits) != 0 {
				t.Errorf("nobody pursues %s: %+v", name, c.Pursuits)
			}
			continue
		}
		if x := c.Pursuits; len(x) != 1 || x[0].Since != "2024-03-01" || x[0].Status != targets[name].status || x[0].Ours != (name == "甲博") {
			t.Errorf("%s: pursuits %+v", name, x)
		} else if !slices.Contains(c.Edges, x[0].Edge) {
			t.Errorf("%s: the points rest on no edge", name)
		}
	}
	if _, err := candidates.Ask(t.Context(), p, tuning.Default(), candidates.Question{Region: "330100", Link: "l", Exclude: []string{"无此企业"}}); err == nil {
		t.Error("an unknown company to exclude is no error")
	}
}
