package rows

import (
	"regexp"
	"strings"

	"github.com/xuri/excelize/v2"
)

// plainNumbers makes a workbook show days as 2016-05-31 and all other numbers as
// they are, instead of in the format of its cells, which may show 2016/5/31 as
// 05-31-16 and 12.3456 as 12.
func plainNumbers(file *excelize.File) {
	styles := file.Styles
	if styles == nil || styles.CellXfs == nil {
		return
	}
	custom := map[int]string{}
	if styles.NumFmts != nil {
		for _, f := range styles.NumFmts.NumFmt {
			custom[f.NumFmtID] = f.FormatCode
			if f.FormatCode16 != "" {
				custom[f.NumFmtID] = f.FormatCode16
			}
		}
	}
	day, err := file.NewStyle(&excelize.Style{CustomNumFmt: ptr("yyyy-mm-dd")})
	if err != nil || day >= len(styles.CellXfs.Xf) {
		return // a workbook of too many styles retains its own
	}
	dayID := styles.CellXfs.Xf[day].NumFmtID
	for i := range styles.CellXfs.Xf {
		xf := &styles.CellXfs.Xf[i]
		id := 0
		if xf.NumFmtID != nil {
			id = *xf.NumFmtID
		}
		code, isCustom := custom[id]
		if i == day || isCustom && isDayFormat(code) || !isCustom && isDayNumber(id) {
			xf.NumFmtID = dayID
		} else {
			xf.NumFmtID = ptr(0)
		}
	}
}

func ptr[T any](v T) *T { return &v }

// isDayNumber reports whether a built-in format shows days: 14 to 17 and 22,
// and those of Chinese, Japanese and Korean workbooks.
func isDayNumber(id int) bool {
	return id >= 14 && id <= 17 || id == 22 || id >= 27 && id <= 31 || id == 36 || id >= 50 && id <= 54 || id == 57 || id == 58
}

var formatNoise = regexp.MustCompile(`"[^"]*"|\\.|_.|\*.|\[[^\]]*\]`)

// isDayFormat reports whether a format code shows years or days.
func isDayFormat(code string) bool {
	code, _, _ = strings.Cut(code, ";")
	code = strings.ToLower(formatNoise.ReplaceAllString(code, ""))
	return strings.ContainsAny(code, "yd") && !strings.Contains(code, "general")
}
