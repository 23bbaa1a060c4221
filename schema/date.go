package schema

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// The years that a date may name. A year outside of them is a typo or stands
// for "never".
const (
	firstYear = 1600
	lastYear  = 2999
)

var (
	dateDivided = regexp.MustCompile(`^([0-9]{1,5})[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?$`)
	dateChinese = regexp.MustCompile(`^([0-9]{1,5})年(?:([0-9]{1,2})月(?:份|底|末|初|([0-9]{1,2})[日号]?)?)?$`)
	dateCompact = regexp.MustCompile(`^([0-9]{4})([0-9]{2})([0-9]{2})?$`)
	dateYear    = regexp.MustCompile(`^([0-9]{4})$`)
	dateTail    = regexp.MustCompile(`^(.*[0-9日号])(?:t| +)[0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)? *(z|[+-][0-9]{2}:?[0-9]{2}|am|pm)?$`)
	dateSpaces  = regexp.MustCompile(` *([-/.年月日号]) *`)
	yearLast    = regexp.MustCompile(`^([0-9]{1,2})/([0-9]{1,2})/([0-9]{4}|[0-9]{2})$|^[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{4}$`)
)

// ParseDate reads a date as people write it and returns it in ISO 8601, as
// precise as it is given: 2016-05-31, 2016-05 or 2016. It understands 2016/5/31,
// 2016.5.31, 20160531, 2016年5月31日, 二〇一六年五月三十一日, 201605, 2016年5月
// and a time of day after it, which is dropped unchecked. Days that do not
// exist, years of two digits, the year in the last place and day numbers of
// spreadsheets are refused, except a day such as 6/20/24, which can be read in one way
// only.
func ParseDate(text string) (string, error) {
	if isISODay(text) {
		return isoDate(text, []string{text[:4], text[5:7], text[8:]})
	}
	body := chineseDigits(fold(text))
	if m := dateTail.FindStringSubmatch(body); m != nil {
		body = m[1]
	}
	body = dateSpaces.ReplaceAllString(body, "$1")
	if day, ok := monthFirst(body); ok {
		return day, nil
	}
	for _, pattern := range []*regexp.Regexp{dateDivided, dateChinese, dateCompact, dateYear} {
		if m := pattern.FindStringSubmatch(body); m != nil {
			return isoDate(text, append(m[1:], "", "")[:3])
		}
	}
	if yearLast.MatchString(body) {
		return "", invalid(TypeDate, text, "day and month cannot be distinguished; write the year first, as in 2016-05-31")
	}
	if day, err := strconv.Atoi(body); err == nil && day > 10_000 && day < 80_000 {
		meant := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, day)
		return "", invalid(TypeDate, text, "it looks like the day number of a spreadsheet, there %s; save the column as dates", meant.Format(time.DateOnly))
	}
	return "", invalid(TypeDate, text, "write it as 2016-05-31, 2016-05 or 2016")
}

// monthFirst reads a day as American spreadsheets show it, 6/20/24, if no other reading
// of it is a day: 3/4/24 may be the day before the month, and 24/6/20 begin with the year.
// Years of two digits are those from 1930 to 2029, as in Excel.
func monthFirst(text string) (string, bool) {
	if strings.Count(text, "/") != 2 {
		return "", false
	}
	m := yearLast.FindStringSubmatch(text)
	if m == nil || m[1] == "" {
		return "", false
	}
	month, _ := strconv.Atoi(m[1])
	day, _ := strconv.Atoi(m[2])
	year, _ := strconv.Atoi(m[3])
	switch {
	case len(m[3]) == 4:
	case year < 30:
		year += 2000
	default:
		year += 1900
	}
	if month < 1 || month > 12 || day < 13 || day > daysIn(year, month) {
		return "", false
	}
	return fmt.Sprintf("%04d-%02d-%02d", year, month, day), true
}

// isISODay reports whether a text has the form of 2016-05-31, as most have.
func isISODay(text string) bool {
	return len(text) == 10 && text[4] == '-' && text[7] == '-' && isDigits(text[:4]) && isDigits(text[5:7]) && isDigits(text[8:])
}

// isoDate checks year, month and day; the month and the day may be empty.
func isoDate(text string, parts []string) (string, error) {
	if len(parts[0]) < 4 {
		return "", invalid(TypeDate, text, "the year %s has fewer than four digits", parts[0])
	}
	year, _ := strconv.Atoi(parts[0])
	if year < firstYear || year > lastYear {
		return "", invalid(TypeDate, text, "the year %d lies outside %d to %d; leave the date empty for no end", year, firstYear, lastYear)
	}
	if parts[1] == "" {
		return parts[0], nil
	}
	month, _ := strconv.Atoi(parts[1])
	if month < 1 || month > 12 {
		return "", invalid(TypeDate, text, "there is no month %d", month)
	}
	if parts[2] == "" {
		return fmt.Sprintf("%04d-%02d", year, month), nil
	}
	day, _ := strconv.Atoi(parts[2])
	if last := daysIn(year, month); day < 1 || day > last {
		return "", invalid(TypeDate, text, "%04d-%02d has %d days, not %d", year, month, last, day)
	}
	return fmt.Sprintf("%04d-%02d-%02d", year, month, day), nil
}

func daysIn(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

var chineseNumerals = map[rune]int{
	'〇': 0, '○': 0, '零': 0, '一': 1, '二': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9,
}

// chineseDigits writes the Chinese numerals before 年, 月 and 日 as digits and
// leaves any other text as it is.
func chineseDigits(text string) string {
	if !strings.ContainsAny(text, "年月") {
		return text
	}
	var b strings.Builder
	var run []rune
	for _, r := range text {
		if _, ok := chineseNumerals[r]; ok || r == '十' {
			run = append(run, r)
			continue
		}
		b.WriteString(chineseNumber(run))
		b.WriteRune(r)
		run = run[:0]
	}
	b.WriteString(chineseNumber(run))
	return b.String()
}

// chineseNumber reads 二〇一六 digit by digit and 三十一 as tens and ones.
func chineseNumber(run []rune) string {
	if len(run) == 0 {
		return ""
	}
	before, after, tens := strings.Cut(string(run), "十")
	if !tens {
		var b strings.Builder
		for _, r := range run {
			b.WriteString(strconv.Itoa(chineseNumerals[r]))
		}
		return b.String()
	}
	ten, one := 1, 0
	for _, r := range before {
		ten = chineseNumerals[r]
	}
	for _, r := range after {
		one = chineseNumerals[r]
	}
	return strconv.Itoa(ten*10 + one)
}

// Today returns the latest day that it is anywhere at a time, an ISO date: no day that a
// source states, wherever it is, lies after it.
func Today(now time.Time) string { return now.UTC().Add(14 * time.Hour).Format(time.DateOnly) }

// InFuture returns an error for a date that begins after today, an ISO date. A year and
// a month may have days to come. The date must be one that [ParseDate] returned.
func InFuture(date, today string) error {
	if FirstDay(date) <= today {
		return nil
	}
	return invalid(TypeDate, date, "it lies after today, %s; nothing is known on a day to come", today)
}

// FirstDay returns the first day of a date that may be a year or a month only:
// 2016-05 gives 2016-05-01. The date must be one that [ParseDate] returned.
func FirstDay(date string) string {
	return date + "-01-01"[len("-01-01")-(len("2016-05-31")-len(date)):]
}

// LastDay returns the last day of a date that may be a year or a month only:
// 2016-02 gives 2016-02-29. The date must be one that [ParseDate] returned.
func LastDay(date string) string {
	switch len(date) {
	case len("2016"):
		return date + "-12-31"
	case len("2016-05"):
		year, _ := strconv.Atoi(date[:4])
		month, _ := strconv.Atoi(date[5:])
		return fmt.Sprintf("%s-%02d", date, daysIn(year, month))
	default:
		return date
	}
}
