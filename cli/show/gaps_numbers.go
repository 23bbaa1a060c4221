package show

import (
	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/schema"
)

// numberColumns are those of the numbers that a verdict rests on.
func numberColumns() []verdictColumn {
	figure := func(of func(*gaps.Verdict) gaps.Figure, decimals int) func(*projection.Projection, *gaps.Verdict) Cell {
		return func(_ *projection.Projection, v *gaps.Verdict) Cell { return Figure(of(v), decimals) }
	}
	return []verdictColumn{
		{
			Column{Name: "companies", Head: schema.Text{Zh: "企业", En: "HERE"}, Right: true},
			func(_ *projection.Projection, v *gaps.Verdict) Cell { return Count(v.Numbers.Companies) },
		},
		{
			Column{Name: "frame_companies", Head: schema.Text{Zh: "口径内", En: "OF POPULATION"}, Right: true, Note: schema.Text{
				Zh: "其中属于可比口径的企业数，强弱以此评", En: "those of the population that strength rests on",
			}},
			figure(func(v *gaps.Verdict) gaps.Figure { return v.Numbers.FrameCompanies }, 0),
		},
		{
			Column{Name: "expected", Head: schema.Text{Zh: "预期", En: "EXPECTED"}, Right: true, Note: schema.Text{
				Zh: "按参照范围的构成，本地应有的企业数", En: "how many companies the make-up of the reference area would give here",
			}},
			figure(func(v *gaps.Verdict) gaps.Figure { return v.Numbers.Expected }, 1),
		},
		{
			Column{Name: "lq_mean", Head: schema.Text{Zh: "区位商", En: "LQ"}, Right: true, Note: schema.Text{
				Zh: "本地企业数与预期之比，经收缩；上下限为 90% 可信区间", En: "companies here by those expected, shrunk towards 1; the bounds are a 90 % credible interval",
			}},
			figure(func(v *gaps.Verdict) gaps.Figure { return v.Numbers.Mean }, 2),
		},
		{Column{Name: "lq_low", Head: schema.Text{Zh: "区位商下限", En: "LQ LOW"}, Right: true}, figure(func(v *gaps.Verdict) gaps.Figure { return v.Numbers.Low }, 2)},
		{Column{Name: "lq_high", Head: schema.Text{Zh: "区位商上限", En: "LQ HIGH"}, Right: true}, figure(func(v *gaps.Verdict) gaps.Figure { return v.Numbers.High }, 2)},
		{Column{Name: "hidden", Head: schema.Text{Zh: "未见企业", En: "UNSEEN"}, Right: true, Note: schema.Text{
			Zh: "按未归入环节的本地企业推算，此环节可能另有而未见的企业数", En: "how many local companies not placed at links are to be expected at this one",
		}}, figure(func(v *gaps.Verdict) gaps.Figure { return v.Numbers.Hidden }, 2)},
		{
			Column{Name: "pull_down", Head: schema.Text{Zh: "下游", En: "DOWN"}, Right: true, Note: schema.Text{
				Zh: "下游环节的本地企业数", En: "local companies one step downstream",
			}},
			figure(func(v *gaps.Verdict) gaps.Figure { return v.Numbers.PullDown }, 0),
		},
		{
			Column{Name: "pull_up", Head: schema.Text{Zh: "上游", En: "UP"}, Right: true, Note: schema.Text{
				Zh: "上游环节的本地企业数", En: "local companies one step upstream",
			}},
			figure(func(v *gaps.Verdict) gaps.Figure { return v.Numbers.PullUp }, 0),
		},
	}
}

// frameColumns name the populations that a verdict rests on.
func frameColumns(l Language) []verdictColumn {
	frame := func(of func(*gaps.Verdict) *gaps.Frame) func(*projection.Projection, *gaps.Verdict) Cell {
		return func(p *projection.Projection, v *gaps.Verdict) Cell {
			f := of(v)
			if f == nil {
				return Cell{Raw: "", Text: "–"}
			}
			return Cell{Raw: string(f.Population), Text: l.Frame(p, f)}
		}
	}
	return []verdictColumn{
		{
			Column{Name: "naming", Head: schema.Text{Zh: "缺失口径", En: "ABSENCE BY"}, Note: schema.Text{
				Zh: "认定缺失所依据的口径：它对本地收录完整", En: "the population that an absence rests on: it is complete here",
			}},
			frame(func(v *gaps.Verdict) *gaps.Frame { return v.Naming }),
		},
		{
			Column{Name: "comparable", Head: schema.Text{Zh: "强弱口径", En: "STRENGTH BY"}, Note: schema.Text{
				Zh: "评强弱所依据的口径：它对本地和参照地区都收录完整", En: "the population that strength rests on: it is complete here and in the reference",
			}},
			frame(func(v *gaps.Verdict) *gaps.Frame { return v.Comparable }),
		},
	}
}
