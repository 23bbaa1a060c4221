package show

import (
	"fmt"

	"liantu/evaluate/arrivals"
	"liantu/schema"
)

// Arrivals is the report on how high candidates were placed that came later: what
// the graph holds for it, then the methods, or what would be needed for them.
func Arrivals(l Language, r *arrivals.Report) Answer {
	heading := []schema.Text{
		{
			Zh: fmt.Sprintf("已知截至 %s，检验至 %s，随机种子 %d", r.Cutoff, r.Until, r.Seed),
			En: fmt.Sprintf("known by %s, tested to %s, seed %d", r.Cutoff, r.Until, r.Seed),
		},
		held(schema.Text{Zh: "对外投资", En: "holdings"}, r.Holdings),
		held(schema.Text{Zh: "招商项目", En: "projects"}, r.Projects),
		{
			Zh: fmt.Sprintf("期间内到来 %d 次（企业、城市、环节）；截止日已知企业和环节的 %d 次，其中在当日候选名单上的 %d 次", r.Arrivals, r.Known, r.Listed),
			En: fmt.Sprintf("%d arrivals in the window (company, city, link); of %d the company and link were known at the cutoff, %d were on the list of that day", r.Arrivals, r.Known, r.Listed),
		},
	}
	if len(r.Methods) == 0 {
		heading = append(heading, needed()...)
	}
	return methods(l, r, r.Methods, arrivals.Figures(), map[string]bool{"mrr": true, "hits_at_10": true}, heading)
}

// held states how far the evidence of one kind goes.
func held(what schema.Text, h arrivals.Held) schema.Text {
	return schema.Text{
		Zh: fmt.Sprintf("%s：%d 条；两端所在城市已知且不同 %d 条；其中环节已知 %d 条；其中有日期 %d 条；其中在检验期内 %d 条", what.Zh, h.All, h.Placed, h.Linked, h.Dated, h.Tested),
		En: fmt.Sprintf("%s: %d; %d of them between known, different cities; %d of these with a link; %d of these with a day; %d of these in the window", what.En, h.All, h.Placed, h.Linked, h.Dated, h.Tested),
	}
}

// needed states what data would allow figures.
func needed() []schema.Text {
	return []schema.Text{
		{
			Zh: fmt.Sprintf("名单上的到来不足 %d 次，不给出指标。所需数据（各列缺一不可）：", arrivals.Least),
			En: fmt.Sprintf("Fewer than %d arrivals were on lists, so there are no figures. What would be needed, all columns of one of:", arrivals.Least),
		},
		{
			Zh: "  子公司表：企业名称、股东、持股比例、成立日期、所在地（到市）、环节；股东的所在地和环节须在截止日前已有记录",
			En: "  subsidiaries: name, shareholder, ratio, founded, location (to the city), link; of the shareholder its location and link, stated as of a day before the cutoff",
		},
		{
			Zh: "  项目表：项目名称、投资方、拟落户地（到市）、环节、落地日期或签约日期；投资方的所在地和环节须在截止日前已有记录",
			En: "  projects: name, investor, location (to the city), link, landed on or signed on; of the investor its location and link, stated as of a day before the cutoff",
		},
	}
}
