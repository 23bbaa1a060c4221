package show

import (
	"fmt"

	"liantu/graph/dates"
	"liantu/schema"
)

// dataDates words the data dates of an answer: the oldest, the newest and the median.
func dataDates(d dates.Dates) schema.Text {
	var t schema.Text
	switch {
	case d.Why != "":
		return schema.Text{Zh: "没有计入的企业，故无数据日期", En: "no data date, as no company is counted"}
	case d.Oldest == d.Newest:
		t = schema.Text{Zh: "数据日期均为 " + d.Oldest, En: "all data of " + d.Oldest}
	default:
		t = schema.Text{
			Zh: fmt.Sprintf("数据日期 %s 至 %s，中位 %s", d.Oldest, d.Newest, d.Median),
			En: fmt.Sprintf("data of %s to %s, median %s", d.Oldest, d.Newest, d.Median),
		}
	}
	switch {
	case d.Assumed:
		t.Zh += "（推定）"
		t.En += " (assumed)"
	case d.Undated > 0:
		t.Zh += fmt.Sprintf("（另有 %d 条日期为推定）", d.Undated)
		t.En += fmt.Sprintf(" (%d more of assumed days)", d.Undated)
	}
	return t
}

// dates are the members of an answer with its data dates: the newest, and all with how
// many statements they are of.
func (r recorder) dates(l *dates.Lazy) []Member {
	if l == nil {
		return nil
	}
	d := l.Now()
	return Object{{"dataDate", orNull(d.Newest)}, {"dataDates", datesRecord(d)}}
}

// datesRecord is what an answer says of its data dates; those that there are not are null.
func datesRecord(d dates.Dates) Object {
	return Object{
		{"oldest", orNull(d.Oldest)},
		{"median", orNull(d.Median)},
		{"newest", orNull(d.Newest)},
		{"assumed", d.Assumed},
		{"statements", d.Statements},
		{"undated", d.Undated},
		{"why", orNull(d.Why)},
	}
}

func orNull(text string) any {
	if text == "" {
		return nil
	}
	return text
}
