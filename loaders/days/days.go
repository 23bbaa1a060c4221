// Package days finds the day of a list that states it in no column: in words above
// its table, as in 截至2026年3月31日 or 某市重点企业名录（2026年3月）, or in the name of
// its file, as in 名录-20260331; else by when its file was changed. Only loaders and
// tests import it; it imports schema.
package days

import (
	"regexp"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"liantu/message"
	"liantu/schema"
)

// File is what is known of the day of a list.
type File struct {
	Above       []string // the texts above its table, in their order
	Sheet, Name string   // the names of its sheet and of its file, without the extension
	Saved       string   // ISO date on which its workbook was last saved, "" if unknown
	Changed     string   // ISO date on which its file was last changed, "" if unknown
}

// Day is the day of a list.
type Day struct {
	Day     string       // ISO date, possibly only a year or a month; "" for none
	From    message.Text // where it is from, for people
	Assumed bool         // no words of the list state it
}

// Day returns the day of a list: that in the words above its table, else that in
// the name of its sheet or its file; else, assumed and no later than today, an ISO
// date, that on which its workbook was saved or its file changed.
func (f File) Day(today string) Day {
	for _, place := range []struct {
		Found
		where func(words string) message.Text
	}{
		{Above(f.Above, today), func(words string) message.Text { return message.New("the words %q above the table", words) }},
		{Named(f.Sheet, today), func(words string) message.Text { return message.New("the name of the sheet, %q", words) }},
		{Named(f.Name, today), func(words string) message.Text { return message.New("the name of the file, %q", words) }},
	} {
		if place.Day != "" {
			return Day{Day: place.Day, From: place.where(place.Words)}
		}
	}
	if f.Saved != "" {
		return Day{Day: min(f.Saved, today), From: message.New("the day on which the workbook was last saved"), Assumed: true}
	}
	if f.Changed != "" {
		return Day{Day: min(f.Changed, today), From: message.New("the day on which the file was last changed"), Assumed: true}
	}
	return Day{}
}

// firstChange is the earliest time of a file that is taken for one: archives and
// images of disks set earlier ones where they know none.
var firstChange = time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC)

// Of returns the day of the time of a file, as an ISO date; "" for a time that says
// nothing, which is any before 1990.
func Of(at time.Time) string {
	if at.Before(firstChange) {
		return ""
	}
	return at.Format(time.DateOnly)
}

// Found is a day and the words that state it.
type Found struct {
	Day   string // ISO date, possibly only a year or a month; "" if none is stated
	Words string // the text that states it, as it stands there, shortened when long
}

// Above returns the day that the texts above a table state, in their order. A day
// that the data are said to reach (截至, 统计时间) comes before the day on which the
// list was made (更新时间, 填报日期), and that before one in a title; among equals
// the first. A period counts as its last month. The year of a plan, the number of a
// document, a term for applications, and days that begin after today, an ISO date,
// are none.
func Above(texts []string, today string) Found {
	ranks := [...]func(before, text string) bool{
		func(before, _ string) bool { return reaches.MatchString(before) },
		func(before, _ string) bool { return made.MatchString(before) },
		func(_, text string) bool { return isTitle(text) },
	}
	for _, states := range ranks {
		for i, original := range texts {
			text := folded(original)
			if i > 0 {
				if label := folded(texts[i-1]); labelOnly.MatchString(label) {
					text, original = label+":"+text, texts[i-1]+" "+original
				}
			}
			for _, d := range dates(text, today) {
				if states(text[:d.at], text) {
					return Found{d.day, short(original)}
				}
			}
		}
	}
	return Found{}
}

// Named returns the day that a name without its extension states, such as that of a
// file or a sheet: the most precise, among equals the last.
func Named(name, today string) Found {
	text := folded(name)
	best := ""
	for _, d := range append(dates(text, today), compactDates(text, today)...) {
		if len(d.day) >= len(best) {
			best = d.day
		}
	}
	if best == "" {
		return Found{}
	}
	return Found{best, short(name)}
}

// folded makes forms of one width, and drops the titles of other documents.
func folded(text string) string {
	return cited.ReplaceAllString(norm.NFKC.String(strings.TrimSpace(text)), "")
}

// shown is the most characters of words that are reported.
const shown = 40

func short(words string) string {
	if r := []rune(words); len(r) > shown {
		return string(r[:shown]) + "…"
	}
	return words
}

const (
	year = `((?:19|20)[0-9]{2})`
	dash = `[-—–―~〜至到]`
)

var (
	cited = regexp.MustCompile(`《[^》]*》`)

	// reaches ends in words for the day to which data reach, made in those for the
	// day of the list itself. labelOnly is such words alone, as in a cell of their
	// own.
	reaches = regexp.MustCompile(`(?:截至|截止|数据(?:日期|时间|时点|期)|统计(?:日期|时间|时点|期间|区间|截|至|到)|基准(?:日|期|时间)|时点|报告期)` + between)
	made    = regexp.MustCompile(`(?:更新|制表|填表|填报|填写|编制|整理|发布|印发|制作|导出)(?:时间|日期|日|于|至)?` + between)

	labelOnly = regexp.MustCompile(`^\(?(?:数据|统计|更新|制表|填表|填报|编制|截至|截止|基准)+(?:日期|时间|时点|期间|日|期|至|到)? *:?$`)

	// term ends in words for the last day of something else than data.
	term = regexp.MustCompile(`(?:报名|申报|报送|上报|征集|提交|投标|反馈|受理|公示|申请|有效|合同|办理|回复|缴纳|填报)[^,，。；;]{0,4}(?:截止|截至)[^,，。；;]*$`)

	sentence = regexp.MustCompile(`[。；;，,：:!?！？]|^(?:注|备注|说明|来源)`)
	annex    = regexp.MustCompile(`^附(?:件|表)?[0-9一二三四五六七八九十]*[:：、.]? *`)
)

// between is what may stand between the words and the day, the beginning of a
// period that ends with the day among it.
const between = `(?:数据|统计|日期|时间|目前|日|期|至|到|于|为|是|[ :(])*(?:` + year + `年[0-9月日 ]*` + dash + `+ *)?$`

// maxTitle is the most characters of a title.
const maxTitle = 40

// isTitle reports whether a text reads as a title and not as a sentence.
func isTitle(text string) bool {
	text = annex.ReplaceAllString(text, "")
	return len([]rune(text)) <= maxTitle && !sentence.MatchString(text)
}

// date is a day with its place in a text.
type date struct {
	day string
	at  int
}

// The forms of a date in words. Groups: 1 the year; 2, 3 month and day by numbers;
// 4 the last month of a period; 5, 6 month and day; 7 the quarter; 8 half of the
// year; 9 three quarters; 10 the end of the year; 11 the quarter after a Q.
var worded = regexp.MustCompile(year + ` *(?:` +
	`[-/.] *([0-9]{1,2})(?: *[-/.] *([0-9]{1,2}))?` +
	`|年 *(?:[0-9]{1,2} *月? *` + dash + ` *([0-9]{1,2}) *月` +
	`|([0-9]{1,2}) *月 *(?:([0-9]{1,2}) *[日号]?)?` +
	`|第?([一二三四1-4])季度|([上下])半年|(前三季度)|([底末]))?` +
	`|Q([1-4]))`)

var (
	inNumerals = regexp.MustCompile(`[一二][〇○零一二三四五六七八九]{3}年(?:[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}日)?)?`)
	inBrackets = regexp.MustCompile(`\( *` + year + ` *(?:年?版|年?度)? *\)`)
	compact    = regexp.MustCompile(`(?:^|[^0-9])((?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])?)(?:[0-2][0-9][0-5][0-9](?:[0-5][0-9])?)?(?:$|[^0-9])`)

	// A year beside these is none of the list: the other end of several years, and
	// what a company or a plan is dated by.
	yearsBefore = regexp.MustCompile(`[0-9]{4}年? *` + dash + `+ *$`)
	yearsAfter  = regexp.MustCompile(`^(?: *` + dash + `+ *(?:19|20)[0-9]{2}|年? *(?:以来|以后|以前|之前|之后|前|后|起|成立|注册|至今|规划|目标)|[^()]{0,8}(?:规划|行动计划))`)
	document    = regexp.MustCompile(`^ *第?[0-9]+号`)
)

// dates returns the dates in a text, in order of their form and place.
func dates(text, today string) []date {
	var found []date
	add := func(at, end int, written string) {
		day, err := schema.ParseDate(written)
		if err != nil || schema.FirstDay(day) > today || digitAt(text, at-1) || digitAt(text, end) {
			return
		}
		if term.MatchString(text[:at]) || yearsBefore.MatchString(text[:at]) || yearsAfter.MatchString(text[end:]) || document.MatchString(text[end:]) {
			return
		}
		found = append(found, date{day, at})
	}
	for _, m := range worded.FindAllStringSubmatchIndex(text, -1) {
		group := func(i int) string {
			if m[2*i] < 0 {
				return ""
			}
			return text[m[2*i]:m[2*i+1]]
		}
		add(m[0], m[1], isoOf(group))
	}
	for _, m := range inNumerals.FindAllStringIndex(text, -1) {
		add(m[0], m[1], text[m[0]:m[1]])
	}
	for _, m := range inBrackets.FindAllStringSubmatchIndex(text, -1) {
		add(m[0], m[1], text[m[2]:m[3]])
	}
	return found
}

// isoOf writes the groups of a worded date as ParseDate reads it.
func isoOf(group func(int) string) string {
	month, day := group(2)+group(4)+group(5), group(3)+group(6)
	switch quarter := group(7) + group(11); {
	case quarter != "":
		month = map[string]string{"一": "03", "1": "03", "二": "06", "2": "06", "三": "09", "3": "09", "四": "12", "4": "12"}[quarter]
	case group(8) == "上":
		month = "06"
	case group(8) == "下", group(10) != "":
		month = "12"
	case group(9) != "":
		month = "09"
	}
	return strings.TrimRight(group(1)+"-"+month+"-"+day, "-")
}

// compactDates returns the dates that are written as digits alone.
func compactDates(text, today string) []date {
	var found []date
	for _, m := range compact.FindAllStringSubmatchIndex(text, -1) {
		if day, err := schema.ParseDate(text[m[2]:m[3]]); err == nil && schema.FirstDay(day) <= today {
			found = append(found, date{day, m[2]})
		}
	}
	return found
}

// digitAt reports whether there is a digit at a place of a text.
func digitAt(text string, i int) bool {
	return i >= 0 && i < len(text) && text[i] >= '0' && text[i] <= '9'
}
