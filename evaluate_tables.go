package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"liantu/evaluate"
	"liantu/graph/feasibility"
	"liantu/schema"
)

// methodLabels are what people call the methods of a back-test.
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
	evaluate.NameKin:          {Zh: "名称相近", En: "like names"},
	evaluate.Ours:             {Zh: "本系统", En: "ours"},
}

// figureLabels are the heads of the measures, the same in both languages.
var figureLabels = map[string]string{
	"auc": "AUC", "ap": "AP", "precision_at_10": "P@10", "recall_at_10": "R@10", "mrr": "MRR",
	"hits_at_1": "HITS@1", "hits_at_3": "HITS@3", "hits_at_10": "HITS@10",
}

// methodTable is one row a method and one column a measure. As CSV the bounds
// of the intervals have columns of their own; on the terminal the measures of
// bounded show them.
func methodTable(methods []evaluate.Method, names []string, bounded map[string]bool, csv bool) *table {
	t := &table{columns: []column{{name: "method", head: schema.Text{Zh: "方法", En: "METHOD"}}}}
	for _, name := range names {
		head := figureLabels[name]
		t.columns = append(t.columns, column{name: name, head: schema.Text{Zh: head, En: head}, right: true})
		if csv {
			t.columns = append(t.columns,
				column{name: name + "_low", head: schema.Text{Zh: head + " 下限", En: head + " LOW"}, right: true},
				column{name: name + "_high", head: schema.Text{Zh: head + " 上限", En: head + " HIGH"}, right: true})
		}
	}
	for _, m := range methods {
		row := []cell{{raw: m.Name}}
		for _, name := range names {
			f, _ := m.Figure(name)
			c := number(f.Value, 3)
			if bounded[name] {
				c.text += fmt.Sprintf(" [%.3f, %.3f]", f.Low, f.High)
			}
			row = append(row, c)
			if csv {
				row = append(row, number(f.Low, 3), number(f.High, 3))
			}
		}
		t.add(row...)
	}
	return t
}

// printMethods writes a report in the form that --format asks for, under a
// heading for people.
func (a *app) printMethods(cmd *cobra.Command, report any, methods []evaluate.Method, names []string, bounded map[string]bool, heading []schema.Text) error {
	format, err := cmd.Flags().GetString("format")
	if err != nil {
		return err
	}
	if format == "json" {
		return a.printJSON(report)
	}
	t := methodTable(methods, names, bounded, inFile(format))
	for i := range t.rows {
		t.rows[i][0].text = a.text(methodLabels[t.rows[i][0].raw])
	}
	for _, line := range heading {
		t.heading = append(t.heading, a.text(line))
	}
	if inFile(format) {
		return a.print(cmd, t, nil)
	}
	for _, line := range t.heading {
		fmt.Fprintln(a.stdout, line)
	}
	fmt.Fprintln(a.stdout)
	return a.draw(t, screenOf(a.stdout))
}

func (a *app) printEntry(cmd *cobra.Command, r *evaluate.EntryReport) error {
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
			En: "the weights of ours were not learned from before the cutoff: nothing happened there to learn from, or --weights names them",
		})
	}
	heading = append(heading, leftOut(r.LeftOut)...)
	return a.printMethods(cmd, r, r.Methods, evaluate.EntryFigures(), map[string]bool{"auc": true, "precision_at_10": true}, heading)
}

// lead says how far ours is ahead of the best of the other methods by AUC.
func lead(methods []evaluate.Method) schema.Text {
	var best evaluate.Method
	var top float64
	for _, m := range methods {
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

func (a *app) printTies(cmd *cobra.Command, r *evaluate.TieReport) error {
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
	heading = append(heading, leftOut(r.LeftOut)...)
	return a.printMethods(cmd, r, r.Methods, evaluate.TieFigures(), map[string]bool{"mrr": true, "auc": true}, heading)
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

// writeCells writes the score of every cell, and the points of the terms where
// these are named; nothing without a path.
func writeCells(path string, scores []evaluate.CellScore, terms []string) error {
	rows := [][]string{append([]string{"region", "item", "score"}, terms...)}
	for _, s := range scores {
		row := []string{s.Region, s.Item, strconv.FormatFloat(s.Score, 'g', -1, 64)}
		for _, points := range s.Points[:len(terms)] {
			row = append(row, strconv.FormatFloat(points, 'g', -1, 64))
		}
		rows = append(rows, row)
	}
	return writeCSV(path, rows)
}

// writeTies writes the scores of the best suppliers; nothing without a path.
func writeTies(path string, scores []evaluate.TieScore) error {
	rows := [][]string{{"supplier", "buyer", "score"}}
	for _, s := range scores {
		rows = append(rows, []string{s.Supplier, s.Buyer, strconv.FormatFloat(s.Score, 'g', -1, 64)})
	}
	return writeCSV(path, rows)
}

func writeCSV(path string, rows [][]string) error {
	if path == "" {
		return nil
	}
	var b bytes.Buffer
	if err := csv.NewWriter(&b).WriteAll(rows); err != nil {
		return err
	}
	return os.WriteFile(path, b.Bytes(), 0o644)
}

func writeJSON(path string, weights feasibility.Weights) error {
	text, err := json.MarshalIndent(weights, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(text, '\n'), 0o644)
}
