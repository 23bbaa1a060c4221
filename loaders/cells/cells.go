// Package cells reads what cells and rows of tables mean before any vocabulary
// does: the day numbers and errors of spreadsheets, rows that are no data, and
// units that are stated beside a table.
//
// Package loaders imports it; it imports schema and loaders/rows.
package cells

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"liantu/loaders/rows"
	"liantu/message"
	"liantu/schema"
)

// The day numbers of 1927 and 2118; others are not read as dates.
const (
	firstSerial = 10_000
	lastSerial  = 80_000
)

// SerialDay reads the number of a day since 1899-12-30, or since 1904-01-01 in a
// workbook that counts so, as spreadsheets store dates, and returns the day as
// 2026-03-31. It reports false for other texts.
func SerialDay(text string, base1904 bool) (string, bool) {
	whole, part, hasPart := strings.Cut(strings.TrimSpace(text), ".")
	n, err := strconv.Atoi(whole)
	if hasPart && strings.Trim(part, "0123456789") != "" || err != nil || len(whole) != 5 || n < firstSerial || n > lastSerial {
		return "", false
	}
	if base1904 {
		n += 1462
	}
	return time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n).Format(time.DateOnly), true
}

// cellErrors are what spreadsheets show for a formula that failed. #N/A is not
// among them: people write it for a blank.
var cellErrors = map[string]bool{
	"#REF!": true, "#VALUE!": true, "#DIV/0!": true, "#NAME?": true, "#NULL!": true, "#NUM!": true, "#SPILL!": true,
	"#CALC!": true, rows.NoResult: true, "#GETTING_DATA": true, "#引用!": true, "#值!": true, "#名称?": true,
}

// IsError reports whether a text is what a spreadsheet shows for a formula that
// failed, or for a number that is wider than its cell.
func IsError(text string) bool {
	text = strings.TrimSpace(text)
	return text != "" && text[0] == '#' && (cellErrors[text] || len(text) > 3 && strings.Trim(text, "#") == "")
}

// IsDitto reports whether a text stands for that of the cell above it.
func IsDitto(text string) bool {
	switch strings.TrimSpace(text) {
	case "同上", "同前", "〃", "″":
		return true
	}
	return false
}

// ErrorReason says what is wrong with a cell for which [IsError] holds.
func ErrorReason(text string) message.Text {
	if strings.TrimSpace(text) == rows.NoResult {
		return message.New("the cell holds a formula, and the workbook stores no result of it; open it in a spreadsheet program and save it")
	}
	return message.New("%s is the error of a formula, not a value", Short(text))
}

// Unguarded removes the apostrophe that stops a spreadsheet from reading a text
// as a formula, as the exports of this program write it.
func Unguarded(text string) string {
	if len(text) > 1 && text[0] == '\'' && strings.IndexByte("=+-@\t\r", text[1]) >= 0 {
		return text[1:]
	}
	return text
}

// maxShown is the most characters of a value that faults show.
const maxShown = 80

// Short shortens a text for a message.
func Short(text string) string {
	if len(text) <= maxShown || utf8.RuneCountInString(text) <= maxShown {
		return text
	}
	return string([]rune(text)[:maxShown]) + "…"
}

// Counted says how many values a cell holds.
func Counted(n int) message.Text {
	if n == 1 {
		return message.New("one value")
	}
	return message.New("%d values", n)
}

// IsMeasure reports whether a value of a type is a measure, which no two nodes share:
// 60% beside two names is the share of one of them, or of both together.
func IsMeasure(t schema.Type) bool {
	return t == schema.TypePercent || t == schema.TypeMoney || t == schema.TypeInt || t == schema.TypeFloat
}

// StepMarks are the marks between the steps of a path that names a node.
const StepMarks = "/／>＞→"

// IsStepMark reports whether a character is one of the [StepMarks].
func IsStepMark(r rune) bool { return strings.ContainsRune(StepMarks, r) }
