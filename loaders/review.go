package loaders

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"liantu/graph"
	"liantu/loaders/mapping"
	"liantu/message"
	"liantu/schema"
)

// reviewMapping reads a completed list of pairs.
const reviewMapping = `
name: review
title: {zh: 名称复核, en: review of names}
source: %[1]q
as_of: %[2]q
grade: B
sources:
  - {name: %[1]q, title: 名称复核, publisher: %[3]q}
files:
  - match: ['*']
    emit:
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

// TakeReview loads a list of pairs, as [names.Review] gives them and somebody
// filled in: the columns left, right, verdict and, if there, note, or 名称甲, 名称乙,
// 判定 and 备注. Rows without a verdict stay open and count as blank. Companies
// that are judged the same are joined at once. Options need a store and paths;
// source and as-of date default to "review" and today.
func TakeReview(ctx context.Context, o Options, by string) (*Report, error) {
	if strings.TrimSpace(by) == "" {
		return nil, message.As(graph.ErrInvalid, "review: it is not stated who judged")
	}
	if o.Model == nil {
		o.Model = schema.Default()
	}
	text := fmt.Sprintf(reviewMapping, cmp.Or(o.Source, graph.ReviewSource), cmp.Or(o.AsOf, time.Now().Format(time.DateOnly)), by)
	m, err := mapping.Read(strings.NewReader(text), o.Model)
	if err != nil {
		return nil, message.Errorf("review: %w", err)
	}
	o.Mapping, o.Names = m, true
	report, err := Load(ctx, o)
	if report != nil {
		report.leaveOpen()
	}
	return report, err
}

// leaveOpen counts the rows to which no rule applies as blank.
func (r *Report) leaveOpen() {
	open := map[string]int{}
	r.Faults = slices.DeleteFunc(r.Faults, func(f Fault) bool {
		if f.Code == CodeNoRule {
			open[f.File]++
		}
		return f.Code == CodeNoRule
	})
	for i := range r.Files {
		n := open[r.Files[i].File]
		r.Files[i].Rows.Rejected -= n
		r.Files[i].Rows.Blank += n
	}
	r.Codes = slices.DeleteFunc(r.Codes, func(c FaultCount) bool { return c.Code == CodeNoRule })
}
