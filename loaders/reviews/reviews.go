// Package reviews loads lists that somebody filled in: pairs of names that may be of one
// company, and placements of companies at links. Each row with a verdict becomes a
// judgement of the graph, of grade B, by whoever judged.
//
// The program, api tests and tests of loaders may import reviews; it imports loaders,
// mapping, graph and schema.
package reviews

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"liantu/graph"
	"liantu/loaders"
	"liantu/loaders/mapping"
	"liantu/message"
	"liantu/schema"
)

// header begins the mapping of a completed list.
const header = `
name: review
title: {zh: %[4]s, en: %[5]s}
source: %[1]q
as_of: %[2]q
grade: B
sources:
  - {name: %[1]q, title: %[4]s, publisher: %[3]q}
files:
  - match: ['*']
    emit:
`

// namesMapping reads a completed list of pairs of names.
const namesMapping = header + `
      - node: Judgement
        when: [{column: verdict, not: ['']}]
        properties:
          left: left
          right: right
          verdict: verdict
          by: {const: %[3]q}
          note: note
      - node: Judgement # the same under the heads of a workbook in Chinese
        when: [{column: 判定, not: ['']}]
        properties:
          left: 名称甲
          right: 名称乙
          verdict: 判定
          by: {const: %[3]q}
          note: 备注
`

// placementsMapping reads a completed list of placements.
const placementsMapping = header + `
      - node: PlacementJudgement
        when: [{column: verdict, not: ['']}]
        properties:
          about: about
          subject: subject
          link: link_code
          verdict: verdict
          example: example
          by: {const: %[3]q}
          note: note
      - node: PlacementJudgement # the same under the heads of a workbook in Chinese
        when: [{column: 判断, not: ['']}]
        properties:
          about: 对象
          subject: 企业或词条
          link: 环节编号
          verdict: 判断
          example: 所见企业
          by: {const: %[3]q}
          note: 备注
`

// Names loads a list of pairs, as names.Review gives them and somebody filled in: the
// columns left, right, verdict and, if there, note, or 名称甲, 名称乙, 判定 and 备注. Rows
// without a verdict stay open and count as blank. Companies that are judged the same are
// joined at once. Options need a store and paths; source and as-of date default to
// "review" and today.
func Names(ctx context.Context, o loaders.Options, by string) (*loaders.Report, error) {
	o.Names = true
	return take(ctx, o, by, namesMapping, schema.Text{Zh: "名称复核", En: "review of names"})
}

// Placements loads a list of questions about placements, as placements.Questions gives them
// and somebody filled in: the columns about, subject, link_code, verdict and, if there,
// example and note, or 对象, 企业或词条, 环节编号, 判断, 所见企业 and 备注. The rest is as with
// [Names]. What is judged counts with the next placement.
func Placements(ctx context.Context, o loaders.Options, by string) (*loaders.Report, error) {
	return take(ctx, o, by, placementsMapping, schema.Text{Zh: "挂链复核", En: "review of placements"})
}

func take(ctx context.Context, o loaders.Options, by, text string, title schema.Text) (*loaders.Report, error) {
	if strings.TrimSpace(by) == "" {
		return nil, message.As(graph.ErrInvalid, "review: it is not stated who judged")
	}
	if o.Model == nil {
		o.Model = schema.Default()
	}
	text = fmt.Sprintf(text, cmp.Or(o.Source, graph.ReviewSource), cmp.Or(o.AsOf, time.Now().Format(time.DateOnly)), by, title.Zh, title.En)
	m, err := mapping.Read(strings.NewReader(text), o.Model)
	if err != nil {
		return nil, message.Errorf("review: %w", err)
	}
	o.Mapping = m
	report, err := loaders.Load(ctx, o)
	if report != nil {
		report.LeaveOpen()
	}
	return report, err
}
