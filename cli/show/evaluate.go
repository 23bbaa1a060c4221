package show

import (
	"fmt"
	"strings"

	"liantu/evaluate"
	"liantu/evaluate/arrivals"
	"liantu/schema"
)

// MethodLabel is the name of a method of a back-test.
func MethodLabel(method string) schema.Text { return methodLabels[method] }

// methodLabels are the names of the methods of a back-test.
var methodLabels = map[string]schema.Text{
	evaluate.Random:           {Zh: "随机", En: "random"},
	evaluate.Popularity:       {Zh: "普及程度", En: "popularity"},
	evaluate.DensityMethod:    {Zh: "关联密度", En: "density"},
	evaluate.Momentum:         {Zh: "近五年增量", En: "momentum"},
	evaluate.RankSum:          {Zh: "密度与增量名次和", En: "rank sum"},
	evaluate.RankSumSector:    {Zh: "名次和加同门类数", En: "rank sum with sector"},
	evaluate.NearestNeighbour: {Zh: "近邻", En: "nearest neighbours"},
	evaluate.Companions:       {Zh: "同供伙伴", En: "companions"},
	evaluate.Paths:            {Zh: "三步路径", En: "paths of three"},
	evaluate.NameKin:          {Zh: "名称相近", En: "similar names"},
	evaluate.Ours:             {Zh: "本系统", En: "ours"},
	arrivals.Size:             {Zh: "仅按实力", En: "size only"},
	arrivals.Fit:              {Zh: "仅按契合度", En: "fit only"},
}

// figureLabels are the heads of the measures, the same in both languages.
var figureLabels = map[string]string{
	"auc": "AUC", "ap": "AP", "precision_at_10": "P@10", "recall_at_10": "R@10", "mrr": "MRR",
	"hits_at_1": "HITS@1", "hits_at_3": "HITS@3", "hits_at_10": "HITS@10",
}

// methodTable is one row a method and one column a measure. As data the bounds
// of the intervals have columns of their own; on the terminal the measures of
// bounded show them.
func methodTable(l Language, methods []evaluate.Method, names []string, bounded map[string]bool, data bool) *Table {
	t := &Table{Columns: []Column{{Name: "method", Head: schema.Text{Zh: "方法", En: "METHOD"}}}}
	for _, name := range names {
		head := figureLabels[name]
		t.Columns = append(t.Columns, Column{Name: name, Head: schema.Text{Zh: head, En: head}, Right: true})
		if data {
			t.Columns = append(t.Columns,
				Column{Name: name + "_low", Head: schema.Text{Zh: head + " 下限", En: head + " LOW"}, Right: true},
				Column{Name: name + "_high", Head: schema.Text{Zh: head + " 上限", En: head + " HIGH"}, Right: true})
		}
	}
	for _, m := range methods {
		row := []Cell{l.Label(m.Name, methodLabels[m.Name])}
		for _, name := range names {
			f, _ := m.Figure(name)
			c := Number(f.Value, 3)
			if bounded[name] {
				c.Text += fmt.Sprintf(" [%.3f, %.3f]", f.Low, f.High)
			}
			row = append(row, c)
			if data {
				row = append(row, Number(f.Low, 3), Number(f.High, 3))
			}
		}
		t.Add(row...)
	}
	return t
}

// methods is a report on methods, under a heading.
func methods(l Language, report any, all []evaluate.Method, names []string, bounded map[string]bool, heading []schema.Text) Answer {
	a := Answer{
		Table:  methodTable(l, all, names, bounded, true),
		Record: func() any { return report },
		Body:   func(t Terminal) error { return t.Draw(methodTable(l, all, names, bounded, false)) },
	}
	for _, line := range heading {
		a.Heading = append(a.Heading, l.Text(line))
	}
	a.Above = append(Lines(Plain, a.Heading...), Line{})
	return a
}

// Entry is the report on which empty cells were filled later.
func Entry(l Language, r *evaluate.EntryReport) Answer {
	heading := []schema.Text{
		{
			Zh: fmt.Sprintf("已知截至 %s，检验至 %s；数据摘要 %s，随机种子 %d", r.Cutoff, r.Until, r.Digest, r.Seed),
			En: fmt.Sprintf("known by %s, tested to %s; data %s, seed %d", r.Cutoff, r.Until, r.Digest, r.Seed),
		},
		{
			Zh: fmt.Sprintf("%d 个地区 × %d 个环节，%d 条企业记录；%d 个空格中有 %d 个后来有企业进入；各指标在 %d 个有进入的地区内计算后取平均，方括号内为 95%% 区间",
				r.Regions, r.Items, r.Companies, r.Cells, r.Positives, r.Areas),
			En: fmt.Sprintf("%d regions × %d items, %d company entries; of %d empty cells %d were filled; figures inside each of %d regions that gained an item, averaged; 95 %% intervals in brackets",
				r.Regions, r.Items, r.Companies, r.Cells, r.Positives, r.Areas),
		},
	}
	heading = append(heading, lead(r.Methods))
	if !r.Learned {
		heading = append(heading, schema.Text{
			Zh: "本系统所用权重并非从截止日前的数据学得（数据中无可学之例，或由 --weights 指定）",
			En: "the weights of ours were not learned from data before the cutoff: there was nothing to learn from, or --weights sets them",
		})
	}
	heading = append(heading, leftOut(r.LeftOut)...)
	return methods(l, r, r.Methods, evaluate.EntryFigures(), map[string]bool{"auc": true, "precision_at_10": true}, heading)
}

// lead states how far ours is ahead of the best of the other methods by AUC.
func lead(all []evaluate.Method) schema.Text {
	var best evaluate.Method
	var top float64
	for _, m := range all {
		if f, _ := m.Figure("auc"); m.Name != evaluate.Ours && f.Value > top {
			best, top = m, f.Value
		}
	}
	var parts []string
	for _, f := range best.Behind {
		if f.Name == "auc" || f.Name == "precision_at_10" {
			parts = append(parts, fmt.Sprintf("%s %+.3f [%+.3f, %+.3f]", figureLabels[f.Name], f.Value, f.Low, f.High))
		}
	}
	label, by := methodLabels[best.Name], strings.Join(parts, ", ")
	return schema.Text{
		Zh: fmt.Sprintf("本系统与其余方法中 AUC 最高者（%s）之差：%s", label.Zh, by),
		En: fmt.Sprintf("ours against the best other by AUC (%s): %s", label.En, by),
	}
}

// HiddenTies is the report on which hidden pairs the known ones predict.
func HiddenTies(l Language, r *evaluate.TieReport) Answer {
	heading := []schema.Text{
		{
			Zh: fmt.Sprintf("已知 %d 对，隐去 %d 对，涉及 %d 个买方，候选 %d 个；数据摘要 %s，随机种子 %d", r.Known, r.Hidden, r.Buyers, r.Candidates, r.Digest, r.Seed),
			En: fmt.Sprintf("%d pairs known, %d hidden at %d buyers, %d candidates; data %s, seed %d", r.Known, r.Hidden, r.Buyers, r.Candidates, r.Digest, r.Seed),
		},
		{
			Zh: "名次已剔除其他真实伙伴；AUC 与 AP 相对于度数相配的非伙伴；方括号内为 95% 区间",
			En: "ranks are filtered; AUC and AP are against degree-matched negatives; 95 % intervals in brackets",
		},
	}
	heading = append(heading, shipped(r.Ships))
	heading = append(heading, leftOut(r.LeftOut)...)
	return methods(l, r, r.Methods, evaluate.TieFigures(), map[string]bool{"mrr": true, "auc": true}, heading)
}

// methodWords say what the methods that a report may ship go by.
var methodWords = map[string]schema.Text{
	evaluate.Popularity:       {Zh: "按供应商的已知买方数", En: "by how many buyers the supplier has"},
	evaluate.NearestNeighbour: {Zh: "有共同供应商的买方也向它采购", En: "buyers with common suppliers buy from it"},
	evaluate.Companions:       {Zh: "常与该买方的已知供应商一同被采购", En: "it is bought together with what the buyer buys"},
	evaluate.Paths:            {Zh: "买方—供应商—买方—供应商的三步路径", En: "by paths from buyer to supplier to buyer to supplier"},
	evaluate.NameKin:          {Zh: "名称相近的买方向它采购", En: "buyers of similar name buy from it"},
	evaluate.Ours:             {Zh: "八项合计，权重从已知关系学得", En: "eight terms, with weights learned on the known pairs"},
}

// shipped states which method gives the scores, and why.
func shipped(c *evaluate.TieChoice) schema.Text {
	label, words := methodLabels[c.Method], methodWords[c.Method]
	if c.Hidden == 0 {
		return schema.Text{
			Zh: fmt.Sprintf("得分采用“%s”（%s）：已知关系太少，无从比较", label.Zh, words.Zh),
			En: fmt.Sprintf("scores are by %s (%s): too few pairs are known to compare methods", label.En, words.En),
		}
	}
	var zh, en []string
	for _, f := range c.Ahead {
		zh = append(zh, fmt.Sprintf("%s %+.3f [%+.3f, %+.3f]", methodLabels[f.Name].Zh, f.Value, f.Low, f.High))
		en = append(en, fmt.Sprintf("%s %+.3f [%+.3f, %+.3f]", methodLabels[f.Name].En, f.Value, f.Low, f.High))
	}
	return schema.Text{
		Zh: fmt.Sprintf("得分采用“%s”（%s）：从已知关系中另隐去 %d 对检验，本系统的 MRR 领先各方法为 %s；须全部可靠领先才采用本系统", label.Zh, words.Zh, c.Hidden, strings.Join(zh, "、")),
		En: fmt.Sprintf("scores are by %s (%s): tested on %d of the known pairs, ours is ahead in MRR of %s; ours is shipped only if it is surely ahead of all", label.En, words.En, c.Hidden, strings.Join(en, ", ")),
	}
}

func leftOut(list []evaluate.LeftOut) []schema.Text {
	var lines []schema.Text
	for _, l := range list {
		lines = append(lines, schema.Text{
			Zh: fmt.Sprintf("未采用：%s 自第 %d 行起共 %d 行（%s）", l.File, l.Line, l.Rows, l.Reason),
			En: fmt.Sprintf("left out: %d rows of %s, the first at line %d: %s", l.Rows, l.File, l.Line, l.Reason),
		})
	}
	return lines
}

// Served is the report on who serves the companies that come.
func Served(r *evaluate.IntermediaryReport) Answer {
	t := &Table{Columns: []Column{
		{Name: "kind", Head: schema.Text{Zh: "类别", En: "KIND"}},
		{Name: "method", Head: schema.Text{Zh: "方法", En: "METHOD"}},
		{Name: "companies", Head: schema.Text{Zh: "企业", En: "COMPANIES"}, Right: true},
		{Name: "ceiling", Head: schema.Text{Zh: "上限", En: "CEILING"}, Right: true},
	}}
	for _, name := range evaluate.IntermediaryFigures() {
		t.Columns = append(t.Columns, Column{Name: name, Head: schema.Text{Zh: name, En: name}, Right: true},
			Column{Name: name + "_interval", Head: schema.Text{Zh: "95% 区间", En: "95 %"}})
	}
	for _, k := range r.Kinds {
		for _, m := range k.Methods {
			row := []Cell{Word(k.Kind), Word(m.Name), Count(k.Companies), Number(k.Ceiling, 3)}
			for _, f := range m.Figures {
				row = append(row, Number(f.Value, 3), Word(fmt.Sprintf("%.3f–%.3f", f.Low, f.High)))
			}
			t.Add(row...)
		}
	}
	return Answer{Table: t, Record: func() any { return r }}
}
