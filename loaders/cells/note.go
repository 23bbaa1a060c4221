package cells

import (
	"errors"
	"regexp"
	"strings"

	"liantu/loaders/rows"
	"liantu/message"
	"liantu/schema"
)

// exampleMark stands before the example that a template includes.
const exampleMark = "【示例】"

var (
	// totalText matches a text that begins a row of totals: 合计, 上游小计, 小计：12家.
	totalText = regexp.MustCompile(`^(\S{0,12}(合计|小计)|总计|共计|总数)([:：]?[（(]?共?[0-9][0-9,.]*\p{Han}{0,3}[）)]?)?[:：]?$`)
	noteStart = regexp.MustCompile(`^(注|备注|说明|附注|数据来源|资料来源|来源|制表|单位|截[至止](日期|时间)?|联系(人|电话)|` + formWords + `)\s*\d*\s*[：:]|^(` + formWords + `)$`)
	// sectionStart matches the heading of a section, tableTitle the title of a table.
	sectionStart = regexp.MustCompile(`^([（(][一二三四五六七八九十]+[）)]|[一二三四五六七八九十]+\s*[、.．]|第[一二三四五六七八九十]+(部分|[章节类组批]))\s*\S`)
	tableTitle   = regexp.MustCompile(`^[（(【]?(续表|(续|附)?表|附件|附录)\s*[0-9一二三四五六七八九十]|(一览|汇总|统计|明细)表$|^续表$`)
	// lone matches what stands alone in a row that is no data: 其中：规上企业, 共12家,
	// （续）, 同上.
	lone = regexp.MustCompile(`^(其中\s*[：:].*|[（(]?共\s*[0-9一二三四五六七八九十百]+\s*[家个项户人条].*|[（(]?(续表?|接上页|上接|下转).{0,6}|平均值?|同上|待定|[.…·]{2,})$`)
	// sectionNumber matches the number of a section in a column of its own.
	sectionNumber = regexp.MustCompile(`^[（(]?[一二三四五六七八九十]+[）)]?[、.．]?$`)
)

// formWords are what a form says about itself, with the value behind a colon or in
// the next cell.
const formWords = `(制表|填表|填报|审核|复核|统计|编制)(人|单位|部门|日期|时间)`

const (
	maxNoteFull    = 2 // cells that a note fills
	minSectionWide = 4 // columns of a table in which a number and a text are a section
)

// Note returns why a row of a table is not data: it is the header again, numbers
// of the columns, a title, the heading of a section, a total, a note below the
// table, or the example of a template. It returns "" for data, and for the start
// of a second table.
func Note(rec *rows.Record) message.Text {
	if rec.Blank || !rec.IsTable() || rec.Err != nil && errors.Is(rec.Err, rows.ErrSecondTable) {
		return message.Text{}
	}
	switch rec.Role {
	case rows.Heads:
		return message.New("the row repeats the heads of the columns; it was skipped")
	case rows.Numbers:
		return message.New("the row numbers the columns; it was skipped")
	}
	var texts [2]string // the first ones
	full := 0
	for _, text := range rec.Texts() {
		text = strings.TrimSpace(text)
		if strings.HasPrefix(text, exampleMark) {
			return message.New("%q marks the example of a template; the row was skipped", exampleMark)
		}
		if text != "" {
			if full < len(texts) {
				texts[full] = text
			}
			full++
		}
	}
	first := texts[0]
	for i, text := range texts {
		if strings.Contains(text, "计") || i == 0 && strings.Contains(text, "总") {
			if totalText.MatchString(strings.Join(strings.Fields(text), "")) {
				return message.New("%q begins a row of totals; it was skipped", Short(text))
			}
		}
	}
	switch {
	case full <= maxNoteFull && noteStart.MatchString(first):
		return message.New("%q is a note, not data; it was skipped", Short(first))
	case full == 1 && sectionStart.MatchString(first):
		return message.New("%q is the heading of a section, not data; it was skipped", Short(first))
	case full == 1 && len(rec.Fields) > 1 && lone.MatchString(first):
		return message.New("%q stands alone and is not data; it was skipped", Short(first))
	case full == 1 && len(rec.Fields) > 1 && isRegion(first):
		return message.New("%q is the heading of a section, not data; it was skipped, and the rows below it do not get the region", Short(first))
	case full == 2 && len(rec.Fields) >= minSectionWide && sectionNumber.MatchString(first):
		return message.New("%q is the heading of section %s, not data; it was skipped", Short(texts[1]), first)
	case rec.Role == rows.Title || full == 1 && tableTitle.MatchString(first):
		return message.New("%q is a title, not data; it was skipped", Short(first))
	}
	return message.Text{}
}

// isRegion reports whether a text is the name of one region, as 滨江区 is.
func isRegion(text string) bool {
	region, err := schema.FindRegion(text)
	return err == nil && (region.Name == text || region.FullName == text)
}
